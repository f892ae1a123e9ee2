#include "cli/lint/fixing.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/io/files.h"
#include "cli/session.h"
#include "cli/unified_diff.h"

namespace vsm::cli {
namespace {

bool is_named(const Findings& findings, const std::string& path) {
    return std::any_of(findings.maps.begin(), findings.maps.end(),
                       [&](const LintedMap& map) { return map.path == path; });
}

/// Writes the fixed maps, except those that changed in the meantime. Continues after an error.
bool write_maps(const FixOutcome& outcome, Links links) {
    bool all = true;
    for (const auto& [path, text] : outcome.after) {
        const auto written = rewrite_file(path, outcome.before.at(path), text, links);
        if (written) continue;
        trouble(written.error());
        all = false;
    }
    return all;
}

}  // namespace

std::optional<Fixed> fix_maps(const LintOptions& options, const CommonOptions& common) {
    std::optional<Findings> last;
    const auto find = [&](const Texts& texts) {
        last = collect_findings(options, common, texts);
        // the error is reported already, and there is nothing to fix
        if (!last) return FoundFindings{};
        return FoundFindings{std::move(last->sources), std::move(last->items)};
    };
    const FixOutcome outcome =
        make_fixes({find, [&](const std::string& path) { return last && is_named(*last, path); }});
    if (!last) return std::nullopt;
    auto remaining = collect_findings(options, common, outcome.after);
    if (!remaining) return std::nullopt;
    Fixed fixed{std::move(*remaining), outcome.fixed, outcome.after.size(), {}};
    if (options.diff)
        for (const auto& [path, text] : outcome.after) fixed.diff += unified_diff(path, outcome.before.at(path), text);
    else if (!write_maps(outcome, common.links))
        return std::nullopt;
    return fixed;
}

}  // namespace vsm::cli
