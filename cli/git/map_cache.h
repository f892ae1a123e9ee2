// Measures maps at commits, each distinct content once, however many commits contain it. Does not know the order of
// commits.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/git/git_objects.h"
#include "runtime/diff/stream_pairs.h"
#include "runtime/figures/metric_values.h"

namespace vsm::cli {

/// A map at a commit.
struct MeasuredMap {
    enum class State { measured, broken, unread } state = State::measured;
    std::string reason;                   ///< why it could not be read
    std::set<std::string> declared = {};  ///< of a broken map: the streams that it declares, as far as it can be parsed
    struct Stream {
        runtime::StreamSketch sketch;  ///< without a path, because several files may have the same content
        Calendar calendar;
        std::vector<runtime::MetricValue> figures;  ///< in the order of history_metrics()
        std::size_t value = 0;                      ///< equal if and only if calendar and figures are equal

        runtime::StreamSketch sketch_at(const std::string& path) const {
            runtime::StreamSketch there = sketch;
            there.path = path;
            return there;
        }
    };
    std::vector<Stream> streams = {};  ///< empty unless measured
};
using MeasuredMapPtr = std::shared_ptr<const MeasuredMap>;

class MapCache {
public:
    explicit MapCache(ObjectReader objects) : objects_(std::move(objects)) {}

    /// The map at a path of a tree; null if there is no file, or a link to none.
    MeasuredMapPtr at(const Tree& tree, const std::string& path);

private:
    struct Known {
        std::string path;
        Lookups lookups;  ///< of the file itself and its imports
        MeasuredMapPtr map;
    };

    MeasuredMapPtr measured(const std::string& path, std::string text, const Tree& tree, Lookups& lookups);
    std::size_t value_of(const Calendar& calendar, const std::vector<runtime::MetricValue>& figures);

    ObjectReader objects_;
    std::unordered_map<std::string, std::vector<Known>> known_;  ///< by object
    std::unordered_map<std::string, std::size_t> values_;
};

}  // namespace vsm::cli
