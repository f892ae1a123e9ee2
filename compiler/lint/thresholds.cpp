#include "compiler/lint/thresholds.h"

#include <algorithm>

#include "base/diagnostics/codes.h"

namespace vsm::lint {
namespace {

enum Index : std::size_t {
#define VSM_THRESHOLD(rule, key, kind, standard, lowest, highest, what) index_of_##rule##_##key,
#include "compiler/lint/thresholds.def"
#undef VSM_THRESHOLD
};

constexpr ThresholdInfo rows[] = {
#define VSM_THRESHOLD(rule, key, kind, standard, lowest, highest, what) \
    {index_of_##rule##_##key, Code::rule, #key, ThresholdKind::kind, standard, lowest, highest, what},
#include "compiler/lint/thresholds.def"
#undef VSM_THRESHOLD
};

}  // namespace

std::string_view name_of(ThresholdKind kind) {
    switch (kind) {
        case ThresholdKind::count: return "count";
        case ThresholdKind::percent: return "percent";
        case ThresholdKind::days: return "days";
        case ThresholdKind::times: return "times";
    }
    return "";
}

std::span<const ThresholdInfo> all_thresholds() { return rows; }

const ThresholdInfo* find_threshold(Code rule, std::string_view key) {
    const auto found = std::find_if(std::begin(rows), std::end(rows),
                                    [&](const ThresholdInfo& row) { return row.rule == rule && row.key == key; });
    return found == std::end(rows) ? nullptr : found;
}

Thresholds::Thresholds() {
    values_.reserve(std::size(rows));
    for (const ThresholdInfo& row : rows) values_.push_back(row.standard);
}

bool Thresholds::set(const ThresholdInfo& row, std::int64_t value) {
    if (value < row.lowest || value > row.highest) return false;
    values_[row.index] = value;
    return true;
}

}  // namespace vsm::lint
