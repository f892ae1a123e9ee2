// One mistake, one error, on or next to its line: every token of every sample taken out in turn, and every word misspelt.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/render.h"
#include "compiler/parse/tokens.h"
#include "tests/support/compile.h"
#include "tests/support/project.h"

namespace {

using namespace vsm;

std::string read_sample(const std::string& name) {
    std::ifstream file(tests::project_root() / "samples" / name);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

struct Mutant {
    std::string text;
    std::uint32_t line;
    std::string what;
};

class FolderReader final : public SourceReader {
public:
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string&, const std::string& written) override {
        const std::string text = read_sample(written);
        if (text.empty()) return ImportRefusal{false, "no such file"};
        return LoadedSource{written, text};
    }
};

struct Verdict {
    std::size_t errors = 0;
    bool near = false;
    std::string shown;
};

Verdict judge(const Mutant& mutant) {
    FolderReader reader;
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
        // A declared name that was changed is a mistake only where it is used; the report must then point back here.
        for (const Label& label : d.labels) verdict.near = verdict.near || (label.range.file == d.range.file && close(label.range));
    }
    verdict.shown = render_concise(sorted(diagnostics, workspace.sources()), workspace.sources());
    return verdict;
}

std::vector<Mutant> deletions(const std::string& text) {
    SourceSet sources;
    const SourceFile& source = sources.add("sample", text);
    Diagnostics ignored;
    std::vector<Mutant> made;
    for (const parse::Token& token : parse::split(source, ignored).items) {
        const std::string word = text.substr(token.begin, token.end - token.begin);
        std::string without = text;
        without.erase(token.begin, token.end - token.begin);
        made.push_back({without, source.line_of(token.begin), "without " + word});
    }
    return made;
}

std::vector<Mutant> misspellings(const std::string& text) {
    SourceSet sources;
    const SourceFile& source = sources.add("sample", text);
    Diagnostics ignored;
    std::vector<Mutant> made;
    for (const parse::Token& token : parse::split(source, ignored).items) {
        if (!parse::is_word(token.kind)) continue;
        const std::uint32_t length = token.end - token.begin;
        std::string other = text;
        char& letter = other[token.begin + length / 2];
        letter = letter == 'q' ? 'z' : 'q';
        made.push_back({other, source.line_of(token.begin), "misspelt " + other.substr(token.begin, length)});
    }
    return made;
}

struct Tally {
    std::size_t wrong = 0, single = 0, most = 0, far = 0;
};

Tally tally(const std::vector<Mutant>& mutants, const std::string& sample) {
    const bool show = std::getenv("VSM_SHOW_MUTANTS") != nullptr;
    Tally count;
    for (const Mutant& mutant : mutants) {
        const Verdict verdict = judge(mutant);
        if (verdict.errors == 0) continue;  // still a map
        ++count.wrong;
        if (verdict.errors == 1) ++count.single;
        count.most = std::max(count.most, verdict.errors);
        if (!verdict.near) ++count.far;
        if (show && (verdict.errors != 1 || !verdict.near))
            std::cerr << "--- " << sample << ":" << mutant.line << " " << mutant.what << (verdict.near ? "" : " FAR") << "\n" << verdict.shown;
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

constexpr const char* samples[] = {"checkout.vsm", "checkout-full.vsm", "dora.vsm", "mock-pipeline.vsm", "teams.vsm"};

}  // namespace

TEST_CASE("a token left out gives one error, on or next to its line") {
    for (const std::string sample : samples) {
        CAPTURE(sample);
        hold(tally(deletions(read_sample(sample)), sample));
    }
}

TEST_CASE("a misspelt word gives one error, on or next to its line") {
    Tally all;
    for (const std::string sample : samples) {
        CAPTURE(sample);
        const Tally count = tally(misspellings(read_sample(sample)), sample);
        CHECK(static_cast<double>(count.single) >= 0.95 * static_cast<double>(count.wrong));
        CHECK(count.most <= 3);
        CHECK(count.far == 0);
        all.wrong += count.wrong;
    }
    CHECK(all.wrong > 100);
}
