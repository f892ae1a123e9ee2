// Expected times, visits and first-pass yield against an independent solution, published figures and laws.
#include <doctest/doctest.h>

#include "runtime/metrics.h"
#include "tests/support/compile.h"
#include "tests/unit/runtime/rework_brute_force.h"

namespace vsm::runtime {
namespace {

constexpr double minute = 60.0 * microseconds_per_second, hour = 60 * minute;

struct Measured {
    explicit Measured(const std::string& text) : model(tests::compile_text(text)) {
        INFO(text);
        REQUIRE(model.has_value());
        metrics = measure(*model).front();
    }
    const ir::Stream& stream() const { return model->stream(metrics.stream); }
    double visits(const std::string& label) const {
        for (std::uint32_t i = 0; i < stream().elements.size(); ++i)
            if (stream().elements[ir::ElementId{i}].label == label)
                return metrics.elements[ir::ElementId{i}].visits.value_or(-1);
        return -1;
    }
    double lead(double unit) const {
        CHECK(metrics.expected.lead_time.known);
        return metrics.expected.lead_time.microseconds / unit;
    }

    std::optional<ir::CheckedModel> model;
    StreamMetrics metrics;
};

bool same(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)}); }

void check_visits(const std::map<std::string, double>& expected, const Measured& map) {
    for (std::uint32_t i = 0; i < map.stream().elements.size(); ++i) {
        const ir::ElementId id{i};
        const ir::Element& element = map.stream().elements[id];
        const bool leaf =
            std::holds_alternative<ir::Step>(element.what) || std::holds_alternative<ir::Wait>(element.what);
        if (!leaf) continue;
        const auto found = expected.find(element.label);
        INFO(element.label);
        CHECK(same(*map.metrics.elements[id].visits, found == expected.end() ? 0 : found->second));
    }
}

TEST_CASE("random bodies with rework have the expected times and visits that a dense system of equations gives") {
    std::size_t with_once = 0;
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        tests::ReworkMaker maker(seed);
        const tests::ReworkNode root = maker.make();
        const std::string text = tests::ReworkMaker::text_of(root);
        INFO("seed " << seed << "\n" << text);
        if (text.find("once to") != std::string::npos) ++with_once;
        if (text.find("step") == std::string::npos) continue;
        const Measured map(text);
        tests::ReworkBruteForce brute(root);
        const auto times = brute.run();
        CHECK(same(map.lead(minute), times.lead));
        CHECK(same(map.metrics.expected.process_time.microseconds / minute, times.process));
        CHECK(same(map.metrics.expected.total_process_time.microseconds / minute, times.work));
        check_visits(brute.visits, map);
    }
    CHECK(with_once > 500);
}

}  // namespace
}  // namespace vsm::runtime
