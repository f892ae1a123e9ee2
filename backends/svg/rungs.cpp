// The sections of the timeline below blocks.
#include <fmt/format.h>

#include <algorithm>

#include "backends/svg/place.h"
#include "runtime/words/figure_words.h"

namespace vsm::backends::svg {
namespace {

using Kind = Block::Kind;

}  // namespace

Rung Drawing::rung(ir::ElementId element, Rung::Kind kind, double from, double to,
                   const runtime::TimeFigure& time) const {
    return {element, kind, from, to, time.microseconds, runtime::bounded_time(time, stream_.calendar), ""};
}

/// For a known total of which the work or the wait is unknown: `4d, work ?`.
Rung Drawing::either(const Block& block) const {
    const runtime::ElementMetrics& times = metrics_.elements[block.element];
    Rung made = rung(block.element, Rung::Kind::either, block.x, block.x + block.width, times.lead_time);
    const auto part = [&](std::string_view name, const runtime::TimeFigure& time) {
        return fmt::format("{} {}", name, rung({}, {}, 0, 0, time).text);
    };
    const std::string wait = part("wait", times.wait_time), work = part("work", times.process_time);
    made.full = fmt::format("{} in all; {}, {}", made.text, wait, work);
    made.text += ", " + (times.wait_time.known ? work : times.process_time.known ? wait : work);
    return made;
}

bool Drawing::is_divided(ir::ElementId id) const {
    const runtime::ElementMetrics& times = metrics_.elements[id];
    return !times.lead_time.known || (times.wait_time.known && times.process_time.known);
}

void Drawing::add_step_rungs(const Block& block, Ladder& ladder) const {
    const runtime::ElementMetrics& times = metrics_.elements[block.element];
    if (!is_divided(block.element)) return ladder.rungs.push_back(either(block));
    const double box = block.x + block.zone, right = block.x + block.width;
    const bool waits = !times.wait_time.known || times.wait_time.microseconds > 0;
    const bool works = !times.process_time.known || times.process_time.microseconds > 0 || !waits;
    const double middle = block.zone > 0 || !waits || !works ? box : (box + right) / 2;
    if (waits)
        ladder.rungs.push_back(
            rung(block.element, Rung::Kind::waiting, block.x, works ? std::max(middle, box) : right, times.wait_time));
    if (works) ladder.rungs.push_back(rung(block.element, Rung::Kind::work, middle, right, times.process_time));
}

bool Drawing::undecided(ir::ElementId id) const {
    return metrics_.elements[id].on_timeline == runtime::OnTimeline::undecided;
}

void Drawing::add_choose_rungs(const Block& block, Ladder& ladder) const {
    const runtime::ElementMetrics& times = metrics_.elements[block.element];
    if (!is_divided(block.element)) return ladder.rungs.push_back(either(block));
    const double right = block.x + block.width, middle = block.x + block.width / 2;
    ladder.rungs.push_back(rung(block.element, Rung::Kind::waiting, block.x, middle, times.wait_time));
    ladder.rungs.back().full = "waiting, averaged over the branches by their shares";
    ladder.rungs.push_back(rung(block.element, Rung::Kind::work, middle, right, times.process_time));
    ladder.rungs.back().full = "work, averaged over the branches by their shares";
}

void Drawing::add_lanes_rungs(const Block& block, Ladder& ladder) const {
    if (block.choose) return add_choose_rungs(block, ladder);
    const std::vector<ir::ElementId>& branches = children_of(stream_.elements[block.element]);
    if (std::any_of(branches.begin(), branches.end(), [&](ir::ElementId id) { return undecided(id); }))
        return ladder.rungs.push_back(either(block));
    for (const std::size_t child : block.children) add_rungs(child, ladder);
}

/// A single section covers all children whose place on the timeline is undecided.
void Drawing::add_graph_rungs(const Block& block, Ladder& ladder) const {
    double from = 0, to = 0;
    ir::ElementId first;
    for (const std::size_t child : block.children) {
        const Block& one = blocks_[child];
        if (!undecided(one.element)) {
            add_rungs(child, ladder);
            continue;
        }
        from = first.valid() ? std::min(from, one.x) : one.x;
        to = std::max(to, one.x + one.width);
        if (!first.valid()) first = one.element;
    }
    if (first.valid()) ladder.rungs.push_back(rung(first, Rung::Kind::either, from, to, {0, false}));
}

void Drawing::add_rungs(std::size_t number, Ladder& ladder) const {
    const Block& block = blocks_[number];
    if (block.element.valid() && metrics_.elements[block.element].on_timeline == runtime::OnTimeline::no) return;
    switch (block.kind) {
        case Kind::step: return add_step_rungs(block, ladder);
        case Kind::wait:
            ladder.rungs.push_back(rung(block.element, Rung::Kind::waiting, block.x, block.x + block.width,
                                        metrics_.elements[block.element].lead_time));
            return;
        case Kind::lanes: return add_lanes_rungs(block, ladder);
        case Kind::graph: return add_graph_rungs(block, ladder);
        case Kind::terminal:
        case Kind::sequence:
        case Kind::band: break;
    }
    for (const std::size_t child : block.children) add_rungs(child, ladder);
}

}  // namespace vsm::backends::svg
