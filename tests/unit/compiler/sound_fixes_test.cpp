// Fixes are offered only after a trial: they complete what they belong to, introduce no error, and change no number.
#include "compiler/sound_fixes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <set>
#include <sstream>

#include "base/diagnostics/fixes.h"
#include "base/diagnostics/render/render.h"
#include "compiler/lint/lint.h"
#include "ir/model_json.h"
#include "tests/support/mutants.h"
#include "tests/support/rounds.h"

namespace {

using namespace vsm;

/// A compiled map with the fixes that may be offered.
struct Found {
    std::vector<Diagnostic> items;
    std::optional<std::string> model;
    std::string fixed;  ///< with all its fixes applied
    std::size_t fixes = 0;
};

Found found_in(const std::string& text) {
    tests::SampleReader reader;
    Workspace workspace(reader);
    Diagnostics diagnostics;
    const Compilation made = workspace.compile("map.vsm", text, diagnostics);
    Found found;
    const std::size_t of_compiler = diagnostics.all().size();
    if (made.checked) {
        found.model = ir::to_json(*made.checked, nullptr);
        lint::lint(*made.checked, {}, diagnostics);
    }
    keep_sound_fixes({workspace.sources(), made.files, "map.vsm", diagnostics.items(), of_compiler}, reader);
    FixedText fixed = apply_fixes(workspace.sources()[made.file], diagnostics.all());
    found.fixed = std::move(fixed.text);
    found.fixes = fixed.count;
    found.items = diagnostics.all();
    return found;
}

std::map<Code, std::size_t> errors_of(const Found& found) {
    std::map<Code, std::size_t> errors;
    for (const Diagnostic& one : found.items)
        if (one.severity == Severity::error && info_of(one.code).rule_class == RuleClass::none) ++errors[one.code];
    return errors;
}

bool no_new_error(const Found& before, const Found& after) {
    const auto old = errors_of(before);
    const auto now = errors_of(after);
    return std::all_of(now.begin(), now.end(), [&](const auto& of) {
        const auto had = old.find(of.first);
        return had != old.end() && had->second >= of.second;
    });
}

/// The lines of a model with numbers that were written in the map.
std::set<std::string> written_numbers(const std::string& model) {
    std::set<std::string> lines;
    std::istringstream text(model);
    for (std::string line; std::getline(text, line);) {
        line.erase(0, line.find_first_not_of(' '));
        if (!line.empty() && line.back() == ',') line.pop_back();
        const bool derived =
            line.find("\"known\"") != std::string::npos || line.find("\"resolved\"") != std::string::npos;
        bool numbered = false;
        for (const std::string_view key : {"microseconds\":", "\"ratio\":", "\"people\":", "\"batch\":", "\"wip\":",
                                           "\"items\":", "\"probability\":", "\"demand\":", "\"cost\":"})
            numbered = numbered || line.find(key) != std::string::npos;
        if (numbered && !derived) lines.insert(line);
    }
    return lines;
}

/// How many mistakes were tried, had a fix, and were fixed back to the original map.
struct Tally {
    std::size_t tried = 0, offered = 0, restored = 0;
};

void hold(const std::string& map, const std::string& model, const tests::Mutant& mutant, Tally& tally) {
    const Found before = found_in(mutant.text);
    ++tally.tried;
    if (before.fixes == 0 || before.model) return;
    ++tally.offered;
    const Found after = found_in(before.fixed);
    INFO(mutant.what << "\n" << map << "\n--- mutant\n" << mutant.text << "\n--- fixed\n" << before.fixed);
    CHECK(no_new_error(before, after));
    if (!after.model) return;
    if (*after.model == model) {
        ++tally.restored;
        return;
    }
    const auto wanted = written_numbers(model);
    for (const std::string& line : written_numbers(*after.model)) CHECK_MESSAGE(wanted.contains(line), line);
    if (std::getenv("VSM_SHOW_MUTANTS") != nullptr)
        std::cerr << "--- not restored: " << mutant.what << "\n" << before.fixed << "\n";
}

}  // namespace

TEST_CASE("a mistake in a map is fixed into the map that it was, or changes no number, and brings no error") {
    std::vector<std::string> maps = tests::small_maps();
    std::erase_if(maps, [](const std::string& map) { return found_in(map).fixes > 0; });
    REQUIRE(maps.size() > 50);
    std::vector<std::string> models;
    for (const std::string& map : maps) models.push_back(*found_in(map).model);
    std::mt19937_64 random(20);
    Tally tally;
    while (tally.tried < tests::rounds(1000)) {
        const std::size_t at = random() % maps.size();
        if (const auto mutant = tests::random_mutant(maps[at], random)) hold(maps[at], models[at], *mutant, tally);
    }
    CAPTURE(tally.offered);
    CAPTURE(tally.restored);
    CHECK(tally.offered * 10 > tally.tried);
    CHECK(tally.restored * 10 > tally.offered * 8);
}

TEST_CASE("no fix is offered where it would say something else") {
    for (const std::string text : {
             "stream s {\n  step a \"A\" { process: 1,200min, lead: 12,500h }\n}\n",
             "stream s {\n  demand: 1,200/w\n  step a \"A\" { process: 1h, lead: 2h }\n}\n",
             "stream s {\n  step a \"A\" { team: qa/dev, process: 1h, lead: 2h }\n}\n",
             "stream s {\n  step a \"A\" { process: 1h, load: 2h }\n}\n",
             "| step | time | lead |\n|---|---|---|\n| build | 45min | 1d |\n",
         }) {
        const Found found = found_in(text);
        CHECK_MESSAGE(found.fixes == 0, text, found.fixed);
        CHECK(found.fixed == text);
    }
}

TEST_CASE("what other tools call by another name has one reading, and is fixed to it") {
    const auto fixed = [](const std::string& text) { return found_in(text).fixed; };
    const auto step = [](const std::string& properties) {
        return "stream s {\n  step a \"A\" { process: 1h, lead: 2h, " + properties + " }\n}\n";
    };
    CHECK(fixed(step("c&a: 70%")) == step("ca: 70%"));
    CHECK(fixed(step("automated: true")) == step("kind: automated"));
    CHECK(fixed(step("ca: 70%") + "future f of s {\n  delete a\n}\n") ==
          step("ca: 70%") + "future f of s {\n  remove a\n}\n");
}

TEST_CASE("two titles alike are no reason to use a name twice") {
    const Found found = found_in("stream s {\n  step \"1st review\" { process: 1h, lead: 2h }\n  step \"1st review\" { "
                                 "process: 1h, lead: 2h }\n}\n");
    CHECK(no_new_error(found, found_in(found.fixed)));
}

TEST_CASE("a fix is offered once where a stream and its futures say the same") {
    const Found found =
        found_in("stream s {\n  step a { proces: 1h, lead: 2h }\n}\nfuture f of s {\n  change a { lead: 1h }\n}\n");
    CHECK(found.fixes == 1);
    CHECK(found.fixed.find("{ process: 1h, lead: 2h }") != std::string::npos);
}

TEST_CASE("a fix that does harm keeps none of the others back") {
    std::string text = "stream s {\n";
    for (int i = 0; i < 40; ++i)
        text += "  step a" + std::to_string(i) + " { process: 1 h, lead: 2 h }\n  step b" + std::to_string(i) +
                " { process: 1h, lead: 2h, proces: 3h }\n";
    const Found found = found_in(text + "}\n");
    CHECK(found.fixes == 80);
}

TEST_CASE("numbers are kept where they have the same digits and one reading") {
    const auto kept = [](std::string text, std::string_view old, std::string_view made) {
        const std::size_t at = text.find(old);
        return keeps_numbers(text, at, at + old.size(), made);
    };
    CHECK(kept("lead: 1,5d", "1,5d", "1.5d"));
    CHECK(kept("lead: 1 h", "1 h", "1h"));
    CHECK(kept("lead: .5d", ".5d", "0.5d"));
    CHECK(kept("lead: 2-4h", "2-4h", "2h..4h"));
    CHECK(kept("proces: 1h", "proces", "process"));
    CHECK(kept("step \"2nd review\"", "\"2nd review\"", "nd_review \"2nd review\""));
    CHECK(kept("step '2nd review'", "'2nd review'", "\"2nd review\""));
    CHECK(kept("allow missing-ca \"12 of 30\"", "allow missing-ca \"12 of 30\"", ""));
    CHECK_FALSE(kept("lead: 1,200min", "1,200min", "1.200min"));
    CHECK_FALSE(kept("lead: 12,500h", "12,500h", "12.500h"));
    CHECK_FALSE(kept("lead: 12,500h", ",", "."));
    CHECK_FALSE(kept("queue 5 7", " 7", ""));
    CHECK_FALSE(kept("lead: 2h", "2h", "3h"));
    CHECK_FALSE(kept("lead: ?", "?", "2h"));
    CHECK_FALSE(kept("lead: 15h", "5", ""));
}
