// Measures a stream without the parts that only reports need. Internal to runtime/.
#pragma once

#include "runtime/metrics.h"

namespace vsm::runtime {

/// Like measure(), without levers.
StreamMetrics measure_figures(const ir::Model& model, const ir::Stream& stream, const ir::StreamFacts& facts,
                              const StreamMetrics* recovery, Solutions& solutions);

}  // namespace vsm::runtime
