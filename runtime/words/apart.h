// Prints two values of one figure with enough digits to tell them apart, and their difference. Computes no figures.
#pragma once

#include <string>

#include "runtime/figures/metric_values.h"

namespace vsm::runtime {

/// The text of figure_text(), with as many digits as it takes to show whether the figure is below, above or equal to
/// `other`, both to a reader who sees `other` as written and to one who sees it rounded.
std::string text_beside(ir::Metric metric, double figure, double other, const ir::Stream& stream,
                        Rounding rounding = Rounding::nearest);

/// Two values as text: equal if the change is insignificant (and the calendars match), else different. Times are exact
/// to the minute where their rounded values would not add up with their rounded difference.
struct ApartTexts {
    std::string before, after;
};
ApartTexts texts_apart(ir::Metric metric, double before, const ir::Stream& old, double after, const ir::Stream& fresh,
                       Rounding rounding = Rounding::nearest);

/// A difference with its sign, ratios in points: `-2d4h`, `+0.01 points`. A ratio prints as `0 points` only if it is 0.
std::string change_text(ir::Metric metric, double change, const ir::Stream& stream);

/// `40%`, with more digits if rounding would give `0%` or `100%` for a ratio that is neither; empty if `before` is 0.
std::string ratio_text(double before, double after);

}  // namespace vsm::runtime
