// Applies fixes: none introduces an error, and none is left after three rounds.
#include "base/diagnostics/codes.h"
#include "base/diagnostics/fixes.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/diagnostics/explanations.h"
#include "compiler/lint/lint.h"
#include "tests/support/mutants.h"

namespace {

using namespace vsm;

/// All findings of the compiler and the rules on a map.
FoundFindings everything_about(const std::string& text) {
    /// `map.vsm` may import itself.
    class Reader final : public SourceReader {
    public:
        explicit Reader(const std::string& map) : map_(map) {}
        std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from,
                                                              const std::string& written) override {
            if (written == "map.vsm") return LoadedSource{written, map_};
            return samples_.read_import(from, written);
        }

    private:
        const std::string& map_;
        tests::SampleReader samples_;
    };
    Reader reader(text);
    Workspace workspace(reader);
    Diagnostics diagnostics;
    const Compilation made = workspace.compile("map.vsm", text, diagnostics);
    lint::RuleSet rules;
    rules.process_rules = true;
    if (made.checked) lint::lint(*made.checked, rules, diagnostics);
    FoundFindings found;
    for (std::uint32_t i = 0; i < workspace.sources().size(); ++i)
        found.sources.add(workspace.sources()[FileId{i}].path(), std::string(workspace.sources()[FileId{i}].text()));
    found.items = sorted(diagnostics, found.sources);
    return found;
}

FixOutcome fixed(const std::string& text) {
    return make_fixes(
        {[&](const Texts& texts) { return everything_about(texts.contains("map.vsm") ? texts.at("map.vsm") : text); },
         [](const std::string& path) { return path == "map.vsm"; }});
}

std::string text_after(const std::string& text) {
    const FixOutcome outcome = fixed(text);
    return outcome.after.contains("map.vsm") ? outcome.after.at("map.vsm") : text;
}

std::size_t errors_of_reading(const FoundFindings& found) {
    return static_cast<std::size_t>(std::count_if(found.items.begin(), found.items.end(), [](const Diagnostic& d) {
        return d.severity == Severity::error && info_of(d.code).rule_class == RuleClass::none;
    }));
}

std::size_t fixes_of(const FoundFindings& found) {
    return static_cast<std::size_t>(
        std::count_if(found.items.begin(), found.items.end(), [](const Diagnostic& d) { return d.fix.has_value(); }));
}

struct Tally {
    std::size_t fixable = 0;
    std::size_t mended = 0;  ///< without remaining fixes
};

/// Fixes a map if it has fixes: all but harmful ones are applied, and the number of errors does not grow.
void hold(const std::string& text, Tally& tally) {
    const FoundFindings before = everything_about(text);
    if (fixes_of(before) == 0) return;
    ++tally.fixable;
    const FixOutcome outcome = fixed(text);
    INFO(text);
    CHECK(errors_of_reading(outcome.remaining) <= errors_of_reading(before));
    if (fixes_of(outcome.remaining) == 0) ++tally.mended;
    // A second run changes nothing.
    CHECK(fixed(outcome.after.contains("map.vsm") ? outcome.after.at("map.vsm") : text).fixed == 0);
}

}  // namespace

TEST_CASE("the fixes of every diagnostic's bad map are all made within three rounds, and bring no error") {
    Tally tally;
    for (const Explanation& row : all_explanations()) hold(std::string(row.bad), tally);
    for (const lint::Rule* rule : lint::all_rules()) hold(std::string(rule->bad), tally);
    CHECK(tally.fixable >= 10);
    CHECK(tally.mended == tally.fixable);
}

TEST_CASE(
    "a token left out, or a word misspelt, is fixed within three rounds where there is a fix, and brings no error") {
    Tally tally;
    for (const std::string sample : tests::sample_names) {
        const std::string text = tests::read_sample(sample);
        for (const tests::Mutant& mutant : tests::deletions(text)) hold(mutant.text, tally);
        for (const tests::Mutant& mutant : tests::misspellings(text)) hold(mutant.text, tally);
    }
    CHECK(tally.fixable > 200);
    // The remaining fixes would be harmful.
    CHECK(static_cast<double>(tally.mended) >= 0.97 * static_cast<double>(tally.fixable));
}

TEST_CASE("fixes that touch are made one after the other, and all are made") {
    CHECK(text_after("stream s {\n  step a { process: 1 h, lead: 2m }\n  step b { proces: 1 h, lead: 1,5h }\n}\n") ==
          "stream s {\n  step a { process: 1h, lead: 2min }\n  step b { process: 1h, lead: 1.5h }\n}\n");
}

TEST_CASE("a line of which a fix leaves nothing goes with it") {
    CHECK(
        text_after("stream s {\n  step a {\n    process: 1h, lead: 2h, ca: 90%\n    allow missing-ca \"why\"\n  }\n}\n")
            .find("ca: 90%\n  }\n") != std::string::npos);
}

TEST_CASE("a fix that would bring an error is not made, and the others are") {
    const std::string text = "one two three";
    const auto find = [&](const Texts& texts) {
        FoundFindings found;
        const SourceFile& file = found.sources.add("map.vsm", texts.contains("map.vsm") ? texts.at("map.vsm") : text);
        const auto add = [&](std::size_t at, std::string_view word, const char* replacement) {
            const SourceRange range{file.id(), static_cast<std::uint32_t>(at),
                                    static_cast<std::uint32_t>(at + word.size())};
            Diagnostic d{Code::unknown_name, Severity::error, range, "", {}, {}, std::nullopt};
            if (replacement != nullptr) d.fix = Fix{range, replacement};
            found.items.push_back(d);
        };
        const std::map<std::string_view, const char*> wrong{
            {"one", "1"}, {"two", "bad bad bad bad"}, {"three", "3"}, {"bad", nullptr}};
        for (const auto& [word, replacement] : wrong)
            for (std::size_t at = file.text().find(word); at != std::string_view::npos;
                 at = file.text().find(word, at + 1))
                add(at, word, replacement);
        return found;
    };
    const FixOutcome outcome = make_fixes({find, [](const std::string&) { return true; }});
    CHECK(outcome.after.at("map.vsm") == "1 two 3");
    CHECK(outcome.before.at("map.vsm") == text);
    CHECK(outcome.fixed == 2);
    CHECK(outcome.remaining.items.size() == 1);
}

TEST_CASE("a file that may not be changed is not") {
    const FixOutcome outcome =
        make_fixes({[](const Texts&) { return everything_about("stream s {\n  step a { proces: 1h, lead: 2h }\n}\n"); },
                    [](const std::string&) { return false; }});
    CHECK(outcome.after.empty());
    CHECK(outcome.fixed == 0);
    CHECK(outcome.remaining.items.size() == 1);
}
