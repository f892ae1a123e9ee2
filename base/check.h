// Broken invariants of our own. Knows nothing of users' mistakes: those go to Diagnostics.
#pragma once

namespace vsm {

/// Prints where and what, and ends the process with status 2.
[[noreturn]] void fail_check(const char* condition, const char* file, int line);

}  // namespace vsm

/// States what must hold if our own code is right. Always on.
#define VSM_CHECK(condition) \
    (static_cast<bool>(condition) ? void(0) : ::vsm::fail_check(#condition, __FILE_NAME__, __LINE__))
