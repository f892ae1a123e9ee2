// What a `.vsm.yaml` says, as typed values; docs/configuration.md is its page. Knows no files: the command line reads them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/lint/lint.h"
#include "config/patterns.h"

namespace vsm::config {

/// What can be said for all maps, and otherwise for some.
struct Settings {
    lint::RuleLevels levels;
    std::vector<std::pair<const lint::ThresholdInfo*, std::int64_t>> thresholds;
    std::optional<bool> process_rules;
    std::optional<std::vector<std::string>> targets;

    /// Takes over whatever the other says.
    void overlay(const Settings& other);
};

struct Override {
    Patterns files;  ///< relative to the folder of the configuration
    Settings settings;
};

struct Config {
    Settings settings;
    std::optional<std::optional<Severity>> fail_on;  ///< inside: nothing is `never`
    std::vector<Override> overrides;

    /// What holds for a map; `path` is relative to the folder of the configuration.
    Settings settings_for(std::string_view path) const;
};

/// Reads a configuration. What is wrong with it goes to `diagnostics`; then there is nothing.
std::optional<Config> read_config(const SourceFile& file, Diagnostics& diagnostics);

/// The JSON Schema of the file, made from the same tables that it is read by.
std::string config_schema();

}  // namespace vsm::config
