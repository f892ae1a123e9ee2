// Inserts outputs into a Markdown or HTML text, between two marker lines. Does not access files.
//
//   <!-- vsm:begin checkout.mmd -->
//   (the output in a code block; Markdown unchanged)
//   <!-- vsm:end -->
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vsm::cli {

struct Injection {
    std::string name;  ///< name of the output, as in its marker
    std::string_view content;
};

/// Returns `text` with each content between all markers of its name; the rest is unchanged, byte for byte. Ignores
/// markers in code blocks. Fails if a name has no markers or a marker has no end; the message contains the missing
/// lines.
Result<std::string> inject(std::string_view text, std::span<const Injection> injections);

}  // namespace vsm::cli
