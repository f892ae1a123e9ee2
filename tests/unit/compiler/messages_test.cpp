// One mistake yields one error, on or next to its line: every token of every sample removed in turn, and every word
// misspelt.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "base/diagnostics/render/render.h"
#include "compiler/compile.h"
#include "tests/support/mutants.h"

namespace {

using namespace vsm;
using namespace vsm::tests;

struct Verdict {
    std::size_t errors = 0;
    bool near = false;
    std::string shown;
};

Verdict judge(const Mutant& mutant) {
    SampleReader reader;
    Workspace workspace(reader);
    Diagnostics diagnostics;
    workspace.compile("map.vsm", mutant.text, diagnostics);
    Verdict verdict;
    for (const Diagnostic& d : sorted(diagnostics, workspace.sources())) {
        if (d.severity != Severity::error) continue;
        ++verdict.errors;
        const SourceFile& file = workspace.sources()[d.range.file];
        const auto close = [&](SourceRange range) {
            const std::uint32_t line = file.line_of(range.begin), last = file.line_of(range.end);
            return line <= mutant.line + 1 && last + 1 >= mutant.line;
        };
        if (file.path() == "map.vsm") verdict.near = verdict.near || close(d.range);
        // A changed declaration is an error only where its name is used; then a label must point to the declaration.
        for (const Label& label : d.labels)
            verdict.near = verdict.near || (label.range.file == d.range.file && close(label.range));
    }
    verdict.shown = render_concise(sorted(diagnostics, workspace.sources()), workspace.sources());
    return verdict;
}

struct Tally {
    std::size_t wrong = 0, single = 0, most = 0, far = 0;
};

Tally tally(const std::vector<Mutant>& mutants, const std::string& sample) {
    const bool show = std::getenv("VSM_SHOW_MUTANTS") != nullptr;
    Tally count;
    for (const Mutant& mutant : mutants) {
        const Verdict verdict = judge(mutant);
        if (verdict.errors == 0) continue;  // still compiles
        ++count.wrong;
        if (verdict.errors == 1) ++count.single;
        count.most = std::max(count.most, verdict.errors);
        if (!verdict.near) ++count.far;
        if (show && (verdict.errors != 1 || !verdict.near))
            std::cerr << "--- " << sample << ":" << mutant.line << " " << mutant.what << (verdict.near ? "" : " FAR")
                      << "\n"
                      << verdict.shown;
    }
    return count;
}

void hold(const Tally& count) {
    CAPTURE(count.wrong);
    CAPTURE(count.single);
    CHECK(count.wrong > 10);
    CHECK(static_cast<double>(count.single) >= 0.95 * static_cast<double>(count.wrong));
    CHECK(count.most <= 3);
    CHECK(count.far == 0);
}

}  // namespace

TEST_CASE("a token left out gives one error, on or next to its line") {
    for (const std::string sample : sample_names) {
        CAPTURE(sample);
        hold(tally(deletions(read_sample(sample)), sample));
    }
}

TEST_CASE("a misspelt word gives one error, on or next to its line") {
    Tally all;
    for (const std::string sample : sample_names) {
        CAPTURE(sample);
        const Tally count = tally(misspellings(read_sample(sample)), sample);
        CHECK(static_cast<double>(count.single) >= 0.95 * static_cast<double>(count.wrong));
        CHECK(count.most <= 3);
        CHECK(count.far == 0);
        all.wrong += count.wrong;
    }
    CHECK(all.wrong > 100);
}
