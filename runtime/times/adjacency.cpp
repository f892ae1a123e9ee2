#include "runtime/times/adjacency.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace vsm::runtime {
namespace {

const std::vector<std::size_t>& before(const BodyGraph& graph, std::size_t at) {
    return at == graph.before.size() ? graph.ends : graph.before[at];
}

}  // namespace

void visit_visible(const BodyGraph& graph, std::span<const char> open, std::span<const char> seen,
                   std::span<const char> looking, const std::function<void(std::size_t from, std::size_t to)>& visit) {
    const std::size_t count = graph.before.size();
    std::vector<std::size_t> far;     // those that look through an open element
    std::vector<char> wanted(count);  // direct predecessors of these, or of open elements
    const auto want = [&](std::size_t at) {
        for (const std::size_t b : before(graph, at)) wanted[b] = 1;
    };
    for (std::size_t at = 0; at <= count; ++at) {
        if (at < count && open[at]) want(at);
        if (!looking[at]) continue;
        const auto& near = before(graph, at);
        if (std::any_of(near.begin(), near.end(), [&](std::size_t b) { return open[b] != 0; })) {
            far.push_back(at);
            want(at);
            continue;
        }
        for (const std::size_t b : near)
            if (seen[b]) visit(b, at);
    }
    if (far.empty()) return;

    // Processes 64 seen elements at a time, one bit each, propagated through the open ones.
    std::vector<std::uint64_t> shown(count);
    std::vector<std::size_t> block;
    const auto look = [&](std::size_t at) {
        std::uint64_t bits = 0;
        for (const std::size_t b : before(graph, at)) bits |= shown[b];
        return bits;
    };
    const auto run_block = [&] {
        std::fill(shown.begin(), shown.end(), 0);
        std::size_t next = 0;
        for (std::size_t at = block.front(); at < count; ++at) {
            if (next < block.size() && block[next] == at) shown[at] = std::uint64_t{1} << next++;
            if (open[at]) shown[at] |= look(at);
        }
        for (const std::size_t at : far)
            for (std::uint64_t bits = look(at); bits != 0; bits &= bits - 1)
                visit(block[static_cast<std::size_t>(std::countr_zero(bits))], at);
        block.clear();
    };
    for (std::size_t at = 0; at < count; ++at) {
        if (seen[at] && wanted[at]) block.push_back(at);
        if (block.size() == 64) run_block();
    }
    if (!block.empty()) run_block();
}

std::vector<char> sees_beginning(const BodyGraph& graph, std::span<const char> open) {
    const std::size_t count = graph.before.size();
    std::vector<char> sees(count + 1);
    for (std::size_t at = 0; at <= count; ++at) {
        const auto& near = before(graph, at);
        sees[at] =
            near.empty() || std::any_of(near.begin(), near.end(), [&](std::size_t b) { return open[b] && sees[b]; });
    }
    return sees;
}

}  // namespace vsm::runtime
