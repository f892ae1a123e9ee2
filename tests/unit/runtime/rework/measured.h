// A map from its text, with the figures of its first stream, for tests of rework.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "runtime/metrics.h"
#include "tests/support/compile.h"

namespace vsm::tests {

inline constexpr double minute = 60.0 * microseconds_per_second, hour = 60 * minute;

struct Measured {
    explicit Measured(const std::string& text) : model(compile_text(text)) {
        INFO(text);
        REQUIRE(model.has_value());
        metrics = runtime::measure(*model, model->model().streams.id_at(0));
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
    runtime::StreamMetrics metrics;
};

inline bool same(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)}); }

}  // namespace vsm::tests
