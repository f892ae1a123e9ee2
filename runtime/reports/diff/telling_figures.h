// Finds the figures of a change that sentences and overviews report. Internal to the reports of a diff.
#pragma once

#include <string>
#include <string_view>

#include "runtime/diff/diff.h"

namespace vsm::runtime {

/// Whether a target was met and certainly is no longer.
bool is_lost(const TargetChange& one);

/// The change of one figure; null if it did not change.
const FigureChange* change_of(const StreamChange& change, ir::Metric metric);

/// The figure to report if the lead time is unchanged; null if no listed figure changed and no other has two known
/// values.
const FigureChange* most_telling(const StreamChange& change);

/// The relative change of a figure; 1000 if a value is unknown or was 0.
double weight_of(const FigureChange& one);

/// Whether both values are known.
bool is_known(const FigureChange& one);

/// `becomes known`, `becomes unknown` or `is still unknown`.
std::string_view knowledge_of(const FigureChange& one);

/// `≤`, `<`.
std::string relation_text(ir::Relation relation);

}  // namespace vsm::runtime
