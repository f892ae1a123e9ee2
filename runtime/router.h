// Sends items along the routes of a stream, rework included: how often they come by each stop and where they go. For runtime/ alone; knows no
// times.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "runtime/routes.h"

namespace vsm::runtime {

class Solutions;

/// Items at a stop; `used` are the bits of the `once` that they have used up.
struct Entering {
    std::uint32_t stop;
    std::uint32_t used;
    double items;
};

/// A way to begin a unit: from which place on, with which `once` of those inside used up.
struct Begun {
    std::uint32_t variant, used;
    auto operator<=>(const Begun&) const = default;
};

/// How often the items of a chain, or of a stretch of one, come by its stops, and by the ways to begin the units among them.
struct Visits {
    std::vector<double> stops;  ///< from the first of the stretch
    std::map<std::uint32_t, std::map<Begun, double>> units;
};

/// Where a part of the items goes that come out of something side by side.
struct Outcome {
    std::uint32_t target;  ///< by its order on the routes; nowhere: on
    std::uint32_t used;
    double share;
    bool again = false;  ///< all of what is side by side begins again
};

/// What happens when something side by side is begun in one way.
struct Kernel {
    std::vector<Visits> members;  ///< of one item that comes to it; empty where it does not run
    std::vector<double> runs;     ///< by member: the probability that it does
    std::vector<Outcome> outcomes;
};
using Kernels = std::map<Begun, Kernel>;

/// A loop of the stream's own chain, or a single stop of it.
struct Stretch {
    std::uint32_t first = 0, last = 0;
    bool loop = false;
    double items = 0;  ///< that come to it for each of the stream
    Visits visits;     ///< of one item that comes to it
    std::vector<std::pair<std::uint32_t, double>> exits;  ///< where it goes on, by stop
};

/// Items on an absorbing Markov chain over the stops of a stream: expected visits are a row of (I − Q)⁻¹ (John G. Kemeny and J. Laurie Snell,
/// *Finite Markov Chains*, 1960, chapter 3). `once … to` widens the states by a bit each; what runs side by side is one stop.
class Router {
public:
    /// Borrows the routes; `solutions`, where there is one, keeps what was found for the same loops of other streams.
    Router(const Routes& routes, Solutions* solutions);

    const Routes& routes() const { return routes_; }
    /// All of the stream's own chain, in order.
    const std::vector<Stretch>& parts() const { return parts_; }
    const Stretch& part_of(std::uint32_t stop) const { return parts_[part_of_[stop]]; }
    const Kernel& kernel(std::uint32_t unit, Begun begun);

    /// The map in which a leaf sends nothing back: while one of these lives, the kernels are those of that map.
    class Without;

    /// The whole chain for one item that begins at a stop. What leaves `cut` forward, and `last` in whatever way, counts no more; `nowhere` for none.
    Visits from(std::uint32_t begin, std::uint32_t cut, std::uint32_t last);

    /// Adds up, by element id, how often items come by what is visited, down through all that is side by side; of each unit only those members
    /// that `chosen` says.
    using Chosen = std::function<const std::vector<char>&(std::uint32_t unit, Begun begun)>;
    void spread(const Stretch& part, const Visits& visits, double items, std::vector<double>& elements, const Chosen& chosen = {});

    // For Solutions: what was found before for the same part, and what is found now of the units in it; with a leaf that sends nothing back, of those
    // units that hold it.
    void accept(std::map<std::uint32_t, Kernels> kernels, std::size_t work, bool endless);
    std::map<std::uint32_t, const Kernels*> kernels_in(const Stretch& part, bool without) const;

    /// An item may come by more than 10⁹ times, so that its time is beyond any measure; visits are cut there.
    bool endless() const { return endless_; }
    /// Steps taken so far, to bound what is asked; those that another stream took for the same loop count as well.
    std::size_t work() const { return work_; }
    /// The part of a bound on it that this stream may take.
    std::size_t share_of(double most) const { return static_cast<std::size_t>(routes_.room() * most); }

private:
    /// Where an item goes from a stop.
    struct Going {
        std::uint32_t stop;    ///< the chain's length at its end; nowhere: out of the chain
        std::uint32_t target;  ///< out of the chain, by its order
        std::uint32_t used;
        double share;
    };
    /// What is found out of the items of a chain.
    class Sink;
    class Onward;
    class Record;

    void find_parts();
    std::vector<std::uint32_t> open_onces(const Stretch& part) const;
    void settle(Stretch& part, const std::vector<std::uint32_t>& open);
    void solve(Stretch& part);
    void forget_kernels(const Stretch& part);
    void flow(std::uint32_t chain, const std::vector<Entering>& items, Sink& sink);
    void flow_through(std::uint32_t chain, std::uint32_t first, std::uint32_t last, const std::vector<Entering>& items, Sink& sink);
    void find_ways(std::uint32_t chain, std::uint32_t stop, std::uint32_t used, std::vector<Going>& ways);
    void find_all_ways(std::uint32_t chain, const Stop& stop, std::uint32_t used, std::vector<Going>& ways);
    void find_ways_back(std::uint32_t chain, const Stop& stop, std::uint32_t used, std::vector<Going>& ways) const;
    void pass_stop(std::uint32_t chain, std::uint32_t stop, double items, Sink& sink);
    void send(const Going& way, double items, std::uint32_t first, std::uint32_t last,
              std::map<std::uint32_t, std::vector<Entering>>& waiting, Sink& sink) const;
    Kernel make_kernel(std::uint32_t unit, Begun begun);
    void weigh_runs(const Unit& unit, const std::vector<std::vector<Outcome>>& outcomes, Kernel& kernel) const;
    std::vector<Outcome> combined(const std::vector<std::vector<Outcome>>& members, std::uint32_t used);
    std::vector<Outcome> combined_in_graph(const Unit& unit, const std::vector<std::vector<Outcome>>& members, std::uint32_t used);
    std::vector<char> covered_from(const Unit& unit, std::uint32_t target) const;
    void try_without(ir::ElementId leaf, const Stretch& part);

    const Routes& routes_;
    Solutions* solutions_;
    std::vector<double> approximated_;  ///< by number of the `once`: the rate at which it is taken to repeat
    std::vector<Kernels> kernels_;      ///< by unit
    std::vector<Stretch> parts_;
    std::vector<std::uint32_t> part_of_;  ///< by stop of the stream's own chain
    std::uint32_t cut_ = nowhere;         ///< a stop of the stream's own chain after which nothing counts
    std::uint32_t last_ = nowhere;        ///< a stop of the stream's own chain that items do not leave but by its end
    bool endless_ = false;
    std::size_t work_ = 0;
    ir::ElementId without_;  ///< sends nothing back now
    ir::ElementId tried_;    ///< the last that was looked at without its rework
    Visits tried_visits_;
    std::vector<char> changed_;                       ///< by unit: holds the one without
    std::map<std::uint32_t, Kernels> other_kernels_;  ///< of those
};

/// For as long as it lives, a leaf of the router's stream sends nothing back. What was found is kept for the next time, if that is about the same leaf.
class Router::Without {
public:
    Without(Router& router, ir::ElementId leaf);
    ~Without();
    Without(const Without&) = delete;
    Without& operator=(const Without&) = delete;

    /// Of one item that comes to the part in which the leaf is.
    const Visits& visits() const { return router_.tried_visits_; }

private:
    Router& router_;
};

}  // namespace vsm::runtime
