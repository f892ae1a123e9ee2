// Writes short maps for tests: with a marked place, or with a part that repeats.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace vsm::tests {

/// A text and the bytes between its marks.
struct Marked {
    std::string text;
    std::uint32_t begin = 0, end = 0;
};

/// Takes `<<` and `>>` out of a text: `process: <<2h>>`.
inline Marked marked(std::string_view written) {
    const std::size_t opening = written.find("<<"), closing = written.find(">>");
    REQUIRE(opening != std::string_view::npos);
    REQUIRE(closing != std::string_view::npos);
    Marked made{std::string(written), static_cast<std::uint32_t>(opening), static_cast<std::uint32_t>(closing - 2)};
    made.text.erase(closing, 2).erase(opening, 2);
    return made;
}

/// Puts a text in place of each mark.
inline std::string replaced(std::string_view written, char mark, std::string_view instead) {
    std::string made;
    for (const char c : written)
        if (c == mark) {
            made += instead;
        } else {
            made += c;
        }
    return made;
}

}  // namespace vsm::tests
