// One function for each mistake: it checks the tokens at `at_`, reports the mistake if it is there, and repairs the
// tokens.
#include <array>

#include "base/unit_words.h"
#include "base/units.h"
#include "compiler/parse/repair/broken_item.h"
#include "compiler/parse/tokens/tokens.h"
#include "diag/lower.h"
#include "diag/parse.h"
#include "ir/properties/property_table.h"

namespace vsm::parse {
namespace {

class TokenRepair {
public:
    TokenRepair(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics)
        : items_(tokens.items), source_(source), diagnostics_(diagnostics) {}

    void run() {
        std::vector<Token> repaired;
        repaired.reserve(items_.size() + 8);
        out_ = &repaired;
        for (at_ = 0; at_ < items_.size();) {
            if (diagnostics_.error_count() > most_mistakes) return;
            follow_lists();
            if (spaced_unit() || decimal_comma() || missing_digit() || negative() || split_quantity() ||
                relation_turned_round() || other_date() || several_values() || unwanted_colon() || figure_of_words())
                continue;
            out_->push_back(items_[at_++]);
            missing_value();
            missing_unit();
            missing_figure();
            missing_reference();
            missing_parenthesis();
        }
        items_ = std::move(repaired);
    }

private:
    const Token& token(std::size_t ahead) const {
        static const Token end;
        return at_ + ahead < items_.size() ? items_[at_ + ahead] : end;
    }
    TokenKind kind(std::size_t ahead) const { return token(ahead).kind; }
    std::string_view text(const Token& token) const { return source_.text({source_.id(), token.begin, token.end}); }
    std::string_view text(std::size_t ahead) const { return text(token(ahead)); }
    SourceRange range(std::size_t first, std::size_t last) const {
        return range_of(source_, token(first), token(last));
    }
    bool touching(std::size_t ahead) const { return token(ahead).end == token(ahead + 1).begin; }
    bool same_line(std::size_t ahead) const { return !token(ahead).first_on_line; }
    const Token* last() const { return out_->empty() ? nullptr : &out_->back(); }

    /// Replaces `count` tokens with one that spans them.
    void merge(std::size_t count, TokenKind kind) {
        Token merged = token(0);
        merged.kind = kind;
        merged.end = token(count - 1).end;
        merged.repaired = true;
        out_->push_back(merged);
        at_ += count;
    }
    void put_in(TokenKind kind, std::uint32_t place) { out_->push_back({kind, true, false, place, place}); }

    void follow_lists() {
        if (kind(0) == TokenKind::open_list) ++list_depth_;
        if (kind(0) == TokenKind::close_list && list_depth_ > 0) --list_depth_;
    }

    /// `1 h`, `3 days`, `85 %`.
    bool spaced_unit() {
        if (kind(0) != TokenKind::number || !same_line(1)) return false;
        // A statement or property may follow a number, but no statement is named like a unit, and a property has a
        // colon.
        const std::string_view unit = kind(1) == TokenKind::percent_sign ? "%"
                                      : is_word(kind(1)) && kind(2) != TokenKind::colon && !touching(0)
                                          ? unit_called(text(1))
                                          : "";
        if (unit.empty() || unit == "ms") return false;
        if (unit == "month") {
            diagnostics_.report(diag::unknown_unit, range(1, 1), text(1)).help(weeks_help(text(0), text(1)));
        } else {
            const std::string joined = fmt::format("{}{}", text(0), unit);
            diagnostics_.report(diag::space_before_unit, range(0, 1), joined)
                .help(fmt::format("write `{}`", joined))
                .fix(range(0, 1), joined);
        }
        merge(2, unit == "%" ? TokenKind::percent : TokenKind::quantity);
        return true;
    }

    /// `1,5d`; in a list, a comma separates two values.
    bool decimal_comma() {
        if (kind(0) != TokenKind::number || kind(1) != TokenKind::comma || !is_amount(kind(2))) return false;
        if (!touching(0) || !touching(1) || list_depth_ > 0 || text(0).find('.') != std::string_view::npos)
            return false;
        const std::string joined = fmt::format("{}.{}", text(0), text(2));
        diagnostics_.report(diag::decimal_comma, range(0, 2), source_.text(range(0, 2)))
            .help(fmt::format("write `{}`", joined))
            .fix(range(0, 2), joined);
        merge(3, kind(2));
        return true;
    }

    bool follows_amount() const { return last() != nullptr && is_amount(last()->kind) && same_line(0); }

    /// `.5d`.
    bool missing_digit() {
        if (kind(0) != TokenKind::dot || !is_amount(kind(1)) || !touching(0) ||
            (last() != nullptr && last()->end == token(0).begin))
            return false;
        const std::string whole = fmt::format("0{}", source_.text(range(0, 1)));
        diagnostics_
            .report(diag::unexpected_word, range(0, 1), "a digit before the `.`",
                    fmt::format("`{}`", source_.text(range(0, 1))))
            .help(fmt::format("write `{}`", whole))
            .fix(range(0, 1), whole);
        merge(2, TokenKind::unknown);
        return true;
    }

    /// `-5min`.
    bool negative() {
        if (kind(0) != TokenKind::minus || !is_amount(kind(1)) || follows_amount()) return false;
        diagnostics_.report(diag::negative_number, range(0, 1), source_.text(range(0, 1)))
            .help("no time, share or count is below zero; `?` means not known yet");
        merge(2, kind(1));
        return true;
    }

    /// `1h 30min`; in a rate (`8h/d 5d/w`) the second is followed by its own `/`.
    bool split_quantity() {
        if (kind(0) != TokenKind::quantity || kind(1) != TokenKind::quantity || !same_line(1) ||
            kind(2) == TokenKind::per)
            return false;
        if (last() != nullptr && last()->kind == TokenKind::per) return false;
        if (unit_rank(text(0)) <= unit_rank(text(1))) return false;  // `45min 1d` are two times
        const std::string joined = fmt::format("{}{}", text(0), text(1));
        auto report = diagnostics_.report(diag::space_before_unit, range(0, 1), joined);
        report.help(fmt::format("write `{}`", joined));
        // `1h 1h` may also be one too many
        if (falls(text(0), text(1))) report.fix(range(0, 1), joined);
        merge(2, TokenKind::quantity);
        return true;
    }

    /// Whether the unit of a second quantity is smaller than that of the first, as in `1h 30min`.
    static bool falls(std::string_view first, std::string_view second) {
        const auto unit_of = [](std::string_view quantity) {
            return parse_time_unit(quantity.substr(quantity.find_last_of("0123456789.") + 1));
        };
        const auto larger = unit_of(first), smaller = unit_of(second);
        return larger && smaller && *smaller < *larger;
    }

    /// `=>`, `=<`.
    bool relation_turned_round() {
        if (kind(0) != TokenKind::equal || (kind(1) != TokenKind::above && kind(1) != TokenKind::below) || !touching(0))
            return false;
        const bool above = kind(1) == TokenKind::above;
        diagnostics_
            .report(diag::unexpected_word, range(0, 1), "`<=`, `>=`, `<`, `>` or `=`",
                    fmt::format("`{}`", source_.text(range(0, 1))))
            .help(fmt::format("write `{}`", above ? ">=" : "<="))
            .fix(range(0, 1), above ? ">=" : "<=");
        merge(2, above ? TokenKind::at_least : TokenKind::at_most);
        return true;
    }

    /// `31.03.2027`, `31/03/2027`: merged into one token; lowering rejects it as a date in another notation.
    bool other_date() {
        const TokenKind between = kind(1);
        if (kind(0) != TokenKind::number || kind(2) != TokenKind::number || !touching(0) || !touching(1)) return false;
        const bool dots = between == TokenKind::dot && text(0).find('.') != std::string_view::npos;
        const bool slashes = between == TokenKind::per && kind(3) == TokenKind::per && kind(4) == TokenKind::number &&
                             touching(2) && touching(3);
        if (!dots && !slashes) return false;
        Token merged = token(0);
        const std::size_t count = dots ? 3 : 5;
        merged.kind = TokenKind::date;
        merged.end = token(count - 1).end;
        out_->push_back(merged);
        at_ += count;
        return true;
    }

    /// The text up to the end of the line or block, if it is short.
    std::string_view rest_of_line(std::size_t ahead) const {
        constexpr std::size_t most_words = 8;
        std::size_t end = ahead;
        while (same_line(end) && end < ahead + most_words && kind(end) != TokenKind::open &&
               kind(end) != TokenKind::close && kind(end) != TokenKind::end)
            ++end;
        return end == ahead || end == ahead + most_words ? std::string_view("…") : source_.text(range(ahead, end - 1));
    }

    /// `rework: 15% to build`: no property has the name of a statement, except `team` and `wait`.
    bool unwanted_colon() {
        if (!begins_statement(kind(0)) || kind(0) == TokenKind::team || kind(0) == TokenKind::wait ||
            kind(1) != TokenKind::colon)
            return false;
        diagnostics_.report(diag::unwanted_colon, range(1, 1), text(0))
            .help(fmt::format("write `{} {}`", text(0), rest_of_line(2)))
            .fix(range(1, 1), "");
        out_->push_back(token(0));
        at_ += 2;
        return true;
    }

    /// The number of consecutive names on one line, without keywords.
    std::size_t names_in_a_row(std::size_t ahead) const {
        std::size_t count = 0;
        while (kind(ahead + count) == TokenKind::name && same_line(ahead + count)) ++count;
        return count;
    }

    bool is_element_name(std::string_view name) const {
        for (std::size_t at = 0; at + 1 < items_.size(); ++at) {
            if (is_element(items_[at].kind) && is_word(items_[at + 1].kind) && text(items_[at + 1]) == name)
                return true;
        }
        return false;
    }

    /// `target lead time <= 3d`, `target build lead <= 3d`.
    bool figure_of_words() {
        const TokenKind keyword = last() == nullptr ? TokenKind::end : last()->kind;
        const std::size_t count = keyword == TokenKind::target || keyword == TokenKind::expect ? names_in_a_row(0) : 0;
        if (count < 2 || !is_relation(kind(count))) return false;
        std::string joined(text(0));
        for (std::size_t i = 1; i < count; ++i) joined += fmt::format("_{}", text(i));
        auto report = diagnostics_.report(diag::bad_name, range(0, count - 1), source_.text(range(0, count - 1)));
        if (count == 2 && is_element_name(text(0))) {
            report.help(
                fmt::format("the figure of an element is written with a point, such as `{}.lead_time`", text(0)));
        } else {
            report.help(fmt::format("a name is one word: `{}`", joined));
        }
        merge(count, TokenKind::name);
        return true;
    }

    /// `team: dev, qa`: a comma after a property's single word, and a word that begins no item.
    bool several_values() {
        if (kind(0) != TokenKind::comma || list_depth_ > 0 || !names_value(1) || out_->size() < 3) return false;
        const Token& value = (*out_)[out_->size() - 1];
        const Token& colon = (*out_)[out_->size() - 2];
        const Token& name = (*out_)[out_->size() - 3];
        if (colon.kind != TokenKind::colon || !is_word(name.kind) || value.first_on_line) return false;
        if (!is_word(value.kind) && value.kind != TokenKind::string) return false;
        std::size_t count = 0;
        while (kind(count) == TokenKind::comma && names_value(count + 1)) count += 2;
        const SourceRange values = range_of(source_, value, token(count - 1));
        const std::string list = fmt::format("[{}]", source_.text(values));
        auto report = diagnostics_.report(diag::list_without_brackets, values, text(name));
        if (properties::takes_list(text(name)))
            report.help(fmt::format("write a list: `{}: {}`", text(name), list)).fix(values, list);
        else
            report.help(fmt::format("write it as one text in quotes: `{}: \"{}\"`", text(name), source_.text(values)));
        out_->back().repaired = true;
        at_ += count;
        return true;
    }
    bool names_value(std::size_t ahead) const {
        if (!same_line(ahead)) return false;
        const bool value = is_word(kind(ahead)) || kind(ahead) == TokenKind::string;
        const TokenKind next = kind(ahead + 1);
        return value && (next == TokenKind::comma || next == TokenKind::close ||
                         (next != TokenKind::colon && token(ahead + 1).first_on_line));
    }

    /// `team: , process: 3h` and `team: process: 3h`: no value after the colon.
    void missing_value() {
        if (out_->back().kind != TokenKind::colon || out_->size() < 2 || !is_word((*out_)[out_->size() - 2].kind))
            return;
        const bool none = kind(0) == TokenKind::comma || kind(0) == TokenKind::close || kind(0) == TokenKind::end ||
                          kind(0) == TokenKind::open ||
                          (is_word(kind(0)) && kind(1) == TokenKind::colon && same_line(1)) ||
                          (token(0).first_on_line && begins_statement(kind(0)) && kind(1) != TokenKind::comma &&
                           kind(1) != TokenKind::close && kind(2) != TokenKind::colon && same_line(1));
        if (!none) return;
        const Token& name = (*out_)[out_->size() - 2];
        const SourceRange place = range_of(source_, name, out_->back());
        const properties::Row* row = properties::find_row(properties::anywhere, text(name));
        const bool may_be_unknown = row != nullptr && properties::may_be_unknown(row->kind);
        diagnostics_
            .report(diag::unexpected_word, place, fmt::format("a value after `{}:`", text(name)),
                    describe(token(0), source_))
            .help(fmt::format("write a value for `{}`, or {}", text(name),
                              may_be_unknown ? "`?` if nobody knows yet" : "leave it out"));
        put_in(TokenKind::unknown, out_->back().end);
    }

    /// `demand: 40/` before the end of the line.
    void missing_unit() {
        if (out_->back().kind != TokenKind::per ||
            (is_word(kind(0)) && (same_line(0) || (parse_time_unit(text(0)) && kind(1) != TokenKind::colon))))
            return;
        const SourceRange place{source_.id(), out_->back().begin, out_->back().end};
        diagnostics_.report(diag::unexpected_word, place, "a unit of time after `/`", describe(token(0), source_))
            .help("a rate is a number per `s`, `min`, `h`, `d` or `w`: `40/w`");
        put_in(TokenKind::name, out_->back().end);
    }

    /// `target from 47% to …`: the word `from` could be the metric's name.
    void missing_figure() {
        if (out_->back().kind != TokenKind::target || kind(0) != TokenKind::from || !is_amount(kind(1))) return;
        diagnostics_.report(diag::unexpected_word, range(0, 0), "a figure such as `lead_time` after `target`",
                            "`from`");
        put_in(TokenKind::name, out_->back().end);
    }

    /// `future spring of by 2027-03-31` and `add after step canary "…"`: the next keyword could be the missing name.
    void missing_reference() {
        const TokenKind last_kind = out_->back().kind;
        const bool base = last_kind == TokenKind::of && kind(0) == TokenKind::by && kind(1) == TokenKind::date;
        const bool edit = out_->size() > 1 && (*out_)[out_->size() - 2].kind == TokenKind::add;
        const bool element = is_element(kind(0));
        const bool anchor = edit && (last_kind == TokenKind::after || last_kind == TokenKind::before) && element &&
                            is_word(kind(1)) && (kind(2) == TokenKind::string || kind(2) == TokenKind::open);
        if (!base && !anchor) return;
        diagnostics_.report(diag::unexpected_word, range(0, 0), fmt::format("a name after `{}`", text(out_->back())),
                            describe(token(0), source_));
        put_in(TokenKind::name, out_->back().end);
    }

    /// `wait: lognormal p50 6h`, `wait: lognormalp50 6h`.
    void missing_parenthesis() {
        if (out_->back().kind != TokenKind::name || kind(0) == TokenKind::open_arguments || !same_line(0)) return;
        if (kind(0) != TokenKind::quantity && !(is_word(kind(0)) && kind(1) == TokenKind::quantity)) return;
        for (const std::string_view shape : {std::string_view("exponential"), std::string_view("lognormal")}) {
            if (!text(out_->back()).starts_with(shape)) continue;
            const Token rest = out_->back();
            const auto end = static_cast<std::uint32_t>(rest.begin + shape.size());
            diagnostics_
                .report(diag::unexpected_word, {source_.id(), rest.begin, rest.end},
                        fmt::format("`(` after `{}`", shape), fmt::format("`{}`", text(rest)))
                .help("write `exponential(2h)` or `lognormal(p50 6h, p85 1d)`");
            out_->back().end = end;
            put_in(TokenKind::open_arguments, end);
            if (rest.end > end) out_->push_back({TokenKind::name, true, false, end, rest.end});
            return;
        }
    }

    std::vector<Token>& items_;
    std::vector<Token>* out_ = nullptr;
    const SourceFile& source_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    std::size_t list_depth_ = 0;
};

}  // namespace

void repair_tokens(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics) {
    TokenRepair(tokens, source, diagnostics).run();
}

}  // namespace vsm::parse
