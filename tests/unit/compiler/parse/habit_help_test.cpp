// The help for a habitual notation says what was meant, and its fix writes that.
#include <doctest/doctest.h>

#include "tests/unit/compiler/parse/habits.h"

namespace {

using namespace vsm;
using namespace vsm::tests;

struct Said {
    std::string_view item, help;
};

void check_help(const std::string& text, std::string_view help) {
    SampleReader reader;
    Workspace workspace(reader);
    Diagnostics diagnostics;
    workspace.compile("map.vsm", text, diagnostics);
    std::vector<std::string> helps;
    for (const Diagnostic& d : diagnostics.all())
        if (d.severity == Severity::error) helps.push_back(d.help);
    CAPTURE(text);
    REQUIRE(helps.size() == 1);
    CHECK_MESSAGE(helps[0].find(help) != std::string::npos, helps[0]);
}

}  // namespace

TEST_CASE("the help for a habit says what was meant") {
    for (const Said& said : {
             Said{"step q { process: two and a half weeks, wait: 1h }", "`2.5w`"},
             Said{"step q { process: one to two weeks, wait: 1h }", "`1w..2w`"},
             Said{"step q { process: 2 and a half days, wait: 1h }", "`2.5d`"},
             Said{"step q { process: 1d or 3d, wait: 1h }", "`1d..3d`"},
             Said{"step q { process: 30..90 minutes, wait: 1h }", "`30min..90min`"},
             Said{"step q { process: 1h, wait: 1h, team: {qa, ops} }", "`[qa, ops]`"},
             Said{"step q { process: 1h, wait: 1h, wip: 3 per person }", "the other words belong in a `note`"},
             Said{"step q { process: 1h, wait: 1h, link: http://example.org }", "`link: \"https://example.org\"`"},
             Said{"step q { process: 1h, wait: 1h rework 10 to build }", "`rework 10% to build`"},
             Said{"step q { process: 1h, wait: 1h rework 10 percent to build }", "`rework 10% to build`"},
             Said{"choose { branch 30 a { step q { process: 1h, wait: 1h } } branch b { step r { process: 1h, wait: 1h "
                  "} } }",
                  "`branch 30% a {`"},
             Said{"target lead_time < 3d \"Fast\" by 2027-03-31", "`by 2027-03-31 \"Fast\"`"},
             Said{"expect lead_time < 30d by 2027-03-31", "`target lead_time < 30d by 2027-03-31`"},
             Said{"note on build \"Slow\"", "`note \"Slow\" on build`"},
             Said{"note build \"Slow\"", "`note \"Slow\" on build`"},
             Said{"note on build: \"Slow\"", "`note \"Slow\" on build`"},
             Said{"note: \"Slow\"", "`note \"Slow\"`"},
             Said{"target: lead_time < 3d", "`target lead_time < 3d`"},
             Said{"kaizen \"Checklist\" on build due 2027-03-31",
                  "`kaizen \"Checklist\" on build { due: 2027-03-31 }`"},
             Said{"demand 40/w", "`demand: 40/w`"},
             Said{"step \"Test\" q { process: 1h, wait: 1h }", "`step q \"Test\"`"},
             Said{"step q: \"Test\" { process: 1h, wait: 1h }", "`step q \"Test\" {`"},
             Said{"step q after build { process: 1h, wait: 1h }", "`step q { after: build, … }`"},
             Said{"after build: step q { process: 1h, wait: 1h }", "`step q { after: build, … }`"},
             Said{"step q { 1h process, 2h lead, 90% ca }", "`process: 1h, lead: 2h, ca: 90%`"},
             Said{"parallel [ step q { process: 1h, wait: 1h } ]", "`{ … }`"},
             Said{"choose { branch 70% a { step q { process: 1h, wait: 1h } } 30%: step r { process: 1h, wait: 1h } }",
                  "`branch 30% { … }`"},
             Said{"choose { branch 70% a { step q { process: 1h, wait: 1h } } 30% b { step r { process: 1h, wait: 1h } "
                  "} }",
                  "`branch 30% b {`"},
             Said{"choose { branch 70% a { step q { process: 1h, wait: 1h } } 30%: b { step r { process: 1h, wait: 1h "
                  "} } }",
                  "`branch 30% b {`"},
             Said{"target build process < 3d", "`build.lead_time`"},
             Said{"target build.process < 3d", "`build.process_time`"},
             Said{"target build.wait < 3d", "`build.wait_time`"},
             Said{"target build.takt < 3d", "`lead_time`, `process_time`, `wait_time`"},
         }) {
        check_help("team qa { }\nteam ops { }\nstream s {\n  step build { process: 1h, wait: 1h }\n  " +
                       std::string(said.item) + "\n}\n",
                   said.help);
    }
}

TEST_CASE("the help for a habit in an edit, a team or an import says what was meant") {
    for (const Said& said : {
             Said{"change build { wait: 2h -> 1h }", "write the new value alone: `1h`"},
             Said{"change build { wait: from 2h to 1h }", "write the new value alone, `1h`, or a range, `1h..2h`"},
             Said{"change build { ca: from 80% to 95% }", "write the new value alone, `95%`, or a range, `80%..95%`"},
             Said{"change gap: 2h", "`replace gap with wait gap 2h`"},
             Said{"change build: 2h", "`change build { lead: 2h }`"},
             Said{"gap 2h", "`replace gap with wait gap 2h`"},
             Said{"add qa after build { process: 1h, wait: 1h }", "`add after build step qa {`"},
             Said{"add after build { step qa { process: 1h, wait: 1h } }", "`add after build step qa { … }`"},
             Said{"insert step qa { process: 1h, wait: 1h } after build", "`add after build step qa { … }`"},
             Said{"kaizen \"Pairing\": change build { wait: 0min }", "`kaizen \"Pairing\" { … }`"},
             Said{"kaizen \"Pairing\" on build { wait: 0min }", "`change NAME { wait: … }`"},
             Said{"kaizen \"Pairing\" { team: qa }", "`owner`"},
             Said{"by: 2027-03-31", "`future NAME of STREAM by 2027-03-31 {`"},
             Said{"automate build", "an edit is `change`"},
         })
        check_help("stream s {\n  step build { process: 1h, wait: 1h }\n  wait gap 1d\n}\nfuture f of s {\n  " +
                       std::string(said.item) + "\n}\n",
                   said.help);
    for (const Said& said : {Said{"team qa \"Testers\" (3 people)", "`team qa \"Testers\" { people: 3 }`"},
                             Said{"team qa 3", "`team qa { people: 3 }`"}, Said{"team qa { 3 people }", "`people: 3`"}})
        check_help(std::string(said.item) + "\n", said.help);
    check_help(
        "future \"Next\" f of s { change build { wait: 0min } }\nstream s { step build { process: 1h, wait: 1h } }\n",
        "`future f \"Next\"`");
}

TEST_CASE("a fix of amounts before their names keeps the comments between them") {
    const auto fixed = with_fix("stream s {\n  step q { 1h process # measured\n    2h lead }\n}\n");
    REQUIRE(fixed.has_value());
    CHECK(*fixed == "stream s {\n  step q { process: 1h # measured\n    2h lead }\n}\n");
}

TEST_CASE("the amount of a wait or queue that stands elsewhere is put in its place") {
    struct Written {
        std::string_view item, meant;
        bool fixed = true;
    };
    const std::string head = "stream s {\n  demand: 40/w\n  step build { process: 1h, wait: 1h }\n  ", tail = "\n}\n";
    for (const Written& one : {
             Written{"wait \"Review\" 2d", "wait 2d \"Review\""},
             Written{"wait review \"Review\" ~2d..3d", "wait review ~2d..3d \"Review\""},
             Written{"wait review \"Review\": 2d", "wait review 2d \"Review\""},
             Written{"wait 2d review \"Review\"", "wait review 2d \"Review\""},
             Written{"wait review: 2d", "wait review 2d"},
             Written{"wait review: ?", "wait review ?"},
             Written{"wait \"Review\": 2d", "wait 2d \"Review\""},
             Written{"queue \"Ready\" 25", "queue 25 \"Ready\""},
             Written{"queue ready \"Ready\" 25", "queue ready 25 \"Ready\""},
             Written{"queue 25 ready \"Ready\"", "queue ready 25 \"Ready\""},
             Written{"queue ready: 25", "queue ready 25"},
             Written{"queue: 25", "queue 25"},
             Written{"wait review { time: 2d }", "wait review 2d", false},
             Written{"queue { items: 25 }", "queue 25", false},
         }) {
        const std::string text = head + std::string(one.item) + tail;
        SampleReader reader;
        Workspace workspace(reader);
        Diagnostics diagnostics;
        workspace.compile("map.vsm", text, diagnostics);
        CAPTURE(text);
        REQUIRE(diagnostics.error_count() == 1);
        for (const Diagnostic& d : diagnostics.all())
            if (d.severity == Severity::error) CHECK(d.help == "write `" + std::string(one.meant) + "`");
        CHECK(with_fix(text) == (one.fixed ? std::optional(head + std::string(one.meant) + tail) : std::nullopt));
    }
}

TEST_CASE("working days are hours where the clock never stops") {
    const std::string text =
        "stream s {\n  calendar: 24h/d 7d/w\n  step build { process: 5 working days, wait: 1h }\n}\n";
    CHECK(!with_fix(text));
}
