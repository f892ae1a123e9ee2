// Interprets rates and calendars in other notations: `40 per week`, `24/7`, `mon-fri`.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/unit_words.h"
#include "base/units.h"
#include "compiler/lower/meanings/meanings.h"
#include "compiler/lower/meanings/phrases.h"

namespace vsm::lower {
namespace {

Meaning write(std::string text) { return {fmt::format("write `{}`", text), text}; }
Meaning say(std::string help) { return {std::move(help), {}}; }

constexpr std::string_view each_words = "|/|per|a|an|each|every|pro|par|je|p|once|";
/// Words that change the number beside them: `10k`, `1 every other week`.
constexpr std::string_view size_words = "|k|m|thousand|million|hundred|dozen|half|quarter|other|second|third|";

bool is_among(std::string_view words, const std::string& word) {
    return words.find("|" + word + "|") != std::string_view::npos;
}

std::string_view period_of(std::string_view word) {
    constexpr auto table = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"daily", "d"}, {"weekly", "w"}, {"hourly", "h"}, {"täglich", "d"}, {"wöchentlich", "w"}, {"stündlich", "h"}});
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == word; });
    return found == table.end() ? std::string_view() : found->second;
}

}  // namespace

Meaning rate_meant(std::string_view what, std::string_view text) {
    const std::string written = trimmed(text);
    const auto lexemes = lexemes_of(written);
    const auto none = [&] {
        return say(fmt::format(
            "write how many per `s`, `min`, `h`, `d` or `w`, such as `40/w`; omit `{}` if it is not known", what));
    };
    if (is_placeholder(written) || lexemes.empty()) return none();
    std::string_view period;
    std::string number_text;
    std::size_t numbers = 0;
    bool exact = true;
    for (std::size_t at = 0; at < lexemes.size(); ++at) {
        const std::string& one = lexemes[at].text;
        if (lexemes[at].kind == Lexeme::Kind::number) {
            ++numbers;
            if (numbers > 1 && at > 0 && lexemes[at - 1].kind == Lexeme::Kind::number) return none();  // `1 000/w`
            if (at > 0 && is_among(each_words, lexemes[at - 1].text)) return none();  // `1 every 2h`, `every 2 weeks`
            if (number_text.empty()) number_text = one;
            continue;
        }
        if (is_among(size_words, one)) return none();
        const bool each = at > 0 && is_among(each_words, lexemes[at - 1].text);
        if (!period_of(one).empty()) period = period_of(one);
        if (each && !unit_called(one).empty() && !period.empty()) exact = false;  // `40/w/d`
        if (each || at + 1 == lexemes.size()) period = unit_called(one).empty() ? period : unit_called(one);
        if (one == "-" || one == "\"" || one == "~" || one == "about" || one == "?" || one == "<" || one == ">" ||
            one == "ca" || one == "approx" || one == "max" || one == "min")
            exact = false;
    }
    if (numbers == 0 && !period.empty()) return say(fmt::format("write how many: `1/{}` for one each time", period));
    if (numbers == 0) return none();
    const Phrase phrase = read_phrase(number_text);
    if (phrase.two_ways() != nullptr)
        return say(fmt::format("it can be read in two ways: write `{0}/{2}` or `{1}/{2}`", phrase.two_ways()->other,
                               phrase.two_ways()->number, period.empty() ? "w" : period));
    const std::string number = phrase.ends.empty() ? number_text : phrase.ends[0][0].number;
    if (period.empty())
        return say(fmt::format("add the period: `{0}/d` or `{0}/{1}`", number, what == "cost" ? "h" : "w"));
    if (period == "month")
        return say("months and years have no fixed length: multiply a number per month by 12 / 52 to get it per week");
    if (period == "%" || period == "ms") return none();
    const std::string rate = fmt::format("{}/{}", number, period);
    if (numbers == 1 && exact) return write(rate);
    return say(fmt::format("write one rate, such as `{}`", rate));
}

Meaning calendar_meant(std::string_view text) {
    const std::string written = trimmed(text);
    std::string hours, days;
    bool clock = false;
    const auto lexemes = lexemes_of(written);
    for (std::size_t at = 0; at < lexemes.size(); ++at) {
        const std::string& one = lexemes[at].text;
        if (lexemes[at].kind == Lexeme::Kind::number) {
            const std::string_view unit =
                at + 1 < lexemes.size() ? unit_called(lexemes[at + 1].text) : std::string_view();
            const double value = parse_decimal(one).value_or(Decimal{}).value();
            if (days.empty() && (unit == "d" || (unit.empty() && !hours.empty() && value <= 7))) days = one;
            if (unit == "h" || unit == "min" || (unit.empty() && hours.empty() && value <= 24))
                hours = one + (unit == "min" ? "min" : "h");
        }
        clock = clock || one == ":" || one == "-";
    }
    const bool full =
        hours == "24h" || written.find("clock") != std::string::npos || written.find("always") != std::string::npos;
    if (full && (days.empty() || days == "7")) return write("24h/d 7d/w");
    const bool more = written.find('"') != std::string::npos;  // a text that the calendar would lose
    const bool hours_a_week =
        hours.size() > 1 && parse_decimal(std::string_view(hours).substr(0, hours.find_first_not_of("0123456789.")))
                                    .value_or(Decimal{})
                                    .value() > 24;
    if (!hours.empty() && !days.empty() && !clock && !hours_a_week && !more)
        return write(fmt::format("{}/d {}d/w", hours, days));
    return say(fmt::format("write the hours of a working day and the days of a working week: `{}/d {}d/w`",
                           hours.empty() || clock || hours_a_week ? "8h" : hours, days.empty() || clock ? "5" : days));
}

}  // namespace vsm::lower
