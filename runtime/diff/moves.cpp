#include "runtime/diff/moves.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "ir/checked_model.h"

namespace vsm::runtime {
namespace {

using ir::Element;
using ir::ElementId;
using Followed = std::set<ElementId>;  ///< elements of the version after

class Finder {
public:
    Finder(const StreamSide& before, const StreamSide& after, const Match& match)
        : before_(before.stream), after_(after.stream), match_(match), moved_(after.stream.elements.size()) {}

    std::vector<Move> run() {
        find_moved();
        see_through(before_, before_.body.elements, [&](ElementId id) { followed_before(id); });
        see_through(after_, after_.body.elements, [&](ElementId id) { followed_after(id); });
        std::vector<Move> moves;
        for (std::size_t i = 0; i < after_.elements.size(); ++i) {
            const ElementId id = after_.elements.id_at(i), old = match_.before_of[id];
            if (!old.valid() || is_implicit(after_.elements[id])) continue;
            if (moved_[i])
                moves.push_back({id, place_of(before_, old), place_of(after_, id), false});
            else if (const auto& was = followed_before(old), &is = followed_after(id); was != is)
                moves.push_back({id, names_of(was), names_of(is), true});
        }
        return moves;
    }

private:
    void find_moved() {
        for (std::size_t i = 0; i < after_.elements.size(); ++i) moved_[i] = held_elsewhere(after_.elements.id_at(i));
        reorder(before_.body.elements, after_.body.elements);
        for (std::size_t i = 0; i < after_.elements.size(); ++i) {
            const ElementId id = after_.elements.id_at(i), old = match_.before_of[id];
            // reorder() ignores branches, which have no order.
            if (old.valid()) reorder(ir::children_of(before_.elements[old]), ir::children_of(after_.elements[id]));
        }
    }

    /// Visits elements in topological order, so that the recursion of followed_before() and followed_after() stays
    /// shallow.
    template <class See>
    static void see_through(const ir::Stream& stream, const std::vector<ElementId>& elements, See see) {
        for (const ElementId id : elements) see_through(stream, ir::children_of(stream.elements[id]), see);
        if (elements.empty() || std::holds_alternative<ir::Branch>(stream.elements[elements.front()].what)) return;
        for (const ElementId id : ir::topological_order(stream, ir::Body{elements})) see(id);
    }

    static bool is_implicit(const Element& element) {
        const auto* branch = std::get_if<ir::Branch>(&element.what);
        return branch != nullptr && branch->implicit;
    }

    bool held_elsewhere(ElementId id) const {
        const ElementId old = match_.before_of[id];
        if (!old.valid() || is_implicit(after_.elements[id])) return false;
        const ElementId holder = after_.elements[id].parent, was = before_.elements[old].parent;
        return was.valid() ? match_.after_of[was] != holder || !holder.valid() : holder.valid();
    }

    /// Marks as moved all elements ordered by position, except a longest subsequence that kept its order.
    void reorder(const std::vector<ElementId>& before, const std::vector<ElementId>& after) {
        std::unordered_map<std::uint32_t, std::size_t> position;
        for (std::size_t i = 0; i < before.size(); ++i) position[before[i].index] = i;
        std::vector<ElementId> kept;
        std::vector<std::size_t> places;
        for (const ElementId id : after) {
            const ElementId old = match_.before_of[id];
            if (!old.valid() || moved_[id.index] || !position.contains(old.index)) continue;
            if (after_.elements[id].after_given || before_.elements[old].after_given) continue;
            if (std::holds_alternative<ir::Branch>(after_.elements[id].what)) continue;
            kept.push_back(id);
            places.push_back(position[old.index]);
        }
        const std::vector<bool> stayed = longest_increasing(places);
        for (std::size_t i = 0; i < kept.size(); ++i)
            if (!stayed[i]) moved_[kept[i].index] = true;
    }

    /// Whether it is in both versions and kept its place.
    bool stays(ElementId after) const { return match_.before_of[after].valid() && !moved_[after.index]; }

    /// The elements that an element follows among those that stayed; looks through removed, added and moved ones.
    const Followed& followed_before(ElementId old) {
        const auto [at, added] = was_followed_.try_emplace(old.index);
        if (!added) return at->second;
        Followed all;
        for (const ElementId one : before_.elements[old].predecessors) {
            const ElementId now = match_.after_of[one];
            if (now.valid() && stays(now))
                all.insert(now);
            else if (const Followed& further = followed_before(one); true)
                all.insert(further.begin(), further.end());
        }
        return was_followed_[old.index] = std::move(all);
    }
    const Followed& followed_after(ElementId id) {
        const auto [at, added] = is_followed_.try_emplace(id.index);
        if (!added) return at->second;
        Followed all;
        for (const ElementId one : after_.elements[id].predecessors) {
            if (stays(one))
                all.insert(one);
            else if (const Followed& further = followed_after(one); true)
                all.insert(further.begin(), further.end());
        }
        return is_followed_[id.index] = std::move(all);
    }

    std::string names_of(const Followed& followed) const {
        if (followed.empty()) return "at the start";
        std::vector<std::string> names;
        for (const ElementId id : followed) names.push_back(fmt::format("`{}`", label_of(after_.elements[id])));
        return fmt::format("after {}", fmt::join(names, ", "));
    }

    const ir::Stream &before_, &after_;
    const Match& match_;
    std::vector<bool> moved_;
    std::unordered_map<std::uint32_t, Followed> was_followed_, is_followed_;
};

}  // namespace

std::vector<Move> moves_between(const StreamSide& before, const StreamSide& after, const Match& match) {
    return Finder(before, after, match).run();
}

std::string place_of(const ir::Stream& stream, ElementId id) {
    const Element& element = stream.elements[id];
    ElementId holder = element.parent;
    while (holder.valid() && stream.elements[holder].name.value.empty() &&
           std::holds_alternative<ir::Branch>(stream.elements[holder].what))
        holder = stream.elements[holder].parent;
    std::vector<std::string> names;
    for (const ElementId one : element.predecessors)
        names.push_back(fmt::format("`{}`", label_of(stream.elements[one])));
    std::string text = names.empty() ? "at the start" : fmt::format("after {}", fmt::join(names, ", "));
    if (holder.valid()) text += fmt::format(" {} `{}`", names.empty() ? "of" : "in", label_of(stream.elements[holder]));
    return text;
}

const std::string& label_of(const Element& element) {
    return element.name.value.empty() && !element.title.value.empty() ? element.title.value : element.label;
}

}  // namespace vsm::runtime
