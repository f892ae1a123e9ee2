#include "backends/html/sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "backends/support/facts.h"
#include "backends/svg/draw.h"
#include "runtime/goals.h"
#include "runtime/report_words.h"

namespace vsm::backends::html {
namespace {

using ir::ElementId;

constexpr double bar_units = 100;

XmlElement words(XmlName name, std::string_view text) { return XmlElement(name).text(text); }

XmlElement cell(XmlName name, std::string_view text, bool number = false) {
    XmlElement made(name);
    if (number) made.set("class", "number");
    made.text(text);
    return made;
}

XmlElement column(std::string_view text, bool number = false) {
    XmlElement made = cell("th", text, number);
    made.set("scope", "col");
    return made;
}

XmlElement row_head(std::string_view text) {
    XmlElement made = words("th", text);
    made.set("scope", "row");
    return made;
}

XmlElement section(std::string_view heading) { return XmlElement("section").add(words("h2", heading)); }

/// What is for the screen: the printed sheet has the picture and the figures.
XmlElement more(std::string_view heading) { return XmlElement("section").set("class", "more").add(words("h2", heading)); }

/// What a total says, for someone who meets it for the first time.
std::string meaning(std::string_view label, const runtime::StreamMetrics& metrics) {
    if (label.starts_with("lead time")) return "from the beginning to the end, waiting included";
    if (label == "process time") return "of that, somebody or something works on it";
    if (label == "activity ratio") return "the part of the time in which something happens";
    if (label != "rolled %C&A" || !metrics.mean.rolled_ca.value) return {};
    return fmt::format("{} of 100 go through without anyone having to correct something", format_number(std::round(*metrics.mean.rolled_ca.value * 100)));
}

struct Spent {
    ElementId element;
    double wait = 0, work = 0, lead = 0;  ///< of the stream's lead time, in microseconds
};

/// What steps, waits and queues on the timeline add to the lead time, the most first; in a choose with the share of the items.
std::vector<Spent> spent_in(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    std::vector<Spent> all;
    const auto& elements = input.map().elements;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const ElementId id = elements.id_at(i);
        const ir::Element& element = elements[id];
        const bool leaf = std::holds_alternative<ir::Step>(element.what) || std::holds_alternative<ir::Wait>(element.what) || std::holds_alternative<ir::Queue>(element.what);
        const runtime::ElementMetrics& times = metrics.elements[id];
        if (!leaf || times.on_timeline != runtime::OnTimeline::yes || times.lead_time.microseconds <= 0) continue;
        const double share = input.model.facts(input.stream).elements[id].share;
        all.push_back({id, times.wait_time.microseconds * share, times.process_time.microseconds * share, times.lead_time.microseconds * share});
    }
    std::stable_sort(all.begin(), all.end(), [](const Spent& a, const Spent& b) { return a.lead > b.lead; });
    return all;
}

XmlElement bar(const Spent& spent, double longest) {
    XmlElement drawing("svg");
    drawing.set("class", "spent").set("viewBox", "0 0 100 6").set("preserveAspectRatio", "none").set("aria-hidden", "true");
    const double wait = spent.wait / longest * bar_units, work = spent.work / longest * bar_units;
    const auto part = [&](std::string_view css, double x, double width) {
        XmlElement rect("rect");
        drawing.add(std::move(rect.set("class", css).set("x", x).set("y", 0.0).set("width", width).set("height", 6.0)));
    };
    part("idle", 0, wait);
    part("work", wait, work);
    return drawing;
}

void add_facts(XmlElement& list, std::string_view label, std::string_view value, const std::string& said) {
    XmlElement group("div");
    group.add(words("dt", label)).add(words("dd", value));
    if (!said.empty()) group.add(XmlElement("dd").set("class", "said").text(said));
    list.add(std::move(group));
}

std::string answerer(const BackendInput& input, ElementId id) {
    const auto* step = std::get_if<ir::Step>(&input.map().elements[id].what);
    const std::string teams = step == nullptr ? "" : teams_of(input, step->teams);
    if (!teams.empty()) return teams;
    return input.map().owner.value.empty() ? "nobody the map names" : input.map().owner.value;
}

}  // namespace

void add_purpose(XmlElement& page, const BackendInput& input) {
    const ir::Stream& stream = input.map();
    if (!stream.outcome.value.empty()) page.add(XmlElement("p").set("class", "outcome").text(stream.outcome.value));
    std::vector<Fact> rest;
    for (Fact& fact : background_of(input))
        if (fact.label != "outcome" && fact.label != "target" && fact.label != "note" && fact.label != "kaizen") rest.push_back(std::move(fact));
    page.add(XmlElement("p").set("class", "dim").text(joined(rest, "; ")));
}

void add_targets(XmlElement& page, const BackendInput& input) {
    if (input.map().targets.empty()) return;
    const std::vector<runtime::StreamMetrics> all = runtime::measure(input.model);
    XmlElement part = section("What it is to become");
    XmlElement table("table");
    table.add(XmlElement("thead").add(XmlElement("tr").add(column("Target")).add(column("Now", true)).add(column("Verdict"))));
    XmlElement body("tbody");
    for (const runtime::JudgedTarget& target : runtime::judge(input.model, input.stream, runtime::pointers_to(all))) {
        std::string wanted = fmt::format("{} {} {}", target.target->metric.text, text_of(target.target->relation), target.target->bound.text);
        if (target.target->by) wanted += " by " + format_date(*target.target->by);
        const std::string now = target.current.value ? runtime::figure_text(target.target->metric.metric, *target.current.value, input.map()) : "unknown";
        body.add(XmlElement("tr").add(row_head(wanted)).add(cell("td", now, true)).add(cell("td", runtime::name_of(target.verdict))));
    }
    page.add(std::move(part.add(std::move(table.add(std::move(body))))));
}

void add_levers(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics) {
    constexpr std::size_t most = 5;
    XmlElement list("ul");
    for (std::size_t i = 0; i < std::min(most, metrics.levers.size()); ++i) {
        const runtime::Lever& lever = metrics.levers[i];
        if (lever.saved <= 0) continue;
        std::string text = fmt::format("{}, {}: {} less", called(input.map().elements[lever.element]), runtime::name_of(lever.change),
                                       format_duration(lever.saved, input.map().calendar));
        if (!lever.hint.empty()) text += fmt::format(" ({})", lever.hint);
        list.add(words("li", text));
    }
    if (list.empty()) return;
    page.add(std::move(more("What would help most").add(std::move(list))));
}

void add_figures(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics) {
    XmlElement list("dl");
    list.set("class", "facts");
    for (const Fact& fact : totals_of(input, metrics)) add_facts(list, fact.label, fact.text, meaning(fact.label, metrics));
    page.add(std::move(list));
}

XmlElement picture(const BackendInput& input) {
    XmlElement frame("div");
    frame.set("class", "picture").set("role", "region").set("tabindex", "0").set("aria-label", "Picture of " + called(input.map()));
    frame.add(svg::drawing_of(input, false));
    return frame;
}

void add_where_time_goes(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics) {
    const std::vector<Spent> all = spent_in(input, metrics);
    if (all.empty()) return;
    XmlElement part = more("Where the time goes");
    XmlElement table("table");
    table.add(XmlElement("thead").add(XmlElement("tr").add(column("Where")).add(column("Waiting", true)).add(column("Work", true)).add(column("Part of the lead time", true)).add(column("Waiting, then work"))));
    XmlElement body("tbody");
    const Calendar& calendar = input.map().calendar;
    for (const Spent& spent : all) {
        XmlElement row("tr");
        row.add(row_head(called(input.map().elements[spent.element])));
        row.add(cell("td", format_duration(spent.wait, calendar), true)).add(cell("td", format_duration(spent.work, calendar), true));
        const bool known = metrics.mean.lead_time.known && metrics.mean.lead_time.microseconds > 0;
        row.add(cell("td", known ? percent_digits(spent.lead / metrics.mean.lead_time.microseconds) + "%" : "unknown", true));
        row.add(XmlElement("td").add(bar(spent, all.front().lead)));
        body.add(std::move(row));
    }
    part.add(std::move(table.add(std::move(body))));
    page.add(std::move(part));
}

void add_unknowns(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics) {
    std::vector<ElementId> asked;
    for (const runtime::Unknown& unknown : metrics.unknown)
        for (const ElementId id : unknown.because)
            if (std::find(asked.begin(), asked.end(), id) == asked.end()) asked.push_back(id);
    if (asked.empty()) return;
    std::sort(asked.begin(), asked.end());
    XmlElement part = more("What nobody has said yet");
    XmlElement list("ul");
    for (const ElementId id : asked) list.add(words("li", fmt::format("{}: ask {}", called(input.map().elements[id]), answerer(input, id))));
    page.add(std::move(part.add(std::move(list))));
}

void add_futures(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics) {
    const auto& streams = input.model.model().streams;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        const ir::StreamId id = streams.id_at(i);
        if (!streams[id].future || streams[id].future->of != input.stream) continue;
        const BackendInput future{input.model, id, input.options};
        const runtime::StreamMetrics then = runtime::measure(input.model, id);
        const std::string by = streams[id].future->by ? ", by " + format_date(*streams[id].future->by) : "";
        XmlElement part = more(fmt::format("{}{}", called(streams[id]), by));
        XmlElement table("table");
        table.add(XmlElement("thead").add(XmlElement("tr").add(column("Figure")).add(column("Now", true)).add(column(called(streams[id]), true))));
        XmlElement body("tbody");
        const std::vector<Fact> now = totals_of(input, metrics), later = totals_of(future, then);
        for (std::size_t at = 0; at < std::min(now.size(), later.size()); ++at)
            body.add(XmlElement("tr").add(row_head(now[at].label)).add(cell("td", now[at].text, true)).add(cell("td", later[at].text, true)));
        part.add(std::move(table.add(std::move(body))));
        XmlElement folded("details");
        folded.set("open", "");
        folded.add(words("summary", "Its picture")).add(picture(future));
        page.add(std::move(part.add(std::move(folded))));
    }
}

void add_remarks(XmlElement& page, const BackendInput& input) {
    XmlElement list("ul");
    const auto add = [&](const std::string& where, const ir::Remarks& remarks) {
        for (const ir::Note& note : remarks.notes) list.add(words("li", where + note.text));
        for (const ir::Kaizen& kaizen : remarks.kaizens) {
            std::string text = fmt::format("{}improve: {}", where, kaizen.title.value);
            if (!kaizen.owner.value.empty()) text += " — " + kaizen.owner.value;
            if (kaizen.due) text += ", by " + format_date(*kaizen.due);
            list.add(words("li", text));
        }
    };
    add("", input.map().remarks);
    for (const ir::Element& element : input.map().elements) add(called(element) + ": ", element.remarks);
    if (list.empty()) return;
    page.add(std::move(more("Notes").add(std::move(list))));
}

}  // namespace vsm::backends::html
