// Where the project's own files are, for tests that read samples, pages and sources.
#pragma once

#include <filesystem>

namespace vsm::tests {

/// The folder of the checkout that this test was built from.
std::filesystem::path project_root();

}  // namespace vsm::tests
