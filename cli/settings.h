// Which configuration holds for which map: found, read, and put together with what the command line says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/walk.h"
#include "config/config.h"

namespace vsm::cli {

/// What the configuration says for a map.
struct MapSettings {
    config::Settings settings;
    std::optional<std::optional<Severity>> fail_on;

    /// The rules of a run; what the command line says goes before.
    lint::RuleSet rules(const lint::RuleSet& flags) const;
};

/// The settings of each map, in the maps' order: from the file that was given, or from the nearest `.vsm.yaml` up to the root of the
/// repository. What is wrong with a configuration is said on the standard error; then there is nothing.
std::optional<std::vector<MapSettings>> settings_of(const std::vector<FoundMap>& maps, const ConfigChoice& choice, const CommonOptions& common);

}  // namespace vsm::cli
