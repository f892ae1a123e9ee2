// Locates the project's files, for tests that read samples, pages and sources.
#pragma once

#include <filesystem>

namespace vsm::tests {

/// The root folder of the checkout that the test was built from.
std::filesystem::path project_root();

/// The source of the parser that ANTLR generated for this build.
std::filesystem::path generated_parser();

}  // namespace vsm::tests
