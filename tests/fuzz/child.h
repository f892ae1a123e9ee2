// Work in a process of its own, so that it may die.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace vsm::fuzz {

/// A child that runs, and where it writes what it has to say.
struct Child {
    pid_t process = 0;
    int said = -1;  ///< a file without a name
};

/// How a child ended.
struct Ending {
    bool well = false;
    std::string said;  ///< on its standard error
    /// What happened in few words: the same for the same fault.
    std::string fault() const;
};

/// Starts `work` in a child. Its memory is bounded where no sanitizer needs all addresses.
Child start(const std::function<void()>& work);
/// What became of a child that waitpid() gave this status of.
Ending end_of(const Child& child, int status);
/// start(), and waits.
Ending in_child(const std::function<void()>& work);

/// From now on, an input that takes more processor time than this ends the process by a signal. Again for each input.
void begin_input();

}  // namespace vsm::fuzz
