// The edits of a future on the tree of a map's text. Private to compiler/format.
#pragma once

#include <set>
#include <string>

#include "compiler/format/tree.h"

namespace vsm::format {

template <class T>
const T* statement_of(const Node& node) {
    const auto* statement = node.item == nullptr ? nullptr : std::get_if<ast::Statement>(&node.item->what);
    return statement == nullptr ? nullptr : std::get_if<T>(statement);
}

/// The element that a node is; null for all else, and for a branch that is not written.
inline const ast::Element* element_of(const Node& node) { return statement_of<ast::Element>(node); }
inline bool is_element(const Node& node) { return node.implicit || element_of(node) != nullptr; }
/// A parallel or a choose: it holds branches.
bool is_container(const Node& node);

/// The property of that name in a block; the end when there is none.
std::vector<Node>::iterator find_property(Block& block, std::string_view name);
/// Puts a property behind those that are there; the order is made when lines are.
void add_property(Block& block, Node property);

/// Makes the edits of a future, in their order, to the stream's block. The map is known to be right. Direct elements of a parallel are
/// then in branches that are not written.
void apply_edits(Tree& tree, Block& stream, const Block& future);

}  // namespace vsm::format
