// Edge cases of rules, beyond their bad and good maps.
#include <doctest/doctest.h>

#include "base/diagnostics/codes.h"
#include "compiler/lint/observe.h"
#include "tests/support/compile.h"
#include "tests/unit/runtime/figures/random_map.h"

namespace {

using namespace vsm;

/// The messages of one rule on a map.
std::vector<std::string> said_by(Code code, std::string_view map, std::string_view as_of = {}) {
    Diagnostics diagnostics;
    const auto checked = tests::compile_text(map, &diagnostics);
    for (const Diagnostic& one : diagnostics.all()) INFO(one.message);
    REQUIRE(checked);
    lint::RuleSet rules;
    rules.process_rules = true;
    if (!as_of.empty()) rules.as_of = parse_date(as_of);
    Diagnostics found;
    lint::lint(*checked, rules, found);
    std::vector<std::string> said;
    for (const Diagnostic& one : found.all())
        if (one.code == code) said.push_back(one.message);
    return said;
}

using Said = std::vector<std::string>;

std::string in_stream(const std::string& items) { return "stream s {\n" + items + "\n}\n"; }

}  // namespace

TEST_CASE("missing-team: machines and others need none, nor does a map without teams") {
    CHECK(said_by(Code::missing_team, in_stream("step a { process: 1h, lead: 1d }")).empty());
    CHECK(
        said_by(Code::missing_team,
                in_stream("step a { process: 1h, lead: 1d, team: x } step b { kind: automated, process: 1h, lead: 1d } "
                          "step c { kind: external, lead: 1d } step d { kind: approval, process: 1h, lead: 1d }")) ==
        Said{"step `d` has no team"});
}

TEST_CASE("unknown-figure: one finding a step, with all that is open, also in waits and repairs") {
    CHECK(said_by(Code::unknown_figure,
                  in_stream("step a { process: ?, lead: 1d, ca: ? } wait w ? "
                            "step b { process: 1h, lead: 1d, rework 10% once { process: ?, wait: 1h } }")) ==
          Said{"`process` and `ca` of step `a` are not known yet", "`time` of wait `w` is not known yet",
               "`rework process` of step `b` is not known yet"});
    CHECK(said_by(Code::unknown_figure, in_stream("timings: unknown step a step b")).size() == 1);
}

TEST_CASE("wait-as-step: by name, title or time, not for the work on a backlog") {
    CHECK(said_by(Code::wait_as_step,
                  in_stream(
                      "step wait_for_board { process: 1h, lead: 1d } step b \"Queue for QA\" { process: 1h, lead: 1d } "
                      "step c \"Backlog\" { process: 1h, lead: 1d } step d { process: 0min, lead: 1d }"))
              .size() == 4);
    CHECK(said_by(Code::wait_as_step,
                  in_stream("step refine_backlog \"Refine the backlog\" { process: 1h, lead: 1d } step merged { "
                            "process: 0min, lead: 0min } "
                            "step waiter { process: 1h, lead: 1d } step vendor { kind: external, lead: 2d }"))
              .empty());
}

TEST_CASE("double-counted-wait: through stages, and only from half of the wait on") {
    CHECK(said_by(Code::double_counted_wait,
                  in_stream("step a { process: 1h, lead: 1h } wait 2d stage t { step b { process: 1h, wait: 1d } }")) ==
          Said{"wait `@wait-1` takes 2d, and step `b` right after it waits another 1d"});
    CHECK(said_by(Code::double_counted_wait, in_stream("wait 2d step b { process: 1h, wait: 7h }")).empty());
    CHECK(
        said_by(Code::double_counted_wait, in_stream("demand: 8/d queue 8 step b { process: 1h, wait: 4h }")).size() ==
        1);
    CHECK(said_by(Code::double_counted_wait,
                  in_stream("wait 2d step a { process: 1h, wait: 0h } step b { process: 1h, wait: 2d }"))
              .empty());
}

TEST_CASE("dangling-end: only where `after` says that the order is a graph") {
    CHECK(said_by(Code::dangling_end, in_stream("step a { process: 1h, lead: 1d } step b { after: a, process: 1h, "
                                                "lead: 1d } step c { after: a, process: 1h, lead: 1d }")) ==
          Said{"`b` leads to the end of stream `s`, as does `c`"});
    CHECK(said_by(Code::dangling_end, in_stream("step a { process: 1h, lead: 1d } parallel { step b { process: 1h, "
                                                "lead: 1d } step c { process: 1h, lead: 1d } }"))
              .empty());
}

TEST_CASE("too many and too few: stages count as one block, but not their steps as one step") {
    std::string many;
    for (int i = 0; i < 16; ++i) many += fmt::format("step s{} {{ process: 1h, lead: 1d }}\n", i);
    CHECK(said_by(Code::too_many_steps, in_stream(many)) ==
          Said{"stream `s` has 16 steps and outermost stages, more than 15"});
    CHECK(said_by(Code::too_many_steps, in_stream("stage all {" + many + "}")).empty());
    CHECK(said_by(Code::too_few_steps, in_stream("stage all {" + many + "}")).empty());
    CHECK(said_by(Code::too_few_steps, in_stream("step a { process: 1h, lead: 1d }")) ==
          Said{"stream `s` has 1 step, fewer than 4"});
}

TEST_CASE("over-precise: by the digits of the figure, whatever its unit, unless it was measured") {
    const auto lead = [](const std::string& time, const std::string& more) {
        return said_by(Code::over_precise, in_stream("step a { process: 1min, lead: " + time + more + " }"));
    };
    CHECK(lead("5d3h12min", "") == Said{"the lead time 5d3h12min of step `a` is precise to one part in 2592"});
    CHECK(lead("5d3h12min", ", measured: 2026-10-01").empty());
    CHECK(lead("90s", "").empty());
    CHECK(lead("1h35min", "").empty());
    CHECK(lead("2h17min41s..3d", "").size() == 1);
    CHECK(lead("1d", ", ca: 85.37%") == Said{"the %C&A 85.37% of step `a` is precise to one part in 10000"});
    CHECK(lead("1d", ", ca: 85.5%").empty());
}

TEST_CASE("mergeable-steps: not where anything but the map keeps them apart") {
    const auto pair = [](const std::string& first, const std::string& second) {
        return said_by(Code::mergeable_steps, in_stream("step a { team: x, process: 1h, lead: 1d" + first +
                                                        " }\nstep b { team: x, process: 1h, lead: 1h" + second + " }"))
            .size();
    };
    CHECK(pair("", "") == 1);
    CHECK(pair(", class: va", "") == 0);
    CHECK(pair(", kind: automated", ", kind: automated") == 0);
    CHECK(pair("", ", rework 10% to a") == 0);
    CHECK(pair(", milestone: commit", "") == 0);
    CHECK(said_by(
              Code::mergeable_steps,
              in_stream("step a { team: x, process: 1h, lead: 1d } wait 1h step b { team: x, process: 1h, lead: 1h }"))
              .empty());
    CHECK(said_by(Code::mergeable_steps,
                  in_stream(
                      "step a { team: [x, y], process: 1h, lead: 1d } step b { team: [y, x], process: 1h, lead: 1h }"))
              .size() == 1);
}

TEST_CASE("rework-contradicts-ca: against all steps that the defects can come from") {
    const auto rate = [](const std::string& rework, const std::string& middle) {
        return said_by(Code::rework_contradicts_ca,
                       in_stream("step a { process: 1h, lead: 1d, ca: 80% } step b { process: 1h, lead: 1d" + middle +
                                 " } step c { process: 1h, lead: 1d, ca: 99%, " + rework + " }"));
    };
    CHECK(rate("rework 28% to a", ", ca: 90%").empty());
    CHECK(rate("rework 29% to a", ", ca: 90%") ==
          Said{"step `c` sends 29.0% back, but according to %C&A at most 28.0% reach it with a defect"});
    CHECK(rate("rework 11% to b", ", ca: 90%").size() == 1);
    CHECK(rate("rework 90% to a", "").empty());
    CHECK(rate("rework 21% to a", ", ca: n/a").size() == 1);
    CHECK(rate("rework 99% to a", ", ca: 0%").empty());
    CHECK(rate("rework 28% once { process: 1h, wait: 0h }", ", ca: 90%").empty());
    CHECK(rate("rework 30% once { process: 1h, wait: 0h }", ", ca: 90%").size() == 1);
}

TEST_CASE("little-mismatch: a limit that is kept is no contradiction") {
    const auto wip = [](const std::string& limit) {
        return said_by(Code::little_mismatch,
                       in_stream("demand: 40/w step a { process: 1h, lead: 2d, wip: " + limit + " }"));
    };
    CHECK(wip("3") == Said{"step `a` holds at most 3 items, but 40/w for 2d makes 16"});
    CHECK(wip("14").empty());
    CHECK(wip("100").empty());
}

TEST_CASE("rules about age say nothing without a day, and then an `allow` of one is not unused") {
    const std::string map =
        in_stream("allow stale-figures \"known\" step a { process: 1h, lead: 1d, measured: 2020-01-01 }");
    CHECK(said_by(Code::stale_figures, map).empty());
    CHECK(said_by(Code::unused_allow, map).empty());
    CHECK(said_by(Code::unused_allow, map, "2020-02-01").size() == 1);
    const std::string bare = in_stream("step a { process: 1h, lead: 1d, measured: 2020-01-01 }");
    CHECK(said_by(Code::stale_figures, bare, "2020-06-29").empty());
    CHECK(said_by(Code::stale_figures, bare, "2020-06-30") ==
          Said{"the figures of step `a` were measured on 2020-01-01, 181 days before 2020-06-30"});
}

TEST_CASE("days between dates count leap days") {
    CHECK(days_between({2024, 2, 28}, {2024, 3, 1}) == 2);
    CHECK(days_between({2023, 2, 28}, {2023, 3, 1}) == 1);
    CHECK(days_between({1900, 2, 28}, {1900, 3, 1}) == 1);
    CHECK(days_between({2000, 1, 1}, {2026, 11, 25}) == 9825);
    CHECK(days_between({2026, 1, 1}, {2025, 1, 1}) == -365);
}

TEST_CASE("similar-names: what looks alike, not what is like") {
    const auto names = [](const std::string& a, const std::string& b) {
        return said_by(Code::similar_names,
                       in_stream("step " + a + " { process: 1h, lead: 1d } step " + b + " { process: 1h, lead: 1d }"))
            .size();
    };
    CHECK(names("load_test", "load-test") == 1);
    CHECK(names("stepl", "step1") == 1);
    CHECK(names("go", "g0") == 1);
    CHECK(names("modern", "modem") == 1);
    CHECK(names("test1", "test2") == 0);
    CHECK(names("ship", "shop") == 0);
    CHECK(
        said_by(Code::similar_names,
                in_stream(
                    "step a { team: dev_ops, process: 1h, lead: 1d } step b { team: dev-ops, process: 1h, lead: 1d }"))
            .size() == 1);
}

TEST_CASE("overloaded: a team once, and a future where its edits make the load") {
    const std::string map =
        "team qa { people: 1 }\n" +
        in_stream(
            "demand: 20/w step a { team: qa, process: 2h, lead: 1d } step b { team: qa, process: 1h, lead: 1d }") +
        "future f of s { change a { process: 3h } }\nfuture g of s { change a { lead: 2d } }\n";
    CHECK(said_by(Code::overloaded, map) == Said{"team `qa` is loaded to 150.0%", "team `qa` is loaded to 200.0%"});
}

TEST_CASE("over-takt: of the people that are stated, else of one; machines are not one") {
    const auto step = [](const std::string& more) {
        return said_by(Code::over_takt, in_stream("demand: 20/w step a { process: 3h, lead: 1d" + more + " }")).size();
    };
    CHECK(step("") == 1);
    CHECK(step(", people: 1") == 1);
    CHECK(step(", people: 2") == 0);
    CHECK(step(", batch: 2") == 0);
    CHECK(step(", kind: automated") == 0);
}

TEST_CASE("handoff-ping-pong: over waits, stages and machines, and each way back once") {
    const auto teams = [](const std::vector<std::string>& names) {
        std::string items;
        for (std::size_t i = 0; i < names.size(); ++i)
            items += fmt::format("step s{} {{ team: {}, process: 1h, lead: 1d }} wait 1h\n", i, names[i]);
        return said_by(Code::handoff_ping_pong, in_stream(items)).size();
    };
    CHECK(teams({"a", "b", "a"}) == 1);
    CHECK(teams({"a", "b", "b", "a"}) == 1);
    CHECK(teams({"a", "b", "a", "b", "a"}) == 2);
    CHECK(teams({"a", "b", "c"}) == 0);
    CHECK(teams({"a", "[a, b]", "a"}) == 0);
    CHECK(said_by(Code::handoff_ping_pong,
                  in_stream("step a { team: x, process: 1h, lead: 1d } step b { team: ci, kind: automated, process: "
                            "1h, lead: 1d } step c { team: x, process: 1h, lead: 1d }"))
              .empty());
}

TEST_CASE("unused-team: an owner has a part, and a file of teams alone has no unused ones") {
    CHECK(said_by(Code::unused_team, "team a\nteam b\n").empty());
    CHECK(
        said_by(Code::unused_team, "team a\nteam b\n" + in_stream("owner: b step x { team: a, process: 1h, lead: 1d }"))
            .empty());
    CHECK(said_by(Code::unused_team, "team a\nteam b\n" + in_stream("step x { team: a, process: 1h, lead: 1d }")) ==
          Said{"team `b` is not used"});
}

TEST_CASE("observations are the findings of the process rules, without what is allowed, each with its stream") {
    const auto checked = tests::compile_text(in_stream("step a { process: 1h, lead: 1d, ca: 40% } step b { process: "
                                                       "1h, lead: 1d, ca: 30%, allow poor-quality \"known\" }") +
                                             "future f of s { change b { ca: 20% } }");
    REQUIRE(checked);
    lint::SharedFigures figures(*checked);
    std::vector<std::pair<std::uint32_t, std::string>> seen;
    for (const lint::Finding& one : lint::observe(*checked, {}, figures))
        seen.emplace_back(one.place.stream.index, one.diagnostic.message);
    const std::string text = "only 40.0% of the output of step `a` can be used as it is";
    CHECK(seen == std::vector<std::pair<std::uint32_t, std::string>>{{0, text}, {1, text}});
}

TEST_CASE("every rule takes every map there can be") {
    std::size_t findings = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        const tests::RandomMap map = tests::MapMaker(seed, seed % 2 == 0).make();
        const auto checked = tests::compile_text(map.text);
        INFO("seed " << seed << "\n" << map.text);
        REQUIRE(checked);
        lint::RuleSet rules;
        rules.process_rules = true;
        rules.as_of = Date{2026, 11, 25};
        Diagnostics found;
        lint::lint(*checked, rules, found);
        findings += found.all().size();
        for (const Diagnostic& one : found.all()) CHECK(one.range.end <= map.text.size());
    }
    CHECK(findings > 1000);
}

TEST_CASE(
    "double-counted-wait: a wait and a queue for the same thing, whatever their lengths, and two pauses of one title") {
    const auto said = [](const std::string& pauses) {
        return said_by(Code::double_counted_wait, in_stream("demand: 200/d step a { process: 1h, wait: 1h } " + pauses +
                                                            " step b { process: 1h, wait: 0h }"))
            .size();
    };
    CHECK(said_by(Code::double_counted_wait,
                  in_stream("demand: 200/d step a { process: 1h, wait: 1h } wait 1.5d \"For an adjustor\" queue 5 "
                            "\"For an adjustor\" step b { process: 1h, wait: 0h }")) ==
          Said{"wait `For an adjustor` takes 1d4h, and queue `For an adjustor` right after it waits another 12min"});
    CHECK(said("queue 5 wait 1.5d") == 1);
    CHECK(said("wait 1d \"Waiting for an adjustor\" queue 5 \"Adjustor\"") == 1);
    CHECK(said("wait 1d \"Release window\" queue 5 \"Ready for review\"") == 0);
    CHECK(said("wait 1d \"x\" wait 1d \"y\"") == 0);
    CHECK(said("wait 1d \"x\" wait 1d \"x\"") == 1);
    CHECK(said("wait 1d queue 5 wait 2d \"Board\"") == 2);
    CHECK(said("stage one { wait 1d } stage two { queue 5 step c { process: 1h, wait: 0h } }") == 1);
}

TEST_CASE("double-counted-wait: the wait of a step is compared with every pause before it") {
    CHECK(said_by(Code::double_counted_wait,
                  in_stream(
                      "step a { process: 1h, wait: 1h } wait 1d \"x\" wait 1d \"y\" step b { process: 1h, wait: 1d }"))
              .size() == 2);
}

TEST_CASE("long-automated: days of a machine are asked about, hours are taken as written") {
    const auto said = [](const std::string& times) {
        return said_by(Code::long_automated, in_stream("step a { kind: automated, " + times + " }"));
    };
    CHECK(said("process: 1h, lead: 1d") ==
          Said{"automated step `a` has a lead time of 1 working day: 8h on the clock"});
    CHECK(said("process: 1d, lead: 2w") ==
          Said{"automated step `a` has a lead time of 10 working days: 80h on the clock"});
    CHECK(said("process: 1h, lead: 8h").empty());
    CHECK(said("process: 24h, lead: 24h").empty());
    CHECK(said("process: 16h, lead: 17h") == Said{"automated step `a` runs 2d, longer than a working day of 8h"});
    CHECK(said_by(Code::long_automated,
                  "stream s { calendar: 24h/d 7d/w step a { kind: automated, process: 1d, lead: 2d } }")
              .empty());
    CHECK(said_by(Code::long_automated, in_stream("step a { process: 1d, lead: 2d }")).empty());
}
