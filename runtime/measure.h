// The figures of a stream without what only a report of its own asks for. For runtime/ alone.
#pragma once

#include "runtime/metrics.h"

namespace vsm::runtime {

/// As `measure`, without levers.
StreamMetrics measure_figures(const ir::Model& model, const ir::Stream& stream, const ir::StreamFacts& facts,
                              const StreamMetrics* recovery, Solutions& solutions);

}  // namespace vsm::runtime
