#include "compiler/lower/meanings/meanings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "base/text.h"
#include "base/units.h"
#include "compiler/lower/meanings/phrases.h"

namespace vsm::lower {
namespace {

using Bound = Phrase::Bound;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Words that mean only that something is unknown.
constexpr std::string_view unknown_words = "|?|tbd|tba|tbc|todo|unknown|unkown|unclear|open|unbekannt|offen|unklar|"
                                           "inconnu|k.a.|idk|dunno|not known|not known yet|"
                                           "to be defined|to be determined|who knows|no idea|nobody knows|..|_|";
/// Words that may mean that as well, or nothing.
constexpr std::string_view empty_words =
    "|-|n/a|na|n.a.|none|null|nil|nothing|no|empty|x|xx|xxx|*|/|instant|immediate|immediately|zero|";

bool among(std::string_view words, std::string_view text) {
    std::string wanted = lower_case(trimmed(text));
    if (const auto lexemes = lexemes_of(wanted); lexemes.size() == 1) wanted = lexemes.front().text;
    return wanted.find('|') == std::string::npos && words.find("|" + wanted + "|") != std::string_view::npos;
}

Meaning write(std::string text) { return {fmt::format("write `{}`", text), text}; }
Meaning say(std::string help) { return {std::move(help), {}}; }

// ---- forms with their own grammar ----

/// `PT1H30M`, `P2D`: hours and smaller units are the same in a map; its days and weeks are working time.
std::optional<Meaning> iso_duration(std::string_view text) {
    const std::string lowered = lower_case(text);
    if (lowered.size() < 3 || lowered.front() != 'p') return std::nullopt;
    std::string made, number;
    bool clock = false, days = false;
    for (const char c : std::string_view(lowered).substr(1)) {
        if (is_digit(c) || c == '.') {
            number += c;
            continue;
        }
        if (c == 't' && number.empty() && !clock) {
            clock = true;
            continue;
        }
        const std::string_view unit = clock ? (c == 'h'   ? "h"
                                               : c == 'm' ? "min"
                                               : c == 's' ? "s"
                                                          : "")
                                            : (c == 'd'               ? "d"
                                               : c == 'w'             ? "w"
                                               : c == 'm' || c == 'y' ? "?"
                                                                      : "");
        if (unit.empty() || number.empty()) return std::nullopt;
        if (unit == "?") return say("months and years have no fixed length: count in weeks, `4w`");
        days = days || !clock;
        made += number + std::string(unit);
        number.clear();
    }
    if (made.empty() || !number.empty()) return std::nullopt;
    if (days) return say(fmt::format("write `{}` for working time, according to the calendar of the stream", made));
    return write(made);
}

/// `1:30`: hours and minutes, or minutes and seconds.
std::optional<Meaning> clock_time(const std::vector<Lexeme>& lexemes) {
    const auto number = [&](std::size_t at) {
        return lexemes[at].kind == Lexeme::Kind::number && lexemes[at].text.size() <= 3;
    };
    const bool two = lexemes.size() == 3 && number(0) && lexemes[1].text == ":" && number(2);
    const bool three =
        lexemes.size() == 5 && number(0) && lexemes[1].text == ":" && number(2) && lexemes[3].text == ":" && number(4);
    if (!two && !three) return std::nullopt;
    const auto part = [&](std::size_t at, std::string_view unit) {
        std::string digits = lexemes[at].text;
        digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
        return digits.empty() ? std::string() : digits + std::string(unit);
    };
    const auto or_none = [](std::string made) { return made.empty() ? std::string("0min") : made; };
    if (three) return write(or_none(part(0, "h") + part(2, "min") + part(4, "s")));
    return say(fmt::format("write `{}` for hours and minutes, or `{}` for minutes and seconds",
                           or_none(part(0, "h") + part(2, "min")), or_none(part(0, "min") + part(2, "s"))));
}

/// `2h -> 1h`, `from 2h to 1h`: an old and a new value, of which a map has only one.
std::optional<Meaning> changed_value(std::string_view written) {
    for (const std::string_view arrow : {"->", "=>", "→"}) {
        const std::size_t at = written.rfind(arrow);
        if (at == std::string_view::npos) continue;
        const std::string then = trimmed(written.substr(at + arrow.size()));
        return say(then.empty() ? "write the new value alone" : fmt::format("write the new value alone: `{}`", then));
    }
    const Phrase phrase = read_phrase(written);
    if (!written.starts_with("from ") || !phrase.whole || phrase.ends.size() != 2) return std::nullopt;
    const bool falls = size_of(phrase.ends[0]) > size_of(phrase.ends[1]);
    return say(fmt::format("write the new value alone, `{}`, or a range, `{}..{}`", text_of(phrase.ends[1]),
                           text_of(phrase.ends[falls ? 1 : 0]), text_of(phrase.ends[falls ? 0 : 1])));
}

// ---- amounts ----

std::string range_text(const Phrase& phrase) {
    return phrase.ends.size() == 1 ? text_of(phrase.ends[0])
                                   : fmt::format("{}..{}", text_of(phrase.ends[0]), text_of(phrase.ends[1]));
}

/// Suggests both readings of an amount.
Meaning in_two_ways(const Phrase& phrase) {
    const Part& part = *phrase.two_ways();
    const std::string unit(part.unit);
    const std::size_t dots = part.other.find("..");
    if (dots == std::string::npos)
        return say(
            fmt::format("it can be read in two ways: write `{}{}` or `{}{}`", part.other, unit, part.number, unit));
    return say(fmt::format("write `{}{}` for the fraction, or `{}{}..{}{}` for a range", part.number, unit,
                           part.other.substr(0, dots), unit, part.other.substr(dots + 2), unit));
}

/// Suggests a range or a guess: a bound is not a value.
Meaning bounded(const Phrase& phrase, std::string_view lowest, std::string_view highest) {
    const std::string known = text_of(phrase.ends.front());
    if (phrase.bound == Bound::at_most)
        return say(fmt::format("write a range, such as `{}..{}`, or a guess: `~{}`", lowest, known, known));
    std::string most(highest);
    if (most.empty()) {
        Sum twice{phrase.ends.front().front()};
        twice[0].number = format_number(2 * parse_decimal(twice[0].number).value_or(Decimal{1, 0}).value());
        most = text_of(twice);
    }
    return say(
        fmt::format("write a range up to the highest value that you know of, such as `{}..{}`, or a guess: `~{}`",
                    known, most, known));
}

/// A range, a guess or a plain amount with suitable units; its other words add nothing.
Meaning amount_of(const Phrase& phrase) {
    if (phrase.ends.size() == 2 && size_of(phrase.ends[0]) > size_of(phrase.ends[1])) {
        return say(
            fmt::format("write the smaller end first: `{}..{}`", text_of(phrase.ends[1]), text_of(phrase.ends[0])));
    }
    Meaning made = write((phrase.about ? "~" : "") + range_text(phrase));
    if (phrase.unit_guessed || phrase.loses_words) made.instead.clear();
    return made;
}

std::string without_unit(const Phrase& phrase) {
    const auto with = [&](std::string_view unit) {
        std::string text;
        for (const Sum& sum : phrase.ends) text += (text.empty() ? "" : "..") + sum.back().number + std::string(unit);
        return text;
    };
    return fmt::format("add the unit: `{}`, `{}` or `{}`? vsm never guesses a unit", with("min"), with("h"), with("d"));
}

constexpr std::string_view time_forms =
    "write a time such as `45min`, `2h` or `3d`, a guess `~2d`, a range `1d..3d`, or `?` if nobody knows yet";

/// A text that contains a time and other words.
Meaning time_and_more(const Phrase& phrase, std::string_view otherwise) {
    if (phrase.ends.size() != 1 || !phrase.adds_up || phrase.lacks_unit() || phrase.has("%") ||
        phrase.two_ways() != nullptr || phrase.has("month"))
        return say(std::string(otherwise));
    return say(fmt::format("write `{}{}`; the other words belong in a title or a `note` in quotes",
                           phrase.about ? "~" : "", range_text(phrase)));
}

std::optional<Meaning> unfit_unit(const Phrase& phrase) {
    if (phrase.has("month")) return say("months and years have no fixed length: count in weeks, `4w`");
    if (phrase.has("ms")) return say("the smallest unit is the second: write `0.5s`");
    if (phrase.has("%")) return say("write a time such as `45min` or `2d`");
    if (phrase.lacks_unit()) return say(without_unit(phrase));
    return std::nullopt;
}

std::optional<Meaning> not_there(std::string_view text) {
    if (among(unknown_words, text)) return Meaning{"write `?` if nobody knows yet", "?"};
    if (among(empty_words, text)) return say("write `?` if nobody knows yet, or `0min` if it takes no time");
    return std::nullopt;
}

Meaning every_meant(const Phrase& phrase) {
    const bool one = phrase.whole && phrase.ends.size() == 1 && !phrase.lacks_unit() && !phrase.has("month");
    if (one)
        return say(fmt::format("the wait for an event every `{0}` is at most that long: write the range `0min..{0}`",
                               text_of(phrase.ends[0])));
    return say("write how long the wait for it is: `0min..1w` for a day of the week, `0min..2w` for every second week");
}

}  // namespace

bool says_unknown(std::string_view word) {
    constexpr std::string_view words = "|tbd|tba|tbc|todo|unknown|unbekannt|inconnu|";
    return among(words, word);
}

bool is_placeholder(std::string_view text) { return among(unknown_words, text) || among(empty_words, text); }

bool counts_working_days(std::string_view text) { return read_phrase(trimmed(text)).working; }

Meaning time_meant(std::string_view what, std::string_view text) {
    const std::string written = trimmed(text);
    if (written.empty()) return say("write a time, or `?` if nobody knows yet");
    if (const auto none = not_there(written)) return *none;
    if (const auto iso = iso_duration(written)) return *iso;
    if (const auto clock = clock_time(lexemes_of(written))) return *clock;
    if (const auto changed = changed_value(written)) return *changed;
    constexpr std::string_view shape = "exponential ";
    if (written.starts_with(shape)) return write(fmt::format("exponential({})", written.substr(shape.size())));
    const Phrase phrase = read_phrase(written);
    if (phrase.every) return every_meant(phrase);
    if (!phrase.whole || phrase.ends.empty()) return time_and_more(phrase, time_forms);
    if (const auto unfit = unfit_unit(phrase)) return *unfit;
    if (phrase.two_ways() != nullptr) return in_two_ways(phrase);
    if (phrase.bound != Bound::none && phrase.ends.size() == 1) return bounded(phrase, "0min", "");
    if (phrase.bound != Bound::none) return say(fmt::format("write `{}`", range_text(phrase)));
    return what == "calendar" ? say(std::string(time_forms)) : amount_of(phrase);
}

Meaning single_time_meant(std::string_view what, std::string_view text) {
    const std::string written = trimmed(text);
    if (is_placeholder(written)) return say("write a time such as `3d`, or remove the goal until it is known");
    Phrase phrase = read_phrase(written);
    const bool plain = phrase.whole && phrase.ends.size() == 1 && phrase.two_ways() == nullptr &&
                       !phrase.lacks_unit() && !phrase.has("month") && !phrase.has("ms");
    if (!plain && phrase.ends.size() == 2)
        return say(fmt::format("write a single time as the goal, such as `{}`", text_of(phrase.ends[1])));
    if (!plain) return time_meant(what, text);
    Meaning made = write(text_of(phrase.ends[0]));
    if (phrase.bound != Bound::none || phrase.about) made.instead.clear();
    return made;
}

Meaning share_meant(std::string_view text, bool spans) {
    const std::string written = trimmed(text);
    if (among(unknown_words, written))
        return spans ? Meaning{"write `?` if nobody knows yet", "?"}
                     : say("write a percentage such as `15%`, or omit it if it is not known");
    if (among(empty_words, written))
        return say(spans ? "write `?` if nobody knows yet, or `n/a` if it does not apply"
                         : "write a percentage such as `15%`, or omit it if it is not known");
    if (const auto changed = changed_value(written)) return *changed;
    const auto lexemes = lexemes_of(written);
    if (lexemes.size() >= 3 && lexemes.front().kind == Lexeme::Kind::number &&
        lexemes.back().kind == Lexeme::Kind::number &&
        (lexemes[1].text == "/" || lexemes[1].text == "in" || lexemes[1].text == "of" || lexemes[1].text == "out")) {
        const auto some = parse_decimal(lexemes.front().text), all = parse_decimal(lexemes.back().text);
        if (some && all && all->value() > 0 && some->value() <= all->value())
            return say(fmt::format("write `{}%`", format_number(std::round(1000 * some->value() / all->value()) / 10)));
    }
    Phrase phrase = read_phrase(written);
    if (!phrase.whole || phrase.ends.empty()) return say("write a percentage such as `85%`");
    if (phrase.two_ways() != nullptr) return in_two_ways(phrase);
    for (Sum& sum : phrase.ends) {
        if (sum.size() != 1 || (!sum[0].unit.empty() && sum[0].unit != "%"))
            return say("write a percentage such as `85%`");
        const double number = parse_decimal(sum[0].number).value_or(Decimal{}).value();
        if (sum[0].unit.empty() && number > 0 && number < 1) sum[0].number = format_number(number * 100);
    }
    const bool bare = phrase.lacks_unit();
    for (Sum& sum : phrase.ends) sum[0].unit = "%";
    if (!spans && (phrase.ends.size() == 2 || phrase.about || phrase.bound != Bound::none))
        return say(fmt::format("write one percentage, such as `{}`; guesses and ranges are not allowed here",
                               text_of(phrase.ends.back())));
    if (phrase.bound != Bound::none && phrase.ends.size() == 1) return bounded(phrase, "0%", "100%");
    Meaning made = amount_of(phrase);
    if (bare) made.instead.clear();
    return made;
}

Meaning count_meant(std::string_view what, std::string_view text) {
    const std::string written = trimmed(text);
    if (is_placeholder(written))
        return say(what == "queue" ? "write the number of items that wait, such as `12`"
                                   : fmt::format("omit `{}` if it is not known", what));
    const Phrase phrase = read_phrase(written);
    const auto lexemes = lexemes_of(written);
    const auto numbers = std::count_if(lexemes.begin(), lexemes.end(),
                                       [](const Lexeme& one) { return one.kind == Lexeme::Kind::number; });
    if (phrase.ends.empty() || phrase.has("%")) return say("write a whole number, such as `3`");
    if (phrase.two_ways() != nullptr) return in_two_ways(phrase);
    const std::string& number = phrase.ends.back().back().number;
    if (what == "queue" && !phrase.lacks_unit())
        return say(fmt::format("a queue counts items; for a time write `wait {}`", text_of(phrase.ends.back())));
    constexpr std::string_view counted = "|people|persons|person|heads|devs|developers|engineers|testers|items|item|"
                                         "tickets|ticket|cards|card|stories|story|changes|change|at|a|time|in|progress|"
                                         "waiting|wip|";
    const bool alone = std::all_of(lexemes.begin(), lexemes.end(), [&](const Lexeme& one) {
        return one.kind != Lexeme::Kind::word || among(counted, one.text) || one.text == number;
    });
    const bool plain =
        numbers == 1 && phrase.bound == Bound::none && !phrase.about && number.find('.') == std::string::npos;
    if (plain && alone) return write(number);
    if (plain)
        return say(
            fmt::format("write the number alone, such as `{}`; the other words belong in a `note` in quotes", number));
    return say(fmt::format("write one number, such as `{}`; guesses and ranges are not allowed here", number));
}

Meaning names_meant(std::string_view what, std::string_view text, bool list) {
    const auto is_name = [](std::string_view name) {
        const auto fits = [](char c) {
            return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
        };
        return !name.empty() && !is_digit(name.front()) && name.front() != '-' &&
               std::all_of(name.begin(), name.end(), fits);
    };
    const std::string written = trimmed(text);
    if (is_placeholder(written)) return say(fmt::format("omit `{}` if it is not known", what));
    std::string joined, names, spaced = written;
    bool several = false, either = false, sure = true;
    if (spaced.size() > 2 && spaced.front() == '{' && spaced.back() == '}')
        spaced = spaced.substr(1, spaced.size() - 2);
    for (const std::string_view sign : {",", "&", "+", ";", "/", "|"})
        for (std::size_t at = spaced.find(sign); at != std::string::npos; at = spaced.find(sign, at + 3))
            spaced.replace(at, 1, fmt::format(" {} ", sign));
    std::size_t words = 0, joined_since = 0;  // words since the last separator
    for (std::size_t at = 0; at < spaced.size();) {
        const std::size_t end = std::min(spaced.find(' ', at), spaced.size());
        const std::string word = spaced.substr(at, end - at);
        at = end + 1;
        if (word.empty()) continue;
        if (word == "," || word == "&" || word == "+" || word == "and" || word == "und" || word == "et" ||
            word == ";") {
            several = true;
            sure = sure && word != "&" && word != "+" && joined_since == 1;
            joined_since = 0;
        } else if (word == "/" || word == "or" || word == "oder" || word == "|") {
            several = either = true;
        } else if (is_name(word)) {
            joined += (joined.empty() ? "" : "_") + word;
            ++joined_since;
            names += (names.empty() ? "" : ", ") + word;
            ++words;
        } else {
            return say(fmt::format("a name is one word of letters, digits, `_` and `-`{}",
                                   list ? "; several of them are a list: `[dev, qa]`" : ""));
        }
    }
    if (words == 0) return say("write a name without quotes");
    if (words == 1 && !several)
        return written == joined ? say(fmt::format("names are written without quotes: `{}`", joined)) : write(joined);
    // `R&D` and `Dev Team, QA` may also be one team
    if (several && list && !either && sure && joined_since <= 1) return write(fmt::format("[{}]", names));
    if (several && list)
        return say(fmt::format("write several as a list, `[{}]`, or one as a single word: `{}`", names, joined));
    if (several) return say(fmt::format("write one name: `{}` does not take a list", what));
    return say(fmt::format("a name is one word: `{}`{}", joined,
                           list ? fmt::format("; several of them are a list: `[{}]`", names) : ""));
}

}  // namespace vsm::lower
