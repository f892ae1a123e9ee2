// Texts whose quotes are not what they should be: other ones, too few, too many. Private to compiler/parse.
#pragma once

#include "base/diagnostics.h"
#include "base/source.h"

namespace vsm::parse {

/// Where a text in quotes of another kind ends, behind its closing one on the same line; 0 when none begins here.
std::uint32_t end_of_odd_quotes(std::string_view text, std::uint32_t begin);
void report_odd_quotes(const SourceFile& source, SourceRange range, Diagnostics& diagnostics);

/// What stands between the quotes of a text, whatever they are and if one is missing; empty where nothing does.
SourceRange inside_quotes(const SourceFile& source, SourceRange range);

/// Reports a text that its line does not close: it goes on in the next line, or was meant to end before what it has swallowed.
/// Gives where it ends. `text`: the file's, without what cannot be seen.
std::uint32_t report_unclosed(const SourceFile& source, std::string_view text, SourceRange range,
                              Diagnostics& diagnostics);

/// `"Deploy "now""`: a word right behind the quote that closes a text, and another one that ends on the line. Gives where all of it ends, or 0.
std::uint32_t end_of_inner_quotes(std::string_view text, std::uint32_t end);
/// `first`: where the first quote stands that closes nothing.
void report_inner_quotes(const SourceFile& source, SourceRange range, std::uint32_t first, Diagnostics& diagnostics);

}  // namespace vsm::parse
