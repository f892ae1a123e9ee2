// Sinks for the flow of items through a chain. Internal to runtime/rework/router*.cpp.
#pragma once

#include "runtime/rework/router.h"

namespace vsm::runtime {

class Router::Sink {
public:
    virtual ~Sink() = default;
    virtual void pass(std::uint32_t state, std::uint32_t used, double items) = 0;
    virtual void go_on(std::uint32_t state, std::uint32_t used, double items) = 0;
    virtual void leave(std::uint32_t target, std::uint32_t used, double items) = 0;
};

/// Moves items that leave a loop onward along their chain, where the used `once` no longer matter.
class Router::ForwardSink final : public Sink {
public:
    ForwardSink(std::vector<double>& coming, Sink& sink) : coming_(coming), sink_(sink) {}
    void pass(std::uint32_t state, std::uint32_t used, double items) override { sink_.pass(state, used, items); }
    void go_on(std::uint32_t state, std::uint32_t, double items) override { coming_[state] += items; }
    void leave(std::uint32_t target, std::uint32_t, double items) override { sink_.leave(target, 0, items); }

private:
    std::vector<double>& coming_;
    Sink& sink_;
};

/// Records the visits, and where the items go in the end.
class Router::Record final : public Sink {
public:
    Record(const Routes& routes, std::uint32_t chain, std::uint32_t first, std::uint32_t last)
        : routes_(routes), chain_(routes.chains()[chain]), first_(first) {
        visits.states.resize(last - first + 1);
    }
    void pass(std::uint32_t at, std::uint32_t used, double items) override {
        if (!(items > 0)) return;
        visits.states[at - first_] += items;
        const State& state = chain_.states[at];
        if (state.unit != none)
            visits.units[state.unit][{state.variant, used & routes_.units()[state.unit].used}] += items;
    }
    void go_on(std::uint32_t state, std::uint32_t used, double items) override {
        if (!(items > 0)) return;
        if (!exits.empty() && exits.back().first == state)
            exits.back().second += items;
        else
            exits.push_back({state, items});
        add(none, used, items);
    }
    void leave(std::uint32_t target, std::uint32_t used, double items) override { add(target, used, items); }

    Visits visits;
    std::vector<std::pair<std::uint32_t, double>> exits;  ///< items by next state
    std::vector<Outcome> outcomes;

private:
    void add(std::uint32_t target, std::uint32_t used, double items) {
        if (!(items > 0)) return;
        if (!outcomes.empty() && outcomes.back().target == target && outcomes.back().used == used)
            outcomes.back().share += items;
        else
            outcomes.push_back({target, used, items});
    }

    const Routes& routes_;
    const Chain& chain_;
    std::uint32_t first_;
};

}  // namespace vsm::runtime
