// Edge cases of figures, computed by hand: overload, repairs, redundant names, rework in graphs, queues in loops,
// absent figures.
#include <doctest/doctest.h>

#include <algorithm>

#include "runtime/figures/absent.h"
#include "runtime/figures/metric_values.h"
#include "runtime/metrics.h"
#include "tests/support/compile.h"
#include "tests/support/rounds.h"
#include "tests/unit/runtime/figures/random_map.h"

namespace vsm::runtime {
namespace {

using doctest::Approx;
using ir::Metric;

constexpr double second = microseconds_per_second, minute = 60 * second, hour = 60 * minute;

struct Map {
    explicit Map(const std::string& text) : model(tests::compile_text(text)) {
        INFO(text);
        REQUIRE(model.has_value());
        all = measure(*model);
    }
    const StreamMetrics& of(std::string_view name) const {
        for (const StreamMetrics& one : all)
            if (model->stream(one.stream).name.value == name) return one;
        FAIL("no such stream");
        return all.front();
    }
    const ElementMetrics& element(std::string_view stream, std::string_view label) const {
        const auto& elements = model->stream(of(stream).stream).elements;
        for (std::size_t i = 0; i < elements.size(); ++i)
            if (elements[elements.id_at(i)].label == label) return of(stream).elements[elements.id_at(i)];
        FAIL("no such element");
        return of(stream).elements[ir::ElementId{0}];
    }
    double lead(std::string_view stream, double unit = hour) const {
        return of(stream).expected.lead_time.microseconds / unit;
    }
    double visits(std::string_view stream, std::string_view label) const {
        return element(stream, label).visits.value_or(-1);
    }
    double team(std::string_view stream, std::string_view name) const {
        for (const TeamLoad& load : of(stream).load.teams)
            if (model->model().teams[load.team].name.value == name) return load.utilization;
        return -1;
    }
    /// The reason why a figure is absent, in words.
    std::string why(std::string_view stream, Metric metric) const {
        const Absent* absent = absence_of(of(stream), metric);
        return absent == nullptr ? "" : text_of(model->model(), model->stream(of(stream).stream), *absent);
    }
    std::optional<ir::CheckedModel> model;
    std::vector<StreamMetrics> all;
};

// ---- overload ----

TEST_CASE("work in progress grows without end where more comes than can be done, and is the demand times the lead time "
          "up to there") {
    const auto with_people = [](int people) {
        return Map("stream s { demand: 10/d queue 100 step a { process: 96min, wait: 0d, people: " +
                   std::to_string(people) + " } }");
    };
    const Map over = with_people(1), full = with_people(2), easy = with_people(3);
    CHECK(*over.element("s", "a").utilization == Approx(2).epsilon(1e-12));
    CHECK_FALSE(over.of("s").load.wip.has_value());
    CHECK(over.why("s", Metric::wip) == "grows without end: step `a` gets more work than it can do");
    CHECK(over.element("s", "@queue-1").lead_time.microseconds / (8 * hour) ==
          Approx(10).epsilon(1e-12));  // 100 at 10 a day, as stated
    CHECK(*over.of("s").load.throughput * 8 * 3600 == Approx(5).epsilon(1e-12));
    CHECK(*full.element("s", "a").utilization == Approx(1).epsilon(1e-12));
    CHECK(*full.of("s").load.wip == Approx(102).epsilon(1e-12));  // the queue's 100, and 2 in the step
    CHECK(*easy.of("s").load.wip == Approx(102).epsilon(1e-12));
}

TEST_CASE("what grows without end is beyond every bound") {
    const Map map("stream s { demand: 10/d step a { process: 96min, wait: 0d, people: 1 } }");
    const MetricValue wip =
        value_of(map.model->model(), map.model->stream(map.of("s").stream), map.of("s"), Metric::wip);
    CHECK(wip.endless);
    CHECK_FALSE(wip.value.has_value());
}

TEST_CASE("with nobody's people stated there is no throughput, and as much is in progress and deployed as comes in") {
    const Map map("stream s { demand: 8/d step a { process: 30min, wait: 2h30min } step b { process: 30min, wait: "
                  "30min, batch: 4 } }");
    CHECK_FALSE(map.of("s").load.throughput.has_value());
    CHECK(map.why("s", Metric::throughput) == "neither a step with process time nor the team of one has `people`");
    CHECK(*map.of("s").load.wip == Approx(4).epsilon(1e-12));
    CHECK(map.of("s").dora.deployment_frequency->value * 8 * 3600 == Approx(2).epsilon(1e-12));
}

// ---- repairs and effort ----

TEST_CASE("repairs of the stream that recovers load their teams, each time the step is visited") {
    // 40 · (6 min + 3 min / 2) a week are 5 h. A quarter of 20 deployments fail: 5 · 2 visits of 30 min and 5 · 2
    // repairs of 2 h are 25 h.
    const std::string own = R"(
team ops { people: 1 }
team dev { people: 2 }
stream a { demand: 40/w
  step s1 { process: 6min, wait: 1h, team: ops }
  step s2 { process: 3min, wait: 1d, team: ops, ca: 75%, batch: 2 }
}
)";
    const Map map(own + "stream r { recovers: a step f { process: 30min, wait: 30min, team: ops rework 50% to f rework "
                        "50% { process: 2h, wait: 0h } } }");
    CHECK(map.team("a", "ops") == Approx(30.0 / 40).epsilon(1e-12));
    CHECK(map.team("a", "dev") == -1);
    const Map others(own + "stream r { recovers: a step f { process: 30min, wait: 30min, team: ops rework 50% once { "
                           "process: 2h, wait: 0h, team: dev } } }");
    CHECK(others.team("a", "ops") == Approx(7.5 / 40).epsilon(1e-12));
    CHECK(others.team("a", "dev") ==
          Approx(5.0 / 80).epsilon(1e-12));  // half of five failures, 2 h each; dev has no other work
}

TEST_CASE("those who repair what a machine did are people, and the machine itself is not") {
    const Map map(R"(
team ci {}
team dev { people: 1, cost: 100/h }
stream s { demand: 8/d
  step build { kind: automated, team: ci, process: 1h, wait: 0h rework 25% once { process: 2h, wait: 0h, team: dev } }
})");
    CHECK(map.team("s", "dev") == Approx(8 * 0.5 / 8).epsilon(1e-12));
    CHECK(*map.of("s").load.effort_fte == Approx(0.5).epsilon(1e-12));
    CHECK(*map.of("s").load.cost == Approx(50).epsilon(1e-12));
}

TEST_CASE("effort is that of people: each team of a step in full, machines and suppliers not at all") {
    const Map map(R"(
stream s { demand: 8/d
  step pair { team: [dev, qa], process: 30min, wait: 0h }
  step alone { process: 15min, wait: 0h }
  step own { team: [dev, qa], people: 2, process: 15min, wait: 0h }
  step build { kind: automated, process: 3h, wait: 0h }
  step print { kind: external, process: 1h, lead: 1d }
  step watched { kind: automated, people: 1, process: 6min, wait: 0h }
})");
    // 2 · 30 min + 15 min + 15 min + 6 min for each of 8 items in a day of 8 h
    CHECK(*map.of("s").load.effort_fte == Approx(8 * 96.0 / 480).epsilon(1e-12));
}

TEST_CASE("a team that is never there is refused where it says so") {
    const std::string rest = "stream a { demand: 40/w step s { process: 1h, wait: 1h, team: ops } }";
    CHECK(tests::diagnose("team ops { people: 3 available: 0% }\n" + rest)
              .find("a team that is never available cannot do any work") != std::string::npos);
    const Map tenth("team ops { people: 3 available: 10% }\n" + rest);
    CHECK(tenth.team("a", "ops") == Approx(40.0 / 12).epsilon(1e-12));
}

// ---- the order of a graph ----

TEST_CASE("a name after `after` that others come before anyhow changes no figure") {
    const auto with = [](const std::string& after) {
        return "step plan { process: 1h, wait: 1h } step design { process: 1h, wait: 1h } step build { process: 1h, "
               "wait: 1h rework 50% to design } "
               "step docs { process: 1h, wait: 1h } step deploy { process: 1h, wait: 9h, after: " +
               after + " }";
    };
    const Map map("stream a { " + with("build") + " } stream b { " + with("[plan, build]") + " } stream c { " +
                  with("[build, plan, design, build]") + " }");
    for (const std::string_view name : {"b", "c"}) {
        CHECK(map.of(name).mean == map.of("a").mean);
        CHECK(map.of(name).expected == map.of("a").expected);
        CHECK(map.of(name).handoffs == map.of("a").handoffs);
        for (const std::string_view step : {"plan", "design", "build", "docs", "deploy"})
            CHECK(map.visits(name, step) == map.visits("a", step));
    }
}

constexpr std::string_view three_steps = "step build { process: 1h, wait: 0h } step test { process: 1h, wait: 0h "
                                         "rework 50% to build } step deploy { process: 10h, wait: 0h }";

TEST_CASE("rework found at a step stops what follows it, in a graph as in a branch") {
    const std::string steps(three_steps);
    const std::string in_graph =
        "step build { process: 1h, wait: 0h, after: start } " + steps.substr(steps.find("step test"));
    const Map map("stream graph { step docs { process: 1h, wait: 0h } " + in_graph +
                  " } stream branch { parallel { step docs { process: 1h, wait: 0h } branch { " + steps +
                  " } } } stream alone { " + steps + " }");
    for (const std::string_view name : {"graph", "branch", "alone"}) {
        CHECK(map.lead(name) == Approx(14).epsilon(1e-12));
        CHECK(map.visits(name, "test") == Approx(2).epsilon(1e-12));
        CHECK(map.visits(name, "deploy") == Approx(1).epsilon(1e-12));
        CHECK(map.of(name).expected.total_process_time.microseconds / hour ==
              Approx(name == "alone" ? 14 : 15).epsilon(1e-12));
    }
}

TEST_CASE("a graph that could be written with `parallel` has the figures of that") {
    const std::string b_and_c =
        "step b { process: 2h, wait: 0h } step c { process: 1h, wait: 0h rework 50% to b rework 10% to a } ";
    const std::string ends = "step d { process: 1h, wait: 0h, ", x = "step x { process: 50h, wait: 0h, ";
    const std::string a = "step a { process: 1h, wait: 0h } ";
    const Map map("stream graph { " + a + b_and_c + x + "after: a rework 20% to a } " + ends +
                  "after: [c, x] } } stream nested { " + a + "parallel { branch { " + b_and_c + "} " + x +
                  "rework 20% to a } } " + ends + "} }");
    // c requests a with 0.1 / 0.5, x with 0.2: an item visits the whole 1 / 0.64 times.
    for (const std::string_view name : {"graph", "nested"}) {
        CHECK(map.lead(name) == Approx(51 / 0.64 + 1).epsilon(1e-12));
        CHECK(map.visits(name, "b") == Approx(2 / 0.64).epsilon(1e-12));
        CHECK(map.visits(name, "x") == Approx(1 / 0.64).epsilon(1e-12));
        CHECK(map.visits(name, "d") == Approx(1).epsilon(1e-12));
    }
}

TEST_CASE(
    "where a graph is no `parallel`, what runs beside the rework finishes, and what waits for it does not begin") {
    // c after a, d after a and b: a graph that is not series-parallel. Half of the items at c go back to a; e waits for
    // c, and for d.
    const Map map(R"(
stream s {
  step a { process: 2h, wait: 0h, after: start }
  step b { process: 3h, wait: 0h, after: start }
  step c { process: 1h, wait: 0h, after: a rework 50% to a }
  step d { process: 1h, wait: 0h, after: [a, b] }
  step e { process: 4h, wait: 0h, after: [c, b] }
  step f { process: 1h, wait: 0h, after: [d, e] }
})");
    CHECK(map.visits("s", "a") == Approx(2).epsilon(1e-12));
    CHECK(map.visits("s", "b") == Approx(1).epsilon(1e-12));
    CHECK(map.visits("s", "c") == Approx(2).epsilon(1e-12));
    CHECK(map.visits("s", "d") == Approx(2).epsilon(1e-12));
    CHECK(map.visits("s", "e") == Approx(1).epsilon(1e-12));
    CHECK(map.visits("s", "f") == Approx(1).epsilon(1e-12));
    // First b, then half of e: 3 h + 2 h; with probability 1/2 again, and so on, a, c and half of e: 2 h + 1 h + 2 h;
    // then f.
    CHECK(map.lead("s") == Approx(5 + 5 + 1).epsilon(1e-12));
}

TEST_CASE(
    "where somebody who asked would not run again from the earliest place asked for, the part begins again whole") {
    const Map map(R"(
stream s {
  step b { process: 1h, wait: 0h, after: start }
  step a { process: 1h, wait: 0h, after: start }
  step c { process: 1h, wait: 0h, after: a rework 50% to a }
  step d { process: 1h, wait: 0h, after: [a, b] rework 50% to b }
})");
    // Of all runs of the whole (w), or from a onward (v: a, c and d), a quarter continues, a quarter restarts at a (c
    // requests it), a quarter at b (d requests it), and a quarter restarts as a whole (both do; from b, the earlier
    // target, c would not run again). From b onward (u: b and d), half restarts there.
    // w = 1 + (w + v) / 4, v = (w + v) / 4, u = (w + v) / 4 + u / 2: w = 1.5, v = 0.5, u = 1.
    CHECK(map.visits("s", "a") == Approx(1.5 + 0.5).epsilon(1e-12));
    CHECK(map.visits("s", "b") == Approx(1.5 + 1).epsilon(1e-12));
    CHECK(map.visits("s", "c") == Approx(1.5 + 0.5).epsilon(1e-12));
    CHECK(map.visits("s", "d") == Approx(1.5 + 0.5 + 1).epsilon(1e-12));
}

// ---- queues ----

TEST_CASE("of a queue that items come by more or less often than drawn the items stay as stated") {
    const Map map(R"(
stream loop { demand: 40/w queue ready 12 step s1 { process: 1min, wait: 0h rework 50% to ready } }
stream plain { demand: 40/w queue ready 12 step s1 { process: 1min, wait: 0h } }
stream chosen { demand: 40/w
  step z { process: 0min, wait: 0h }
  choose { branch 25% { queue ready 12 step a { process: 1min, wait: 0h rework 50% to ready } } branch 75% {} }
})");
    // 12 items at 40 a week are 0.3 w, or 12 h for each item, however often it visits the queue.
    CHECK(map.lead("plain", minute) == Approx(720 + 1).epsilon(1e-12));
    CHECK(map.lead("loop", minute) == Approx(720 + 2).epsilon(1e-12));
    CHECK(map.lead("chosen", minute) == Approx(720 + 0.5).epsilon(1e-12));
    CHECK(*map.of("plain").load.wip == Approx(12 + 1.0 / 60).epsilon(1e-12));
    CHECK(*map.of("loop").load.wip == Approx(12 + 2.0 / 60).epsilon(1e-12));
    CHECK(*map.of("chosen").load.wip == Approx(12 + 0.5 / 60).epsilon(1e-12));
    CHECK(map.visits("loop", "ready") == Approx(2).epsilon(1e-12));
    CHECK(map.element("loop", "ready").rework_time == 0);
}

TEST_CASE("a lever that takes rework away leaves the items of the queue in its loop where they are") {
    const Map map("stream s { demand: 40/w queue ready 12 step s1 { process: 1h, wait: 0h rework 50% to ready } step "
                  "s2 { process: 1h, wait: 0h } }");
    for (const Lever& lever : map.of("s").levers) {
        const auto& label = map.model->stream(map.of("s").stream).elements[lever.element].label;
        if (lever.change == Change::rework_gone) CHECK(lever.saved / hour == Approx(1).epsilon(1e-12));
        if (lever.change == Change::removed && label == "s1") CHECK(lever.saved / hour == Approx(2).epsilon(1e-12));
        if (lever.change == Change::wait_halved && label == "ready")
            CHECK(lever.saved / hour == Approx(6).epsilon(1e-12));
    }
}

// ---- DORA ----

TEST_CASE(
    "without a milestone only a step that every item passes and that no step follows brings changes into production") {
    const auto production = [](const std::string& body) {
        const Map map("stream s { demand: 40/w " + body + " }");
        if (!map.of("s").dora.deployment_frequency)
            CHECK(map.why("s", Metric::dora_deployment_frequency) ==
                  "add `milestone: production`: there is no single last step that every item passes through");
        return map.of("s").dora.change_failure_rate ? 100 * map.of("s").dora.change_failure_rate->value : -1.0;
    };
    const std::string a = "step a { process: 1h, wait: 0h, ca: 90% } ",
                      b = "step b { process: 1h, wait: 0h, ca: 80% } ";
    CHECK(production(a + b) == Approx(20));
    CHECK(production(a + b + "wait 1d") == Approx(20));
    CHECK(production(a + "stage t { " + b + " }") == Approx(20));
    CHECK(production(a + "choose { branch 90% { " + b +
                     " } branch 10% { step hot { process: 5min, wait: 0h, ca: 20% } } }") == -1);
    CHECK(production(a + "choose { branch 90% { " + b + " } branch 10% {} }") == -1);
    CHECK(production("parallel { " + a + b + " }") == -1);
    CHECK(production(a + "parallel { branch { wait 1h } branch { " + b + " } }") == Approx(20));
    CHECK(production(a + "step b { process: 1h, wait: 0h, after: start, ca: 80% }") == -1);
    CHECK(production(a + b + "wait w 1h { after: a }") == Approx(20));
    CHECK(production("step a { process: 1h, wait: 0h, ca: 90%, milestone: production } " + b) == Approx(10));
}

TEST_CASE("the deployment rework rate is the part of the deployments that items make which were in production before") {
    const Map map(R"(
stream s {
  step build { process: 1h, wait: 0h }
  step test { process: 1h, wait: 0h rework 50% to build }
  step deploy { process: 1h, wait: 0h, milestone: production }
  step watch { process: 1h, wait: 0h rework 20% to build }
}
stream early { step build { process: 1h, wait: 0h } step test { process: 1h, wait: 0h rework 50% to build } step deploy { process: 1h, wait: 0h, milestone: production } }
stream hot {
  step z { process: 1h, wait: 0h }
  choose way {
    branch 25% { step deploy { process: 1h, wait: 0h, milestone: production } }
    branch 75% {}
  }
  step watch { process: 1h, wait: 0h rework 50% to way }
})");
    // 1 / 0.8 = 1.25 deployments per item, of which one is the first.
    CHECK(map.of("s").dora.deployment_rework_rate->value == Approx(0.2).epsilon(1e-12));
    CHECK_FALSE(map.of("early").dora.deployment_rework_rate.has_value());
    CHECK(map.why("early", Metric::dora_deployment_rework_rate) ==
          "no rework leads from step `deploy`, or from after it, back to it or before it");
    // Two choices per item: half a deployment; an item is never deployed with 3/4 · 1/2 + (3/4 · 1/2)² · … = (3/8) / (1
    // − 3/8) = 3/5.
    CHECK(map.of("hot").dora.deployment_rework_rate->value == Approx(1 - 0.4 / 0.5).epsilon(1e-12));
}

TEST_CASE("open incidents grow without end where those who mend cannot keep up") {
    const Map map(R"(
team sre { people: 1 }
stream s { demand: 40/w change_failure: 50% step a { process: 1h, wait: 0h } }
stream r { recovers: s step fix { process: 3h, wait: 0h, team: sre } })");
    CHECK(map.team("s", "sre") == Approx(20 * 3.0 / 40).epsilon(1e-12));
    CHECK_FALSE(map.of("s").dora.open_incidents.has_value());
    CHECK(map.why("s", Metric::dora_open_incidents).starts_with("grows without end"));
    CHECK(map.of("s").load.wip.has_value());
}

// ---- absent figures ----

/// The figures of the stream without a value that are neither unknown nor absent, or both, and those with a value that
/// are either.
std::string unexplained(const Map& map, const StreamMetrics& metrics) {
    std::string keys;
    for (const ir::MetricInfo& info : ir::all_metrics()) {
        if (info.of_element() || info.key.starts_with("best.") || info.key.starts_with("worst.")) continue;
        const MetricValue value = value_of(map.model->model(), map.model->stream(metrics.stream), metrics, info.metric);
        const bool given = value.value || !value.name.empty();
        const auto unknown = std::count_if(metrics.unknown.begin(), metrics.unknown.end(),
                                           [&](const Unknown& one) { return one.metric == info.metric; });
        const auto absent = std::count_if(metrics.absent.begin(), metrics.absent.end(),
                                          [&](const Absent& one) { return one.metric == info.metric; });
        if (unknown + absent != (given ? 0 : 1)) keys += std::string(info.key) + " ";
    }
    return keys;
}

TEST_CASE("each figure that a map does not give says why, and no other does") {
    for (std::uint64_t seed = 1; seed <= tests::rounds(100); ++seed) {
        const tests::RandomMap random = tests::MapMaker(seed, seed % 2 == 0).make();
        const Map map(random.text);
        INFO("seed " << seed << "\n" << random.text);
        CHECK(unexplained(map, map.all.front()) == "");
    }
    const Map bare("stream s { step a { process: 1h, wait: 1h } }"),
        nothing("stream s { step a { process: 0h, wait: 0h } }");
    CHECK(unexplained(bare, bare.all.front()) == "");
    CHECK(unexplained(nothing, nothing.all.front()) == "");
    CHECK(bare.why("s", Metric::takt) == "the stream has no `demand`");
    CHECK(bare.why("s", Metric::cost) == "no team that works here has a `cost`");
    CHECK(nothing.why("s", Metric::activity_ratio) == "no time passes in this stream");
}

}  // namespace
}  // namespace vsm::runtime
