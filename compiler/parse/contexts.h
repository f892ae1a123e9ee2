// Where in a file the parser is, and what it wants there, told from its contexts. Private to compiler/parse; reports and mends nothing.
#pragma once

#include <string>

#include "compiler/parse/guess.h"

namespace antlr4 {
class Parser;
class RuleContext;
}  // namespace antlr4

namespace vsm::parse {

antlr4::RuleContext* parent(const antlr4::RuleContext* context);

/// A block or the file itself: what holds items.
bool is_loop_rule(const antlr4::RuleContext* context);

/// Whether it stands in a block, and not in the file itself.
bool in_block(const antlr4::RuleContext* context);

/// Whether goals may stand here: in a stream or a future, not in what these hold.
bool holds_goals(const antlr4::RuleContext* context);

/// What may stand here, going by what holds it.
ItemPlace place_of(const antlr4::RuleContext* context);

/// The position of the token with which the item began that is being read; between items, of the one here.
std::size_t item_start(antlr4::Parser& parser);

/// What the parser wants here, for a message: `a time such as `1d` after `wait``.
std::string expected_words(antlr4::Parser& parser, const TokenEditor& tokens, const SourceFile& source);

}  // namespace vsm::parse
