// Verifies that formatted text is the same map. Private to compiler/format.
#pragma once

#include "compiler/format/text_layout.h"

namespace vsm::format {

/// Whether every word of `tree` was written, except redundant commas, and `text` (the rendered lines), parsed again,
/// has exactly those words in that order, the same comments, the same tree, and the same form.
bool says_the_same(const Tree& tree, const Lines& lines, const std::vector<std::string_view>& comments,
                   const SourceFile& source, const std::string& text);

}  // namespace vsm::format
