// Builds words, titles and values from the parser's contexts. Private to compiler/parse/antlr.
#pragma once

#include <VsmParser.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostics/diagnostics.h"
#include "compiler/ast/nodes.h"
#include "compiler/parse/antlr/recovery.h"
#include "compiler/parse/tokens/tokens.h"

namespace vsm::parse {

using grammar::VsmParser;

class ValueBuilder {
protected:
    ValueBuilder(const TokenEditor& tokens, const ParseOutcome& outcome, const SourceFile& source,
                 Diagnostics& diagnostics)
        : tokens_(tokens), outcome_(outcome), source_(source), diagnostics_(diagnostics) {}

    const Token& token(const antlr4::Token* found) const { return tokens_.at(found->getTokenIndex()); }
    SourceRange range(const antlr4::Token* found) const;
    SourceRange range(const antlr4::ParserRuleContext& context) const;
    std::string_view text(const antlr4::Token* found) const { return source_.text(range(found)); }
    bool damaged(const antlr4::ParserRuleContext& context) const { return outcome_.damaged.contains(&context); }
    bool repaired(const antlr4::ParserRuleContext& context) const;
    /// `property`: property lookup rejects invalid names, so only the user's own `x_…` are checked here.
    ast::Word word(const antlr4::Token* found, bool property = false);
    ast::Word word(const VsmParser::WordContext* context);
    ast::Word property_name(const antlr4::Token* found);
    bool without_colon(const VsmParser::PropertyContext& context) const;
    std::optional<ast::Word> optional_word(const VsmParser::WordContext* context);
    ast::Text title(const antlr4::Token* found);
    ast::Amount amount(const VsmParser::AmountContext* context);
    ast::Amount amount(const antlr4::Token* found);
    ast::SpanValue span(const VsmParser::SpanContext& context);
    ast::RateValue rate(const VsmParser::RateContext& context);
    ast::DistributionValue distribution(const VsmParser::DistributionContext& context);
    /// Sets the range and the repaired mark; a part that could not be parsed makes the value a hole.
    template <class Context>
    ast::Value finish(const Context& context, ast::Value made) {
        made.range = range(context);
        made.repaired = repaired(context);
        if (damaged(context)) made.what = ast::Hole{};
        return made;
    }
    ast::Value duration(const VsmParser::DurationContext* context);
    ast::Value figure(const VsmParser::FigureContext* context);
    ast::Value value(const VsmParser::ValueContext* context);
    ast::ListValue list(const VsmParser::ListContext& context);

    const TokenEditor& tokens_;
    const ParseOutcome& outcome_;
    const SourceFile& source_;
    Diagnostics& diagnostics_;
};

}  // namespace vsm::parse
