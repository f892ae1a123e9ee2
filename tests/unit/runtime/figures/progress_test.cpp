// How a value is told beside the bound that it is judged by, and how far it has come.
#include <doctest/doctest.h>

#include <array>

#include "runtime/figures/goals.h"
#include "runtime/reports/metrics/report.h"
#include "runtime/words/apart.h"
#include "tests/support/compile.h"

namespace vsm::runtime {
namespace {

using ir::Metric;

constexpr double minute = 60.0 * microseconds_per_second, hour = 60 * minute;

struct Told {
    explicit Told(std::string_view goals)
        : model(tests::compile_text("stream s {\n  step x { process: 20min, wait: 68h, ca: 50.363775% }\n" +
                                    std::string(goals) + "\n}")) {
        REQUIRE(model.has_value());
        all = measure(*model);
    }
    std::string text() const {
        const FileMetrics file{"a.vsm", &*model, all, {}, {}};
        return metrics_text(std::array{file}, {});
    }
    bool says(std::string_view part) const { return text().find(part) != std::string::npos; }
    std::optional<double> progress() const { return judge(*model, all.front().stream, all).front().progress; }
    std::optional<ir::CheckedModel> model;
    std::vector<StreamMetrics> all;
};

TEST_CASE("a value that equals its bound is shown exactly") {
    CHECK(Told("target lead_time < 68h20min").says("not met: lead time below 68h20min; now 8d4h20min\n"));
    CHECK(Told("target lead_time = 68h20min").says("met: lead time exactly 68h20min; now 8d4h20min\n"));
    CHECK(Told("target lead_time >= 68h20min").says("met: lead time at least 68h20min; now 8d4h20min\n"));
    CHECK(Told("target lead_time > 68h20min").says("not met: lead time above 68h20min; now 8d4h20min\n"));
    CHECK(Told("target rolled_ca > 50.363775%").says("not met: rolled %C&A above 50.363775%; now 50.363775%\n"));
    CHECK(Told("target rolled_ca <= 50.363775%").says("met: rolled %C&A at most 50.363775%; now 50.363775%\n"));
}

TEST_CASE("a value beside its bound is as short as its side of the bound allows") {
    CHECK(Told("target lead_time <= 3d").says("now 8d4h\n"));
    CHECK(Told("target lead_time < 8d4h").says("not met: lead time below 8d4h; now 8d4h20min\n"));
    CHECK(Told("target lead_time < 8d5h").says("met: lead time below 8d5h; now 8d4h\n"));
    const ir::Stream stream;
    // Rounded down, 8d4h59min would be below 8d4h30min.
    CHECK(text_beside(Metric::lead_time, 69 * hour - minute, 68 * hour + 30 * minute, stream, Rounding::down) ==
          "8d4h59min");
    CHECK(text_beside(Metric::lead_time, 68 * hour + 20 * minute, 68 * hour + 20 * minute, stream) == "8d4h20min");
    CHECK(text_beside(Metric::rolled_ca, 0.5004, 0.5, stream) == "50.04%");
    CHECK(text_beside(Metric::wip, 20.7, 20.7, stream) == "20.7");
}

TEST_CASE("a share of now is shown with as many digits as the values beside it") {
    CHECK(Told("target lead_time <= 100%").says("at most 100% of now (8d4h20min); now 8d4h20min\n"));
    CHECK(Told("target lead_time <= 50%").says("at most 50% of now (4d2h); now 8d4h\n"));
}

TEST_CASE("an expected value is compared with one in full") {
    const auto model =
        tests::compile_text("stream s { step x { process: 20min, wait: 68h } expect lead_time < 68h20min }");
    REQUIRE(model.has_value());
    const ir::Expectation& expected = model->model().streams[ir::StreamId{0}].expectations.front();
    CHECK(text_like(68 * hour + 20 * minute, expected.value, Calendar{}) == "8d4h20min");
    CHECK(text_like(0, expected.value, Calendar{}) == "0s");
}

TEST_CASE("progress is told towards a bound, and not from a baseline that already meets it") {
    CHECK_FALSE(Told("target lead_time from 7d to <= 8d").progress().has_value());
    CHECK_FALSE(Told("target rolled_ca from 60% to >= 50%").progress().has_value());
    CHECK_FALSE(Told("target lead_time from 8d to <= 8d").progress().has_value());
    CHECK(Told("target lead_time from 12d to <= 8d").progress().has_value());
    CHECK(Told("target rolled_ca from 40% to >= 60%").progress().has_value());
}

}  // namespace
}  // namespace vsm::runtime
