#include "compiler/parse/repair/broken_item.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/units.h"
#include "diag/parse.h"
#include "ir/properties/property_table.h"

namespace vsm::parse {
namespace {

std::string name_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::open: return "`{`";
        case TokenKind::close: return "`}`";
        case TokenKind::close_list: return "`]`";
        case TokenKind::close_arguments: return "`)`";
        case TokenKind::colon: return "`:`";
        case TokenKind::percent: return "a share such as `15%`";
        case TokenKind::number: return "a number";
        case TokenKind::date: return "a date such as `2027-03-31`";
        case TokenKind::string: return "text in quotes";
        case TokenKind::name: return "a name";
        default: return keyword_text(kind).empty() ? "" : fmt::format("`{}`", keyword_text(kind));
    }
}

}  // namespace

Expected expected_after(TokenKind keyword) {
    switch (keyword) {
        case TokenKind::import_: return {TokenKind::string, "a file's name in quotes"};
        case TokenKind::note:
        case TokenKind::kaizen: return {TokenKind::string, "text in quotes"};
        case TokenKind::wait: return {TokenKind::unknown, "a time such as `1d`"};
        case TokenKind::queue: return {TokenKind::number, "a number of items"};
        case TokenKind::rework: return {TokenKind::percent, "a share such as `15%`"};
        case TokenKind::add: return {TokenKind::after, "`before` or `after`"};
        case TokenKind::target:
        case TokenKind::expect: return {TokenKind::name, "a figure such as `lead_time`"};
        case TokenKind::allow: return {TokenKind::name, "the name of a rule"};
        case TokenKind::parallel:
        case TokenKind::choose:
        case TokenKind::branch: return {TokenKind::open, "a name, a title or `{`"};
        default: return {TokenKind::name, "a name"};
    }
}

std::string name_for(std::string_view title) {
    std::string name;
    for (const char c : lower_case(title)) {
        const bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        if (letter || (digit && !name.empty())) {
            name += c;
        } else if (!name.empty() && name.back() != '_') {
            name += '_';
        }
    }
    while (!name.empty() && name.back() == '_') name.pop_back();
    return name;
}

std::string name_from(std::string_view text, std::string_view before) {
    constexpr auto letters = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"}, {"ß", "ss"}, {"é", "e"},
         {"è", "e"},  {"ê", "e"},  {"à", "a"},  {"â", "a"},  {"ç", "c"},  {"î", "i"},  {"ô", "o"},  {"û", "u"},
         {"ñ", "n"},  {"ó", "o"},  {"á", "a"},  {"í", "i"},  {"ú", "u"},  {"É", "E"},  {"å", "a"},  {"ø", "o"}});
    std::string name;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const auto letter = std::find_if(letters.begin(), letters.end(),
                                         [&](const auto& row) { return text.substr(at).starts_with(row.first); });
        if (letter != letters.end()) {
            name += letter->second;
            at += letter->first.size();
            continue;
        }
        const bool fits =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c == '-' && !name.empty());
        if (fits) {
            name += c;
        } else if (!name.empty() && name.back() != '_') {
            name += '_';
        }
        ++at;
    }
    while (!name.empty() && (name.back() == '_' || name.back() == '-')) name.pop_back();
    if (name.empty()) return std::string(before) + "_1";
    return name.front() >= '0' && name.front() <= '9' ? fmt::format("{}_{}", before, name) : name;
}

int unit_rank(std::string_view quantity) {
    const std::size_t digit = quantity.find_last_of("0123456789");
    const auto unit = digit == std::string_view::npos ? std::nullopt : parse_time_unit(quantity.substr(digit + 1));
    return unit ? static_cast<int>(*unit) + 1 : 0;
}

std::string without_invisible(std::string_view text) {
    std::string seen;
    for (std::size_t at = 0; at < text.size();) {
        const auto found = decode_utf8(text, at);
        const std::size_t length = found ? found->length : 1;
        if (!found || !is_invisible(found->character)) seen.append(text.substr(at, length));
        at += length;
    }
    return seen;
}

std::string words_for(const std::vector<TokenKind>& expected) {
    std::vector<std::string> names;
    const bool any_word = std::find(expected.begin(), expected.end(), TokenKind::name) != expected.end();
    if (any_word) names.push_back("a name");
    const auto add = [&](bool words) {
        for (const TokenKind kind : expected)
            if (std::string name = is_word(kind) == words ? name_of(kind) : std::string(); !name.empty())
                names.push_back(std::move(name));
    };
    if (!any_word) add(true);
    add(false);
    if (names.empty()) return "something else";
    if (names.size() > 4) names.resize(4);
    std::string all = names.front();
    for (std::size_t i = 1; i < names.size(); ++i) all += (i + 1 == names.size() ? " or " : ", ") + names[i];
    return all;
}

bool begins_value(TokenKind kind) {
    return is_amount(kind) || kind == TokenKind::unknown || kind == TokenKind::guess || kind == TokenKind::open_list ||
           kind == TokenKind::date || kind == TokenKind::not_applicable || kind == TokenKind::string || is_word(kind);
}

bool ItemGuess::heads_block(std::size_t at) const {
    for (std::size_t ahead = at + 1; ahead < at + 8 && ahead < tokens_.count(); ++ahead) {
        if (kind_at(ahead) == TokenKind::open) return true;
        const bool fits = is_word(kind_at(ahead)) || kind_at(ahead) == TokenKind::string || is_amount(kind_at(ahead)) ||
                          kind_at(ahead) == TokenKind::date;
        if (!fits || tokens_.at(ahead).first_on_line || kind_at(ahead + 1) == TokenKind::colon) return false;
    }
    return false;
}

bool ItemGuess::shape_fits(TokenKind keyword, std::size_t at) const {
    const TokenKind next = kind_at(at + 1);
    switch (keyword) {
        case TokenKind::import_:
        case TokenKind::note:
        case TokenKind::kaizen: return next == TokenKind::string;
        case TokenKind::wait:
        case TokenKind::queue: return begins_value(next);
        case TokenKind::rework: return next == TokenKind::percent;
        case TokenKind::add: return next == TokenKind::before || next == TokenKind::after;
        case TokenKind::branch:
        case TokenKind::parallel:
        case TokenKind::choose: return heads_block(at);
        case TokenKind::team: return is_word(next) && !tokens_.at(at + 1).first_on_line && !holds_statement(at);
        default: return is_word(next) && !tokens_.at(at + 1).first_on_line;
    }
}

/// Whether the block that the item at `at` heads begins with a statement.
bool ItemGuess::holds_statement(std::size_t at) const {
    if (!heads_block(at)) return false;
    while (kind_at(at) != TokenKind::open) ++at;
    return begins_statement(kind_at(at + 1)) && kind_at(at + 2) != TokenKind::colon;
}

/// The position of a branch directly in the block whose first token is at `inside`.
std::optional<std::size_t> ItemGuess::branch_inside(std::size_t inside) const {
    std::size_t depth = 1;
    for (std::size_t at = inside; at < tokens_.count() && depth > 0; ++at) {
        if (kind_at(at) == TokenKind::open) ++depth;
        if (kind_at(at) == TokenKind::close) --depth;
        if (depth == 1 && kind_at(at) == TokenKind::branch && kind_at(at + 1) != TokenKind::colon) return at;
    }
    return std::nullopt;
}

TokenKind ItemGuess::keyword_for(ItemPlace place, std::size_t at) const {
    const TokenKind wanted = place.wants;
    std::size_t inside = at;
    while (inside < tokens_.count() && kind_at(inside) != TokenKind::open) {
        if (kind_at(inside) == TokenKind::of && wanted == TokenKind::stream) return TokenKind::future;
        ++inside;
    }
    ++inside;
    const bool property = kind_at(inside + 1) == TokenKind::colon;
    if (wanted == TokenKind::stream && property) {
        const Token& first = tokens_.at(inside);
        const std::string_view name = source_.text({source_.id(), first.begin, first.end});
        const bool a_teams_alone = properties::has_property(properties::on_team, name) &&
                                   !properties::has_property(properties::on_stream, name);
        return a_teams_alone ? TokenKind::team : wanted;
    }
    if (wanted != TokenKind::step || property) return wanted;
    if (const auto branch = branch_inside(inside))
        return kind_at(*branch + 1) == TokenKind::percent ? TokenKind::choose : TokenKind::parallel;
    if (!is_element(kind_at(inside))) return wanted;
    return place.directly_in_parallel ? TokenKind::branch : TokenKind::stage;
}

void report_missing_colon(Diagnostics& diagnostics, const SourceFile& source, const MissingColon& found) {
    const std::string_view written = source.text(found.name), meant = properties::misspelt_property(written);
    auto report = diagnostics.report(diag::missing_colon, found.where, written);
    if (meant.empty()) {
        report.help(fmt::format("write `{}: {}`", written, found.value))
            .fix(from_to(source, found.name.end, found.end), std::string(found.colon));
        return;
    }
    report.help(fmt::format("did you mean `{}: {}`?", meant, found.value));
    if (is_misspelling(written, meant, properties::names_in_order(properties::anywhere)))
        report.fix(from_to(source, found.name.begin, found.end), fmt::format("{}{}", meant, found.colon));
}

}  // namespace vsm::parse
