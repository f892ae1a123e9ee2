// The settings of a `.vsm.yaml` as typed values (docs/configuration.md). Does not read files; the command line does.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/lint/lint.h"
#include "config/patterns.h"

namespace vsm::config {

/// Settings for all maps, or in an override for some.
struct Settings {
    lint::RuleLevels levels;
    std::vector<std::pair<const lint::ThresholdInfo*, std::int64_t>> thresholds;
    std::optional<bool> process_rules;
    std::optional<std::vector<std::string>> outputs;

    /// Replaces the settings that the other one has.
    void overlay(const Settings& other);
};

struct Override {
    Patterns files;  ///< relative to the folder of the configuration
    Settings settings;
};

struct Config {
    Settings settings;
    std::optional<std::optional<Severity>> fail_on;  ///< inner nothing: `never`
    std::vector<Override> overrides;

    /// The settings for a map; `path` is relative to the folder of the configuration.
    Settings settings_for(std::string_view path) const;
};

/// Parses a configuration. Reports errors to `diagnostics`; then returns nothing.
std::optional<Config> read_config(const SourceFile& file, Diagnostics& diagnostics);

/// The JSON Schema of the file, generated from the tables that the parser uses.
std::string config_schema();

}  // namespace vsm::config
