// Escapes user text for Markdown as GitHub and GitLab render it. Does not depend on maps.
#pragma once

#include <string>
#include <string_view>

namespace vsm {

/// Text as one line of plain text, anywhere in a line that begins with our own words. Letters, digits and plain
/// punctuation stay; characters that Markdown or HTML could read as markup become character references. An invisible
/// word joiner breaks up what the sites link after decoding those: people, issues, commits, addresses, emoji, labels.
std::string markdown_text(std::string_view text);

/// A fenced code block that nothing in `content` can close.
std::string markdown_block(std::string_view language, std::string_view content);

}  // namespace vsm
