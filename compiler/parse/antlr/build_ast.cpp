#include "compiler/parse/antlr/build_ast.h"

#include <VsmParser.h>

#include "base/check.h"
#include "base/text.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/repair/broken_item.h"
#include "compiler/parse/tokens/escapes.h"
#include "diag/parse.h"

namespace vsm::parse {
namespace {

using grammar::VsmParser;

class Builder {
public:
    Builder(const TokenEditor& tokens, const ParseOutcome& outcome, const SourceFile& source, Diagnostics& diagnostics)
        : tokens_(tokens), outcome_(outcome), source_(source), diagnostics_(diagnostics) {}

    ast::Block file(const VsmParser::FileContext& context) {
        ast::Block block = items(context, context.items);
        block.range = {source_.id(), 0, static_cast<std::uint32_t>(source_.text().size())};
        return block;
    }

private:
    // ---- tokens ----

    const Token& token(const antlr4::Token* found) const { return tokens_.at(found->getTokenIndex()); }
    SourceRange range(const antlr4::Token* found) const {
        return {source_.id(), static_cast<std::uint32_t>(found->getStartIndex()),
                static_cast<std::uint32_t>(found->getStopIndex() + 1)};
    }
    SourceRange range(const antlr4::ParserRuleContext& context) const {
        const SourceRange first = range(context.start);
        if (context.stop == nullptr || context.stop->getTokenIndex() < context.start->getTokenIndex()) return first;
        return join(first, range(context.stop));
    }
    std::string_view text(const antlr4::Token* found) const { return source_.text(range(found)); }
    bool damaged(const antlr4::ParserRuleContext& context) const { return outcome_.damaged.contains(&context); }

    bool repaired(const antlr4::ParserRuleContext& context) const {
        if (damaged(context)) return true;
        const std::size_t last =
            context.stop == nullptr ? context.start->getTokenIndex() : context.stop->getTokenIndex();
        for (std::size_t at = context.start->getTokenIndex(); at <= last && at < tokens_.count(); ++at)
            if (tokens_.at(at).repaired) return true;
        return false;
    }

    /// `property`: property lookup rejects invalid names, so only the user's own `x_…` are checked here.
    ast::Word word(const antlr4::Token* found, bool property = false) {
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

    ast::Word word(const VsmParser::WordContext* context) {
        if (context == nullptr || !is_word(token(context->start).kind) || context->stop != context->start) return {};
        return word(context->start);
    }
    ast::Word property_name(const antlr4::Token* found) {
        return found != nullptr && is_word(token(found).kind) ? word(found, true) : ast::Word{};
    }
    bool without_colon(const VsmParser::PropertyContext& context) const {
        const std::size_t colon = context.start->getTokenIndex() + 1;
        return colon < tokens_.count() && tokens_.at(colon).kind == TokenKind::colon && tokens_.at(colon).repaired;
    }
    std::optional<ast::Word> optional_word(const VsmParser::WordContext* context) {
        if (context == nullptr) return std::nullopt;
        return word(context);
    }

    ast::Text title(const antlr4::Token* found) {
        if (found == nullptr || token(found).kind != TokenKind::string) return {};
        return {unescaped(source_, range(found), diagnostics_), range(found)};
    }

    // ---- values ----

    ast::Amount amount(const VsmParser::AmountContext* context) {
        ast::Amount made;
        if (context == nullptr || !is_amount(token(context->start).kind)) return made;
        return amount(context->start);
    }
    ast::Amount amount(const antlr4::Token* found) {
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

    ast::SpanValue span(const VsmParser::SpanContext& context) {
        ast::SpanValue made;
        made.guess = context.guess != nullptr;
        for (const auto* part : context.parts) made.parts.push_back(amount(part));
        return made;
    }

    ast::RateValue rate(const VsmParser::RateContext& context) {
        ast::RateValue made;
        made.parts.push_back({amount(context.first), word(context.first_unit)});
        if (context.second != nullptr) made.parts.push_back({amount(context.second), word(context.second_unit)});
        return made;
    }

    ast::DistributionValue distribution(const VsmParser::DistributionContext& context) {
        ast::DistributionValue made{context.name == nullptr ? ast::Word{} : word(context.name), {}};
        for (const auto* argument : context.arguments)
            made.arguments.push_back(
                {argument->name == nullptr ? ast::Word{} : word(argument->name), amount(argument->size)});
        return made;
    }

    /// Sets the range and the repaired mark; a part that could not be parsed makes the value a hole.
    template <class Context>
    ast::Value finish(const Context& context, ast::Value made) {
        made.range = range(context);
        made.repaired = repaired(context);
        if (damaged(context)) made.what = ast::Hole{};
        return made;
    }

    ast::Value duration(const VsmParser::DurationContext* context) {
        if (context == nullptr) return {};
        ast::Value made;
        if (context->unknown != nullptr) made.what = ast::Unknown{};
        if (context->range != nullptr && !context->range->parts.empty()) made.what = span(*context->range);
        if (context->shape != nullptr) made.what = distribution(*context->shape);
        return finish(*context, std::move(made));
    }

    ast::Value figure(const VsmParser::FigureContext* context) {
        if (context == nullptr) return {};
        ast::Value made;
        if (context->range != nullptr && !context->range->parts.empty()) made.what = span(*context->range);
        if (context->per != nullptr) made.what = rate(*context->per);
        return finish(*context, std::move(made));
    }

    ast::Value value(const VsmParser::ValueContext* context) {
        if (context == nullptr) return {};
        ast::Value made;
        if (context->time != nullptr) made = duration(context->time);
        if (context->per != nullptr) made.what = rate(*context->per);
        if (context->on != nullptr && context->on->day != nullptr)
            made.what = ast::DateValue{{std::string(text(context->on->day)), range(context->on->day)},
                                       title(context->on->source)};
        if (context->text != nullptr) made.what = title(context->text);
        if (context->single != nullptr) made.what = word(context->single);
        if (context->many != nullptr) made.what = list(*context->many);
        if (context->not_applicable != nullptr) made.what = ast::NotApplicable{};
        return finish(*context, std::move(made));
    }

    ast::ListValue list(const VsmParser::ListContext& context) {
        ast::ListValue made;
        for (const auto* element : context.values) made.values.push_back(value(element));
        return made;
    }

    // ---- blocks and statements ----

    template <class Items>
    ast::Block items(const antlr4::ParserRuleContext& context, const Items& contexts) {
        ast::Block block;
        block.damaged = damaged(context);
        block.items.reserve(contexts.size());
        for (const VsmParser::ItemContext* found : contexts) {
            if (outcome_.abandoned.contains(found)) continue;
            if (auto made = item(*found)) block.items.push_back(std::move(*made));
        }
        return block;
    }

    ast::Block block(const VsmParser::BlockContext* context, const antlr4::ParserRuleContext& statement) {
        ast::Block made;
        if (context != nullptr) {
            made = items(*context, context->items);
            made.range = range(*context);
        }
        made.damaged = made.damaged || damaged(statement);
        return made;
    }

    std::optional<ast::Item> item(const VsmParser::ItemContext& context) {
        ast::Item made;
        made.range = range(context);
        if (context.fact != nullptr) {
            made.what = ast::Property{property_name(context.fact->name), value(context.fact->val), range(*context.fact),
                                      without_colon(*context.fact)};
            return made;
        }
        if (context.said == nullptr) return std::nullopt;
        auto said = statement(*context.said);
        if (!said) return std::nullopt;
        made.keyword = range(context.said->start);
        made.what = std::move(*said);
        return made;
    }

    std::optional<ast::Statement> statement(const VsmParser::StatementContext& c) {
        if (c.a_import != nullptr) return ast::Import{title(c.a_import->path)};
        if (c.a_team != nullptr)
            return ast::Team{word(c.a_team->name), title(c.a_team->title), block(c.a_team->body, *c.a_team)};
        if (c.a_stream != nullptr)
            return ast::Stream{word(c.a_stream->name), title(c.a_stream->title), block(c.a_stream->body, *c.a_stream)};
        if (c.a_future != nullptr) return future(*c.a_future);
        if (c.a_stage != nullptr) return element(ast::ElementKind::stage, *c.a_stage);
        if (c.a_step != nullptr) return element(ast::ElementKind::step, *c.a_step);
        if (c.a_parallel != nullptr) return element(ast::ElementKind::parallel, *c.a_parallel);
        if (c.a_choose != nullptr) return element(ast::ElementKind::choose, *c.a_choose);
        if (c.a_branch != nullptr) return branch(*c.a_branch);
        if (c.a_wait != nullptr) return wait(*c.a_wait);
        if (c.a_queue != nullptr) return queue(*c.a_queue);
        if (c.a_rework != nullptr) return rework(*c.a_rework);
        if (c.a_target != nullptr) return target(*c.a_target);
        if (c.an_expect != nullptr) return expect(*c.an_expect);
        if (c.a_note != nullptr) return ast::Note{title(c.a_note->text), optional_word(c.a_note->element)};
        if (c.a_kaizen != nullptr)
            return ast::Kaizen{title(c.a_kaizen->text), optional_word(c.a_kaizen->element),
                               block(c.a_kaizen->body, *c.a_kaizen)};
        if (c.an_allow != nullptr) return ast::Allow{word(c.an_allow->rule_name), title(c.an_allow->reason)};
        if (c.a_change != nullptr) return ast::Change{word(c.a_change->element), block(c.a_change->body, *c.a_change)};
        if (c.a_remove != nullptr) return ast::Remove{word(c.a_remove->element)};
        if (c.an_add != nullptr) return ast::Add{side(c.an_add->side), word(c.an_add->anchor), added(c.an_add->added)};
        if (c.a_replace != nullptr) return ast::Replace{word(c.a_replace->element), added(c.a_replace->added)};
        if (c.a_move != nullptr)
            return ast::Move{word(c.a_move->element), side(c.a_move->side), word(c.a_move->anchor)};
        // Either the parser reported a hole here, or a statement of the grammar is missing above.
        VSM_CHECK(damaged(c) || c.exception != nullptr);
        return std::nullopt;
    }

    template <class Context>
    ast::Statement element(ast::ElementKind kind, const Context& context) {
        ast::Element made;
        made.kind = kind;
        made.name = word(context.name);
        made.title = title(context.title);
        made.block = block(context.body, context);
        const bool needs_name = kind == ast::ElementKind::stage || kind == ast::ElementKind::step;
        made.block.damaged = made.block.damaged || (needs_name && !made.name.given());
        return made;
    }
    ast::Statement branch(const VsmParser::BranchContext& context) {
        ast::Statement made = element(ast::ElementKind::branch, context);
        if (context.share != nullptr) std::get_if<ast::Element>(&made)->share = amount(context.share);
        return made;
    }
    ast::Statement wait(const VsmParser::WaitContext& context) {
        ast::Statement made = element(ast::ElementKind::wait, context);
        std::get_if<ast::Element>(&made)->time = duration(context.time);
        return made;
    }
    ast::Statement queue(const VsmParser::QueueContext& context) {
        ast::Statement made = element(ast::ElementKind::queue, context);
        if (context.count != nullptr && is_amount(token(context.count->start).kind) && !repaired(*context.count))
            std::get_if<ast::Element>(&made)->count = amount(context.count);
        return made;
    }

    ast::Statement future(const VsmParser::FutureContext& context) {
        ast::Future made{word(context.name), title(context.title), word(context.base), std::nullopt,
                         block(context.body, context)};
        made.by = day(context.due);
        return made;
    }

    std::optional<ast::Word> day(const antlr4::Token* found) {
        if (found == nullptr || token(found).kind != TokenKind::date || found->getStartIndex() > found->getStopIndex())
            return std::nullopt;
        return ast::Word{std::string(text(found)), range(found)};
    }

    ast::Statement rework(const VsmParser::ReworkContext& context) {
        ast::Rework made;
        if (context.probability != nullptr && token(context.probability).kind == TokenKind::percent)
            made.probability = amount(context.probability);
        made.once = context.once != nullptr;
        made.to = optional_word(context.to);
        made.block = block(context.body, context);
        return made;
    }

    void metric(const VsmParser::MetricContext* context, ast::Goal& goal) {
        if (context == nullptr) return;
        for (const auto* part : context->parts) goal.metric.push_back(word(part));
        goal.metric_range = range(*context);
    }

    static ast::Relation relation(TokenKind kind) {
        switch (kind) {
            case TokenKind::at_least: return ast::Relation::at_least;
            case TokenKind::below: return ast::Relation::below;
            case TokenKind::above: return ast::Relation::above;
            case TokenKind::equal: return ast::Relation::equal;
            default: return ast::Relation::at_most;
        }
    }

    ast::Statement target(const VsmParser::TargetContext& context) {
        ast::Goal made;
        metric(context.of, made);
        if (context.baseline != nullptr) made.baseline = figure(context.baseline);
        if (context.rel != nullptr) made.relation = relation(token(context.rel->start).kind);
        made.bound = figure(context.bound);
        made.by = day(context.due);
        made.text = title(context.text);
        return made;
    }

    ast::Statement expect(const VsmParser::ExpectContext& context) {
        ast::Goal made;
        made.is_target = false;
        metric(context.of, made);
        if (context.rel != nullptr) made.relation = relation(token(context.rel->start).kind);
        made.bound = figure(context.bound);
        return made;
    }

    ast::Side side(const antlr4::Token* found) const {
        return found != nullptr && token(found).kind == TokenKind::before ? ast::Side::before : ast::Side::after;
    }
    std::vector<ast::Item> added(const VsmParser::ItemContext* context) {
        std::vector<ast::Item> made;
        if (context == nullptr || outcome_.abandoned.contains(context)) return made;
        if (auto found = item(*context)) made.push_back(std::move(*found));
        return made;
    }

    const TokenEditor& tokens_;
    const ParseOutcome& outcome_;
    const SourceFile& source_;
    Diagnostics& diagnostics_;
};

}  // namespace

ast::Block build_ast(const antlr4::ParserRuleContext& tree, const TokenEditor& tokens, const ParseOutcome& outcome,
                     const SourceFile& source, Diagnostics& diagnostics) {
    const auto& file = dynamic_cast<const VsmParser::FileContext&>(tree);
    return Builder(tokens, outcome, source, diagnostics).file(file);
}

}  // namespace vsm::parse
