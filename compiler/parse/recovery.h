// What the parser does when a statement cannot be read: one report in the language's words, then mend and try again, or go on after it.
// Private to compiler/parse; names no ANTLR header.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <vector>

#include "compiler/parse/tokens.h"

namespace antlr4 {
class ANTLRErrorStrategy;
class ParserRuleContext;
}  // namespace antlr4

namespace vsm::parse {

/// The tokens under the parser's hands. The last is the end of the file, and at() gives it for every position beyond; positions count tokens.
class TokenEditor {
public:
    virtual ~TokenEditor() = default;
    virtual const Token& at(std::size_t position) const = 0;
    virtual std::size_t count() const = 0;
    virtual void put_in(std::size_t position, TokenKind kind) = 0;
    virtual void take_out(std::size_t position) = 0;
    virtual void retype(std::size_t position, TokenKind kind) = 0;
};

/// What went wrong while the tree was made, for whoever reads the tree.
struct ParseOutcome {
    std::set<const antlr4::ParserRuleContext*> abandoned;  ///< items that were read again after a repair
    std::set<const antlr4::ParserRuleContext*> damaged;    ///< blocks and statements of which a part is missing
    bool gave_up = false;
};

std::shared_ptr<antlr4::ANTLRErrorStrategy> make_recovery(TokenEditor& tokens, const SourceFile& source, Diagnostics& diagnostics,
                                                          ParseOutcome& outcome);

}  // namespace vsm::parse
