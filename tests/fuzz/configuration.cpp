// Reads any text as a configuration, as a list of patterns and as a baseline.
#include <array>

#include "base/diagnostics/render/render.h"
#include "config/baseline.h"
#include "config/config.h"
#include "tests/fuzz/targets.h"

namespace vsm::fuzz {
namespace {

constexpr std::array<std::string_view, 6> paths{"a.vsm",  "old/x/checkout.vsm", "", "\xff\n",
                                                "old/**", "teams/a b/ü.vsm"};

std::string shown(const Diagnostics& said, const SourceSet& sources) {
    return render_text(sorted(said, sources), sources);
}

bool try_config(const SourceFile& source, const SourceSet& sources) {
    Diagnostics said;
    const auto config = config::read_config(source, said);
    hold(config.has_value() != said.has_errors(), "a configuration is read or has an error");
    hold_shown(shown(said, sources), "what is wrong with a configuration");
    if (!config) return false;
    for (const std::string_view path : paths) {
        const config::Settings settings = config->settings_for(path);
        for (const auto& [threshold, value] : settings.thresholds) hold(threshold != nullptr, "a threshold is known");
    }
    return true;
}

bool try_baseline(const SourceFile& source, const SourceSet& sources) {
    Diagnostics said;
    const auto baseline = config::read_baseline(source, said);
    hold(baseline.has_value() != said.has_errors(), "a baseline is read or has an error");
    hold_shown(shown(said, sources), "what is wrong with a baseline");
    if (!baseline) return false;
    const std::string written = config::write_baseline(*baseline);
    hold_output(written, "a baseline");
    SourceSet again;
    Diagnostics none;
    const auto read = config::read_baseline(again.add("baseline", written), none);
    hold(read == baseline, "a baseline reads back as it was written", written);
    return true;
}

}  // namespace

bool try_configuration(const Input& input) {
    SourceSet sources;
    const SourceFile& source = sources.add(".vsm.yaml", input.bytes);
    const bool config = try_config(source, sources), baseline = try_baseline(source, sources);
    const auto patterns = config::Patterns::from_lines(input.bytes);
    for (const std::string_view path : paths) {
        const bool covered = patterns.cover(path);
        hold(patterns.cover(path) == covered && !(covered && patterns.empty()), "a pattern decides once and for all");
    }
    return config || baseline;
}

}  // namespace vsm::fuzz
