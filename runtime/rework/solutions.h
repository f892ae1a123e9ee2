// Caches the solutions of loops with `once`, shared by equal loops of the streams and futures of one map. Internal to
// runtime/.
#pragma once

#include <string>
#include <unordered_map>

#include "runtime/rework/router.h"

namespace vsm::runtime {

/// Keyed by the signature of a part (Routes::signature_of) and the leaf that sends nothing back, if any. Keeps no
/// reference to a stream. A cached result counts with its original work, so that no budget depends on the order of
/// queries.
class Solutions {
public:
    explicit Solutions(const ir::Model& model);

    /// Each stream's share of the work budget for `once`, above 0 up to 1: 1 / number of different rework shapes in the
    /// map.
    double budget_share() const { return budget_share_; }

    /// Looks up a part. If found, fills its visits and exits, hands the kernels and the work to the router, and returns
    /// true.
    bool take(Router& router, Stretch& part, ir::ElementId without) const;
    void keep(const Router& router, const Stretch& part, ir::ElementId without, std::size_t work);

private:
    struct Solution {
        Visits visits;
        std::vector<std::pair<std::uint32_t, double>> exits;
        std::map<std::uint32_t, Kernels> kernels;
        std::size_t work = 0;
        bool endless = false;
    };
    std::unordered_map<std::string, Solution> known_;
    double budget_share_;
};

}  // namespace vsm::runtime
