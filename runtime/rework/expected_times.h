// Expected times of items in a stream, including rework (docs/metrics.md, "With rework"): visits of a router times
// duration per visit. Internal to runtime/; does not depend on how reports name the sums.
#pragma once

#include "runtime/rework/router.h"
#include "runtime/times/evaluate.h"

namespace vsm::runtime {

/// A change of one leaf.
struct LeafChange {
    ir::ElementId leaf;
    Passage passage;         ///< duration of one visit after the change
    bool no_rework = false;  ///< it also sends nothing back
};

/// Expected times are Σ visits · time (Kemeny and Snell); parallel members take as long as their longest expected path.
/// Times in microseconds, visits per item of the stream, 0 and up.
class ExpectedTimes {
public:
    /// `passages` has the duration of one visit of each leaf, one entry per element, by id. Borrows the router.
    ExpectedTimes(Router& router, std::vector<Passage> passages);

    /// The times of one item through the whole stream.
    Passage total() const { return total_; }
    /// The lead time in microseconds after changing one leaf; if `total` is unknown, of its known part. Costs as much
    /// as the loop or unit around the leaf.
    double lead_if(const LeafChange& otherwise);
    /// Whether something runs in parallel to a leaf.
    bool is_beside(ir::ElementId leaf) const;

    /// One entry per element, by id: expected visits of leaves, chooses and parallels; 0 for elements that are no
    /// state.
    std::vector<double> visits();
    /// The same for elements whose time is part of the lead time whatever the unknown times are.
    std::vector<double> visits_on_timeline();

    /// The expected times from the first arrival at `from` to the end of `to`, both states of the stream's own chain;
    /// includes returns to before `from`.
    Passage between(std::uint32_t from, std::uint32_t to);

    /// The probability, 0 to 1, that an item ever reaches an element; empty if that runs in parallel to something.
    std::optional<double> ever_comes_to(ir::ElementId element);

    Router& router() { return router_; }
    bool endless() const { return router_.endless(); }

    /// Work so far, to bound it.
    std::size_t work() const { return router_.work() + work_; }
    std::size_t share_of(double most) const { return router_.share_of(most); }

private:
    /// The times of a visit of a unit.
    struct Timed {
        Passage passage;
        std::vector<char> longest;  ///< by member: certainly on the longest path
    };
    using AllTimed = std::map<UnitEntry, Timed>;

    Passage time_of(std::uint32_t chain, std::uint32_t first, const Visits& visits);
    const Timed& timed(std::uint32_t unit, UnitEntry begun);
    Timed time_side_by_side(const Unit& unit, const Kernel& kernel, std::size_t start,
                            const std::vector<Passage>& members) const;
    void settle_queues(const Stretch& part, const Visits& visits, std::vector<std::pair<ir::ElementId, Passage>>& kept);
    void change(ir::ElementId leaf, const Passage& passage, std::vector<std::pair<ir::ElementId, Passage>>& kept);
    std::vector<double> spread(bool timeline);

    Router& router_;
    std::vector<Passage> passages_;
    std::vector<ir::ElementId> queues_;
    std::vector<AllTimed> times_;  ///< by unit
    std::vector<Passage> parts_;   ///< for one item that enters the part
    Passage total_;
    std::size_t work_ = 0;
    std::vector<char> changed_;                      ///< by unit: contains a changed leaf
    std::map<std::uint32_t, AllTimed> other_times_;  ///< times of these units
};

}  // namespace vsm::runtime
