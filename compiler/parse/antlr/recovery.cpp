#include "compiler/parse/antlr/recovery.h"

#include <DefaultErrorStrategy.h>
#include <InputMismatchException.h>
#include <NoViableAltException.h>
#include <VsmParser.h>

#include <algorithm>
#include <utility>

#include "compiler/parse/antlr/contexts.h"
#include "compiler/parse/antlr/item_repair.h"
#include "compiler/parse/antlr/token_types.h"
#include "diag/parse.h"

namespace vsm::parse {
namespace {

using antlr4::Parser;
using antlr4::ParserRuleContext;
using grammar::VsmParser;

constexpr std::size_t most_reports = 101;

class Recovery final : public antlr4::DefaultErrorStrategy, private ItemRepair {
public:
    Recovery(TokenEditor& tokens, const SourceFile& source, Diagnostics& diagnostics, ParseOutcome& outcome)
        : ItemRepair(tokens, source, diagnostics, outcome) {}

    void reportError(Parser* parser, const antlr4::RecognitionException& error) override {
        if (inErrorRecoveryMode(parser)) return;
        beginErrorCondition(parser);
        ParserRuleContext* context = parser->getContext();
        const auto* no_way = dynamic_cast<const antlr4::NoViableAltException*>(&error);
        const std::size_t rule = context->getRuleIndex();
        if (rule == VsmParser::RuleItem || rule == VsmParser::RuleStatement) {
            repair_item(context, no_way != nullptr ? no_way->getStartToken()->getTokenIndex() : position(parser));
        } else if (ParserRuleContext* item = item_stopped_after_keyword(parser)) {
            repair_head(item);
        } else {
            report_within(parser, context, error.getOffendingToken()->getTokenIndex());
        }
        stop_if_hopeless();
    }

    void recover(Parser* parser, std::exception_ptr) override {
        if (retry_at_) {
            // An item may be inside another (`add after x step y`): retry from the outermost one.
            for (antlr4::RuleContext* up = parser->getContext(); up != nullptr && !is_loop_rule(up); up = parent(up)) {
                if (up->getRuleIndex() != VsmParser::RuleItem) continue;
                outcome_.abandoned.insert(static_cast<ParserRuleContext*>(up));
                retry_at_ = std::min(*retry_at_, static_cast<ParserRuleContext*>(up)->start->getTokenIndex());
            }
            parser->getTokenStream()->seek(*retry_at_);
            retry_at_.reset();
        } else if (skip_) {
            skip_item(parser);
        }
        skip_ = false;
        if (std::exchange(leaves_item_, false)) tokens_.withhold(true);
    }

    /// ANTLR calls this before each optional part and each iteration of a loop. Only loops over items matter: a failed
    /// item ends there.
    void sync(Parser* parser) override {
        if (!is_loop_rule(parser->getContext())) return;
        tokens_.withhold(false);
        if (inErrorRecoveryMode(parser)) endErrorCondition(parser);
        auto* stream = parser->getTokenStream();
        for (;;) {
            const std::size_t at = position(parser);
            const TokenKind next = kind_at(at);
            const TokenKind before = at == 0 ? TokenKind::open : kind_at(at - 1);
            if (next == TokenKind::comma && (before == TokenKind::open || before == TokenKind::comma)) {
                diagnostics_.report(diag::unexpected_word, range(at), "a property or a statement", "`,`")
                    .help("remove it")
                    .fix(range(at), "");
                stream->consume();
                continue;
            }
            // `by` and `on` belong to the statement before, which has ended.
            const bool loose = stream->LA(1) == VsmParser::BY || stream->LA(1) == VsmParser::ON;
            if ((is_word(next) && !loose) || next == TokenKind::comma || next == TokenKind::close ||
                next == TokenKind::end)
                return;
            if (parser->getContext()->getRuleIndex() == VsmParser::RuleBlock && next == TokenKind::open &&
                opens_block(parser))
                return;
            beginErrorCondition(parser);
            endErrorCondition(parser);
            if (loose)
                repair_item(parser->getContext(), at);
            else
                repair_stray(parser->getContext(), at);
            stop_if_hopeless();
            if (retry_at_) {
                stream->seek(*retry_at_);
                retry_at_.reset();
            } else {
                skip_item(parser);
                if (kind_at(position(parser)) == TokenKind::comma) stream->consume();
            }
            skip_ = false;
        }
    }

    antlr4::Token* recoverInline(Parser* parser) override {
        ParserRuleContext* context = parser->getContext();
        if (!inErrorRecoveryMode(parser) && !is_loop_rule(context)) {
            const std::size_t at = position(parser);
            if (context->getRuleIndex() == VsmParser::RuleProperty) {
                // A name without its colon: it is not known yet what the item was meant to be.
                beginErrorCondition(parser);
                repair_item(context, context->start->getTokenIndex());
                stop_if_hopeless();
            } else if (ParserRuleContext* item = item_stopped_after_keyword(parser)) {
                beginErrorCondition(parser);
                repair_head(item);
                stop_if_hopeless();
            } else if (!keyword_misspelt(parser, at)) {
                if (may_take_out(at))
                    if (antlr4::Token* found = singleTokenDeletion(parser)) return found;
                if (singleTokenInsertion(parser)) return getMissingSymbol(parser);
            }
        }
        throw antlr4::InputMismatchException(parser);
    }

protected:
    void reportUnwantedToken(Parser* parser) override {
        if (inErrorRecoveryMode(parser)) return;
        beginErrorCondition(parser);
        const std::size_t at = position(parser);
        if (!first_on_its_line(at)) return;
        auto report = diagnostics_.report(diag::unexpected_word, range(at), expected_words(*parser, tokens_, source_),
                                          describe(tokens_.at(at), source_));
        report.help("remove it");
        // a word or a value may be what was meant, and something else the mistake
        if (!begins_value(kind_at(at))) report.fix(range(at), "");
        stop_if_hopeless();
    }

    void reportMissingToken(Parser* parser) override {
        if (inErrorRecoveryMode(parser)) return;
        beginErrorCondition(parser);
        const std::size_t at = position(parser);
        if (first_on_its_line(at)) report_expected(parser, at);
        mark_damaged(parser->getContext());
        stop_if_hopeless();
    }

    antlr4::Token* getMissingSymbol(Parser* parser) override {
        const auto expected = getExpectedTokens(parser);
        const TokenKind kind = kind_of_type(static_cast<std::size_t>(expected.getMinElement()));
        const std::size_t at = position(parser);
        tokens_.put_in(at, kind);
        antlr4::Token* made = parser->getTokenStream()->get(at);
        parser->getTokenStream()->consume();
        return made;
    }

private:
    static std::size_t position(Parser* parser) { return parser->getTokenStream()->index(); }

    /// The item around the parser, if it is a statement whose second token does not fit its keyword. Then the keyword
    /// may be a name, or wrong; null if more of the statement was read.
    ParserRuleContext* item_stopped_after_keyword(Parser* parser) const {
        antlr4::RuleContext* up = parser->getContext();
        while (up != nullptr && up->getRuleIndex() != VsmParser::RuleItem) up = parent(up);
        auto* item = static_cast<ParserRuleContext*>(up);
        if (item == nullptr || item->start == nullptr) return nullptr;
        const std::size_t start = item->start->getTokenIndex();
        return position(parser) == start + 1 && begins_statement(kind_at(start)) ? item : nullptr;
    }

    void repair_head(ParserRuleContext* item) {
        outcome_.abandoned.insert(item);
        repair_item(item, item->start->getTokenIndex());
        leaves_item_ = true;
    }

    /// Where something is missing: the next token on the same line, or else the token before.
    SourceRange place_before(std::size_t at) const {
        if (at == 0 || (same_line(at) && kind_at(at) != TokenKind::end)) return range(at);
        return range(at - 1);
    }

    void stop_if_hopeless() {
        if (diagnostics_.error_count() < most_reports) return;
        throw antlr4::ParseCancellationException("too many errors");
    }

    /// Whether a stray token can be removed: it is within a line and is not a brace.
    bool may_take_out(std::size_t at) const {
        return kind_at(at) != TokenKind::open && kind_at(at) != TokenKind::close && same_line(at) && same_line(at + 1);
    }

    // ---- skipping ----

    void skip_item(Parser* parser) {
        auto* stream = parser->getTokenStream();
        const std::size_t from = item_start(*parser);
        std::size_t depth = 0;
        for (;; stream->consume()) {
            const std::size_t at = stream->index();
            const TokenKind kind = kind_at(at);
            if (kind == TokenKind::end) return;
            if (depth == 0 && (kind == TokenKind::close || kind == TokenKind::comma)) return;
            if (depth == 0 && at > from && tokens_.at(at).first_on_line) return;
            if (kind == TokenKind::open || kind == TokenKind::open_list || kind == TokenKind::open_arguments) ++depth;
            if (kind == TokenKind::close || kind == TokenKind::close_list || kind == TokenKind::close_arguments) {
                if (depth > 0) --depth;
                if (depth == 0 && kind == TokenKind::close) {
                    stream->consume();
                    return;
                }
            }
        }
    }

    /// Whether the current token is the `{` of the block being entered.
    static bool opens_block(Parser* parser) {
        return parser->getTokenStream()->index() == parser->getContext()->start->getTokenIndex();
    }

    // ---- within a statement or a value ----

    /// Whether a name is a misspelt connecting keyword: `onec` for `once`.
    bool keyword_misspelt(Parser* parser, std::size_t at) {
        if (kind_at(at) != TokenKind::name) return false;
        std::vector<TokenKind> candidates;
        for (const ssize_t type : getExpectedTokens(parser).toList())
            if (type > 0 && is_connecting_keyword(kind_of_type(static_cast<std::size_t>(type))))
                candidates.push_back(static_cast<TokenKind>(type));
        const bool words_fit = getExpectedTokens(parser).contains(static_cast<size_t>(TokenKind::name));
        if (candidates.empty() || words_fit || inErrorRecoveryMode(parser)) return false;
        if (!keyword_near(at, candidates)) return false;
        beginErrorCondition(parser);
        const antlr4::RuleContext* item = parser->getContext();
        while (item != nullptr && item->getRuleIndex() != VsmParser::RuleItem) item = parent(item);
        if (item != nullptr) retry(static_cast<const ParserRuleContext*>(item)->start->getTokenIndex());
        return true;
    }

    void report_within(Parser* parser, ParserRuleContext* context, std::size_t at) {
        endErrorCondition(parser);
        const bool misspelt = keyword_misspelt(parser, at);
        beginErrorCondition(parser);
        if (misspelt) return;
        give_up_item(context);
        if (first_on_its_line(at)) report_expected(parser, at);
    }

    /// Reports what is expected instead of the token at `at`, with the complete statement as help.
    void report_expected(Parser* parser, std::size_t at) {
        auto report = diagnostics_.report(diag::unexpected_word, place_before(at),
                                          expected_words(*parser, tokens_, source_), describe(tokens_.at(at), source_));
        if (getExpectedTokens(parser).contains(static_cast<size_t>(TokenKind::date)))
            return void(report.help("write year, month and day: `by 2027-03-31`"));
        if (kind_at(at) == TokenKind::date)
            return void(report.help(fmt::format("a date follows `by`: `by {}`", text(at))));
        const antlr4::RuleContext* up = parser->getContext();
        if (up->getRuleIndex() == VsmParser::RuleBlock && opens_block(parser)) up = parent(up);  // its `{` is missing
        for (; up != nullptr && !is_loop_rule(up); up = parent(up)) {
            const std::size_t start = static_cast<const ParserRuleContext*>(up)->start->getTokenIndex();
            if (up->getRuleIndex() == VsmParser::RuleProperty)
                return void(report.help(fmt::format("write one value for `{}`", text(start))));
            if (up->getRuleIndex() != VsmParser::RuleStatement || text(start).empty()) continue;
            return void(report.help(completed(start)));
        }
    }

    bool leaves_item_ = false;  ///< recover() is to end all rules of the item
};

}  // namespace

std::shared_ptr<antlr4::ANTLRErrorStrategy> make_recovery(TokenEditor& tokens, const SourceFile& source,
                                                          Diagnostics& diagnostics, ParseOutcome& outcome) {
    return std::make_shared<Recovery>(tokens, source, diagnostics, outcome);
}

}  // namespace vsm::parse
