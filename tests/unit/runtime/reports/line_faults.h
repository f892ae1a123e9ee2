// Faults of a line of a report: an empty name, a change that is none, a sentence that contradicts its figures.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace vsm::tests {

// ---- faults of a line ----

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `-0`, `+0.0 points`, `-0s`: a signed zero.
inline bool has_signed_zero(std::string_view line) {
    for (std::size_t at = 0; at + 1 < line.size(); ++at) {
        if ((line[at] != '-' && line[at] != '+') || line[at + 1] != '0') continue;
        if (at > 0 && std::string_view(" (|;,").find(line[at - 1]) == std::string_view::npos) continue;
        std::size_t end = at + 1;
        while (end < line.size() && (line[end] == '0' || line[end] == '.')) ++end;
        if (end == line.size() || !is_digit(line[end])) return true;
    }
    return false;
}

/// `0.0% more`, `-65.0% more`.
inline bool has_empty_more(std::string_view line) {
    for (std::size_t at = line.find("% more"); at != std::string_view::npos; at = line.find("% more", at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && (is_digit(line[begin - 1]) || line[begin - 1] == '.')) --begin;
        if (begin > 0 && line[begin - 1] == '-') return true;
        if (line.substr(begin, at - begin).find_first_of("123456789") == std::string_view::npos) return true;
    }
    return false;
}

inline constexpr std::string_view arrow = " → ";

/// `5d6h → 5d6h`.
inline bool has_same_twice(std::string_view line) {
    for (std::size_t at = line.find(arrow); at != std::string_view::npos; at = line.find(arrow, at + 1)) {
        const std::size_t from = line.rfind(' ', at - 1), begin = from == std::string_view::npos ? 0 : from + 1;
        const std::string_view before = line.substr(begin, at - begin), rest = line.substr(at + arrow.size());
        std::string_view after = rest.substr(0, std::min(rest.find(' '), rest.size()));
        while (!after.empty() && std::string_view(".,;:)").find(after.back()) != std::string_view::npos)
            after.remove_suffix(1);
        // `step, 2 → step`: longer values that end in the same word
        const bool whole = begin < 2 || std::string_view(":,|").find(line[begin - 2]) != std::string_view::npos ||
                           is_digit(before.front());
        if (before == after && whole) return true;
    }
    return false;
}

inline std::string_view fault_of(std::string_view line) {
    for (const std::string_view empty : {"(was )", "``", "<code></code>", "unknown → unknown", " ()", ": .", "(, ",
                                         "; )", " with .", " nan", " inf", "-nan", "-inf"})
        if (line.find(empty) != std::string_view::npos && line.find("```") == std::string_view::npos) return empty;
    if (line.ends_with(": ") && line.find("```") == std::string_view::npos) return "ends with nothing";
    if (has_signed_zero(line)) return "a sign before nothing";
    if (has_empty_more(line)) return "no more, or less, as more";
    if (has_same_twice(line)) return "a change to the same";
    return "";
}

// ---- contradictions between a sentence and its figures ----

/// A printed time in seconds of a calendar; empty for other texts.
inline std::optional<double> seconds_in(std::string_view text, double hours_per_day) {
    double sum = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t end = at;
        while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
        if (end == at || !is_digit(text[at])) return std::nullopt;
        const double number = std::stod(std::string(text.substr(at, end - at)));
        const std::string_view rest = text.substr(end);
        const bool minutes = rest.starts_with("min");
        if (rest.empty() || std::string_view("dhms").find(rest.front()) == std::string_view::npos ||
            (rest.front() == 'm' && !minutes))
            return std::nullopt;
        sum += number * (rest.front() == 'd' ? hours_per_day * 3600 : rest.front() == 'h' ? 3600 : minutes ? 60 : 1);
        at = end + (minutes ? 3 : 1);
    }
    return at == 0 ? std::nullopt : std::optional(sum);
}

/// A printed time or share.
inline std::optional<double> number_in(std::string_view text, double hours_per_day) {
    if (text.ends_with('%') && is_digit(text.front()) &&
        text.find_first_not_of("0123456789.%") == std::string_view::npos)
        return std::stod(std::string(text.substr(0, text.size() - 1))) / 100;
    return seconds_in(text, hours_per_day);
}

inline std::string_view word_behind(std::string_view line, std::string_view before, std::size_t from = 0) {
    const std::size_t at = line.find(before, from);
    if (at == std::string_view::npos) return "";
    std::string_view rest = line.substr(at + before.size());
    rest = rest.substr(0, std::min(rest.find_first_of(" ,;)"), rest.size()));
    while (rest.ends_with('.')) rest.remove_suffix(1);
    return rest;
}

inline bool satisfies(double figure, std::string_view relation, double bound) {
    if (relation == "at most") return figure <= bound;
    if (relation == "at least") return figure >= bound;
    return relation == "below" ? figure < bound : figure > bound;
}

/// `not met: …; now 50d1h; 100% of the way from 100d`, `now 99d7h; 0% of the way from 100d`.
inline bool contradicts_progress(std::string_view line) {
    if (line.find("not met") == std::string_view::npos) return false;
    return line.find(" 100% of the way") != std::string_view::npos ||
           (line.find(" 0% of the way") != std::string_view::npos &&
            word_behind(line, "; now ") != word_behind(line, " of the way from "));
}

/// `not met: lead time at most 3d by 2027-03-31; now 8d4h, `spring` 2d4h`.
inline bool contradicts_verdict(std::string_view line, double hours_per_day) {
    for (const std::string_view relation : {"at most", "at least", "below", "above"}) {
        const std::size_t at = line.find(fmt::format(" {} ", relation));
        if (at == std::string_view::npos) continue;
        std::string_view written = word_behind(line, fmt::format(" {} ", relation));
        if (line.find(" of now (") != std::string_view::npos) written = word_behind(line, " of now (");
        const auto bound = number_in(written, hours_per_day);
        const std::size_t end = line.find("; ", at);
        if (contradicts_progress(line)) return true;
        const bool own = end != std::string_view::npos && !line.substr(end).starts_with("; now ");
        const auto now = number_in(own ? word_behind(line, "; ", end) : word_behind(line, "; now ", at), hours_per_day);
        if (!bound || !now) return false;
        const bool reached = satisfies(*now, relation, *bound);
        std::string verdict(line.substr(0, line.find(": ")));
        std::erase(verdict, '*');
        if (verdict.starts_with("Target ")) verdict.erase(0, 7);
        if (verdict == "met" || verdict.find(" meets ") != std::string::npos) return !reached;
        return !own && reached &&
               (verdict == "not met" || verdict == "met by future" || verdict == "met too late" ||
                verdict.find(" misses ") != std::string::npos);
    }
    return false;
}

/// `S gets 3d faster: 6d4h → 3d4h working time.`
inline bool contradicts_speed(std::string_view news) {
    if (news.find(" then ") != std::string_view::npos || news.find(" as drawn, but") != std::string_view::npos ||
        news.find("but ") != std::string_view::npos)
        return false;
    const bool faster = news.find(" faster: ") != std::string_view::npos,
               slower = news.find(" slower: ") != std::string_view::npos;
    if (!faster && !slower) return false;
    const auto from = seconds_in(word_behind(news, faster ? " faster: " : " slower: "), 8),
               to = seconds_in(word_behind(news, arrow), 8);
    return !from || !to || *from == *to || (*to < *from) != faster;
}

/// `2d4h to 2d5h` at the end of a line of figures: whether the range is inverted or empty.
inline bool is_inverted(std::string_view line) {
    const std::size_t at = line.find(" to ");
    if (at == std::string_view::npos || at == 0) return false;
    const std::size_t begin = line.rfind(' ', at - 1);
    const auto from = number_in(line.substr(begin == std::string_view::npos ? 0 : begin + 1, at - begin - 1), 8),
               to = number_in(word_behind(line, " to ", at - 1), 8);
    return from && to && *from >= *to;
}

inline bool overstates(std::string_view line) {
    const std::size_t at = line.find("ost of the time goes to ");
    if (at == std::string_view::npos) return false;
    const std::size_t end = line.find('%', at);
    if (end == std::string_view::npos) return true;
    const std::size_t begin = line.rfind(' ', end) + 1;
    return std::stod(std::string(line.substr(begin, end - begin))) < 25;
}

}  // namespace vsm::tests
