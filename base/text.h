// Text as bytes, characters and columns on a screen. Knows nothing of maps.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vsm {

/// One decoded character and how many bytes it took (1 to 4).
struct Decoded {
    char32_t character = 0;
    std::uint32_t length = 1;
};

/// Decodes the UTF-8 character at `at`; nothing when the bytes there are no well-formed UTF-8
/// (overlong forms, surrogates and values above U+10FFFF are not).
std::optional<Decoded> decode_utf8(std::string_view text, std::size_t at);

/// The offset of the first byte that is not UTF-8; nothing when all is well.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

void append_utf8(std::string& text, char32_t character);

/// Characters that a reader cannot see or that reorder what is seen: controls other than tab and line
/// ends, bidirectional controls, zero-width and tag characters, line and paragraph separators.
bool is_invisible(char32_t character);

/// The text with every invisible or control character, and every byte that is not UTF-8, written as \u{…}.
std::string printable(std::string_view text);

/// printable(), and no runner that reads a log takes any of it for a command: GitHub's looks for `##[word` anywhere in a line, and for `::word` at its
/// beginning.
std::string log_text(std::string_view text);

/// Columns the text takes on a terminal; combining marks none, wide East Asian characters and emoji two.
std::size_t display_width(std::string_view text);

/// Where the character ends that begins at `at`, as people count them: with its combining marks, its joined emoji. At most 64 bytes of them.
std::size_t character_end(std::string_view text, std::size_t at);

/// A text in at most `most` characters, as people count them: of a longer one the beginning, and `…`.
std::string shortened(std::string_view text, std::size_t most);

/// A message with what stands in back quotes cut to `most_quoted` characters, and with no more words around them than anybody reads.
std::string with_short_quotes(std::string message);
inline constexpr std::size_t most_quoted = 60;

/// The candidate nearest to `word` (case ignored) if it is near enough to be what was meant, at most `most` edits away (0: as many as suit
/// the word's length); ties go to the first.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates, std::size_t most = 0);

/// Whether a word is `meant` with one slip of the keyboard, and none of the other candidates with one: two neighbours changed places, a letter
/// too many or too few in a word of four or more, another letter inside one of six or more. Sure enough to write `meant` in its place, which
/// `nearest` alone is not: `automated` is near to `estimated`, and `load` to `lead`.
bool is_misspelling(std::string_view word, std::string_view meant, std::span<const std::string_view> candidates);

/// ASCII lower case; other bytes stay.
std::string lower_case(std::string_view text);

}  // namespace vsm
