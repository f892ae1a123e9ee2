// The edits of futures.
#include "compiler/parse/repair/statements.h"
#include "diag/parse.h"

#include <algorithm>

namespace vsm::parse {

bool Statements::keyword_before_name() {
    if (!is_element(kind(1)) || !is_word(kind(2)) || ends_line(1) || ends_line(2) || is_connecting_keyword(kind(2)) ||
        begins_statement(kind(2)))
        return false;
    diagnostics_
        .report(diag::unexpected_word, range(1, 1), fmt::format("the name of an element after `{}`", text(0)),
                fmt::format("`{}`", text(1)))
        .help(fmt::format("write `{} {}`", text(0), text(2)))
        .fix(range(1, 2), std::string(text(2)));
    change();
    out_.push_back(token(0));
    out_.push_back(token(2));
    out_.back().repaired = true;
    at_ += 3;
    return true;
}

std::size_t Statements::declared_at(std::string_view name) const {
    for (std::size_t at = 1; at < items_.size(); ++at)
        if ((items_[at - 1].kind == TokenKind::wait || items_[at - 1].kind == TokenKind::queue) &&
            is_word(items_[at].kind) && text(items_[at]) == name)
            return at;
    return 0;
}

bool Statements::is_step(std::string_view name) const {
    for (std::size_t at = 1; at < items_.size(); ++at)
        if (items_[at - 1].kind == TokenKind::step && is_word(items_[at].kind) && text(items_[at]) == name) return true;
    return false;
}

/// `gap 2h` for a declared wait.
bool Statements::amount_of_wait() {
    if (!is_amount(kind(1)) || ends_line(1)) return false;
    const std::size_t declared = declared_at(text(0));
    if (declared == 0) return false;
    const std::string_view keyword = text(items_[declared - 1]);
    diagnostics_.report(diag::unexpected_word, range(0, 0), "a keyword such as `replace`", fmt::format("`{}`", text(0)))
        .help(fmt::format("write `replace {0} with {1} {0} {2}`", text(0), keyword, text(1)));
    return hole(2);
}

/// `insert step review { … } after build`.
bool Statements::other_add() {
    if (!among(" insert introduce create new include ", text(0)) || !is_element(kind(1)) || ends_line(1)) return false;
    std::size_t end = 2;
    while (!ends_line(end) && kind(end) != TokenKind::open && kind(end) != TokenKind::close) ++end;
    const std::string_view head = text(1, end - 1);
    if (kind(end) == TokenKind::open) end = end_of_block(end).value_or(end);
    const bool anchored = !ends_line(end + 1) && (kind(end) == TokenKind::after || kind(end) == TokenKind::before) &&
                          is_word(kind(end + 1));
    diagnostics_.report(diag::unknown_statement, range(0, 0), text(0))
        .help(fmt::format("write `add {} {} {{ … }}`", anchored ? text(end, end + 1) : std::string_view("after NAME"),
                          head));
    return hole(anchored ? end + 2 : end);
}

bool Statements::change_edit() {
    const bool amount_of_wait = (kind(1) == TokenKind::wait || kind(1) == TokenKind::queue) && is_word(kind(2)) &&
                                is_amount(kind(3)) && !ends_line(3);
    if (amount_of_wait) return changed_amount(2, 3);
    if (keyword_before_name()) return true;
    if (!is_word(kind(1)) || ends_line(1)) return false;
    if (kind(2) == TokenKind::dot) return property_path(1);
    if (kind(2) == TokenKind::of && is_word(kind(3))) return property_of_element();
    if (kind(2) == TokenKind::string && is_amount(kind(3))) return changed_amount(1, 3);
    if (kind(2) == TokenKind::colon && is_amount(kind(3)) && !ends_line(3)) return changed_amount(1, 3);
    if (kind(2) == TokenKind::comma || text(2) == "and") return several_changed();
    if ((kind(2) == TokenKind::to || kind(2) == TokenKind::with || kind(2) == TokenKind::equal) &&
        kind(3) == TokenKind::open && !is_amount(kind(4)))
        return word_before_block();
    const std::size_t value = kind(2) == TokenKind::open || kind(2) == TokenKind::to || text(2) == "by" ? 3 : 2;
    const bool amount = is_amount(kind(value)) || (kind(value) == TokenKind::guess && is_amount(kind(value + 1)));
    if (amount && !ends_line(value)) return changed_amount(1, value);
    if (is_word(kind(2)) && !ends_line(2)) return changed_property();
    return false;
}

bool Statements::changed_amount(std::size_t name, std::size_t value) {
    const std::size_t behind = value + (kind(value) == TokenKind::guess ? 2 : 1);
    const std::size_t end = std::max(behind, kind(2) == TokenKind::open ? end_of_block(2).value_or(behind) : length());
    const std::size_t declared = declared_at(text(name));
    const std::string_view keyword = declared > 0 ? text(items_[declared - 1]) : std::string_view("wait");
    const Token* title = nullptr;
    for (std::size_t at = declared + 1;
         declared > 0 && at < items_.size() && at < declared + 6 && !items_[at].first_on_line; ++at)
        if (items_[at].kind == TokenKind::string) title = &items_[at];
    const std::size_t last = kind(2) == TokenKind::open && end > behind ? end - 2 : end - 1;
    auto report = diagnostics_.report(diag::unexpected_word, range(value, value),
                                      fmt::format("a block with properties after `change {}`", text(name)),
                                      describe(token(value), source_));
    if (declared == 0 && is_step(text(name))) {
        report.help(
            fmt::format("write which property it is: `change {} {{ lead: {} }}`", text(name), text(value, last)));
        return hole(end);
    }
    report.help(fmt::format("the {0} of a {1} is not a property: write `replace {2} with {1} {2} {3}{4}{5}`",
                            keyword == "wait" ? "time" : "number", keyword, text(name), text(value, last),
                            title != nullptr ? " " : "", title != nullptr ? text(*title) : ""));
    return hole(end);
}

bool Statements::closes_too_often() const {
    const auto of = [&](TokenKind kind) {
        return std::count_if(items_.begin(), items_.end(), [&](const Token& token) { return token.kind == kind; });
    };
    return of(TokenKind::close) > of(TokenKind::open);
}

bool Statements::property_of_element() {
    std::size_t value = 4;
    if (kind(value) == TokenKind::to || kind(value) == TokenKind::equal || kind(value) == TokenKind::colon) ++value;
    const std::size_t end = length() > value ? length() : value + 1;
    diagnostics_
        .report(diag::unexpected_word, range(1, 3), "the name of an element and a block after `change`",
                fmt::format("`{}`", text(1, 3)))
        .help(fmt::format("write `change {} {{ {}: {} }}`", text(3), text(1),
                          ends_line(value) ? "…" : text(value, end - 1)));
    return hole(end);
}

bool Statements::several_changed() {
    std::size_t end = 2;
    while (!ends_line(end) && kind(end) != TokenKind::open && kind(end) != TokenKind::close) ++end;
    const auto block = kind(end) == TokenKind::open ? end_of_block(end) : std::nullopt;
    if (!block || !is_word(kind(3))) return false;
    diagnostics_
        .report(diag::unexpected_word, range(2, 2), "one element after `change`", fmt::format("`{}`", text(1, end - 1)))
        .help(fmt::format("write one edit for each: `change {} {{ … }}`, `change {} {{ … }}`", text(1), text(3)));
    return hole(*block);
}

bool Statements::word_before_block() {
    diagnostics_
        .report(diag::unexpected_word, range(2, 2), fmt::format("`{{` after `change {}`", text(1)),
                describe(token(2), source_))
        .help(fmt::format("write `change {} {{`", text(1)))
        .fix(from_to(source_, token(1).end, token(2).end), "");
    change();
    for (std::size_t i = 0; i < 2; ++i) out_.push_back(token(i));
    at_ += 3;
    return true;
}

bool Statements::add_edit() {
    const bool anchored = kind(1) == TokenKind::after || kind(1) == TokenKind::before;
    if (anchored && is_word(kind(2)) && kind(3) == TokenKind::colon) return colon_after_anchor();
    if (anchored && sign_around_anchor()) return true;
    if (anchored && is_word(kind(2)) && kind(3) == TokenKind::open && is_element(kind(4)) && end_of_block(3))
        return several_added();
    const bool name_first =
        kind(1) == TokenKind::name && (kind(2) == TokenKind::after || kind(2) == TokenKind::before) && is_word(kind(3));
    if (name_first && kind(4) == TokenKind::open && !ends_line(4)) return step_before_anchor();
    if (name_first && ends_line(4)) return added_or_moved();
    if (anchored || ends_line(1)) return false;
    return is_element(kind(1)) ? element_before_anchor() : other_anchor();
}

/// `add after: build step test {`, `add after build, step test {`, `add after build step step test {`.
bool Statements::sign_around_anchor() {
    const bool colon = kind(2) == TokenKind::colon && is_word(kind(3)) && begins_statement(kind(4));
    const bool comma = is_word(kind(2)) && kind(3) == TokenKind::comma && begins_statement(kind(4)) && !ends_line(4);
    const bool twice =
        is_word(kind(2)) && is_element(kind(3)) && kind(4) == kind(3) && is_word(kind(5)) && !ends_line(5);
    if (!colon && !comma && !twice) return false;
    const std::size_t surplus = colon ? 2 : comma ? 3 : 4, name = colon ? 3 : 2;
    diagnostics_
        .report(diag::unexpected_word, range(surplus, surplus),
                colon   ? fmt::format("a name after `{}`", text(0, 1))
                : comma ? fmt::format("an element after `{}`", text(0, 2))
                        : fmt::format("a name after `{}`", text(0, 3)),
                fmt::format("`{}`", text(surplus)))
        .help(fmt::format("write `{} {} {} …`", text(0, 1), text(name), text(twice ? 3 : 4)))
        .fix(from_to(source_, token(surplus - 1).end, token(surplus).end), "");
    change();
    for (std::size_t i = 0; i < 5; ++i)
        if (i != surplus) out_.push_back(token(i));
    if (twice) out_.push_back(token(5));
    head_ = twice ? kind(3) : kind(4);
    at_ += twice ? 6 : 5;
    return true;
}

/// `add at end step test {`, `add between build and deploy step test {`.
bool Statements::other_anchor() {
    std::size_t element = 1;
    while (element < 8 && !ends_line(element) && !is_element(kind(element))) ++element;
    if (!is_element(kind(element)) || ends_line(element)) return false;
    std::size_t open = element;
    while (open < element + 4 && !ends_line(open) && kind(open) != TokenKind::open) ++open;
    diagnostics_
        .report(diag::unexpected_word, range(1, element - 1), "`after` or `before` and a name after `add`",
                fmt::format("`{}`", text(1, element - 1)))
        .help(fmt::format("write `add after NAME {} …`", text(element)));
    return hole(kind(open) == TokenKind::open ? end_of_block(open).value_or(open) : open);
}

bool Statements::colon_after_anchor() {
    diagnostics_.report(diag::unwanted_colon, range(3, 3), text(0))
        .help(fmt::format("write `{} step … {{ … }}`", text(0, 2)))
        .fix(range(3, 3), "");
    change();
    for (std::size_t i = 0; i < 3; ++i) out_.push_back(token(i));
    head_ = kind(4);
    at_ += 4;
    return true;
}

bool Statements::several_added() {
    diagnostics_.report(diag::unexpected_word, range(3, 3), fmt::format("an element after `{}`", text(0, 2)), "`{`")
        .help(fmt::format("write one edit for each element: `{} {}{} {{ … }}`", text(0, 2), text(4),
                          is_word(kind(5)) ? fmt::format(" {}", text(5)) : ""));
    return hole(*end_of_block(3));
}

bool Statements::step_before_anchor() {
    const std::string ours = fmt::format("{} step {}", text(2, 3), text(1));
    diagnostics_
        .report(diag::unexpected_word, range(1, 1), "`after` or `before` and a name after `add`",
                fmt::format("`{}`", text(1)))
        .help(fmt::format("write `add {} {{`", ours))
        .fix(range(1, 3), ours);
    change();
    out_.push_back(token(0));
    out_.push_back(token(2));
    out_.push_back(token(3));
    put_in(TokenKind::step);
    out_.push_back(token(1));
    head_ = TokenKind::step;
    at_ += 4;
    return true;
}

bool Statements::added_or_moved() {
    diagnostics_
        .report(diag::unexpected_word, range(1, 1), "`after` or `before` and a name after `add`",
                fmt::format("`{}`", text(1)))
        .help(fmt::format("write `move {1} {0}` if `{1}` is in the stream, or `add {0} step {1} {{ … }}` if it is new",
                          text(2, 3), text(1)));
    return hole(4);
}

bool Statements::element_before_anchor() {
    std::size_t end = 2;
    while (!ends_line(end) && kind(end) != TokenKind::open && kind(end) != TokenKind::close) ++end;
    const std::size_t head = end;
    if (kind(end) == TokenKind::open) end = end_of_block(end).value_or(end);
    std::string_view anchor = "NAME", side = "after";
    std::size_t named = head;
    for (std::size_t at = 2; at <= end; ++at) {
        if ((kind(at) != TokenKind::after && kind(at) != TokenKind::before) || !is_word(kind(at + 1)) ||
            kind(at + 1 + 1) == TokenKind::colon)
            continue;
        if (at > head && at < end) continue;
        side = text(at);
        anchor = text(at + 1);
        named = std::min(named, at);
        if (at == end) end += 2;
    }
    const std::string_view block = kind(head) == TokenKind::open ? " { … }" : "";
    diagnostics_
        .report(diag::unexpected_word, range(1, 1), "`after` or `before` and a name after `add`",
                fmt::format("`{}`", text(1)))
        .help(fmt::format("write first where it goes: `add {} {} {}{}`", side, anchor, text(1, named - 1), block));
    return hole(end);
}

bool Statements::replace_edit() {
    if (keyword_before_name()) return true;
    if (!is_word(kind(1)) || ends_line(1) || kind(2) == TokenKind::with || ends_line(2)) return false;
    std::size_t end = 2;
    while (!ends_line(end) && !is_element(kind(end)) && kind(end) != TokenKind::branch && end < 6) ++end;
    if ((!is_element(kind(end)) && kind(end) != TokenKind::branch) || end == 2 || ends_line(end)) return false;
    diagnostics_.report(diag::unexpected_word, range(2, end - 1), "`with`", fmt::format("`{}`", text(2, end - 1)))
        .help("write `with`")
        .fix(range(2, end - 1), "with");
    change();
    for (std::size_t i = 0; i < 2; ++i) out_.push_back(token(i));
    put(TokenKind::with, token(2));
    head_ = kind(end);
    at_ += end;
    return true;
}

bool Statements::changed_property() {
    std::size_t end = 2;
    while (!ends_line(end) && kind(end) != TokenKind::close && kind(end) != TokenKind::open) ++end;
    const bool colon = kind(3) == TokenKind::colon;
    const std::size_t value = colon || kind(3) == TokenKind::to || kind(3) == TokenKind::equal ? 4 : 3;
    if (kind(end) == TokenKind::open || value >= end || closes_too_often()) return false;
    const std::string ours = colon ? fmt::format("change {} {{ {} }}", text(1), text(2, end - 1))
                                   : fmt::format("change {} {{ {}: {} }}", text(1), text(2), text(value, end - 1));
    auto report = diagnostics_.report(diag::missing_brace, range(0, 1), text(0, 1));
    report.help(fmt::format("write `{}`", ours)).fix(range(0, end - 1), ours);
    change();
    for (std::size_t i = 0; i < 2; ++i) out_.push_back(token(i));
    put_in(TokenKind::open);
    out_.push_back(token(2));
    put_in(TokenKind::colon);
    for (std::size_t i = value; i < end; ++i) out_.push_back(token(i));
    put_in(TokenKind::close);
    at_ += end;
    return true;
}

bool Statements::property_path(std::size_t from) {
    if (!is_word(kind(from)) || kind(from + 1) != TokenKind::dot || !is_word(kind(from + 2)) || ends_line(from + 2))
        return false;
    const bool sign =
        kind(from + 3) == TokenKind::colon || kind(from + 3) == TokenKind::equal || kind(from + 3) == TokenKind::to;
    if (!in_edits() && kind(from + 3) != TokenKind::colon) return false;  // a goal without its keyword
    const std::size_t value = sign ? from + 4 : from + 3;
    std::size_t end = value;
    while (!ends_line(end) && kind(end) != TokenKind::close && kind(end) != TokenKind::comma &&
           kind(end) != TokenKind::open)
        ++end;
    if (end == value) return false;
    const std::string ours = fmt::format("change {} {{ {}: {} }}", text(from), text(from + 2), text(value, end - 1));
    auto report = diagnostics_.report(diag::unknown_statement, range(0, from + 2), text(0, from + 2));
    if (!in_edits()) {
        report.help(fmt::format("a fact is written in the block of its element, `{}: {}`; in a future, write `{}`",
                                text(from + 2), text(value, end - 1), ours));
        return hole(end);
    }
    report.help(fmt::format("write `{}`", ours)).fix(range(0, end - 1), ours);
    change();
    put_in(TokenKind::change, true);
    put(TokenKind::name, token(from));
    out_.back().first_on_line = false;
    put_in(TokenKind::open);
    put(TokenKind::name, token(from + 2));
    out_.back().kind = token(from + 2).kind;
    put_in(TokenKind::colon);
    for (std::size_t i = value; i < end; ++i) out_.push_back(token(i));
    put_in(TokenKind::close);
    at_ += end;
    return true;
}

bool Statements::remove_edit() {
    if (keyword_before_name()) return true;
    if (kind(2) != TokenKind::comma && kind(2) != TokenKind::name && is_word(kind(1))) return false;
    std::string each;
    std::size_t count = 1, names = 0;
    bool others = false;
    for (; !ends_line(count) && kind(count) != TokenKind::close; ++count) {
        if (is_word(kind(count)) && text(count) != "and") {
            if (begins_statement(kind(count)) && names > 0) break;
            each += fmt::format("{}`remove {}`", names == 0 ? "" : ", ", text(count));
            ++names;
        } else {
            others = true;
        }
    }
    if (names < 2 || !others) return false;
    diagnostics_
        .report(diag::unexpected_word, range(2, 2), "one element after `remove`",
                fmt::format("`{}`", text(1, count - 1)))
        .help(fmt::format("write one edit for each: {}", each));
    return hole(count);
}

}  // namespace vsm::parse
