// Delivers what `vsm build` made: writes files, compares them, injects them into a document, or prints.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backends/backend.h"
#include "cli/args/common_options.h"

namespace vsm::cli {

struct Output {
    std::string name;  ///< file name without folder
    backends::OutputFile file;
};

/// Where outputs go.
struct Delivery {
    std::optional<std::string> place;  ///< a file, a folder or `-`; nothing: standard output, for a single output
    std::string inject;                ///< a file with markers for the outputs; may be empty
    bool force = false;                ///< also overwrite files that vsm did not make
    bool check = false;                ///< write nothing; report files that are not up to date

    bool to_disk() const { return place && *place != "-"; }
};

/// Returns the exit code.
int deliver(const std::vector<Output>& outputs, const Delivery& options, const CommonOptions& common);

}  // namespace vsm::cli
