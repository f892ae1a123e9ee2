#include "backends/backend.h"

namespace vsm::backends::github {

std::vector<OutputFile> emit(const BackendInput&, Diagnostics&) { return {}; }

}  // namespace vsm::backends::github
