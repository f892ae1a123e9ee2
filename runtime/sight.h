// Which elements of a body follow one another with nothing but open ones between. For runtime/ alone; knows no teams.
#pragma once

#include <functional>
#include <span>

#include "runtime/body_graph.h"

namespace vsm::runtime {

/// Calls `visit(from, to)` once for each pair of positions of which `to` follows `from` directly or through open elements; `to` is
/// the number of elements for the body's end. `from` are the `seen`, `to` the `looking` (one more flag, for the end).
/// Takes edges · seen / 64 steps at most, and one each where nothing open is about.
void visit_visible(const BodyGraph& graph, std::span<const char> open, std::span<const char> seen,
                   std::span<const char> looking, const std::function<void(std::size_t from, std::size_t to)>& visit);

/// By position, and for the end: whether the body's beginning can be seen from there.
std::vector<char> sees_beginning(const BodyGraph& graph, std::span<const char> open);

}  // namespace vsm::runtime
