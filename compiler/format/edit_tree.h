// Applies the edits of a future to the tree of a map's text. Private to compiler/format.
#pragma once

#include <set>
#include <string>

#include "compiler/format/tree.h"

namespace vsm::format {

template <class T>
const T* statement_of(const Node& node) {
    const auto* statement = node.item == nullptr ? nullptr : node.item->statement();
    return statement == nullptr ? nullptr : std::get_if<T>(statement);
}

/// The element of a node; null for any other node, and for an implicit branch.
inline const ast::Element* element_of(const Node& node) { return statement_of<ast::Element>(node); }
inline bool is_element(const Node& node) { return node.implicit || element_of(node) != nullptr; }
/// Whether a node is a parallel or a choose, which contain branches.
bool is_container(const Node& node);

/// The property with that name in a block; the end if there is none.
std::vector<Node>::iterator find_property(Block& block, std::string_view name);
/// Adds a property after the existing ones; lay_out() sorts them.
void add_property(Block& block, Node property);

/// Applies the edits of a future, in order, to the stream's block. The map must be valid. Puts direct elements of a
/// parallel into implicit branches.
void apply_edits(Tree& tree, Block& stream, const Block& future);

}  // namespace vsm::format
