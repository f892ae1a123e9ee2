// Finds elements of a body that follow each other with only open elements between. Internal to runtime/; does not
// depend on teams.
#pragma once

#include <functional>
#include <span>

#include "runtime/times/body_graph.h"

namespace vsm::runtime {

/// Calls `visit(from, to)` once per pair of positions where `to` follows `from` directly or through open elements; `to`
/// is the number of elements for the end of the body. `from` ranges over `seen`, `to` over `looking` (which has one
/// more flag, for the end). Takes at most edges · seen / 64 steps, and one per edge where no element is open.
void visit_visible(const BodyGraph& graph, std::span<const char> open, std::span<const char> seen,
                   std::span<const char> looking, const std::function<void(std::size_t from, std::size_t to)>& visit);

/// By position, and for the end of the body: whether only open elements lie between it and the start, on some path.
std::vector<char> sees_beginning(const BodyGraph& graph, std::span<const char> open);

}  // namespace vsm::runtime
