// Properties of the canonical form, on random maps with comments everywhere.
#include "compiler/format/format.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compiler/lint/lint.h"
#include "ir/model_json.h"
#include "runtime/diff/diff.h"
#include "tests/support/compile.h"
#include "tests/support/project.h"
#include "tests/unit/compiler/format/written_map.h"

namespace vsm::format {
namespace {

/// Set VSM_MAPS=20000 to run more than usual.
std::uint64_t maps_to_make(std::uint64_t usual) {
    const char* asked = std::getenv("VSM_MAPS");
    return asked == nullptr ? usual : std::strtoull(asked, nullptr, 10);
}

std::string formatted(const std::string& text) {
    const SourceFile source(FileId{0}, "map.vsm", text);
    Diagnostics wrong;
    const auto made = format(source, wrong);
    for (const Diagnostic& one : wrong.all()) MESSAGE(one.message, ": ", text.substr(one.range.begin, 40));
    REQUIRE_MESSAGE(made.has_value(), text);
    CHECK_MESSAGE(made->sound, text);
    return made->text;
}

/// The model of a map and its findings, without source locations.
struct Said {
    std::string model;
    std::vector<std::string> findings;
};

Said said(const std::string& text) {
    Said result;
    Diagnostics found;
    const auto model = tests::compile_text(text, &found);
    if (model) {
        result.model = ir::to_json(*model, nullptr);
        lint::lint(*model, {}, found);
    }
    for (const Diagnostic& one : found.all()) result.findings.push_back(text_of(one.code) + one.message + one.help);
    std::sort(result.findings.begin(), result.findings.end());
    return result;
}

/// Whether `vsm diff` would be empty.
bool nothing_changes(const std::string& old_text, const std::string& new_text) {
    const auto before = tests::compile_text(old_text), after = tests::compile_text(new_text);
    if (!before || !after) return before.has_value() == after.has_value();
    const auto old_metrics = runtime::measure(*before), new_metrics = runtime::measure(*after);
    return runtime::compare_maps({&*before, &old_metrics, {}}, {&*after, &new_metrics, {}}).empty();
}

void check_form(const std::string& text, const std::string& expected) {
    CHECK(formatted(text) == expected);
    CHECK(formatted(expected) == expected);
}

TEST_CASE("blanks, commas and line ends are where they belong") {
    check_form("stream  s\"T\"{trigger :\"a  b\" ,demand:40 / w}",
               "stream s \"T\" { trigger: \"a  b\", demand: 40/w }\n");
    check_form("\xEF\xBB\xBFstream s {\r\n\r\n  wait 1h .. 2h\r\n\r\n\r\n  queue 2\r\n\r\n}",
               "stream s {\n  wait 1h..2h\n\n  queue 2\n}\n");
    check_form("step a { team: [ a,b , ], process: ~ 1h, wait: lognormal ( p50 6h ,p85 1d ), ca: n/a }",
               "step a { team: [a, b], process: ~1h, wait: lognormal(p50 6h, p85 1d), ca: n/a }\n");
    check_form("target a . lead_time<=3d by 2027-01-01\n\n\n", "target a.lead_time <= 3d by 2027-01-01\n");
    check_form("branch load { \n }", "branch load { }\n");
    check_form("", "");
}

TEST_CASE("what was on one line stays there if it fits, and is broken at its items if not") {
    check_form("stage s { wait 1d step a { process: 1h } rework 1% to a, note \"x\" }",
               "stage s { wait 1d, step a { process: 1h } rework 1% to a, note \"x\" }\n");
    const std::string title(65, 'x');
    check_form("step a \"" + title + "\" { process: 1h, lead: 2h }",
               "step a \"" + title + "\" { process: 1h, lead: 2h }\n");
    check_form("step a \"" + title + "\" { process: 1h, lead: 2h, note \"y\" }",
               "step a \"" + title + "\" {\n  process: 1h\n  lead: 2h\n  note \"y\"\n}\n");
    check_form("step a {\nprocess: 1h, lead: 2h }", "step a {\n  process: 1h\n  lead: 2h\n}\n");
}

TEST_CASE("properties stand in the order of their table, between blank lines and statements") {
    check_form("step a { x_b: 1, x_a: 2, ca: 90%, lead: 2h, proces: 1h, team: dev }",
               "step a { team: dev, lead: 2h, ca: 90%, x_b: 1, x_a: 2, proces: 1h }\n");
    check_form("step a {\n# of lead\nlead: 2h # behind\n         # goes on\n# of team\nteam: dev\n\nkind: "
               "approval\nnote \"x\"\nprocess: 1h\n}",
               "step a {\n  # of team\n  team: dev\n  # of lead\n  lead: 2h  # behind\n            # goes on\n\n  "
               "kind: approval\n  note \"x\"\n  process: 1h\n}\n");
}

TEST_CASE("comments stay with what they are about") {
    check_form("# alone\n\n# of a\nstep a # inside\n{ # open\nprocess: # of process\n1h\n# last\n} # end",
               "# alone\n\n# of a\n# inside\nstep a {  # open\n  # of process\n  process: 1h\n  # last\n}  # end\n");
    check_form("step a { # one\n         # two\nlead: 1h # three\n         # four\n# five\n}",
               "step a {  # one\n          # two\n  lead: 1h  # three\n            # four\n  # five\n}\n");
    check_form("stream s {\ndemand: 1/d # a\nowner: dev\nlink: \"https://x\" # b\n\nwait 1d # c\n}",
               "stream s {\n  owner: dev\n  demand: 1/d        # a\n  link: \"https://x\"  # b\n\n  wait 1d  # c\n}\n");
}

TEST_CASE("rows below each other are a table, as far as they have the same") {
    check_form("team a \"A\" { people: 1 }\nteam bbb \"BBB\" { people: 10, cost: 9/h }\nteam c\nteam dd { people: 1, "
               "cost: 10/h }",
               "team a   \"A\"   { people: 1 }\nteam bbb \"BBB\" { people: 10, cost: 9/h }\nteam c\nteam dd        { "
               "people: 1,  cost: 10/h }\n");
    check_form(
        "step a \"Ä本\" { process: 1h }\n# between\nstep bb \"x\" { process: 1h }\n\nstep cccc { process: 1h }",
        "step a  \"Ä本\" { process: 1h }\n# between\nstep bb \"x\"   { process: 1h }\n\nstep cccc { process: 1h }\n");
    const std::string title(75, 'x');
    check_form("step aaaaaaaaaaaaaaaaaaaaaaaa { lead: 1h }\nstep b \"" + title + "\" { lead: 1h }",
               "step aaaaaaaaaaaaaaaaaaaaaaaa { lead: 1h }\nstep b \"" + title + "\" { lead: 1h }\n");
}

TEST_CASE("a map that cannot be read has no form; one with other mistakes has") {
    for (const char* text :
         {"stream s { step }", "step a { lead: 1 h }", "stream s {", "step \xFF", "step a { wait 1d, team: [b, } }"}) {
        const SourceFile source(FileId{0}, "map.vsm", text);
        Diagnostics wrong;
        CHECK_FALSE(format(source, wrong).has_value());
        CHECK(wrong.has_errors());
    }
    check_form("change nothing { nonsense: 1 }", "change nothing { nonsense: 1 }\n");
}

TEST_CASE("the samples are in their canonical form") {
    std::size_t samples = 0;
    for (const auto& entry : std::filesystem::directory_iterator(tests::project_root() / "samples")) {
        std::stringstream text;
        text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        CHECK(formatted(text.str()) == text.str());
        ++samples;
    }
    CHECK(samples >= 5);
}

TEST_CASE("random maps keep their meaning, their findings and every comment, and are formatted once and for all") {
    std::uint64_t right = 0;
    const std::uint64_t maps = maps_to_make(250);
    for (std::uint64_t seed = 1; seed <= maps; ++seed) {
        const std::string plain = tests::MapWriter(seed).write();
        tests::Scrambled map = tests::scramble(plain, seed);
        INFO("seed ", seed, "\n", map.text);
        const std::string once = formatted(map.text);
        INFO(once);
        CHECK(formatted(once) == once);
        std::sort(map.comments.begin(), map.comments.end());
        CHECK(tests::comments_in(once) == map.comments);
        const Said before = said(map.text), after = said(once);
        CHECK(before.model == after.model);
        CHECK(before.findings == after.findings);
        CHECK(nothing_changes(map.text, map.text));
        CHECK(nothing_changes(map.text, once));
        right += before.model.empty() ? 0 : 1;
    }
    CHECK(right > maps / 3);
}

}  // namespace
}  // namespace vsm::format
