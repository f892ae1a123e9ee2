// Whether a text still says what was to be written. Private to compiler/format.
#pragma once

#include "compiler/format/layout.h"

namespace vsm::format {

/// Whether every word of the tree was written, but for commas that nothing needs, and `text`, read again, is made of just those words in
/// that order and of the same comments.
bool says_the_same(const Tree& tree, const Lines& lines, const std::vector<std::string_view>& comments, const std::string& text);

/// Whether `text`, which `tree` was laid out as, reads as the same tree and has the same form once more.
bool reads_back(const Tree& tree, const SourceFile& source, const std::string& text);

}  // namespace vsm::format
