// Rework with its share or target written in another way.
#include "compiler/parse/repair/statements.h"

#include <array>

#include "base/text.h"
#include "base/units.h"
#include "diag/parse.h"

namespace vsm::parse {

/// `rework 15% to build once`.
bool Statements::once_after_name(std::size_t to) {
    if (kind(to) != TokenKind::to || !is_word(kind(to + 1)) || kind(to + 2) != TokenKind::once || ends_line(to + 2))
        return false;
    const std::string ours = fmt::format("once to {}", text(to + 1));
    diagnostics_.report(diag::unexpected_word, range(to + 2, to + 2), "`once` before `to`", "`once` after the name")
        .help(fmt::format("write `{} {}`", text(0, to - 1), ours))
        .fix(range(to, to + 2), ours);
    change();
    for (std::size_t i = 0; i < to; ++i) out_.push_back(token(i));
    put(TokenKind::once, token(to));
    out_.push_back(token(to));
    out_.push_back(token(to + 1));
    at_ += to + 3;
    return true;
}

bool Statements::rework() {
    const bool share =
        kind(1) == TokenKind::percent || (kind(1) == TokenKind::number && kind(2) == TokenKind::percent_sign);
    const std::size_t behind = (kind(1) == TokenKind::percent ? 2 : 3) +
                               (kind(kind(1) == TokenKind::percent ? 2 : 3) == TokenKind::once ? 1 : 0);
    if (share && (kind(behind) == TokenKind::open || kind(behind) == TokenKind::open_arguments ||
                  kind(behind) == TokenKind::colon))
        return false;
    const bool goes_on = kind(behind + 2) == TokenKind::name && kind(behind + 3) != TokenKind::colon &&
                         !ends_line(behind + 2);  // `rework 10% to build and qa`
    if (share && once_after_name(behind)) return true;
    if (share && kind(behind) == TokenKind::to &&
        (is_word(kind(behind + 1)) || kind(behind + 1) == TokenKind::string) && !goes_on)
        return false;
    std::size_t count = length();
    if (kind(count) == TokenKind::comma && kind(count + 1) == TokenKind::to && is_word(kind(count + 2)) &&
        !ends_line(count + 2))
        count += 3;  // `rework 10%, to build`
    if (share && is_word(kind(behind)) && (kind(behind + 1) == TokenKind::colon || kind(behind + 1) == TokenKind::open))
        return false;  // a brace or `once` was meant
    const Rework said = read_rework(count);
    if (kind(count) == TokenKind::open && said.target == 0) return share_of_repair(said, count);
    report_rework(said, count, share, behind);
    if (said.percent == 0 || said.target == 0 || !said.one_target) return hole(count);
    change();
    out_.push_back(token(0));
    put(TokenKind::percent, token(said.percent));
    if (said.once) put_in(TokenKind::once);
    put_in(TokenKind::to);
    put(TokenKind::name, token(said.target));
    at_ += count;
    return true;
}

Statements::Rework Statements::read_rework(std::size_t count) const {
    constexpr std::string_view filler = " back to of items item goes go return returns returned sent send into in from "
                                        "the at step for all work it is and that by changes -> loop again percent pct ";
    Rework said;
    int numbers = 0;
    for (std::size_t at = 1; at < count; ++at) {
        const TokenKind here = kind(at);
        if (here == TokenKind::percent) {
            said.plain = said.plain && said.percent == 0;
            said.percent = at;
        } else if (here == TokenKind::number || here == TokenKind::quantity) {
            said.number = said.percent == 0 && std::exchange(numbers, numbers + 1) == 0 ? at : 0;
            said.plain = false;
        } else if (here == TokenKind::once ||
                   (at == said.percent + 1 && nearest(text(at), std::array<std::string_view, 1>{"once"}, 2))) {
            said.once = true;
        } else if (here == TokenKind::string) {
            said.title = at;
        } else if (is_word(here) && !among(filler, text(at))) {
            said.one_target = said.one_target && said.target == 0;
            said.target = at;
        } else if (here == TokenKind::guess || here == TokenKind::range || here == TokenKind::below ||
                   here == TokenKind::at_most) {
            said.plain = false;
        }
    }
    return said;
}

std::string percent_of(std::string_view number, std::string_view otherwise) {
    const auto read = parse_decimal(number);
    if (!read || read->value() > 100) return std::string(otherwise);
    return format_number(read->value() < 1 ? 100 * read->value() : read->value()) + "%";
}

void Statements::report_rework(const Rework& said, std::size_t count, bool share, std::size_t behind) {
    const std::size_t wrong = share ? std::min(behind, count - 1) : std::min<std::size_t>(1, count - 1);
    const std::string percent = said.percent > 0  ? std::string(text(said.percent))
                                : said.number > 0 ? percent_of(text(said.number), "15%")
                                                  : "15%";
    const std::string_view titled = said.title > 0 ? name_of_title(text(said.title)) : std::string_view();
    const std::string to = said.target > 0 && said.one_target ? std::string(text(said.target))
                           : titled.empty()                   ? "NAME"
                                                              : std::string(titled);
    const std::string ours = fmt::format("rework {}{} to {}", percent, said.once ? " once" : "", to);
    const std::string found =
        count == 1 || (share && behind >= count)
            ? at_ + count < items_.size() ? describe(token(count), source_) : "the end of the file"
            : describe(token(wrong), source_);
    auto report = diagnostics_.report(diag::unexpected_word, range(wrong, wrong),
                                      share ? "`to` and the name of a step, or a block, after the share"
                                            : fmt::format("a share such as `{}` after `rework`", percent),
                                      found);
    const bool whole = said.percent > 0 && to != "NAME" && said.one_target && said.plain;
    if (share && to == "NAME") {
        report.help(fmt::format(
            "write `{}` to send items back, or `rework {} {{ process: 1h, wait: 0min }}` to repair them on the spot",
            ours, percent));
    } else {
        report.help(fmt::format("write `{}`", ours));
    }
    if (whole) report.fix(range(0, count - 1), ours);
}

bool Statements::share_of_repair(const Rework& said, std::size_t count) {
    if (said.percent > 0) {
        diagnostics_
            .report(diag::unexpected_word, range(1, count - 1), "one share such as `15%` after `rework`",
                    fmt::format("`{}`", text(1, count - 1)))
            .help(fmt::format("write `rework {} {{`", text(said.percent)));
    } else {
        const std::size_t wrong = std::min<std::size_t>(1, count - 1);
        diagnostics_
            .report(diag::unexpected_word, range(wrong, wrong), "a share such as `15%` after `rework`",
                    count == 1 ? "`{`" : describe(token(1), source_))
            .help(fmt::format("write `rework {}% {{`, with the share of the items that fail",
                              said.number > 0 ? text(said.number) : "15"));
    }
    change();
    out_.push_back(token(0));
    put_in(TokenKind::percent);
    at_ += count;
    return true;
}

}  // namespace vsm::parse
