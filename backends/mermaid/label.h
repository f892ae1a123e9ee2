// Escapes user text for Mermaid diagrams. Does not depend on maps.
#pragma once

#include <string>
#include <string_view>

namespace vsm::backends::mermaid {

/// A line of user text, safe between quotes in a diagram. Letters, digits, spaces, commas and non-ASCII characters
/// stay; everything else becomes an entity code (`#60;`), so that it can neither end the quotes nor form a directive or
/// an element. Line ends and tabs become spaces, invisible characters \u{…}. A word joiner, itself invisible, splits
/// sequences that some Mermaid versions interpret after decoding the codes: formulas, icons, links, lists and Mermaid's
/// own code marks.
std::string coded(std::string_view text);

/// The same for an unquoted line, up to a colon or the line end. Keeps more characters, since Mermaid reserves space
/// for codes as if it printed them undecoded.
std::string coded_line(std::string_view text);

/// The same for the start of a line: an ASCII first character becomes a code too, so that it cannot begin a statement.
std::string coded_head(std::string_view text);

/// Lines of a label, escaped by `coded`. Drops empty lines.
class Label {
public:
    Label& line(std::string_view text);
    /// In quotes.
    std::string quoted() const { return '"' + lines_ + '"'; }

private:
    std::string lines_;
};

}  // namespace vsm::backends::mermaid
