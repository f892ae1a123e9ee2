// Habitual notations in many places: each yields one error, at its line and word, with help; `vsm lint --fix` does not
// change the numbers.
#include <doctest/doctest.h>

#include "tests/unit/compiler/parse/habits.h"

namespace {

using namespace vsm;
using namespace vsm::tests;

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
