#include "runtime/stream_pairs.h"

#include <algorithm>
#include <set>

namespace vsm::runtime {
namespace {

using ir::StreamId;

/// 0 to 1, from the names of the elements and the titles.
double alike(const ir::Stream& a, const ir::Stream& b) {
    if (a.future.has_value() != b.future.has_value()) return 0;
    std::set<std::string_view> names;
    for (const ir::Element& one : a.elements)
        if (!one.name.value.empty()) names.insert(one.name.value);
    std::size_t both = 0, all = names.size();
    for (const ir::Element& one : b.elements)
        if (!one.name.value.empty()) names.contains(one.name.value) ? ++both : ++all;
    const double held = all == 0 ? 0 : static_cast<double>(both) / static_cast<double>(all);
    const bool titled = !a.title.value.empty() && a.title.value == b.title.value;
    return std::max(held, titled ? 0.5 + held / 2 : 0);
}

void pair_renamed(const MapSide& before, const std::vector<StreamId>& left, const MapSide& after, std::vector<StreamId> fresh, std::map<StreamId, StreamId>& pairs) {
    const auto alike_in = [&](StreamId a, StreamId b) { return alike(before.model->stream(a), after.model->stream(b)); };
    constexpr std::size_t most = 50;  // each is held against each
    for (std::size_t i = 0; i < std::min(left.size(), most); ++i) {
        const auto best = std::max_element(fresh.begin(), fresh.begin() + static_cast<std::ptrdiff_t>(std::min(fresh.size(), most)),
                                           [&](StreamId a, StreamId b) { return alike_in(left[i], a) < alike_in(left[i], b); });
        if (best == fresh.end() || alike_in(left[i], *best) < 0.5) continue;
        pairs.emplace(left[i], *best);
        fresh.erase(best);
    }
}

}  // namespace

std::vector<StreamId> own_streams(const MapSide& side) {
    std::vector<StreamId> own;
    if (side.model == nullptr) return own;
    for (std::size_t i = 0; i < side.model->model().streams.size(); ++i) {
        const StreamId id = side.model->model().streams.id_at(i);
        if (!side.model->stream(id).imported) own.push_back(id);
    }
    return own;
}

std::map<StreamId, StreamId> pair_streams(const MapSide& before, const MapSide& after) {
    std::map<StreamId, StreamId> pairs;
    std::map<std::string_view, StreamId> named;
    for (const StreamId id : own_streams(after)) named.emplace(after.model->stream(id).name.value, id);
    std::vector<StreamId> left;
    for (const StreamId id : own_streams(before)) {
        const auto found = named.find(before.model->stream(id).name.value);
        if (found == named.end()) {
            left.push_back(id);
        } else {
            pairs.emplace(id, found->second);
            named.erase(found);
        }
    }
    std::vector<StreamId> fresh;
    for (const StreamId id : own_streams(after))
        if (named.contains(after.model->stream(id).name.value)) fresh.push_back(id);
    pair_renamed(before, left, after, std::move(fresh), pairs);
    return pairs;
}

}  // namespace vsm::runtime
