// Whether a text still says what was to be written. Private to compiler/format.
#pragma once

#include "compiler/format/layout.h"

namespace vsm::format {

/// Whether every word of `tree` was written, but for commas that nothing needs, and `text`, which it was laid out as, read again is made of
/// just those words in that order and of the same comments, is the same tree, and has the same form once more.
bool says_the_same(const Tree& tree, const Lines& lines, const std::vector<std::string_view>& comments, const SourceFile& source, const std::string& text);

}  // namespace vsm::format
