// Goals: their relations and due dates.
#include "compiler/parse/repair/statements.h"
#include "diag/parse.h"

#include <array>

namespace vsm::parse {

std::string_view Statements::relation_meant(std::string_view words) {
    constexpr auto table = std::to_array<std::pair<std::string_view, std::string_view>>({{"≤", "<="},
                                                                                         {"≥", ">="},
                                                                                         {"at most", "<="},
                                                                                         {"at least", ">="},
                                                                                         {"max", "<="},
                                                                                         {"maximum", "<="},
                                                                                         {"min", ">="},
                                                                                         {"minimum", ">="},
                                                                                         {"under", "<"},
                                                                                         {"below", "<"},
                                                                                         {"less than", "<"},
                                                                                         {"over", ">"},
                                                                                         {"above", ">"},
                                                                                         {"more than", ">"},
                                                                                         {"no more than", "<="},
                                                                                         {"not more than", "<="},
                                                                                         {"no less than", ">="},
                                                                                         {"up to", "<="},
                                                                                         {"is", "="},
                                                                                         {":", "<="},
                                                                                         {"==", "="},
                                                                                         {"->", "<="},
                                                                                         {"to", "<="},
                                                                                         {"of", "<="},
                                                                                         {"within", "<="},
                                                                                         {"should be", "<="},
                                                                                         {"<==", "<="},
                                                                                         {">==", ">="},
                                                                                         {"<=>", "="},
                                                                                         {"===", "="},
                                                                                         {"=<", "<="},
                                                                                         {"about", "="},
                                                                                         {"around", "="},
                                                                                         {"equals", "="},
                                                                                         {"< =", "<="},
                                                                                         {"> =", ">="},
                                                                                         {"→", "<="}});
    for (const auto& [words_of, relation] : table)
        if (words_of == words) return relation;
    return {};
}

bool Statements::goal() {
    if (ends_line(1)) return false_start();
    std::size_t at = 1;
    if (!is_word(kind(at)) || ends_line(at) || (kind(at) == TokenKind::from && is_amount(kind(at + 1)))) return false;
    while (kind(at + 1) == TokenKind::dot && is_word(kind(at + 2))) at += 2;
    const std::size_t first = ++at;
    if (misplaced_due(first)) return true;
    if (const std::size_t due = other_due(first); due > 0) return true;
    if (from_to_bound(first) || amount_before_relation(first)) return true;
    if (ends_line(first) || (is_relation(kind(first)) && is_amount(kind(first + 1))) || kind(first) == TokenKind::from)
        return false;
    while (!ends_line(at) && !is_amount(kind(at)) && at < first + 5 && kind(at) != TokenKind::open &&
           kind(at) != TokenKind::close && kind(at) != TokenKind::comma)
        ++at;
    if (!is_amount(kind(at)) || ends_line(at) || token(at).phrase) return false;
    if (at == first) return kind(at + 1) != TokenKind::to && goal_without_relation(at);
    const std::string_view relation = relation_meant(text(first, at - 1));
    if (relation.empty()) return false;
    const std::string_view written = text(first, at - 1);
    const bool sure = written != ":" && written != "->" && written != "to" && written != "of" && written != "is" &&
                      written != "→" && written != "about" && written != "around" && written != "<=>";
    auto report = diagnostics_.report(diag::unexpected_word, range(first, at - 1), "`<=`, `>=`, `<`, `>` or `=`",
                                      fmt::format("`{}`", written));
    report.help(fmt::format("write `{} {} {}`", text(0, first - 1), relation, text(at)));
    if (sure) report.fix(range(first, at - 1), std::string(relation));
    change();
    for (std::size_t i = 0; i < first; ++i) out_.push_back(token(i));
    put(relation == "<="   ? TokenKind::at_most
        : relation == ">=" ? TokenKind::at_least
        : relation == "<"  ? TokenKind::below
        : relation == ">"  ? TokenKind::above
                           : TokenKind::equal,
        token(first));
    at_ += at;
    return true;
}

/// `target lead_time from 5d to 3d`: without the relation.
bool Statements::from_to_bound(std::size_t from) {
    if (kind(from) != TokenKind::from || !is_amount(kind(from + 1)) || kind(from + 2) != TokenKind::to ||
        !is_amount(kind(from + 3)) || ends_line(from + 3))
        return false;
    const std::string_view relation = kind(from + 3) == TokenKind::percent ? ">=" : "<=";
    diagnostics_
        .report(diag::unexpected_word, range(from + 3, from + 3), "`<=`, `>=`, `<`, `>` or `=` after `to`",
                fmt::format("`{}`", text(from + 3)))
        .help(fmt::format("write the direction: `{} {} {}`", text(0, from + 2), relation, text(from + 3)));
    change();
    for (std::size_t i = 0; i < from + 3; ++i) out_.push_back(token(i));
    put_in(relation == "<=" ? TokenKind::at_most : TokenKind::at_least);
    at_ += from + 3;
    return true;
}

/// `target lead_time 5d <= 3d`, `target rolled_ca 47% to >= 60%`: the value today without `from` and `to`.
bool Statements::amount_before_relation(std::size_t at) {
    const std::size_t relation = kind(at + 1) == TokenKind::to ? at + 2 : at + 1;
    if (!is_amount(kind(at)) || token(at).phrase || !is_relation(kind(relation)) || !is_amount(kind(relation + 1)) ||
        ends_line(relation + 1))
        return false;
    diagnostics_
        .report(diag::unexpected_word, range(at, at), "`from` before the value today", fmt::format("`{}`", text(at)))
        .help(
            fmt::format("write `{} from {} to {} {}`", text(0, at - 1), text(at), text(relation), text(relation + 1)));
    change();
    for (std::size_t i = 0; i < at; ++i) out_.push_back(token(i));
    at_ += relation;
    return true;
}

/// `target` alone on its line.
bool Statements::false_start() {
    diagnostics_
        .report(diag::unexpected_word, range(0, 0), fmt::format("a figure such as `lead_time` after `{}`", text(0)),
                "the end of the line")
        .help(fmt::format("write `{} lead_time <= 3d`", text(0)));
    return hole(1);
}

bool Statements::misplaced_due(std::size_t from) {
    const std::size_t count = length();
    if (count < from + 4 || kind(count - 2) != TokenKind::by || kind(count - 1) != TokenKind::date) return false;
    if (kind(0) == TokenKind::expect) {
        diagnostics_
            .report(diag::unexpected_word, range(count - 2, count - 1), "no date in an `expect`",
                    fmt::format("`{}`", text(count - 2, count - 1)))
            .help(fmt::format("remove it, because an `expect` always applies; a goal with a date is a target: `{}`",
                              "target " + std::string(text(1, count - 1))));
        change();
        for (std::size_t i = 0; i + 2 < count; ++i) out_.push_back(token(i));
        at_ += count;
        return true;
    }
    if (kind(count - 3) != TokenKind::string) return false;
    const std::string ours = fmt::format("{} {}", text(count - 2, count - 1), text(count - 3));
    diagnostics_
        .report(diag::unexpected_word, range(count - 3, count - 3), "`by` and its date before the text",
                describe(token(count - 3), source_))
        .help(fmt::format("write `{}`", ours))
        .fix(range(count - 3, count - 1), ours);
    change();
    for (std::size_t i = 0; i < count; ++i)
        if (i != count - 3) out_.push_back(token(i));
    at_ += count;
    return true;
}

std::size_t Statements::other_due(std::size_t from) {
    std::size_t at = from;
    bool found = false;
    while (!ends_line(at) && at < from + 12 && !(at > from && begins_statement(kind(at))) &&
           kind(at) != TokenKind::open && kind(at) != TokenKind::close && kind(at) != TokenKind::comma) {
        const bool date =
            kind(at + 1) == TokenKind::date ||
            (kind(at + 1) == TokenKind::number && kind(at + 2) == TokenKind::dot && kind(at + 3) == TokenKind::number);
        found = date && is_word(kind(at)) && among(" before on after until till due at in from ", text(at));
        if (found) break;
        ++at;
    }
    if (!found) return 0;
    diagnostics_.report(diag::unexpected_word, range(at, at), "`by` before the date", describe(token(at), source_))
        .help("write `by`")
        .fix(range(at, at), "by");
    change();
    for (std::size_t i = 0; i < at; ++i) out_.push_back(token(i));
    put(TokenKind::by, token(at));
    at_ += at + 1;
    return at;
}

bool Statements::goal_without_relation(std::size_t bound) {
    const std::string_view relation = kind(bound) == TokenKind::percent ? ">=" : "<=";
    diagnostics_
        .report(diag::unexpected_word, range(bound, bound), "`<=`, `>=`, `<`, `>` or `=`",
                describe(token(bound), source_))
        .help(fmt::format("write the direction: `{} {} {}`", text(0, bound - 1), relation, text(bound)));
    change();
    for (std::size_t i = 0; i < bound; ++i) out_.push_back(token(i));
    put_in(kind(bound) == TokenKind::percent ? TokenKind::at_least : TokenKind::at_most);
    at_ += bound;
    return true;
}

}  // namespace vsm::parse
