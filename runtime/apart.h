// Two values of one figure beside each other: whether their difference is worth telling, and as many digits as show it. For the reports of
// runtime/ and for rules; computes nothing.
#pragma once

#include <string>

#include "runtime/values.h"

namespace vsm::runtime {

/// Whether a figure changed by enough to be told: times by at least 1 s and 0.01 % of the larger, ratios by 0.01 points, rates and numbers by
/// 0.01 %, steps and handoffs at all. A value that became known or unknown is a change; so is a bound that moved by as much, or another name.
bool is_change(ir::Metric metric, const MetricValue& before, const MetricValue& after);
bool is_change(ir::Metric metric, double before, double after);

/// A figure as figure_text() says it, with more digits where it would look like `other` and is not.
std::string text_beside(ir::Metric metric, double figure, double other, const ir::Stream& stream);

/// Two values as text: alike where they are no change, and unlike where they are one.
struct ApartTexts {
    std::string before, after;
};
ApartTexts texts_apart(ir::Metric metric, double before, const ir::Stream& old, double after, const ir::Stream& fresh);

/// A difference with its sign, ratios in points: `-2d4h`, `+0.01 points`. It is never told as none unless it is none.
std::string change_text(ir::Metric metric, double change, const ir::Stream& stream);

/// `40%`, with more digits where that would say `100%` and the two differ; nothing where there is nothing to divide by.
std::string ratio_text(double before, double after);

}  // namespace vsm::runtime
