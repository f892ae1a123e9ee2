// Distributes work among processes. Threads would contend for the locks of the parser's runtime.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace vsm::cli {

struct SharedWork {
    std::size_t count = 0;                                       ///< number of pieces, numbered from 0
    std::size_t jobs = 1;                                        ///< maximum number of processes
    std::function<std::string(std::size_t)> make;                ///< computes a piece; the result is a byte string
    std::function<std::string(std::size_t)> name;                ///< name of a piece, for the error if its process ends
    std::function<void(std::size_t)> done = [](std::size_t) {};  ///< called with the number of finished pieces
};

/// The number of processors that this process may use.
std::size_t processors();

/// Computes all pieces and returns the results in order. Works in this process if there are few pieces or only one job.
/// If a worker ends early, fails with the name of its piece and kills the others. Workers also end with this process.
Result<std::vector<std::string>> share_out(const SharedWork& work);

}  // namespace vsm::cli
