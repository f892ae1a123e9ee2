// Repairs the syntax of other languages: a block in parentheses, after a colon or by indentation alone, arrows between
// steps. Each is reported as one mistake, and its surroundings are parsed as intended. Brackets need not be balanced
// yet. Private to compiler/parse.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/parse/tokens/tokens.h"
#include "ir/properties/property_table.h"

namespace vsm::parse {

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

    void run();

private:
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
    void put_in(TokenKind kind);
    void put_out(const Token& token);

    // ---- the enclosing blocks ----

    /// The places that a block with steps may be, if it is unknown which one it is.
    static constexpr unsigned any_block = properties::on_stream | properties::on_future | properties::on_stage |
                                          properties::on_parallel | properties::on_choose | properties::on_branch;

    static unsigned place_of(TokenKind keyword);
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

    bool begins_head() const;

    /// `team: step`, `rework 15% to step`, or the name in the statement of the keyword before: the word here is not a
    /// keyword.
    bool is_a_name() const;

    /// Whether a property follows the name at `at`, an optional title, and an optional comma or colon.
    bool has_property_behind(std::size_t at) const;

    /// The end of the head: the keyword here and what follows it on its line up to its block.
    std::size_t end_of_head() const;

    void read_head();

    // ---- arrows ----

    /// The number of tokens of an arrow here: `->`, `-->`, `→`, and `=>` before a statement; else 0.
    std::size_t arrow_at(std::size_t at) const;

    /// Drops `count` tokens; the token after them begins its line if they did.
    void leave_out(std::size_t count);

    Report report_order(std::size_t count, std::string_view help);

    /// `step review { … } -> step build { … }`. Between two amounts, an arrow means a changed value.
    bool arrow();

    /// `lead 2h -> 30min`, without the colon of a property; with it the value is read as a whole.
    bool new_value(std::size_t count);

    /// `review -> build -> deploy`, a line that states the order of steps.
    bool chain();

    // ---- blocks ----

    /// `step review: {`.
    bool colon_before_block(const Head& head);

    /// `step review (process: 1h, lead: 2h)`, `step review [ … ]`: turns the brackets into braces.
    bool parentheses(const Head& head);

    /// `step review process: 1h, lead: 2h`, on one or several lines: properties that only a step can have belong to the
    /// step.
    bool no_braces(const Head& head);

    /// Whether a `}` closes the step whose `{` is missing: it ends a line, and the enclosing block was opened on
    /// another one.
    bool is_the_steps(std::size_t closing) const;

    /// Whether properties belong to the step, not to the block that contains it: the first one that only one of them
    /// can have decides. If no name is known, the position decides: a misspelt property right after the step is the
    /// step's.
    bool are_the_steps(std::size_t first) const;
    bool may_be_the_steps(std::size_t at) const;
    bool may_be_the_blocks(std::size_t at) const;
    /// The position after a property's value and the comma after it.
    std::size_t behind_property(std::size_t at) const;

    static bool is_own_statement(TokenKind kind);

    /// The position where the step's properties end: at the next statement that is not the step's own, at the end of
    /// the enclosing block, or at the end of the indented lines; `flat`: the properties are not indented. Nothing if
    /// there is a block that does not belong to a remark or rework.
    std::optional<std::size_t> end_of_properties(const Head& head, std::size_t first, bool flat);

    bool begins_statement_at(std::size_t at) const;

    /// Whether an item begins here, and not just the name of the block before.
    bool begins_item(std::size_t at) const;

    /// Whether a statement always has a block, or is where no property is allowed.
    bool must_have_block(const Head& head) const;

    /// `stream checkout` or `stream checkout:` with indented lines below.
    bool indented(const Head& head);

    /// Closes the blocks without braces that end before this token.
    void close_blocks();

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

}  // namespace vsm::parse
