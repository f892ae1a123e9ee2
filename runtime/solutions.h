// What was found for loops with `once` of one map, so that streams and futures that are alike in them share it. For runtime/ alone.
#pragma once

#include <string>
#include <unordered_map>

#include "runtime/router.h"

namespace vsm::runtime {

/// By how items go through a part of a stream (Routes::signature_of) and which leaf sends nothing back, if any. Holds nothing of the streams that were
/// looked at. What is kept costs as much work as when it was found, so that no bound depends on who asked first.
class Solutions {
public:
    explicit Solutions(const ir::Model& model);

    /// The part of the work on `once` that each stream of the map may take, over 0 to 1: those that are alike in their rework share one.
    double room() const { return room_; }

    /// Gives whether it is known; then the part has its visits and exits, and the router its kernels and its work.
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
    double room_;
};

}  // namespace vsm::runtime
