// Interprets dates in other notations: `31.03.2027`, `March 31, 2027`, `Q1 2027`.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/units.h"
#include "compiler/lower/meanings/meanings.h"
#include "compiler/lower/meanings/phrases.h"

namespace vsm::lower {
namespace {

/// The month of an English, German or French name, by its first letters.
std::optional<int> month_called(std::string_view word) {
    constexpr auto beginnings = std::to_array<std::pair<std::string_view, int>>(
        {{"jan", 1},  {"feb", 2},  {"fév", 2},  {"fev", 2}, {"mar", 3}, {"mär", 3},  {"mae", 3},
         {"apr", 4},  {"avr", 4},  {"may", 5},  {"mai", 5}, {"jun", 6}, {"juin", 6}, {"juil", 7},
         {"jul", 7},  {"aug", 8},  {"aoû", 8},  {"aou", 8}, {"sep", 9}, {"oct", 10}, {"okt", 10},
         {"nov", 11}, {"dec", 12}, {"dez", 12}, {"déc", 12}});
    for (const auto& [beginning, month] : beginnings)
        if (word.starts_with(beginning)) return month;
    return std::nullopt;
}

std::optional<Date> date_of(int year, int month, int day) {
    return parse_date(fmt::format("{:04}-{:02}-{:02}", year, month, day));
}

int last_day_of(int year, int month) {
    int day = 31;
    while (day > 28 && !date_of(year, month, day)) --day;
    return day;
}

Meaning write(Date date) {
    const std::string text = format_date(date);
    return {fmt::format("write year, month and day: `{}`", text), text};
}

Meaning end_of(int year, int month, std::string_view period) {
    return {fmt::format("a date is a day: the last day of this {} is `{:04}-{:02}-{:02}`", period, year, month,
                        last_day_of(year, month)),
            {}};
}

/// The words and numbers of a date.
struct Pieces {
    std::vector<int> numbers;
    std::vector<std::size_t> digits;  ///< number of digits of each number
    std::optional<int> month;
    std::string_view period;  ///< `quarter` or `half-year` if a number counts these
    bool points = false;      ///< as in German dates
    bool week = false;
    bool whole = true;  ///< every word was understood
};

Pieces pieces_of(std::string_view text) {
    Pieces pieces;
    for (const Lexeme& lexeme : lexemes_of(text)) {
        if (lexeme.kind == Lexeme::Kind::number) {
            // the lexer for amounts reads `31.03` as one number
            for (std::size_t at = 0; at < lexeme.text.size();) {
                const std::size_t end = std::min(lexeme.text.find_first_of(".,'_", at), lexeme.text.size());
                const std::string part = lexeme.text.substr(at, end - at);
                pieces.numbers.push_back(part.size() > 8 ? 0 : std::stoi(part));
                pieces.digits.push_back(part.size());
                pieces.points = pieces.points || (end < lexeme.text.size() && lexeme.text[end] == '.');
                at = end + 1;
            }
        } else if (lexeme.kind == Lexeme::Kind::word) {
            if (lexeme.text == "q" || lexeme.text.starts_with("quart")) pieces.period = "quarter";
            if (lexeme.text == "h" || lexeme.text.starts_with("hal")) pieces.period = "half-year";
            if (lexeme.text == "w" || lexeme.text == "kw" || lexeme.text == "cw" || lexeme.text == "wk" ||
                lexeme.text.starts_with("week"))
                pieces.week = true;
            const auto month = month_called(lexeme.text);
            if (!pieces.month) pieces.month = month;
            constexpr std::string_view fillers = " st nd rd th of the by on den der le ";
            pieces.whole = pieces.whole && (month || fillers.find(" " + lexeme.text + " ") != std::string_view::npos);
        }
    }
    return pieces;
}

/// Three numbers, with the year first (four digits) or last (four or two digits).
std::optional<Meaning> of_three(const Pieces& pieces) {
    const auto& n = pieces.numbers;
    if (pieces.digits[0] == 4) {
        if (const auto date = date_of(n[0], n[1], n[2])) return write(*date);
        return std::nullopt;
    }
    const bool short_year = pieces.digits[2] == 2;
    if (pieces.digits[2] != 4 && !short_year) return std::nullopt;
    const int year = short_year ? 2000 + n[2] : n[2];
    const auto day_first = date_of(year, n[1], n[0]), month_first = date_of(year, n[0], n[1]);
    if (day_first && month_first && *day_first != *month_first && !pieces.points)
        return Meaning{fmt::format("it can be read in two ways: write `{}` or `{}`", format_date(*day_first),
                                   format_date(*month_first)),
                       {}};
    const auto& date = day_first ? day_first : month_first;
    if (!date) return std::nullopt;
    Meaning made = write(*date);
    if (short_year) made.instead.clear();
    return made;
}

std::optional<Meaning> of_words(const Pieces& pieces) {
    const auto& n = pieces.numbers;
    int year = 0, other = 0;
    for (std::size_t i = 0; i < n.size(); ++i) {
        if (pieces.digits[i] == 4) {
            year = n[i];
        } else {
            other = n[i];
        }
    }
    if (year == 0) return std::nullopt;
    if (!pieces.period.empty() && other >= 1 && other <= 4)
        return end_of(
            year, other * (pieces.period == "quarter" ? 3 : 6) > 12 ? 12 : other * (pieces.period == "quarter" ? 3 : 6),
            pieces.period);
    if (pieces.month && n.size() == 1) return end_of(year, *pieces.month, "month");
    if (pieces.month && n.size() == 2)
        if (const auto date = date_of(year, *pieces.month, other)) return write(*date);
    if (!pieces.month && n.size() == 2 && other >= 1 && other <= 12 && !pieces.week)
        return end_of(year, other, "month");
    if (n.size() == 1 && !pieces.week) return end_of(year, 12, "year");
    return std::nullopt;
}

}  // namespace

Meaning date_meant(std::string_view text) {
    // `20.10.2026 "export"`: keep the text after the date
    const std::size_t quote = text.size() > 1 && text.front() != '"' ? text.find('"') : std::string_view::npos;
    const std::string_view source = quote == std::string_view::npos ? std::string_view() : text.substr(quote);
    const Pieces pieces = pieces_of(text.substr(0, quote));
    std::optional<Meaning> meant;
    if (pieces.numbers.size() == 3 && !pieces.month && pieces.period.empty() && !pieces.week) {
        meant = of_three(pieces);
    } else if (pieces.numbers.size() == 1 && pieces.digits[0] == 8) {
        const int number = pieces.numbers[0];
        if (const auto date = date_of(number / 10000, number / 100 % 100, number % 100)) meant = write(*date);
    } else {
        meant = of_words(pieces);
    }
    if (meant && !pieces.whole) meant->instead.clear();
    if (meant && !meant->instead.empty() && !source.empty()) meant->instead += fmt::format(" {}", source);
    if (meant) return *meant;
    const bool none = pieces.numbers.empty();
    return {none ? "write year, month and day, `2027-03-31`, or leave the date out until it is known"
                 : "write year, month and day: `2027-03-31`",
            {}};
}

}  // namespace vsm::lower
