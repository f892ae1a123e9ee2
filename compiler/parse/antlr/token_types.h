// The types of tokens in the grammar, some of which depend on the neighbours of a token. Private to compiler/parse;
// includes no ANTLR header.
#pragma once

#include <array>
#include <cstddef>

#include "compiler/parse/tokens/tokens.h"

namespace vsm::parse {

/// A token and its neighbours; beyond the tokens, the end of the file.
struct Neighbourhood {
    TokenKind second_before, before, own, next;
};
/// The tokens before and after an edited one whose types it may change.
inline constexpr std::size_t types_before = 1, types_after = 2;

/// The type of a token for the parser: with it, the next token decides everything (grammar/Vsm.g4).
std::size_t type_of(const Neighbourhood& token);

/// The kind of the tokens of a type: `name` for PROPERTY_NAME.
TokenKind kind_of_type(std::size_t type);

}  // namespace vsm::parse
