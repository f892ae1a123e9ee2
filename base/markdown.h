// User text in Markdown that GitHub and GitLab show. Knows no maps.
#pragma once

#include <string>
#include <string_view>

namespace vsm {

/// Text on one line that stays text, wherever it stands in a line that begins with words of ours: letters, digits and plain
/// punctuation as they are, all that Markdown or HTML could read as markup as a character reference. What is looked for after these are
/// decoded (people, issues, commits, addresses, emoji, labels) is taken apart by a word joiner, which nobody sees.
std::string markdown_text(std::string_view text);

/// A fenced block of code that nothing in `content` can end.
std::string markdown_block(std::string_view language, std::string_view content);

}  // namespace vsm
