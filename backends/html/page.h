// Builds the HTML page of a stream. Does not write files or serve requests.
#pragma once

#include <span>
#include <string>

#include "backends/backend.h"
#include "backends/support/xml.h"

namespace vsm::backends::html {

/// The content of the page of one stream or future.
struct View {
    std::string name;
    std::string title;
    XmlElement main;
};

/// Purpose and targets, the picture, metrics in words, levers, where the time goes, unknowns, each future compared with
/// the present, and remarks.
View view_of(const BackendInput& input);

/// A self-contained page without scripts. Deterministic.
std::string page_of(View view);

/// The page for a person who is editing the map: one stream with links to the others, and the map's diagnostics above
/// it. Its script, served from `live_script` at /live.js, reloads the body when /events reports another version. If
/// `shown` is out of range, the page says that there is nothing to draw yet.
std::string live_page(std::span<const View> views, std::size_t shown, const std::string& messages, std::size_t version);

extern const char* const live_script;

/// Content-Security-Policy header for the live page.
extern const char* const live_policy;

}  // namespace vsm::backends::html
