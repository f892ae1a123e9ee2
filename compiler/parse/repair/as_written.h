// Tells whether a valid map is what its author most likely meant. Private to compiler/parse.
#pragma once

#include "compiler/ast/nodes.h"
#include "compiler/parse/tokens/tokens.h"

namespace vsm::parse {

/// Whether a map is valid but has a form that is hardly ever intended: properties after a step, team or kaizen without
/// a block, which belong to the step in other languages but to the enclosing block here; `wait every 2w`; `parallel:
/// true`; a file of properties.
bool looks_foreign(const ast::File& file);

/// The same from tokens only: a character that the language does not have, a step with a colon after its name, or with
/// properties but no brace between.
bool looks_foreign(const std::vector<Token>& tokens);

}  // namespace vsm::parse
