// Blocks of other languages: what opens them, and where they end.
#include "base/text.h"
#include "compiler/parse/repair/foreign_syntax.h"
#include "diag/parse.h"

namespace vsm::parse {

bool ForeignSyntax::colon_before_block(const Head& head) {
    if (kind(at_) != TokenKind::colon || kind(at_ + 1) != TokenKind::open) return false;
    diagnostics_
        .report(diag::unwanted_colon, range(at_, at_), text({source_.id(), head.keyword.begin, head.keyword.end}))
        .help(fmt::format("write `{} {{`", text(head)))
        .fix(range(at_, at_), "");
    ++at_;
    return true;
}

bool ForeignSyntax::parentheses(const Head& head) {
    const std::size_t open = kind(at_) == TokenKind::colon ? at_ + 1 : at_;
    if (kind(open) != TokenKind::open_arguments && kind(open) != TokenKind::open_list) return false;
    if (kind(open) == TokenKind::open_list &&
        (open != at_ || (!begins_property(open + 1) && !begins_statement(kind(open + 1)))))
        return false;
    if (!begins_property(open + 1) && !begins_statement(kind(open + 1)) && kind(open + 1) != TokenKind::close_arguments)
        return false;
    const auto close = partners().of(open);
    if (!close) return false;
    const SourceRange within = from_to(source_, items_[open].end, items_[*close].begin);
    diagnostics_
        .report(diag::unexpected_word, range(open, open), fmt::format("`{{` after `{}`", text(head)),
                fmt::format("`{}`", text(range(open, open))))
        .help("a block is written in braces: `{ … }`")
        .fix(range(at_, *close), fmt::format("{}{{{}}}", open == at_ ? "" : " ", text(within)));
    items_[open].kind = TokenKind::open;
    items_[*close].kind = TokenKind::close;
    items_[open].repaired = items_[*close].repaired = true;
    at_ = open;
    return true;
}

bool ForeignSyntax::no_braces(const Head& head) {
    const std::size_t first = kind(at_) == TokenKind::colon || kind(at_) == TokenKind::comma ? at_ + 1 : at_;
    if (head.keyword.kind != TokenKind::step || !begins_property(first) || !are_the_steps(first) ||
        !partners().braces_pair_up())
        return false;
    const bool flat = first_on_line(first) && indent_at(first) <= indent_of_line(head);
    const auto end = end_of_properties(head, first, flat);
    if (!end) return false;
    const SourceRange properties = range(first, *end - 1);
    const std::uint32_t begin = first == at_ ? head.last.end : item(at_).end;
    auto report = diagnostics_.report(diag::missing_brace, range(head), text(head));
    if (is_the_steps(*end)) {
        report.help("open its block with `{`").fix(from_to(source_, head.last.end, begin), " {");
        ++depth_;
        return true;
    }
    const bool one_line = text(properties).find('\n') == std::string_view::npos && !first_on_line(first);
    const std::string whole = one_line ? fmt::format("{} {{ {} }}", text(head), text(properties)) : "";
    report.help(one_line && whole.size() <= most_quoted
                    ? fmt::format("write `{}`", whole)
                    : "write `{` before its first property, and `}` after its last");
    // without indentation, a remark or property that both may have could belong to either
    if (!flat || (!is_own_statement(kind(*end)) && !(begins_property(*end) && may_be_the_steps(*end))))
        report.fix(from_to(source_, head.last.end, properties.end),
                   fmt::format(" {{{} }}", text(from_to(source_, begin, properties.end))));
    close_at_ = end;
    return true;
}

bool ForeignSyntax::is_the_steps(std::size_t closing) const {
    return kind(closing) == TokenKind::close && !first_on_line(closing) && !places_.empty() &&
           places_.back().line != source_.line_of(item(closing).begin);
}

bool ForeignSyntax::are_the_steps(std::size_t first) const {
    bool unknown = false;
    std::size_t at = first;
    for (; begins_property(at); at = behind_property(at)) {
        const bool the_steps = may_be_the_steps(at), the_blocks = may_be_the_blocks(at);
        if (the_steps != the_blocks) return the_steps;
        unknown = unknown || !the_steps;
    }
    return unknown && first == at_ && !first_on_line(first);
}

bool ForeignSyntax::may_be_the_steps(std::size_t at) const {
    return text(range(at, at)).starts_with("x_") || properties::has_property(properties::on_step, text(range(at, at)));
}

bool ForeignSyntax::may_be_the_blocks(std::size_t at) const {
    return !places_.empty() &&
           (text(range(at, at)).starts_with("x_") || properties::has_property(places_.back().of, text(range(at, at))));
}

std::size_t ForeignSyntax::behind_property(std::size_t at) const {
    at += 2;
    std::size_t depth = 0;
    for (; at < items_.size() && kind(at) != TokenKind::open && kind(at) != TokenKind::close; ++at) {
        if (kind(at) == TokenKind::open_list || kind(at) == TokenKind::open_arguments) ++depth;
        if ((kind(at) == TokenKind::close_list || kind(at) == TokenKind::close_arguments) && depth > 0) --depth;
        if (depth == 0 && begins_property(at)) break;
        if (depth == 0 && (begins_statement_at(at) || arrow_at(at) > 0)) break;
    }
    return at;
}

bool ForeignSyntax::is_own_statement(TokenKind kind) {
    return kind == TokenKind::rework || kind == TokenKind::note || kind == TokenKind::kaizen ||
           kind == TokenKind::allow;
}

std::optional<std::size_t> ForeignSyntax::end_of_properties(const Head& head, std::size_t first, bool flat) {
    const std::uint32_t indent = indent_of_line(head);
    bool own_statement = false;
    std::size_t depth = 0, end = first;
    for (; end < items_.size() && kind(end) != TokenKind::close && arrow_at(end) == 0; ++end) {
        if (kind(end) == TokenKind::open) {
            const auto close = own_statement ? partners().of(end) : std::nullopt;
            if (!close) return std::nullopt;
            end = *close;
            own_statement = false;
            continue;
        }
        if (end > first && first_on_line(end) &&
            (flat ? begins_property(end) && (!may_be_the_steps(end) || may_be_the_blocks(end))
                  : indent_at(end) <= indent))
            break;
        if (kind(end) == TokenKind::open_list || kind(end) == TokenKind::open_arguments) ++depth;
        if ((kind(end) == TokenKind::close_list || kind(end) == TokenKind::close_arguments) && depth > 0) --depth;
        if (depth > 0 || !begins_statement_at(end)) continue;
        if (!is_own_statement(kind(end)) || (flat && kind(end) != TokenKind::rework)) break;
        own_statement = true;
    }
    return end;
}

bool ForeignSyntax::begins_statement_at(std::size_t at) const {
    const TokenKind before = kind(at - 1);
    const bool property =
        (kind(at) == TokenKind::team || kind(at) == TokenKind::wait) && kind(at + 1) == TokenKind::colon;
    return begins_statement(kind(at)) && !property && before != TokenKind::colon && before != TokenKind::to &&
           before != TokenKind::on && before != TokenKind::allow;
}

bool ForeignSyntax::begins_item(std::size_t at) const {
    return begins_property(at) ||
           (begins_statement(kind(at)) && kind(at + 1) != TokenKind::string && kind(at + 1) != TokenKind::open);
}

bool ForeignSyntax::must_have_block(const Head& head) const {
    switch (head.keyword.kind) {
        case TokenKind::step:
        case TokenKind::kaizen: return false;
        case TokenKind::team: return depth_ == 0;
        case TokenKind::rework: return head.last.kind != TokenKind::rework;
        default: return may_have_name(head.keyword.kind) || head.last.begin != head.keyword.begin;
    }
}

bool ForeignSyntax::indented(const Head& head) {
    const std::size_t first = kind(at_) == TokenKind::colon ? at_ + 1 : at_;
    if (!must_have_block(head) || first >= items_.size() || !first_on_line(first) || !begins_item(first)) return false;
    if (head.keyword.kind == TokenKind::team && !begins_property(first)) return false;
    const std::uint32_t indent = indent_of_line(head);
    if (indent_at(first) <= indent || !partners().braces_pair_up()) return false;
    diagnostics_.report(diag::missing_brace, range(head), text(head))
        .help(fmt::format("write `{} {{`, and `}}` on a line after its last", text(head)));
    indented_.push_back({indent, depth_});
    return true;
}

}  // namespace vsm::parse
