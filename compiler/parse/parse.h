// Parses text to an abstract syntax tree. The only interface to the parser; exposes no ANTLR type.
#pragma once

#include "base/diagnostics/diagnostics.h"
#include "compiler/ast/nodes.h"
#include "compiler/parse/tokens/tokens.h"

namespace vsm::parse {

/// Limits for one file.
inline constexpr std::size_t most_bytes = 32 * 1024 * 1024;
inline constexpr std::size_t deepest_nesting = 64;
inline constexpr std::size_t longest_name = 64;

/// A map and its tokens, in order, for rewriting its text. Without errors the tokens are those of the text.
struct Reading {
    ast::File file;
    std::vector<Token> words;
};
Reading read(const SourceFile& source, Diagnostics& diagnostics);

/// Parses a map. Always returns a tree; reports what cannot be parsed, and omits it or leaves a hole.
ast::File parse(const SourceFile& source, Diagnostics& diagnostics);

}  // namespace vsm::parse
