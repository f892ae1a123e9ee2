#include "runtime/figures/levers.h"

#include <algorithm>
#include <map>

namespace vsm::runtime {
namespace {

using ir::ElementId;

constexpr std::size_t most_leaves = 50;
/// Work budget: if loops are so tangled that one evaluation is expensive, fewer leaves are evaluated.
constexpr double most_work = 200'000;

/// The rolled %C&A of each element, computed bottom up.
class Qualities {
public:
    Qualities(const ir::Stream& stream, const ir::StreamFacts& facts)
        : stream_(stream), facts_(facts), of_(stream.elements.size(), 1.0) {
        for (const ElementId id : stream.body.elements) add(id);
    }

    /// The rolled %C&A of the stream if that of one step were 100 %.
    double if_perfect(ElementId step) const {
        double quality = 1;
        ElementId at = step;
        while (true) {
            const ElementId parent = stream_.elements[at].parent;
            const auto& siblings = parent.valid() ? ir::children_of(stream_.elements[parent]) : stream_.body.elements;
            quality = joined(parent, siblings, at, quality);
            if (!parent.valid()) return quality;
            at = parent;
        }
    }

private:
    double add(ElementId id) {
        const ir::Element& element = stream_.elements[id];
        double& quality = of_[id.index];
        if (const auto* step = ir::step_of(element)) {
            if (step->quality && step->quality->state == ir::Quality::State::known) quality = step->quality->mean();
            return quality;
        }
        for (const ElementId child : ir::children_of(element)) add(child);
        quality = joined(id, ir::children_of(element), {}, 1);
        return quality;
    }

    double joined(ElementId holder, const std::vector<ElementId>& children, ElementId changed,
                  double changed_quality) const {
        const bool chosen = holder.valid() && std::holds_alternative<ir::Choose>(stream_.elements[holder].what);
        double product = 1, sum = 0;
        for (const ElementId child : children) {
            const double quality = child == changed ? changed_quality : of_[child.index];
            product *= quality;
            if (chosen && facts_.elements[child].branch_share > 0) sum += facts_.elements[child].branch_share * quality;
        }
        return chosen ? sum : product;
    }

    const ir::Stream& stream_;
    const ir::StreamFacts& facts_;
    std::vector<double> of_;
};

class Levers {
public:
    Levers(const ir::Stream& stream, const ir::StreamFacts& facts, const Evaluation& evaluation,
           const std::vector<Passage>& leaves, ExpectedTimes& times)
        : stream_(stream), evaluation_(evaluation), leaves_(leaves), times_(times), qualities_(stream, facts) {}

    std::vector<Lever> run(const std::vector<double>& visits) {
        const std::size_t limit = times_.work() + times_.share_of(most_work);
        for (const ElementId id : heaviest(visits)) {
            if (times_.work() > limit) break;
            const Passage& passage = leaves_[id.index];
            const auto* step = ir::step_of(stream_.elements[id]);
            Passage halved = passage;
            const double wait = step == nullptr ? passage.lead.least : evaluation_.elements[id.index].wait.least;
            halved.lead.least -= wait / 2;
            halved.wait.least -= wait / 2;
            if (wait > 0) add(id, Change::wait_halved, {id, halved, false});
            if (step != nullptr && !step->reworks.empty() && times_.work() <= limit)
                add(id, Change::rework_gone, {id, evaluation_.elements[id.index], true});
            if (times_.work() <= limit) add(id, Change::removed, {id, {}, true});
            if (step != nullptr) add_quality(id, *step);
        }
        for (const ElementId id : untimed()) add_quality(id, *ir::step_of(stream_.elements[id]));
        std::stable_sort(levers_.begin(), levers_.end(), [](const Lever& a, const Lever& b) {
            if (a.saved != b.saved) return a.saved > b.saved;
            return a.rolled_ca.value_or(0) > b.rolled_ca.value_or(0);
        });
        return std::move(levers_);
    }

private:
    std::vector<ElementId> heaviest(const std::vector<double>& visits) const {
        std::vector<ElementId> ids;
        const auto weight = [&](ElementId id) { return visits[id.index] * leaves_[id.index].lead.least; };
        for (std::size_t i = 0; i < leaves_.size(); ++i)
            if (const ElementId id = stream_.elements.id_at(i); weight(id) > 0) ids.push_back(id);
        const std::size_t count = std::min(most_leaves, ids.size());
        std::partial_sort(
            ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(count), ids.end(),
            [&](ElementId a, ElementId b) { return weight(a) != weight(b) ? weight(a) > weight(b) : a < b; });
        ids.resize(count);
        return ids;
    }

    /// Steps of entirely unknown time: they have no measurable weight, but their quality is known.
    std::vector<ElementId> untimed() const {
        std::vector<ElementId> ids;
        for (std::size_t i = 0; i < leaves_.size() && ids.size() < most_leaves; ++i) {
            const ElementId id = stream_.elements.id_at(i);
            const bool nothing = !leaves_[i].lead.known && leaves_[i].lead.least <= 0;
            if (nothing && ir::is_step(stream_.elements[id])) ids.push_back(id);
        }
        return ids;
    }

    void add(ElementId id, Change change, const LeafChange& leaf) {
        Lever lever{id, change, times_.lead_if(leaf), 0, false, std::nullopt, ""};
        const double now = times_.total().lead.least;
        lever.saved = now - lever.expected_lead_time;
        // Fewer returns may save an unknown time too, and a shorter leaf beside a path of unknown length may save more.
        lever.saves_more = !times_.total().lead.known && (change != Change::wait_halved || times_.is_beside(id));
        if (std::abs(lever.saved) <= 1e-9 * now) return;  // a parallel path is as long
        levers_.push_back(lever);
    }

    void add_quality(ElementId id, const ir::Step& step) {
        if (!step.quality || step.quality->state != ir::Quality::State::known) return;
        const double then = qualities_.if_perfect(id);
        if (then <= evaluation_.contents.quality * (1 + 1e-9)) return;
        levers_.push_back({id, Change::all_accurate, times_.total().lead.least, 0, false, then, ""});
    }

    const ir::Stream& stream_;
    const Evaluation& evaluation_;
    const std::vector<Passage>& leaves_;
    ExpectedTimes& times_;
    Qualities qualities_;
    std::vector<Lever> levers_;
};

}  // namespace

std::vector<Lever> levers_of(const ir::Stream& stream, const ir::StreamFacts& facts, const Evaluation& evaluation,
                             const std::vector<Passage>& leaves, const std::vector<double>& visits_on_timeline,
                             ExpectedTimes& times) {
    if (times.endless()) return {};
    return Levers(stream, facts, evaluation, leaves, times).run(visits_on_timeline);
}

}  // namespace vsm::runtime
