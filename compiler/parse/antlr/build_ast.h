// Converts the parse tree to the abstract syntax tree. Private to compiler/parse; includes no ANTLR header.
#pragma once

#include "base/diagnostics/diagnostics.h"
#include "compiler/ast/nodes.h"
#include "compiler/parse/antlr/recovery.h"

namespace vsm::parse {

/// `tree` is the grammar's rule `file`. Reports invalid names and escapes.
ast::Block build_ast(const antlr4::ParserRuleContext& tree, const TokenEditor& tokens, const ParseOutcome& outcome,
                     const SourceFile& source, Diagnostics& diagnostics);

}  // namespace vsm::parse
