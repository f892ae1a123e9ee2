#include "backends/mock/mock_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "backends/mock/mock_texts.h"
#include "backends/mock/second_pass.h"
#include "backends/support/facts.h"
#include "backends/support/names.h"
#include "base/check.h"

namespace vsm::backends::mock {
namespace {

using ir::ElementId;

constexpr NameRule word_rule{"_-", 99, false};
constexpr std::size_t defect_question = 0;
constexpr char no_defect[] = "none";

/// Jobs that must end before the next element starts, in ascending order; may include implied ones.
using Frontier = std::vector<std::size_t>;

Frontier joined(const std::vector<Frontier>& flows) {
    Frontier all;
    for (const Frontier& flow : flows) all.insert(all.end(), flow.begin(), flow.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

class PlanBuilder {
public:
    PlanBuilder(const BackendInput& input, const runtime::StreamMetrics& metrics, const PassLimits& limits)
        : input_(input), stream_(input.stream()), metrics_(metrics), limits_(limits), texts_(input, metrics),
          passes_(input.stream(), metrics) {
        defect_words_.claim(no_defect, no_defect);
        plan_.questions.push_back({{}, "defect", {no_defect}, 0, "Step that finds a defect and sends the item back"});
    }

    Plan run() {
        const std::size_t start = add(MockJob::Kind::start, {}, texts_.start_name(), texts_.background(), {});
        const Frontier end = place_body(stream_.body, {start});
        add(MockJob::Kind::figures, {}, "Figures", texts_.figures(), end);
        for (MockJob& job : plan_.jobs) add_step_conditions(job);
        return std::move(plan_);
    }

private:
    Frontier place(ElementId id, const Frontier& before) {
        struct Place {
            PlanBuilder& builder;
            ElementId id;
            const Frontier& before;
            Frontier operator()(const ir::Step& step) const { return builder.place_step(id, step, before); }
            Frontier operator()(const ir::Wait&) const { return builder.place_pause(id, before); }
            Frontier operator()(const ir::Queue&) const { return builder.place_pause(id, before); }
            Frontier operator()(const ir::Stage& stage) const { return builder.place_body(stage.body, before); }
            Frontier operator()(const ir::Parallel& parallel) const { return builder.place_parallel(parallel, before); }
            Frontier operator()(const ir::Choose& choose) const { return builder.place_choose(id, choose, before); }
            Frontier operator()(const ir::Branch& branch) const { return builder.place_body(branch.body, before); }
        };
        return ir::visit(Place{*this, id, before}, stream_.elements[id]);
    }

    Frontier place_pause(ElementId id, const Frontier& before) {
        return {add(MockJob::Kind::pause, id, texts_.pause_name(id), {texts_.pause(id)}, before)};
    }

    Frontier place_step(ElementId id, const ir::Step& step, const Frontier& before) {
        const Frontier ready = play_of(input_, id).wait > 0 ? place_pause(id, before) : before;
        const std::size_t job = add(MockJob::Kind::work, id, texts_.work_name(id, false), {texts_.work(id)}, ready);
        plan_.jobs[job].approval = step.kind == ir::StepKind::approval;
        Frontier end{job};
        for (std::size_t i = 0; i < step.reworks.size(); ++i)
            if (const auto pass = place_rework(job, step.reworks[i], i)) end.push_back(*pass);
        return end;
    }

    /// Returns nothing if the second pass exceeds a limit.
    std::optional<std::size_t> place_rework(std::size_t finder, const ir::Rework& rework, std::size_t index) {
        const ElementId step = plan_.jobs[finder].element;
        const auto* target = std::get_if<ElementId>(&rework.to);
        const auto left_out = [&](OmittedPass::Excess excess, std::size_t elements) {
            plan_.missing.push_back({step, index, excess, elements});
            return std::nullopt;
        };
        Question& defects = plan_.questions[defect_question];
        if (defects.words.size() > limits_.passes) return left_out(OmittedPass::Excess::passes, 0);
        // Computing a pass takes time even if it is then refused as too long, so at most twice `passes` are tried.
        if (target != nullptr && tries_ / 2 >= limits_.passes) return left_out(OmittedPass::Excess::steps, 0);
        std::vector<MockStep> steps;
        if (target == nullptr) {
            steps = texts_.repair(step, index);
        } else {
            ++tries_;
            // an element plays one step or two
            const std::size_t room = limits_.steps - steps_;
            const SecondPass pass = passes_.from(*target, step, std::min(limits_.elements, room));
            if (pass.elements > limits_.elements) return left_out(OmittedPass::Excess::elements, pass.elements);
            const std::size_t played = pass.elements > room ? pass.elements : steps_in(pass.repeated);
            if (played > room) return left_out(OmittedPass::Excess::steps, pass.elements);
            steps_ += played;
            for (const Repeated& one : pass.repeated)
                for (MockStep& again : texts_.again(one)) steps.push_back(std::move(again));
        }
        ask_for_defect(defects, step, rework);
        conditions_.insert(conditions_.begin(), {defect_question, defects.words.size() - 1});
        const std::size_t added =
            add(MockJob::Kind::rework, step, texts_.rework_name(step, index), std::move(steps), {finder});
        plan_.jobs[added].rework = index;
        conditions_.erase(conditions_.begin());
        return added;
    }

    void ask_for_defect(Question& defects, ElementId step, const ir::Rework& rework) {
        const auto* target = std::get_if<ElementId>(&rework.to);
        const std::string& name = stream_.elements[step].label;
        const std::string wanted =
            target == nullptr ? name + "-repair" : fmt::format("{}-to-{}", name, stream_.elements[*target].label);
        defects.words.push_back(defect_words_.claim(wanted, wanted));
        defects.description += fmt::format("{} {} {}", defects.words.size() == 2 ? ":" : ",", defects.words.back(),
                                           format_exactly(rework.rate));
    }

    std::size_t steps_in(const std::vector<Repeated>& repeated) const {
        std::size_t steps = repeated.size();
        for (const Repeated& one : repeated)
            if (ir::is_step(stream_.elements[one.element]) && play_of(input_, one.element).wait > 0) ++steps;
        return steps;
    }

    Frontier place_parallel(const ir::Parallel& parallel, const Frontier& before) {
        std::vector<Frontier> ends;
        for (const ElementId branch : parallel.branches) ends.push_back(place(branch, before));
        return joined(ends);
    }

    Frontier place_choose(ElementId id, const ir::Choose& choose, const Frontier& before) {
        const std::size_t question = ask_for_branch(id, choose);
        std::vector<Frontier> ends;
        for (std::size_t i = 0; i < choose.branches.size(); ++i) {
            conditions_.push_back({question, i});
            branch_conditions_[choose.branches[i]] = conditions_.back();
            ends.push_back(place(choose.branches[i], before));
            conditions_.pop_back();
        }
        return joined(ends);
    }

    std::size_t ask_for_branch(ElementId id, const ir::Choose& choose) {
        const ir::Element& element = stream_.elements[id];
        Question question;
        question.choose = id;
        question.name = element.label;
        question.description = fmt::format("Branch to take at {}", name_from(element.label, word_rule));
        Names words(word_rule);
        double most = -1;
        for (const ElementId branch : choose.branches) {
            const ir::Element& taken = stream_.elements[branch];
            const double share = input_.model.facts(input_.stream_id).elements[branch].branch_share;
            if (share > most) question.usual = question.words.size();
            most = std::max(most, share);
            question.words.push_back(words.claim(taken.name.value, taken.label));
            question.description += fmt::format("{} {} {}%", question.words.size() == 1 ? ":" : ",",
                                                question.words.back(), percent_digits(share));
        }
        plan_.questions.push_back(std::move(question));
        return plan_.questions.size() - 1;
    }

    Frontier place_body(const ir::Body& body, const Frontier& start) {
        if (body.elements.empty()) return start;
        const auto before = ir::reduced_predecessors(stream_, body);
        std::map<ElementId, const std::vector<ElementId>*> predecessors;
        for (std::size_t i = 0; i < body.elements.size(); ++i) predecessors[body.elements[i]] = &before[i];
        std::map<ElementId, Frontier> after;
        const auto met = [&](const std::vector<ElementId>& elements) {
            std::vector<Frontier> flows;
            for (const ElementId id : elements) flows.push_back(after[id]);
            return flows.size() == 1 ? flows.front() : joined(flows);
        };
        for (const ElementId id : ir::topological_order(stream_, body))
            after[id] = place(id, predecessors[id]->empty() ? start : met(*predecessors[id]));
        return met(ir::ends_of(stream_, body));
    }

    std::size_t add(MockJob::Kind kind, ElementId element, std::string name, std::vector<MockStep> steps,
                    const Frontier& before) {
        plan_.jobs.push_back({kind, element, 0, false, std::move(name), std::move(steps), before, conditions_});
        return plan_.jobs.size() - 1;
    }

    /// Adds the conditions of elements in second passes, once all choices are known: they may not have run the first
    /// time.
    void add_step_conditions(MockJob& job) const {
        if (job.kind != MockJob::Kind::rework) return;
        for (MockStep& step : job.steps) {
            for (ElementId at = step.element; at.valid(); at = stream_.elements[at].parent) {
                const auto found = branch_conditions_.find(at);
                if (found == branch_conditions_.end()) continue;
                if (std::find(job.conditions.begin(), job.conditions.end(), found->second) == job.conditions.end())
                    step.conditions.insert(step.conditions.begin(), found->second);
            }
        }
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    const PassLimits& limits_;
    const MockTexts texts_;
    SecondPasses passes_;
    std::vector<Condition> conditions_;  ///< of the branches around
    std::map<ElementId, Condition> branch_conditions_;
    Names defect_words_{word_rule};
    std::size_t tries_ = 0;  ///< second passes computed
    std::size_t steps_ = 0;  ///< in second passes
    Plan plan_;
};

}  // namespace

Plan plan_of(const BackendInput& input, const runtime::StreamMetrics& metrics, const PassLimits& limits) {
    return PlanBuilder(input, metrics, limits).run();
}

bool comes_with(const MockJob& job, const MockJob& need) {
    return std::all_of(need.conditions.begin(), need.conditions.end(), [&](const Condition& condition) {
        return std::find(job.conditions.begin(), job.conditions.end(), condition) != job.conditions.end();
    });
}

void reduce_needs(Plan& plan, Skipped skipped) {
    for (MockJob& job : plan.jobs) {
        if (job.needs.size() < 2) continue;
        const std::size_t first = job.needs.front();
        std::vector<bool> implied(job.needs.back() + 1, false);
        std::vector<std::size_t> open = job.needs;
        while (!open.empty()) {
            const MockJob& through = plan.jobs[open.back()];
            open.pop_back();
            if (skipped == Skipped::absent && !comes_with(job, through)) continue;
            for (const std::size_t need : through.needs) {
                if (need < first || implied[need]) continue;
                implied[need] = true;
                open.push_back(need);
            }
        }
        std::erase_if(job.needs, [&](std::size_t need) { return implied[need]; });
    }
}

bool is_played(const ir::Stream& stream, ElementId id) {
    const ir::Element& element = stream.elements[id];
    const std::vector<ElementId>& children = ir::children_of(element);
    if (!children.empty())
        return std::any_of(children.begin(), children.end(), [&](ElementId child) { return is_played(stream, child); });
    return ir::is_step(element) || std::holds_alternative<ir::Wait>(element.what) ||
           std::holds_alternative<ir::Queue>(element.what);
}

}  // namespace vsm::backends::mock
