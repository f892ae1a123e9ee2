// Text as bytes, characters and terminal columns. Does not depend on maps.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vsm {

/// A decoded character and its length in bytes (1 to 4).
struct Decoded {
    char32_t character = 0;
    std::uint32_t length = 1;
};

/// Decodes the UTF-8 character at `at`; nothing if the bytes there are not well-formed UTF-8 (overlong forms,
/// surrogates and values above U+10FFFF are not).
std::optional<Decoded> decode_utf8(std::string_view text, std::size_t at);

/// The offset of the first byte that is not UTF-8; nothing if there is none.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

void append_utf8(std::string& text, char32_t character);

/// Whether a character is invisible or reorders visible text: controls other than tab and line ends, bidirectional
/// controls, zero-width and tag characters, line and paragraph separators.
bool is_invisible(char32_t character);

/// The text with every invisible character and line end written as \u{…}, and every byte that is not UTF-8 as \x{…}.
std::string printable(std::string_view text);

/// printable(), safe in logs: escapes what GitHub's runner takes for a command, `##[word` anywhere in a line and
/// `::word` at its beginning.
std::string log_text(std::string_view text);

/// Width in terminal columns: combining marks take none, wide East Asian characters and emoji two.
std::size_t display_width(std::string_view text);

/// The end of the user-perceived character that begins at `at`, with its combining marks and joined emoji. At most 64
/// bytes.
std::size_t character_end(std::string_view text, std::size_t at);

/// The text cut to at most `most` user-perceived characters, the last of them `…` if any text was cut.
std::string shortened(std::string_view text, std::size_t most);

/// The message with each part in back quotes cut to `most_quoted` characters, other parts to 300 and the whole to 2000.
std::string with_short_quotes(std::string message);
inline constexpr std::size_t most_quoted = 60;

/// The candidate nearest to `word` (ignoring case), at most `most` edits away (0: a limit that depends on the word's
/// length); ties go to the first.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates,
                                        std::size_t most = 0);

/// Whether one typing slip turns `meant` into the word, and no other candidate is one edit away. Slips are: two
/// neighbours swapped in a word of three letters or more, a letter too many or too few in a word of four or more, a
/// wrong letter inside a word of six or more. Certain enough to write `meant` instead, which `nearest` alone is not:
/// `automated` is near `estimated`, and `load` is near `lead`.
bool is_misspelling(std::string_view word, std::string_view meant, std::span<const std::string_view> candidates);

/// Converts ASCII letters to lower case; keeps other bytes.
std::string lower_case(std::string_view text);

}  // namespace vsm
