// Pairs the streams of two versions across files. Does not compare figures.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ir/checked_model.h"

namespace vsm::runtime {

/// The properties by which a stream or future is recognized.
struct StreamSketch {
    std::string path = {};  ///< of its file
    std::string name = {};
    std::string of = {};  ///< of a future, the name of its base
    std::string title = {};
    std::vector<std::string> elements = {};  ///< their names, in order, without duplicates
    std::vector<std::size_t> contents =
        {};  ///< hashes of the named elements with their times, %C&A and teams, in order
    /// The file exists in the other version but does not compile there, so the stream may still be in it: only its own
    /// name pairs it with a stream of another file.
    bool may_be_unread = false;
};

/// The streams and futures that a model declares itself, in order.
std::vector<ir::StreamId> own_streams(const ir::CheckedModel& model);

StreamSketch sketch_of(const ir::CheckedModel& model, ir::StreamId stream, const std::string& path);

/// For each stream before, the index of the same stream after, or nothing.
using StreamPairs = std::vector<std::optional<std::size_t>>;

/// Whether a stream before and one after, by their indices, have the same content apart from the file.
using SameContent = std::function<bool(std::size_t before, std::size_t after)>;

/// Equal names are the same stream in any file. Among several of one name, the one in the same file is preferred,
/// unless two files were swapped; then the one of the same content, then the most similar one. Near linear,
/// deterministic.
StreamPairs pair_by_name(std::span<const StreamSketch> before, std::span<const StreamSketch> after,
                         const SameContent& same_content);

/// Pairs by name, then the remaining streams by similarity of title and elements, the most similar first, if that is
/// high enough. Many streams have a "Review" and a "Deploy": in another file, a stream with another name needs some
/// elements with the same times, %C&A and teams, too.
StreamPairs pair_streams(std::span<const StreamSketch> before, std::span<const StreamSketch> after,
                         const SameContent& same_content);

}  // namespace vsm::runtime
