// Runs work in a child process, so that it may crash.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace vsm::fuzz {

/// A running child and its standard error.
struct Child {
    pid_t process = 0;
    int said = -1;  ///< descriptor of an anonymous file
};

/// The result of a child.
struct Ending {
    bool well = false;
    std::string said;  ///< its standard error, else the exit status
    /// A short description, equal for equal faults.
    std::string fault() const;
};

/// Starts `work` in a child. Limits its memory to 1 GiB, unless a sanitizer needs the whole address space.
Child start(const std::function<void()>& work);
/// The result of a child, given its status from waitpid(). Closes its output.
Ending end_of(const Child& child, int status);
/// Calls start() and waits for the result.
Ending in_child(const std::function<void()>& work);

/// Restarts the timer that kills the process when an input exceeds its processor time. Call it for each input.
void begin_input();

}  // namespace vsm::fuzz
