// Text inside a Mermaid diagram: user text made inert. Knows Mermaid's entity codes and nothing of maps.
#pragma once

#include <string>
#include <string_view>

namespace vsm::backends::mermaid {

/// A line of user text as it may stand between quotes in a diagram. Letters, digits, spaces, commas and characters beyond ASCII stay;
/// all else becomes an entity code (`#60;`), so that nothing of it can end the quotes, be a directive or an element. Line ends become
/// spaces, characters that cannot be seen \u{…}. What Mermaid, in one version or another, looks for after it has decoded the codes
/// (formulas, icons, links, lists, its own marks for codes) is taken apart by a word joiner, which nobody sees.
std::string coded(std::string_view text);

/// The same for a line without quotes, up to a colon or the end: more characters stay, for Mermaid makes room for codes as if they were
/// shown as they are.
std::string coded_line(std::string_view text);

/// The same where a line begins with it: its first character is a code too, so that it cannot begin a statement.
std::string coded_head(std::string_view text);

/// The same as `coded` for several lines; those that are empty are left out.
class Label {
public:
    Label& line(std::string_view text);
    /// In quotes.
    std::string quoted() const { return '"' + lines_ + '"'; }

private:
    std::string lines_;
};

}  // namespace vsm::backends::mermaid
