// A baseline: known findings that lint leaves out. Does not read files.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>

#include "base/diagnostics/diagnostics.h"

namespace vsm::config {

/// Identifies a finding without its line, so that it is recognized after lines move.
struct BaselineKey {
    std::string file;  ///< relative to the folder of the baseline
    Code code{};
    std::string at;  ///< the marked text, shortened

    auto operator<=>(const BaselineKey&) const = default;
};

/// Number of findings to leave out for each key.
using Baseline = std::map<BaselineKey, std::size_t>;

/// Whether a finding may be left out: findings of rules, and anything below an error. Errors in the text or the model
/// may not.
bool may_be_in_baseline(const Diagnostic& diagnostic);

BaselineKey baseline_key(const Diagnostic& diagnostic, const SourceSet& sources, std::string file);

/// Parses the output of write_baseline(). Reports errors to `diagnostics`; then returns nothing.
std::optional<Baseline> read_baseline(const SourceFile& file, Diagnostics& diagnostics);

/// One line for each entry, sorted by file, code and text.
std::string write_baseline(const Baseline& baseline);

}  // namespace vsm::config
