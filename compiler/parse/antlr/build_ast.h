// Converts the parse tree to the abstract syntax tree. Private to compiler/parse; includes no ANTLR header.
#pragma once

#include "base/diagnostics/diagnostics.h"
#include "compiler/ast/nodes.h"
#include "compiler/parse/antlr/recovery.h"

namespace vsm::grammar {
class VsmParser;
}

namespace vsm::parse {

/// Parses a file and builds each item as soon as it is complete, so that its contexts can be dropped. For a parser that
/// stops at the first error.
ast::Block build_while_parsing(grammar::VsmParser& parser, const TokenEditor& tokens, const SourceFile& source,
                               Diagnostics& diagnostics);

/// Builds the tree of a parsed file. `tree` is the grammar's rule `file`. Reports invalid names and escapes.
ast::Block build_ast(const antlr4::ParserRuleContext& tree, const TokenEditor& tokens, const ParseOutcome& outcome,
                     const SourceFile& source, Diagnostics& diagnostics);

}  // namespace vsm::parse
