#include "backends/github/jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "backends/support/facts.h"
#include "backends/support/names.h"

namespace vsm::backends::github {
namespace {

using ir::ElementId;

constexpr NameRule id_rule{"_-", 99, true};
constexpr std::size_t most_inputs = 10;

/// What must be over before the next element begins: jobs, and waits that no job has taken up yet.
struct Before {
    std::vector<std::size_t> jobs;
    std::vector<ElementId> waits;
};

class JobBuilder {
public:
    JobBuilder(const BackendInput& input, Diagnostics& diagnostics)
        : input_(input), stream_(input.map()), diagnostics_(diagnostics) {
        ids_.claim(start_id, start_id);
        inputs_.claim(seconds_input, seconds_input);
    }

    JobGraph run() {
        const Before end = settled(place_body(stream_.body, {}));
        graph_.ends = end.jobs;
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
        return std::visit(Place{*this, id, before}, stream_.elements[id].what);
    }

    Before place_step(ElementId id, const ir::Step& step, const Before& before) {
        for (const ir::Rework& rework : step.reworks)
            diagnostics_
                .report(diag::not_carried, rework.range, "github",
                        fmt::format("the rework of `{}`", stream_.elements[id].label))
                .help(fmt::format("the job runs once, and its text says: {}", rework_text(input_, rework)));
        return {{add_job(stream_.elements[id], id, before)}, {}};
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
        const std::optional<std::size_t> choice = add_choice(id, choose);
        std::vector<Before> ends;
        for (std::size_t i = 0; i < choose.branches.size(); ++i) {
            if (choice)
                conditions_.emplace_back(graph_.choices[*choice].input, graph_.choices[*choice].options[i].second);
            ends.push_back(settled(place(choose.branches[i], from)));
            if (choice) conditions_.pop_back();
        }
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

    /// One way as it is; of several, what must be over when all are.
    Before met(std::vector<Before>& ways) {
        if (ways.size() == 1) return ways.front();
        std::vector<std::size_t> jobs;
        for (const Before& way : ways) {
            const Before over = settled(way);
            jobs.insert(jobs.end(), over.jobs.begin(), over.jobs.end());
        }
        return {reduced(std::move(jobs)), {}};
    }

    /// Gives waits that no job has taken up a job of their own.
    Before settled(const Before& before) {
        if (before.waits.empty()) return before;
        return {{add_job(stream_.elements[before.waits.back()], {}, before)}, {}};
    }

    std::size_t add_job(const ir::Element& named_after, ElementId step, const Before& before) {
        Job job{
            ids_.claim(named_after.name.value, named_after.label), step, before.waits, before.jobs, conditions_, false};
        for (const std::size_t need : job.needs)
            job.after_skipped =
                job.after_skipped || graph_.jobs[need].after_skipped || !graph_.jobs[need].conditions.empty();
        graph_.jobs.push_back(std::move(job));
        return graph_.jobs.size() - 1;
    }

    /// Without jobs that others of them need anyway.
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

    /// Nothing when the workflow cannot take another input.
    std::optional<std::size_t> add_choice(ElementId id, const ir::Choose& choose) {
        const ir::Element& element = stream_.elements[id];
        if (graph_.choices.size() + 1 >= most_inputs) {
            diagnostics_
                .report(diag::not_carried, element.range, "github",
                        fmt::format("that just one branch of choose `{}` runs", element.label))
                .help(
                    fmt::format("a workflow takes {} inputs, and each choose needs one; this one runs all its branches",
                                most_inputs));
            return std::nullopt;
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
        graph_.choices.push_back(std::move(choice));
        return graph_.choices.size() - 1;
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    Diagnostics& diagnostics_;
    Names ids_{id_rule};
    Names inputs_{id_rule};
    std::vector<std::pair<std::string, std::string>> conditions_;
    JobGraph graph_;
};

}  // namespace

JobGraph jobs_of(const BackendInput& input, Diagnostics& diagnostics) { return JobBuilder(input, diagnostics).run(); }

}  // namespace vsm::backends::github
