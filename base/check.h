// Assertion for internal invariants. Users' mistakes go to Diagnostics instead.
#pragma once

namespace vsm {

/// Prints the condition and its place, and ends the process with status 2.
[[noreturn]] void fail_check(const char* condition, const char* file, int line);

}  // namespace vsm

/// Asserts an internal invariant. Always on.
#define VSM_CHECK(condition) \
    (static_cast<bool>(condition) ? void(0) : ::vsm::fail_check(#condition, __FILE_NAME__, __LINE__))
