// How the text reports lay sentences out. For the reports of runtime/ alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vsm::runtime {

/// Sentences one below the other, broken between words at 100 columns.
std::string lines_of(const std::vector<std::string>& sentences, std::string_view indent = "  ");

}  // namespace vsm::runtime
