#include "compiler/parse/antlr/recovery.h"

#include <DefaultErrorStrategy.h>
#include <InputMismatchException.h>
#include <NoViableAltException.h>
#include <VsmParser.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/diagnostics/codes.h"
#include "base/text.h"
#include "compiler/parse/antlr/contexts.h"
#include "compiler/parse/repair/broken_item.h"
#include "compiler/parse/repair/missing_colon.h"
#include "ir/properties/property_table.h"

namespace vsm::parse {
namespace {

using antlr4::Parser;
using antlr4::ParserRuleContext;
using grammar::VsmParser;

constexpr std::size_t most_reports = 101;

/// The keyword for a word from other tools or books.
std::optional<std::string_view> statement_called(std::string_view word) {
    static constexpr std::pair<std::string_view, std::string_view> others[] = {
        {"delay", "wait"},         {"pause", "wait"},      {"buffer", "queue"},  {"inventory", "queue"},
        {"backlog", "queue"},      {"loop", "rework"},     {"goal", "target"},   {"task", "step"},
        {"activity", "step"},      {"phase", "stage"},     {"group", "stage"},   {"section", "stage"},
        {"fork", "parallel"},      {"decision", "choose"}, {"option", "branch"}, {"path", "branch"},
        {"hold", "wait"},          {"sleep", "wait"},      {"lag", "wait"},      {"idle", "wait"},
        {"waiting", "wait"},       {"stock", "queue"},     {"comment", "note"},  {"remark", "note"},
        {"improvement", "kaizen"}, {"action", "kaizen"}};
    for (const auto& [other, ours] : others)
        if (word == other) return ours;
    return std::nullopt;
}

/// The edit for a word from other tools.
std::optional<std::string_view> edit_called(std::string_view word) {
    static constexpr std::pair<std::string_view, std::string_view> others[] = {
        {"set", "change"},    {"update", "change"},      {"modify", "change"}, {"edit", "change"}, {"alter", "change"},
        {"delete", "remove"}, {"drop", "remove"},        {"del", "remove"},    {"insert", "add"},  {"append", "add"},
        {"swap", "replace"},  {"substitute", "replace"}, {"shift", "move"}};
    for (const auto& [other, ours] : others)
        if (word == other) return ours;
    return std::nullopt;
}

class Recovery final : public antlr4::DefaultErrorStrategy {
public:
    Recovery(TokenEditor& tokens, const SourceFile& source, Diagnostics& diagnostics, ParseOutcome& outcome)
        : tokens_(tokens), source_(source), diagnostics_(diagnostics), outcome_(outcome), guess_(tokens, source) {}

    void reportError(Parser* parser, const antlr4::RecognitionException& error) override {
        if (inErrorRecoveryMode(parser)) return;
        beginErrorCondition(parser);
        ParserRuleContext* context = parser->getContext();
        const auto* no_way = dynamic_cast<const antlr4::NoViableAltException*>(&error);
        const std::size_t rule = context->getRuleIndex();
        if (rule == VsmParser::RuleItem || rule == VsmParser::RuleStatement) {
            repair_item(context, no_way != nullptr ? no_way->getStartToken()->getTokenIndex() : position(parser));
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
    }

    /// ANTLR calls this before each optional part and each iteration of a loop. Only loops over items matter: a failed
    /// item ends there.
    void sync(Parser* parser) override {
        if (!is_loop_rule(parser->getContext())) return;
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
            if (is_word(next) || next == TokenKind::comma || next == TokenKind::close || next == TokenKind::end) return;
            if (parser->getContext()->getRuleIndex() == VsmParser::RuleBlock && next == TokenKind::open &&
                opens_block(parser))
                return;
            repair_stray(parser);
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
        diagnostics_
            .report(diag::unexpected_word, range(at), expected_words(*parser, tokens_, source_),
                    describe(tokens_.at(at), source_))
            .help("remove it")
            .fix(range(at), "");
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
        const auto kind = static_cast<TokenKind>(expected.getMinElement());
        const std::size_t at = position(parser);
        tokens_.put_in(at, kind);
        antlr4::Token* made = parser->getTokenStream()->get(at);
        parser->getTokenStream()->consume();
        return made;
    }

private:
    static std::size_t position(Parser* parser) { return parser->getTokenStream()->index(); }

    TokenKind kind_at(std::size_t at) const { return at < tokens_.count() ? tokens_.at(at).kind : TokenKind::end; }
    SourceRange range(std::size_t at) const {
        const Token& token = tokens_.at(at);
        return {source_.id(), token.begin, token.end};
    }
    std::string_view text(std::size_t at) const { return source_.text(range(at)); }
    bool same_line(std::size_t at) const { return at < tokens_.count() && !tokens_.at(at).first_on_line; }

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

    /// Whether this is the first error on its line. Later ones are mostly consequences of it.
    bool first_on_its_line(std::size_t at) { return lines_.insert(source_.line_of(tokens_.at(at).begin)).second; }

    void mark_damaged(const antlr4::RuleContext* context) {
        for (const antlr4::RuleContext* up = context; up != nullptr; up = parent(up)) {
            outcome_.damaged.insert(static_cast<const ParserRuleContext*>(up));
            if (is_loop_rule(up)) break;
        }
    }

    void retry(std::size_t at) { retry_at_ = at; }

    /// Whether an item may be repaired again: twice at most, then it is skipped.
    bool may_repair(std::size_t at) { return ++repairs_[tokens_.at(at).begin] <= 2; }

    void give_up_item(const antlr4::RuleContext* context) {
        skip_ = true;
        mark_damaged(context);
        // A name without a colon is not a property, so none of it is kept.
        if (context->getRuleIndex() == VsmParser::RuleProperty)
            outcome_.abandoned.insert(static_cast<const ParserRuleContext*>(parent(context)));
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

    // ---- items that begin with a word that is not their keyword ----

    /// `process = 1h`: a property, unless it may be a goal without its keyword.
    bool is_assigned(const antlr4::RuleContext* context, std::size_t at) {
        const TokenKind value = kind_at(at + 2);
        if (kind_at(at + 1) != TokenKind::equal || !same_line(at + 1) || !in_block(context) || !begins_value(value))
            return false;
        return !holds_goals(context) || value == TokenKind::string || is_word(value) ||
               kind_at(at + 3) == TokenKind::per;
    }

    void put_colon(std::size_t at) {
        const std::size_t last = kind_at(at + 3) == TokenKind::per ? at + 4 : at + 2;
        const SourceRange value = range_of(source_, tokens_.at(at + 2), tokens_.at(last));
        report_missing_colon(diagnostics_, source_,
                             {range(at), range(at), source_.text(value), tokens_.at(at + 1).end});
        tokens_.retype(at + 1, TokenKind::colon);
        retry(at);
    }

    /// The keyword nearest to the word at `at`; of several, one whose statement could go on as the item does.
    std::optional<std::string_view> nearest_keyword(std::size_t at) const {
        const std::size_t most = text(at).size() < 6 ? 1 : 2;
        std::vector<std::string_view> fitting;
        for (const std::string_view keyword : statement_keywords())
            if (guess_.shape_fits(*keyword_kind(keyword), at)) fitting.push_back(keyword);
        const auto near = nearest(text(at), fitting, most);
        return near ? near : nearest(text(at), statement_keywords(), most);
    }

    void repair_item(ParserRuleContext* context, std::size_t at) {
        const TokenKind kind = kind_at(at);
        const bool hole = kind == TokenKind::name && tokens_.at(at).repaired &&
                          tokens_.at(at).begin == tokens_.at(at).end;  // reported
        if (hole || !may_repair(at)) return give_up_item(context);
        if (is_assigned(context, at)) return put_colon(at);
        if (begins_statement(kind)) return complete_statement(context, at);
        if (kind == TokenKind::before || kind == TokenKind::after) return put_keyword(at, TokenKind::add);
        if (is_connecting_keyword(kind) && same_line(at)) return report_loose(context, at);
        const TokenKind next = kind_at(at + 1);
        auto near = nearest_keyword(at);
        bool sure = near && is_misspelling(text(at), *near, statement_keywords());
        if (!near && place_of(context).wants == TokenKind::step) sure = (near = statement_called(text(at))).has_value();
        if (!near && place_of(context).wants == TokenKind::change) sure = (near = edit_called(text(at))).has_value();
        if (near && guess_.shape_fits(*keyword_kind(*near), at) && (same_line(at + 1) || next == TokenKind::open)) {
            auto report = diagnostics_.report(diag::unknown_statement, range(at), text(at));
            report.help(fmt::format("did you mean `{}`?", *near));
            if (sure) report.fix(range(at), std::string(*near));
            tokens_.retype(at, *keyword_kind(*near));
            return retry(at);
        }
        if (guess_.heads_block(at)) {
            if (is_word(next) && next != TokenKind::of) return replace_keyword(context, at);
            return put_keyword(at, guess_.keyword_for(place_of(context), at));
        }
        const bool baseline = next == TokenKind::from && is_amount(kind_at(at + 2));
        if (is_relation(next) || next == TokenKind::dot || baseline) return put_keyword(at, TokenKind::target);
        if (next == TokenKind::string && same_line(at + 1) && place_of(context).wants == TokenKind::stream)
            return put_keyword(at, TokenKind::team);
        if (next == TokenKind::date && same_line(at) && at > 0 && misspelt_by(context, at)) return;
        if (in_block(context) && begins_value(next) && same_line(at + 1) &&
            (likely_property(at) || !(is_word(next) || next == TokenKind::string))) {
            const std::size_t last = kind_at(at + 2) == TokenKind::per ? at + 3 : at + 1;
            const SourceRange value = range_of(source_, tokens_.at(at + 1), tokens_.at(last));
            report_missing_colon(diagnostics_, source_,
                                 {range(at), range(at), source_.text(value), tokens_.at(at).end});
            tokens_.put_in(at + 1, TokenKind::colon);
            return retry(at);
        }
        give_up_item(context);
        if (!first_on_its_line(at)) return;
        auto report = diagnostics_.report(diag::unknown_statement, range(at), text(at));
        if (near) {
            report.help(fmt::format("did you mean `{}`?", *near));
        } else {
            report.help(place_of(context).wants == TokenKind::change
                            ? "an edit is `change`, `add`, `remove`, `replace` or `move`"
                            : "an item is a property (`name: value`) or begins with a keyword such as `step`, `stage` "
                              "or `wait`");
        }
    }

    /// Whether some block has a property with a similar name.
    bool likely_property(std::size_t at) const {
        const std::string_view name = text(at);
        if (name.starts_with("x_")) return true;
        return std::ranges::any_of(properties::rows, [&](const properties::Row& row) {
            const bool a_steps = (row.places & properties::on_step) != 0;
            if (!a_steps && name.size() <= 4) return row.name == name;
            return nearest(name, std::span(&row.name, 1), a_steps ? 1 : 2).has_value();
        });
    }

    /// `by`, `to`, `on` … after a statement that does not take them, or without what must follow them.
    void report_loose(ParserRuleContext* context, std::size_t at) {
        const TokenKind kind = kind_at(at);
        give_up_item(context);
        if (!first_on_its_line(at)) return;
        const std::string_view needs = kind == TokenKind::by   ? "a date such as `2027-03-31`"
                                       : kind == TokenKind::on ? "the name of an element"
                                                               : "something else";
        auto report =
            diagnostics_.report(diag::unexpected_word, range(at), fmt::format("{} after `{}`", needs, text(at)),
                                describe(tokens_.at(at + 1), source_));
        if (kind == TokenKind::by) {
            report.help("write year, month and day: `by 2027-03-31`");
        } else {
            report.help(
                fmt::format("`{}` belongs to the statement before it, which expects something else here", text(at)));
        }
    }

    /// `target lead_time <= 3d bz 2027-03-31`: parses the goal before again, with `by`.
    bool misspelt_by(ParserRuleContext* context, std::size_t at) {
        antlr4::RuleContext* loop = context;
        while (loop != nullptr && !is_loop_rule(loop)) loop = parent(loop);
        if (loop == nullptr) return false;
        auto& items = items_of(static_cast<ParserRuleContext*>(loop));
        if (items.empty() || items.back()->said == nullptr || items.back()->said->a_target == nullptr) return false;
        diagnostics_.report(diag::unexpected_word, range(at), "`by` before the date", describe(tokens_.at(at), source_))
            .help("write `by`")
            .fix(range(at), "by");
        outcome_.abandoned.insert(items.back());
        tokens_.retype(at, TokenKind::by);
        retry(items.back()->start->getTokenIndex());
        return true;
    }

    /// Completes a statement whose keyword is there, but not what must follow it.
    void complete_statement(ParserRuleContext* context, std::size_t at) {
        // Outside a future, `change "Change approval" {` is a name without its keyword.
        if (is_edit(kind_at(at)) && guess_.heads_block(at) && place_of(context).wants != TokenKind::change)
            return put_keyword(at, guess_.keyword_for(place_of(context), at));
        const Expected expected = expected_after(kind_at(at));
        const std::size_t next = at + 1;
        if (kind_at(next) == TokenKind::name && expected.kind == TokenKind::after &&
            keyword_near(next, {TokenKind::before, TokenKind::after}))
            return retry(at);
        const bool here = same_line(next) && kind_at(next) != TokenKind::end;
        if (first_on_its_line(at)) {
            auto report = diagnostics_.report(diag::unexpected_word, here ? range(next) : range(at),
                                              fmt::format("{} after `{}`", expected.words, text(at)),
                                              describe(tokens_.at(next), source_));
            const bool titled = here && expected.kind == TokenKind::name && may_have_block(kind_at(at)) &&
                                kind_at(next) == TokenKind::string;
            if (const std::string name = titled ? free_name_for(text(next)) : ""; !name.empty())
                report.help(fmt::format("write a name before the title: `{} {} {}`", text(at), name, text(next)))
                    .fix(range(next), fmt::format("{} {}", name, text(next)));
            if (titled && name_for(text(next)).empty())
                report.help(fmt::format("write a name before the title: `{0} NAME {1}`", text(at), text(next)));
            if (!titled) report.help(completed(at));
        }
        if (expected.kind == TokenKind::open) return give_up_item(context);
        tokens_.put_in(next, expected.kind);
        mark_damaged(context);
        retry(at);
    }

    /// A name from a title that the file does not use yet.
    std::string free_name_for(std::string_view title) {
        const std::string name = name_for(title);
        if (name.empty()) return name;
        if (names_.empty())
            for (std::size_t i = 1; i + 1 < tokens_.count(); ++i)
                if (is_word(kind_at(i)) && begins_statement(kind_at(i - 1)) && tokens_.at(i).begin < tokens_.at(i).end)
                    names_.insert(std::string(text(i)));
        std::string free = name;
        for (int number = 2; names_.contains(free); ++number) free = fmt::format("{}_{}", name, number);
        names_.insert(free);
        return free;
    }

    /// Suggests the complete statement.
    std::string completed(std::size_t at) const {
        switch (kind_at(at)) {
            case TokenKind::import_: return "write `import \"teams.vsm\"`";
            case TokenKind::note: return "write `note \"…\"`";
            case TokenKind::kaizen: return "write `kaizen \"…\" { … }`";
            case TokenKind::wait: return "write `wait 1d`, or `wait ?` if nobody knows yet";
            case TokenKind::queue: return "write `queue 12`, with the number of items that wait";
            case TokenKind::rework: return "write `rework 15% to NAME`, or `rework 15% { … }` for a repair on the spot";
            case TokenKind::add: return "write `add after NAME step … { … }`";
            case TokenKind::target:
            case TokenKind::expect: return fmt::format("write `{} lead_time <= 3d`", text(at));
            case TokenKind::allow: return "write `allow missing-ca \"reason\"`; `vsm explain --list` names the rules";
            case TokenKind::remove: return "write `remove NAME`";
            case TokenKind::change: return "write `change NAME { … }`";
            case TokenKind::replace: return "write `replace NAME with step … { … }`";
            case TokenKind::move: return "write `move NAME after NAME`";
            case TokenKind::future: return "write `future NAME of STREAM { … }`";
            case TokenKind::parallel:
            case TokenKind::choose:
            case TokenKind::branch: return fmt::format("write `{} {{ … }}`", text(at));
            default: return fmt::format("write `{0} NAME \"Title\" {{ … }}`", text(at));
        }
    }

    /// `task review "…" {`: an unknown keyword before a name.
    void replace_keyword(ParserRuleContext* context, std::size_t at) {
        const TokenKind wanted = guess_.keyword_for(place_of(context), at);
        diagnostics_.report(diag::unknown_statement, range(at), text(at))
            .help(fmt::format("a block with a name begins with a keyword, such as `{}`", keyword_text(wanted)));
        tokens_.retype(at, wanted);
        retry(at);
    }

    void put_keyword(std::size_t at, TokenKind keyword) {
        diagnostics_
            .report(diag::unexpected_word, range(at), fmt::format("a keyword such as `{}`", keyword_text(keyword)),
                    describe(tokens_.at(at), source_))
            .help(fmt::format("write `{}` before it", keyword_text(keyword)));
        tokens_.put_in(at, keyword);
        retry(at);
    }

    // ---- tokens that cannot begin an item ----

    void repair_stray(Parser* parser) {
        ParserRuleContext* context = parser->getContext();
        const std::size_t at = position(parser);
        beginErrorCondition(parser);
        endErrorCondition(parser);
        const bool repairable = may_repair(at);
        if (repairable && unwanted_colon(parser, at)) return;
        const TokenKind kind = kind_at(at);
        const bool begins =
            at == 0 || !same_line(at) || kind_at(at - 1) == TokenKind::open || kind_at(at - 1) == TokenKind::comma;
        if (repairable && begins) {
            if (kind == TokenKind::percent)
                return put_keyword(at, guess_.heads_block(at) && kind_at(at + 1) != TokenKind::once
                                           ? TokenKind::branch
                                           : TokenKind::rework);
            if (kind == TokenKind::quantity || kind == TokenKind::guess || kind == TokenKind::unknown)
                return put_keyword(at, TokenKind::wait);
            if (kind == TokenKind::number) return put_keyword(at, TokenKind::queue);
            if (kind == TokenKind::string && guess_.heads_block(at)) return put_keyword(at, TokenKind::kaizen);
            if (kind == TokenKind::string)
                return put_keyword(at, at == 0 || context->getRuleIndex() == VsmParser::RuleFile ? TokenKind::import_
                                                                                                 : TokenKind::note);
        }
        blame_property_before(context, at);
        give_up_item(context);
        if (!first_on_its_line(at)) return;
        auto report = diagnostics_.report(diag::unexpected_word, range(at), "a property or a statement",
                                          describe(tokens_.at(at), source_));
        report.help("an item is a property (`name: value`) or begins with a keyword such as `step`, `stage` or `wait`");
        if (kind == TokenKind::date) report.help("a date follows `by`, or the colon of a property");
        if (kind == TokenKind::colon) report.help("write the property's name before the colon");
    }

    /// A stray token after a property's value on the same line was most likely meant to be part of the value.
    void blame_property_before(ParserRuleContext* context, std::size_t at) {
        const auto& items = items_of(context);
        if (items.empty() || !same_line(at) || kind_at(at - 1) == TokenKind::comma) return;
        const auto* property = items.back()->fact;
        if (property != nullptr && property->val != nullptr) outcome_.damaged.insert(property->val);
    }

    /// `step: review { … }`: the previous item was parsed as a property, but its name is a keyword.
    bool unwanted_colon(Parser* parser, std::size_t at) {
        if (at < 3 || kind_at(at - 2) != TokenKind::colon || !begins_statement(kind_at(at - 3)) || !same_line(at))
            return false;
        auto& items = items_of(parser->getContext());
        if (items.empty()) return false;
        diagnostics_.report(diag::unwanted_colon, range(at - 2), text(at - 3))
            .help(fmt::format("write `{} {}`", text(at - 3), text(at - 1)))
            .fix(range(at - 2), "");
        outcome_.abandoned.insert(items.back());
        tokens_.take_out(at - 2);
        retry(at - 3);
        return true;
    }

    static std::vector<VsmParser::ItemContext*>& items_of(ParserRuleContext* context) {
        if (auto* block = dynamic_cast<VsmParser::BlockContext*>(context)) return block->items;
        return dynamic_cast<VsmParser::FileContext*>(context)->items;
    }

    /// Whether the current token is the `{` of the block being entered.
    static bool opens_block(Parser* parser) {
        return parser->getTokenStream()->index() == parser->getContext()->start->getTokenIndex();
    }

    // ---- within a statement or a value ----

    bool keyword_near(std::size_t at, const std::vector<TokenKind>& candidates) {
        std::vector<std::string_view> words;
        for (const TokenKind candidate : candidates) words.push_back(keyword_text(candidate));
        const auto near = nearest(text(at), words);
        if (!near) return false;
        diagnostics_
            .report(diag::unexpected_word, range(at), fmt::format("`{}`", *near), describe(tokens_.at(at), source_))
            .help(fmt::format("did you mean `{}`?", *near))
            .fix(range(at), std::string(*near));
        tokens_.retype(at, *keyword_kind(*near));
        return true;
    }

    /// Whether a name is a misspelt connecting keyword: `onec` for `once`.
    bool keyword_misspelt(Parser* parser, std::size_t at) {
        if (kind_at(at) != TokenKind::name) return false;
        std::vector<TokenKind> candidates;
        for (const ssize_t type : getExpectedTokens(parser).toList())
            if (type > 0 && is_connecting_keyword(static_cast<TokenKind>(type)))
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
        for (const antlr4::RuleContext* up = parser->getContext(); up != nullptr && !is_loop_rule(up);
             up = parent(up)) {
            const std::size_t start = static_cast<const ParserRuleContext*>(up)->start->getTokenIndex();
            if (up->getRuleIndex() == VsmParser::RuleProperty)
                return void(report.help(fmt::format("write one value for `{}`", text(start))));
            if (up->getRuleIndex() != VsmParser::RuleStatement || text(start).empty()) continue;
            return void(report.help(completed(start)));
        }
    }

    TokenEditor& tokens_;
    const SourceFile& source_;
    Diagnostics& diagnostics_;
    ParseOutcome& outcome_;
    ItemGuess guess_;
    std::optional<std::size_t> retry_at_;
    bool skip_ = false;
    std::map<std::uint32_t, int> repairs_;
    std::set<std::uint32_t> lines_;  ///< lines with a report
    std::set<std::string> names_;    ///< names in the file; filled when a name is first generated
};

}  // namespace

std::shared_ptr<antlr4::ANTLRErrorStrategy> make_recovery(TokenEditor& tokens, const SourceFile& source,
                                                          Diagnostics& diagnostics, ParseOutcome& outcome) {
    return std::make_shared<Recovery>(tokens, source, diagnostics, outcome);
}

}  // namespace vsm::parse
