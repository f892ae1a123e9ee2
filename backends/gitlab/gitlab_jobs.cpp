#include "backends/gitlab/gitlab_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "backends/support/facts.h"
#include "backends/support/names.h"
#include "base/diagnostics/codes.h"

namespace vsm::backends::gitlab {
namespace {

using ir::ElementId;

constexpr std::string_view target = "gitlab";
constexpr NameRule word_rule{"_-", 60, false};
constexpr char defect_variable[] = "DEFECT";
constexpr char no_defect[] = "none";
constexpr std::size_t most_needs = 50;
constexpr std::size_t longest_stage = 100;  ///< UTF-16 units
/// Elements in one second pass, up to two lines each: all are in one variable, for which systems allow some 128 KB.
constexpr std::size_t most_replays = 150;

/// Jobs that must end before the next element starts, in ascending order; may include implied ones.
using Ends = std::vector<std::size_t>;

Ends joined(const std::vector<Ends>& ways) {
    Ends all;
    for (const Ends& way : ways) all.insert(all.end(), way.begin(), way.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

class JobBuilder {
public:
    JobBuilder(const BackendInput& input, const runtime::StreamMetrics& metrics, Diagnostics& diagnostics)
        : input_(input), stream_(input.map()), metrics_(metrics), diagnostics_(diagnostics) {
        ask_for_defects();
    }

    JobGraph run() {
        const Ends ends = place_body(stream_.body, {add(Job::Kind::start, {}, {})});
        add(Job::Kind::figures, {}, ends);
        add_replay_conditions();
        return std::move(graph_);
    }

private:
    Ends place(ElementId id, const Ends& before) {
        struct Place {
            JobBuilder& builder;
            ElementId id;
            const Ends& before;
            Ends operator()(const ir::Step& step) const { return builder.place_step(id, step, before); }
            Ends operator()(const ir::Wait&) const { return {builder.add(Job::Kind::wait, id, before)}; }
            Ends operator()(const ir::Queue&) const { return {builder.add(Job::Kind::wait, id, before)}; }
            Ends operator()(const ir::Stage& stage) const { return builder.place_stage(id, stage, before); }
            Ends operator()(const ir::Parallel& parallel) const { return builder.place_parallel(parallel, before); }
            Ends operator()(const ir::Choose& choose) const { return builder.place_choose(id, choose, before); }
            Ends operator()(const ir::Branch& branch) const { return builder.place_body(branch.body, before); }
        };
        return ir::visit(Place{*this, id, before}, stream_.elements[id]);
    }

    Ends place_step(ElementId id, const ir::Step& step, const Ends& before) {
        Ends ready = before;
        if (play_of(input_, id).wait > 0) ready = {add(Job::Kind::wait, id, before)};
        const std::size_t job = add(Job::Kind::step, id, ready);
        Ends ends{job};
        for (std::size_t i = 0; i < step.reworks.size(); ++i)
            if (const auto pass = place_rework(job, step.reworks[i], i)) ends.push_back(*pass);
        return ends;
    }

    Ends place_stage(ElementId id, const ir::Stage& stage, const Ends& before) {
        const std::size_t jobs = graph_.jobs.size();
        const Ends ends = place_body(stage.body, before);
        if (graph_.jobs.size() == jobs)
            diagnostics_
                .report(diag::not_carried, stream_.elements[id].range, target,
                        fmt::format("stage `{}`, in which nothing happens", stream_.elements[id].label))
                .help("a stage of GitLab holds at least one job");
        return ends;
    }

    /// Returns nothing if the pipeline cannot carry the second pass.
    std::optional<std::size_t> place_rework(std::size_t finder, const ir::Rework& rework, std::size_t index) {
        const ElementId step = graph_.jobs[finder].element;
        const auto* back_to = std::get_if<ElementId>(&rework.to);
        Job job;
        job.kind = Job::Kind::rework;
        job.element = step;
        job.rework = index;
        if (back_to != nullptr)
            for (const Repeated& what : second_pass(stream_, metrics_, step, *back_to))
                job.replays.push_back({what, {}});
        if (job.replays.size() > most_replays) {
            diagnostics_
                .report(diag::not_carried, rework.range, target,
                        fmt::format("the rework of `{}`", stream_.elements[step].label))
                .help(fmt::format("{} elements would run again, and {} fit into a job; the step's text says: {}",
                                  job.replays.size(), most_replays, rework_text(input_, rework)));
            return std::nullopt;
        }
        const std::string name = stream_.elements[step].label;
        const std::string way =
            back_to == nullptr ? name + "-repair" : fmt::format("{}-to-{}", name, stream_.elements[*back_to].label);
        Question& question = graph_.questions.front();
        question.words.push_back(defect_words_.claim(way, way));
        question.description += fmt::format("{} {} {}", question.words.size() == 2 ? ":" : ",", question.words.back(),
                                            format_exactly(rework.rate));
        conditions_.push_back({defect_variable, question.words.back()});
        const std::size_t added = add(std::move(job), {finder});
        conditions_.pop_back();
        return added;
    }

    void ask_for_defects() {
        const bool any = std::any_of(stream_.elements.begin(), stream_.elements.end(), [](const ir::Element& element) {
            const auto* step = ir::step_of(element);
            return step != nullptr && !step->reworks.empty();
        });
        if (!any) return;
        variables_.insert(defect_variable);
        defect_words_.claim(no_defect, no_defect);
        graph_.questions.push_back(
            {defect_variable, "Which step finds a defect, so that work is done again", {no_defect}, 0});
    }

    Ends place_parallel(const ir::Parallel& parallel, const Ends& before) {
        std::vector<Ends> ends;
        for (const ElementId branch : parallel.branches) ends.push_back(place(branch, before));
        return joined(ends);
    }

    Ends place_choose(ElementId id, const ir::Choose& choose, const Ends& before) {
        const std::size_t question = ask_for_way(id, choose);
        std::vector<Ends> ends;
        for (std::size_t i = 0; i < choose.branches.size(); ++i) {
            conditions_.push_back({graph_.questions[question].variable, graph_.questions[question].words[i]});
            ends.push_back(place(choose.branches[i], before));
            branch_conditions_[choose.branches[i]] = conditions_.back();
            conditions_.pop_back();
        }
        return joined(ends);
    }

    std::size_t ask_for_way(ElementId id, const ir::Choose& choose) {
        const ir::Element& element = stream_.elements[id];
        Question question;
        question.variable = variable_for(element.name.value.empty() ? element.label : element.name.value);
        question.description = fmt::format("Way to take at {}", name_from(element.label, word_rule));
        Names words(word_rule);
        double most = -1;
        for (const ElementId branch : choose.branches) {
            const ir::Element& way = stream_.elements[branch];
            const double share = input_.model.facts(input_.stream).elements[branch].branch_share;
            if (share > most) question.usual = question.words.size();
            most = std::max(most, share);
            question.words.push_back(words.claim(way.name.value, way.label));
            question.description += fmt::format("{} {} {}%", question.words.size() == 1 ? ":" : ",",
                                                question.words.back(), percent_digits(share));
        }
        graph_.questions.push_back(std::move(question));
        return graph_.questions.size() - 1;
    }

    /// `CHOOSE_ROUTE`; the prefix avoids names that GitLab or the shell uses.
    std::string variable_for(std::string_view name) {
        std::string stem = "CHOOSE_" + name_from(name, word_rule);
        for (char& c : stem) c = c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        std::string variable = stem;
        for (std::size_t number = 2; !variables_.insert(variable).second; ++number)
            variable = fmt::format("{}_{}", stem, number);
        return variable;
    }

    Ends place_body(const ir::Body& body, const Ends& start) {
        if (body.elements.empty()) return start;
        const auto before = ir::reduced_predecessors(stream_, body);
        std::map<ElementId, const std::vector<ElementId>*> predecessors;
        for (std::size_t i = 0; i < body.elements.size(); ++i) predecessors[body.elements[i]] = &before[i];
        std::map<ElementId, Ends> after;
        const auto met = [&](const std::vector<ElementId>& elements) {
            std::vector<Ends> ways;
            for (const ElementId id : elements) ways.push_back(after[id]);
            return ways.size() == 1 ? ways.front() : joined(ways);
        };
        for (const ElementId id : ir::topological_order(stream_, body))
            after[id] = place(id, predecessors[id]->empty() ? start : met(*predecessors[id]));
        return met(ir::ends_of(stream_, body));
    }

    std::size_t add(Job::Kind kind, ElementId element, const Ends& before) {
        Job job;
        job.kind = kind;
        job.element = element;
        return add(std::move(job), before);
    }

    std::size_t add(Job job, const Ends& before) {
        job.conditions = conditions_;
        job.needs = reduced(job, before);
        job.stage = stage_of(job);
        check_needs(job);
        graph_.jobs.push_back(std::move(job));
        return graph_.jobs.size() - 1;
    }

    void check_needs(const Job& job) {
        if (job.needs.size() <= most_needs) return;
        const bool of_element = job.element.valid();
        diagnostics_
            .report(diag::over_target_limit, of_element ? stream_.elements[job.element].range : stream_.range,
                    fmt::format("{} needs {} jobs",
                                of_element ? fmt::format("`{}`", stream_.elements[job.element].label) : "the end",
                                job.needs.size()),
                    target, most_needs)
            .help("put a step in between that brings some of the branches together");
    }

    /// Removes jobs that are transitively implied by others. A job that may be absent implies nothing.
    Ends reduced(const Job& job, const Ends& needs) const {
        if (needs.size() < 2) return needs;
        std::vector<bool> implied(needs.back() + 1, false);
        Ends open = needs;
        while (!open.empty()) {
            const Job& through = graph_.jobs[open.back()];
            open.pop_back();
            if (!comes_with(job, through)) continue;
            for (const std::size_t need : through.needs) {
                if (need < needs.front() || implied[need]) continue;
                implied[need] = true;
                open.push_back(need);
            }
        }
        Ends kept = needs;
        std::erase_if(kept, [&](std::size_t need) { return implied[need]; });
        return kept;
    }

    /// Jobs are topologically sorted, and each change of the map's stage opens a new stage, so no job needs one of a
    /// later stage.
    std::size_t stage_of(const Job& job) {
        if (job.kind == Job::Kind::start || job.kind == Job::Kind::figures) {
            graph_.stages.push_back(job.kind == Job::Kind::start ? "Start" : "Figures");
            stage_ = std::nullopt;
            return graph_.stages.size() - 1;
        }
        const ElementId around = stage_around(job.element);
        if (stage_ != around) {
            graph_.stages.push_back(
                cut(around.valid() ? stage_title(around) : called(stream_.elements[job.element]), longest_stage));
            stage_ = around;
        }
        return graph_.stages.size() - 1;
    }

    /// The innermost stage around an element; invalid if there is none.
    ElementId stage_around(ElementId id) const {
        ElementId at = stream_.elements[id].parent;
        while (at.valid() && !std::holds_alternative<ir::Stage>(stream_.elements[at].what))
            at = stream_.elements[at].parent;
        return at;
    }

    /// `Release / Approval`.
    std::string stage_title(ElementId stage) const {
        std::string title;
        for (ElementId at = stage; at.valid(); at = stage_around(at))
            title = cut(called(stream_.elements[at]), longest_stage) + (title.empty() ? "" : " / " + title);
        return title;
    }

    /// Adds the conditions of elements in second passes, once all choices are known: they may not have run the first
    /// time.
    void add_replay_conditions() {
        for (Job& job : graph_.jobs)
            for (Replay& replay : job.replays)
                for (ElementId at = replay.what.element; at.valid(); at = stream_.elements[at].parent) {
                    const auto found = branch_conditions_.find(at);
                    if (found == branch_conditions_.end()) continue;
                    const auto& own = job.conditions;
                    if (std::find(own.begin(), own.end(), found->second) == own.end())
                        replay.conditions.insert(replay.conditions.begin(), found->second);
                }
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    Diagnostics& diagnostics_;
    std::vector<Condition> conditions_;
    std::map<ElementId, Condition> branch_conditions_;
    std::set<std::string> variables_;
    Names defect_words_{word_rule};
    std::optional<ElementId> stage_;  ///< of the previous job; nothing after start and figures
    JobGraph graph_;
};

}  // namespace

bool comes_with(const Job& job, const Job& need) {
    return std::all_of(need.conditions.begin(), need.conditions.end(), [&](const Condition& condition) {
        return std::find(job.conditions.begin(), job.conditions.end(), condition) != job.conditions.end();
    });
}

JobGraph jobs_of(const BackendInput& input, const runtime::StreamMetrics& metrics, Diagnostics& diagnostics) {
    return JobBuilder(input, metrics, diagnostics).run();
}

}  // namespace vsm::backends::gitlab
