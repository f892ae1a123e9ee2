#include "runtime/rework/sums_by_key.h"

#include "base/check.h"

namespace vsm::runtime {

SumsByKey::SumsByKey(std::size_t keys) : last_(keys - 1), nodes_(1) { VSM_CHECK(keys > 0); }

bool SumsByKey::has(Root root, std::size_t key) const {
    std::size_t first = 0, last = last_;
    while (root != 0 && first < last) {
        const std::size_t middle = first + (last - first) / 2;
        const bool low = key <= middle;
        root = low ? nodes_[root].low : nodes_[root].high;
        (low ? last : first) = low ? middle : middle + 1;
    }
    return root != 0;
}

void SumsByKey::scale(Root root, double factor) {
    if (root == 0) return;
    nodes_[root].sum *= factor;
    nodes_[root].factor *= factor;
}

SumsByKey::Root SumsByKey::make() {
    ++work_;
    if (free_.empty()) {
        nodes_.emplace_back();
        return static_cast<Root>(nodes_.size() - 1);
    }
    const Root root = free_.back();
    free_.pop_back();
    nodes_[root] = {};
    return root;
}

void SumsByKey::hand_factor_down(Root root) {
    Node& node = nodes_[root];
    if (node.factor == 1) return;
    scale(node.low, node.factor);
    scale(node.high, node.factor);
    node.factor = 1;
}

bool SumsByKey::add(Root& root, std::size_t first, std::size_t last, std::size_t key, double number) {
    const bool is_new = root == 0;
    if (is_new) root = make();
    ++work_;
    if (first == last) {
        nodes_[root].sum += number;
        return is_new;
    }
    hand_factor_down(root);
    const std::size_t middle = first + (last - first) / 2;
    const bool low = key <= middle;
    Root below = low ? nodes_[root].low : nodes_[root].high;
    const bool added = low ? add(below, first, middle, key, number) : add(below, middle + 1, last, key, number);
    (low ? nodes_[root].low : nodes_[root].high) = below;
    add_up(root);
    return added;
}

double SumsByKey::take(Root& root, std::size_t first, std::size_t last, std::size_t key) {
    if (root == 0) return 0;
    ++work_;
    double taken = nodes_[root].sum;
    if (first < last) {
        hand_factor_down(root);
        const std::size_t middle = first + (last - first) / 2;
        Node& node = nodes_[root];
        taken = key <= middle ? take(node.low, first, middle, key) : take(node.high, middle + 1, last, key);
        if (node.low != 0 || node.high != 0) {
            add_up(root);
            return taken;
        }
    }
    free(root);
    root = 0;
    return taken;
}

SumsByKey::Root SumsByKey::copy(Root root) {
    if (root == 0) return 0;
    const Root made = make();
    const Node node = nodes_[root];
    const Root low = copy(node.low), high = copy(node.high);
    nodes_[made] = {node.sum, node.factor, low, high};
    return made;
}

SumsByKey::Root SumsByKey::merged(Root a, Root b, std::size_t first, std::size_t last) {
    if (a == 0 || b == 0) return a + b;
    ++work_;
    if (first == last) {
        nodes_[a].sum += nodes_[b].sum;
    } else {
        hand_factor_down(a);
        hand_factor_down(b);
        const std::size_t middle = first + (last - first) / 2;
        nodes_[a].low = merged(nodes_[a].low, nodes_[b].low, first, middle);
        nodes_[a].high = merged(nodes_[a].high, nodes_[b].high, middle + 1, last);
        add_up(a);
    }
    free(b);
    return a;
}

}  // namespace vsm::runtime
