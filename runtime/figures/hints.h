// Maps levers to DORA capabilities, for maps about software. Internal to runtime/; computes no figures.
#pragma once

#include <vector>

#include "runtime/metrics.h"

namespace vsm::runtime {

/// Fills the hints of a stream's levers (dora.dev/capabilities). Since these are about software, a hint requires
/// software words in the stream, a software team or tool in the stream, and at the step itself a software tool or a
/// team that software has (also `qa`, `ops`): a blood test gets no hint about test automation.
void add_hints(const ir::Model& model, const ir::Stream& stream, std::vector<Lever>& levers);

}  // namespace vsm::runtime
