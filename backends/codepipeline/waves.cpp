#include "backends/codepipeline/waves.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "backends/codepipeline/series.h"
#include "diag/outputs.h"

namespace vsm::backends::codepipeline {
namespace {

using ir::ElementId;

/// The keyword and label of an element, for messages: ``parallel `tests` ``, ``choose `@choose-1` ``.
std::string named(const ir::Element& element) { return fmt::format("{} `{}`", keyword_of(element), element.label); }

}  // namespace

Waves::Waves(const BackendInput& input, const PlanSteps& steps, Diagnostics& diagnostics)
    : input_(input), stream_(input.stream()), steps_(steps), diagnostics_(diagnostics) {}

void Waves::place_part(const std::vector<ElementId>& part) {
    const Span span = begin(next_);
    const Extent extent = place_graph(part, next_);
    if (part.size() > 1) judge(span, extent, stream_.elements[part.front()].parent);
    next_ = extent.end;
}

void Waves::place_branch(ElementId branch) { next_ = place(branch, next_).end; }

std::vector<Action> Waves::take() {
    std::stable_sort(actions_.begin(), actions_.end(),
                     [](const Action& a, const Action& b) { return a.run_order < b.run_order; });
    return std::move(actions_);
}

Waves::Extent Waves::place(ElementId id, std::size_t start) {
    struct Place {
        Waves& waves;
        ElementId id;
        std::size_t start;
        Extent operator()(const ir::Step&) const { return waves.place_step(id, start); }
        Extent operator()(const ir::Wait&) const { return waves.place_wait(id, start); }
        Extent operator()(const ir::Queue&) const { return waves.place_wait(id, start); }
        Extent operator()(const ir::Stage& stage) const { return waves.place_stage(id, stage, start); }
        Extent operator()(const ir::Parallel& parallel) const {
            return waves.place_branches(id, parallel.branches, start);
        }
        Extent operator()(const ir::Choose& choose) const {
            waves.report_choose(id);
            return waves.place_branches(id, choose.branches, start);
        }
        Extent operator()(const ir::Branch& branch) const { return waves.place_body(id, branch.body, start); }
    };
    return ir::visit(Place{*this, id, start}, stream_.elements[id]);
}

Waves::Extent Waves::place_step(ElementId id, std::size_t start) {
    const mock::MockStep& work = steps_.work.at(id);
    const auto pause = steps_.pauses.find(id);
    const double wait = pause == steps_.pauses.end() ? 0 : pause->second.microseconds;
    if (input_.options.waits == Waits::merge) {
        mock::MockStep merged = work;
        merged.microseconds += wait;
        for (const mock::MockStep& before : waits_of_[id]) {
            merged.microseconds += before.microseconds;
            merged.known = merged.known && before.known;
        }
        add(merged, start);
        actions_.back().waits = std::move(waits_of_[id]);
        return {start + 1, merged.microseconds};
    }
    if (wait > 0) add(pause->second, start++);
    add(work, start);
    return {start + 1, wait + work.microseconds};
}

Waves::Extent Waves::place_wait(ElementId id, std::size_t start) {
    if (hold_back(id)) return {start, 0};
    add(steps_.pauses.at(id), start);
    return {start + 1, actions_.back().step.microseconds};
}

/// With `--waits merge`: merges a wait into the step that it leads to, unless something else follows the wait or
/// precedes the step.
bool Waves::hold_back(ElementId id) {
    if (input_.options.waits != Waits::merge) return false;
    ElementId step = id;
    do {
        step = only_follower(step);
        if (!step.valid()) return false;
    } while (!ir::is_step(stream_.elements[step]));
    waits_of_[step].push_back(steps_.pauses.at(id));
    return true;
}

/// The only follower of an element, if it is a step, wait or queue without other predecessors; else invalid.
ElementId Waves::only_follower(ElementId id) const {
    ElementId follower;
    for (const ElementId other : body_of(stream_, stream_.elements[id].parent).elements) {
        const std::vector<ElementId>& before = stream_.elements[other].predecessors;
        if (std::find(before.begin(), before.end(), id) == before.end()) continue;
        if (follower.valid() || before.size() != 1 || !children_of(stream_.elements[other]).empty()) return {};
        follower = other;
    }
    const bool leaf = follower.valid() && (ir::is_step(stream_.elements[follower]) ||
                                           std::holds_alternative<ir::Wait>(stream_.elements[follower].what) ||
                                           std::holds_alternative<ir::Queue>(stream_.elements[follower].what));
    return leaf ? follower : ElementId{};
}

Waves::Extent Waves::place_stage(ElementId id, const ir::Stage& stage, std::size_t start) {
    const std::size_t outer = prefix_.size();
    prefix_ += name_stem(stream_.elements[id]) + ".";
    const Extent extent = place_body(id, stage.body, start);
    prefix_.resize(outer);
    return extent;
}

Waves::Extent Waves::place_branches(ElementId id, const std::vector<ElementId>& branches, std::size_t start) {
    const Span span = begin(start);
    Extent all{start, 0};
    for (const ElementId branch : branches) {
        const Extent extent = place(branch, start);
        all.end = std::max(all.end, extent.end);
        all.longest = std::max(all.longest, extent.longest);
    }
    judge(span, all, id);
    return all;
}

Waves::Extent Waves::place_body(ElementId owner, const ir::Body& body, std::size_t start) {
    const Span span = begin(start);
    const Extent extent = place_graph(ir::topological_order(stream_, body), start);
    if (!is_chain(stream_, body.elements)) judge(span, extent, owner);
    return extent;
}

Waves::Extent Waves::place_graph(const std::vector<ElementId>& elements, std::size_t start) {
    std::map<ElementId, Extent> ends;
    Extent all{start, 0};
    for (const ElementId id : elements) {
        Extent from{start, 0};
        for (const ElementId before : stream_.elements[id].predecessors) {
            const auto found = ends.find(before);
            if (found == ends.end()) continue;
            from.end = std::max(from.end, found->second.end);
            from.longest = std::max(from.longest, found->second.longest);
        }
        Extent extent = place(id, from.end);
        extent.longest += from.longest;
        ends[id] = extent;
        all.end = std::max(all.end, extent.end);
        all.longest = std::max(all.longest, extent.longest);
    }
    return all;
}

void Waves::add(const mock::MockStep& step, std::size_t run_order) {
    actions_.push_back({step, run_order, prefix_, {}});
}

/// Reports, for the innermost construct only, that waiting for other branches prolongs a path or may do so.
void Waves::judge(const Span& span, const Extent& extent, ElementId owner) {
    const std::size_t waves = extent.end - span.start;
    if (reported_ > span.reported || waves < 2) return;
    std::vector<double> longest(waves, 0);
    std::vector<std::size_t> width(waves, 0);
    bool known = true;
    for (std::size_t i = span.first_action; i < actions_.size(); ++i) {
        const std::size_t wave = actions_[i].run_order - span.start;
        longest[wave] = std::max(longest[wave], actions_[i].step.microseconds);
        ++width[wave];
        known = known && actions_[i].step.known;
    }
    if (std::all_of(width.begin(), width.end(), [](std::size_t count) { return count < 2; })) return;
    double total = 0;
    for (const double time : longest) total += time;
    const bool longer = total > extent.longest * (1 + 1e-9);
    if (!longer && known) return;
    ++reported_;
    const Calendar& calendar = stream_.calendar;
    const std::string effect = longer ? fmt::format("the mock takes {} here, not {}", format_duration(total, calendar),
                                                    format_duration(extent.longest, calendar))
                                      : "the added time is unknown, because some of the times are";
    const std::string what =
        owner.valid() ? named(stream_.elements[owner]) : fmt::format("stream `{}`", stream_.name.value);
    diagnostics_
        .report(diag::branches_wait, owner.valid() ? stream_.elements[owner].range : stream_.range, "codepipeline",
                what, effect)
        .help("a stage runs in rounds, each of which ends before the next begins; the figures are those of the map");
}

void Waves::report_choose(ElementId id) {
    diagnostics_
        .report(diag::not_carried, stream_.elements[id].range, "codepipeline",
                fmt::format("that only one branch of {} runs", named(stream_.elements[id])))
        .help("all branches run side by side, with the share of the items in each action's name; the figures are those "
              "of the map");
}

}  // namespace vsm::backends::codepipeline
