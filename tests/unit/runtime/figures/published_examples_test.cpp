// The figures of published value stream maps, exact to the digits given in docs/metrics.md, "Published examples".
#include <doctest/doctest.h>

#include <cmath>

#include "runtime/metrics.h"
#include "tests/support/compile.h"

namespace vsm::runtime {
namespace {

constexpr double second = microseconds_per_second, minute = 60 * second, hour = 60 * minute;

StreamMetrics measured(std::string_view text) {
    const auto model = tests::compile_text(text);
    REQUIRE(model.has_value());
    const auto all = measure(*model);
    REQUIRE(all.size() == 1);
    return all.front();
}

/// A known time in some unit.
double in(double unit, const TimeFigure& figure) {
    REQUIRE(figure.known);
    return figure.microseconds / unit;
}

/// A percentage, rounded to a number of decimals.
double percent(const std::optional<double>& share, int digits) {
    REQUIRE(share.has_value());
    const double scale = std::pow(10, digits);
    return std::round(*share * 100 * scale) / scale;
}

TEST_CASE("E01: the basic current-state map of Martin and Osterling") {
    const StreamMetrics metrics = measured(R"(
stream office {
  step a { process: 10min, lead: 1d, ca: 50% }
  step b { process: 5min, lead: 0.5d, ca: 75% }
  step c { process: 120min, lead: 5d, ca: 85% }
  step d { process: 30min, lead: 2d, ca: 99% }
  step e { process: 15min, lead: 1d, ca: 95% }
})");
    CHECK(in(8 * hour, metrics.mean.lead_time) == 9.5);
    CHECK(in(minute, metrics.mean.process_time) == 180);
    CHECK(percent(metrics.mean.activity_ratio, 4) == 3.9474);
    CHECK(percent(metrics.mean.rolled_ca.value, 4) == 29.9784);
}

TEST_CASE("E04: the worked example of ValueTech") {
    const StreamMetrics metrics = measured(R"(
stream feature {
  step request { process: 30min, lead: 5d, ca: 80% }
  step develop { process: 6h, lead: 3d, ca: 50% }
  step review { process: 1h, lead: 1d, ca: 90% }
  step deploy { process: 1h, lead: 7d, ca: 60% }
})");
    CHECK(in(8 * hour, metrics.mean.lead_time) == 16);
    CHECK(in(hour, metrics.mean.process_time) == 8.5);
    CHECK(percent(metrics.mean.activity_ratio, 4) == 6.6406);
    CHECK(percent(metrics.mean.rolled_ca.value, 4) == 21.6);
}

TEST_CASE("E05: the value stream that DORA draws") {
    const StreamMetrics metrics = measured(R"(
stream work {
  step design { process: 2d, lead: 2w, ca: 70% }
  step approval { process: 2h, lead: 1w, ca: 60% }
  step planning { process: 1h, lead: 3w, ca: 60% }
  step development { process: 4d, lead: 1w, ca: 80% }
  step uat { process: 2h, lead: 3d, ca: 50% }
  parallel {
    step testing { process: 1d, lead: 2d, ca: 75% }
    step change { process: 1h, lead: 1w, ca: 90% }
  }
  step deployment { process: 1h, lead: 1w, ca: 80% }
})");
    CHECK(in(8 * hour, metrics.mean.lead_time) == 48);
    CHECK(in(8 * hour, metrics.mean.process_time) == 6.875);
    CHECK(in(8 * hour, metrics.mean.total_process_time) == 7.875);
    CHECK(percent(metrics.mean.activity_ratio, 4) == 14.3229);
    CHECK(percent(metrics.mean.rolled_ca.value, 4) == 5.4432);
    CHECK(metrics.steps == 8);
    const auto place = [&](std::uint32_t id) { return metrics.elements[ir::ElementId{id}].on_timeline; };
    std::size_t beside = 0;
    for (std::uint32_t id = 0; id < metrics.elements.size(); ++id) beside += place(id) == OnTimeline::no;
    CHECK(beside == 2);  // exploratory testing and its branch
}

TEST_CASE("E08: the map of the Dojo Consortium, waits after each step, without its side boxes") {
    const StreamMetrics metrics = measured(R"(
stream dojo {
  step refine { process: 1h, wait: 0h }
  wait 60h
  step refining { process: 2h, wait: 0h }
  wait 6h
  step development { process: 60h, wait: 0h }
  wait 30h
  step review { process: 6h, wait: 0h }
  wait 0.02h
  step build { process: 0.22h, wait: 0h }
  wait 45h
  step deploy { process: 1h, wait: 0h }
  wait 2.5h
  step verify { process: 3h, wait: 0h }
})");
    CHECK(in(hour, metrics.mean.process_time) == doctest::Approx(73.22).epsilon(1e-12));
    CHECK(in(hour, metrics.mean.wait_time) == doctest::Approx(143.52).epsilon(1e-12));
    CHECK(in(hour, metrics.mean.lead_time) == doctest::Approx(216.74).epsilon(1e-12));
    CHECK(percent(metrics.mean.activity_ratio, 4) == 33.7824);
}

TEST_CASE("E10: the CI/CD template of mapvs, where one step adds no value") {
    const StreamMetrics metrics = measured(R"(
stream delivery {
  step feature { process: 16h, wait: 0h, class: va }
  step review { process: 1h, wait: 8h, class: va }
  step tests { process: 0.5h, wait: 0.25h, class: va }
  step staging { process: 0.25h, wait: 0.5h, class: va }
  step qa { process: 2h, wait: 4h, class: va }
  step approval { process: 0.25h, wait: 24h, class: nva }
  step production { process: 0.25h, wait: 0.25h, class: va }
  step monitoring { process: 0.5h, wait: 0h, class: va }
})");
    CHECK(in(hour, metrics.mean.lead_time) == 57.75);
    CHECK(in(hour, metrics.mean.process_time) == 20.75);
    CHECK(percent(metrics.mean.pce, 4) == 35.4978);
    CHECK(percent(metrics.mean.activity_ratio, 4) == 35.9307);
}

TEST_CASE("E13: the platform scaffolding stream") {
    const StreamMetrics metrics = measured(R"(
stream scaffolding {
  step a { process: 4h, wait: 0h, ca: 60% }
  step b { process: 4h, wait: 2h, ca: 50% }
  step c { process: 8h, wait: 4h, ca: 70% }
  step d { process: 2h, wait: 1h, ca: 80% }
  step e { process: 4h, wait: 0h, ca: 30% }
})");
    CHECK(in(hour, metrics.mean.lead_time) == 29);
    CHECK(in(hour, metrics.mean.process_time) == 22);
    CHECK(percent(metrics.mean.activity_ratio, 4) == 75.8621);
    CHECK(percent(metrics.mean.rolled_ca.value, 4) == 5.04);
}

TEST_CASE("E18: the times of Acme Stamping, whose queues move at the pace of the demand") {
    const auto model = tests::compile_text(R"(
stream stamping {
  calendar: 920min/d 5d/w
  demand: 920/d
  wait coils 5d
  step stamp { process: 1s, wait: 0s }
  queue q1 7000
  step weld1 { process: 39s, wait: 0s }
  queue q2 1700
  step weld2 { process: 46s, wait: 0s }
  queue q3 2450
  step assemble1 { process: 62s, wait: 0s }
  queue q4 1840
  step assemble2 { process: 40s, wait: 0s }
  queue q5 4140
})");
    REQUIRE(model.has_value());
    const StreamMetrics metrics = measure(*model).front();
    const ir::Stream& stream = model->stream(metrics.stream);
    const double day = 920 * minute;
    std::vector<double> queues;
    for (const ir::ElementId id : stream.body.elements)
        if (std::holds_alternative<ir::Queue>(stream.elements[id].what))
            queues.push_back(std::round(in(day, metrics.elements[id].lead_time) * 1000) / 1000);
    CHECK(queues == std::vector<double>{7.609, 1.848, 2.663, 2.000, 4.500});
    CHECK(std::round(in(day, metrics.mean.lead_time) * 100) / 100 == 23.62);
    CHECK(in(second, metrics.mean.process_time) == 188);
}

}  // namespace
}  // namespace vsm::runtime
