// Repairs the syntax of other languages: a block in parentheses, after a colon or by indentation alone, arrows between
// steps. Each is reported as one mistake, and its surroundings are parsed as intended. Brackets need not be balanced
// yet.
#include <algorithm>
#include <array>
#include <optional>

#include "base/diagnostics/codes.h"
#include "base/text.h"
#include "compiler/parse/tokens/tokens.h"
#include "ir/properties/property_table.h"

namespace vsm::parse {
namespace {

/// `step review "Review the change"`.
struct Head {
    Token keyword;
    Token last;
    std::string words;  ///< separated by single blanks
};

/// An open block.
struct Place {
    unsigned of = 0;         ///< which properties it may have (properties::Place)
    std::uint32_t line = 0;  ///< line of its brace
};

/// A block opened by indentation alone.
struct Indented {
    std::uint32_t indent = 0;  ///< of the line that opened it
    std::size_t depth = 0;     ///< number of open braces around it
};

/// The closing bracket of each opening bracket.
class Partners {
public:
    explicit Partners(const std::vector<Token>& items) : of_(items.size()) {
        std::vector<std::size_t> braces, parentheses, lists;
        for (std::size_t at = 0; at < items.size(); ++at) {
            const TokenKind kind = items[at].kind;
            if (kind == TokenKind::open) braces.push_back(at);
            if (kind == TokenKind::open_arguments) parentheses.push_back(at);
            if (kind == TokenKind::open_list) lists.push_back(at);
            if (kind == TokenKind::close) close(braces, at, all_);
            bool unused = true;
            if (kind == TokenKind::close_arguments) close(parentheses, at, unused);
            if (kind == TokenKind::close_list) close(lists, at, unused);
        }
        all_ = all_ && braces.empty();
    }
    std::optional<std::size_t> of(std::size_t at) const { return of_[at] == 0 ? std::nullopt : std::optional(of_[at]); }
    bool braces_pair_up() const { return all_; }

private:
    void close(std::vector<std::size_t>& open, std::size_t at, bool& all) {
        if (open.empty()) {
            all = false;
            return;
        }
        of_[open.back()] = at;
        open.pop_back();
    }

    std::vector<std::size_t> of_;  ///< 0: none
    bool all_ = true;
};

class ForeignSyntax {
public:
    ForeignSyntax(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics)
        : items_(tokens.items), source_(source), diagnostics_(diagnostics) {}

    void run() {
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

private:
    const Token& item(std::size_t at) const { return token_at(items_, at); }
    TokenKind kind(std::size_t at) const { return item(at).kind; }
    bool first_on_line(std::size_t at) const { return at >= items_.size() || item(at).first_on_line; }
    bool touching(std::size_t at) const { return at + 1 < items_.size() && item(at).end == item(at + 1).begin; }
    SourceRange range(std::size_t first, std::size_t last) const { return range_of(source_, item(first), item(last)); }
    std::string_view text(SourceRange range) const { return source_.text(range); }
    SourceRange range(const Head& head) const { return range_of(source_, head.keyword, head.last); }
    const std::string& text(const Head& head) const { return head.words; }
    bool begins_property(std::size_t at) const { return is_word(kind(at)) && kind(at + 1) == TokenKind::colon; }
    std::uint32_t indent_at(std::size_t at) const { return indent_of(source_, source_.line_of(item(at).begin)); }
    std::uint32_t indent_of_line(const Head& head) const {
        return indent_of(source_, source_.line_of(head.keyword.begin));
    }
    void put_in(TokenKind kind) {
        const std::uint32_t place = token_at(out_, out_.size() - 1).end;
        put_out({kind, true, false, place, place});
    }
    void put_out(const Token& token) {
        if (token.kind == TokenKind::open)
            places_.push_back({out_.size() == behind_head_ ? head_place_ : any_block, source_.line_of(token.begin)});
        if (token.kind == TokenKind::close && !places_.empty()) places_.pop_back();
        out_.push_back(token);
    }

    // ---- the enclosing blocks ----

    /// The places that a block with steps may be, if it is unknown which one it is.
    static constexpr unsigned any_block = properties::on_stream | properties::on_future | properties::on_stage |
                                          properties::on_parallel | properties::on_choose | properties::on_branch;

    static unsigned place_of(TokenKind keyword) {
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
    const Partners& partners() {
        if (!partners_) partners_.emplace(items_);
        return *partners_;
    }

    // ---- heads ----

    static bool must_have_name(TokenKind kind) {
        return kind == TokenKind::team || kind == TokenKind::stream || kind == TokenKind::future ||
               kind == TokenKind::stage || kind == TokenKind::step;
    }
    static bool may_have_name(TokenKind kind) {
        return kind == TokenKind::parallel || kind == TokenKind::choose || kind == TokenKind::branch;
    }

    bool begins_head() const {
        const TokenKind here = kind(at_);
        const bool has_block = must_have_name(here) || may_have_name(here) || here == TokenKind::rework ||
                               here == TokenKind::kaizen || here == TokenKind::change;
        return has_block && !is_a_name();
    }

    /// `team: step`, `rework 15% to step`, or the name in the statement of the keyword before: the word here is not a
    /// keyword.
    bool is_a_name() const {
        const TokenKind before = out_.empty() ? TokenKind::end : out_.back().kind;
        const bool headless =
            may_have_name(before) && (kind(at_ + 1) == TokenKind::string || kind(at_ + 1) == TokenKind::open);
        return before == TokenKind::colon || before == TokenKind::open_list || before == TokenKind::allow ||
               must_have_name(before) || headless ||
               ((is_edit(before) || is_connecting_keyword(before)) && before != TokenKind::add &&
                before != TokenKind::once && before != TokenKind::with);
    }

    /// Whether a property follows the name at `at`, an optional title, and an optional comma or colon.
    bool has_property_behind(std::size_t at) const {
        ++at;
        if (kind(at) == TokenKind::string) ++at;
        if (kind(at) == TokenKind::comma || kind(at) == TokenKind::colon) ++at;
        return begins_property(at);
    }

    /// The end of the head: the keyword here and what follows it on its line up to its block.
    std::size_t end_of_head() const {
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

    void read_head() {
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

    // ---- arrows ----

    /// The number of tokens of an arrow here: `->`, `-->`, `→`, and `=>` before a statement; else 0.
    std::size_t arrow_at(std::size_t at) const {
        if (kind(at) == TokenKind::unexpected && text(range(at, at)) == "→") return 1;
        if (kind(at) == TokenKind::equal && touching(at) && kind(at + 1) == TokenKind::above &&
            begins_statement(kind(at + 2)))
            return 2;
        for (std::size_t dashes = 0; dashes < 3 && kind(at + dashes) == TokenKind::minus && touching(at + dashes);
             ++dashes)
            if (kind(at + dashes + 1) == TokenKind::above) return dashes + 2;
        return 0;
    }

    /// Drops `count` tokens; the token after them begins its line if they did.
    void leave_out(std::size_t count) {
        const bool first = items_[at_].first_on_line;
        at_ += count;
        if (at_ < items_.size()) items_[at_].first_on_line = items_[at_].first_on_line || first;
    }

    void report_order(std::size_t count, std::string_view help) {
        const SourceRange place = range(at_, at_ + count - 1);
        diagnostics_.report(diag::unexpected_word, place, "a property or a statement", fmt::format("`{}`", text(place)))
            .help(std::string(help))
            .fix(place, "");
        leave_out(count);
    }

    /// `step review { … } -> step build { … }`. Between two amounts, an arrow means a changed value.
    bool arrow() {
        const std::size_t count = arrow_at(at_);
        if (!out_.empty() && is_amount(out_.back().kind) && is_amount(kind(at_ + count)))
            return count > 0 && new_value(count);
        if (count > 0) report_order(count, "elements run in the order written: write nothing between them");
        return count > 0;
    }

    /// `lead 2h -> 30min`, without the colon of a property; with it the value is read as a whole.
    bool new_value(std::size_t count) {
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

    /// `review -> build -> deploy`, a line that states the order of steps.
    bool chain() {
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

    // ---- blocks ----

    /// `step review: {`.
    bool colon_before_block(const Head& head) {
        if (kind(at_) != TokenKind::colon || kind(at_ + 1) != TokenKind::open) return false;
        diagnostics_
            .report(diag::unwanted_colon, range(at_, at_), text({source_.id(), head.keyword.begin, head.keyword.end}))
            .help(fmt::format("write `{} {{`", text(head)))
            .fix(range(at_, at_), "");
        ++at_;
        return true;
    }

    /// `step review (process: 1h, lead: 2h)`, `step review [ … ]`: turns the brackets into braces.
    bool parentheses(const Head& head) {
        const std::size_t open = kind(at_) == TokenKind::colon ? at_ + 1 : at_;
        if (kind(open) != TokenKind::open_arguments && kind(open) != TokenKind::open_list) return false;
        if (kind(open) == TokenKind::open_list &&
            (open != at_ || (!begins_property(open + 1) && !begins_statement(kind(open + 1)))))
            return false;
        if (!begins_property(open + 1) && !begins_statement(kind(open + 1)) &&
            kind(open + 1) != TokenKind::close_arguments)
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

    /// `step review process: 1h, lead: 2h`, on one or several lines: properties that only a step can have belong to the
    /// step.
    bool no_braces(const Head& head) {
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

    /// Whether a `}` closes the step whose `{` is missing: it ends a line, and the enclosing block was opened on
    /// another one.
    bool is_the_steps(std::size_t closing) const {
        return kind(closing) == TokenKind::close && !first_on_line(closing) && !places_.empty() &&
               places_.back().line != source_.line_of(item(closing).begin);
    }

    /// Whether properties belong to the step, not to the block that contains it: the first one that only one of them
    /// can have decides. If no name is known, the position decides: a misspelt property right after the step is the
    /// step's.
    bool are_the_steps(std::size_t first) const {
        bool unknown = false;
        std::size_t at = first;
        for (; begins_property(at); at = behind_property(at)) {
            const bool the_steps = may_be_the_steps(at), the_blocks = may_be_the_blocks(at);
            if (the_steps != the_blocks) return the_steps;
            unknown = unknown || !the_steps;
        }
        return unknown && first == at_ && !first_on_line(first);
    }
    bool may_be_the_steps(std::size_t at) const {
        return text(range(at, at)).starts_with("x_") ||
               properties::has_property(properties::on_step, text(range(at, at)));
    }
    bool may_be_the_blocks(std::size_t at) const {
        return !places_.empty() && (text(range(at, at)).starts_with("x_") ||
                                    properties::has_property(places_.back().of, text(range(at, at))));
    }
    /// The position after a property's value and the comma after it.
    std::size_t behind_property(std::size_t at) const {
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

    static bool is_own_statement(TokenKind kind) {
        return kind == TokenKind::rework || kind == TokenKind::note || kind == TokenKind::kaizen ||
               kind == TokenKind::allow;
    }

    /// The position where the step's properties end: at the next statement that is not the step's own, at the end of
    /// the enclosing block, or at the end of the indented lines; `flat`: the properties are not indented. Nothing if
    /// there is a block that does not belong to a remark or rework.
    std::optional<std::size_t> end_of_properties(const Head& head, std::size_t first, bool flat) {
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

    bool begins_statement_at(std::size_t at) const {
        const TokenKind before = kind(at - 1);
        const bool property =
            (kind(at) == TokenKind::team || kind(at) == TokenKind::wait) && kind(at + 1) == TokenKind::colon;
        return begins_statement(kind(at)) && !property && before != TokenKind::colon && before != TokenKind::to &&
               before != TokenKind::on && before != TokenKind::allow;
    }

    /// Whether an item begins here, and not just the name of the block before.
    bool begins_item(std::size_t at) const {
        return begins_property(at) ||
               (begins_statement(kind(at)) && kind(at + 1) != TokenKind::string && kind(at + 1) != TokenKind::open);
    }

    /// Whether a statement always has a block, or is where no property is allowed.
    bool must_have_block(const Head& head) const {
        switch (head.keyword.kind) {
            case TokenKind::step:
            case TokenKind::kaizen: return false;
            case TokenKind::team: return depth_ == 0;
            case TokenKind::rework: return head.last.kind != TokenKind::rework;
            default: return may_have_name(head.keyword.kind) || head.last.begin != head.keyword.begin;
        }
    }

    /// `stream checkout` or `stream checkout:` with indented lines below.
    bool indented(const Head& head) {
        const std::size_t first = kind(at_) == TokenKind::colon ? at_ + 1 : at_;
        if (!must_have_block(head) || first >= items_.size() || !first_on_line(first) || !begins_item(first))
            return false;
        if (head.keyword.kind == TokenKind::team && !begins_property(first)) return false;
        const std::uint32_t indent = indent_of_line(head);
        if (indent_at(first) <= indent || !partners().braces_pair_up()) return false;
        diagnostics_.report(diag::missing_brace, range(head), text(head))
            .help(fmt::format("write `{} {{`, and `}}` on a line after its last", text(head)));
        indented_.push_back({indent, depth_});
        return true;
    }

    /// Closes the blocks without braces that end before this token.
    void close_blocks() {
        if (at_ == close_at_) put_in(TokenKind::close);
        const bool outer_ends = at_ >= items_.size() || kind(at_) == TokenKind::close;
        if (indented_.empty() || !(outer_ends || first_on_line(at_))) return;
        while (!indented_.empty() && indented_.back().depth == depth_ &&
               (outer_ends || indent_at(at_) <= indented_.back().indent)) {
            put_in(TokenKind::close);
            indented_.pop_back();
        }
    }

    std::vector<Token>& items_;
    std::vector<Token> out_;
    const SourceFile& source_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    std::optional<Partners> partners_;
    std::optional<std::size_t> close_at_;  ///< position before which to close the block of a step without braces
    std::vector<Indented> indented_;       ///< open blocks, innermost last
    std::vector<Place> places_;            ///< innermost last
    std::size_t behind_head_ = 0;          ///< end in `out_` of the last head
    unsigned head_place_ = 0;              ///< place of the block of that head
};

}  // namespace

void repair_foreign_syntax(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics) {
    ForeignSyntax(tokens, source, diagnostics).run();
}

}  // namespace vsm::parse
