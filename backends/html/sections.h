// Builds the sections of a page from metrics. Does not depend on the page around them.
#pragma once

#include <optional>
#include <vector>

#include "backends/backend.h"
#include "backends/support/xml.h"
#include "runtime/metrics.h"

namespace vsm::backends::html {

/// Outcome, owner, and where the stream starts and ends.
void add_purpose(XmlElement& page, const BackendInput& input);

/// The targets with bound and date, the current value, the verdict and the futures' values; adds nothing if the map has
/// no targets.
void add_targets(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// The totals, each with an explanation, and the constraints of the stream.
void add_figures(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// A row per step, wait and queue on the timeline, longest first, with a bar for waiting, work and rework.
void add_where_time_goes(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// The single-element changes that would help most, as sentences.
void add_levers(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// The elements with `?` and whom to ask; adds nothing if all values are known.
void add_unknowns(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// For each future of the stream: its metrics compared with the present, the contribution of each change, and its
/// picture in a `details` element. For a future: the same comparison with the stream it is based on, without a picture.
void add_futures(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// Notes and kaizens of the stream and its elements.
void add_remarks(XmlElement& page, const BackendInput& input);

/// A picture that scrolls sideways if it does not fit.
XmlElement picture(const BackendInput& input);

}  // namespace vsm::backends::html
