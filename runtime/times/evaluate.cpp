#include "runtime/times/evaluate.h"

#include <algorithm>
#include <cmath>

namespace vsm::runtime {
namespace {

using ir::Body;
using ir::ElementId;
using ir::Stream;

constexpr double tie = 1e-9;

bool about_equal(double a, double b) { return std::fabs(a - b) <= tie * std::max(std::fabs(a), std::fabs(b)); }

/// In sequence or in parallel: both are done.
Contents operator+(const Contents& a, const Contents& b) {
    return {a.work + b.work, a.quality * b.quality, a.quality_given || b.quality_given,
            a.quality_known && b.quality_known, a.quality_missing || b.quality_missing};
}

double value_at(const ir::Spread& spread, At at) {
    switch (at) {
        case At::mean: return spread.mean;
        case At::best: return spread.low;
        case At::worst: return spread.high;
    }
    return 0;
}

double value_at(const ir::Quality& quality, At at) {
    switch (at) {
        case At::mean: return quality.mean();
        case At::best: return quality.high.value();
        case At::worst: return quality.low.value();
    }
    return 0;
}

struct Sum {
    Passage passage;
    Contents contents;
};

Sum operator+(const Sum& a, const Sum& b) { return {a.passage + b.passage, a.contents + b.contents}; }

class Evaluator {
public:
    Evaluator(const Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs, At at)
        : stream_(stream), facts_(facts), graphs_(graphs), at_(at), elements_(stream.elements.size()) {}

    Evaluation run() {
        const Sum sum = of(stream_.body);
        return {sum.passage, sum.contents, std::move(elements_)};
    }

private:
    Amount amount(const ir::ResolvedTime& time) const { return {value_at(time.spread, at_), time.known}; }

    Sum of(ElementId id) {
        const ir::Element& element = stream_.elements[id];
        const Sum sum = ir::visit([&](const auto& what) { return of(id, what); }, element);
        elements_[id.index] = sum.passage;
        return sum;
    }

    Sum of(ElementId id, const ir::Step& step) const {
        const ir::ResolvedTimings& timings = facts_.elements[id].timings;
        Sum sum;
        Passage& passage = sum.passage;
        passage.lead = amount(timings.lead);
        passage.process = amount(timings.process);
        passage.wait = amount(timings.wait);
        const bool worked = !passage.process.known || passage.process.least > 0;
        passage.classed = worked && step.value_class;
        passage.unclassed = worked && !step.value_class;
        if (step.value_class == ir::ValueClass::va) passage.adding = passage.process;
        sum.contents.work = passage.process;
        sum.contents.quality_missing = !step.quality;
        if (!step.quality || step.quality->state == ir::Quality::State::not_applicable) return sum;
        sum.contents.quality_given = true;
        if (step.quality->state == ir::Quality::State::unknown)
            sum.contents.quality_known = false;
        else
            sum.contents.quality = value_at(*step.quality, at_);
        return sum;
    }

    Sum of(ElementId id, const ir::Wait&) const {
        const Amount time = amount(facts_.elements[id].timings.lead);
        return {{time, {}, time, {}}, {}};
    }

    Sum of(ElementId id, const ir::Queue& queue) const {
        VSM_CHECK(stream_.demand && facts_.elements[id].share > 0);
        const Amount time{ir::waiting_time(queue, *stream_.demand, facts_.elements[id].share), true};
        return {{time, {}, time, {}}, {}};
    }

    Sum of(ElementId, const ir::Stage& stage) { return of(stage.body); }
    Sum of(ElementId, const ir::Branch& branch) { return of(branch.body); }

    Sum of(ElementId, const ir::Parallel& parallel) {
        Sum sum;
        std::vector<Passage> ways;
        ways.reserve(parallel.branches.size());
        for (const ElementId branch : parallel.branches) {
            const Sum one = of(branch);
            ways.push_back(one.passage);
            sum.contents = sum.contents + one.contents;
        }
        sum.passage = longest_of(ways).passage;
        return sum;
    }

    Sum of(ElementId, const ir::Choose& choose) {
        Sum sum;
        sum.contents.quality = 0;
        for (const ElementId branch : choose.branches) {
            const Sum one = of(branch);
            const double share = facts_.elements[branch].branch_share;
            if (share <= 0) continue;  // a branch that no item takes does not matter, known or not
            sum.passage = sum.passage + share * one.passage;
            sum.contents.work = sum.contents.work + share * one.contents.work;
            sum.contents.quality += share * one.contents.quality;
            sum.contents.quality_given |= one.contents.quality_given;
            sum.contents.quality_known &= one.contents.quality_known;
            sum.contents.quality_missing |= one.contents.quality_missing;
        }
        return sum;
    }

    Sum of(const Body& body) {
        Sum sum;
        for (const ElementId id : body.elements) sum = sum + of(id);
        if (const Part* part = graphs_.find_parts(body)) sum.passage = of(*part);
        return sum;
    }

    /// Requires that the elements inside are added up.
    Passage of(const Part& part) const {
        if (part.kind == Part::Kind::element) return elements_[part.element.index];
        if (part.kind == Part::Kind::graph) return ways_through(part.graph, elements_).passage;
        Passage sum;
        std::vector<Passage> ways;
        for (const Part& one : part.parts) {
            ways.push_back(of(one));
            sum = sum + ways.back();
        }
        return part.kind == Part::Kind::series ? sum : longest_of(ways).passage;
    }

    const Stream& stream_;
    const ir::StreamFacts& facts_;
    const BodyGraphs& graphs_;
    At at_;
    std::vector<Passage> elements_;
};

/// The smallest of several amounts; known if all are known and equal.
template <class Member>
Amount least_of(std::span<const Passage> ways, std::span<const std::size_t> candidates, Member member) {
    Amount least = ways[candidates.front()].*member;
    double most = least.least;
    for (const std::size_t i : candidates) {
        const Amount one = ways[i].*member;
        least = {std::min(least.least, one.least), least.known && one.known};
        most = std::max(most, one.least);
    }
    least.known = least.known && about_equal(least.least, most);
    return least;
}

/// The times that hold whichever candidate is the longest path.
Passage undecided(std::span<const Passage> ways, std::span<const std::size_t> candidates, Amount lead) {
    Passage passage;
    passage.lead = lead;
    passage.process = least_of(ways, candidates, &Passage::process);
    passage.wait = least_of(ways, candidates, &Passage::wait);
    passage.adding = least_of(ways, candidates, &Passage::adding);
    for (const std::size_t i : candidates) {
        // Paths of equal length: the one with the most process time counts, so the largest is a lower bound.
        if (lead.known) passage.process.least = std::max(passage.process.least, ways[i].process.least);
        passage.classed |= ways[i].classed;
        passage.unclassed |= ways[i].unclassed;
    }
    return passage;
}

/// Of paths of equal length, the one with the most process time; all of them if an unknown one may have more.
std::vector<std::size_t> most_worked(std::span<const Passage> ways, const std::vector<std::size_t>& tied) {
    std::size_t best = tied.front();
    for (const std::size_t i : tied) {
        if (!ways[i].process.known) return tied;
        const double more = ways[i].process.least, most = ways[best].process.least;
        if (more > most && !about_equal(more, most)) best = i;
    }
    return {best};
}

Longest longest_among(const std::vector<Passage>& reached, const std::vector<std::size_t>& positions) {
    if (positions.size() == 1) return {reached[positions.front()], positions};
    std::vector<Passage> ways;
    for (const std::size_t p : positions) ways.push_back(reached[p]);
    Longest longest = longest_of(ways);
    for (std::size_t& candidate : longest.candidates) candidate = positions[candidate];
    return longest;
}

}  // namespace

Amount operator+(Amount a, Amount b) { return {a.least + b.least, a.known && b.known}; }
Amount operator*(double share, Amount a) { return {share * a.least, a.known}; }

Passage operator+(const Passage& a, const Passage& b) {
    return {a.lead + b.lead,     a.process + b.process,  a.wait + b.wait,
            a.adding + b.adding, a.classed || b.classed, a.unclassed || b.unclassed};
}

Passage operator*(double share, const Passage& a) {
    return {share * a.lead, share * a.process, share * a.wait, share * a.adding, a.classed, a.unclassed};
}

Evaluation evaluate(const Stream& stream, const ir::StreamFacts& facts, const BodyGraphs& graphs, At at) {
    return Evaluator(stream, facts, graphs, at).run();
}

Longest longest_of(std::span<const Passage> ways) {
    VSM_CHECK(!ways.empty());
    Amount lead;
    for (const Passage& way : ways) lead = {std::max(lead.least, way.lead.least), lead.known && way.lead.known};
    Longest longest;
    for (std::size_t i = 0; i < ways.size(); ++i)
        if (!ways[i].lead.known || ways[i].lead.least >= lead.least || about_equal(ways[i].lead.least, lead.least))
            longest.candidates.push_back(i);
    if (lead.known) longest.candidates = most_worked(ways, longest.candidates);
    longest.passage =
        longest.candidates.size() == 1 ? ways[longest.candidates.front()] : undecided(ways, longest.candidates, lead);
    return longest;
}

Ways ways_through(const BodyGraph& graph, std::span<const Passage> elements) {
    const std::size_t count = graph.order.size();
    const std::vector<char> shared = passed_by_all(graph);
    Ways ways;
    ways.before.resize(count);
    // Everything before an element that all paths pass is common to all of them. It is set aside in `passed`, so that
    // an unknown time there does not leave undecided which path is longer after it.
    Passage passed;
    std::vector<Passage> reached(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (!graph.before[i].empty()) {
            Longest longest = longest_among(reached, graph.before[i]);
            ways.before[i] = std::move(longest.candidates);
            reached[i] = longest.passage;
        }
        reached[i] = reached[i] + elements[graph.order[i].index];
        if (!shared[i]) continue;
        passed = passed + reached[i];
        reached[i] = {};
    }
    Longest longest = longest_among(reached, graph.ends);
    ways.ends = std::move(longest.candidates);
    ways.passage = passed + longest.passage;
    return ways;
}

}  // namespace vsm::runtime
