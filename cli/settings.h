// Finds and reads the configuration of each map, and merges it with the command line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/args/common_options.h"
#include "cli/args/values.h"
#include "cli/git/find_maps.h"
#include "config/config.h"

namespace vsm::cli {

/// The configuration of one map.
struct MapSettings {
    config::Settings settings;
    std::optional<std::optional<Severity>> fail_on;

    /// The rules of a run; flags take precedence.
    lint::RuleSet rules(const lint::RuleSet& flags) const;
    /// The configured outputs; may be empty.
    Backends outputs() const;
};

/// The settings of each map, in order: from the given file, else from the nearest `.vsm.yaml` up to the repository
/// root. Reports an invalid or unreadable configuration on standard error and returns nothing.
std::optional<std::vector<MapSettings>> settings_of(const std::vector<FoundMap>& maps, const ConfigChoice& choice,
                                                    const CommonOptions& common);

}  // namespace vsm::cli
