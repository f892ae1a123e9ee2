#include <fmt/format.h>

#include "backends/html/page.h"
#include "backends/html/page_style.h"
#include "backends/html/sections.h"
#include "backends/support/facts.h"
#include "backends/svg/picture_style.h"

namespace vsm::backends::html {
namespace {

/// Loads nothing and runs nothing; styles are inline.
constexpr std::string_view policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

XmlElement head(const std::string& title) {
    XmlElement made("head");
    made.add(XmlElement("meta").set("charset", "utf-8"));
    made.add(XmlElement("meta").set("name", "generator").set("content", "vsm"));
    made.add(XmlElement("meta").set("name", "viewport").set("content", "width=device-width, initial-scale=1"));
    made.add(XmlElement("title").text(title));
    XmlElement style("style");
    style.raw(page_style).raw(svg::style_sheet);
    return std::move(made.add(std::move(style)));
}

XmlElement page(XmlElement head, XmlElement body) {
    XmlElement root("html");
    root.set("lang", "en");
    return std::move(root.add(std::move(head)).add(std::move(body)));
}

/// Navigation to the other streams of the file.
XmlElement ways(std::span<const View> views, std::size_t shown) {
    XmlElement nav("nav");
    nav.set("aria-label", "Streams of this map");
    for (std::size_t i = 0; i < views.size(); ++i) {
        XmlElement way("a");
        way.set("href", "/" + views[i].name);
        if (i == shown) way.set("aria-current", "page");
        nav.add(std::move(way.text(views[i].title)));
    }
    return nav;
}

}  // namespace

const char* const live_policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; "
                                "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const char* const live_script = R"js("use strict";
new EventSource("/events").onmessage = async (event) => {
  if (event.data === document.body.dataset.version) return;
  const text = await (await fetch(location.href)).text();
  const next = new DOMParser().parseFromString(text, "text/html");
  document.title = next.title;
  document.body.replaceWith(next.body);
};
)js";

View view_of(const BackendInput& input) {
    const runtime::StreamMetrics metrics = input.figures(input.stream_id);
    View view{input.stream().name.value, called(input.stream()), XmlElement("main")};
    view.main.add(XmlElement("h1").text(view.title));
    add_purpose(view.main, input);
    add_targets(view.main, input, metrics);
    view.main.add(picture(input));
    add_figures(view.main, input, metrics);
    add_levers(view.main, input, metrics);
    add_where_time_goes(view.main, input, metrics);
    add_unknowns(view.main, input, metrics);
    add_futures(view.main, input, metrics);
    add_remarks(view.main, input);
    return view;
}

std::string page_of(View view) {
    XmlElement own = head(view.title);
    own.add(XmlElement("meta").set("http-equiv", "Content-Security-Policy").set("content", policy));
    return write_html(page(std::move(own), XmlElement("body").add(std::move(view.main))));
}

std::string live_page(std::span<const View> views, std::size_t shown, const std::string& messages,
                      std::size_t version) {
    const bool any = shown < views.size();
    XmlElement own = head(any ? views[shown].title : "vsm preview");
    own.add(XmlElement("script").set("src", "/live.js").set("defer", ""));
    XmlElement body("body");
    body.set("data-version", fmt::format("{}", version));
    if (!messages.empty()) {
        XmlElement alert("div");
        alert.set("class", "messages").set("role", "alert");
        body.add(std::move(alert.add(XmlElement("pre").text(messages))));
    }
    if (views.size() > 1) body.add(ways(views, shown));
    body.add(any ? views[shown].main : XmlElement("main").add(XmlElement("h1").text("There is nothing to draw yet")));
    return write_html(page(std::move(own), std::move(body)));
}

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics&) {
    return {{".html", page_of(view_of(input)), {{"open it in a browser; it needs nothing else", ""}}}};
}

}  // namespace vsm::backends::html
