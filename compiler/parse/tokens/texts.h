// Repairs texts with wrong, missing or extra quotes. Private to compiler/parse.
#pragma once

#include "base/diagnostics/diagnostics.h"
#include "base/source.h"

namespace vsm::parse {

/// The end of a text in other quotes that begins here, after its closing quote on the same line; 0 if there is none.
std::uint32_t end_of_odd_quotes(std::string_view text, std::uint32_t begin);
void report_odd_quotes(const SourceFile& source, SourceRange range, Diagnostics& diagnostics);

/// The range between the quotes of a text, of any kind and even if one is missing; empty if there is nothing between.
SourceRange inside_quotes(const SourceFile& source, SourceRange range);

/// Reports a text that is not closed on its line: it continues on the next line, or was meant to end earlier. Returns
/// its end. `text`: the file's text without invisible characters.
std::uint32_t report_unclosed(const SourceFile& source, std::string_view text, SourceRange range,
                              Diagnostics& diagnostics);

/// `"Deploy "now""`: a word right after the closing quote of a text, and another quote that ends on the line. Returns
/// the end of it all, or 0.
std::uint32_t end_of_inner_quotes(std::string_view text, std::uint32_t end);
/// `first`: position of the first quote that closes nothing.
void report_inner_quotes(const SourceFile& source, SourceRange range, std::uint32_t first, Diagnostics& diagnostics);

}  // namespace vsm::parse
