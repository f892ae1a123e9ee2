// A page around the picture of a stream. Knows what a page needs; not where it is written or served.
#pragma once

#include <span>
#include <string>

#include "backends/backend.h"
#include "backends/support/xml.h"

namespace vsm::backends::html {

/// What a page shows of one stream or future.
struct View {
    std::string name;
    std::string title;
    XmlElement main;
};

/// Purpose and targets, the picture, the figures in words, where the time goes, what is unknown, each future beside now.
View view_of(const BackendInput& input);

/// One self-contained page without scripts. Deterministic.
std::string page_of(const View& view);

/// A page for whoever edits the map: one of its streams with the way to the others, above it what is wrong with the map. Its script, served as
/// live_script at /live.js, draws it anew when /events says another version. Nothing to show yet: `shown` is past the views.
std::string live_page(std::span<const View> views, std::size_t shown, const std::string& messages, std::size_t version);

extern const char* const live_script;

/// What the page of an editor may load and run, for the header of the response.
extern const char* const live_policy;

}  // namespace vsm::backends::html
