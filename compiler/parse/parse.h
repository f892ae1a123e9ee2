// Text to syntax tree. The only door to the parser; no ANTLR type shows through it.
#pragma once

#include "base/diagnostics.h"
#include "compiler/ast/nodes.h"
#include "compiler/parse/tokens.h"

namespace vsm::parse {

/// What one file may hold.
inline constexpr std::size_t most_bytes = 32 * 1024 * 1024;
inline constexpr std::size_t deepest_nesting = 64;
inline constexpr std::size_t longest_name = 64;

/// A map and the words it is made of, in their order: for whoever writes its text anew. Without an error the words are those of the text.
struct Reading {
    ast::File file;
    std::vector<Token> words;
};
Reading read(const SourceFile& source, Diagnostics& diagnostics);

/// Reads a map. Always gives a tree; what could not be read is reported and left out or a hole.
ast::File parse(const SourceFile& source, Diagnostics& diagnostics);

}  // namespace vsm::parse
