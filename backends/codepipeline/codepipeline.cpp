#include "backends/backend.h"

namespace vsm::backends::codepipeline {

std::vector<OutputFile> emit(const BackendInput&, Diagnostics&) { return {}; }

}  // namespace vsm::backends::codepipeline
