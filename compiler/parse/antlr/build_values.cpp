#include "compiler/parse/antlr/build_values.h"

#include <algorithm>

#include "base/text.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/repair/broken_item.h"
#include "compiler/parse/tokens/escapes.h"
#include "diag/parse.h"

namespace vsm::parse {

SourceRange ValueBuilder::range(const antlr4::Token* found) const {
    return {source_.id(), static_cast<std::uint32_t>(found->getStartIndex()),
            static_cast<std::uint32_t>(found->getStopIndex() + 1)};
}

SourceRange ValueBuilder::range(const antlr4::ParserRuleContext& context) const {
    const SourceRange first = range(context.start);
    if (context.stop == nullptr || context.stop->getTokenIndex() < context.start->getTokenIndex()) return first;
    return join(first, range(context.stop));
}

bool ValueBuilder::repaired(const antlr4::ParserRuleContext& context) const {
    if (damaged(context)) return true;
    const std::size_t last = context.stop == nullptr ? context.start->getTokenIndex() : context.stop->getTokenIndex();
    for (std::size_t at = context.start->getTokenIndex(); at <= last && at < tokens_.count(); ++at)
        if (tokens_.at(at).repaired) return true;
    return false;
}

ast::Word ValueBuilder::word(const antlr4::Token* found, bool property) {
    const bool repaired = token(found).repaired;
    ast::Word word{repaired ? without_invisible(text(found)) : std::string(text(found)), range(found), repaired};
    if (property && !word.text.starts_with("x_")) return word;
    if (word.text.size() > longest_name) {
        diagnostics_.report(diag::name_too_long, word.range, longest_name, word.text.size())
            .help("shorten it, and put the rest into the title");
    } else if (const auto odd = std::find_if(word.text.begin(), word.text.end(),
                                             [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
               odd != word.text.end()) {
        diagnostics_.report(diag::bad_name, word.range, word.text)
            .help(fmt::format("a name consists of the letters a to z, digits, `_` and `-`, such as `{}`; the title "
                              "in quotes may contain anything",
                              name_from(word.text, "x")));
    }
    return word;
}

ast::Word ValueBuilder::word(const VsmParser::WordContext* context) {
    if (context == nullptr || !is_word(token(context->start).kind) || context->stop != context->start) return {};
    return word(context->start);
}

ast::Word ValueBuilder::property_name(const antlr4::Token* found) {
    return found != nullptr && is_word(token(found).kind) ? word(found, true) : ast::Word{};
}

bool ValueBuilder::without_colon(const VsmParser::PropertyContext& context) const {
    const std::size_t colon = context.start->getTokenIndex() + 1;
    return colon < tokens_.count() && tokens_.at(colon).kind == TokenKind::colon && tokens_.at(colon).repaired;
}

std::optional<ast::Word> ValueBuilder::optional_word(const VsmParser::WordContext* context) {
    if (context == nullptr) return std::nullopt;
    return word(context);
}

ast::Text ValueBuilder::title(const antlr4::Token* found) {
    if (found == nullptr || token(found).kind != TokenKind::string) return {};
    return {unescaped(source_, range(found), diagnostics_), range(found)};
}

ast::Amount ValueBuilder::amount(const VsmParser::AmountContext* context) {
    ast::Amount made;
    if (context == nullptr || !is_amount(token(context->start).kind)) return made;
    return amount(context->start);
}

ast::Amount ValueBuilder::amount(const antlr4::Token* found) {
    const TokenKind kind = token(found).kind;
    using Kind = ast::Amount::Kind;
    if (kind == TokenKind::percent && token(found).repaired)
        return {Kind::percent, {}, range(found)};  // `10 %`, reported
    const Kind meant = token(found).phrase           ? Kind::phrase
                       : kind == TokenKind::percent  ? Kind::percent
                       : kind == TokenKind::quantity ? Kind::quantity
                                                     : Kind::number;
    return {meant, std::string(text(found)), range(found)};
}

ast::SpanValue ValueBuilder::span(const VsmParser::SpanContext& context) {
    ast::SpanValue made;
    made.guess = context.guess != nullptr;
    for (const auto* part : context.parts) made.parts.push_back(amount(part));
    return made;
}

ast::RateValue ValueBuilder::rate(const VsmParser::RateContext& context) {
    ast::RateValue made;
    made.parts.push_back({amount(context.first), word(context.first_unit)});
    if (context.second != nullptr) made.parts.push_back({amount(context.second), word(context.second_unit)});
    return made;
}

ast::DistributionValue ValueBuilder::distribution(const VsmParser::DistributionContext& context) {
    ast::Distribution made{context.name == nullptr ? ast::Word{} : word(context.name), {}};
    for (const auto* argument : context.arguments)
        made.arguments.push_back(
            {argument->name == nullptr ? ast::Word{} : word(argument->name), amount(argument->size)});
    return made;
}

ast::Value ValueBuilder::duration(const VsmParser::DurationContext* context) {
    if (context == nullptr) return {};
    ast::Value made;
    if (context->unknown != nullptr) made.what = ast::Unknown{};
    if (context->range != nullptr && !context->range->parts.empty()) made.what = span(*context->range);
    if (context->shape != nullptr) made.what = distribution(*context->shape);
    return finish(*context, std::move(made));
}

ast::Value ValueBuilder::figure(const VsmParser::FigureContext* context) {
    if (context == nullptr) return {};
    ast::Value made;
    if (context->range != nullptr && !context->range->parts.empty()) made.what = span(*context->range);
    if (context->per != nullptr) made.what = rate(*context->per);
    return finish(*context, std::move(made));
}

ast::Value ValueBuilder::value(const VsmParser::ValueContext* context) {
    if (context == nullptr) return {};
    ast::Value made;
    if (context->time != nullptr) made = duration(context->time);
    if (context->per != nullptr) made.what = rate(*context->per);
    if (context->on != nullptr && context->on->day != nullptr)
        made.what = ast::SourcedDate{{std::string(text(context->on->day)), range(context->on->day)},
                                     title(context->on->source)};
    if (context->text != nullptr) made.what = title(context->text);
    if (context->single != nullptr) made.what = word(context->single);
    if (context->many != nullptr) made.what = list(*context->many);
    if (context->not_applicable != nullptr) made.what = ast::NotApplicable{};
    return finish(*context, std::move(made));
}

ast::ListValue ValueBuilder::list(const VsmParser::ListContext& context) {
    ast::ListValue made;
    for (const auto* element : context.values) made.values.push_back(value(element));
    return made;
}

}  // namespace vsm::parse
