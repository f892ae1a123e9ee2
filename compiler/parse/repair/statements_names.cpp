// Invalid names, and titles where names are expected.
#include "compiler/parse/repair/statements.h"

#include "compiler/parse/repair/broken_item.h"
#include "compiler/parse/repair/value_shapes.h"
#include "diag/parse.h"

namespace vsm::parse {

std::string_view Statements::name_of_title(std::string_view title) const {
    std::string_view name;
    for (std::size_t at = 2; at < items_.size(); ++at) {
        if (items_[at].kind != TokenKind::string || !is_word(items_[at - 1].kind) ||
            !may_have_block(items_[at - 2].kind) || text(items_[at]) != title)
            continue;
        if (!name.empty()) return {};
        name = text(items_[at - 1]);
    }
    return name;
}

bool Statements::wants_name() const {
    const TokenKind statement = items_[start_].kind;
    switch (before()) {
        case TokenKind::change:
        case TokenKind::remove:
        case TokenKind::replace:
        case TokenKind::move: return at_ == start_ + 1 && in_edits();
        case TokenKind::before:
        case TokenKind::after: return statement == TokenKind::add || statement == TokenKind::move;
        case TokenKind::on: return statement == TokenKind::note || statement == TokenKind::kaizen;
        case TokenKind::to: return statement == TokenKind::rework;
        case TokenKind::of: return statement == TokenKind::future;
        default: return false;
    }
}

bool Statements::title_for_name() {
    const TokenKind last = before();
    const bool property = last == TokenKind::colon && at_ == start_ + 2 && items_[start_].kind == TokenKind::after;
    if (!wants_name() && !property) return false;
    const std::string_view name = name_of_title(text(0));
    auto report = diagnostics_.report(diag::unexpected_word, range(0, 0),
                                      last == TokenKind::of ? "the name of a stream" : "the name of an element",
                                      describe(token(0), source_));
    if (name.empty()) {
        report.help("refer to an element by the name after its keyword, not by its title");
    } else {
        report.help(fmt::format("its name is `{}`: write that instead of its title", name))
            .fix(range(0, 0), std::string(name));
    }
    change();
    put_in(TokenKind::name);
    ++at_;
    return true;
}

std::size_t Statements::name_run(std::size_t from) const {
    std::size_t end = from;
    while (!ends_line(end)) {
        const TokenKind here = kind(end);
        const bool part =
            is_word(here) || is_amount(here) || here == TokenKind::dot || here == TokenKind::per ||
            here == TokenKind::unexpected || here == TokenKind::date || here == TokenKind::percent_sign ||
            (here == TokenKind::minus && kind(end + 1) != TokenKind::above && kind(end + 1) != TokenKind::minus);
        if (end > from && ValueShapes(items_, source_).statement_at(at_ + end)) return 0;
        if (here == TokenKind::colon && end > from && token(end - 1).end == token(end).begin &&
            token(end).end == token(end + 1).begin && is_word(kind(end + 1)) &&
            (kind(end + 2) == TokenKind::string || kind(end + 2) == TokenKind::open)) {
            end += 2;  // `step qa:test {`
            continue;
        }
        if (!part || (here == TokenKind::unexpected && (text(end) == "→" || text(end) == ";")) ||
            (is_word(here) && kind(end + 1) == TokenKind::colon && end > from &&
             token(end).end != token(end + 1).begin))
            break;
        if (kind(0) == TokenKind::future && end > from &&
            (here == TokenKind::of || among(" from for on extends based by ", text(end))))
            break;
        ++end;
    }
    return end - from;
}

bool Statements::declared_name() {
    const std::size_t from = kind(0) == TokenKind::branch && is_amount(kind(1)) ? 2 : 1;
    if (kind(0) == TokenKind::team && size_in_head()) return true;
    if (kind(0) == TokenKind::stream && base_of_stream()) return true;
    if (equals_before_block(from) || arrow_in_head(from) || title_before_name(from) || colon_before_title(from) ||
        after_in_head(from) || title_without_quotes(from) || element_without_braces(from) || surplus_before_block(from))
        return true;
    const std::size_t count = name_run(from);
    if (kind(0) == TokenKind::step && amounts_behind_name(from, count)) return true;
    if (count == 0 || (count == 1 && is_word(kind(from)))) return false;
    const TokenKind next = kind(from + count);
    if (!ends_line(from + count) && next != TokenKind::string && next != TokenKind::open && next != TokenKind::of &&
        next != TokenKind::open_list)
        return false;
    if (count == 1 && kind(from) == TokenKind::unexpected) return false;
    std::size_t names = 0;
    while (names < count && kind(from + names) == TokenKind::name) ++names;
    const SourceRange place = range(from, from + count - 1);
    const std::string name = name_from(source_.text(place), text(0));
    diagnostics_.report(diag::bad_name, place, source_.text(place))
        .help(names == count ? fmt::format("a name is one word: `{}`; the rest is its title, in quotes", name)
                             : fmt::format("a name begins with a letter and consists of letters, digits, `_` and `-`: "
                                           "`{}`; the title in quotes may contain anything",
                                           name));
    change();
    for (std::size_t i = 0; i < from; ++i) out_.push_back(token(i));
    Token merged = token(from);
    merged.kind = TokenKind::name;
    merged.repaired = true;
    merged.end = place.end;
    out_.push_back(merged);
    at_ += from + count;
    return true;
}

bool Statements::equals_before_block(std::size_t from) {
    if (!is_word(kind(from)) || kind(from + 1) != TokenKind::equal || kind(from + 2) != TokenKind::open) return false;
    diagnostics_
        .report(diag::unexpected_word, range(from + 1, from + 1), fmt::format("`{{` after `{}`", text(0, from)), "`=`")
        .help(fmt::format("write `{} {{`", text(0, from)))
        .fix(from_to(source_, token(from).end, token(from + 1).end), "");
    change();
    for (std::size_t i = 0; i <= from; ++i) out_.push_back(token(i));
    at_ += from + 2;
    return true;
}

/// `team qa "Testers" (3 people)`, `team qa 3`.
bool Statements::size_in_head() {
    const std::size_t open = kind(2) == TokenKind::string ? 3 : 2,
                      number = kind(open) == TokenKind::open_arguments ? open + 1 : open;
    if (!is_word(kind(1)) || kind(number) != TokenKind::number || ends_line(number)) return false;
    std::size_t end = number + 1;
    if (is_word(kind(end)) && !ends_line(end)) ++end;
    if (number > open && kind(end) == TokenKind::close_arguments && !ends_line(end)) ++end;
    if (!ends_line(end) && kind(end) != TokenKind::comma) return false;
    const std::string block = fmt::format("{{ people: {} }}", text(number));
    diagnostics_
        .report(diag::unexpected_word, range(open, end - 1), fmt::format("a block after `{}`", text(0, open - 1)),
                fmt::format("`{}`", text(open, end - 1)))
        .help(fmt::format("write `{} {}`", text(0, open - 1), block))
        .fix(range(open, end - 1), block);
    change();
    for (std::size_t i = 0; i < open; ++i) out_.push_back(token(i));
    at_ += end;
    return true;
}

/// `stream fast extends checkout {`.
bool Statements::base_of_stream() {
    const std::size_t word = kind(2) == TokenKind::string ? 3 : 2;
    if (!is_word(kind(1)) || kind(word) != TokenKind::name ||
        !among(" extends extending inherits overrides ", text(word)) || !is_word(kind(word + 1)) ||
        kind(word + 2) != TokenKind::open || ends_line(word + 1))
        return false;
    diagnostics_
        .report(diag::unexpected_word, range(word, word + 1), fmt::format("`{{` after `{}`", text(0, word - 1)),
                fmt::format("`{}`", text(word, word + 1)))
        .help(fmt::format("write a changed version of a stream as a future: `future {} of {} {{`, with edits",
                          text(1, word - 1), text(word + 1)));
    change();
    for (std::size_t i = 0; i < word; ++i) out_.push_back(token(i));
    at_ += word + 2;
    return true;
}

/// `step "Review" review {`.
bool Statements::title_before_name(std::size_t from) {
    if (kind(from) != TokenKind::string || kind(from + 1) != TokenKind::name || ends_line(from + 1) ||
        (kind(from + 2) != TokenKind::open && kind(from + 2) != TokenKind::of))
        return false;
    const std::string ours = fmt::format("{} {}", text(from + 1), text(from));
    diagnostics_
        .report(diag::unexpected_word, range(from, from), fmt::format("a name after `{}`", text(0, from - 1)),
                describe(token(from), source_))
        .help(fmt::format("write the name before the title: `{} {}`", text(0, from - 1), ours))
        .fix(range(from, from + 1), ours);
    change();
    for (std::size_t i = 0; i < from; ++i) out_.push_back(token(i));
    out_.push_back(token(from + 1));
    out_.push_back(token(from));
    at_ += from + 2;
    return true;
}

/// `step review: "Review" {`.
bool Statements::colon_before_title(std::size_t from) {
    if (!is_word(kind(from)) || kind(from + 1) != TokenKind::colon || kind(from + 2) != TokenKind::string ||
        ends_line(from + 2) || kind(from + 3) != TokenKind::open)
        return false;
    diagnostics_.report(diag::unwanted_colon, range(from + 1, from + 1), text(0, from))
        .help(fmt::format("write `{} {} {{`", text(0, from), text(from + 2)))
        .fix(range(from + 1, from + 1), "");
    change();
    for (std::size_t i = 0; i <= from; ++i) out_.push_back(token(i));
    at_ += from + 2;
    return true;
}

/// `step review after build {`.
bool Statements::after_in_head(std::size_t from) {
    const std::size_t after = kind(from + 1) == TokenKind::string ? from + 2 : from + 1;
    if (!is_word(kind(from)) || kind(after) != TokenKind::after || !is_word(kind(after + 1)) || ends_line(after + 1) ||
        kind(after + 2) != TokenKind::open)
        return false;
    diagnostics_
        .report(diag::unexpected_word, range(after, after + 1), fmt::format("`{{` after `{}`", text(0, after - 1)),
                fmt::format("`{}`", text(after, after + 1)))
        .help(fmt::format("write `{} {{ after: {}, … }}`", text(0, after - 1), text(after + 1)));
    change();
    for (std::size_t i = 0; i < after; ++i) out_.push_back(token(i));
    at_ += after + 2;
    return true;
}

bool Statements::arrow_in_head(std::size_t from) {
    std::size_t end = from + 1;
    while (kind(end) == TokenKind::minus) ++end;
    const bool arrow =
        (end > from + 1 && kind(end) == TokenKind::above) || (kind(end) == TokenKind::unexpected && text(end) == "→");
    if (!is_word(kind(from)) || !arrow || !is_word(kind(end + 1)) || begins_statement(kind(end + 1)) ||
        ends_line(end + 1))
        return false;
    diagnostics_
        .report(diag::unexpected_word, range(from + 1, end),
                fmt::format("a title or a block after `{}`", text(0, from)), fmt::format("`{}`", text(from + 1, end)))
        .help("elements run in the order written: write a step of its own for each");
    change();
    for (std::size_t i = 0; i <= from; ++i) out_.push_back(token(i));
    at_ += end + 2;
    return true;
}

bool Statements::amounts_behind_name(std::size_t from, std::size_t count) {
    if (count < 2 || !is_word(kind(from)) || !is_amount(kind(from + 1)) || !ends_line(from + count)) return false;
    const std::string_view second = count > 2 && is_amount(kind(from + 2)) ? text(from + 2) : std::string_view("1d");
    diagnostics_
        .report(diag::unexpected_word, range(from + 1, from + 1),
                fmt::format("a title or a block after `{}`", text(0, from)), fmt::format("`{}`", text(from + 1)))
        .help(fmt::format("write `{} {{ process: {}, lead: {} }}`", text(0, from), text(from + 1), second));
    return hole(from + count);
}

bool Statements::reference() {
    const TokenKind last = before();
    const bool refers =
        (is_edit(last) || is_connecting_keyword(last)) && last != TokenKind::to && last != TokenKind::of;
    if (!refers || !wants_name()) return false;
    std::size_t count = 1;
    while (!ends_line(count) && token(count - 1).end == token(count).begin && kind(count) != TokenKind::open &&
           kind(count) != TokenKind::close && kind(count) != TokenKind::comma && kind(count) != TokenKind::colon)
        ++count;
    const bool part =
        is_word(kind(0)) || is_amount(kind(0)) || kind(0) == TokenKind::unexpected || kind(0) == TokenKind::date;
    if (!part || (count == 1 && is_word(kind(0))) || (last == TokenKind::change && kind(1) == TokenKind::dot))
        return false;
    const std::string_view written = text(0, count - 1);
    diagnostics_.report(diag::bad_name, range(0, count - 1), written)
        .help(written.starts_with("@")
                  ? fmt::format(
                        "it has no name yet: add one after its keyword, such as `wait gap 1d`, and write `{} gap`",
                        keyword_text(last))
                  : "the name of an element follows its keyword: letters, digits, `_` and `-`");
    change();
    put_in(TokenKind::name);
    at_ += count;
    return true;
}

}  // namespace vsm::parse
