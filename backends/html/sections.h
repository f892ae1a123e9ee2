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

/// The goals with bound and date, the figure now and the verdict; nothing where the map has none.
void add_targets(XmlElement& page, const BackendInput& input);

/// The totals, each with what it means in words.
void add_figures(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// A row for each step, wait and queue on the timeline, the longest first, with a bar of its waiting and its work.
void add_where_time_goes(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// The changes to single elements that would save most of the expected lead time.
void add_levers(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// What is `?`, and who is to answer; nothing where all is known.
void add_unknowns(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// Each future of the stream: its figures beside those of now, and its picture, folded.
void add_futures(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics);

/// Notes and kaizens of the stream and of all in it.
void add_remarks(XmlElement& page, const BackendInput& input);

/// A picture that can be moved sideways where there is no room for it.
XmlElement picture(const BackendInput& input);

}  // namespace vsm::backends::html
