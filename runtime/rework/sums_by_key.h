// Many small, mergeable collections of numbers by key. Internal to runtime/; does not depend on Markov chains.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vsm::runtime {

/// Collections of numbers of at least 0, by keys below `keys`. Each collection is a sparse binary tree over all keys.
/// Merging n numbers one by one, in any order, takes n · log(keys) steps in total. Sums are recomputed from the
/// remaining numbers, so no digits are lost to cancellation.
class SumsByKey {
public:
    /// 0: an empty collection.
    using Root = std::uint32_t;

    explicit SumsByKey(std::size_t keys);

    double sum(Root root) const { return nodes_[root].sum; }
    /// Adds a number; returns whether the key is new.
    bool add(Root& root, std::size_t key, double number) { return add(root, 0, last_, key, number); }
    /// Removes a key and returns its number, or 0 if it is not there.
    double take(Root& root, std::size_t key) { return take(root, 0, last_, key); }
    bool has(Root root, std::size_t key) const;
    void scale(Root root, double factor);
    Root copy(Root root);
    /// Merges `from` into `into`. Consumes `from`.
    void merge(Root& into, Root from) { into = merged(into, from, 0, last_); }
    /// Visits the keys above `key`, ascending.
    template <class Visit>
    void visit_keys_above(Root root, std::size_t key, const Visit& visit) const {
        visit_keys_above(root, 0, last_, key, visit);
    }

    /// Tree nodes created or visited so far, without lookups.
    std::size_t work() const { return work_; }

private:
    struct Node {
        double sum = 0;
        double factor = 1;  ///< pending for all nodes below
        Root low = 0, high = 0;
    };

    Root make();
    void free(Root root) { free_.push_back(root); }
    void hand_factor_down(Root root);
    void add_up(Root root) { nodes_[root].sum = nodes_[nodes_[root].low].sum + nodes_[nodes_[root].high].sum; }
    bool add(Root& root, std::size_t first, std::size_t last, std::size_t key, double number);
    double take(Root& root, std::size_t first, std::size_t last, std::size_t key);
    Root merged(Root a, Root b, std::size_t first, std::size_t last);

    template <class Visit>
    void visit_keys_above(Root root, std::size_t first, std::size_t last, std::size_t key, const Visit& visit) const {
        if (root == 0 || last <= key) return;
        if (first == last) return visit(first);
        const std::size_t middle = first + (last - first) / 2;
        visit_keys_above(nodes_[root].low, first, middle, key, visit);
        visit_keys_above(nodes_[root].high, middle + 1, last, key, visit);
    }

    std::size_t last_;         ///< key
    std::vector<Node> nodes_;  ///< the first represents an empty collection
    std::vector<Root> free_;
    std::size_t work_ = 0;
};

}  // namespace vsm::runtime
