#include "compiler/parse/antlr/build_ast.h"

#include <exception>
#include <utility>

#include "base/check.h"
#include "compiler/parse/antlr/build_values.h"
#include "compiler/parse/antlr/contexts.h"

namespace vsm::parse {
namespace {

class Builder : ValueBuilder {
public:
    Builder(const TokenEditor& tokens, const ParseOutcome& outcome, const SourceFile& source, Diagnostics& diagnostics)
        : ValueBuilder(tokens, outcome, source, diagnostics) {}

    ast::Block file(const VsmParser::FileContext& context) { return whole(items(context, context.items)); }

    ast::Block whole(ast::Block block) const {
        block.range = {source_.id(), 0, static_cast<std::uint32_t>(source_.text().size())};
        return block;
    }

    /// Nothing if it is an unparsed part.
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
        made.what = std::make_unique<ast::Statement>(std::move(*said));
        return made;
    }

    /// The items of the block, or the added item, of the statement that is built next: its contexts are gone.
    void is_built(std::vector<ast::Item> items) { built_ = std::move(items); }

private:
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
            if (built_)
                made.items = std::move(*std::exchange(built_, std::nullopt));
            else
                made = items(*context, context->items);
            made.range = range(*context);
        }
        made.damaged = made.damaged || damaged(statement);
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
        if (built_) return std::move(*std::exchange(built_, std::nullopt));
        std::vector<ast::Item> made;
        if (context == nullptr || outcome_.abandoned.contains(context)) return made;
        if (auto found = item(*context)) made.push_back(std::move(*found));
        return made;
    }

    std::optional<std::vector<ast::Item>> built_;
};

/// Builds each item at its end, and drops the contexts below it.
class ItemsAtTheirEnd final : public grammar::ContextWatcher {
public:
    ItemsAtTheirEnd(Builder& builder, grammar::ContextPool& contexts) : builder_(builder), contexts_(contexts) {}

    void entered(const antlr4::ParserRuleContext& context) override {
        switch (context.getRuleIndex()) {
            case VsmParser::RuleFile:
            case VsmParser::RuleBlock: open_.push_back(items_.size()); break;
            case VsmParser::RuleItem: kept_.push_back(contexts_.size()); break;
            default: break;
        }
    }
    void left(const antlr4::ParserRuleContext& context) override {
        if (std::uncaught_exceptions() > 0) return;  // the parser gives up
        if (context.getRuleIndex() == VsmParser::RuleBlock) {
            builder_.is_built(take_items());
        } else if (context.getRuleIndex() == VsmParser::RuleItem) {
            add(static_cast<const VsmParser::ItemContext&>(context));
            contexts_.release(kept_.back());
            kept_.pop_back();
        }
    }

    /// Those of the file or block that was entered last and not left.
    std::vector<ast::Item> take_items() {
        const auto first = items_.begin() + static_cast<std::ptrdiff_t>(open_.back());
        open_.pop_back();
        if (first == items_.begin()) return std::exchange(items_, {});  // often most of the map
        std::vector<ast::Item> taken(std::make_move_iterator(first), std::make_move_iterator(items_.end()));
        items_.erase(first, items_.end());
        return taken;
    }

private:
    void add(const VsmParser::ItemContext& context) {
        std::optional<ast::Item> made = builder_.item(context);
        if (!made) return;
        if (is_loop_rule(parent(&context))) {
            items_.push_back(std::move(*made));
        } else {
            std::vector<ast::Item> added;
            added.push_back(std::move(*made));
            builder_.is_built(std::move(added));
        }
    }

    Builder& builder_;
    grammar::ContextPool& contexts_;
    std::vector<ast::Item> items_;   ///< of the file and of all blocks that are not complete
    std::vector<std::size_t> open_;  ///< by file or block that is not complete: the number of items before it
    std::vector<std::size_t> kept_;  ///< by item that is not complete: the number of contexts up to it
};

}  // namespace

ast::Block build_while_parsing(VsmParser& parser, const TokenEditor& tokens, const SourceFile& source,
                               Diagnostics& diagnostics) {
    const ParseOutcome without_errors;
    Builder builder(tokens, without_errors, source, diagnostics);
    ItemsAtTheirEnd items(builder, parser.contexts());
    parser.watch(items);
    parser.file();
    ast::Block file;
    file.items = items.take_items();
    return builder.whole(std::move(file));
}

ast::Block build_ast(const antlr4::ParserRuleContext& tree, const TokenEditor& tokens, const ParseOutcome& outcome,
                     const SourceFile& source, Diagnostics& diagnostics) {
    const auto& file = dynamic_cast<const VsmParser::FileContext&>(tree);
    return Builder(tokens, outcome, source, diagnostics).file(file);
}

}  // namespace vsm::parse
