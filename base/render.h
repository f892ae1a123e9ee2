// Diagnostics as text for people and for programs. Does not know where the text goes.
#pragma once

#include <span>
#include <string>

#include "base/diagnostics.h"

namespace vsm {

struct TextStyle {
    bool color = false;
};

/// Source line, carets, labels and help, as docs/diagnostics.md shows it. User text is printed with its controls made visible.
std::string render_text(std::span<const Diagnostic> diagnostics, const SourceSet& sources, TextStyle style = {});

/// `path:line:col: severity[CODE name]: message`, a line each.
std::string render_concise(std::span<const Diagnostic> diagnostics, const SourceSet& sources);

/// A JSON document with every diagnostic: code, name, severity, place (lines and columns from 1, in characters, the end exclusive),
/// message, labels, help, fix.
std::string render_json(std::span<const Diagnostic> diagnostics, const SourceSet& sources);

/// A JSON string with its quotes; control characters escaped, other text as it is. Bytes that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

}  // namespace vsm
