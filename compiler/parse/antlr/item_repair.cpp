#include "compiler/parse/antlr/item_repair.h"

#include <VsmParser.h>

#include <algorithm>
#include <span>

#include "base/text.h"
#include "compiler/parse/antlr/contexts.h"
#include "diag/parse.h"
#include "ir/properties/property_table.h"

namespace vsm::parse {
namespace {

using antlr4::ParserRuleContext;
using grammar::VsmParser;

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

std::vector<VsmParser::ItemContext*>& items_of(ParserRuleContext* context) {
    if (auto* block = dynamic_cast<VsmParser::BlockContext*>(context)) return block->items;
    return dynamic_cast<VsmParser::FileContext*>(context)->items;
}

}  // namespace

void ItemRepair::mark_damaged(const antlr4::RuleContext* context) {
    for (const antlr4::RuleContext* up = context; up != nullptr; up = parent(up)) {
        outcome_.damaged.insert(static_cast<const ParserRuleContext*>(up));
        if (is_loop_rule(up)) break;
    }
}

void ItemRepair::give_up_item(const antlr4::RuleContext* context) {
    skip_ = true;
    mark_damaged(context);
    // A name without a colon is not a property, so none of it is kept.
    if (context->getRuleIndex() == VsmParser::RuleProperty)
        outcome_.abandoned.insert(static_cast<const ParserRuleContext*>(parent(context)));
}

// ---- items that begin with a word that is not their keyword ----

bool ItemRepair::is_assigned(const antlr4::RuleContext* context, std::size_t at) {
    const TokenKind value = kind_at(at + 2);
    if (kind_at(at + 1) != TokenKind::equal || !same_line(at + 1) || !in_block(context) || !begins_value(value))
        return false;
    return !holds_goals(context) || value == TokenKind::string || is_word(value) || kind_at(at + 3) == TokenKind::per;
}

void ItemRepair::put_colon(std::size_t at) {
    const std::size_t last = kind_at(at + 3) == TokenKind::per ? at + 4 : at + 2;
    const SourceRange value = range_of(source_, tokens_.at(at + 2), tokens_.at(last));
    report_missing_colon(diagnostics_, source_, {range(at), range(at), source_.text(value), tokens_.at(at + 1).end});
    tokens_.retype(at + 1, TokenKind::colon);
    retry(at);
}

std::optional<std::string_view> ItemRepair::nearest_keyword(std::size_t at) const {
    const std::size_t most = text(at).size() < 6 ? 1 : 2;
    std::vector<std::string_view> fitting;
    for (const std::string_view keyword : statement_keywords())
        if (guess_.shape_fits(*keyword_kind(keyword), at)) fitting.push_back(keyword);
    const auto near = nearest(text(at), fitting, most);
    return near ? near : nearest(text(at), statement_keywords(), most);
}

void ItemRepair::repair_item(ParserRuleContext* context, std::size_t at) {
    const TokenKind kind = kind_at(at);
    const bool hole =
        kind == TokenKind::name && tokens_.at(at).repaired && tokens_.at(at).begin == tokens_.at(at).end;  // reported
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
        report_missing_colon(diagnostics_, source_, {range(at), range(at), source_.text(value), tokens_.at(at).end});
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

bool ItemRepair::likely_property(std::size_t at) const {
    const std::string_view name = text(at);
    if (name.starts_with("x_")) return true;
    return std::ranges::any_of(properties::rows, [&](const properties::Row& row) {
        const bool a_steps = (row.places & properties::on_step) != 0;
        if (!a_steps && name.size() <= 4) return row.name == name;
        return nearest(name, std::span(&row.name, 1), a_steps ? 1 : 2).has_value();
    });
}

void ItemRepair::report_loose(ParserRuleContext* context, std::size_t at) {
    const TokenKind kind = kind_at(at);
    give_up_item(context);
    if (!first_on_its_line(at)) return;
    const std::string_view needs = kind == TokenKind::by   ? "a date such as `2027-03-31`"
                                   : kind == TokenKind::on ? "the name of an element"
                                                           : "something else";
    auto report = diagnostics_.report(diag::unexpected_word, range(at), fmt::format("{} after `{}`", needs, text(at)),
                                      describe(tokens_.at(at + 1), source_));
    if (kind == TokenKind::by) {
        report.help("write year, month and day: `by 2027-03-31`");
    } else {
        report.help(
            fmt::format("`{}` belongs to the statement before it, which expects something else here", text(at)));
    }
}

bool ItemRepair::misspelt_by(ParserRuleContext* context, std::size_t at) {
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

void ItemRepair::complete_statement(ParserRuleContext* context, std::size_t at) {
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

std::string ItemRepair::free_name_for(std::string_view title) {
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

/// With the metric that is written, if there is one.
std::string ItemRepair::completed_goal(std::size_t at) const {
    std::string metric;
    if (is_word(kind_at(at + 1)) && same_line(at + 1)) metric = text(at + 1);
    for (std::size_t next = at + 2; !metric.empty() && kind_at(next) == TokenKind::dot; next += 2)
        metric += fmt::format(".{}", text(next + 1));
    const bool share = metric.ends_with("ca") || metric.ends_with("ratio") || metric.ends_with("yield");
    return fmt::format("write `{} {} {}`", text(at), metric.empty() ? "lead_time" : metric, share ? ">= 60%" : "<= 3d");
}

std::string ItemRepair::completed(std::size_t at) const {
    switch (kind_at(at)) {
        case TokenKind::import_: return "write `import \"teams.vsm\"`";
        case TokenKind::note: return "write `note \"…\"`";
        case TokenKind::kaizen: return "write `kaizen \"…\" { … }`";
        case TokenKind::wait: return "write `wait 1d`, or `wait ?` if nobody knows yet";
        case TokenKind::queue: return "write `queue 12`, with the number of items that wait";
        case TokenKind::rework: return "write `rework 15% to NAME`, or `rework 15% { … }` for a repair on the spot";
        case TokenKind::add: return "write `add after NAME step … { … }`";
        case TokenKind::target:
        case TokenKind::expect: return completed_goal(at);
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

void ItemRepair::replace_keyword(ParserRuleContext* context, std::size_t at) {
    const TokenKind wanted = guess_.keyword_for(place_of(context), at);
    diagnostics_.report(diag::unknown_statement, range(at), text(at))
        .help(fmt::format("a block with a name begins with a keyword, such as `{}`", keyword_text(wanted)));
    tokens_.retype(at, wanted);
    retry(at);
}

void ItemRepair::put_keyword(std::size_t at, TokenKind keyword) {
    diagnostics_
        .report(diag::unexpected_word, range(at), fmt::format("a keyword such as `{}`", keyword_text(keyword)),
                describe(tokens_.at(at), source_))
        .help(fmt::format("write `{}` before it", keyword_text(keyword)));
    tokens_.put_in(at, keyword);
    retry(at);
}

// ---- tokens that cannot begin an item ----

void ItemRepair::repair_stray(ParserRuleContext* context, std::size_t at) {
    const bool repairable = may_repair(at);
    if (repairable && unwanted_colon(context, at)) return;
    const TokenKind kind = kind_at(at);
    const bool begins =
        at == 0 || !same_line(at) || kind_at(at - 1) == TokenKind::open || kind_at(at - 1) == TokenKind::comma;
    if (repairable && begins) {
        if (kind == TokenKind::percent)
            return put_keyword(at, guess_.heads_block(at) && kind_at(at + 1) != TokenKind::once ? TokenKind::branch
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

void ItemRepair::blame_property_before(ParserRuleContext* context, std::size_t at) {
    const auto& items = items_of(context);
    if (items.empty() || !same_line(at) || kind_at(at - 1) == TokenKind::comma) return;
    const auto* property = items.back()->fact;
    if (property != nullptr && property->val != nullptr) outcome_.damaged.insert(property->val);
}

bool ItemRepair::unwanted_colon(ParserRuleContext* context, std::size_t at) {
    if (at < 3 || kind_at(at - 2) != TokenKind::colon || !begins_statement(kind_at(at - 3)) || !same_line(at))
        return false;
    auto& items = items_of(context);
    if (items.empty()) return false;
    diagnostics_.report(diag::unwanted_colon, range(at - 2), text(at - 3))
        .help(fmt::format("write `{} {}`", text(at - 3), text(at - 1)))
        .fix(range(at - 2), "");
    outcome_.abandoned.insert(items.back());
    tokens_.take_out(at - 2);
    retry(at - 3);
    return true;
}

bool ItemRepair::keyword_near(std::size_t at, const std::vector<TokenKind>& candidates) {
    std::vector<std::string_view> words;
    for (const TokenKind candidate : candidates) words.push_back(keyword_text(candidate));
    const auto near = nearest(text(at), words);
    if (!near) return false;
    diagnostics_.report(diag::unexpected_word, range(at), fmt::format("`{}`", *near), describe(tokens_.at(at), source_))
        .help(fmt::format("did you mean `{}`?", *near))
        .fix(range(at), std::string(*near));
    tokens_.retype(at, *keyword_kind(*near));
    return true;
}

}  // namespace vsm::parse
