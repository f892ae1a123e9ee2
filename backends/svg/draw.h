// A picture as SVG. Knows shapes and colours; not what is drawn, and not where anything stands.
#pragma once

#include <span>

#include "backends/backend.h"
#include "backends/support/xml.h"
#include "backends/svg/picture.h"

namespace vsm::backends::svg {

/// Pictures under one another at one scale, with a name and a description for those who do not see them. `styled`: with its own style sheet;
/// without, the page around it brings style_sheet.
XmlElement draw(std::span<const Picture> pictures, const std::string& name, const std::string& description, bool styled);

/// The SVG of a stream or future; a future with `options.compare` below the stream it is based on. In a page (not `styled`) it leaves out what
/// that says in words.
XmlElement drawing_of(const BackendInput& input, bool styled);

}  // namespace vsm::backends::svg
