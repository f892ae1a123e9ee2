#include "runtime/times/timeline.h"

#include <algorithm>

namespace vsm::runtime {
namespace {

using ir::ElementId;

class Placer {
public:
    Placer(const ir::Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs,
           const Evaluation& evaluation)
        : stream_(stream), facts_(facts), graphs_(graphs), evaluation_(evaluation), places_(stream.elements.size()) {}

    std::vector<Place> run() {
        place(stream_.body, {OnTimeline::yes, false, false});
        return std::move(places_);
    }

private:
    void place(ElementId id, const Place& here) {
        places_[id.index] = here;
        if (here.on == OnTimeline::no) return;  // nor is anything inside
        ir::visit([&](const auto& what) { place(what, here, evaluation_.elements[id.index]); }, stream_.elements[id]);
    }

    void place(const ir::Step&, const Place&, const Passage&) {}
    void place(const ir::Wait&, const Place&, const Passage&) {}
    void place(const ir::Queue&, const Place&, const Passage&) {}
    void place(const ir::Stage& stage, const Place& here, const Passage&) { place(stage.body, here); }
    void place(const ir::Branch& branch, const Place& here, const Passage&) { place(branch.body, here); }

    void place(const ir::Choose& choose, const Place& here, const Passage&) {
        for (const ElementId branch : choose.branches)
            if (facts_.elements[branch].branch_share > 0) place(branch, here);
    }

    void place(const ir::Parallel& parallel, const Place& here, const Passage& passage) {
        std::vector<Passage> ways;
        for (const ElementId branch : parallel.branches) ways.push_back(evaluation_.elements[branch.index]);
        const Longest longest = longest_of(ways);
        const bool decided = longest.candidates.size() == 1;
        for (const std::size_t i : longest.candidates)
            place(parallel.branches[i], within(here, decided ? OnTimeline::yes : OnTimeline::undecided, passage));
    }

    void place(const ir::Body& body, const Place& here) {
        if (const Part* part = graphs_.find_parts(body)) {
            place(*part, here);
        } else {
            for (const ElementId id : body.elements) place(id, here);
        }
    }

    /// The duration of a part.
    Passage passage_of(const Part& part) const {
        if (part.kind == Part::Kind::element) return evaluation_.elements[part.element.index];
        if (part.kind == Part::Kind::graph) return ways_through(part.graph, evaluation_.elements).passage;
        Passage sum;
        std::vector<Passage> ways;
        for (const Part& one : part.parts) {
            ways.push_back(passage_of(one));
            sum = sum + ways.back();
        }
        return part.kind == Part::Kind::series ? sum : longest_of(ways).passage;
    }

    void place(const Part& part, const Place& here) {
        if (part.kind == Part::Kind::element) return place(part.element, here);
        if (part.kind == Part::Kind::series) {
            for (const Part& one : part.parts) place(one, here);
        } else if (part.kind == Part::Kind::parallel) {
            std::vector<Passage> ways;
            for (const Part& one : part.parts) ways.push_back(passage_of(one));
            const Longest longest = longest_of(ways);
            const OnTimeline on = longest.candidates.size() == 1 ? OnTimeline::yes : OnTimeline::undecided;
            for (const std::size_t i : longest.candidates) place(part.parts[i], within(here, on, longest.passage));
        } else {
            const Ways ways = ways_through(part.graph, evaluation_.elements);
            const std::vector<OnTimeline> on = on_longest(ways);
            for (std::size_t i = 0; i < on.size(); ++i) place(part.graph.order[i], within(here, on[i], ways.passage));
        }
    }

    static Place within(const Place& here, OnTimeline on, const Passage& passage) {
        if (on != OnTimeline::undecided) return on == OnTimeline::yes ? here : Place{};
        return {on, here.leaves_process_open || !passage.process.known, here.leaves_wait_open || !passage.wait.known};
    }

    const ir::Stream& stream_;
    const ir::StreamFacts& facts_;
    const BodyGraphs& graphs_;
    const Evaluation& evaluation_;
    std::vector<Place> places_;
};

}  // namespace

std::vector<OnTimeline> on_longest(const Ways& ways) {
    const std::size_t count = ways.before.size();
    std::vector<std::size_t> reach(count);  // furthest successor on a longest path; 0: none
    std::vector<char> used(count);
    for (const std::size_t end : ways.ends) {
        used[end] = 1;
        reach[end] = count;
    }
    std::size_t furthest = 0;  // target of the edges that bypass the current element, including those from the start
    for (std::size_t i = count; i-- > 0;) {
        if (!used[i]) continue;
        if (ways.before[i].empty()) furthest = std::max(furthest, i);
        for (const std::size_t b : ways.before[i]) {
            used[b] = 1;
            reach[b] = std::max(reach[b], i);
        }
    }
    std::vector<OnTimeline> on(count, OnTimeline::no);
    for (std::size_t i = 0; i < count; ++i) {
        if (!used[i]) continue;
        on[i] = furthest <= i ? OnTimeline::yes : OnTimeline::undecided;
        furthest = std::max(furthest, reach[i]);
    }
    return on;
}

std::vector<Place> places_of(const ir::Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs,
                             const Evaluation& evaluation) {
    return Placer(stream, facts, graphs, evaluation).run();
}

}  // namespace vsm::runtime
