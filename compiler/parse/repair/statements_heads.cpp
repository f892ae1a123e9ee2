// What is between the keyword of a statement and its block.
#include "compiler/parse/repair/statements.h"
#include "diag/parse.h"

namespace vsm::parse {
namespace {

/// The tokens that one line of a map can reasonably have before a block.
constexpr std::size_t most_in_head = 16;

bool is_capital(std::string_view word) { return !word.empty() && word.front() >= 'A' && word.front() <= 'Z'; }

}  // namespace

/// `step review Review the order {`.
bool Statements::title_without_quotes(std::size_t from) {
    if (!is_word(kind(from)) || ends_line(from + 1) || is_capital(text(from)) || !is_word(kind(from + 1)) ||
        !is_capital(text(from + 1)))
        return false;
    std::size_t end = from + 1;
    while (end < from + most_in_head && !ends_line(end) &&
           (is_word(kind(end)) || is_amount(kind(end)) || kind(end) == TokenKind::minus))
        ++end;
    if (ends_line(end) || kind(end) != TokenKind::open) return false;
    const std::string quoted = fmt::format("\"{}\"", text(from + 1, end - 1));
    diagnostics_
        .report(diag::unexpected_word, range(from + 1, end - 1),
                fmt::format("a title in quotes after `{}`", text(0, from)), fmt::format("`{}`", text(from + 1)))
        .help(fmt::format("write `{} {}`", text(0, from), quoted))
        .fix(range(from + 1, end - 1), quoted);
    change();
    for (std::size_t i = 0; i <= from; ++i) out_.push_back(token(i));
    put(TokenKind::string, token(from + 1));
    out_.back().end = token(end - 1).end;
    at_ += end;
    return true;
}

/// `step p "P", {`, `step p = "P" {`, `team dev, ops {`: something else before the block.
bool Statements::surplus_before_block(std::size_t from) {
    if (!is_word(kind(from)) || ends_line(from)) return false;
    const bool titled = kind(from + 1) == TokenKind::string && !ends_line(from + 1);
    const std::size_t head = from + (titled ? 2 : 1);
    std::size_t end = head, names = 0, title = 0;
    bool separated = false;
    for (; end < head + most_in_head && !ends_line(end); ++end) {
        const bool sign = kind(end) == TokenKind::comma || kind(end) == TokenKind::equal;
        const bool name = separated && kind(end) == TokenKind::name && kind(end + 1) != TokenKind::colon;
        if (!sign && !name && kind(end) != TokenKind::string) break;
        separated = separated || sign;
        names += name ? 1 : 0;
        if (kind(end) == TokenKind::string && title == 0) title = end;
    }
    if (end == head || ends_line(end) || kind(end) != TokenKind::open) return false;
    const bool takes_title = title > 0 && !titled && names == 0;
    auto report = diagnostics_.report(diag::unexpected_word, range(head, end - 1),
                                      fmt::format("`{{` after `{}`", text(0, head - 1)),
                                      fmt::format("`{}`", text(head, end - 1)));
    if (names > 0)
        report.help(fmt::format("write a statement of its own for each: `{0} {1} {{ … }}`", text(0), text(from)));
    else
        report.help(fmt::format("write `{}{}{} {{`", text(0, head - 1), takes_title ? " " : "",
                                takes_title ? text(title) : std::string_view()));
    if (takes_title || (names == 0 && title == 0))
        report.fix(from_to(source_, token(head - 1).end, token(end - 1).end),
                   takes_title ? fmt::format(" {}", text(title)) : "");
    change();
    for (std::size_t i = 0; i < head; ++i) out_.push_back(token(i));
    if (takes_title) out_.push_back(token(title));
    at_ += end;
    return true;
}

/// `branch 30% step review { … }`: the braces of the branch are missing.
bool Statements::element_without_braces(std::size_t from) {
    if (kind(0) != TokenKind::branch || !is_element(kind(from)) || !is_word(kind(from + 1)) || ends_line(from + 1))
        return false;
    const std::size_t open = from + (kind(from + 2) == TokenKind::string ? 3 : 2);
    const auto end = kind(open) == TokenKind::open ? end_of_block(open) : std::nullopt;
    if (!end) return false;
    diagnostics_
        .report(diag::unexpected_word, range(from, from), fmt::format("`{{` after `{}`", text(0, from - 1)),
                fmt::format("`{}`", text(from)))
        .help(fmt::format("write `{} {{ {} {} {{ … }} }}`", text(0, from - 1), text(from), text(from + 1)));
    change();
    for (std::size_t i = 0; i < from; ++i) out_.push_back(token(i));
    put_in(TokenKind::open);
    for (std::size_t i = from; i < *end; ++i) out_.push_back(token(i));
    put_in(TokenKind::close);
    at_ += *end;
    return true;
}

/// `branch 70 % express {`.
bool Statements::share_with_space() {
    if (kind(0) != TokenKind::branch || kind(1) != TokenKind::number || kind(2) != TokenKind::percent_sign ||
        ends_line(2))
        return false;
    const std::string joined = fmt::format("{}%", text(1));
    diagnostics_.report(diag::space_before_unit, range(1, 2), joined)
        .help(fmt::format("write `{}`", joined))
        .fix(range(1, 2), joined);
    change();
    out_.push_back(token(0));
    put(TokenKind::percent, token(1));
    at_ += 3;
    return true;
}

/// `lognormal(p50: 1h, p85 = 2h)`.
bool Statements::named_arguments() {
    const bool is_value = before() == TokenKind::colon || items_[start_].kind == TokenKind::wait;
    if (!is_value || kind(0) != TokenKind::name || kind(1) != TokenKind::open_arguments) return false;
    const auto is_sign = [&](std::size_t at) {
        return (kind(at) == TokenKind::colon || kind(at) == TokenKind::equal) && is_word(kind(at - 1)) &&
               is_amount(kind(at + 1));
    };
    std::size_t end = 2, first = 0;
    std::string ours = fmt::format("{}(", text(0));
    for (; !ends_line(end) && kind(end) != TokenKind::close_arguments && end < most_in_head; ++end) {
        if (is_sign(end)) {
            first = first == 0 ? end : first;
            continue;
        }
        const bool apart = end > 2 && kind(end) != TokenKind::comma && kind(end) != TokenKind::range;
        ours += fmt::format("{}{}", apart ? " " : "", text(end));
    }
    if (first == 0 || kind(end) != TokenKind::close_arguments || ends_line(end)) return false;
    ours += ')';
    diagnostics_
        .report(diag::unexpected_word, range(first, first), fmt::format("a time after `{}`", text(first - 1)),
                fmt::format("`{}`", text(first)))
        .help(fmt::format("write `{}`", ours))
        .fix(range(0, end), ours);
    change();
    for (std::size_t i = 0; i <= end; ++i)
        if (!is_sign(i)) out_.push_back(token(i));
    at_ += end + 1;
    return true;
}

/// `wait { 2d }`.
bool Statements::amount_in_braces() {
    const bool amount = is_amount(kind(2)) || kind(2) == TokenKind::unknown;
    if (kind(1) != TokenKind::open || !amount || kind(3) != TokenKind::close) return false;
    diagnostics_
        .report(diag::unexpected_word, range(1, 1),
                fmt::format("{} after `{}`", kind(0) == TokenKind::wait ? "a time such as `1d`" : "a number of items",
                            text(0)),
                "`{`")
        .help(fmt::format("write `{} {}`", text(0), text(2)))
        .fix(range(1, 3), std::string(text(2)));
    change();
    out_.push_back(token(0));
    out_.push_back(token(2));
    at_ += 4;
    return true;
}

}  // namespace vsm::parse
