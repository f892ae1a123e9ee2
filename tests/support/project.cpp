#include "tests/support/project.h"

namespace vsm::tests {

std::filesystem::path project_root() { return VSM_SOURCE_DIR; }

}  // namespace vsm::tests
