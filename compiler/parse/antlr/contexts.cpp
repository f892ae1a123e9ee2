#include "compiler/parse/antlr/contexts.h"

#include <VsmParser.h>

#include "compiler/parse/antlr/token_types.h"

namespace vsm::parse {
namespace {

using antlr4::ParserRuleContext;
using grammar::VsmParser;

/// The block or file that contains an item; null above the file.
const antlr4::RuleContext* loop_around(const antlr4::RuleContext* context) {
    while (context != nullptr && !is_loop_rule(context)) context = parent(context);
    return context;
}

std::vector<TokenKind> kinds_of(const antlr4::misc::IntervalSet& types) {
    std::vector<TokenKind> kinds;
    for (const ssize_t type : types.toList())
        if (type > 0) kinds.push_back(kind_of_type(static_cast<std::size_t>(type)));
    return kinds;
}

std::string wanted_value(const antlr4::RuleContext* context, const TokenEditor& tokens, const SourceFile& source) {
    for (const antlr4::RuleContext* up = context; up != nullptr; up = parent(up)) {
        if (up->getRuleIndex() == VsmParser::RuleWait) return "a time such as `1d` after `wait`";
        if (up->getRuleIndex() == VsmParser::RuleQueue) return "a number of items after `queue`";
        if (up->getRuleIndex() != VsmParser::RuleProperty) continue;
        const Token& name = tokens.at(static_cast<const ParserRuleContext*>(up)->start->getTokenIndex());
        return fmt::format("a value after `{}:`", source.text({source.id(), name.begin, name.end}));
    }
    return "a value";
}

}  // namespace

antlr4::RuleContext* parent(const antlr4::RuleContext* context) {
    return static_cast<antlr4::RuleContext*>(context->parent);
}

bool is_loop_rule(const antlr4::RuleContext* context) {
    return context->getRuleIndex() == VsmParser::RuleBlock || context->getRuleIndex() == VsmParser::RuleFile;
}

bool in_block(const antlr4::RuleContext* context) {
    const antlr4::RuleContext* loop = loop_around(context);
    return loop != nullptr && loop->getRuleIndex() == VsmParser::RuleBlock;
}

bool holds_goals(const antlr4::RuleContext* context) {
    const antlr4::RuleContext* loop = loop_around(context);
    const antlr4::RuleContext* owner = loop == nullptr ? nullptr : parent(loop);
    return owner != nullptr &&
           (owner->getRuleIndex() == VsmParser::RuleStream || owner->getRuleIndex() == VsmParser::RuleFuture);
}

ItemPlace place_of(const antlr4::RuleContext* context) {
    ItemPlace place;
    for (const antlr4::RuleContext* up = context; up != nullptr; up = parent(up)) {
        switch (up->getRuleIndex()) {
            case VsmParser::RuleChoose: place.wants = TokenKind::branch; return place;
            case VsmParser::RuleFuture:
            case VsmParser::RuleKaizen: place.wants = TokenKind::change; return place;
            case VsmParser::RuleParallel: place.directly_in_parallel = true; [[fallthrough]];
            case VsmParser::RuleAdd:
            case VsmParser::RuleReplace:
            case VsmParser::RuleStream:
            case VsmParser::RuleStage:
            case VsmParser::RuleBranch: place.wants = TokenKind::step; return place;
            default: break;
        }
    }
    return place;
}

std::size_t item_start(antlr4::Parser& parser) {
    std::size_t start = parser.getTokenStream()->index();
    for (antlr4::RuleContext* up = parser.getContext(); up != nullptr && !is_loop_rule(up); up = parent(up))
        start = static_cast<ParserRuleContext*>(up)->start->getTokenIndex();
    return start;
}

std::string expected_words(antlr4::Parser& parser, const TokenEditor& tokens, const SourceFile& source) {
    const ParserRuleContext* context = parser.getContext();
    switch (context->getRuleIndex()) {
        case VsmParser::RuleWord: return "a name";
        case VsmParser::RuleMetric: return "a figure such as `lead_time`";
        case VsmParser::RuleRelation: return "`<=`, `>=`, `<`, `>` or `=`";
        case VsmParser::RuleFigure: return "a value such as `3d` or `60%`";
        case VsmParser::RuleValue:
        case VsmParser::RuleSpan:
        case VsmParser::RuleAmount:
        case VsmParser::RuleDuration: return wanted_value(context, tokens, source);
        case VsmParser::RuleDistribution:
        case VsmParser::RuleArgument: return "a time such as `6h` or `p85 1d`";
        case VsmParser::RuleWait: return "a time such as `1d` after `wait`";
        case VsmParser::RuleQueue: return "a number of items after `queue`";
        default: return words_for(kinds_of(parser.getExpectedTokens()));
    }
}

}  // namespace vsm::parse
