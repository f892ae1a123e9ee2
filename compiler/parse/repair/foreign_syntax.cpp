#include "compiler/parse/repair/foreign_syntax.h"

#include "diag/parse.h"

namespace vsm::parse {

void ForeignSyntax::run() {
    out_.reserve(items_.size() + 8);
    while (at_ < items_.size()) {
        if (diagnostics_.error_count() > most_mistakes) return;
        close_blocks();
        if (arrow() || chain()) continue;
        if (begins_head()) {
            read_head();
        } else {
            if (kind(at_) == TokenKind::open) ++depth_;
            if (kind(at_) == TokenKind::close) --depth_;
            put_out(item(at_++));
        }
    }
    close_blocks();
    items_ = std::move(out_);
}

void ForeignSyntax::close_blocks() {
    if (at_ == close_at_) put_in(TokenKind::close);
    const bool outer_ends = at_ >= items_.size() || kind(at_) == TokenKind::close;
    if (indented_.empty() || !(outer_ends || first_on_line(at_))) return;
    while (!indented_.empty() && indented_.back().depth == depth_ &&
           (outer_ends || indent_at(at_) <= indented_.back().indent)) {
        put_in(TokenKind::close);
        indented_.pop_back();
    }
}

void ForeignSyntax::put_in(TokenKind kind) {
    const std::uint32_t place = token_at(out_, out_.size() - 1).end;
    put_out({kind, true, false, place, place});
}

void ForeignSyntax::put_out(const Token& token) {
    if (token.kind == TokenKind::open)
        places_.push_back({out_.size() == behind_head_ ? head_place_ : any_block, source_.line_of(token.begin)});
    if (token.kind == TokenKind::close && !places_.empty()) places_.pop_back();
    out_.push_back(token);
}

unsigned ForeignSyntax::place_of(TokenKind keyword) {
    switch (keyword) {
        case TokenKind::stream: return properties::on_stream;
        case TokenKind::future: return properties::on_future;
        case TokenKind::stage: return properties::on_stage;
        case TokenKind::step: return properties::on_step;
        case TokenKind::parallel: return properties::on_parallel;
        case TokenKind::choose: return properties::on_choose;
        case TokenKind::branch: return properties::on_branch;
        case TokenKind::team: return properties::on_team;
        case TokenKind::kaizen: return properties::on_kaizen;
        case TokenKind::rework: return properties::on_rework;
        default: return any_block;
    }
}

bool ForeignSyntax::begins_head() const {
    const TokenKind here = kind(at_);
    const bool has_block = must_have_name(here) || may_have_name(here) || here == TokenKind::rework ||
                           here == TokenKind::kaizen || here == TokenKind::change;
    return has_block && !is_a_name();
}

bool ForeignSyntax::is_a_name() const {
    const TokenKind before = out_.empty() ? TokenKind::end : out_.back().kind;
    const bool headless =
        may_have_name(before) && (kind(at_ + 1) == TokenKind::string || kind(at_ + 1) == TokenKind::open);
    return before == TokenKind::colon || before == TokenKind::open_list || before == TokenKind::allow ||
           must_have_name(before) || headless ||
           ((is_edit(before) || is_connecting_keyword(before)) && before != TokenKind::add &&
            before != TokenKind::once && before != TokenKind::with);
}

bool ForeignSyntax::has_property_behind(std::size_t at) const {
    ++at;
    if (kind(at) == TokenKind::string) ++at;
    if (kind(at) == TokenKind::comma || kind(at) == TokenKind::colon) ++at;
    return begins_property(at);
}

std::size_t ForeignSyntax::end_of_head() const {
    std::size_t end = at_ + 1;
    const auto skip = [&](bool fits) { end += fits && !first_on_line(end) ? 1 : 0; };
    const auto skip_kind = [&](TokenKind wanted) { skip(kind(end) == wanted); };
    // A name and a title may be on the next line; a keyword there begins the next statement, unless a property
    // follows it.
    const auto skip_name = [&] {
        end += (kind(end) == TokenKind::name && kind(end + 1) != TokenKind::colon) ||
                       (is_word(kind(end)) && has_property_behind(end))
                   ? 1
                   : 0;
    };
    const auto skip_title = [&] { end += kind(end) == TokenKind::string ? 1 : 0; };
    const auto skip_word = [&] { skip(is_word(kind(end))); };
    switch (kind(at_)) {
        case TokenKind::rework:
            skip_kind(TokenKind::percent);
            skip_kind(TokenKind::once);
            return end;
        case TokenKind::kaizen: skip_title(); break;
        case TokenKind::change: skip_word(); return end;
        default:
            if (kind(at_) == TokenKind::branch) skip_kind(TokenKind::percent);
            if (must_have_name(kind(at_)) && first_on_line(end))
                skip_name();
            else
                skip_word();
            skip_title();
    }
    const TokenKind connecting = kind(at_) == TokenKind::kaizen   ? TokenKind::on
                                 : kind(at_) == TokenKind::future ? TokenKind::of
                                                                  : TokenKind::end;
    if (connecting == TokenKind::end || kind(end) != connecting || first_on_line(end)) return end;
    ++end;
    skip_word();
    if (kind(end) == TokenKind::by && kind(end + 1) == TokenKind::date && !first_on_line(end)) end += 2;
    return end;
}

void ForeignSyntax::read_head() {
    const std::size_t end = end_of_head();
    Head head{item(at_), item(end - 1), {}};
    for (std::size_t at = at_; at < end; ++at)
        head.words += fmt::format("{}{}", at == at_ ? "" : " ", text(range(at, at)));
    while (at_ < end) put_out(item(at_++));
    behind_head_ = out_.size();
    head_place_ = place_of(head.keyword.kind);
    if (colon_before_block(head) || parentheses(head)) return;
    if (!no_braces(head) && !indented(head)) return;
    if (kind(at_) == TokenKind::colon || kind(at_) == TokenKind::comma) ++at_;
    put_in(TokenKind::open);
}

std::size_t ForeignSyntax::arrow_at(std::size_t at) const {
    if (kind(at) == TokenKind::unexpected && text(range(at, at)) == "→") return 1;
    if (kind(at) == TokenKind::equal && touching(at) && kind(at + 1) == TokenKind::above &&
        begins_statement(kind(at + 2)))
        return 2;
    for (std::size_t dashes = 0; dashes < 3 && kind(at + dashes) == TokenKind::minus && touching(at + dashes); ++dashes)
        if (kind(at + dashes + 1) == TokenKind::above) return dashes + 2;
    return 0;
}

void ForeignSyntax::leave_out(std::size_t count) {
    const bool first = items_[at_].first_on_line;
    at_ += count;
    if (at_ < items_.size()) items_[at_].first_on_line = items_[at_].first_on_line || first;
}

Report ForeignSyntax::report_order(std::size_t count, std::string_view help) {
    const SourceRange place = range(at_, at_ + count - 1);
    auto report = diagnostics_.report(diag::unexpected_word, place, "a property or a statement",
                                      fmt::format("`{}`", text(place)));
    report.help(std::string(help));
    leave_out(count);
    return report;
}

bool ForeignSyntax::arrow() {
    const std::size_t count = arrow_at(at_);
    if (!out_.empty() && is_amount(out_.back().kind) && is_amount(kind(at_ + count)))
        return count > 0 && new_value(count);
    if (count == 0) return false;
    const SourceRange place = range(at_, at_ + count - 1);
    report_order(count, "elements run in the order written: write nothing between them").fix(place, "");
    return true;
}

bool ForeignSyntax::new_value(std::size_t count) {
    if (out_.size() < 2) return false;
    const Token name = out_[out_.size() - 2];
    const std::string_view word = source_.text({source_.id(), name.begin, name.end});
    if (begins_statement(name.kind) || !properties::has_property(~0u, word)) return false;
    const std::string ours = fmt::format("{}: {}", word, text(range(at_ + count, at_ + count)));
    diagnostics_.report(diag::missing_colon, {source_.id(), name.begin, name.end}, word)
        .help(fmt::format("write the new value alone: `{}`", ours))
        .fix(from_to(source_, name.begin, items_[at_ + count].end), ours);
    out_.pop_back();
    put_in(TokenKind::colon);
    leave_out(count);
    return true;
}

bool ForeignSyntax::chain() {
    const TokenKind before = out_.empty() ? TokenKind::open : out_.back().kind;
    const bool begins =
        first_on_line(at_) || before == TokenKind::open || before == TokenKind::close || before == TokenKind::comma;
    if (kind(at_) != TokenKind::name || !begins) return false;
    std::size_t end = at_ + 1;
    while (const std::size_t length = first_on_line(end) ? 0 : arrow_at(end)) {
        if (kind(end + length) != TokenKind::name || first_on_line(end + length)) break;
        end += length + 1;
    }
    if (end == at_ + 1) return false;
    const Token first = items_[at_];
    report_order(end - at_, "elements run in the order written: remove it, and write them one below the other");
    // the hole shows that something is missing
    out_.push_back({TokenKind::name, true, true, first.begin, first.begin});
    if (at_ < items_.size() && items_[at_].kind != TokenKind::comma && items_[at_].kind != TokenKind::close)
        items_[at_].first_on_line = true;
    return true;
}

void repair_foreign_syntax(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics) {
    ForeignSyntax(tokens, source, diagnostics).run();
}

}  // namespace vsm::parse
