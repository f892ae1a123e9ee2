// Text inside a Mermaid diagram: user text made inert. Knows Mermaid's entity codes and nothing of maps.
#pragma once

#include <string>
#include <string_view>

namespace vsm::backends::mermaid {

/// User text as it may stand between quotes in a diagram. Letters, digits, spaces, commas and characters beyond ASCII stay; all else
/// becomes an entity code (`#60;`), so that nothing of it can end the quotes, be a directive, markup, an icon or a link. Line ends
/// become spaces, characters that cannot be seen \u{…}.
std::string coded(std::string_view text);

/// The same for several lines; those that are empty are left out.
class Label {
public:
    Label& line(std::string_view text);
    /// In quotes.
    std::string quoted() const { return '"' + lines_ + '"'; }

private:
    std::string lines_;
};

}  // namespace vsm::backends::mermaid
