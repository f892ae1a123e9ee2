// Amounts as people write them elsewhere: `2-3 weeks`, `about 85 %`, `1½h`, `max. 2 Tage`. Reads words only; what to write instead is said
// in compiler/lower/meanings.h. Private to compiler/lower.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vsm::lower {

struct Lexeme {
    enum class Kind { number, word, sign };
    Kind kind = Kind::word;
    std::string text;  ///< in lower case; signs as a keyboard has them: `-` for every dash, `..` for every ellipsis
};
std::vector<Lexeme> lexemes_of(std::string_view text);

/// A number with its unit.
struct Part {
    std::string number;     ///< with a decimal point
    std::string other;      ///< what else it can be: `1.200` may be 1.2 or 1200, `1/2` may be a half or one to two
    std::string_view unit;  ///< as base/unit_words.h names it; empty: none was written
    std::string text() const { return number + std::string(unit); }
};

/// Parts that add up: `1h30min`.
using Sum = std::vector<Part>;
std::string text_of(const Sum& sum);
/// In seconds on the default calendar, to compare two of them; percents as they are.
double size_of(const Sum& sum);

struct Phrase {
    enum class Bound { none, at_most, at_least };
    std::vector<Sum> ends;  ///< one, or the two of a range
    Bound bound = Bound::none;
    bool about = false;
    bool every = false;         ///< `every 2w`
    bool whole = true;          ///< every word of it was understood
    bool adds_up = true;        ///< no two times stand beside one another
    bool working = false;       ///< `5 working days`
    bool loses_words = false;   ///< as a value it says less: `1d or 3d`, `average 3d`, `3d max 5d`
    bool unit_guessed = false;  ///< of a range whose second end has none
    bool has(std::string_view unit) const;
    bool lacks_unit() const;
    /// The part that can be read in two ways; null when there is none.
    const Part* two_ways() const;
};
Phrase read_phrase(std::string_view text);

/// Without the blanks and quotes around it.
std::string trimmed(std::string_view text);

/// `1200` for `1.200`, whose point may part the thousands: no fraction is written with a zero at its end. Empty for any other number.
std::string as_thousands(std::string_view number);

}  // namespace vsm::lower
