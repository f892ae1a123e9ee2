// Wraps sentences for the text reports. Internal to the reports of runtime/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vsm::runtime {

/// One sentence below the other, wrapped between words at 100 columns.
std::string lines_of(const std::vector<std::string>& sentences, std::string_view indent = "  ");

}  // namespace vsm::runtime
