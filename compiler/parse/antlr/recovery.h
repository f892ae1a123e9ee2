// Error recovery: reports a statement that cannot be parsed once, in the language's terms, then repairs it and retries,
// or continues after it.
// Private to compiler/parse; includes no ANTLR header.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <vector>

#include "compiler/parse/tokens/token_editor.h"

namespace antlr4 {
class ANTLRErrorStrategy;
class ParserRuleContext;
}  // namespace antlr4

namespace vsm::parse {

/// Errors while the parse tree was built, for the code that converts it.
struct ParseOutcome {
    std::set<const antlr4::ParserRuleContext*> abandoned;  ///< items that were parsed again after a repair
    std::set<const antlr4::ParserRuleContext*> damaged;    ///< blocks and statements with a missing part
};

std::shared_ptr<antlr4::ANTLRErrorStrategy> make_recovery(TokenEditor& tokens, const SourceFile& source,
                                                          Diagnostics& diagnostics, ParseOutcome& outcome);

}  // namespace vsm::parse
