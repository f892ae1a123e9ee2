// Words that begin no statement here, from other tools and from programming languages.
#include "compiler/parse/repair/statements.h"
#include "diag/parse.h"

#include <algorithm>

namespace vsm::parse {

bool Statements::other_word() {
    if (property_path(0)) return true;
    if (in_edits() && among(" set update modify edit alter let ", text(0)) && (property_path(1) || property_by_words()))
        return true;
    if (in_edits() && (amount_of_wait() || other_add())) return true;
    if (other_import()) return true;
    if (in_edits() && among(" rename swap ", text(0)) && is_word(kind(1)) && !ends_line(1)) return no_edit();
    if (in_edits() && among(" delete drop del ", text(0)) && is_element(kind(1)) && is_word(kind(2)) && !ends_line(2))
        return other_remove();
    if (text(0) == "value" && kind(1) == TokenKind::stream && !ends_line(1)) return leading_word();
    if (step_property_of_words()) return true;
    if (leading_word()) return true;
    if (among(" if when unless switch case while for foreach repeat until try ", text(0)) && !ends_line(1))
        return choice();
    return false;
}

/// `include "teams.vsm"`.
bool Statements::other_import() {
    if (owner() != TokenKind::end || !among(" include use require from using load ", text(0)) ||
        kind(1) != TokenKind::string || ends_line(1))
        return false;
    diagnostics_.report(diag::unknown_statement, range(0, 0), text(0))
        .help(fmt::format("write `import {}`", text(1)))
        .fix(range(0, 0), "import");
    change();
    put(TokenKind::import_, token(0));
    ++at_;
    return true;
}

bool Statements::leading_word() {
    const std::size_t count = kind(1) == TokenKind::colon ? 2 : 1;
    if (!begins_statement(kind(count)) || ends_line(count) || kind(count + 1) == TokenKind::colon) return false;
    const bool value_stream = text(0) == "value" && kind(1) == TokenKind::stream;
    const bool word = kind(0) == TokenKind::name &&
                      (value_stream || among(" then next and finally afterwards now first last ", text(0)));
    if (!word) return false;
    diagnostics_.report(diag::unknown_statement, range(0, 0), text(0))
        .help(value_stream ? "a value stream is written as `stream`: remove this word"
                           : "elements run in the order written: remove this word")
        .fix(from_to(source_, token(0).begin, token(count).begin), "");
    change();
    at_ += count;
    items_[at_].first_on_line = true;
    return true;
}

bool Statements::step_property_of_words() {
    if (owner() != TokenKind::step && owner() != TokenKind::rework && owner() != TokenKind::change &&
        owner() != TokenKind::team)
        return false;
    std::size_t names = 1;
    while (kind(names) == TokenKind::name && !ends_line(names) && names < 4) ++names;
    const bool is = names > 1 && among(" is are equals takes was ", text(names - 1));
    const bool sign = kind(names) == TokenKind::equal && names > 1;
    const std::size_t value = sign ? names + 1 : names;
    if ((!is && !sign) || !is_amount(kind(value)) || ends_line(value)) return false;
    const std::size_t named = is && !sign ? names - 1 : names;
    diagnostics_.report(diag::missing_colon, range(0, value - 1), text(0, named - 1))
        .help(
            fmt::format("write `{}: {}`", named > 1 && text(1) == "time" ? text(0) : text(0, named - 1), text(value)));
    return hole(std::max(length(), value + 1));
}

bool Statements::property_by_words() {
    if (!is_word(kind(1)) || !is_word(kind(2)) || ends_line(2)) return false;
    const std::size_t value =
        kind(3) == TokenKind::to || kind(3) == TokenKind::equal || kind(3) == TokenKind::colon ? 4 : 3;
    if (ends_line(value) || kind(value) == TokenKind::open) return false;
    std::size_t end = value;
    while (!ends_line(end) && kind(end) != TokenKind::close && kind(end) != TokenKind::comma) ++end;
    if (end == value) return false;
    const std::string ours = fmt::format("change {} {{ {}: {} }}", text(1), text(2), text(value, end - 1));
    diagnostics_.report(diag::unknown_statement, range(0, 0), text(0))
        .help(fmt::format("write `{}`", ours))
        .fix(range(0, end - 1), ours);
    return hole(end);
}

bool Statements::no_edit() {
    std::size_t end = 1;
    while (!ends_line(end) && kind(end) != TokenKind::close && kind(end) != TokenKind::comma) ++end;
    diagnostics_.report(diag::unknown_statement, range(0, 0), text(0))
        .help(text(0) == "swap"
                  ? fmt::format("write `move {} after {}`", text(1), end > 3 && is_word(kind(3)) ? text(3) : "NAME")
                  : fmt::format("a name cannot be changed; to put another element in its place, write `replace {} with "
                                "step … {{ … }}`",
                                text(1)));
    return hole(end);
}

bool Statements::other_remove() {
    diagnostics_.report(diag::unknown_statement, range(0, 0), text(0))
        .help(fmt::format("write `remove {}`", text(2)))
        .fix(range(0, 2), fmt::format("remove {}", text(2)));
    return hole(3);
}

bool Statements::choice() {
    std::size_t end = length();
    if (kind(end) != TokenKind::open) return false;
    const bool again = among(" while for foreach repeat until ", text(0));
    for (auto block = end_of_block(end); block;
         block = kind(end) == TokenKind::open ? end_of_block(end) : std::nullopt) {
        end = *block;
        if (!among(" else elif elseif otherwise default case catch ", text(end))) break;
        ++end;
        while (at_ + end < items_.size() && kind(end) != TokenKind::open && kind(end) != TokenKind::close &&
               !ends_line(end))
            ++end;
    }
    diagnostics_.report(diag::unknown_statement, range(0, 0), text(0))
        .help(again
                  ? "repeated work is rework: write `rework 15% to NAME` in the step that finds the defect"
                  : "alternatives are branches of a choose: `choose { branch 70% urgent { … } branch normal { … } }`");
    return hole(end);
}

}  // namespace vsm::parse
