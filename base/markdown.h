// User text in Markdown that GitHub and GitLab show. Writes no structure and knows no maps.
#pragma once

#include <string>
#include <string_view>

namespace vsm {

/// Text on one line that stays text, wherever it stands in a line that begins with words of ours: letters, digits and plain
/// punctuation as they are, all that Markdown or HTML could read as markup as a character reference. What is looked for after these are
/// decoded (people, issues, commits, addresses, emoji, labels) is taken apart by a word joiner, which nobody sees.
std::string markdown_text(std::string_view text);

}  // namespace vsm
