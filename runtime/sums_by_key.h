// Many small collections of numbers by key that are poured into one another. For runtime/ alone; knows nothing of chains.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vsm::runtime {

/// Collections of numbers of at least 0, each under a key below `keys`. A collection is a binary tree over all keys of which only those
/// nodes are there that lead to a number. Pouring n numbers together one by one, in whatever order, takes n · log(keys) steps in all; and as
/// every sum is one of what is still there, none has lost digits to a difference.
class SumsByKey {
public:
    /// 0: an empty collection.
    using Root = std::uint32_t;

    explicit SumsByKey(std::size_t keys);

    double sum(Root root) const { return nodes_[root].sum; }
    /// Whether the key is new in it.
    bool add(Root& root, std::size_t key, double number) { return add(root, 0, last_, key, number); }
    /// What stood under the key, 0 if nothing did; it is gone from the collection then.
    double take(Root& root, std::size_t key) { return take(root, 0, last_, key); }
    bool has(Root root, std::size_t key) const;
    void scale(Root root, double factor);
    Root copy(Root root);
    /// Uses `from` up.
    void pour(Root& into, Root from) { into = poured(into, from, 0, last_); }
    /// Its keys above another, in order.
    template <class Visit>
    void visit_keys_above(Root root, std::size_t key, const Visit& visit) const {
        visit_keys_above(root, 0, last_, key, visit);
    }

    /// Nodes looked at so far: what it cost.
    std::size_t work() const { return work_; }

private:
    struct Node {
        double sum = 0;
        double factor = 1;  ///< by which what is below is still to be multiplied
        Root low = 0, high = 0;
    };

    Root make();
    void free(Root root) { free_.push_back(root); }
    void hand_factor_down(Root root);
    void add_up(Root root) { nodes_[root].sum = nodes_[nodes_[root].low].sum + nodes_[nodes_[root].high].sum; }
    bool add(Root& root, std::size_t first, std::size_t last, std::size_t key, double number);
    double take(Root& root, std::size_t first, std::size_t last, std::size_t key);
    Root poured(Root a, Root b, std::size_t first, std::size_t last);

    template <class Visit>
    void visit_keys_above(Root root, std::size_t first, std::size_t last, std::size_t key, const Visit& visit) const {
        if (root == 0 || last <= key) return;
        if (first == last) return visit(first);
        const std::size_t middle = first + (last - first) / 2;
        visit_keys_above(nodes_[root].low, first, middle, key, visit);
        visit_keys_above(nodes_[root].high, middle + 1, last, key, visit);
    }

    std::size_t last_;         ///< key
    std::vector<Node> nodes_;  ///< the first stands for what is empty
    std::vector<Root> free_;
    std::size_t work_ = 0;
};

}  // namespace vsm::runtime
