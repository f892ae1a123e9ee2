// Making the fixes that diagnostics carry. Pure: texts to texts; whoever calls finds what is wrong with them and writes them.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostics.h"

namespace vsm {

/// The text of a file with fixes made in it.
struct FixedText {
    std::string text;
    std::size_t count = 0;  ///< how many were made
    std::vector<SourceRange> places;  ///< of what they wrote, in the new text; a removal is empty
};

/// Makes the fixes that lie in the file, none that touches an earlier one. A line of which a fix leaves nothing goes with it.
FixedText apply_fixes(const SourceFile& file, std::span<const Diagnostic> diagnostics);

/// What is found, and in which texts.
struct FoundFindings {
    SourceSet sources;
    std::vector<Diagnostic> items;
};

using Texts = std::map<std::string, std::string>;  ///< by the path they are shown by

/// What there is to fix, and how.
struct FixTask {
    /// Finds what is wrong when these texts stand in the place of what the files hold.
    std::function<FoundFindings(const Texts&)> find;
    /// Whether a file may be changed.
    std::function<bool(const std::string& path)> may_change;
};

struct FixOutcome {
    Texts before, after;      ///< the files that change
    std::size_t fixed = 0;    ///< how many fixes were made
    FoundFindings remaining;  ///< what is found then
};

/// Makes fixes, looks again, and goes on, for three rounds at most. A fix that would bring a file an error that is no rule's is not made:
/// once a map can be read, rules find what they could not find before.
FixOutcome make_fixes(const FixTask& task);

}  // namespace vsm
