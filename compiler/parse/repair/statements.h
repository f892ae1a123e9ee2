// Repairs statements whose keyword is there but whose parts are written in another way: one function for each kind.
// Reports each mistake and inserts the intended tokens, or a hole if they are unknown. Does not depend on the parser.
// Private to compiler/parse.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostics/diagnostics.h"
#include "compiler/parse/tokens/tokens.h"

namespace vsm::parse {

/// Whether `words`, a list with a blank before and after each word, contains `word`.
inline bool among(std::string_view words, std::string_view word) {
    return words.find(" " + std::string(word) + " ") != std::string_view::npos;
}

/// A percentage: `10%` for `10` and for `0.1`; `otherwise` if the number is above 100.
std::string percent_of(std::string_view number, std::string_view otherwise);

/// Reads the tokens once, statement by statement. Each repair is named after the mistake, and returns
/// whether it reported and repaired one here; its comment shows the text that it handles.
class Statements {
public:
    Statements(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics)
        : items_(tokens.items), source_(source), diagnostics_(diagnostics) {
        end_.begin = end_.end = static_cast<std::uint32_t>(source.text().size());
        end_.first_on_line = true;
    }

    void run();

private:
    TokenKind kind(std::size_t ahead) const { return token(ahead).kind; }
    /// The end of the file after the last token.
    const Token& token(std::size_t ahead) const { return at_ + ahead < items_.size() ? items_[at_ + ahead] : end_; }
    bool ends_line(std::size_t ahead) const {
        return at_ + ahead >= items_.size() || items_[at_ + ahead].first_on_line;
    }
    SourceRange range(std::size_t first, std::size_t last) const {
        return range_of(source_, token(first), token(last));
    }
    std::string_view text(const Token& token) const { return source_.text({source_.id(), token.begin, token.end}); }
    std::string_view text(std::size_t ahead) const { return text(token(ahead)); }
    std::string_view text(std::size_t first, std::size_t last) const { return source_.text(range(first, last)); }
    TokenKind before() const {
        if (changed_) return out_.empty() ? TokenKind::open : out_.back().kind;
        return at_ == 0 ? TokenKind::open : items_[at_ - 1].kind;
    }
    TokenKind owner() const { return owners_.empty() ? TokenKind::end : owners_.back(); }
    bool in_edits() const { return owner() == TokenKind::future || owner() == TokenKind::kaizen; }
    bool begins_item() const;

    // ---- output ----

    /// Starts the output. Nothing is copied before the first mistake.
    void change();
    void take();
    void put(TokenKind kind, const Token& like);
    /// Inserts a token that is not in the text.
    void put_in(TokenKind kind, bool first_on_line = false);
    /// Replaces `count` tokens with a hole: an item that could not be parsed (reported).
    bool hole(std::size_t count);

    /// The number of tokens in the statement here, without its block.
    std::size_t length() const;
    /// The position after the block that opens at `ahead`; nothing if it is never closed.
    std::optional<std::size_t> end_of_block(std::size_t ahead) const;

    bool repair();

    bool is_edit_anchor() const {
        return at_ > 2 && begins_statement(kind(0)) &&
               (items_[at_ - 2].kind == TokenKind::after || items_[at_ - 2].kind == TokenKind::before);
    }

    bool stray();

    /// The number of tokens here that mean a colon: `=>`, `->`, `→`, `==`, `-`.
    std::size_t colon_meant() const;

    /// `process => 3h`: a property with another sign for its colon. Where goals are allowed, it may be a metric.
    bool assigned();

    /// `parallel: true`: a block written as a property.
    bool flag();

    /// `rework: 10%`, `rework: build`: incomplete after the colon.
    bool rework_fact();

    /// `after build` in a step.
    bool after_without_colon();
    bool after_as_label();

    /// `step x { 1h, 2h }`: times without names.
    bool bare_amounts();
    bool amounts_before_names();
    bool share_without_branch();

    /// `review: { … }`, `"Review" { … }`: a block without its keyword.
    bool block_without_keyword();
    bool awaits_title() const;

    // ---- lists and tables of other languages ----

    /// `- step review { … }`, `1. step review { … }`: reported only once, because all lines have it.
    bool bullet();

    /// `Review,dev,45min,1d,85%` in a stream, with the lines below.
    bool csv_rows();

    // ---- names ----

    /// The name of the element with this title; empty if there is none, or more than one.
    std::string_view name_of_title(std::string_view title) const;

    /// Whether the name of an element or a stream is expected here, after a keyword that refers to one.
    bool wants_name() const;

    /// `change "Test the release"`, `rework 10% to "Build"`, `after: "Build"`: a title instead of a name.
    bool title_for_name();

    /// The number of tokens that look like one name, valid or not: `qa.test`, `3`, `load test`.
    std::size_t name_run(std::size_t from) const;

    /// `step qa.test "…"`, `step 3 {`, `step load test {`.
    bool declared_name();
    bool title_without_quotes(std::size_t from);
    bool surplus_before_block(std::size_t from);
    bool element_without_braces(std::size_t from);
    bool share_with_space();
    bool sign_around_anchor();
    bool other_anchor();
    bool once_after_name(std::size_t to);
    bool from_to_bound(std::size_t from);
    bool amount_before_relation(std::size_t at);
    bool named_arguments();
    bool amount_in_braces();
    bool size_in_head();
    bool base_of_stream();
    bool title_before_name(std::size_t from);
    bool colon_before_title(std::size_t from);
    bool after_in_head(std::size_t from);

    /// `step review = {`.
    bool equals_before_block(std::size_t from);

    /// `step review -> build {`.
    bool arrow_in_head(std::size_t from);

    /// `step review 45min 1d`: times without names and without a block.
    bool amounts_behind_name(std::size_t from, std::size_t count);

    /// `remove @wait-1`, `rework 10% to qa.test`, `note "…" on 3`: an invalid name as a reference.
    bool reference();

    // ---- rework ----

    bool rework();

    struct Rework {
        std::size_t percent = 0;  ///< position; 0: none
        std::size_t number = 0;   ///< a number without a percent sign
        std::size_t target = 0;
        std::size_t title = 0;
        bool once = false;
        bool one_target = true;
        bool plain = true;  ///< writing it our way loses none of its words
    };

    Rework read_rework(std::size_t count) const;

    void report_rework(const Rework& said, std::size_t count, bool share, std::size_t behind);

    /// `rework { … }`, `rework 10 { … }`: a repair without the share of items that need it.
    bool share_of_repair(const Rework& said, std::size_t count);

    // ---- goals ----

    static std::string_view relation_meant(std::string_view words);

    /// `target lead_time at most 3d`, `target lead_time ≤ 3d`, `target lead_time: 3d`.
    bool goal();

    /// `target lead_time <= 3d before 2027-03-31`, `… on 31.03.2027`: another word before the date.
    std::size_t other_due(std::size_t from);

    /// `expect lead_time < 3d by 2027-03-31`, `target lead_time < 3d "Why" by 2027-03-31`.
    bool false_start();
    bool misplaced_due(std::size_t from);

    /// `target lead_time 3d`.
    bool goal_without_relation(std::size_t bound);

    // ---- remarks ----

    /// `note the board is slow`, `kaizen speed up { … }`.
    bool remark();

    /// `note on qa "The board is slow"`.
    bool element_before_text();
    bool kaizen_with_colon();
    bool due_of_kaizen(std::size_t first);

    /// `note "The board is slow" at qa`.
    bool other_on();

    /// `kaizen "Skip the board" owner: ops`: without braces, the properties would belong to the enclosing block.
    std::size_t end_of_unquoted(std::size_t from) const;
    bool maybe_statement(std::size_t comma) const;
    bool kaizen_without_braces();

    /// `allow missing-ca because it is new`.
    bool reason();

    /// `wait board`, `queue ready`: a name without an amount after it.
    bool without_amount();
    bool amount_out_of_place();
    bool wait_as_property();
    /// Writes `wait NAME 2d "Title"` from its parts, in place of `count` tokens.
    bool put_timed(const Token& keyword, const Token* name, std::size_t amount, std::size_t amount_end,
                   const Token* title, std::size_t count);
    std::size_t end_of_amount(std::size_t from, TokenKind keyword) const;

    // ---- branches ----

    /// `branch urgent 70% { … }`: the share belongs right after the keyword.
    bool share_of_branch();

    /// `import teams.vsm`.
    bool path_without_quotes();

    /// `parallel step x { … }`: one step in a block that was never opened.
    bool step_without_block();

    /// `branch 30% skip`, with nothing in it.
    bool branch_without_block();

    // ---- futures and their edits ----

    /// `future spring "Spring" { … }`, `future spring from checkout { … }`.
    bool future();

    bool future_without_name();

    /// `future spring of checkout "Spring" {`.
    bool title_after_base(std::size_t of);
    /// `future spring of stream checkout {`.
    bool keyword_before_base(std::size_t of);

    /// Whether the keyword of an element precedes its name (reported and repaired): `remove step qa`.
    bool keyword_before_name();

    /// The position of the name in the declaration of a wait or queue; 0 if there is none.
    std::size_t declared_at(std::string_view name) const;

    /// `change gap 2d`, `change gap { 2d }`, `change qa lead: 4h`, `change qa.lead: 4h`.
    bool change_edit();

    bool is_step(std::string_view name) const;
    bool amount_of_wait();
    bool other_add();
    bool changed_amount(std::size_t name, std::size_t value);

    /// Whether there are more `}` than `{`: a `{` is missing somewhere, which balance() will find.
    bool closes_too_often() const;

    /// `change lead of deploy to 1h`.
    bool property_of_element();

    /// `change qa, deploy { … }`, `change qa and deploy { … }`.
    bool several_changed();

    /// `change qa to { … }`.
    bool word_before_block();

    /// `add` with its parts in another order.
    bool add_edit();
    /// `add after qa: step x { … }`.
    bool colon_after_anchor();
    /// `add after qa { step x { … } step y { … } }`.
    bool several_added();
    /// `add x after qa {`.
    bool step_before_anchor();
    /// `add x after qa`: `x` may be in the stream already.
    bool added_or_moved();
    /// `add step x { … } after qa`, `add step x { … }`.
    bool element_before_anchor();

    /// `replace qa by step x { … }`, `replace qa -> step x { … }`.
    bool replace_edit();

    /// `change qa lead: 4h`, `change qa lead to 4h`.
    bool changed_property();

    /// `qa.lead: 4h`, `set qa.lead = 4h`: `from` is the position of the element's name.
    bool property_path(std::size_t from);

    /// `remove qa and build`, `remove [qa, build]`.
    bool remove_edit();

    // ---- words that begin no statement ----

    bool other_word();

    /// `then step deploy { … }`.
    bool leading_word();
    bool other_import();

    /// `lead is 3d`, `lead time = 3d` in a step.
    bool step_property_of_words();

    /// `set deploy lead 1h`, `set deploy lead to 1h`.
    bool property_by_words();

    /// `rename qa to test`, `swap qa and build`: such edits do not exist.
    bool no_edit();

    /// `delete step qa`.
    bool other_remove();

    /// `if urgent { … } else { … }`, which is written as `choose` or `rework`.
    bool choice();

    /// Limit for the words of a statement before its block.
    static constexpr std::size_t longest = 200;

    std::vector<Token>& items_;
    Token end_;
    std::vector<Token> out_;
    const SourceFile& source_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    std::size_t start_ = 0;  ///< start of the current item
    std::size_t lists_ = 0;  ///< number of open brackets
    bool changed_ = false;
    bool bullets_ = false;  ///< bullets were reported
    TokenKind head_ = TokenKind::end;
    std::vector<TokenKind> owners_;  ///< keywords of the open blocks
};

}  // namespace vsm::parse
