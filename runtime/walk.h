// Sends items along the routes of a stream, rework included, and adds up what that takes (docs/metrics.md, "With rework"). For runtime/
// alone; does not know what the sums are called in a report.
#pragma once

#include "runtime/evaluate.h"
#include "runtime/routes.h"

namespace vsm::runtime {

/// Items at a stop; `used` are the bits of the `once` that they have used up.
struct Entering {
    std::uint32_t stop;
    std::uint32_t used;
    double items;
};

/// What a map would be if one of its leaves were another.
struct Otherwise {
    ir::ElementId leaf;      ///< invalid: as it is
    Passage passage;         ///< what one visit of it takes then
    bool no_rework = false;  ///< and it sends nothing back
};

/// Items on an absorbing Markov chain over the stops of a stream: expected visits are a row of (I − Q)⁻¹, expected times Σ visits · time (John G.
/// Kemeny and J. Laurie Snell, *Finite Markov Chains*, 1960, chapter 3). `once … to` widens the states by a bit each; what runs side by side is one
/// stop that takes as long as its longest expected way. Times in microseconds, visits for one item of the stream, 0 and up.
class Walk {
public:
    /// `passages` says by element id what one visit of a leaf takes, one for each element. Borrows the routes.
    Walk(const Routes& routes, std::vector<Passage> passages);
    /// The same routes, where leaves take otherwise long.
    Walk(const Walk& other, std::vector<Passage> passages);

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

    /// An item may come by more than 10⁹ times, so that its time is beyond any measure; visits are cut there.
    bool endless() const { return endless_; }

    /// Steps taken so far, to bound what is asked.
    std::size_t work() const { return work_; }
    /// The part of a bound on it that this stream may take.
    std::size_t share_of(double most) const { return static_cast<std::size_t>(routes_.room() * most); }

private:
    /// Where an item goes from a stop.
    struct Going {
        enum class Where : std::uint8_t { stop, outside } where = Where::stop;
        std::uint32_t stop = 0;  ///< the chain's length at its end
        ir::ElementId target;    ///< when outside
        std::uint32_t used = 0;
        double share = 0;
    };
    /// What becomes of the items of a chain, or of one loop of it.
    class Sink {
    public:
        virtual ~Sink() = default;
        virtual void pass(std::uint32_t stop, std::uint32_t used, double items) = 0;
        virtual void go_on(std::uint32_t stop, std::uint32_t used, double items) = 0;
        virtual void leave(ir::ElementId target, std::uint32_t used, double items) = 0;
    };
    class Sum;
    class Count;
    class Onward;

    struct Outcome {
        ir::ElementId target;  ///< invalid: goes on
        std::uint32_t used;
        double share;
    };
    /// What a visit of something side by side takes and leads to.
    struct Kernel {
        Passage passage;
        std::vector<Outcome> outcomes;
        std::vector<char> runs;     ///< by member
        std::vector<char> longest;  ///< by member: on the longest way for certain
    };
    using Kernels = std::map<std::pair<std::uint32_t, std::uint32_t>, Kernel>;

    /// A loop of the stream's own chain, or a single stop of it.
    struct Part {
        std::uint32_t first, last;
        bool loop;
        double items;
        Passage passage;  ///< of one item that comes to it
    };

    void settle_approximated();
    void find_parts();
    Passage passage_of(const Part& part, std::vector<double>* coming);
    void flow(std::uint32_t chain, const std::vector<Entering>& items, Sink& sink);
    void flow_through(std::uint32_t chain, std::uint32_t first, std::uint32_t last, const std::vector<Entering>& items,
                      Sink& sink);
    void find_ways(std::uint32_t chain, std::uint32_t stop, std::uint32_t used, std::vector<Going>& ways);
    void find_all_ways(std::uint32_t chain, const Stop& stop, std::uint32_t used, std::vector<Going>& ways);
    void find_ways_back(std::uint32_t chain, const Stop& stop, std::uint32_t used, std::vector<Going>& ways) const;
    void pass_stop(std::uint32_t chain, std::uint32_t stop, double items, Sink& sink);
    void send(const Going& way, double items, std::uint32_t first, std::uint32_t last,
              std::map<std::uint32_t, std::vector<Entering>>& waiting, Sink& sink) const;
    const Passage& visit_of(const Stop& stop, std::uint32_t used);
    const Kernel& kernel(std::uint32_t unit, std::uint32_t variant, std::uint32_t used);
    Kernel make_kernel(std::uint32_t unit, std::uint32_t variant, std::uint32_t used);
    void time_side_by_side(const Unit& unit, std::size_t start, std::vector<Passage>& members, Kernel& kernel) const;
    std::vector<Outcome> combined(const std::vector<std::vector<Outcome>>& members, std::uint32_t used);
    std::uint32_t entry_of(const Unit& unit, const Variant& variant, std::size_t member) const;
    void distribute(std::uint32_t chain, const std::vector<Entering>& items, bool timeline,
                    std::vector<double>& visits);

    const Routes& routes_;
    std::vector<Passage> passages_;
    std::vector<double> approximated_;  ///< by number of the `once`: the rate at which it is taken to repeat
    std::vector<Kernels> kernels_;      ///< by unit
    std::vector<Part> parts_;
    std::vector<std::uint32_t> part_of_;  ///< by stop of the stream's own chain
    std::uint32_t cut_ = nowhere;         ///< a stop of the stream's own chain after which nothing counts
    Passage total_;
    bool endless_ = false;
    std::size_t work_ = 0;
    Otherwise otherwise_;
    std::vector<char> changed_;                       ///< by unit: holds the leaf that is otherwise
    std::map<std::uint32_t, Kernels> other_kernels_;  ///< of those
};

}  // namespace vsm::runtime
