// Provides a stack of known size, so that maps nested 64 deep can be parsed whatever `ulimit -s` is.
#pragma once

#include <cstddef>
#include <functional>

namespace vsm::cli {

/// Runs `work` on a stack of at least `bytes` and returns its result: on the caller's stack if its limit allows that,
/// else on a new thread. Uses the caller's stack if no thread can be created.
int on_own_stack(std::size_t bytes, const std::function<int()>& work);

}  // namespace vsm::cli
