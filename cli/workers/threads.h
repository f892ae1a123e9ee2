// Distributes work among threads.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace vsm::cli {

struct SharedWork {
    std::size_t count = 0;    ///< number of pieces, numbered from 0
    std::size_t workers = 1;  ///< number of threads, the caller's included
    /// Computes a piece. Workers, numbered from 0, call it at the same time; each computes one piece after the other.
    std::function<void(std::size_t piece, std::size_t worker)> make;
    std::function<std::string(std::size_t piece)> name;  ///< for the message if vsm crashes over a piece
    /// Called in the caller's thread with the number of finished pieces, if given.
    std::function<void(std::size_t)> done;
};

/// The number of threads for so many pieces: at most `jobs` (0: one per processor that this process may use), and one
/// if there are too few to be worth another thread.
std::size_t workers_for(std::size_t pieces, std::size_t jobs);

/// Computes all pieces. If vsm crashes over one, it says so, with the name of the piece, before it ends.
void share_out(const SharedWork& work);

}  // namespace vsm::cli
