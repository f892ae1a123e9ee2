// What the items of a walk are counted as: their time, their visits, or what goes on along a chain. For runtime/walk*.cpp alone.
#pragma once

#include "runtime/walk.h"

namespace vsm::runtime {

/// Adds up what is passed.
class Walk::Sum final : public Sink {
public:
    Sum(Walk& walk, std::uint32_t chain) : walk_(walk), chain_(walk.routes_.chains()[chain]) {}
    void pass(std::uint32_t stop, std::uint32_t used, double items) override {
        if (items > 0) passage = passage + items * walk_.visit_of(chain_.stops[stop], used);
    }
    void go_on(std::uint32_t, std::uint32_t used, double items) override { add({}, used, items); }
    void leave(ir::ElementId target, std::uint32_t used, double items) override { add(target, used, items); }

    Passage passage;
    std::vector<Outcome> outcomes;

private:
    void add(ir::ElementId target, std::uint32_t used, double items) {
        if (!(items > 0)) return;
        if (!outcomes.empty() && outcomes.back().target == target && outcomes.back().used == used)
            outcomes.back().share += items;
        else
            outcomes.push_back({target, used, items});
    }

    Walk& walk_;
    const Chain& chain_;
};

/// Counts what is passed, and keeps what comes to things side by side.
class Walk::Count final : public Sink {
public:
    Count(const Routes& routes, std::uint32_t chain, std::vector<double>& visits)
        : routes_(routes), chain_(routes.chains()[chain]), visits_(visits) {}
    void pass(std::uint32_t at, std::uint32_t used, double items) override {
        if (!(items > 0)) return;
        const Stop& stop = chain_.stops[at];
        if (stop.element.valid()) visits_[stop.element.index] += items;
        if (stop.unit != nowhere) units[stop.unit][{stop.variant, used & routes_.units()[stop.unit].used}] += items;
    }
    void go_on(std::uint32_t, std::uint32_t, double) override {}
    void leave(ir::ElementId, std::uint32_t, double) override {}

    std::map<std::uint32_t, std::map<std::pair<std::uint32_t, std::uint32_t>, double>> units;

private:
    const Routes& routes_;
    const Chain& chain_;
    std::vector<double>& visits_;
};

/// Takes what leaves a loop on along its chain; which `once` are used up does not matter there.
class Walk::Onward final : public Sink {
public:
    Onward(std::vector<double>& coming, Sink& sink, double items = 1) : coming_(coming), sink_(sink), items_(items) {}
    void pass(std::uint32_t stop, std::uint32_t used, double items) override { sink_.pass(stop, used, items); }
    void go_on(std::uint32_t stop, std::uint32_t, double items) override { coming_[stop] += items_ * items; }
    void leave(ir::ElementId target, std::uint32_t, double items) override { sink_.leave(target, 0, items); }

private:
    std::vector<double>& coming_;
    Sink& sink_;
    double items_;  ///< that come for each one that is followed
};

}  // namespace vsm::runtime
