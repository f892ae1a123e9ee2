// Finds the step that brings changes into production.
#include "runtime/figures/dora.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;

/// Finds the steps that no other step follows on any path that items take.
class LastSteps {
public:
    LastSteps(const ir::Stream& stream, const ir::StreamFacts& facts)
        : stream_(stream), facts_(facts), holds_step_(stream.elements.size()) {
        for (const ElementId id : stream.body.elements) look_for_steps(id);
        add(stream.body);
    }

    const std::vector<ElementId>& found() const { return found_; }

private:
    bool look_for_steps(ElementId id) {
        const ir::Element& element = stream_.elements[id];
        bool holds = ir::is_step(element);
        for (const ElementId child : ir::children_of(element)) holds = look_for_steps(child) || holds;
        holds = holds && facts_.elements[id].share > 0;
        holds_step_[id.index] = holds ? 1 : 0;
        return holds;
    }

    void add(const ir::Body& body) {
        std::vector<char> followed(stream_.elements.size());
        const std::vector<ElementId> order = ir::topological_order(stream_, body);
        for (auto id = order.rbegin(); id != order.rend(); ++id) {
            const bool before_step = holds_step_[id->index] != 0 || followed[id->index] != 0;
            for (const ElementId b : stream_.elements[*id].predecessors)
                followed[b.index] = followed[b.index] || before_step;
            if (holds_step_[id->index] != 0 && followed[id->index] == 0) add(*id);
        }
    }

    void add(ElementId id) {
        const ir::Element& element = stream_.elements[id];
        if (ir::is_step(element)) return found_.push_back(id);
        if (const auto* stage = std::get_if<ir::Stage>(&element.what)) return add(stage->body);
        if (const auto* branch = std::get_if<ir::Branch>(&element.what)) return add(branch->body);
        for (const ElementId branch : ir::children_of(element))
            if (holds_step_[branch.index] != 0) add(branch);
    }

    const ir::Stream& stream_;
    const ir::StreamFacts& facts_;
    std::vector<char> holds_step_;
    std::vector<ElementId> found_;
};

}  // namespace

ElementId production_step(const ir::Stream& stream, const ir::StreamFacts& facts) {
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const auto* step = ir::step_of(stream.elements[stream.elements.id_at(i)]);
        if (step != nullptr && step->milestone == ir::Milestone::production) return stream.elements.id_at(i);
    }
    const LastSteps last(stream, facts);
    if (last.found().size() != 1 || facts.elements[last.found().front()].share < 1 - 1e-12) return {};
    return last.found().front();
}

}  // namespace vsm::runtime
