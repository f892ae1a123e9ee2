// The flow of a map of dense_map.h as a tree of places: sequences, choices and parallel members, which follow from the
// order of the elements. Shares no code with runtime/.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/unit/runtime/rework/dense_map.h"

namespace vsm::tests {

class DensePlaces {
protected:
    using Kind = DenseNode::Kind;

    /// A node of the flow: leaf, sequence, choice, or parallel members.
    struct Place {
        enum class Kind { leaf, row, choice, side } kind = Kind::leaf;
        const DenseNode* node = nullptr;
        Place* parent = nullptr;
        std::size_t at = 0;
        std::vector<std::unique_ptr<Place>> inside;
        std::vector<std::vector<char>> less;  ///< for parallel members that wait for one another
    };

    explicit DensePlaces(const DenseNode& root) : root_(&add(root, nullptr)) { number(*root_); }

    static bool holds(const Place* scope, const Place* place) {
        for (; place != nullptr; place = place->parent)
            if (place == scope) return true;
        return false;
    }

    std::unique_ptr<Place> all_;
    std::map<std::string, const Place*> named_;
    std::map<std::string, std::size_t> order_;
    const Place* root_;

private:
    Place& make(typename Place::Kind kind, const DenseNode* node, Place* parent) {
        std::unique_ptr<Place> made = std::make_unique<Place>();
        made->kind = kind;
        made->node = node;
        made->parent = parent;
        Place& place = *made;
        if (parent == nullptr) {
            all_ = std::move(made);
        } else {
            place.at = parent->inside.size();
            parent->inside.push_back(std::move(made));
        }
        return place;
    }

    Place& add(const DenseNode& node, Place* parent) {
        switch (node.kind) {
            case Kind::step:
            case Kind::wait:
            case Kind::queue: return named_at(node, make(Place::Kind::leaf, &node, parent));
            case Kind::stage:
            case Kind::branch: {
                Place& place = named_at(node, make(Place::Kind::row, &node, parent));
                std::vector<std::size_t> chosen;
                for (std::size_t i = 0; i < node.children.size(); ++i) chosen.push_back(i);
                add_body(node.children, order_of(node.children), sorted(node.children, chosen), place);
                return place;
            }
            case Kind::parallel:
            case Kind::choose: {
                Place& place = named_at(
                    node, make(node.kind == Kind::choose ? Place::Kind::choice : Place::Kind::side, &node, parent));
                for (const DenseNode& branch : node.children) add(branch, &place);
                return place;
            }
        }
        return *all_;
    }

    Place& named_at(const DenseNode& node, Place& place) {
        named_[node.name] = &place;
        return place;
    }

    /// Topological order; ties in source order.
    static std::vector<std::size_t> sorted(const std::vector<DenseNode>& body, std::vector<std::size_t> chosen) {
        const auto less = order_of(body);
        std::vector<std::size_t> order;
        while (!chosen.empty()) {
            const auto next = std::find_if(chosen.begin(), chosen.end(), [&](std::size_t one) {
                return std::none_of(chosen.begin(), chosen.end(),
                                    [&](std::size_t other) { return less[other][one] != 0; });
            });
            order.push_back(*next);
            chosen.erase(next);
        }
        return order;
    }

    /// Splits into a sequence where everything before precedes everything after; else into parallel groups without
    /// mutual order; else keeps the order among the members.
    void add_body(const std::vector<DenseNode>& body, const std::vector<std::vector<char>>& less,
                  std::vector<std::size_t> chosen, Place& row) {
        if (chosen.empty()) return;
        if (chosen.size() == 1) {
            add(body[chosen.front()], &row);
            return;
        }
        for (std::size_t k = 1; k < chosen.size(); ++k) {
            bool cut = true;
            for (std::size_t a = 0; a < k; ++a)
                for (std::size_t b = k; b < chosen.size(); ++b) cut = cut && less[chosen[a]][chosen[b]] != 0;
            if (!cut) continue;
            add_body(body, less, {chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(k)}, row);
            add_body(body, less, {chosen.begin() + static_cast<std::ptrdiff_t>(k), chosen.end()}, row);
            return;
        }
        Place& side = make(Place::Kind::side, nullptr, &row);
        std::vector<std::vector<std::size_t>> groups;
        std::vector<std::size_t> left = chosen;
        while (!left.empty()) {
            std::vector<std::size_t> group{left.front()};
            for (std::size_t i = 0; i < group.size(); ++i)
                for (const std::size_t one : chosen)
                    if ((less[group[i]][one] != 0 || less[one][group[i]] != 0) &&
                        std::find(group.begin(), group.end(), one) == group.end())
                        group.push_back(one);
            groups.push_back(sorted(body, group));
            std::erase_if(left,
                          [&](std::size_t one) { return std::find(group.begin(), group.end(), one) != group.end(); });
        }
        if (groups.size() > 1) {
            for (const auto& group : groups) add_body(body, less, group, make(Place::Kind::row, nullptr, &side));
            return;
        }
        side.less.assign(chosen.size(), std::vector<char>(chosen.size()));
        for (std::size_t a = 0; a < chosen.size(); ++a) {
            add(body[chosen[a]], &make(Place::Kind::row, nullptr, &side));
            for (std::size_t b = 0; b < chosen.size(); ++b) side.less[a][b] = less[chosen[a]][chosen[b]];
        }
    }

    void number(const Place& place) {
        if (place.node != nullptr) order_.emplace(place.node->name, order_.size());
        for (const auto& one : place.inside) number(*one);
    }
};

}  // namespace vsm::tests
