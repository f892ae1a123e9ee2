// Which capability of DORA's research treats what a lever shows, where a map is about software. For runtime/ alone; computes no figures.
#pragma once

#include <vector>

#include "runtime/metrics.h"

namespace vsm::runtime {

/// Fills the hints of a stream's levers (dora.dev/capabilities). They are about making software, so none is given unless the words of the stream and
/// a team or tool of it speak of that, and the step itself belongs to a team or uses a tool that goes with it: a blood test has no test automation.
void add_hints(const ir::Model& model, const ir::Stream& stream, std::vector<Lever>& levers);

}  // namespace vsm::runtime
