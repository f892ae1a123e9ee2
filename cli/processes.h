// Work shared out among processes: the parser's runtime holds locks of its own, so that threads would wait for one another.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace vsm::cli {

struct SharedWork {
    std::size_t count = 0;                                      ///< pieces, numbered from 0
    std::size_t jobs = 1;                                       ///< at most so many processes at once
    std::function<std::string(std::size_t)> make;               ///< the result of a piece, as bytes
    std::function<std::string(std::size_t)> name;               ///< what a piece is called if a process ends over it
    std::function<void(std::size_t)> done = [](std::size_t) {}; ///< how many pieces are done
};

/// The processors that this process may use.
std::size_t processors();

/// The results in the order of the pieces, whoever made them. Few pieces, or one job, are made by this process itself. A process that ends
/// before its work does is a failure that names the piece; then the others are ended. They also end with this process.
Result<std::vector<std::string>> share_out(const SharedWork& work);

}  // namespace vsm::cli
