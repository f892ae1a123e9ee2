// Load, DORA keys, targets and futures.
#include <doctest/doctest.h>

#include <array>

#include "runtime/figures/absent.h"
#include "runtime/figures/compare.h"
#include "runtime/figures/goals.h"
#include "runtime/figures/load.h"
#include "tests/support/compile.h"

namespace vsm::runtime {
namespace {

constexpr double second = microseconds_per_second, minute = 60 * second, hour = 60 * minute;

struct Measured {
    explicit Measured(std::string_view text) : model(tests::compile_text(text)) {
        REQUIRE(model.has_value());
        all = measure(*model);
    }
    const StreamMetrics& of(const std::string& name) const {
        for (const StreamMetrics& one : all)
            if (model->stream(one.stream).name.value == name) return one;
        FAIL("no such stream");
        return all.front();
    }
    const ElementMetrics& element(const std::string& stream, const std::string& label) const {
        const StreamMetrics& metrics = of(stream);
        const auto& elements = model->stream(metrics.stream).elements;
        for (std::size_t i = 0; i < elements.size(); ++i)
            if (elements[elements.id_at(i)].label == label) return metrics.elements[elements.id_at(i)];
        FAIL("no such element");
        return metrics.elements[ir::ElementId{0}];
    }
    double team(const std::string& stream, const std::string& name) const {
        for (const TeamLoad& load : of(stream).load.teams)
            if (model->model().teams[load.team].name.value == name) return load.utilization;
        return -1;
    }
    std::vector<JudgedTarget> targets(const std::string& stream) const { return judge(*model, of(stream).stream, all); }
    std::optional<ir::CheckedModel> model;
    std::vector<StreamMetrics> all;
};

using doctest::Approx;

TEST_CASE("E18: Acme Stamping (Learning to See): a takt of 60 s, and the fourth process cannot keep up") {
    const Measured map(R"(
stream acme {
  calendar: 920min/d 5d/w
  demand: 920/d
  wait 5d "Coils"
  step stamping { process: 1s, wait: 0s, people: 1 }
  queue 7000
  step weld1 { process: 39s, wait: 0s, people: 1 }
  queue 1700
  step weld2 { process: 46s, wait: 0s, people: 1 }
  queue 2450
  step assembly1 { process: 62s, wait: 0s, people: 1 }
  queue 1840
  step assembly2 { process: 40s, wait: 0s, people: 1 }
  queue 4140
})");
    CHECK(*map.of("acme").load.takt / second == Approx(60).epsilon(1e-12));
    CHECK(*map.element("acme", "assembly1").utilization == Approx(62.0 / 60).epsilon(1e-12));  // 103.3 %
    CHECK(*map.element("acme", "weld2").utilization == Approx(46.0 / 60).epsilon(1e-12));
    REQUIRE(map.of("acme").load.constraint.has_value());
    const auto* step = std::get_if<ir::ElementId>(&*map.of("acme").load.constraint);
    REQUIRE(step != nullptr);
    CHECK(map.model->stream(map.of("acme").stream).elements[*step].label == "assembly1");
    CHECK(*map.of("acme").load.throughput == Approx(1.0 / 62).epsilon(1e-12));
    CHECK(*map.of("acme").load.effort_fte == Approx(188.0 / 60).epsilon(1e-12));
}

TEST_CASE("without demand there is no load, without people no utilization, and neither is zero") {
    const Measured map(R"(
stream idle { step a { process: 1h, wait: 1h, people: 1 } }
stream busy { demand: 8/d step a { process: 30min, wait: 1h } step b { process: 30min, wait: 1h, people: 1 } })");
    CHECK_FALSE(map.of("idle").load.takt.has_value());
    CHECK_FALSE(map.of("idle").load.throughput.has_value());
    CHECK_FALSE(map.of("idle").load.wip.has_value());
    CHECK_FALSE(map.element("idle", "a").utilization.has_value());
    CHECK_FALSE(map.element("busy", "a").utilization.has_value());
    CHECK(*map.element("busy", "b").utilization == Approx(0.5).epsilon(1e-12));
    CHECK_FALSE(map.of("busy").load.cost.has_value());
    CHECK(*map.of("busy").load.wip == Approx(3).epsilon(1e-12));  // 8 a day, 3 h of 8 h each
}

TEST_CASE("a team's people are shared by its steps, visits, batches and repairs counted; machines have no limit") {
    const Measured map(R"(
team ops { people: 2, available: 50%, cost: 80/h }
team ci "Machines"
stream s {
  demand: 8/d
  step a { team: ops, process: 30min, wait: 0h rework 50% to a }
  step b { team: ops, process: 2h, wait: 0h, batch: 8 rework 50% once { process: 2h, wait: 0h } }
  step c { team: ci, kind: automated, process: 5h, wait: 0h }
})");
    // An item takes 2 · 30 min, and (2 h + half of 2 h) / 8 of b: 82.5 min; 8 of them in one person's day of 8 h.
    CHECK(map.team("s", "ops") == Approx(8 * 82.5 / 480).epsilon(1e-12));
    CHECK(*map.element("s", "a").utilization == map.team("s", "ops"));
    CHECK_FALSE(map.element("s", "c").utilization.has_value());
    CHECK(map.team("s", "ci") == -1);
    CHECK(*map.of("s").load.throughput * 8 * 3600 == Approx(480 / 82.5).epsilon(1e-12));
    CHECK(*map.of("s").load.cost == Approx(80 * 82.5 / 60).epsilon(1e-12));
    CHECK(*map.of("s").load.effort_fte == Approx(8 * 82.5 / 480).epsilon(1e-12));
}

constexpr std::string_view with_recovery = R"(
team ops { people: 1 }
stream s {
  demand: 10/w
  step code { process: 1h, lead: 1d, ca: n/a }
  step build { kind: automated, process: 10min, lead: 30min, milestone: commit, ca: n/a }
  step deploy { team: ops, process: 1h, lead: 8h, ca: 80%, milestone: production }
  step watch { process: 1h, lead: 4h, ca: n/a }
  target lead_time <= 10% by 2027-01-01
  target lead_time < 20h
  target dora.change_lead_time <= 2d
  target rolled_ca from 60% to >= 90% by 2027-03-31
  target pce >= 50%
}
stream recovery { recovers: s step fix { team: ops, process: 2h, lead: 3h } }
future soon of s by 2027-03-31 {
  kaizen "Deploy at once" { change deploy { lead: 2h } }
  change code { lead: 1h }
  change deploy { ca: 95% }
})";

TEST_CASE("teams and steps that are as busy as the busiest are named with it, and those not known besides") {
    const Measured map(R"(
team dev { people: 1 }
team qa { people: 1 }
team ops { people: 1 }
stream s {
  demand: 4/w
  step build { team: dev, process: 5h, wait: 0min }
  step test { team: qa, process: 5h, wait: 0min }
  step check { people: 1, process: 5h, wait: 0min }
  step run { team: ops, process: ?, wait: 0min }
}
)");
    const StreamMetrics& s = map.of("s");
    CHECK(busiest_teams(s).size() == 2);
    CHECK(*highest_utilization(s) == Approx(0.5));
    const ir::Stream& stream = map.model->stream(s.stream);
    std::size_t busy = 0;
    for (std::size_t i = 0; i < stream.elements.size(); ++i)
        busy += is_busiest(stream, s, stream.elements.id_at(i)) ? 1 : 0;
    CHECK(busy == 1);
    REQUIRE(s.load.open.size() == 1);
    CHECK(absence_of(s, ir::Metric::throughput)->lack == Lack::open_time);
}

TEST_CASE("a load that waits for how often something fails elsewhere says so, and names the team") {
    const Measured map(R"(
team dev { people: 1 }
stream s {
  demand: 4/w
  step build { team: dev, process: 5h, wait: 0min }
  step deploy { kind: automated, process: 5min, wait: 0min }
}
stream fix {
  recovers: s
  step mend { team: dev, process: 1h, wait: 0min }
}
)");
    const StreamMetrics& s = map.of("s");
    REQUIRE(absence_of(s, ir::Metric::throughput) != nullptr);
    CHECK(absence_of(s, ir::Metric::throughput)->lack == Lack::open_recovery_work);
    CHECK(absence_of(s, ir::Metric::wip)->lack == Lack::open_recovery_work);
    CHECK(text_of(map.model->model(), map.model->stream(s.stream), *absence_of(s, ir::Metric::throughput)) ==
          "the share of failures that reaches team `dev` is not known");
}

TEST_CASE("no change lead time is said of items that never come to production") {
    const Measured map(R"(
stream s {
  step build { process: 1h, wait: 0min }
  choose {
    branch 70% ship { step deploy { process: 1h, wait: 0min, milestone: production } }
    branch drop { step close { process: 10h, wait: 0min } }
  }
}
)");
    CHECK(!map.of("s").dora.change_lead_time);
    REQUIRE(absence_of(map.of("s"), ir::Metric::dora_change_lead_time) != nullptr);
    CHECK(absence_of(map.of("s"), ir::Metric::dora_change_lead_time)->lack == Lack::passed_by_some);
}

TEST_CASE("DORA's keys follow from the map, elapsed, from commit to production") {
    const Measured map(with_recovery);
    const Dora& dora = map.of("s").dora;
    CHECK(dora.change_lead_time->value / hour == Approx(0.5 + 8 * 168.0 / 40).epsilon(1e-12));
    CHECK(dora.deployment_frequency->value * 40 * 3600 == Approx(10).epsilon(1e-12));
    CHECK(dora.change_failure_rate->value == Approx(0.2).epsilon(1e-12));
    CHECK(dora.failed_deployment_recovery_time->value / hour == Approx(3).epsilon(1e-12));
    CHECK(dora.break_fix_rate->value * 40 * 3600 == Approx(2).epsilon(1e-12));
    CHECK(dora.open_incidents->value == Approx(2 * 3 / 168.0).epsilon(1e-12));
    CHECK_FALSE(dora.change_lead_time->stated);
    // 10 h a week of deployments and 2 · 2 h of failures, in 40 h
    CHECK(map.team("s", "ops") == Approx(14.0 / 40).epsilon(1e-12));
}

TEST_CASE("rework before the commit does not count in the change lead time, rework after it does") {
    const Measured map(R"(
stream s {
  step a { process: 1h, wait: 0h rework 50% to a }
  step b { process: 1h, wait: 0h, milestone: commit }
  step c { process: 1h, wait: 0h, milestone: production rework 50% to b }
  step d { process: 1h, wait: 0h rework 50% to b }
})");
    CHECK(map.of("s").dora.change_lead_time->value / hour == Approx(4 * 168.0 / 40).epsilon(1e-12));
}

TEST_CASE("stated DORA figures stand before derived ones, which are kept beside them") {
    const Measured map(
        "stream s { demand: 10/w, deploys: 4/w, change_failure: 10% step a { process: 1h, lead: 1d, ca: 80% } }");
    const Dora& dora = map.of("s").dora;
    CHECK(dora.deployment_frequency->stated);
    CHECK(dora.deployment_frequency->value * 40 * 3600 == Approx(4).epsilon(1e-12));
    CHECK(*dora.deployment_frequency->derived * 40 * 3600 == Approx(10).epsilon(1e-12));
    CHECK(dora.change_failure_rate->value == Approx(0.1).epsilon(1e-12));
    CHECK(*dora.change_failure_rate->derived == Approx(0.2).epsilon(1e-12));
}

TEST_CASE("targets are judged for the stream and its futures, against dates, shares of now and what is unknown") {
    const Measured map(with_recovery);
    const auto targets = map.targets("s");
    REQUIRE(targets.size() == 5);
    CHECK(targets[0].verdict == Verdict::not_met);  // 7.5 h > 2.05 h
    CHECK(*targets[0].bound / hour == Approx(2.05).epsilon(1e-12));
    CHECK(targets[1].verdict == Verdict::met_by_future);
    CHECK(targets[2].verdict == Verdict::met);  // days of 24 h: 34.1 h
    CHECK(targets[3].verdict == Verdict::met_by_future);
    CHECK(*targets[3].progress == Approx((0.8 - 0.6) / (0.9 - 0.6)).epsilon(1e-12));
    CHECK(targets[4].verdict == Verdict::unknown);
    const Measured late("stream s { step a { process: 1h, lead: 1d } target lead_time <= 2h by 2027-01-01 } future f "
                        "of s by 2027-02-01 { change a { lead: 2h } }");
    CHECK(late.targets("s").front().verdict == Verdict::met_too_late);
}

TEST_CASE("what the parts of a future do adds up to what it does") {
    const Measured map(with_recovery);
    const Comparison comparison = compare(*map.model, map.of("soon"), map.of("s"));
    REQUIRE(comparison.contributions.size() == 3);
    CHECK(comparison.contributions[0].kaizens.size() == 1);
    CHECK(comparison.contributions[1].kaizens.empty());
    for (std::size_t k = 0; k < comparison.differences.size(); ++k) {
        if (!comparison.differences[k].change()) continue;
        double sum = 0;
        for (const Contribution& one : comparison.contributions) sum += one.differences[k].change().value_or(0);
        CHECK(sum == Approx(*comparison.differences[k].change()).epsilon(1e-9));
    }
    CHECK(*comparison.contributions[0].differences[0].change() / hour == Approx(-6).epsilon(1e-12));
}

TEST_CASE("edits that make no sound map by themselves count together") {
    const Measured map(R"(
stream s { choose { branch 70% x { step a { process: 1h, lead: 10h } } branch 30% y { step b { process: 1h, lead: 1h } } } }
future f of s { change x { share: 10% } change y { share: 90% } change a { lead: 5h } })");
    const Comparison comparison = compare(*map.model, map.of("f"), map.of("s"));
    REQUIRE(comparison.contributions.size() == 2);
    CHECK(comparison.contributions[0].edits == std::vector<std::size_t>{0, 1});
    CHECK(*comparison.contributions[0].differences[0].change() / hour == Approx(-5.4).epsilon(1e-12));
    CHECK(*comparison.contributions[1].differences[0].change() / hour == Approx(-0.5).epsilon(1e-12));
}

TEST_CASE("the order of futures, teams and targets changes no figure and no verdict") {
    const std::string stream =
        "stream s { demand: 10/w step a { team: x, process: 1h, lead: 1d } step b { team: y, process: 2h, lead: 1d } ";
    const std::string t1 = "target lead_time <= 1d ", t2 = "target process_time <= 1h ",
                      f1 = "future f of s { change a { lead: 2h } } ", f2 = "future g of s { remove b } ";
    const std::string x = "team x { people: 1 } ", y = "team y { people: 2 } ";
    const Measured one(x + y + stream + t1 + t2 + "} " + f1 + f2), other(f2 + f1 + y + stream + t2 + t1 + "} " + x);
    for (const std::string name : {"s", "f", "g"}) {
        CHECK(one.of(name).mean == other.of(name).mean);
        CHECK(one.of(name).expected == other.of(name).expected);
        CHECK(one.of(name).load.wip == other.of(name).load.wip);
        CHECK(one.team(name, "x") == other.team(name, "x"));
    }
    CHECK(one.targets("s")[0].verdict == other.targets("s")[1].verdict);
    CHECK(one.targets("s")[1].verdict == other.targets("s")[0].verdict);
}

TEST_CASE("an expected figure is rounded to the digits of the value") {
    const auto met = [](const std::string& expectation) {
        const Measured map("stream s { step a { process: 50min, lead: 1d4h20min, ca: 66.66% } expect " + expectation +
                           " }");
        const ir::Stream& stream = map.model->stream(map.of("s").stream);
        const ir::Expectation& one = stream.expectations.front();
        return holds(value_of(map.model->model(), stream, map.of("s"), one.metric.metric), one, stream.calendar) ==
               Answer::yes;
    };
    CHECK(met("lead_time = 1d4h"));
    CHECK(met("lead_time = 1.5d"));
    CHECK(met("lead_time = 12.3h"));
    CHECK_FALSE(met("lead_time = 1d5h"));
    CHECK_FALSE(met("lead_time = 12.34h"));
    CHECK(met("lead_time = 12.333333h"));
    CHECK(met("rolled_ca = 67%"));
    CHECK(met("rolled_ca = 66.7%"));
    CHECK_FALSE(met("rolled_ca = 66.6%"));
    CHECK_FALSE(met("rolled_ca >= 66.7%"));
    CHECK(met("rolled_ca >= 66.66%"));
}

TEST_CASE("of an unknown figure its bound decides wherever every value beyond it gives the same answer") {
    using ir::Relation;
    constexpr std::array all{Relation::at_most, Relation::at_least, Relation::below, Relation::above, Relation::equal};
    const auto answers = [&](const MetricValue& figure) {
        std::string text;
        for (const Relation relation : all) {
            const Answer answer = holds(figure, relation, 2);
            text += answer == Answer::yes ? 'y' : answer == Answer::no ? 'n' : '?';
        }
        return text;
    };
    const auto at_least = [&](double end) { return answers({std::nullopt, end, std::nullopt, {}}); };
    const auto at_most = [&](double end) { return answers({std::nullopt, std::nullopt, end, {}}); };
    //                            <=   >=   <    >    =
    CHECK(at_least(3) == "nynyn");
    CHECK(at_least(2) == "?yn??");
    CHECK(at_least(2 * (1 - 1e-12)) == "?yn??");
    CHECK(at_least(1) == "?????");
    CHECK(at_most(1) == "ynynn");
    CHECK(at_most(2) == "y??n?");
    CHECK(at_most(3) == "?????");
    CHECK(answers({std::nullopt, 1.0, 2.0, {}}) == "y??n?");
    CHECK(answers(MetricValue{}) == "?????");
}

TEST_CASE("strict goals are met by what is known") {
    const auto answer = [](const std::string& expectation) {
        const Measured map("stream s { step a { process: 1h, lead: 3d, ca: 50% } "
                           "step c { process: 1h, lead: ?, ca: ? } expect " +
                           expectation + " }");
        const ir::Stream& stream = map.model->stream(map.of("s").stream);
        const ir::Expectation& one = stream.expectations.front();
        return holds(value_of(map.model->model(), stream, map.of("s"), one.metric.metric), one, stream.calendar);
    };
    CHECK(answer("lead_time > 2d") == Answer::yes);
    CHECK(answer("lead_time >= 2d") == Answer::yes);
    CHECK(answer("lead_time > 3d1h") == Answer::unknown);
    CHECK(answer("lead_time < 3d1h") == Answer::no);
    CHECK(answer("rolled_ca < 60%") == Answer::yes);
    CHECK(answer("rolled_ca < 50%") == Answer::unknown);
    CHECK(answer("rolled_ca > 50%") == Answer::no);
}

}  // namespace
}  // namespace vsm::runtime
