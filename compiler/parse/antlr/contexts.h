// Derives the parser's position in a file and its expectations from its contexts. Private to compiler/parse; reports
// and repairs nothing.
#pragma once

#include <string>

#include "compiler/parse/repair/broken_item.h"

namespace antlr4 {
class Parser;
class RuleContext;
}  // namespace antlr4

namespace vsm::parse {

antlr4::RuleContext* parent(const antlr4::RuleContext* context);

/// Whether a context is a block or the file itself, which contain items.
bool is_loop_rule(const antlr4::RuleContext* context);

/// Whether a context is in a block, and not directly in the file.
bool in_block(const antlr4::RuleContext* context);

/// Whether goals are allowed: directly in a stream or a future.
bool holds_goals(const antlr4::RuleContext* context);

/// What is allowed in a context, judged by its parents.
ItemPlace place_of(const antlr4::RuleContext* context);

/// The position of the first token of the current item; between items, that of the current token.
std::size_t item_start(antlr4::Parser& parser);

/// What the parser expects here, for a message: `a time such as `1d` after `wait``.
std::string expected_words(antlr4::Parser& parser, const TokenEditor& tokens, const SourceFile& source);

}  // namespace vsm::parse
