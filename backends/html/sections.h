// The parts of a page, each from the figures to elements. Knows words; not the page around them.
#pragma once

#include <optional>
#include <vector>

#include "backends/backend.h"
#include "backends/support/xml.h"
#include "runtime/metrics.h"

namespace vsm::backends::html {

/// Outcome, owner and what the stream runs from and to.
void add_purpose(XmlElement& page, const BackendInput& input);

/// The goals with bound and date, the figure now, the verdict and the futures; nothing where the map has none.
void add_targets(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// The totals, each with what it means in words, and where the stream is held up.
void add_figures(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// A row for each step, wait and queue on the timeline, the longest first, with a bar of its waiting, its work and what rework adds.
void add_where_time_goes(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// The changes to single elements that would help most, in words.
void add_levers(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// What is `?`, and who is to answer; nothing where all is known.
void add_unknowns(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// Each future of the stream: its figures beside those of now, what does how much of it, and its picture, folded. Of a future, the same beside
/// what it is based on.
void add_futures(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// Notes and kaizens of the stream and of all in it.
void add_remarks(XmlElement& page, const BackendInput& input);

/// A picture that can be moved sideways where there is no room for it.
XmlElement picture(const BackendInput& input);

}  // namespace vsm::backends::html
