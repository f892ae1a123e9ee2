#include "compiler/lower/elements.h"

#include "compiler/lower/values/value_texts.h"
#include "diag/lower.h"
#include "diag/parse.h"
#include "diag/settings.h"

namespace vsm::lower {
namespace {

ir::Text text_of(const ast::Text& text) { return {lower::unless_blank(text.value), text.range}; }
ir::Text text_of(const ast::Word& word) { return {word.text, word.range}; }

Place place_of(ast::ElementKind kind) {
    switch (kind) {
        case ast::ElementKind::stage: return on_stage;
        case ast::ElementKind::step: return on_step;
        case ast::ElementKind::parallel: return on_parallel;
        case ast::ElementKind::choose: return on_choose;
        case ast::ElementKind::branch: return on_branch;
        case ast::ElementKind::wait: return on_wait;
        case ast::ElementKind::queue: return on_queue;
    }
    return on_step;
}

void add_allow(const ast::Allow& allow, const ast::Item& item, BlockContext& target) {
    if (!allow.rule.given() || !allow.reason.given() || allow.reason.range.begin == allow.reason.range.end) return;
    if (allow.reason.value.find_first_not_of(" \t\n") == std::string::npos)
        target.properties.scope.diagnostics
            .report(diag::wrong_value, allow.reason.range, "allow", "a reason in quotes", "an empty text")
            .help("write why the finding is acceptable here");
    ir::Allow made{std::nullopt, allow.reason.value, item.range, allow.rule.range};
    const DiagnosticInfo* info = find_diagnostic(allow.rule.text);
    if (info != nullptr && info->rule_class != RuleClass::none) {
        made.rule = info->code;
    } else {
        std::vector<std::string_view> rules;
        for (const DiagnosticInfo& row : all_diagnostics())
            if (row.rule_class != RuleClass::none) rules.push_back(row.name);
        auto report = target.properties.scope.diagnostics.report(diag::unknown_rule, allow.rule.range, allow.rule.text);
        const bool skip_suggestion = target.properties.scope.diagnostics.error_count() > most_guesses;
        if (skip_suggestion || !report.did_you_mean(allow.rule.range, allow.rule.text, rules))
            report.help(info != nullptr ? "only findings of `lint` rules can be allowed"
                                        : "`vsm explain --list` names them all");
    }
    target.remarks->allows.push_back(std::move(made));
}

void add_kaizen(const ast::Kaizen& kaizen, const ast::Item& item, BlockContext& target) {
    ir::Kaizen made = lower_kaizen_head(kaizen, item);
    PropertyContext properties{on_kaizen, target.properties.scope, target.properties.values};
    properties.kaizen = &made;
    BlockContext inner{properties};
    inner.where = "a kaizen outside a future";
    lower_items(kaizen.block, inner);
    target.remarks->kaizens.push_back({std::move(made), kaizen.on.value_or(ast::Word{})});
}

/// Repairs a property without a colon: `wait 1d` or `team dev` in a step. The parser took it for a statement, which is
/// only wrong in this place. Returns whether the item is one.
bool repair_missing_colon(const ast::Item& item, BlockContext& target, GivenProperties& given) {
    const auto* statement = item.statement();
    if (statement == nullptr) return false;
    const auto& values = target.properties;
    ast::Property meant;
    if (const auto* element = std::get_if<ast::Element>(statement);
        element != nullptr && element->kind == ast::ElementKind::wait) {
        if (target.elements != nullptr || !has_property(values.place, "wait") || element->name.given()) return false;
        meant = {{"wait", item.keyword}, element->time, item.range};
    } else if (const auto* team = std::get_if<ast::Team>(statement); team != nullptr) {
        if (target.teams != nullptr || !has_property(values.place, "team")) return false;
        meant = {{"team", item.keyword}, {team->name, team->name.range, false}, item.range};
    }
    if (!meant.name.given()) return false;
    values.scope.diagnostics.report(diag::missing_colon, item.keyword, meant.name.text)
        .help(fmt::format("write `{}: {}`", meant.name.text, lower::text_of(meant.value)))
        .fix({item.keyword.file, item.keyword.end, item.keyword.end}, ":");
    set_property(target.properties, meant, given);
    return true;
}

/// Reports `wait: 1d` between elements. Returns whether the property was reported.
bool report_unwanted_colon(const ast::Property& property, BlockContext& target) {
    if (target.elements == nullptr || has_property(target.properties.place, property.name.text)) return false;
    if (property.name.text != "wait" && property.name.text != "queue") return false;
    target.properties.scope.diagnostics.report(diag::unwanted_colon, property.name.range, property.name.text)
        .help(fmt::format("between steps write `{} {}`{}", property.name.text, lower::text_of(property.value),
                          property.name.text == "wait" ? "; with a colon it is a property of a step" : ""));
    return true;
}

void lower_child(const ast::Element& element, const ast::Item& item, BlockContext& target) {
    Scope& scope = target.properties.scope;
    const bool branch = element.kind == ast::ElementKind::branch;
    if (target.elements == nullptr) return report_misplaced(item, target.where, scope.diagnostics);
    if (scope.full()) return;
    if (branch && !target.branches_only && !target.wraps_in_branches)
        return report_misplaced(item, target.where, scope.diagnostics,
                                "a branch belongs in a `parallel` or a `choose`");
    if (!branch && target.branches_only) {
        if (target.properties.draft != nullptr) target.properties.draft->element.change().damaged = true;
        return report_misplaced(item, target.where, scope.diagnostics, "put it into a branch: `branch 70% { … }`");
    }
    if (branch && target.wraps_in_branches && element.share)
        scope.diagnostics
            .report(diag::misplaced_statement, element.share->range, element.share->text, "a branch of a parallel")
            .help("in a `parallel` all branches run; if items take one of them, write `choose`");
    Draft made = lower_element(element, item, scope, target.properties.values);
    if (auto* own = std::get_if<ir::Branch>(&made.element.change().what);
        own != nullptr && target.wraps_in_branches && element.share)
        own->share.reset();
    if (!branch && target.wraps_in_branches) {
        if (made.after)
            scope.diagnostics
                .report(diag::misplaced_statement, made.after_range, "after", "a direct element of a parallel")
                .help("the elements of a parallel start together; put a sequence in a `branch`");
        made.after.reset();
        made = implicit_branch(std::move(made), scope);
    }
    target.elements->push_back(std::move(made));
}

/// Marks the element as damaged if its share cannot be read.
ir::Branch lower_branch(const ast::Element& element, ir::Element& made, ValueReader& values) {
    ir::Branch branch;
    if (element.share) {
        branch.share = values.ratio("branch", *element.share);
        branch.share_range = element.share->range;
        made.damaged = made.damaged || !branch.share;
    }
    return branch;
}

ir::Wait lower_wait(const ast::Element& element, ir::Element& made, ValueReader& values) {
    const bool hedged = values.hedged("wait", element.name, element.time);
    const auto time = hedged ? std::nullopt : values.time("wait", element.time);
    made.damaged = made.damaged || hedged;
    return {time.value_or(ir::Time{})};
}

ir::Queue lower_queue(const ast::Element& element, const ast::Item& item, ir::Element& made, ValueReader& values) {
    ir::Queue queue{{}, item.keyword};
    if (element.count) {
        queue.range = element.count->range;
        const bool hedged = values.hedged(
            "queue", element.name, ast::Value{ast::SpanValue{false, {*element.count}}, element.count->range, false});
        const auto items = hedged ? std::nullopt : values.number("queue", *element.count);
        if (items) {
            queue.items = *items;
        } else {
            made.damaged = true;
        }
    } else {
        made.damaged = true;
    }
    return queue;
}

/// Sets what an element is, and what its block may have.
void lower_kind(const ast::Element& element, const ast::Item& item, BlockContext& target, Draft& draft) {
    ir::Element& made = draft.element.change();
    ValueReader& values = target.properties.values;
    switch (element.kind) {
        case ast::ElementKind::stage:
            made.what = ir::Stage{};
            target.elements = &draft.children;
            target.properties.extras = &made.extras;
            break;
        case ast::ElementKind::step:
            made.what = ir::Step{};
            target.properties.timings = &ir::change_step(made)->timings;
            target.properties.teams = &draft.teams;
            target.properties.extras = &made.extras;
            target.reworks = &draft.reworks;
            break;
        case ast::ElementKind::parallel:
            made.what = ir::Parallel{};
            target.elements = &draft.children;
            target.wraps_in_branches = true;
            break;
        case ast::ElementKind::choose:
            made.what = ir::Choose{};
            target.elements = &draft.children;
            target.branches_only = true;
            break;
        case ast::ElementKind::branch:
            made.what = lower_branch(element, made, values);
            target.elements = &draft.children;
            break;
        case ast::ElementKind::wait: made.what = lower_wait(element, made, values); break;
        case ast::ElementKind::queue: made.what = lower_queue(element, item, made, values); break;
    }
}

/// Lowers a statement, or reports that it is in the wrong place.
struct StatementLowering {
    const ast::Item& item;
    BlockContext& target;
    Scope& scope;
    ValueReader& values;
    const std::function<void(const ast::Item&)>* edit;

    void refuse() { report_misplaced(item, target.where, scope.diagnostics); }
    void lower_edit() {
        if (edit == nullptr) return refuse();
        (*edit)(item);
    }
    void operator()(const ast::Import&) { refuse(); }
    void operator()(const ast::Stream&) { refuse(); }
    void operator()(const ast::Future&) { refuse(); }
    void operator()(const ast::Team&) {
        if (target.teams == nullptr) refuse();  // a stream's own teams were lowered before its elements
    }
    void operator()(const ast::Element& element) {
        if (edit != nullptr) {
            report_misplaced(item, target.where, scope.diagnostics,
                             "in a future, write where it goes: `add after NAME …`, `add before NAME …` or "
                             "`replace NAME with …`");
        } else {
            lower_child(element, item, target);
        }
    }
    void operator()(const ast::Rework& rework) {
        if (target.reworks == nullptr) return refuse();
        target.reworks->push_back(lower_rework(rework, item, scope, values));
        if (rework.block.damaged && target.properties.draft != nullptr)
            target.properties.draft->element.change().damaged = true;
    }
    void operator()(const ast::Goal& goal) {
        if (target.goals == nullptr) return refuse();
        target.goals->push_back(goal);
    }
    void operator()(const ast::Note& note) {
        if (target.remarks == nullptr) return refuse();
        if (lower::unless_blank(note.text.value).empty()) return;
        target.remarks->notes.push_back({{note.text.value, item.range}, note.on.value_or(ast::Word{})});
    }
    void operator()(const ast::Kaizen& kaizen) {
        if (edit != nullptr) return lower_edit();
        if (target.remarks == nullptr) return refuse();
        add_kaizen(kaizen, item, target);
    }
    void operator()(const ast::Allow& allow) {
        if (target.remarks == nullptr) return refuse();
        add_allow(allow, item, target);
    }
    void operator()(const ast::Change&) { lower_edit(); }
    void operator()(const ast::Remove&) { lower_edit(); }
    void operator()(const ast::Add&) { lower_edit(); }
    void operator()(const ast::Replace&) { lower_edit(); }
    void operator()(const ast::Move&) { lower_edit(); }
};

}  // namespace

void report_misplaced(const ast::Item& item, std::string_view where, Diagnostics& diagnostics, std::string help) {
    struct Keyword {
        std::string_view operator()(const ast::Import&) const { return "import"; }
        std::string_view operator()(const ast::Team&) const { return "team"; }
        std::string_view operator()(const ast::Stream&) const { return "stream"; }
        std::string_view operator()(const ast::Future&) const { return "future"; }
        std::string_view operator()(const ast::Element& e) const { return ast::keyword_of(e.kind); }
        std::string_view operator()(const ast::Rework&) const { return "rework"; }
        std::string_view operator()(const ast::Goal& g) const { return g.is_target ? "target" : "expect"; }
        std::string_view operator()(const ast::Note&) const { return "note"; }
        std::string_view operator()(const ast::Kaizen&) const { return "kaizen"; }
        std::string_view operator()(const ast::Allow&) const { return "allow"; }
        std::string_view operator()(const ast::Change&) const { return "change"; }
        std::string_view operator()(const ast::Remove&) const { return "remove"; }
        std::string_view operator()(const ast::Add&) const { return "add"; }
        std::string_view operator()(const ast::Replace&) const { return "replace"; }
        std::string_view operator()(const ast::Move&) const { return "move"; }
    };
    const std::string_view keyword = std::visit(Keyword{}, *item.statement());
    if (help.empty()) {
        if (keyword == "import" || keyword == "stream" || keyword == "future")
            help = "it belongs at the top level of the file; is a `}` missing before it?";
        if (keyword == "rework") help = "rework belongs in the step that finds the defect";
        if (keyword == "target" || keyword == "expect") help = "goals belong in a stream or a future";
        if (keyword == "change" || keyword == "remove" || keyword == "add" || keyword == "replace" || keyword == "move")
            help = "edits belong in a future, or in a kaizen of one";
        const bool remark = keyword == "kaizen" || keyword == "note" || keyword == "allow";
        if (remark && where == "a team")
            help = keyword == "allow" ? "write it at the top level of the file"
                                      : "write it in the stream or the step that it is about";
        if (remark && where == "a rework") help = "write it in the step that contains the rework";
        if (remark && where.starts_with("a kaizen")) help = "write it next to the kaizen";
        if (help.empty() && where == "a step")
            help = "a step contains properties, rework and remarks; is a `}` missing before it?";
        if (help.empty() && where == "the file") help = "put it in a `stream`";
    }
    auto report = diagnostics.report(diag::misplaced_statement, item.keyword, keyword, where);
    if (!help.empty()) report.help(std::move(help));
}

ir::Kaizen lower_kaizen_head(const ast::Kaizen& kaizen, const ast::Item& item) {
    ir::Kaizen made;
    made.title = text_of(kaizen.title);
    made.range = kaizen.title.given() ? kaizen.title.range : item.keyword;
    return made;
}

Draft implicit_branch(Draft element, Scope& scope) {
    Draft branch;
    branch.key = scope.next_key++;
    ir::Branch what;
    what.implicit = true;
    ir::Element& made = branch.element.change();
    made.what = what;
    made.range = element.element->range;
    made.whole_range = element.element->whole_range;
    branch.children.push_back(std::move(element));
    return branch;
}

DraftRework lower_rework(const ast::Rework& rework, const ast::Item& item, Scope& scope, ValueReader& values) {
    DraftRework made;
    made.rework.rate = values.ratio("rework", rework.probability).value_or(Ratio{});
    made.rework.once = rework.once;
    made.rework.range = item.range;
    made.rework.rate_range = rework.probability.range;
    made.rework.target_range = item.keyword;
    if (rework.to) {
        made.to = *rework.to;
        made.rework.target_range = rework.to->range;
        return made;
    }
    ir::Repair repair;
    PropertyContext properties{on_rework, scope, values};
    properties.repair = &repair;
    properties.timings = &repair.timings;
    properties.teams = &made.teams;
    BlockContext inner{properties};
    inner.where = "a rework";
    lower_items(rework.block, inner);
    made.rework.to = repair;
    return made;
}

ir::TeamId lower_team(const ast::Team& team, Scope& scope, ValueReader& values, Names<ir::TeamId>& names,
                      ir::StreamId local_to) {
    ir::Team made;
    made.name = text_of(team.name);
    made.title = text_of(team.title);
    made.declared = true;
    made.imported = scope.imported;
    made.local_to = local_to;
    PropertyContext properties{on_team, scope, values};
    properties.team = &made;
    BlockContext inner{properties};
    inner.where = "a team";
    lower_items(team.block, inner);
    const ir::TeamId id = scope.model.teams.add(std::move(made));
    if (team.name.given()) declare(names, team.name.text, team.name.range, id, scope.diagnostics);
    scope.teams_declared = true;
    return id;
}

Draft lower_element(const ast::Element& element, const ast::Item& item, Scope& scope, ValueReader& values) {
    Draft draft;
    draft.key = scope.next_key++;
    if (draft.key == most_elements + 1)
        scope.diagnostics
            .report(diag::out_of_range, item.keyword, fmt::format("a map with {} elements", draft.key),
                    fmt::format("the {} that one map may have", most_elements))
            .help("put streams into files of their own");
    if (draft.key > most_elements) return draft;  // no further reports for a map that is too large
    ir::Element& made = draft.element.change();
    made.name = text_of(element.name);
    made.title = text_of(element.title);
    made.range = element.name.given() ? element.name.range : item.keyword;
    made.whole_range = item.range;
    made.block_range = element.block.range;
    made.damaged = element.block.damaged;
    BlockContext target{PropertyContext{place_of(element.kind), scope, values}};
    target.properties.draft = &draft;
    target.remarks = &draft.remarks;
    target.where = article_name(target.properties.place);
    lower_kind(element, item, target, draft);
    lower_items(element.block, target);
    return draft;
}

void lower_item(const ast::Item& item, BlockContext& target, GivenProperties& given,
                const std::function<void(const ast::Item&)>* edit) {
    PropertyContext& properties = target.properties;
    if (const auto* property = item.property()) {
        if (!report_unwanted_colon(*property, target)) set_property(properties, *property, given);
    } else if (!repair_missing_colon(item, target, given)) {
        std::visit(StatementLowering{item, target, properties.scope, properties.values, edit}, *item.statement());
    }
}

void lower_items(const ast::Block& block, BlockContext& target, const std::function<void(const ast::Item&)>* edit) {
    target.properties.block = &block;
    for (GivenProperties given; const ast::Item& item : block.items) lower_item(item, target, given, edit);
}

}  // namespace vsm::lower
