// Notes, kaizens and the reasons of allowances.
#include "compiler/parse/repair/statements.h"

#include "diag/parse.h"
#include "ir/properties/property_table.h"

namespace vsm::parse {

bool Statements::element_before_text() {
    const std::size_t name = kind(1) == TokenKind::on ? 2 : 1,
                      said = kind(name + 1) == TokenKind::colon ? name + 2 : name + 1;
    if (kind(0) != TokenKind::note || !is_word(kind(name)) || kind(said) != TokenKind::string || ends_line(name) ||
        ends_line(said))
        return false;
    const std::string ours = fmt::format("note {} on {}", text(said), text(name));
    auto report = diagnostics_.report(diag::unexpected_word, range(1, name), "text in quotes right after `note`",
                                      fmt::format("`{}`", text(1, name)));
    report.help(fmt::format("write `{}`", ours));
    if (name == 2) report.fix(range(0, said), ours);
    return hole(said + 1);
}

/// `kaizen "Checklist": change review { … }`.
bool Statements::kaizen_with_colon() {
    const std::size_t colon = kind(2) == TokenKind::on && is_word(kind(3)) ? 4 : 2;
    if (kind(0) != TokenKind::kaizen || kind(1) != TokenKind::string || kind(colon) != TokenKind::colon ||
        ends_line(colon))
        return false;
    diagnostics_.report(diag::unwanted_colon, range(colon, colon), text(0, colon - 1))
        .help(fmt::format("write `{} {{ … }}`", text(0, colon - 1)));
    change();
    for (std::size_t i = 0; i < colon; ++i) out_.push_back(token(i));
    at_ += colon + 1;
    if (at_ < items_.size() && items_[at_].kind != TokenKind::open) items_[at_].first_on_line = true;
    return true;
}

/// The end of words that lack quotes: at the end of the line, at a text or a brace, or before the next property.
std::size_t Statements::end_of_unquoted(std::size_t from) const {
    const auto is_property = [&](std::size_t at) {
        return is_word(kind(at)) && kind(at + 1) == TokenKind::colon && !ends_line(at + 1);
    };
    for (std::size_t at = from;; ++at) {
        if (ends_line(at) || kind(at) == TokenKind::open || kind(at) == TokenKind::close ||
            kind(at) == TokenKind::string || is_property(at))
            return at;
        if (kind(at) == TokenKind::comma && (is_property(at + 1) || maybe_statement(at))) return at;
    }
}

/// `, wait 1d`: the next statement, or more words.
bool Statements::maybe_statement(std::size_t comma) const {
    return kind(comma) == TokenKind::comma && begins_statement(kind(comma + 1)) && !ends_line(comma + 1);
}

bool Statements::remark() {
    if (element_before_text() || kaizen_with_colon()) return true;
    if (kind(1) == TokenKind::string && (other_on() || kaizen_without_braces())) return true;
    if (kind(1) == TokenKind::string || ends_line(1) || kind(1) == TokenKind::open || kind(1) == TokenKind::close ||
        kind(1) == TokenKind::comma)
        return false;
    const std::size_t count = end_of_unquoted(1);
    if (count == 1) return false;
    const bool names_element = count > 3 && kind(count - 2) == TokenKind::on;
    const std::string quoted = fmt::format("\"{}\"", text(1, count - 1));
    auto report = diagnostics_.report(diag::unexpected_word, range(1, count - 1),
                                      fmt::format("text in quotes after `{}`", text(0)), fmt::format("`{}`", text(1)));
    report.help(fmt::format("write `{} {}`", text(0), quoted));
    if (!names_element && kind(count) != TokenKind::string && !maybe_statement(count))
        report.fix(range(1, count - 1), quoted);
    change();
    out_.push_back(token(0));
    put(TokenKind::string, token(1));
    out_.back().end = token(count - 1).end;
    at_ += count + (kind(count) == TokenKind::string ? 1 : 0);
    return true;
}

bool Statements::other_on() {
    if (!is_word(kind(2)) || ends_line(2) || !among(" at for about in of to to: ", text(2)) || !is_word(kind(3)) ||
        ends_line(3) || kind(3 + 1) == TokenKind::colon)
        return false;
    diagnostics_
        .report(diag::unexpected_word, range(2, 2), "`on` before the name of an element", fmt::format("`{}`", text(2)))
        .help(fmt::format("write `on {}`", text(3)))
        .fix(range(2, 2), "on");
    change();
    for (std::size_t i = 0; i < 2; ++i) out_.push_back(token(i));
    put(TokenKind::on, token(2));
    at_ += 3;
    return true;
}

/// `kaizen "Checklist" on review due 2027-03-31`, `kaizen "Checklist" by 2027-03-31`.
bool Statements::due_of_kaizen(std::size_t first) {
    if (kind(0) != TokenKind::kaizen || ends_line(first) || !among(" due by ", text(first)) ||
        kind(first + 1) != TokenKind::date || ends_line(first + 1))
        return false;
    if (kind(first + 2) == TokenKind::open) {
        diagnostics_
            .report(diag::unexpected_word, range(first, first), fmt::format("`{{` after `{}`", text(0, first - 1)),
                    fmt::format("`{}`", text(first)))
            .help(fmt::format("write `{} {{ due: {} … }}`", text(0, first - 1), text(first + 1)));
        change();
        for (std::size_t i = 0; i < first; ++i) out_.push_back(token(i));
        at_ += first + 2;
        return true;
    }
    const std::string block = fmt::format("{{ due: {} }}", text(first + 1));
    diagnostics_.report(diag::missing_brace, range(0, first - 1), text(0, first - 1))
        .help(fmt::format("write `{} {}`", text(0, first - 1), block))
        .fix(range(first, first + 1), block);
    change();
    for (std::size_t i = 0; i < first; ++i) out_.push_back(token(i));
    put_in(TokenKind::open);
    if (kind(first) == TokenKind::name) {
        out_.push_back(token(first));
        put_in(TokenKind::colon);
        out_.push_back(token(first + 1));
    }
    put_in(TokenKind::close);
    at_ += first + 2;
    return true;
}

bool Statements::kaizen_without_braces() {
    const std::size_t first = kind(2) == TokenKind::on && is_word(kind(3)) ? 4 : 2;
    if (due_of_kaizen(first)) return true;
    if (kind(0) != TokenKind::kaizen || ends_line(first) ||
        !properties::has_property(properties::on_kaizen, text(first)) || kind(first + 1) != TokenKind::colon)
        return false;
    std::size_t end = first;
    while (!ends_line(end) && kind(end) != TokenKind::close && kind(end) != TokenKind::open) ++end;
    diagnostics_.report(diag::missing_brace, range(0, first - 1), text(0, first - 1))
        .help(fmt::format("write `{} {{ {} }}`", text(0, first - 1), text(first, end - 1)))
        .fix(from_to(source_, token(first - 1).end, token(end - 1).end),
             fmt::format(" {{ {} }}", text(first, end - 1)));
    change();
    for (std::size_t i = 0; i < first; ++i) out_.push_back(token(i));
    put_in(TokenKind::open);
    for (std::size_t i = first; i < end; ++i) out_.push_back(token(i));
    put_in(TokenKind::close);
    at_ += end;
    return true;
}

bool Statements::reason() {
    if (!is_word(kind(1)) || ends_line(2) || kind(2) == TokenKind::string || kind(2) == TokenKind::close ||
        kind(2) == TokenKind::open)
        return false;
    const std::size_t count = end_of_unquoted(2);
    if (count == 2 || kind(count) == TokenKind::string) return false;
    const std::string quoted = fmt::format("\"{}\"", text(2, count - 1));
    auto report = diagnostics_.report(diag::unexpected_word, range(2, count - 1), "a reason in quotes",
                                      fmt::format("`{}`", text(2)));
    report.help(fmt::format("write `{} {}`", text(0, 1), quoted));
    if (!maybe_statement(count)) report.fix(range(2, count - 1), quoted);
    change();
    for (std::size_t i = 0; i < 2; ++i) out_.push_back(token(i));
    put(TokenKind::string, token(2));
    out_.back().end = token(count - 1).end;
    at_ += count;
    return true;
}

}  // namespace vsm::parse
