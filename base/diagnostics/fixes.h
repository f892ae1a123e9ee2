// Applies the fixes of diagnostics to texts. Pure: the caller finds the diagnostics and writes the files.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostics/diagnostics.h"

namespace vsm {

/// The text of a file after its fixes.
struct FixedText {
    std::string text;
    std::size_t count = 0;            ///< number of fixes applied
    std::vector<SourceRange> places;  ///< ranges of the replacements in the new text; empty for a removal
};

/// Applies the fixes in a file, except those that touch an earlier one. Deletes a line that a removal leaves blank.
FixedText apply_fixes(const SourceFile& file, std::span<const Diagnostic> diagnostics);

/// Findings, with the sources that they refer to.
struct FoundFindings {
    SourceSet sources;
    std::vector<Diagnostic> items;
};

using Texts = std::map<std::string, std::string>;  ///< by displayed path

/// How to find problems, and which files may change.
struct FixTask {
    /// Returns the findings, with these texts in place of the files' contents.
    std::function<FoundFindings(const Texts&)> find;
    /// Whether a file may be changed.
    std::function<bool(const std::string& path)> may_change;
};

struct FixOutcome {
    Texts before, after;      ///< the changed files
    std::size_t fixed = 0;    ///< number of fixes applied
    FoundFindings remaining;  ///< findings after the fixes
};

/// Applies fixes and searches again, for three rounds at most. Rejects a fix that would add an error to a file.
/// Findings of rules do not count: once a map compiles, rules find problems that they could not find before.
FixOutcome make_fixes(const FixTask& task);

}  // namespace vsm
