// What the habits of other languages put into a map: a block in parentheses, behind a colon or by indentation alone, arrows between steps.
// Each is one mistake; what stands around it is read as it was meant. Brackets need not be balanced yet.
#include <algorithm>
#include <array>
#include <optional>

#include "compiler/parse/tokens.h"

namespace vsm::parse {
namespace {

/// `step review "Review the change"`.
struct Head {
    Token keyword;
    Token last;
};

/// A block that was opened by indentation alone.
struct Indented {
    std::uint32_t indent = 0;  ///< of the line that opened it
    std::size_t depth = 0;     ///< how many braces are open around it
};

class Habits {
public:
    Habits(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics) : items_(tokens.items), source_(source), diagnostics_(diagnostics) {}

    void run() {
        braces_pair_up_ = do_braces_pair_up();
        out_.reserve(items_.size() + 8);
        while (at_ < items_.size()) {
            if (arrow()) continue;
            close_blocks();
            const bool named = may_be_named(kind(at_)) && !is_a_name();
            const std::size_t end = named ? end_of_head() : at_ + 1;
            const Token keyword = items_[at_];
            if (keyword.kind == TokenKind::open) ++depth_;
            if (keyword.kind == TokenKind::close) --depth_;
            while (at_ < end) out_.push_back(items_[at_++]);
            if (!named) continue;
            const Head head{keyword, out_.back()};
            if (colon_before_block(head)) {
                ++at_;
            } else if (!parentheses(head) && (no_braces(head) || indented(head))) {
                if (kind(at_) == TokenKind::colon) ++at_;
                put_in(TokenKind::open);
            }
        }
        close_blocks();
        items_ = std::move(out_);
    }

private:
    TokenKind kind(std::size_t at) const { return at < items_.size() ? items_[at].kind : TokenKind::end; }
    SourceRange range(const Token& first, const Token& last) const { return {source_.id(), first.begin, last.end}; }
    std::string_view text(SourceRange range) const { return source_.text(range); }
    std::string_view text(const Head& head) const { return text(range(head.keyword, head.last)); }
    bool begins_property(std::size_t at) const { return is_word(kind(at)) && kind(at + 1) == TokenKind::colon; }
    /// And not just the name of the block before.
    bool begins_item(std::size_t at) const {
        return begins_property(at) || (begins_statement(kind(at)) && kind(at + 1) != TokenKind::string && kind(at + 1) != TokenKind::open);
    }
    std::uint32_t indent_at(std::size_t at) const { return indent_of(source_, source_.line_of(items_[at].begin)); }
    void put_in(TokenKind kind) { out_.push_back({kind, true, false, out_.back().end, out_.back().end}); }

    static bool may_be_named(TokenKind kind) {
        return kind == TokenKind::team || kind == TokenKind::stream || (kind >= TokenKind::stage && kind <= TokenKind::branch);
    }

    bool do_braces_pair_up() const {
        std::ptrdiff_t depth = 0;
        for (const Token& token : items_) {
            if (token.kind == TokenKind::open) ++depth;
            if (token.kind == TokenKind::close && --depth < 0) return false;
        }
        return depth == 0;
    }

    /// Those that end before the token here, though no brace says so.
    void close_blocks() {
        if (at_ == close_at_) put_in(TokenKind::close);
        if (indented_.empty() || (at_ < items_.size() && !items_[at_].first_on_line && kind(at_) != TokenKind::close)) return;
        const bool outer_ends = at_ == items_.size() || kind(at_) == TokenKind::close;
        while (!indented_.empty() && indented_.back().depth == depth_ && (outer_ends || indent_at(at_) <= indented_.back().indent)) {
            put_in(TokenKind::close);
            indented_.pop_back();
        }
    }

    /// `team: step`, `rework 15% to step`: the word here is no keyword.
    bool is_a_name() const {
        const TokenKind before = out_.empty() ? TokenKind::end : out_.back().kind;
        return before == TokenKind::colon || before == TokenKind::open_list || before == TokenKind::allow ||
               (before >= TokenKind::change && before <= TokenKind::after && before != TokenKind::add && before != TokenKind::once);
    }

    /// Behind the keyword here, its name and its title.
    std::size_t end_of_head() const {
        std::size_t end = at_ + 1;
        const auto here = [&](bool fits) { return fits && end < items_.size() && !items_[end].first_on_line; };
        if (here(kind(at_) == TokenKind::branch && kind(end) == TokenKind::percent)) ++end;
        if (here(is_word(kind(end)))) ++end;
        if (here(kind(end) == TokenKind::string)) ++end;
        return end;
    }

    /// `review -> build`, `review → build`.
    bool arrow() {
        std::size_t end = at_;
        while (kind(end) == TokenKind::minus) ++end;
        const bool typed = end > at_ && kind(end) == TokenKind::above && items_[end].end - items_[at_].begin == end - at_ + 1;
        if (!typed && !(kind(at_) == TokenKind::name && text(range(items_[at_], items_[at_])) == "→")) return false;
        const SourceRange place = range(items_[at_], items_[end]);
        diagnostics_.report(diag::unexpected_word, place, "a property or a statement", fmt::format("`{}`", text(place)))
            .help("elements run in the order written: nothing stands between them")
            .fix(place, "");
        at_ = end + 1;
        return true;
    }

    /// `step review: {`.
    bool colon_before_block(const Head& head) {
        if (kind(at_) != TokenKind::colon || kind(at_ + 1) != TokenKind::open) return false;
        const SourceRange colon = range(items_[at_], items_[at_]);
        diagnostics_.report(diag::unwanted_colon, colon, text(range(head.keyword, head.keyword))).help(fmt::format("write `{} {{`", text(head))).fix(colon, "");
        return true;
    }

    /// `step review (process: 1h, lead: 2h)`: from here on they are braces.
    bool parentheses(const Head& head) {
        if (kind(at_) != TokenKind::open_arguments) return false;
        if (!begins_property(at_ + 1) && !begins_statement(kind(at_ + 1)) && kind(at_ + 1) != TokenKind::close_arguments) return false;
        std::size_t end = at_;
        for (std::size_t depth = 0; end < items_.size(); ++end) {
            if (kind(end) == TokenKind::open_arguments) ++depth;
            if (kind(end) == TokenKind::close_arguments && --depth == 0) break;
        }
        if (end == items_.size()) return false;
        Token& opening = items_[at_];
        Token& closing = items_[end];
        const SourceRange within{source_.id(), opening.end, closing.begin};
        diagnostics_.report(diag::unexpected_word, range(opening, opening), fmt::format("`{{` after `{}`", text(head)), "`(`")
            .help("a block stands in braces: `{ … }`")
            .fix(range(opening, closing), fmt::format("{{{}}}", text(within)));
        opening.kind = TokenKind::open;
        closing.kind = TokenKind::close;
        opening.repaired = closing.repaired = true;
        return true;
    }

    /// `step review process: 1h, lead: 2h`, on one line or on several: what only a step can say belongs to it.
    bool no_braces(const Head& head) {
        const std::size_t first = kind(at_) == TokenKind::colon ? at_ + 1 : at_;
        if (head.keyword.kind != TokenKind::step || !braces_pair_up_ || !begins_property(first) || !only_a_step_says(items_[first])) return false;
        const std::size_t end = end_of_properties(head, first);
        if (kind(end) == TokenKind::open) return false;
        const Token& last = items_[end - 1];
        const std::string_view properties = text(range(items_[first], last));
        const bool one_line = properties.find('\n') == std::string_view::npos && !items_[first].first_on_line;
        const std::uint32_t begin = kind(at_) == TokenKind::colon ? items_[at_].end : head.last.end;
        diagnostics_.report(diag::missing_brace, range(head.keyword, head.last), text(head))
            .help(one_line ? fmt::format("write `{} {{ {} }}`", text(head), properties) : "write `{` before its first property, and `}` behind its last")
            .fix({source_.id(), head.last.end, last.end}, fmt::format(" {{{} }}", text({source_.id(), begin, last.end})));
        close_at_ = end;
        return true;
    }

    /// `stream checkout` or `stream checkout:`, and the lines below are indented.
    bool indented(const Head& head) {
        const std::size_t first = kind(at_) == TokenKind::colon ? at_ + 1 : at_;
        const bool needs_block = head.keyword.kind != TokenKind::team && head.keyword.kind != TokenKind::step;
        if (!needs_block || !braces_pair_up_ || first >= items_.size() || !items_[first].first_on_line || !head.keyword.first_on_line) return false;
        const std::uint32_t indent = indent_of(source_, source_.line_of(head.keyword.begin));
        if (!begins_item(first) || indent_at(first) <= indent) return false;
        diagnostics_.report(diag::missing_brace, range(head.keyword, head.last), text(head)).help(fmt::format("write `{} {{`, and `}}` on a line behind its last", text(head)));
        indented_.push_back({indent, depth_});
        return true;
    }

    static bool opens_small(TokenKind kind) { return kind == TokenKind::open_list || kind == TokenKind::open_arguments; }
    static bool closes_small(TokenKind kind) { return kind == TokenKind::close_list || kind == TokenKind::close_arguments; }

    /// Where the next statement begins that is none of a step's own, or the block ends that holds the step, or what is indented below it.
    std::size_t end_of_properties(const Head& head, std::size_t first) const {
        const std::uint32_t indent = indent_of(source_, source_.line_of(head.keyword.begin));
        const bool below = items_[first].first_on_line && indent_at(first) > indent;
        std::size_t depth = 0, end = first;
        for (; end < items_.size() && kind(end) != TokenKind::open && kind(end) != TokenKind::close; ++end) {
            if (below && items_[end].first_on_line && indent_at(end) <= indent) break;
            if (opens_small(kind(end))) ++depth;
            if (closes_small(kind(end)) && depth > 0) --depth;
            const bool property = (kind(end) == TokenKind::team || kind(end) == TokenKind::wait) && kind(end + 1) == TokenKind::colon;
            const bool name = property || depth > 0 || kind(end - 1) == TokenKind::colon || kind(end - 1) == TokenKind::to;
            if (!name && begins_statement(kind(end)) && kind(end) != TokenKind::rework) break;
        }
        return end;
    }

    bool only_a_step_says(const Token& name) const {
        static constexpr auto properties = std::to_array<std::string_view>({"process", "lead", "wait", "ca", "team", "kind", "class", "people", "batch"});
        return std::ranges::find(properties, text(range(name, name))) != properties.end();
    }

    std::vector<Token>& items_;
    std::vector<Token> out_;
    const SourceFile& source_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    bool braces_pair_up_ = false;
    std::size_t depth_ = 0;
    std::vector<Indented> indented_;  ///< open, the innermost last
    std::optional<std::size_t> close_at_;  ///< before which token a block ends that was never opened
};

}  // namespace

void mend_habits(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics) { Habits(tokens, source, diagnostics).run(); }

}  // namespace vsm::parse
