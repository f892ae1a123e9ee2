// What several commands share: exit codes and options.
#pragma once

#include <string>

#include "cli/io/links.h"
#include "cli/io/terminal.h"

namespace vsm::cli {

/// Exit codes of every command.
inline constexpr int exit_clean = 0;
inline constexpr int exit_findings = 1;
inline constexpr int exit_trouble = 2;  ///< usage errors, unreadable paths, bugs in vsm

struct CommonOptions {
    ColorMode color = ColorMode::automatic;
    Links links = Links::held;
    bool quiet = false;
};

/// The configuration to read instead of the nearest `.vsm.yaml`.
struct ConfigChoice {
    std::string file;
    bool none = false;
};

}  // namespace vsm::cli
