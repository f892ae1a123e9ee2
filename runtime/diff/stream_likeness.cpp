#include "runtime/diff/stream_likeness.h"

#include <algorithm>
#include <set>

#include "runtime/diff/match.h"

namespace vsm::runtime {
namespace {

/// Of two sorted lists without copies of their values.
template <class Values>
std::size_t count_common(const Values& a, const Values& b) {
    std::size_t both = 0;
    for (auto at = a.begin(), other = b.begin(); at != a.end() && other != b.end();) {
        if (*at < *other) {
            ++at;
        } else if (*other < *at) {
            ++other;
        } else {
            ++both, ++at, ++other;
        }
    }
    return both;
}

template <class Values>
double share_common(const Values& a, const Values& b) {
    const std::size_t both = count_common(a, b), all = a.size() + b.size() - both;
    return all == 0 ? 0 : static_cast<double>(both) / static_cast<double>(all);
}

std::string file_key(const StreamSketch& sketch) { return "@" + sketch.path; }

/// Calls `use` with everything by which a stream can be found.
template <class Use>
void for_each_key(const StreamSketch& sketch, Use use) {
    use(file_key(sketch));
    if (!sketch.title.empty()) use("\"" + sketch.title);
    for (const std::string& name : sketch.elements) use(name);
    for (const std::size_t content : sketch.contents) use("#" + std::to_string(content));
}

}  // namespace

double alike(const StreamSketch& a, const StreamSketch& b) {
    if (a.of.empty() != b.of.empty()) return 0;
    const double held = share_common(a.elements, b.elements);
    const bool titled = !a.title.empty() && a.title == b.title;
    if (a.path != b.path) {
        const std::size_t both = count_common(a.elements, b.elements), same = count_common(a.contents, b.contents);
        if (same == 0 || 3 * same < both || (!titled && both < 2)) return 0;
    }
    return std::max(held, titled ? 0.5 + held / 2 : 0);
}

double nearness(const StreamSketch& a, const StreamSketch& b) {
    const double titles = a.title.empty() || b.title.empty() ? 0 : likeness_of(a.title, b.title);
    return (titles + share_common(a.elements, b.elements) + shared_contents(a, b)) / 3;
}

double shared_contents(const StreamSketch& a, const StreamSketch& b) { return share_common(a.contents, b.contents); }

PairCandidates::PairCandidates(std::span<const StreamSketch> before, const std::vector<std::size_t>& of_before,
                               std::span<const StreamSketch> after, const std::vector<std::size_t>& of_after)
    : before_(before) {
    for (const std::size_t i : of_after)
        for_each_key(after[i], [&](const std::string& key) { holders_[key].after.push_back(i); });
    for (const std::size_t i : of_before)
        for_each_key(before[i], [&](const std::string& key) {
            if (const auto found = holders_.find(key); found != holders_.end()) found->second.before.push_back(i);
        });
}

std::vector<std::size_t> PairCandidates::of(std::size_t before) const {
    constexpr std::size_t most_of_file = 200, most = 50;
    std::set<std::size_t> found;
    const std::string own_file = file_key(before_[before]);
    for_each_key(before_[before], [&](const std::string& key) {
        const auto at = holders_.find(key);
        if (at == holders_.end()) return;
        const auto& [old, fresh] = at->second;
        const std::size_t count = std::min(fresh.size(), key == own_file ? most_of_file : most);
        const auto place = static_cast<std::size_t>(std::lower_bound(old.begin(), old.end(), before) - old.begin());
        const std::size_t middle = place * fresh.size() / old.size();
        const std::size_t first = std::min(middle - std::min(middle, count / 2), fresh.size() - count);
        for (std::size_t i = first; i < first + count; ++i) found.insert(fresh[i]);
    });
    return {found.begin(), found.end()};
}

}  // namespace vsm::runtime
