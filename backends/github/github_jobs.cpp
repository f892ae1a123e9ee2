#include "backends/github/github_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "backends/support/facts.h"
#include "backends/support/names.h"
#include "base/diagnostics/codes.h"

namespace vsm::backends::github {
namespace {

using ir::ElementId;
using mock::Repeated;

constexpr NameRule id_rule{"_-", 99, true};
constexpr std::string_view environment_prefix = "vsm-mock-";
constexpr std::size_t most_inputs = 25;
/// Keeps the list that a person picks from usable.
constexpr std::size_t most_defects = 99;
/// Limits the second passes that are computed: each takes time linear in the map, even if it turns out to be too long.
constexpr std::size_t most_tries = 2 * most_defects;
/// Waits and work in all second passes together: some 350 bytes each, of 500 KB.
constexpr std::size_t most_replays = 1'000;

/// What must end before the next element starts: jobs, and waits not yet assigned to a job.
struct Before {
    std::vector<std::size_t> jobs;
    std::vector<ElementId> waits;
};

class JobBuilder {
public:
    JobBuilder(const BackendInput& input, const runtime::StreamMetrics& metrics, SecondPasses passes,
               Diagnostics& diagnostics)
        : input_(input), stream_(input.map()), metrics_(metrics), passes_(passes), diagnostics_(diagnostics) {
        ids_.claim(start_id, start_id);
        inputs_.claim(seconds_input, seconds_input);
        defect_words_.claim(no_defect, no_defect);
        if (passes_ == SecondPasses::told || !any_rework()) return;
        inputs_.claim(defect_input, defect_input);
        ++other_inputs_;
    }

    JobGraph run() {
        const Before end = settled(place_body(stream_.body, {}));
        graph_.ends = end.jobs;
        for (Job& job : graph_.jobs) add_conditions(job);
        return std::move(graph_);
    }

private:
    Before place(ElementId id, const Before& before) {
        struct Place {
            JobBuilder& builder;
            ElementId id;
            const Before& before;
            Before operator()(const ir::Step& step) const { return builder.place_step(id, step, before); }
            Before operator()(const ir::Wait&) const { return builder.place_wait(id, before); }
            Before operator()(const ir::Queue&) const { return builder.place_wait(id, before); }
            Before operator()(const ir::Stage& stage) const { return builder.place_body(stage.body, before); }
            Before operator()(const ir::Parallel& parallel) const { return builder.place_parallel(parallel, before); }
            Before operator()(const ir::Choose& choose) const { return builder.place_choose(id, choose, before); }
            Before operator()(const ir::Branch& branch) const { return builder.place_body(branch.body, before); }
        };
        return ir::visit(Place{*this, id, before}, stream_.elements[id]);
    }

    Before place_step(ElementId id, const ir::Step& step, const Before& before) {
        const bool asks = input_.options.environments && step.kind == ir::StepKind::approval;
        const std::size_t job = add_job(stream_.elements[id], id, asks ? over_before_asking(id, before) : before);
        if (asks) {
            graph_.jobs[job].waited = true;
            graph_.jobs[job].environment = environments_.claim(
                fmt::format("{}{}", environment_prefix, stream_.elements[id].name.value), environment_prefix);
        }
        std::vector<std::size_t> passes;
        for (std::size_t i = 0; i < step.reworks.size(); ++i)
            if (const auto pass = place_rework(job, step.reworks[i], i)) passes.push_back(*pass);
        return {passes.empty() ? std::vector<std::size_t>{job} : passes, {}};
    }

    /// Reviewers are asked before anything in their job runs, so the waits before it need a job of their own.
    Before over_before_asking(ElementId approval, const Before& before) {
        if (play_of(input_, approval).wait <= 0) return settled(before);
        Job job;
        job.id = ids_.claim("wait-before-" + stream_.elements[approval].name.value, "wait-before");
        job.waits = before.waits;
        job.waits_for = approval;
        job.needs = before.jobs;
        return {{add(std::move(job))}, {}};
    }

    /// Adds the job of a second pass after the job that found the defect. Returns nothing if the workflow cannot carry
    /// it.
    std::optional<std::size_t> place_rework(std::size_t finder, const ir::Rework& rework, std::size_t index) {
        const ElementId step = graph_.jobs[finder].step;
        const auto* target = std::get_if<ElementId>(&rework.to);
        if (passes_ == SecondPasses::told)
            return not_played(step, rework, "with its second passes, the workflow would be larger than GitHub takes");
        if (graph_.defects.size() == most_defects)
            return not_played(step, rework, fmt::format("one can pick from {} defects", most_defects));
        std::vector<Repeated> repeated;
        const bool looked_at = target == nullptr || tries_ < most_tries;
        if (target != nullptr && looked_at) {
            ++tries_;
            repeated = mock::second_pass(stream_, metrics_, step, *target);
        }
        const std::size_t replays = plays_in(repeated);
        if (!looked_at || replays_ + replays > most_replays)
            return not_played(step, rework, "with this second pass, the workflow would be larger than GitHub takes");
        replays_ += replays;
        report_approvals(step, rework, repeated);

        const std::string name = stream_.elements[step].label;
        const std::string way =
            target == nullptr ? name + "-repair" : fmt::format("{}-to-{}", name, stream_.elements[*target].label);
        graph_.defects.push_back({step, index, defect_words_.claim(way, way)});
        Job job;
        job.id = ids_.claim("rework-" + way, way);
        job.step = step;
        job.needs = {finder};
        job.rework = Rework{index, {}};
        for (const Repeated& what : repeated) job.rework->replays.push_back({what, {}});
        job.conditions.push_back({defect_input, graph_.defects.back().word, no_defect});
        return add(std::move(job));
    }

    std::nullopt_t not_played(ElementId step, const ir::Rework& rework, const std::string& why) {
        diagnostics_
            .report(diag::not_carried, rework.range, "github",
                    fmt::format("the rework of `{}`", stream_.elements[step].label))
            .help(fmt::format("{}; the step's text says: {}", why, rework_text(input_, rework)));
        return std::nullopt;
    }

    std::size_t plays_in(const std::vector<Repeated>& repeated) const {
        std::size_t plays = repeated.size();
        for (const Repeated& what : repeated)
            if (ir::is_step(stream_.elements[what.element]) && play_of(input_, what.element).wait > 0) ++plays;
        return plays;
    }

    /// A job has at most one environment, whose reviewers are asked before it starts.
    void report_approvals(ElementId finder, const ir::Rework& rework, const std::vector<Repeated>& repeated) {
        if (!input_.options.environments) return;
        for (const Repeated& what : repeated) {
            const ir::Element& element = stream_.elements[what.element];
            const auto* step = ir::step_of(element);
            if (step == nullptr || step->kind != ir::StepKind::approval) continue;
            diagnostics_
                .report(diag::not_carried, rework.range, "github",
                        fmt::format("that `{}` is approved again after the rework of `{}`", element.label,
                                    stream_.elements[finder].label))
                .help("the job of the second pass says who approves, and does not stop");
        }
    }

    bool any_rework() const {
        return std::any_of(stream_.elements.begin(), stream_.elements.end(), [](const ir::Element& element) {
            const auto* step = ir::step_of(element);
            return step != nullptr && !step->reworks.empty();
        });
    }

    static Before place_wait(ElementId id, Before before) {
        before.waits.push_back(id);
        return before;
    }

    Before place_parallel(const ir::Parallel& parallel, const Before& before) {
        if (parallel.branches.size() == 1) return place(parallel.branches.front(), before);
        const Before from = settled(before);
        std::vector<Before> ends;
        for (const ElementId branch : parallel.branches) ends.push_back(settled(place(branch, from)));
        return met(ends);
    }

    Before place_choose(ElementId id, const ir::Choose& choose, const Before& before) {
        const Before from = settled(before);
        add_choice(id, choose);
        std::vector<Before> ends;
        for (const ElementId branch : choose.branches) ends.push_back(settled(place(branch, from)));
        return met(ends);
    }

    Before place_body(const ir::Body& body, const Before& start) {
        if (body.elements.empty()) return start;
        const auto reduced_before = ir::reduced_predecessors(stream_, body);
        std::map<ElementId, const std::vector<ElementId>*> predecessors;
        std::map<ElementId, std::size_t> followers;
        std::size_t beginnings = 0;
        for (std::size_t i = 0; i < body.elements.size(); ++i) {
            predecessors[body.elements[i]] = &reduced_before[i];
            for (const ElementId before : reduced_before[i]) ++followers[before];
            beginnings += reduced_before[i].empty() ? 1 : 0;
        }
        const Before from = beginnings > 1 ? settled(start) : start;
        std::map<ElementId, Before> after;
        for (const ElementId id : ir::topological_order(stream_, body)) {
            std::vector<Before> ways;
            for (const ElementId before : *predecessors[id]) ways.push_back(after[before]);
            const Before end = place(id, ways.empty() ? from : met(ways));
            after[id] = followers[id] > 1 ? settled(end) : end;
        }
        std::vector<Before> ends;
        for (const ElementId id : ends_of(stream_, body)) ends.push_back(after[id]);
        return met(ends);
    }

    /// Joins several flows: the jobs that must end before all have ended. A single flow is unchanged.
    Before met(std::vector<Before>& ways) {
        if (ways.size() == 1) return ways.front();
        std::vector<std::size_t> jobs;
        for (const Before& way : ways) {
            const Before over = settled(way);
            jobs.insert(jobs.end(), over.jobs.begin(), over.jobs.end());
        }
        return {reduced(std::move(jobs)), {}};
    }

    /// Assigns pending waits to a job of their own.
    Before settled(const Before& before) {
        if (before.waits.empty()) return before;
        return {{add_job(stream_.elements[before.waits.back()], {}, before)}, {}};
    }

    std::size_t add_job(const ir::Element& named_after, ElementId step, const Before& before) {
        Job job;
        job.id = ids_.claim(named_after.name.value, named_after.label);
        job.step = step;
        job.waits = before.waits;
        job.needs = before.jobs;
        return add(std::move(job));
    }

    std::size_t add(Job job) {
        graph_.jobs.push_back(std::move(job));
        return graph_.jobs.size() - 1;
    }

    /// Adds the conditions of a job's place in the map, once all choices are known. Requires those of the jobs it
    /// needs.
    void add_conditions(Job& job) const {
        const ElementId last = job.step.valid() ? job.step : job.waits_for.valid() ? job.waits_for : job.waits.back();
        const std::vector<Condition> around = conditions_of(last);
        job.conditions.insert(job.conditions.end(), around.begin(), around.end());
        for (const std::size_t need : job.needs)
            job.after_skipped =
                job.after_skipped || graph_.jobs[need].after_skipped || !graph_.jobs[need].conditions.empty();
        if (!job.rework) return;
        for (Replay& replay : job.rework->replays) {
            replay.conditions = conditions_of(replay.what.element);
            std::erase_if(replay.conditions, [&](const Condition& condition) {
                return std::find(around.begin(), around.end(), condition) != around.end();
            });
        }
    }

    /// The conditions under which an element runs: the branches around it, outermost first.
    std::vector<Condition> conditions_of(ElementId id) const {
        std::vector<Condition> conditions;
        for (ElementId at = id; at.valid(); at = stream_.elements[at].parent) {
            const auto choice = choice_at_.find(stream_.elements[at].parent);
            if (choice == choice_at_.end()) continue;
            const Choice& made = graph_.choices[choice->second];
            const auto option = std::find_if(made.options.begin(), made.options.end(),
                                             [&](const auto& branch) { return branch.first == at; });
            conditions.push_back({made.input, option->second, made.options[made.usual].second});
        }
        std::reverse(conditions.begin(), conditions.end());
        return conditions;
    }

    /// Removes jobs that are transitively implied by others in the list.
    std::vector<std::size_t> reduced(std::vector<std::size_t> jobs) const {
        std::sort(jobs.begin(), jobs.end());
        jobs.erase(std::unique(jobs.begin(), jobs.end()), jobs.end());
        if (jobs.size() < 2) return jobs;
        std::vector<bool> implied(jobs.back() + 1, false);
        std::vector<std::size_t> open = jobs;
        while (!open.empty()) {
            const std::size_t job = open.back();
            open.pop_back();
            for (const std::size_t need : graph_.jobs[job].needs) {
                if (need < jobs.front() || implied[need]) continue;
                implied[need] = true;
                open.push_back(need);
            }
        }
        std::erase_if(jobs, [&](std::size_t job) { return implied[job]; });
        return jobs;
    }

    /// Reports a choose that exceeds the input limit; it runs all its branches.
    void add_choice(ElementId id, const ir::Choose& choose) {
        const ir::Element& element = stream_.elements[id];
        if (graph_.choices.size() + other_inputs_ >= most_inputs) {
            diagnostics_
                .report(diag::not_carried, element.range, "github",
                        fmt::format("that just one branch of choose `{}` runs", element.label))
                .help(
                    fmt::format("a workflow takes {} inputs, and each choose needs one; this one runs all its branches",
                                most_inputs));
            return;
        }
        Choice choice{id, inputs_.claim(element.name.value, element.label), {}, 0};
        Names words(id_rule);
        double most = -1;
        for (const ElementId branch : choose.branches) {
            const ir::Element& way = stream_.elements[branch];
            const double share = input_.model.facts(input_.stream).elements[branch].branch_share;
            if (share > most) choice.usual = choice.options.size();
            most = std::max(most, share);
            choice.options.emplace_back(branch, words.claim(way.name.value, way.label));
        }
        choice_at_[id] = graph_.choices.size();
        graph_.choices.push_back(std::move(choice));
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    SecondPasses passes_;
    Diagnostics& diagnostics_;
    Names ids_{id_rule};
    Names inputs_{id_rule};
    Names defect_words_{id_rule};
    Names environments_{id_rule};
    std::size_t other_inputs_ = 1;
    std::size_t tries_ = 0;
    std::size_t replays_ = 0;
    std::map<ElementId, std::size_t> choice_at_;  ///< index in the graph's `choices`
    JobGraph graph_;
};

}  // namespace

JobGraph jobs_of(const BackendInput& input, const runtime::StreamMetrics& metrics, SecondPasses passes,
                 Diagnostics& diagnostics) {
    return JobBuilder(input, metrics, passes, diagnostics).run();
}

}  // namespace vsm::backends::github
