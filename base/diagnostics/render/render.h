// Renders diagnostics as text for people and for programs. Does not print it.
#pragma once

#include <span>
#include <string>

#include "base/diagnostics/diagnostics.h"

namespace vsm {

struct TextStyle {
    bool color = false;
};

/// Source line, carets, labels and help, as docs/diagnostics.md shows them. Makes control characters in user text
/// visible.
std::string render_text(std::span<const Diagnostic> diagnostics, const SourceSet& sources, TextStyle style = {});

/// One line each: `path:line:col: severity[CODE name]: message`.
std::string render_concise(std::span<const Diagnostic> diagnostics, const SourceSet& sources);

/// A JSON document with every diagnostic: code, name, severity, place (lines and columns from 1, in characters, end
/// exclusive), message, labels, help, fix.
std::string render_json(std::span<const Diagnostic> diagnostics, const SourceSet& sources);

}  // namespace vsm
