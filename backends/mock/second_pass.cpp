#include "backends/mock/second_pass.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/check.h"
#include "ir/checked_model.h"

namespace vsm::backends::mock {
namespace {

using ir::ElementId;

class Pass {
public:
    Pass(const ir::Stream& stream, const runtime::StreamMetrics& metrics, Stretches& stretches, ElementId finder,
         std::size_t most)
        : stream_(stream), metrics_(metrics), stretches_(stretches), finder_(finder), most_(most),
          around_finder_(chain_of(finder)) {}

    SecondPass from(ElementId target) {
        const std::vector<ElementId> around_target = chain_of(target);
        const auto [there, here] =
            std::mismatch(around_target.begin(), around_target.end(), around_finder_.begin(), around_finder_.end());
        if (there == around_target.end()) {
            up_to_finder(target);
        } else {
            VSM_CHECK(here != around_finder_.end());
            rest_from(there, around_target.end());
            stretch({ir::body_of(stream_, stream_.elements[*there].parent), *there, *here}, false);
            up_to_finder(*here);
        }
        if (pass_.elements > most_) pass_.repeated.clear();
        return std::move(pass_);
    }

private:
    using Chain = std::vector<ElementId>;

    /// The ancestors of an element, outermost first, and the element itself.
    Chain chain_of(ElementId id) const {
        Chain chain;
        for (ElementId at = id; at.valid(); at = stream_.elements[at].parent) chain.push_back(at);
        std::reverse(chain.begin(), chain.end());
        return chain;
    }

    /// Counts elements that run again. Whether they are to be listed: too many are only counted.
    bool fits(std::size_t leaves) {
        pass_.elements += leaves;
        return pass_.elements <= most_;
    }

    /// In a chain of nested elements from `outer` to `end`, adds the innermost one and what follows it within `outer`.
    void rest_from(Chain::const_iterator outer, Chain::const_iterator end) {
        const auto inner = outer + 1;
        if (inner == end) return whole(*outer, false);
        const ir::Body* body = body_in(stream_.elements[*outer]);
        VSM_CHECK(body != nullptr);  // rework never targets a branch
        rest_from(inner, end);
        stretch({*body, *inner, {}}, false);
    }

    /// Adds what runs before the finder in the element `id`, which is the finder or contains it, and the finder.
    void up_to_finder(ElementId id) {
        if (id == finder_) {
            if (fits(1)) pass_.repeated.push_back({id, false});
            return;
        }
        const auto at = std::find(around_finder_.begin(), around_finder_.end(), id);
        VSM_CHECK(at != around_finder_.end());
        const ElementId inner = *(at + 1);
        const ir::Element& element = stream_.elements[id];
        if (const ir::Body* body = body_in(element)) stretch({*body, {}, inner}, false);
        if (!std::holds_alternative<ir::Parallel>(element.what)) return up_to_finder(inner);
        for (const ElementId child : ir::children_of(element)) {
            if (child == inner)
                up_to_finder(child);
            else
                whole(child, true);
        }
    }

    void whole(ElementId id, bool alongside) {
        if (fits(stretches_.leaves_in(id))) list(id, alongside);
    }

    void stretch(const Stretch& part, bool alongside) {
        if (fits(stretches_.leaves_in(part))) list(part, alongside);
    }

    void list(ElementId id, bool alongside) {
        const ir::Element& element = stream_.elements[id];
        if (const ir::Body* body = body_in(element)) return list({*body, {}, {}}, alongside);
        const std::vector<ElementId>& branches = ir::children_of(element);
        if (branches.empty()) return pass_.repeated.push_back({id, alongside});
        const bool all_run = std::holds_alternative<ir::Parallel>(element.what);
        const auto longest = std::max_element(branches.begin(), branches.end(),
                                              [&](ElementId a, ElementId b) { return lead(a) < lead(b); });
        for (const ElementId branch : branches) list(branch, alongside || (all_run && branch != *longest));
    }

    void list(const Stretch& part, bool alongside) {
        const std::vector<ElementId> within = stretches_.elements_of(part);
        const std::set<ElementId> longest = longest_way(within);
        for (const ElementId id : within) list(id, alongside || !longest.contains(id));
    }

    /// The elements on the longest path through a topologically sorted list.
    std::set<ElementId> longest_way(const std::vector<ElementId>& order) const {
        struct Way {
            double length = 0;
            ElementId before;
        };
        std::map<ElementId, Way> ways;
        ElementId end;
        for (const ElementId id : order) {
            Way way;
            for (const ElementId before : stream_.elements[id].predecessors) {
                const auto known = ways.find(before);
                if (known != ways.end() && (!way.before.valid() || known->second.length > way.length))
                    way = {known->second.length, before};
            }
            way.length += lead(id);
            ways[id] = way;
            if (!end.valid() || way.length > ways[end].length || ways[id].before == end) end = id;
        }
        std::set<ElementId> on_it;
        for (ElementId at = end; at.valid(); at = ways[at].before) on_it.insert(at);
        return on_it;
    }

    double lead(ElementId id) const { return metrics_.elements[id].lead_time.microseconds; }

    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    Stretches& stretches_;
    ElementId finder_;
    std::size_t most_;
    Chain around_finder_;
    SecondPass pass_;
};

}  // namespace

SecondPass SecondPasses::from(ElementId target, ElementId finder, std::size_t most) {
    return Pass(stream_, metrics_, stretches_, finder, most).from(target);
}

}  // namespace vsm::backends::mock
