// Reads the sources of the project, for tests of its conventions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vsm::tests {

struct SourceText {
    std::string path;  ///< relative to the root, with /
    std::string text;
};

/// The C++ sources, tables and grammar below a folder of the checkout, by path.
std::vector<SourceText> sources_below(std::string_view folder);

/// Those of the product: everything but tests.
std::vector<SourceText> product_sources();

}  // namespace vsm::tests
