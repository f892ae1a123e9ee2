// Whether a map that can be read as it stands says what its author most likely meant. Private to compiler/parse.
#pragma once

#include "compiler/ast/nodes.h"
#include "compiler/parse/tokens.h"

namespace vsm::parse {

/// What the grammar takes, though hardly anybody means it: properties behind a step, team or kaizen without a block, which are the step's in
/// other languages and those of the block around it here; `wait every 2w`; `parallel: true`; a file of properties.
bool looks_like_a_habit(const ast::File& file);

/// What shows that without reading it: a character that the language does not have, a step with a colon behind its name, or with properties and
/// no brace between.
bool looks_like_a_habit(const std::vector<Token>& tokens);

}  // namespace vsm::parse
