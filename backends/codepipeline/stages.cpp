#include "backends/codepipeline/stages.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "backends/codepipeline/retries.h"
#include "backends/codepipeline/series.h"
#include "backends/codepipeline/waves.h"
#include "backends/support/facts.h"
#include "backends/support/names.h"
#include "diag/outputs.h"

namespace vsm::backends::codepipeline {
namespace {

using ir::ElementId;
using Part = std::vector<ElementId>;

constexpr NameRule variable_rule{"_-", 100, false};
constexpr std::string_view unknown_tag = "unknown";

bool is_stage(const ir::Stream& stream, ElementId id) {
    return std::holds_alternative<ir::Stage>(stream.elements[id].what);
}

/// Finds the first step in an element, in source order, or, without `step_wanted`, the first leaf; else returns the
/// element itself.
ElementId first_leaf(const ir::Stream& stream, ElementId id, bool step_wanted) {
    const std::vector<ElementId>& children = children_of(stream.elements[id]);
    if (children.empty()) return id;
    for (const ElementId child : children) {
        const ElementId leaf = first_leaf(stream, child, step_wanted);
        const ir::Element& element = stream.elements[leaf];
        const bool found = step_wanted ? ir::is_step(element) : children_of(element).empty();
        if (found) return leaf;
    }
    return id;
}

PlanSteps steps_of(const mock::Plan& plan) {
    PlanSteps steps;
    for (const mock::MockJob& job : plan.jobs) {
        if (job.kind == mock::MockJob::Kind::pause) steps.pauses[job.element] = job.steps.front();
        if (job.kind == mock::MockJob::Kind::work) steps.work[job.element] = job.steps.front();
    }
    return steps;
}

class LayoutBuilder {
public:
    LayoutBuilder(const BackendInput& input, const runtime::StreamMetrics& metrics, const mock::Plan& plan,
                  Diagnostics& diagnostics)
        : input_(input), stream_(input.stream()), metrics_(metrics), plan_(plan), diagnostics_(diagnostics),
          steps_(steps_of(plan)) {
        names_.claim(source_stage, source_stage);
        variables_.claim(defect_variable, defect_variable);
    }

    Layout run() {
        report_empty(stream_.body.elements);
        add_body(stream_.body, {}, {});
        if (auto defect = settle_retries(input_, stages_, diagnostics_)) made_variables_.push_back(std::move(*defect));
        return {std::move(stages_), std::move(made_variables_)};
    }

private:
    /// Adds the stages of a body; `name` and `owner` belong to the enclosing stage, if there is one.
    void add_body(const ir::Body& body, const std::string& name, ElementId owner) {
        std::vector<Part> open;
        for (const Part& part : in_series(stream_, body)) {
            if (part.size() == 1 && std::holds_alternative<ir::Choose>(stream_.elements[part.front()].what)) {
                close(open, name, owner);
                add_choose(part.front(), name);
                continue;
            }
            const bool with_stage =
                std::any_of(part.begin(), part.end(), [&](ElementId id) { return is_stage(stream_, id); });
            if (!with_stage) {
                open.push_back(part);
                continue;
            }
            close(open, name, owner);
            if (part.size() == 1) {
                const ir::Element& element = stream_.elements[part.front()];
                const std::string full =
                    name.empty() ? name_stem(element) : fmt::format("{}-{}", name, name_stem(element));
                add_body(std::get_if<ir::Stage>(&element.what)->body, full, part.front());
            } else {
                add_side_by_side(part, name);
            }
        }
        close(open, name, owner);
    }

    /// Adds one stage for the parts gathered so far.
    void close(std::vector<Part>& parts, const std::string& name, ElementId owner) {
        if (parts.empty()) return;
        const ElementId first = named_after(parts);
        const std::string own = name_stem(stream_.elements[first]);
        // later parts of a stage get their own name
        const bool first_of_owner = owner.valid() && begun_.insert(owner).second;
        const std::string full = name.empty() ? own : first_of_owner ? name : fmt::format("{}-{}", name, own);
        add_stage(parts, full, owner.valid() ? owner : first);
        parts.clear();
    }

    /// Adds a stage per branch, which runs if the variable selects it. The default is the branch with the largest
    /// share.
    void add_choose(ElementId id, const std::string& outer) {
        const mock::Question& question = question_of(id);
        const Variable variable{variables_.claim(question.name, question.name), question.words,
                                question.words[question.usual], question.description};
        const std::vector<ElementId>& branches = ir::children_of(stream_.elements[id]);
        std::size_t made = 0;
        for (std::size_t i = 0; i < branches.size(); ++i) {
            const ElementId branch = branches[i];
            const double share = input_.model.facts(input_.stream_id).elements[branch].branch_share;
            report_merged_in(branch);
            Waves waves(input_, steps_, diagnostics_);
            waves.place_branch(branch);
            const std::string own = name_stem(stream_.elements[branch]);
            const std::size_t before = stages_.size();
            add_actions(waves.take(), outer.empty() ? own : fmt::format("{}-{}", outer, own), branch,
                        fmt::format("_{}pct", percent_digits(share)));
            if (stages_.size() == before) continue;
            stages_.back().only_if = ChoiceBranch{variable.name, question.words[i]};
            ++made;
        }
        if (made > 0) made_variables_.push_back(variable);
    }

    const mock::Question& question_of(ElementId choose) const {
        const auto found = std::find_if(plan_.questions.begin(), plan_.questions.end(),
                                        [&](const mock::Question& one) { return one.choose == choose; });
        VSM_CHECK(found != plan_.questions.end());
        return *found;
    }

    ElementId named_after(const std::vector<Part>& parts) const {
        for (const bool step_wanted : {true, false}) {
            for (const Part& part : parts) {
                for (const ElementId id : part) {
                    const ElementId leaf = first_leaf(stream_, id, step_wanted);
                    if (!step_wanted || ir::is_step(stream_.elements[leaf])) return leaf;
                }
            }
        }
        return parts.front().front();
    }

    void add_side_by_side(const Part& part, const std::string& name) {
        std::string joint = name;
        ElementId first;
        for (const ElementId id : part) {
            if (!is_stage(stream_, id)) continue;
            const ir::Element& element = stream_.elements[id];
            joint += (first.valid() ? "-and-" : joint.empty() ? "" : "-") + name_stem(element);
            if (!first.valid()) first = id;
        }
        add_stage({part}, joint, first);
    }

    void add_stage(const std::vector<Part>& parts, const std::string& name, ElementId element) {
        Part merged;
        for (const Part& part : parts)
            for (const ElementId id : part) add_stages_in(id, merged);
        report_merged(merged);
        Waves waves(input_, steps_, diagnostics_);
        for (const Part& part : parts) waves.place_part(part);
        add_actions(waves.take(), name, element, {});
    }

    void add_actions(std::vector<Action> actions, const std::string& name, ElementId element, const std::string& tag) {
        if (actions.empty()) return;
        name_actions(actions);
        stages_.push_back({names_.claim(name, stream_.elements[element].label, tag), element, std::move(actions),
                           std::nullopt, Retry::none});
    }

    /// Reports the outermost stages, parallels and chooses without actions. Branches may be empty: their items just go
    /// on.
    void report_empty(const std::vector<ElementId>& elements) {
        for (const ElementId id : elements) {
            const ir::Element& element = stream_.elements[id];
            if (mock::is_played(stream_, id) || std::holds_alternative<ir::Branch>(element.what)) {
                report_empty(children_of(element));
                continue;
            }
            diagnostics_
                .report(diag::not_carried, element.range, "codepipeline",
                        fmt::format("{} `{}`, in which nothing happens", keyword_of(element), element.label))
                .help("a CodePipeline stage needs at least one action");
        }
    }

    /// Collects the outermost stages in an element, or the element itself.
    void add_stages_in(ElementId id, Part& found) const {
        if (is_stage(stream_, id)) return found.push_back(id);
        for (const ElementId child : children_of(stream_.elements[id])) add_stages_in(child, found);
    }

    /// Reports merged stages in a branch, except for its direct children: they follow one another in the branch's
    /// stage.
    void report_merged_in(ElementId branch) {
        Part merged;
        for (const ElementId id : children_of(stream_.elements[branch]))
            if (!is_stage(stream_, id)) add_stages_in(id, merged);
        report_merged(merged);
    }

    /// Reports stages of the map that get no stage of their own, since they run beside others.
    void report_merged(const Part& stages) {
        if (stages.empty()) return;
        std::string listed;
        for (const ElementId id : stages)
            listed += fmt::format("{}`{}`", listed.empty() ? "" : ", ", stream_.elements[id].label);
        diagnostics_.report(diag::merged_stages, stream_.elements[stages.front()].range, "codepipeline", listed)
            .help("its stages run one after the other; parallel actions must be in the same stage");
    }

    void name_actions(std::vector<Action>& actions) {
        Names names(name_rule);
        for (Action& action : actions) {
            const ir::Element& element = stream_.elements[action.step.element];
            const bool wait = action.step.pause;
            // a wait without title or name is just `Wait`: its label would repeat the word
            const bool nameless = element.title.value.empty() && element.name.value.empty();
            const std::string own = wait && nameless ? "" : name_stem(element);
            action.name = names.claim(fmt::format("{}{}{}", wait ? "Wait-" : "", action.stage_prefix, own),
                                      element.label, wait ? wait_tag(action) : step_tags(action));
        }
    }

    /// `_WT1d`; empty if unknown.
    std::string wait_tag(const Action& action) const {
        return action.step.known ? "_WT" + format_duration(action.step.microseconds, stream_.calendar) : "";
    }

    /// The total of a step's wait and the waits merged into it.
    std::string wait_tag(const Action& action, const ir::ResolvedTime& own) const {
        double wait = own.spread.mean;
        bool known = own.known;
        for (const mock::MockStep& before : action.waits) {
            known = known && before.known;
            wait += before.microseconds;
        }
        return "_WT" + (known ? format_duration(wait, stream_.calendar) : std::string(unknown_tag));
    }

    /// The known and unknown metrics of a step, `_70pct_PT30min_WT1d_CA85`; without times if all are unknown. Names
    /// cannot contain a question mark.
    std::string step_tags(const Action& action) const {
        const ElementId id = action.step.element;
        const ir::ElementFacts& facts = input_.model.facts(input_.stream_id).elements[id];
        std::string tags;
        if (facts.share < 1) tags += fmt::format("_{}pct", percent_digits(facts.share));
        const auto& [process, wait, lead] = facts.timings;
        const Play play = play_of(input_, id);
        const bool asked = !process.known || !wait.known;
        if (lead.known && (play.lead_alone || asked))
            tags += "_LT" + format_duration(lead.spread.mean, stream_.calendar);
        const bool any = process.known || wait.known || lead.known;
        if (any && (!play.lead_alone || asked)) {
            tags += "_PT" +
                    (process.known ? format_duration(process.spread.mean, stream_.calendar) : std::string(unknown_tag));
            tags += wait_tag(action, wait);
        }
        const auto& quality = ir::step_of(stream_.elements[id])->quality;
        if (const auto ca = metrics_.elements[id].ca) tags += "_CA" + percent_digits(*ca);
        if (quality && quality->state == ir::Quality::State::unknown) tags += fmt::format("_CA{}", unknown_tag);
        return tags;
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    const mock::Plan& plan_;
    Diagnostics& diagnostics_;
    const PlanSteps steps_;
    Names names_{name_rule};
    Names variables_{variable_rule};
    std::set<ElementId> begun_;  ///< stages of the map whose name a pipeline stage has
    std::vector<Stage> stages_;
    std::vector<Variable> made_variables_;
};

}  // namespace

Layout lay_out(const BackendInput& input, const runtime::StreamMetrics& metrics, const mock::Plan& plan,
               Diagnostics& diagnostics) {
    return LayoutBuilder(input, metrics, plan, diagnostics).run();
}

bool by_hand(const BackendInput& input, const ir::Step& step) {
    return input.options.mock == MockKind::approval || step.kind == ir::StepKind::approval;
}

MockKind player_of(const BackendInput& input, const Action& action) {
    const auto* step = ir::step_of(input.stream().elements[action.step.element]);
    const bool approval = step != nullptr && !action.step.pause && by_hand(input, *step);
    return approval ? MockKind::approval : input.options.mock;
}

MockKind player_of(const BackendInput& input, const Layout& layout) {
    for (const Stage& stage : layout.stages)
        for (const Action& action : stage.actions)
            if (player_of(input, action) != MockKind::approval) return input.options.mock;
    return MockKind::approval;
}

const std::string& name_stem(const ir::Element& element) {
    return name_from(called(element), name_rule).empty() ? element.label : called(element);
}

std::string source_action(const BackendInput& input) {
    return Names(name_rule).claim(input.stream().trigger.value, "Trigger");
}

}  // namespace vsm::backends::codepipeline
