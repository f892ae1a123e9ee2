// The load of people whose work is unknown, or who have none.
#include <doctest/doctest.h>

#include "runtime/figures/absent.h"
#include "runtime/figures/goals.h"
#include "runtime/figures/load.h"
#include "tests/support/compile.h"

namespace vsm::runtime {
namespace {

using doctest::Approx;
using ir::Metric;

struct Measured {
    explicit Measured(std::string_view text) : model(tests::compile_text(text)) {
        REQUIRE(model.has_value());
        all = measure(*model);
    }
    const StreamMetrics& first() const { return all.front(); }
    const ir::Stream& stream() const { return model->stream(first().stream); }
    MetricValue utilization(std::string_view label) const {
        const auto& elements = stream().elements;
        for (std::size_t i = 0; i < elements.size(); ++i)
            if (elements[elements.id_at(i)].label == label)
                return value_of(model->model(), stream(), first(), Metric::element_utilization, elements.id_at(i));
        FAIL("no such element");
        return {};
    }
    MetricValue value(Metric metric) const { return value_of(model->model(), stream(), first(), metric); }
    std::vector<Verdict> verdicts() const {
        std::vector<Verdict> verdicts;
        for (const JudgedTarget& one : judge(*model, first().stream, all)) verdicts.push_back(one.verdict);
        return verdicts;
    }
    std::optional<ir::CheckedModel> model;
    std::vector<StreamMetrics> all;
};

TEST_CASE("a step of several teams is at least as busy as the busiest known one if the work of another is unknown") {
    const Measured map(R"(
team dev { people: 1 }
team ops { people: 1 }
stream s {
  demand: 2/d
  step x { team: [dev, ops], process: 1h, lead: 1d }
  step y { team: ops, process: ?, lead: 1d }
  target x.utilization <= 50%
  target x.utilization <= 20%
  target x.utilization >= 25%
})");
    CHECK_FALSE(map.utilization("x").value.has_value());
    CHECK(map.utilization("x").at_least == Approx(0.25));
    CHECK_FALSE(map.utilization("y").value.has_value());
    CHECK(map.utilization("y").at_least == Approx(0.25));
    CHECK(map.verdicts() == std::vector{Verdict::unknown, Verdict::not_met, Verdict::met});
    CHECK(map.value(Metric::load_constraint).name.empty());
    CHECK(absence_of(map.first(), Metric::load_constraint)->lack == Lack::open_time);
    CHECK(highest_utilization(map.first()) == Approx(0.25));  // of those known
}

TEST_CASE("a step's own people with an unknown repair are at least as busy as with their known work") {
    const Measured map(R"(
stream s {
  demand: 8/d
  step x { people: 2, process: 1h, wait: 0h, rework 10% { process: ?, wait: 0h } }
})");
    CHECK_FALSE(map.utilization("x").value.has_value());
    CHECK(map.utilization("x").at_least == Approx(0.5));
}

TEST_CASE("people whose known work alone is too much are overloaded, whatever the rest is") {
    const Measured map(R"(
team ops { people: 1 }
stream s {
  demand: 8/d
  step x { team: ops, process: 90min, wait: 0h }
  step y { team: ops, process: ?, wait: 0h }
})");
    CHECK(map.utilization("x").at_least == Approx(1.5));
    CHECK(map.value(Metric::wip).endless);
}

TEST_CASE("people who have no work are at 0 %, and limit nothing") {
    const Measured map(R"(
team idle { people: 3 }
stream s {
  demand: 8/d
  step x { people: 1, process: 0min, lead: 1d }
  step y { team: idle, process: 0min, lead: 1d }
  choose {
    branch 0% never { step z { people: 1, process: ?, wait: ? } }
    branch always { step w { process: 1h, wait: 0h } }
  }
  target x.utilization <= 80%
})");
    for (const std::string_view step : {"x", "y", "z"}) CHECK(map.utilization(step).value == 0.0);
    CHECK_FALSE(map.utilization("w").value.has_value());
    CHECK(map.verdicts() == std::vector{Verdict::met});
    CHECK(map.value(Metric::throughput).value == Approx(8.0 / (8 * 3600)));
    CHECK(absence_of(map.first(), Metric::load_constraint)->lack == Lack::no_load);
}

TEST_CASE("no work costs nothing, and needs no stated cost") {
    const Measured map(R"(
team dev { cost: 100/h }
team free { people: 1 }
stream s {
  step x { team: dev, process: 1h, wait: 0h }
  step y { team: free, process: 0h, wait: 1h }
})");
    CHECK(map.value(Metric::cost).value == Approx(100));
}

TEST_CASE("a team that only mends has an unknown load if the share of failures is unknown") {
    const Measured map(R"(
team dev { people: 1 }
team ops { people: 1 }
stream s {
  demand: 4/w
  step build { team: dev, process: 5h, wait: 0min, milestone: production, ca: ? }
}
stream fix {
  recovers: s
  step mend { team: ops, process: 1h, wait: 0min }
})");
    REQUIRE(map.first().load.open.size() == 1);
    CHECK(map.first().load.open.front().lack == Lack::open_recovery_work);
    CHECK_FALSE(map.first().load.open.front().in_stream);
    CHECK(map.value(Metric::throughput).value.has_value());  // it takes nothing from the stream's own people
    CHECK(map.value(Metric::load_constraint).name.empty());
}

}  // namespace
}  // namespace vsm::runtime
