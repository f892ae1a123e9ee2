#include "cli/fixing.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/files.h"
#include "cli/session.h"
#include "cli/unified_diff.h"

namespace vsm::cli {
namespace {

bool is_named(const Findings& findings, const std::string& path) {
    return std::any_of(findings.maps.begin(), findings.maps.end(), [&](const LintedMap& map) { return map.path == path; });
}

/// Writes what became of the maps, unless somebody else changed one in the meantime.
bool write_maps(const FixOutcome& outcome) {
    for (const auto& [path, text] : outcome.after) {
        const auto now = read_file(path);
        if (!now) return trouble(now.error()), false;
        if (now.value() != outcome.before.at(path)) return trouble(fmt::format("cannot write {}: it has changed since it was read", path)), false;
        if (const auto written = write_file(path, text, {true}); !written) return trouble(written.error()), false;
    }
    return true;
}

}  // namespace

std::optional<Fixed> fix_maps(const LintOptions& options, const CommonOptions& common) {
    std::optional<Findings> last;
    const auto find = [&](const Texts& texts) {
        last = collect_findings(options, common, texts);
        // What cannot be read has been said; there is nothing to fix then.
        if (!last) return FoundFindings{};
        return FoundFindings{std::move(last->sources), std::move(last->items)};
    };
    const FixOutcome outcome = make_fixes({find, [&](const std::string& path) { return last && is_named(*last, path); }});
    if (!last) return std::nullopt;
    auto remaining = collect_findings(options, common, outcome.after);
    if (!remaining) return std::nullopt;
    Fixed fixed{std::move(*remaining), outcome.fixed, outcome.after.size(), {}};
    if (options.diff)
        for (const auto& [path, text] : outcome.after) fixed.diff += unified_diff(path, outcome.before.at(path), text);
    else if (!write_maps(outcome))
        return std::nullopt;
    return fixed;
}

}  // namespace vsm::cli
