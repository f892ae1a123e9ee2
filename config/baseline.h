// A baseline: findings that were there when lint was taken up, and are left out since. Knows no files.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>

#include "base/diagnostics.h"

namespace vsm::config {

/// What tells findings apart without saying on which line they stand, so that they are known again when lines move.
struct BaselineKey {
    std::string file;  ///< relative to the folder of the baseline
    Code code{};
    std::string at;  ///< the text that was marked, in short

    auto operator<=>(const BaselineKey&) const = default;
};

/// How many findings of each kind are left out.
using Baseline = std::map<BaselineKey, std::size_t>;

/// Whether a finding may be left out: rules' and what is less than an error. An error in the text or the model may not.
bool may_be_in_baseline(const Diagnostic& diagnostic);

BaselineKey baseline_key(const Diagnostic& diagnostic, const SourceSet& sources, std::string file);

/// Reads what write_baseline() wrote. What is wrong with it goes to `diagnostics`; then there is nothing.
std::optional<Baseline> read_baseline(const SourceFile& file, Diagnostics& diagnostics);

/// A line for each entry, in the order of files, codes and texts.
std::string write_baseline(const Baseline& baseline);

}  // namespace vsm::config
