// What items take on their way through a stream, rework included (docs/metrics.md, "With rework"): the visits of a router times what a visit takes.
// For runtime/ alone; does not know what the sums are called in a report.
#pragma once

#include "runtime/evaluate.h"
#include "runtime/router.h"

namespace vsm::runtime {

/// What a map would be if one of its leaves were another.
struct Otherwise {
    ir::ElementId leaf;
    Passage passage;         ///< what one visit of it takes then
    bool no_rework = false;  ///< and it sends nothing back
};

/// Expected times are Σ visits · time (Kemeny and Snell); what runs side by side takes as long as its longest expected way. Times in microseconds,
/// visits for one item of the stream, 0 and up.
class Walk {
public:
    /// `passages` says by element id what one visit of a leaf takes, one for each element. Borrows the router.
    Walk(Router& router, std::vector<Passage> passages);

    /// One item through the whole stream.
    Passage total() const { return total_; }
    /// Its lead time in microseconds if one leaf were another; `total` is known. Costs as much as the loop, or what runs side by
    /// side, in which the leaf stands.
    double lead_if(const Otherwise& otherwise);
    /// Whether something runs beside a leaf.
    bool is_beside(ir::ElementId leaf) const;

    /// One for each element, by id: expected visits of leaves, chooses and parallels; 0 for what is no stop.
    std::vector<double> visits();
    /// The same counting only those whose time is part of the lead time whatever the unknown times are.
    std::vector<double> visits_on_timeline();

    /// Expected, from the first time at `from` to the end of `to`, both stops of the stream's own chain; returns to before `from` count.
    Passage between(std::uint32_t from, std::uint32_t to);

    /// Probability, 0 to 1, that an item ever comes to an element; nothing where that stands beside something else.
    std::optional<double> ever_comes_to(ir::ElementId element);

    Router& router() { return router_; }
    bool endless() const { return router_.endless(); }

    /// Steps taken so far, to bound what is asked.
    std::size_t work() const { return router_.work() + work_; }
    std::size_t share_of(double most) const { return router_.share_of(most); }

private:
    /// What a visit of something side by side takes.
    struct Timed {
        Passage passage;
        std::vector<char> longest;  ///< by member: on the longest way for certain
    };
    using AllTimed = std::map<Begun, Timed>;

    Passage time_of(std::uint32_t chain, std::uint32_t first, const Visits& visits);
    const Timed& timed(std::uint32_t unit, Begun begun);
    Timed time_side_by_side(const Unit& unit, const Kernel& kernel, std::size_t start, const std::vector<Passage>& members) const;
    void settle_queues(const Stretch& part, const Visits& visits, std::vector<std::pair<ir::ElementId, Passage>>& kept);
    void change(ir::ElementId leaf, const Passage& passage, std::vector<std::pair<ir::ElementId, Passage>>& kept);
    std::vector<double> spread(bool timeline);

    Router& router_;
    std::vector<Passage> passages_;
    std::vector<ir::ElementId> queues_;
    std::vector<AllTimed> times_;          ///< by unit
    std::vector<Passage> parts_;           ///< of one item that comes to each of the router's parts
    Passage total_;
    std::size_t work_ = 0;
    std::vector<char> changed_;                    ///< by unit: holds a leaf that is otherwise
    std::map<std::uint32_t, AllTimed> other_times_;  ///< of those
};

}  // namespace vsm::runtime
