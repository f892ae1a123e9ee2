// The thresholds of lint rules as typed values: which there are, their standard, and what a run has instead. Knows no configuration file.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/diagnostics.h"

namespace vsm::lint {

/// What the number of a threshold counts.
enum class ThresholdKind { count, percent, days, times };
std::string_view name_of(ThresholdKind kind);

/// A row of the table.
struct ThresholdInfo {
    std::size_t index;
    Code rule;
    std::string_view key;
    ThresholdKind kind;
    std::int64_t standard, lowest, highest;
    std::string_view what;
};

/// All rows, ordered as in the table.
std::span<const ThresholdInfo> all_thresholds();

/// Nothing when the rule has no threshold of that key.
const ThresholdInfo* find_threshold(Code rule, std::string_view key);

namespace threshold {
/// A row as a type, so that a rule gets its number in the form it computes with: `thresholds[threshold::dora_contradiction_tolerance]`.
template <std::size_t Index, ThresholdKind Kind>
struct Row {
    static constexpr std::size_t index = Index;
    static constexpr ThresholdKind kind = Kind;
};
enum Index : std::size_t {
#define VSM_THRESHOLD(rule, key, kind, standard, lowest, highest, what) index_of_##rule##_##key,
#include "compiler/lint/thresholds.def"
#undef VSM_THRESHOLD
    count
};
#define VSM_THRESHOLD(rule, key, kind, standard, lowest, highest, what) \
    inline constexpr Row<index_of_##rule##_##key, ThresholdKind::kind> rule##_##key{};
#include "compiler/lint/thresholds.def"
#undef VSM_THRESHOLD
}  // namespace threshold

/// The thresholds of a run: each at its standard until it is set.
class Thresholds {
public:
    Thresholds();

    /// Gives false, and changes nothing, when the value is outside what the row allows.
    bool set(const ThresholdInfo& row, std::int64_t value);
    std::int64_t get(const ThresholdInfo& row) const { return values_[row.index]; }

    /// A percentage as a share, 0 to 1 and beyond; everything else as the number that it is.
    template <std::size_t Index, ThresholdKind Kind>
    auto operator[](threshold::Row<Index, Kind>) const {
        if constexpr (Kind == ThresholdKind::percent)
            return static_cast<double>(values_[Index]) / 100;
        else
            return values_[Index];
    }

private:
    std::array<std::int64_t, threshold::count> values_;
};

}  // namespace vsm::lint
