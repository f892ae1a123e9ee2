// Merges the words and signs of a value or a property's name into one token if the author meant one thing, so that it
// is reported only once. Lowering, which knows what is expected, interprets it (compiler/lower/meanings/meanings.h).
#include <algorithm>
#include <iterator>

#include "base/unit_words.h"
#include "compiler/parse/repair/broken_item.h"
#include "compiler/parse/repair/value_shapes.h"
#include "compiler/parse/tokens/texts.h"
#include "diag/parse.h"

namespace vsm::parse {
namespace {

class Phrases : private ValueShapes {
public:
    Phrases(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics)
        : ValueShapes(tokens.items, source), items_(tokens.items), source_(source), diagnostics_(diagnostics) {}

    void run() {
        while (at_ < items_.size()) {
            if (diagnostics_.error_count() > most_mistakes) return;
            switch (kind(at_)) {
                case TokenKind::colon: colon(); break;
                case TokenKind::open_list:
                    take();
                    list();
                    break;
                case TokenKind::wait:
                case TokenKind::queue: timed_statement(); break;
                case TokenKind::target:
                case TokenKind::expect: goal(); break;
                case TokenKind::by: due_date(); break;
                case TokenKind::unexpected: stray(); break;
                default: take();
            }
        }
        items_.resize(done_);
    }

private:
    /// Moves the current token to the output, which is the beginning of `items_`: since nothing is inserted, it never
    /// overtakes the input.
    void take() {
        if (done_ != at_) items_[done_] = items_[at_];
        ++done_;
        ++at_;
    }
    void merge(std::size_t end, TokenKind kind) {
        Token merged = items_[at_];
        merged.kind = kind;
        merged.end = items_[end - 1].end;
        merged.phrase = true;
        items_[done_++] = merged;
        at_ = end;
    }
    /// Whether nothing precedes the current token in its item.
    bool begins_item() const {
        if (done_ == 0 || items_[at_].first_on_line) return true;
        const TokenKind before = items_[done_ - 1].kind;
        return before == TokenKind::open || before == TokenKind::close || before == TokenKind::comma;
    }

    // ---- values ----

    void value(std::size_t end) {
        if (end <= at_) return;
        if (end == at_ + 1 && kind(at_) != TokenKind::unexpected && kind(at_) != TokenKind::minus) return take();
        if (is_bracketed(at_, end)) return;
        Shape shape;
        for (std::size_t at = at_; at < end; ++at) shape.push_back(kind(at));
        if (is_value(shape) || is_repaired_later(at_, end)) {
            while (at_ < end) take();
        } else if (const std::size_t amount = amount_before_statement(end); amount > 0) {
            while (at_ < amount) take();
        } else {
            merge(end, TokenKind::quantity);
        }
    }

    /// `40/w step review`: the end of an amount before a statement that needs only its keyword; 0 if there is none.
    std::size_t amount_before_statement(std::size_t end) const {
        Shape shape;
        for (std::size_t at = at_; at < end; ++at) {
            if (begins_statement(kind(at)) && !shape.empty() && !is_word(shape.front()) && is_value(shape)) return at;
            shape.push_back(kind(at));
        }
        return 0;
    }

    // ---- places of values ----

    void colon() {
        property_name();
        take();
        if (at_ >= items_.size() || items_[at_].first_on_line || done_ < 2) return;
        const TokenKind name = items_[done_ - 2].kind;
        if (name != TokenKind::name && name != TokenKind::team && name != TokenKind::wait && name != TokenKind::after)
            return;
        if (kind(at_) == TokenKind::open && begins_value(kind(at_ + 1)) && kind(at_ + 2) == TokenKind::close &&
            !is_word(kind(at_ + 1)))
            return merge(at_ + 3, TokenKind::quantity);
        if (const std::size_t end = end_of_set(at_); end > at_) return merge(end, TokenKind::quantity);
        if (distribution()) return;
        if (!statement_at(at_)) value(text_goes_on(end_of_value(at_)));
    }

    /// `exponential 1h`. Returns whether the value was read.
    bool distribution() {
        const std::size_t end = text(at_) == "exponential" ? end_of_value(at_) : at_;
        if (end < at_ + 2 || is_opening(kind(at_ + 1)) || is_closing(kind(end))) return false;
        merge(end, TokenKind::quantity);
        return true;
    }

    /// `customer: Online shoppers, partners`: words with commas are a text without quotes.
    std::size_t text_goes_on(std::size_t end) const {
        const auto words = [&](std::size_t from) {
            std::size_t at = from;
            while (kind(at) == TokenKind::name && !ends_line(at)) ++at;
            return at;
        };
        if (words(at_) != end || end < at_ + 2) return end;
        while (kind(end) == TokenKind::comma && !ends_line(end)) {
            const std::size_t next = words(end + 1);
            if (next == end + 1 ||
                (!ends_line(next) && kind(next) != TokenKind::comma && kind(next) != TokenKind::close))
                break;
            end = next;
        }
        return end;
    }

    /// The beginning of the token or bracketed group that ends at `last` in the output.
    std::size_t begin_of(std::size_t last) const {
        if (!is_closing(items_[last].kind)) return last;
        const TokenKind opening =
            items_[last].kind == TokenKind::close_list ? TokenKind::open_list : TokenKind::open_arguments;
        for (std::size_t at = last; at > 0 && last - at < longest_value; --at)
            if (items_[at - 1].kind == opening) return at - 1;
        return last;
    }

    /// Whether a line continues the item of the line before: after `to`, before `/w`.
    bool goes_on_here(std::size_t first) const {
        const TokenKind here = items_[first].kind, before = first > 0 ? items_[first - 1].kind : TokenKind::open;
        return here == TokenKind::per || before == TokenKind::per || is_connecting_keyword(before) ||
               begins_statement(before);
    }

    /// `%C&A:`, `"process":`, `lead time:`: merges everything before the colon in its item.
    void property_name() {
        std::size_t first = done_;
        while (first > 0) {
            const TokenKind before = items_[first - 1].kind;
            if (before == TokenKind::open || before == TokenKind::close || before == TokenKind::comma ||
                before == TokenKind::colon)
                break;
            first = begin_of(first - 1);
            if (items_[first].first_on_line) break;
        }
        // after a value or the head of another statement, only the token that touches the colon is the name
        if (first > 0 && items_[first - 1].kind == TokenKind::colon) return;
        if (first < done_ && goes_on_here(first)) return;
        while (first + 1 < done_ && items_[first].kind == TokenKind::string)
            ++first;  // a title, or the source of a date
        const std::size_t count = done_ - first;
        const TokenKind head = first < done_ ? items_[first].kind : TokenKind::end;
        const bool one = count == 1 && (is_word(head) || head == TokenKind::quantity);
        const bool statement =
            begins_statement(head) && !(head == TokenKind::wait || head == TokenKind::queue || head == TokenKind::team);
        if (count == 0 || count > 6 || one || statement || is_bullet(first) || is_path(first)) return;
        if (count == 1 && head == TokenKind::string && items_[first].repaired) {  // `'lead': 3d`, reported
            const SourceRange inside = inside_quotes(source_, {source_.id(), items_[first].begin, items_[first].end});
            if (inside.begin == inside.end) return;
            items_[first].kind = TokenKind::name;
            items_[first].begin = inside.begin;
            items_[first].end = inside.end;
            return;
        }
        if (kind(at_ + 1) == TokenKind::open || ends_line(at_ + 1)) return;
        const auto fits = [](const Token& token) {
            return is_word(token.kind) || token.kind == TokenKind::string || token.kind == TokenKind::per ||
                   token.kind == TokenKind::percent_sign || token.kind == TokenKind::unexpected ||
                   token.kind == TokenKind::minus || token.kind == TokenKind::dot || token.kind == TokenKind::number ||
                   token.kind == TokenKind::open_arguments || token.kind == TokenKind::close_arguments ||
                   token.kind == TokenKind::open_list || token.kind == TokenKind::close_list;
        };
        if (!std::all_of(items_.begin() + static_cast<std::ptrdiff_t>(first),
                         items_.begin() + static_cast<std::ptrdiff_t>(done_), fits))
            return;
        if (begins_statement(head) && count != 2) return;
        Token name = items_[first];
        name.kind = TokenKind::name;
        name.end = items_[done_ - 1].end;
        name.phrase = true;
        done_ = first;
        items_[done_++] = name;
    }

    /// `qa.lead: 4h`, an edit.
    bool is_path(std::size_t first) const {
        for (std::size_t at = first; at + 2 < done_; ++at) {
            const bool path =
                is_word(items_[at].kind) && items_[at + 1].kind == TokenKind::dot && is_word(items_[at + 2].kind);
            if (path && items_[at + 2].end - items_[at].begin > 3) return true;
        }
        return false;
    }

    /// `- process: 1h`, `* process: 1h`: the sign before the name is a bullet of another language.
    bool is_bullet(std::size_t done) const {
        const Token& token = items_[done];
        if (done >= done_ || !token.first_on_line) return false;
        const std::string_view sign = source_.text({source_.id(), token.begin, token.end});
        return token.kind == TokenKind::minus || sign == "*" || sign == "+" || sign == "•";
    }

    void list() {
        while (at_ < items_.size() && kind(at_) != TokenKind::close_list) {
            std::size_t end = at_;
            while (end < items_.size() && kind(end) != TokenKind::comma && kind(end) != TokenKind::close_list &&
                   kind(end) != TokenKind::open && kind(end) != TokenKind::close && kind(end) != TokenKind::colon &&
                   !is_opening(kind(end)) && !is_closing(kind(end)) && (end == at_ || !items_[end].first_on_line))
                ++end;
            if (kind(end) != TokenKind::comma && kind(end) != TokenKind::close_list)
                return;  // never closed, or not only words
            value(end);
            while (at_ < end) take();
            if (kind(at_) == TokenKind::comma) take();
        }
    }

    /// `wait NAME 1d "Title"`.
    void timed_statement() {
        const bool begins = begins_item() ||
                            (done_ >= 2 && (items_[done_ - 2].kind == TokenKind::after ||
                                            items_[done_ - 2].kind == TokenKind::before)) ||
                            (done_ >= 1 && items_[done_ - 1].kind == TokenKind::with);
        take();
        if (!begins || kind(at_) == TokenKind::colon || ends_line(at_)) return;
        const std::size_t quoted = kind(at_) == TokenKind::string ? at_ : at_ + 1;
        if (kind(quoted) == TokenKind::string && !ends_line(quoted) && holds_amount(quoted) &&
            is_word(kind(at_)) == (quoted > at_)) {
            while (at_ < quoted) take();
            return merge(quoted + 1, TokenKind::quantity);
        }
        const std::size_t end = end_of_value(at_, false);
        if (end <= at_) return;
        const bool name_behind = end == at_ + 2 && is_amount(kind(at_)) && kind(at_ + 1) == TokenKind::name &&
                                 kind(end) == TokenKind::string && !ends_line(end) &&
                                 unit_called(text(at_ + 1)).empty();
        if (name_behind) return;  // `wait 2d review "Review"`
        // a name for the parser: lowering knows what `about` in `about 2d` is
        const bool named = is_word(kind(at_)) && end > at_ + 1 && (!hedges(text(at_)) || is_time(at_ + 1, end)) &&
                           kind(at_ + 1) != TokenKind::open_arguments && kind(at_ + 1) != TokenKind::dot;
        if (named) take();
        if (!named && end == at_ + 1 && is_word(kind(at_)) && !says_a_time(text(at_)))
            return;  // a name alone: its time is missing
        if (is_word(kind(at_)) && kind(at_ + 1) != TokenKind::open_arguments) return merge(end, TokenKind::quantity);
        value(end);
    }

    /// `"2d"`.
    bool holds_amount(std::size_t at) const {
        return text(at).size() > 2 && text(at)[1] >= '0' && text(at)[1] <= '9' && text(at).size() < 12;
    }

    /// `PT3H`, `tbd`.
    static bool says_a_time(std::string_view word) {
        const bool iso = word.size() > 2 && word[0] == 'P' && (word[1] == 'T' || (word[1] >= '0' && word[1] <= '9'));
        return iso || word == "unknown" || word == "tbd" || word == "TBD" || word == "tba" || word == "TBA";
    }

    /// `target lead_time <= 3d by …`: the bound.
    void goal() {
        const bool begins = begins_item();
        take();
        if (!begins) return;
        std::size_t relation = at_;
        while (relation < items_.size() && !items_[relation].first_on_line && !is_relation(kind(relation)) &&
               kind(relation) != TokenKind::open && kind(relation) != TokenKind::close &&
               kind(relation) != TokenKind::comma && (kind(relation) != TokenKind::colon || relation == at_))
            ++relation;
        if ((!is_relation(kind(relation)) && kind(relation) != TokenKind::colon) || ends_line(relation)) return;
        figure(relation);
        while (at_ <= relation) take();
        if (is_relation(kind(at_)) || kind(at_) == TokenKind::unexpected) return;
        std::size_t end = at_;
        const std::size_t last = end_of_value(at_, false);
        while (end < last && kind(end) != TokenKind::by) ++end;
        if ((kind(at_) == TokenKind::date && end == at_ + 1) || kind(at_) == TokenKind::unknown) return;
        if (kind(at_) == TokenKind::date && end == at_ + 2) return merge(end, TokenKind::quantity);  // `2-3d`
        if (end == at_ + 1 && is_word(kind(at_))) return merge(end, TokenKind::quantity);
        if (end > at_ + 1 && kind(end - 1) == TokenKind::date) return;  // `3d bz 2027-03-31`
        value(end);
    }

    /// `c&a`, `%ca`: signs cannot be in a metric's name, but lowering may know what was meant.
    void figure(std::size_t relation) {
        if (kind(relation) == TokenKind::colon) return;
        const auto from_here = [&](std::size_t at) { return items_.begin() + static_cast<std::ptrdiff_t>(at); };
        const auto is_sign = [](const Token& token) {
            return token.kind == TokenKind::unexpected || token.kind == TokenKind::percent_sign ||
                   token.kind == TokenKind::per;
        };
        const auto is_from = [](const Token& token) { return token.kind == TokenKind::from; };
        auto end = std::find_if(from_here(at_ + 1), from_here(relation), is_from);
        // signs before the relation were meant for it: `!=`
        while (end > from_here(at_ + 1) && std::prev(end)->kind == TokenKind::unexpected) --end;
        if (end > from_here(at_ + 1) && std::any_of(from_here(at_), end, is_sign))
            merge(static_cast<std::size_t>(end - items_.begin()), TokenKind::name);
    }

    /// `by 31 March 2027`, `by "2027-03-31"`.
    void due_date() {
        const bool in_goal = done_ > 0 && !items_[at_].first_on_line &&
                             (is_amount(items_[done_ - 1].kind) || is_word(items_[done_ - 1].kind) ||
                              items_[done_ - 1].kind == TokenKind::string);
        take();
        if (!in_goal || ends_line(at_) || kind(at_) == TokenKind::colon) return;
        std::size_t end = end_of_value(at_, false);
        if (end == at_ && kind(at_) == TokenKind::string &&
            text(at_).find_first_of("0123456789") != std::string_view::npos)
            end = at_ + 1;
        while (end > at_ && kind(end - 1) == TokenKind::colon) --end;
        const bool plain = end == at_ || (end == at_ + 1 && kind(at_) == TokenKind::date);
        const bool numbers = end == at_ + 3 && kind(at_) == TokenKind::number && kind(at_ + 1) == TokenKind::dot &&
                             kind(at_ + 2) == TokenKind::number;  // `31.03.2027`
        if (plain || numbers || kind(at_) == TokenKind::close) return;
        if (is_word(kind(at_)) && end == at_ + 1 && text(at_).size() < 3) return;
        merge(end, TokenKind::date);
    }

    /// `| review
    /// 45min
    /// 1d |` and the rows below.
    void table() {
        std::size_t end = at_ + 1;
        while (end < items_.size() && (!items_[end].first_on_line || text(end).starts_with('|'))) ++end;
        std::size_t line = at_ + 1;
        while (!ends_line(line)) ++line;
        diagnostics_
            .report(diag::foreign_document, range_of(source_, items_[at_], items_[line - 1]), "a Markdown table")
            .help("write each row as a step, such as `step review \"Review\" { process: 45min, lead: 1d, "
                  "ca: 85% }`");
        items_[done_] = {TokenKind::name, true, true, items_[at_].begin, items_[at_].begin};
        ++done_;
        at_ = end;
    }

    void stray() {
        const SourceRange range{source_.id(), items_[at_].begin, items_[at_].end};
        if (items_[at_].first_on_line && text(at_).starts_with('|')) return table();
        if (name_goes_on()) return;
        if (is_arrow(range) || is_relation_sign(range)) return take();
        report_unexpected(source_, range, diagnostics_);
        if (at_ + 1 < items_.size() && items_[at_].first_on_line) items_[at_ + 1].first_on_line = true;
        ++at_;
    }
    bool is_arrow(SourceRange range) const { return source_.text(range) == "→"; }
    bool is_relation_sign(SourceRange range) const { return source_.text(range) == "≤" || source_.text(range) == "≥"; }

    /// `qa@test`, `%C&A` before its colon, `step qa+dev`: keeps a sign that is part of a name, for later steps.
    bool name_goes_on() {
        std::size_t end = at_;
        while (end + 1 < items_.size() && !items_[end + 1].first_on_line && end - at_ < 6 &&
               (touching(end) || kind(end + 1) == TokenKind::colon || is_word(kind(end + 1)) ||
                kind(end + 1) == TokenKind::unexpected))
            if (kind(++end) == TokenKind::colon || kind(end) == TokenKind::comma) break;
        const bool before_colon = kind(end) == TokenKind::colon && end > at_ && !items_[end].first_on_line;
        const TokenKind before = done_ == 0 ? TokenKind::end : items_[done_ - 1].kind;
        const bool bullet = items_[at_].first_on_line && (text(at_) == "*" || text(at_) == "+" || text(at_) == "•") &&
                            !ends_line(at_ + 1);
        if (bullet) {
            take();
            return true;
        }
        const bool in_name = !items_[at_].first_on_line &&
                             (touching(at_) || items_[done_ - 1].end == items_[at_].begin) &&
                             (is_word(before) || before == TokenKind::number) && text(at_) != ";";
        if (!before_colon && !in_name) return false;
        take();
        return true;
    }

    std::vector<Token>& items_;
    const SourceFile& source_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    std::size_t done_ = 0;
};

}  // namespace

void repair_phrases(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics) {
    Phrases(tokens, source, diagnostics).run();
}

}  // namespace vsm::parse
