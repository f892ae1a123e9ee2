// The output of `vsm fmt` has the same meaning as its input, even for maps with one mistake.
#include <doctest/doctest.h>

#include <algorithm>

#include "compiler/format/format.h"
#include "ir/model_json.h"
#include "tests/support/compile.h"
#include "tests/support/mutants.h"
#include "tests/support/rounds.h"

namespace {

using namespace vsm;

struct Said {
    std::string model;
    std::vector<std::string> errors;
};

Said said(const std::string& text) {
    Diagnostics found;
    const auto model = tests::compile_text(text, &found);
    Said made;
    if (model) made.model = ir::to_json(*model, nullptr);
    for (const Diagnostic& one : found.all()) made.errors.push_back(text_of(one.code) + " " + one.message);
    std::sort(made.errors.begin(), made.errors.end());
    return made;
}

/// Returns whether the map parses, and so has a canonical form.
bool hold(const std::string& text) {
    const SourceFile source(FileId{0}, "map.vsm", text);
    Diagnostics wrong;
    const auto made = format::format(source, wrong);
    if (!made) {
        CHECK_MESSAGE(wrong.has_errors(), text);
        return false;
    }
    CHECK_MESSAGE(made->sound, text);
    const Said before = said(text), after = said(made->text);
    CHECK_MESSAGE(before.model == after.model, text << "\n--- formatted\n" << made->text);
    CHECK_MESSAGE(before.errors == after.errors, text << "\n--- formatted\n" << made->text);
    return true;
}

}  // namespace

TEST_CASE("a map with one mistake has no form, or one that says the same") {
    const std::vector<std::string> maps = tests::small_maps();
    std::mt19937_64 random(12);
    std::size_t tried = 0, formed = 0;
    while (tried < tests::rounds(800)) {
        const auto mutant = tests::random_mutant(maps[random() % maps.size()], random);
        if (!mutant) continue;
        ++tried;
        if (hold(mutant->text)) ++formed;
    }
    CHECK(formed * 20 > tried);
}

TEST_CASE("a step whose braces are missing has no form, however its words are broken into lines") {
    for (const char* text : {
             "stream s {\n  step a \"A\" , process: 1h, lead: 2h }\n",
             "stream s {\n  step a \"A\" process: 1h, lead: 2h }\n",
             "stream s {\n  step a \"A\"\n  process: 1h\n  lead: 2h\n}\n",
             "stream s {\n  step a\n  \"A\"\n  , ca: 90% }\n",
             "stream s {\n  step # 3 errors\n a, ca: 90% }\n",
             "stream s {\n  step a #\n \"A\" process: 1h, ca: 1d, Pa: 99% }\n  step b { process: 1h, lead: 2h }\n",
             "stream s { step a wip: 3, process: 1h, lead: 2h }\n",
             "stream s { step a link: \"https://example.com\", lead: 2h }\n",
             "stream s { stage t { step a, x_note: 1, after: b, lead: 2h } }\n",
             "future f of s { add after a step b, lead: 2h }\n",
             "stream s { parallel { step a, lead: 2h } }\n",
         }) {
        const SourceFile source(FileId{0}, "map.vsm", text);
        Diagnostics wrong;
        CHECK_MESSAGE(!format::format(source, wrong).has_value(), text);
        const auto missing = [](const Diagnostic& one) { return text_of(one.code) == "VSM0110"; };
        CHECK_MESSAGE(std::count_if(wrong.all().begin(), wrong.all().end(), missing) == 1, text);
        CHECK_MESSAGE(wrong.all().size() <= 2,
                      text);  // the existing `}` closes the step, so one is missing for the block around it
    }
}

TEST_CASE("what a step and the block around it can both say belongs to the block, on one line or on several") {
    for (const char* text :
         {"stream s { stage t { step a { process: 1h, lead: 2h } step b, link: \"https://example.com\" } }\n",
          "stream s {\n  step a\n  x_note: 1\n  demand: 40/w\n}\n",
          "stream s { step a, link: \"https://example.com\" }\n"}) {
        const SourceFile source(FileId{0}, "map.vsm", text);
        Diagnostics wrong;
        CHECK_MESSAGE(format::format(source, wrong).has_value(), text);
    }
}

TEST_CASE("a head has no form, or one that says the same, wherever a line end is in it") {
    // The parser reads `team qa "Quality"` in a step only after looking for syntax of other languages.
    const std::string looked_at = "stream z {\n  step zq { team qa \"Quality\"\n process: 1h, wait: 1h }\n}\n";
    const std::string steps = "stream m {\n  step a { process: 1h, wait: 1h }\n  step b { process: 1h, wait: 1h }\n  ";
    std::size_t formed = 0;
    for (const std::string head : {
             "wait 2d \"Board\"",
             "wait board 2d",
             "wait about 2d",
             "wait every 2w \"Board\"",
             "wait max ~1d..2d",
             "wait up ?",
             "wait about exponential(1d)",
             "wait board lognormal(p50 1d, p85 2d) \"Board\"",
             "queue 12 \"Ready\"",
             "queue about 12",
             "rework 10% once to a",
             "note \"slow\" on a",
             "kaizen \"fewer\" on a { owner: qa }",
             "allow missing-ca \"no data\"",
             "after: [a, b]",
             "measured: 2026-01-01 \"export\"",
             "calendar: 8h/d 5d/w",
             "demand: 40/w",
             "process: 1h..2h",
             "target lead_time from 3d to <= 2d by 2027-01-01 \"why\"",
             "branch 30% rare \"Rare\" { wait 1d }",
         }) {
        for (std::size_t at = head.find(' '); at != std::string::npos; at = head.find(' ', at + 1)) {
            std::string broken = head;
            broken[at] = '\n';
            if (hold(steps + broken + "\n}\n" + looked_at)) ++formed;
        }
    }
    CHECK(formed > 30);
}
