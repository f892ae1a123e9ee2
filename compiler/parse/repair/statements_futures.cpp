// Futures with their name, title or base written in another way.
#include "compiler/parse/repair/statements.h"
#include "diag/parse.h"

#include <algorithm>

namespace vsm::parse {

bool Statements::future() {
    if (!is_word(kind(1)) || ends_line(1)) return false;
    if (kind(1) == TokenKind::of && is_word(kind(2)) && (kind(3) == TokenKind::open || kind(3) == TokenKind::by))
        return future_without_name();
    std::size_t count = 2;
    for (; count < longest && !ends_line(count) && kind(count) != TokenKind::open && kind(count) != TokenKind::close;
         ++count)
        if (kind(count) == TokenKind::of) return title_after_base(count) || keyword_before_base(count);
    if (kind(count) != TokenKind::open) return false;
    const std::size_t head = kind(2) == TokenKind::string ? 3 : 2;
    std::string_view stream;
    std::size_t streams = 0;
    for (std::size_t at = 0; at + 1 < items_.size(); ++at)
        if (items_[at].kind == TokenKind::stream && is_word(items_[at + 1].kind) && items_[at].first_on_line) {
            stream = text(items_[at + 1]);
            ++streams;
        }
    const std::size_t wrong = std::min(head, count);
    const bool alone = head == count;
    auto report = diagnostics_.report(diag::unexpected_word, range(wrong, wrong), "`of` and the name of a stream",
                                      describe(token(wrong), source_));
    report.help(fmt::format("write `{} of {}`", text(0, head - 1), streams == 1 ? stream : "STREAM"));
    if (alone && streams == 1)
        report.fix({source_.id(), token(head - 1).end, token(head - 1).end}, fmt::format(" of {}", stream));
    change();
    for (std::size_t i = 0; i < head; ++i) out_.push_back(token(i));
    put_in(TokenKind::of);
    put_in(TokenKind::name);
    at_ += count;
    return true;
}

bool Statements::future_without_name() {
    diagnostics_.report(diag::unexpected_word, range(1, 1), "a name after `future`", "`of`")
        .help(fmt::format("write `future NAME of {}`", text(2)));
    change();
    out_.push_back(token(0));
    put_in(TokenKind::name);
    ++at_;
    return true;
}

bool Statements::title_after_base(std::size_t of) {
    const std::size_t title = kind(of + 2) == TokenKind::by && kind(of + 3) == TokenKind::date ? of + 4 : of + 2;
    if (of != 2 || !is_word(kind(of + 1)) || kind(title) != TokenKind::string || kind(title + 1) != TokenKind::open ||
        ends_line(title))
        return false;
    const std::string head = fmt::format("{} {} {}", text(0, 1), text(title), text(of, title - 1));
    diagnostics_
        .report(diag::unexpected_word, range(title, title), fmt::format("`{{` after `{}`", text(0, title - 1)),
                describe(token(title), source_))
        .help(fmt::format("write the title after the name: `{} {{`", head))
        .fix(range(0, title), head);
    change();
    out_.insert(out_.end(), {token(0), token(1), token(title)});
    for (std::size_t i = of; i < title; ++i) out_.push_back(token(i));
    at_ += title + 1;
    return true;
}

bool Statements::keyword_before_base(std::size_t of) {
    const bool keyword = (kind(of + 1) == TokenKind::stream || kind(of + 1) == TokenKind::future) &&
                         is_word(kind(of + 2)) && !ends_line(of + 2);
    if (!keyword || kind(of + 2) == TokenKind::by) return other_due(of + 2) > 0;
    diagnostics_
        .report(diag::unexpected_word, range(of + 1, of + 1), "the name of a stream after `of`",
                describe(token(of + 1), source_))
        .help(fmt::format("write `of {}`", text(of + 2)))
        .fix(range(of + 1, of + 2), std::string(text(of + 2)));
    change();
    for (std::size_t i = 0; i <= of; ++i) out_.push_back(token(i));
    at_ += of + 2;
    return true;
}

}  // namespace vsm::parse
