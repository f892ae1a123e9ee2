// Outputs inside a text that people write: between two markers, a line each, in Markdown or HTML. Knows no files.
//
//   <!-- vsm:begin checkout.mmd -->
//   (the output as a block of code; Markdown as it is)
//   <!-- vsm:end -->
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vsm::cli {

struct Injection {
    std::string name;  ///< of the output, as its marker gives it
    std::string_view content;
};

/// `text` with each content between the markers of its name, everywhere they stand; all else byte for byte. Markers inside a block of
/// code are text. Fails when a name has no markers or a marker has no end; the message says what to write.
Result<std::string> inject(std::string_view text, std::span<const Injection> injections);

}  // namespace vsm::cli
