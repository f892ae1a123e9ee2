#include "tests/support/project.h"

namespace vsm::tests {

std::filesystem::path project_root() { return VSM_SOURCE_DIR; }

std::filesystem::path generated_parser() { return VSM_PARSER; }

}  // namespace vsm::tests
