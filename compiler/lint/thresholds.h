// Thresholds of lint rules as typed values: the table, the defaults, and the values of a run. Does not depend on the
// configuration file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/diagnostics/diagnostics.h"

namespace vsm::lint {

/// The unit of a threshold.
enum class ThresholdKind { count, percent, days, times };
std::string_view name_of(ThresholdKind kind);

/// A row of compiler/lint/thresholds.def.
struct ThresholdInfo {
    std::size_t index;
    Code rule;
    std::string_view key;
    ThresholdKind kind;
    std::int64_t standard, lowest, highest;
    std::string_view what;
};

/// All rows, in the order of the table.
std::span<const ThresholdInfo> all_thresholds();

/// Null if the rule has no threshold with that key.
const ThresholdInfo* find_threshold(Code rule, std::string_view key);

namespace threshold {
/// A row as a type, so that a rule gets the value in the form that it computes with. `#include "thresholds/RULE.h"` has
/// those of a rule: `thresholds[threshold::dora_contradiction_tolerance]`.
template <std::size_t Index, ThresholdKind Kind>
struct Row {
    static constexpr std::size_t index = Index;
    static constexpr ThresholdKind kind = Kind;
};
}  // namespace threshold

/// The thresholds of a run, initially the defaults.
class Thresholds {
public:
    Thresholds();

    /// Returns false, and changes nothing, if the value is outside the range of the row.
    bool set(const ThresholdInfo& row, std::int64_t value);
    std::int64_t get(const ThresholdInfo& row) const { return values_[row.index]; }

    /// A percentage as a share, which may exceed 1; any other kind as its whole number.
    template <std::size_t Index, ThresholdKind Kind>
    auto operator[](threshold::Row<Index, Kind>) const {
        if constexpr (Kind == ThresholdKind::percent)
            return static_cast<double>(values_[Index]) / 100;
        else
            return values_[Index];
    }

private:
    std::vector<std::int64_t> values_;  ///< by row
};

}  // namespace vsm::lint
