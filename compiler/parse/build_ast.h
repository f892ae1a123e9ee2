// From the parser's tree to ours. Private to compiler/parse; names no ANTLR header.
#pragma once

#include "base/diagnostics.h"
#include "compiler/ast/nodes.h"
#include "compiler/parse/recovery.h"

namespace vsm::parse {

/// `tree` is the grammar's rule `file`. Reports names and escapes that cannot be.
ast::Block build_ast(const antlr4::ParserRuleContext& tree, const TokenEditor& tokens, const ParseOutcome& outcome, const SourceFile& source,
                     Diagnostics& diagnostics);

}  // namespace vsm::parse
