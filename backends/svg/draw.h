// Writes pictures as SVG. Defines shapes and style classes; does not choose content or positions.
#pragma once

#include <span>

#include "backends/backend.h"
#include "backends/support/xml.h"
#include "backends/svg/picture.h"

namespace vsm::backends::svg {

/// Draws pictures one below the other at one scale, with a title and description for screen readers. `styled`: embeds
/// the style sheet; otherwise the surrounding page must contain `style_sheet`.
XmlElement draw(std::span<const Picture> pictures, const std::string& name, const std::string& description,
                bool styled);

/// The SVG of a stream or future; with `options.compare`, a future is below the stream it is based on. Unless `styled`,
/// omits what the surrounding page states in words.
XmlElement drawing_of(const BackendInput& input, bool styled);

}  // namespace vsm::backends::svg
