// Places in a map, and habitual notations to be tried there: what the compiler says of them, and what its fix makes.
#pragma once

#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics/render/render.h"
#include "compiler/compile.h"
#include "tests/support/mutants.h"

namespace vsm::tests {

/// A place in a map for the notation under test: the text before and after it.
struct Place {
    std::string what;
    std::string before;
    std::string behind;
};

struct Habit {
    std::string_view written;
    std::string_view fixed = {};  ///< the result of `--fix`; empty: no fix
};

inline const std::string step_tail = "  step deploy \"Deploy\" { team: ops, process: 30min, lead: 4h, ca: 90% }\n";
inline const std::string step_head =
    "  step build \"Build and unit test\" { team: ci, process: 12min, lead: 20min, ca: 95% }\n";

/// A stream whose second item is the place.
inline Place in_stream(std::string what, std::string before, std::string behind) {
    return {std::move(what), "stream checkout \"Checkout\" {\n" + step_head + "  " + before,
            behind + "\n" + step_tail + "}\n"};
}

struct Outcome {
    std::size_t errors = 0;
    bool in_place = false;
    bool help = false;
    std::string shown;
};

inline Outcome judge(const std::string& text, std::uint32_t begin, std::uint32_t end) {
    SampleReader reader;
    Workspace workspace(reader);
    Diagnostics diagnostics;
    workspace.compile("map.vsm", text, diagnostics);
    Outcome outcome;
    for (const Diagnostic& d : sorted(diagnostics, workspace.sources())) {
        if (d.severity != Severity::error) continue;
        ++outcome.errors;
        // at the words themselves, or next to them
        outcome.in_place = d.range.begin < end + 2 && d.range.end + 2 > begin;
        outcome.help = !d.help.empty();
    }
    outcome.shown = render_concise(sorted(diagnostics, workspace.sources()), workspace.sources());
    return outcome;
}

struct Count {
    std::size_t tried = 0;
    std::size_t good = 0;
};

inline void try_each(const std::vector<Place>& places, const std::vector<Habit>& habits, Count& count) {
    const bool show = std::getenv("VSM_SHOW_MUTANTS") != nullptr;
    for (const Place& place : places) {
        for (const Habit& habit : habits) {
            const std::string text = place.before + std::string(habit.written) + place.behind;
            const Outcome outcome = judge(text, static_cast<std::uint32_t>(place.before.size()),
                                          static_cast<std::uint32_t>(place.before.size() + habit.written.size()));
            ++count.tried;
            const bool good = outcome.errors == 1 && outcome.in_place && outcome.help;
            if (good) ++count.good;
            if (!good && show) std::cerr << "--- " << place.what << ": " << habit.written << "\n" << outcome.shown;
        }
    }
}

/// The text with its first fix applied; empty if there is none.
inline std::optional<std::string> with_fix(const std::string& text) {
    SampleReader reader;
    Workspace workspace(reader);
    Diagnostics diagnostics;
    workspace.compile("map.vsm", text, diagnostics);
    for (const Diagnostic& d : diagnostics.all()) {
        if (d.severity != Severity::error || !d.fix) continue;
        return text.substr(0, d.fix->range.begin) + d.fix->replacement + text.substr(d.fix->range.end);
    }
    return std::nullopt;
}

}  // namespace vsm::tests
