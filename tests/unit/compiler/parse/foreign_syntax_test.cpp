// Habitual notations in many places: each yields one error, at its line and word, with help; `vsm lint --fix` does not
// change the numbers.
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

const std::string step_tail = "  step deploy \"Deploy\" { team: ops, process: 30min, lead: 4h, ca: 90% }\n";
const std::string step_head =
    "  step build \"Build and unit test\" { team: ci, process: 12min, lead: 20min, ca: 95% }\n";

/// A stream whose second item is the place.
Place in_stream(std::string what, std::string before, std::string behind) {
    return {std::move(what), "stream checkout \"Checkout\" {\n" + step_head + "  " + before,
            behind + "\n" + step_tail + "}\n"};
}

const std::vector<Place>& time_places() {
    static const std::vector<Place> places{
        in_stream("process", "step qa \"Test\" { team: qa, process: ", ", lead: 90d, ca: 70% }"),
        in_stream("lead", "step qa \"Test\" { team: qa, process: 1min, lead: ", ", ca: 70% }"),
        in_stream("lead on its own line",
                  "step qa \"Test\" {\n    team: qa\n    process: 1min\n    lead: ", "\n    ca: 70%\n  }"),
        in_stream("lead at the end", "step qa \"Test\" { team: qa, ca: 70%, process: 1min, lead: ", " }"),
        in_stream("wait of a step", "step qa \"Test\" { team: qa, process: 1min, wait: ", ", ca: 70% }"),
        in_stream(
            "repair",
            "step qa \"Test\" { team: qa, process: 3h, lead: 2d, ca: 70%, rework 10% { process: 1min, wait: ", " } }"),
        in_stream("wait", "wait ", " \"Board\""),
        in_stream("named wait", "wait gap ", " \"Board\""),
    };
    return places;
}

const std::vector<Habit>& time_habits() {
    static const std::vector<Habit> habits{
        {"2-3 weeks", "2w..3w"},
        {"1d–3d", "1d..3d"},
        {"1d - 3d", "1d..3d"},
        {"2 to 3d", "2d..3d"},
        {"1d…3d", "1d..3d"},
        {"1d...3d", "1d..3d"},
        {"between 1d and 3d", "1d..3d"},
        {"2 bis 3 Tage", "2d..3d"},
        {"ca. 2d", "~2d"},
        {"about 2d", "~2d"},
        {"~ 2 days", "~ 2d"},
        {"2d?", "~2d"},
        {"approx. 2d", "~2d"},
        {"≈2d", "~2d"},
        {"<2d"},
        {"2d+"},
        {">2d"},
        {"max 2d"},
        {"min 2d"},
        {"up to 2d"},
        {"at least 2d"},
        {"max. 2d"},
        {"2d or more"},
        {"≤2d"},
        {"???", "?"},
        {"tbd", "?"},
        {"-"},
        {"½d", "0.5d"},
        {"1 1/2d", "1.5d"},
        {"1½h", "1.5h"},
        {"1/2d"},
        {"PT3H", "3h"},
        {"P2D"},
        {"PT1H30M", "1h30min"},
        {"1:30"},
        {"1,200min"},
        {"1.200min"},
        {"1'200min", "1200min"},
        {"1h and 30min", "1h30min"},
        {"3 Tage", "3d"},
        {"2 Std", "2h"},
        {"3 jours", "3d"},
        {"2 heures", "2h"},
        {"2 semaines", "2w"},
        {"2 days", "2d"},
        {"2 hrs", "2h"},
        {"30 mins", "30min"},
        {"2 months"},
        {"2days", "2d"},
        {"two days", "2d"},
        {"half a day", "0.5d"},
        {"1,5d", "1.5d"},
        {"2 d", "2d"},
        {"\"2d\"", "2d"},
        {"2d (guess)", "~2d"},
        {"every 2w"},
        {"1d or 3d"},
        {"two or three days"},
        {"average 3d"},
        {"3d max 5d"},
        {"min 1d max 3d", "1d..3d"},
        {"30..90 minutes", "30min..90min"},
        {"1,5-2 days", "1.5d..2d"},
        {"5 working days", "5d"},
    };
    return habits;
}

struct Outcome {
    std::size_t errors = 0;
    bool in_place = false;
    bool help = false;
    std::string shown;
};

Outcome judge(const std::string& text, std::uint32_t begin, std::uint32_t end) {
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

void try_each(const std::vector<Place>& places, const std::vector<Habit>& habits, Count& count) {
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
std::optional<std::string> with_fix(const std::string& text) {
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

TEST_CASE("a habit where a time stands gives one error at its words with help") {
    Count count;
    try_each(time_places(), time_habits(), count);
    CAPTURE(count.tried);
    CAPTURE(count.good);
    CHECK(count.tried >= 400);
    CHECK(static_cast<double>(count.good) >= 0.95 * static_cast<double>(count.tried));
}

TEST_CASE("the fix of a time is what it means, or there is none") {
    for (const Place& place : time_places()) {
        for (const Habit& habit : time_habits()) {
            CAPTURE(place.what);
            CAPTURE(habit.written);
            const auto fixed = with_fix(place.before + std::string(habit.written) + place.behind);
            CHECK(fixed.has_value() == !habit.fixed.empty());
            if (fixed && !habit.fixed.empty()) CHECK(*fixed == place.before + std::string(habit.fixed) + place.behind);
        }
    }
}

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

TEST_CASE("a habit where a share, a count, a rate, a date or a name stands gives one error at its words with help") {
    Count count;
    try_each({in_stream("ca", "step qa \"Test\" { team: qa, process: 3h, lead: 2d, ca: ", " }"),
              in_stream("ca on its own line", "step qa \"Test\" {\n    process: 3h, lead: 2d\n    ca: ", "\n  }")},
             {{"about 85%"},  {"85 %"},       {"85,5%"},     {"85,5 %"},    {"ca. 85%"}, {">85%"},    {"<85%"},
              {"85%+"},       {"80-90%"},     {"80% - 90%"}, {"80 to 90%"}, {"80–90%"},  {"0.85"},    {"85"},
              {"85 percent"}, {"85 Prozent"}, {"9 of 10"},   {"9/10"},      {"tbd"},     {"unknown"}, {"???"},
              {"-"},          {"85%?"},       {"high"},      {"max 85%"},   {"\"85%\""}, {"~ 85 %"},  {"85 pct"}},
             count);
    try_each({in_stream("demand", "demand: ", ""), in_stream("deploys", "deploys: ", "")},
             {{"40 per day"},  {"40/day"},   {"40 a week"},  {"40/week"},
              {"40 per week"}, {"40/Woche"}, {"40 pro Tag"}, {"40 items/w"},
              {"40/month"},    {"40"},       {"daily"},      {"~40/w"},
              {"30-50/w"},     {"1.200/w"},  {"1,200/w"},    {"40 changes per week"},
              {"about 40/w"},  {"\"40/w\""}, {"?"},          {"40 weekly"}},
             count);
    try_each({in_stream("calendar", "calendar: ", "")},
             {{"24/7"},
              {"8h"},
              {"mon-fri"},
              {"8h/d"},
              {"40h/w"},
              {"8h/d, 5d/w"},
              {"8h/day 5d/week"},
              {"8x5"},
              {"9-17"},
              {"9:00-17:00"},
              {"5d/w 8h/d"},
              {"\"8h/d 5d/w\""},
              {"8 h/d 5 d/w"},
              {"working days"},
              {"24x7"}},
             count);
    try_each({in_stream("people", "step qa { process: 3h, lead: 2d, ca: 70%, people: ", " }"),
              in_stream("batch", "step qa { process: 3h, lead: 2d, ca: 70%, batch: ", " }"),
              in_stream("queue", "demand: 40/w\n  queue ", " \"Ready\"")},
             {{"2-3"},
              {"~3"},
              {"about 3"},
              {"3 people"},
              {"3+"},
              {"tbd"},
              {"\"3\""},
              {"max 3"},
              {"3?"},
              {"1.200"},
              {"1,200"}},
             count);
    try_each({in_stream("reviewed", "reviewed: ", ""), in_stream("target", "target lead_time <= 3d by ", ""),
              in_stream("measured", "step qa { process: 3h, lead: 2d, measured: ", " }"),
              in_stream("measured with its source", "step qa { process: 3h, lead: 2d, measured: ", " \"survey\" }")},
             {{"\"2027-03-31\""},
              {"31.03.2027"},
              {"31/03/2027"},
              {"03/04/2027"},
              {"31 March 2027"},
              {"March 2027"},
              {"Q1 2027"},
              {"2027-03"},
              {"end of March"},
              {"2027/03/31"},
              {"tbd"},
              {"next year"},
              {"31.3.27"},
              {"2027-Q1"},
              {"20270331"}},
             count);
    try_each({in_stream("team", "step qa { process: 3h, lead: 2d, team: ", ", ca: 70% }")},
             {{"qa and ops"},
              {"qa/dev"},
              {"QA team"},
              {"\"QA team\""},
              {"qa & ops"},
              {"qa + dev"},
              {"qa or dev"},
              {"?"},
              {"qa, ops"},
              {"Prüfteam 2"}},
             count);
    try_each({in_stream("kind", "step qa { process: 3h, lead: 2d, kind: ", ", ca: 70% }")},
             {{"semi automated"}, {"auto/manual"}, {"\"manual\""}, {"?"}, {"human"}}, count);
    CAPTURE(count.tried);
    CAPTURE(count.good);
    CHECK(count.tried >= 200);
    CHECK(static_cast<double>(count.good) >= 0.95 * static_cast<double>(count.tried));
}

TEST_CASE("a habit in a statement, a name or an edit gives one error at its words with help") {
    Count count;
    try_each(
        {in_stream("step", "", ""),
         {"in a stage", "stream checkout {\n" + step_head + "  stage verify {\n    ", "\n  }\n" + step_tail + "}\n"}},
        {{"step qa.test \"Test\" { process: 3h, lead: 2d }"},
         {"step 3 \"Test\" { process: 3h, lead: 2d }"},
         {"step 2nd_review { process: 3h, lead: 2d }"},
         {"step qa/dev { process: 3h, lead: 2d }"},
         {"step load test { process: 3h, lead: 2d }"},
         {"step \"Test\" { process: 3h, lead: 2d }"},
         {"step prüfen { process: 3h, lead: 2d }"},
         {"step qa&dev { process: 3h, lead: 2d }"},
         {"step qa \"Test\" [ process: 3h, lead: 2d ]"},
         {"step qa \"Test \"now\"\" { process: 3h, lead: 2d }"},
         {"step qa \"Test { process: 3h, lead: 2d }"},
         {"then step qa { process: 3h, lead: 2d }"},
         {"task qa { process: 3h, lead: 2d }"},
         {"if urgent { step x { process: 1h, lead: 1h } } else { }"},
         {"if urgent { step x { process: 1h, lead: 1h } }"},
         {"note the board is slow"},
         {"kaizen speed up { owner: ops }"},
         {"note 'the board'"},
         {"delay 2d"},
         {"wait \"Review\" 2d"},
         {"wait review \"Review\" 2d"},
         {"wait 2d review \"Review\""},
         {"wait review: 2d"},
         {"wait review { time: 2d }"},
         {"wait \"Board\""},
         {"parallel: true"},
         {"step qa \"Test\" ( process: 3h, lead: 2d )"},
         {"step qa: { process: 3h, lead: 2d }"},
         {"| qa | 3h | 2d |"}},
        count);
    const std::string in_step = "step qa \"Test\" { team: qa, process: 3h, lead: 2d, ca: 70%, ";
    try_each({in_stream("rework", in_step, " }"),
              in_stream("rework on its own line", "step qa {\n    process: 3h, lead: 2d, ca: 70%\n    ", "\n  }")},
             {{"rework 10% build"},
              {"rework 10% to \"Build and unit test\""},
              {"rework 10%"},
              {"rework 10% -> build"},
              {"rework 10% back to build"},
              {"rework build 10%"},
              {"rework to build 10%"},
              {"rework to build"},
              {"rework 10 to build"},
              {"rework 10 % to build"},
              {"rework ~10% to build"},
              {"rework 5-10% to build"},
              {"rework about 10% to build"},
              {"rework 10% of items to build"},
              {"rework: 10% to build"},
              {"rework 0.1 to build"},
              {"rework: true"},
              {"rework 10% goes back to build"}},
             count);
    try_each({in_stream("property", "step qa { team: qa, process: 3h, lead: 2d, ", " }"),
              in_stream("property on its own line", "step qa {\n    process: 3h, lead: 2d\n    ", "\n  }")},
             {{"c/a: 70%"},    {"c&a: 70%"},     {"%C&A: 70%"},      {"%ca: 70%"},           {"pct: 70%"},
              {"\"ca\": 70%"}, {"ca = 70%"},     {"ca => 70%"},      {"ca -> 70%"},          {"automated: true"},
              {"manual: yes"}, {"owner: qa"},    {"title: \"X\""},   {"description: \"X\""}, {"duration: 2h"},
              {"note: \"x\""}, {"external: no"}, {"optional: true"}, {"quality: 70%"},       {"CA: 70%"}},
             count);
    try_each({in_stream("goal", "", "")},
             {{"target lead <= 3d"},
              {"target lead_time ≤ 3d"},
              {"target lead_time =< 3d"},
              {"target lead_time at most 3d"},
              {"target lead_time: 3d"},
              {"target: lead_time <= 3d"},
              {"target lead_time 3d"},
              {"target ca >= 60%"},
              {"target lead_time <= 3 days"},
              {"target lead_time <= about 3d"},
              {"target lead time <= 3d"},
              {"target lead_time <= 1,200min"},
              {"target lead_time <= 2-3d"},
              {"target lead_time <= tbd"},
              {"target rolled_ca >= 60"},
              {"target lead_time < 3d until 2027-03-31"},
              {"expect lead_time is 3d"},
              {"target lead_time under 3d"}},
             count);
    const std::string future_head =
        "stream checkout \"Checkout\" {\n" + step_head + "  wait gap 1w \"Board\"\n" + step_tail + "}\n";
    try_each({{"edit", future_head + "future f of checkout { ", " }\n"}},
             {{"change \"Deploy\" { lead: 1h }"},
              {"remove \"Deploy\""},
              {"deploy.lead: 1h"},
              {"set deploy.lead = 1h"},
              {"update deploy { lead: 1h }"},
              {"delete build"},
              {"remove @wait-1"},
              {"change gap { 2d }"},
              {"change gap 2d"},
              {"remove step build"},
              {"change step deploy { lead: 1h }"},
              {"change deploy lead: 1h"},
              {"change deploy lead to 1h"},
              {"change deploy.lead: 1h"},
              {"remove build and gap"},
              {"modify deploy { lead: 1h }"},
              {"drop build"},
              {"move \"Deploy\" before build"},
              {"change gap { time: 2d }"},
              {"change 3 { lead: 1h }"}},
             count);
    try_each({{"future", future_head, "\n"}},
             {{"future f { change deploy { lead: 1h } }"},
              {"future f \"F\" { change deploy { lead: 1h } }"},
              {"future f from checkout { change deploy { lead: 1h } }"},
              {"future f of \"Checkout\" { change deploy { lead: 1h } }"},
              {"future f: checkout { change deploy { lead: 1h } }"},
              {"future \"F\" of checkout { change deploy { lead: 1h } }"}},
             count);
    CAPTURE(count.tried);
    CAPTURE(count.good);
    CHECK(count.tried >= 150);
    CHECK(static_cast<double>(count.good) >= 0.95 * static_cast<double>(count.tried));
}

TEST_CASE("a document of another kind gives one error that names it") {
    const std::pair<std::string_view, std::string_view> documents[] = {
        {"stream: checkout\ntitle: Checkout\nsteps:\n  - name: review\n    process: 45min\n", "YAML"},
        {"---\nsteps:\n  - name: review\n", "YAML"},
        {"- name: review\n  process: 45min\n- name: build\n  process: 12min\n", "YAML"},
        {"{ \"stream\": \"checkout\", \"steps\": [ { \"name\": \"review\", \"process\": \"45min\" } ] }\n", "JSON"},
        {"[\n  { \"name\": \"review\" }\n]\n", "JSON"},
        {"flowchart LR\n  A[Review] --> B[Build]\n", "a Mermaid diagram"},
        {"sequenceDiagram\n  Alice->>Bob: Hi\n", "a Mermaid diagram"},
        {"graph TD;\n  A-->B;\n", "a Mermaid diagram"},
        {"digraph checkout {\n  review -> build;\n}\n", "a Graphviz (DOT) diagram"},
        {"# Our steps\n\n| Step | Process |\n|------|---------|\n| review | 45min |\n", "a Markdown table"},
        {"Step,Team,Process,Lead,C&A\nReview,dev,45min,1d,85%\n", "a table with commas (CSV)"},
        {"Schritt;Team;Bearbeitung;Durchlauf;C&A\nPrüfen;dev;0,75;8;85 %\n", "a table with semicolons (CSV)"},
        {"Schritt\tTeam\tBearbeitung\nPrüfen\tdev\t0,75\n", "a table with tabs (from a spreadsheet)"},
        {"<?xml version=\"1.0\"?>\n<bpmn:definitions/>\n", "XML or HTML"},
        {"@startuml\n:Review;\n@enduml\n", "a PlantUML diagram"},
        {"[stream]\nname = \"checkout\"\n", "TOML"},
        {"```vsm\nstream checkout {\n  step build { process: 12min, lead: 20min }\n}\n```\n",
         "a code block of Markdown"},
    };
    for (const auto& [text, name] : documents) {
        CAPTURE(text);
        const Outcome outcome = judge(std::string(text), 0, static_cast<std::uint32_t>(text.size()));
        CHECK(outcome.errors == 1);
        CHECK(outcome.help);
        CHECK(outcome.shown.find("this looks like " + std::string(name)) != std::string::npos);
    }
}
