// Parses amounts in everyday language: `2-3 weeks`, `about 85 %`, `1½h`, `max. 2 Tage`.
// compiler/lower/meanings/meanings.h decides what to suggest for them. Private to compiler/lower.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vsm::lower {

struct Lexeme {
    enum class Kind { number, word, sign };
    Kind kind = Kind::word;
    std::string text;  ///< in lower case; signs in ASCII: `-` for every dash, `..` for every ellipsis
};
std::vector<Lexeme> lexemes_of(std::string_view text);

/// A number with its unit.
struct Part {
    std::string number;     ///< with a decimal point
    std::string other;      ///< second reading: `1.200` may be 1.2 or 1200, `1/2` may be a half or one to two
    std::string_view unit;  ///< as in base/unit_words.h; empty if not written
    std::string text() const { return number + std::string(unit); }
};

/// Parts that add up: `1h30min`.
using Sum = std::vector<Part>;
std::string text_of(const Sum& sum);
/// In seconds on the default calendar, to compare sums; percentages as they are.
double size_of(const Sum& sum);

struct Phrase {
    enum class Bound { none, at_most, at_least };
    std::vector<Sum> ends;  ///< one, or two for a range
    Bound bound = Bound::none;
    bool about = false;
    bool every = false;         ///< `every 2w`
    bool whole = true;          ///< every word was understood
    bool adds_up = true;        ///< the amounts form one sum or range
    bool working = false;       ///< `5 working days`
    bool loses_words = false;   ///< a value would mean less: `1d or 3d`, `average 3d`, `3d max 5d`
    bool unit_guessed = false;  ///< the second end of a range had no unit
    bool has(std::string_view unit) const;
    bool lacks_unit() const;
    /// The part with two readings; null if there is none.
    const Part* two_ways() const;
};
Phrase read_phrase(std::string_view text);

/// The text without surrounding blanks and quotes.
std::string trimmed(std::string_view text);

/// `1200` for `1.200`, whose point may separate thousands, because no fraction is written with a trailing zero. Empty
/// for any other number.
std::string as_thousands(std::string_view number);

}  // namespace vsm::lower
