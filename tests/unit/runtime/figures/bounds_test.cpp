// What is known of a figure that depends on a `?`: its bound, its row in each report, its targets.
#include <doctest/doctest.h>

#include <array>
#include <nlohmann/json.hpp>

#include "runtime/figures/absent.h"
#include "runtime/figures/goals.h"
#include "runtime/reports/metrics/report.h"
#include "tests/support/compile.h"

namespace vsm::runtime {
namespace {

using doctest::Approx;
using ir::Metric;

constexpr double hour = 3600.0 * microseconds_per_second, elapsed = 168.0 / 40;

struct Measured {
    explicit Measured(std::string_view text) : model(tests::compile_text(text)) {
        REQUIRE(model.has_value());
        all = measure(*model);
    }
    const StreamMetrics& first() const { return all.front(); }
    MetricValue value(Metric metric) const {
        return value_of(model->model(), model->stream(first().stream), first(), metric);
    }
    Lack lack(Metric metric) const {
        REQUIRE(absence_of(first(), metric) != nullptr);
        return absence_of(first(), metric)->lack;
    }
    std::vector<Verdict> verdicts() const {
        std::vector<Verdict> verdicts;
        for (const JudgedTarget& one : judge(*model, first().stream, all)) verdicts.push_back(one.verdict);
        return verdicts;
    }
    FileMetrics file() const { return {"a.vsm", &*model, all, {}, {}}; }
    std::optional<ir::CheckedModel> model;
    std::vector<StreamMetrics> all;
};

constexpr std::string_view open_wait = R"(
team dev { cost: 100/h }
stream s {
  demand: 10/d
  step build { team: dev, process: 15min, wait: 100d, milestone: commit }
  step test { team: dev, process: ?, wait: 1h }
  step dep { team: dev, process: 15min, wait: ?, milestone: production, ca: ? }
  target lead_time <= 1d
  target dora.change_lead_time <= 1d
  target wip <= 100
  target wip <= 2000
  target cost <= 40
})";

TEST_CASE("change lead time, work in progress, effort and cost are at least those of the known times") {
    const Measured map(open_wait);
    const MetricValue change = map.value(Metric::dora_change_lead_time);
    CHECK_FALSE(change.value.has_value());
    CHECK(*change.at_least / hour == Approx((0.5 + 801) * elapsed));
    CHECK(map.value(Metric::wip).at_least == Approx(10 * 801.5 / 8));
    CHECK(map.value(Metric::effort_fte).at_least == Approx(10 * 0.5 / 8));
    CHECK(map.value(Metric::cost).at_least == Approx(50));
    CHECK(map.verdicts() ==
          std::vector{Verdict::not_met, Verdict::not_met, Verdict::not_met, Verdict::unknown, Verdict::not_met});
}

TEST_CASE("the time between milestones is known if what is unknown lies outside them") {
    const Measured map(R"(
stream s {
  demand: 10/d
  step plan { process: 1h, wait: ? }
  step build { process: 1h, wait: 0h, milestone: commit }
  step dep { process: 1h, wait: 0h, milestone: production }
})");
    CHECK(*map.value(Metric::dora_change_lead_time).value / hour == Approx(2 * elapsed));
    CHECK_FALSE(map.value(Metric::dora_change_lead_time).at_least.has_value());
    CHECK(map.value(Metric::wip).at_least == Approx(10 * 3.0 / 8));
}

TEST_CASE("recovery time and open incidents are at least those of the known times") {
    const Measured map(R"(
stream s {
  demand: 10/d
  step dep { process: 1h, wait: 0h, milestone: production, ca: 90% }
  target dora.failed_deployment_recovery_time <= 2h
}
stream fix {
  recovers: s
  step find { kind: automated, process: 3h, wait: 0h }
  step mend { process: ?, wait: 0h }
})");
    CHECK(*map.value(Metric::dora_failed_deployment_recovery_time).at_least / hour == Approx(3));
    CHECK(map.value(Metric::dora_open_incidents).at_least == Approx(5 * 3 / 168.0));
    CHECK(map.verdicts() == std::vector{Verdict::not_met});
}

TEST_CASE("work in progress is at least that of the known lead time if somebody's load is unknown") {
    const Measured map(R"(
team dev { people: 1 }
stream s {
  demand: 4/w
  step build { team: dev, process: 5h, wait: 0min }
  step deploy { kind: automated, process: 5min, wait: 0min, ca: ? }
}
stream fix {
  recovers: s
  step mend { team: dev, process: 1h, wait: 0min }
})");
    CHECK_FALSE(map.value(Metric::wip).value.has_value());
    CHECK(map.value(Metric::wip).at_least == Approx(4 * (5 + 5.0 / 60) / 40));
}

TEST_CASE("a lead time above 0 is more than a share of itself below 100 %, even if it is unknown") {
    const Measured map(R"(
stream s {
  step build { process: 10min, wait: 100d }
  step dep { process: 10min, wait: ? }
  target lead_time <= 50%
  target lead_time <= 100%
  target lead_time >= 50%
  target wait_time > 100%
})");
    CHECK(map.verdicts() == std::vector{Verdict::not_met, Verdict::met, Verdict::met, Verdict::not_met});
    const Measured nothing(R"(
stream s {
  step dep { process: ?, wait: ? }
  target lead_time <= 50%
})");
    CHECK(nothing.verdicts() == std::vector{Verdict::unknown});  // it may be 0
}

TEST_CASE("a future that is shorter than a share of what is known now meets it") {
    const Measured map(R"(
stream s {
  step build { process: 10min, wait: 100d }
  step dep { process: 10min, wait: ? }
  target lead_time <= 50%
}
future soon of s by 2030-01-01 {
  change build { wait: 1d }
  change dep { wait: 1d }
})");
    CHECK(map.verdicts() == std::vector{Verdict::met_by_future});
}

TEST_CASE("reports tell a production step's %C&A of `?` from a missing one") {
    CHECK(Measured(open_wait).lack(Metric::dora_change_failure_rate) == Lack::open_ca_of);
    CHECK(Measured(open_wait).lack(Metric::dora_break_fix_rate) == Lack::open_ca_of);
    const Measured silent("stream s { demand: 1/d step dep { process: 1h, wait: 0h, milestone: production } }");
    CHECK(silent.lack(Metric::dora_change_failure_rate) == Lack::no_ca_of);
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_CASE("every figure that depends on a `?` has a row in every report, with its bound and the reason") {
    const Measured map(open_wait);
    const std::array files{map.file()};
    const std::string text = metrics_text(files, {});
    CHECK(contains(text, "change lead time      at least 140d6h elapsed, 24 h a day"));
    CHECK(contains(text, "it depends on a time that is not known"));
    CHECK(contains(text, "change failure rate   ? "));
    CHECK(contains(text, "break-fix rate        ? "));
    CHECK(contains(text, "the ca of step dep is not known"));
    CHECK(contains(text, "work in progress   at least 1001 items"));
    CHECK(contains(text, "cost               at least 50"));
    CHECK(contains(text, "not met: change lead time at most 1d; now ≥ 140d6h"));
    CHECK_FALSE(contains(text, "open incidents"));  // no stream recovers this one
    const std::string markdown = metrics_markdown(files, {});
    CHECK(contains(markdown, "| change failure rate | ? |"));
    CHECK(contains(markdown, "at least 140d6h elapsed, 24 h a day"));
}

TEST_CASE("JSON and CSV have the bounds of unknown figures under keys of their own") {
    const Measured map(open_wait);
    const std::array files{map.file()};
    const auto json = nlohmann::json::parse(metrics_json(files)).at("streams").at(0);
    CHECK(json.at("wip").is_null());
    CHECK(json.at("wip_at_least") == Approx(10 * 801.5 / 8));
    CHECK(json.at("effort_fte_at_least") == Approx(0.625));
    CHECK(json.at("cost_at_least") == Approx(50));
    CHECK(json.at("dora").at("change_lead_time").is_null());
    CHECK(json.at("dora").at("change_lead_time_at_least").at("seconds") == Approx(801.5 * elapsed * 3600));
    CHECK(contains(metrics_csv(files), "wip_at_least,effort_fte_at_least,cost_at_least,"
                                       "dora.change_lead_time_at_least_seconds"));
}

}  // namespace
}  // namespace vsm::runtime
