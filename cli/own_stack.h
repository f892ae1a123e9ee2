// A stack of our own. Blocks may be nested 64 deep, and no limit of the shell's (`ulimit -s`) decides whether such a map can be read.
#pragma once

#include <cstddef>
#include <functional>

namespace vsm::cli {

/// Calls `work` on a stack of this size or more and gives what it returns: on the caller's where that may grow so far, else on one of a thread, if
/// the system has one.
int on_own_stack(std::size_t bytes, const std::function<int()>& work);

}  // namespace vsm::cli
