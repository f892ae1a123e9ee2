#include "backends/html/sections.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/support/facts.h"
#include "backends/support/headline.h"
#include "backends/svg/draw.h"
#include "base/quotient.h"
#include "runtime/figures/compare.h"
#include "runtime/reports/metrics/report_sections.h"
#include "runtime/words/figure_words.h"

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

/// A section for the screen only; the printed sheet has just the picture and the metrics.
XmlElement more(std::string_view heading) {
    return XmlElement("section").set("class", "more").add(words("h2", heading));
}

struct Spent {
    ElementId element;
    runtime::TimeFigure wait, work,
        lead;                   ///< part of the stream's lead time, weighted by the share of items in a choose
    runtime::TimeFigure again;  ///< time added by rework
    bool perhaps = false;       ///< an unknown time decides whether the element is on the timeline
    double all() const { return lead.microseconds + again.microseconds; }
    /// The known time that cannot be split into waiting and work.
    double either() const {
        return wait.known && work.known ? 0 : std::max(0.0, lead.microseconds - wait.microseconds - work.microseconds);
    }
};

runtime::TimeFigure part_of(const runtime::TimeFigure& time, double share) {
    return {share * time.microseconds, time.known};
}

/// What each step, wait and queue adds, or may add, to the lead time, weighted by its share of the items; largest
/// first.
std::vector<Spent> spent_in(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    std::vector<Spent> all;
    const auto& elements = input.stream().elements;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const ElementId id = elements.id_at(i);
        const ir::Element& element = elements[id];
        const bool leaf = ir::is_step(element) || std::holds_alternative<ir::Wait>(element.what) ||
                          std::holds_alternative<ir::Queue>(element.what);
        const runtime::ElementMetrics& times = metrics.elements[id];
        if (!leaf || times.on_timeline == runtime::OnTimeline::no ||
            (times.lead_time.known && times.lead_time.microseconds <= 0))
            continue;
        const double share = input.model.facts(input.stream_id).elements[id].share;
        Spent spent{id,
                    part_of(times.wait_time, share),
                    part_of(times.process_time, share),
                    part_of(times.lead_time, share),
                    {},
                    times.on_timeline != runtime::OnTimeline::yes};
        if (!metrics.expected.endless)
            spent.again = {std::max(0.0, times.share_of_lead_time - spent.lead.microseconds), times.rework_known};
        all.push_back(spent);
    }
    std::stable_sort(all.begin(), all.end(), [](const Spent& a, const Spent& b) { return a.all() > b.all(); });
    return all;
}

XmlElement bar(const Spent& spent, double longest) {
    XmlElement drawing("svg");
    drawing.set("class", "spent")
        .set("viewBox", "0 0 100 6")
        .set("preserveAspectRatio", "none")
        .set("aria-hidden", "true");
    double x = 0;
    const auto part = [&](std::string_view css, double time) {
        const double width = share_of(time, longest).value_or(0) * bar_units;
        if (!(width > 0)) return;
        XmlElement rect("rect");
        drawing.add(std::move(rect.set("class", css).set("x", x).set("y", 0.0).set("width", width).set("height", 6.0)));
        x += width;
    };
    part("idle", spent.wait.microseconds);
    part("either", spent.either());
    part("work", spent.work.microseconds);
    part("again", spent.again.microseconds);
    return drawing;
}

std::string bar_key(bool again, bool either) {
    if (!again && !either) return "Waiting, then work";
    return fmt::format("Waiting, {}work{}", either ? "either, " : "", again ? ", rework" : "");
}

/// Share of the known lead time, such as `58.1%`; `?` if it cannot be computed.
std::string part_text(const Spent& spent, const runtime::StreamMetrics& metrics) {
    const auto share = share_of(spent.all(), metrics.expected.lead_time.microseconds);
    const bool sayable = !metrics.expected.endless && !spent.perhaps && spent.all() > 0 && share;
    return sayable ? percent_digits(*share) + "%" : std::string(unknown_text);
}

void add_headline(XmlElement& list, const Headline& headline) {
    XmlElement group("div");
    XmlElement value = words("dd", headline.value);
    if (headline.tone == Headline::Tone::work) value.set("class", "worked");
    group.add(words("dt", headline.label)).add(std::move(value));
    const auto say = [&](const std::string& text) { group.add(XmlElement("dd").set("class", "said").text(text)); };
    if (!headline.now.empty()) say("now " + headline.now);
    for (const std::string& note : headline.notes) say(note);
    if (!headline.meaning.empty()) say(headline.meaning);
    list.add(std::move(group));
}

XmlElement list_of(const std::vector<std::string>& items) {
    XmlElement list("ul");
    for (const std::string& item : items) list.add(words("li", item));
    return list;
}

XmlElement header_of(std::initializer_list<std::string_view> columns, std::size_t numbers_from) {
    XmlElement row("tr");
    std::size_t at = 0;
    for (const std::string_view one : columns) row.add(column(one, at++ >= numbers_from));
    return XmlElement("thead").add(std::move(row));
}

/// Adds a future's metrics beside those of the stream it is based on, and the contribution of each change.
void add_comparison(XmlElement& part, const runtime::StreamMetrics& now, const BackendInput& future,
                    const runtime::StreamMetrics& then) {
    const runtime::Comparison comparison = runtime::compare(future.model, then, now);
    XmlElement figures("tbody");
    const runtime::FileMetrics file{"", &future.model, {}};
    for (const runtime::DifferenceWords& one : runtime::difference_words(
             comparison, {file, now, runtime::Medium::picture}, {file, then, runtime::Medium::picture}))
        figures.add(XmlElement("tr")
                        .add(row_head(one.name))
                        .add(cell("td", one.now, true))
                        .add(cell("td", one.then, true))
                        .add(cell("td", one.change, true)));
    part.add(XmlElement("table")
                 .add(header_of({"Figure", "Now", called(future.stream()), "Change"}, 1))
                 .add(std::move(figures)));
    XmlElement causes("tbody");
    for (const runtime::ContributionWords& one : runtime::contribution_words(comparison, future.stream())) {
        XmlElement row("tr");
        row.add(row_head(one.title));
        for (const std::string& change : one.changes) row.add(cell("td", change, true));
        causes.add(std::move(row));
    }
    if (causes.empty()) return;
    part.add(XmlElement("table")
                 .add(header_of({"Change", "Lead time with rework", "Process time", "Rolled %C&A"}, 1))
                 .add(std::move(causes)));
}

/// `ask Developers`: the step's teams, else the stream's owner.
std::string whom_to_ask(const BackendInput& input, ElementId id) {
    const auto* step = ir::step_of(input.stream().elements[id]);
    const std::string teams = step == nullptr ? "" : teams_of(input, step->teams);
    const std::string& who = teams.empty() ? input.stream().owner.value : teams;
    return who.empty() ? "the map does not say whom to ask" : "ask " + who;
}

}  // namespace

void add_purpose(XmlElement& page, const BackendInput& input) {
    const ir::Stream& stream = input.stream();
    if (!stream.outcome.value.empty()) page.add(XmlElement("p").set("class", "outcome").text(stream.outcome.value));
    std::vector<Fact> rest;
    for (Fact& fact : background_of(input))
        if (fact.label != "outcome" && fact.label != "target" && fact.label != "note" && fact.label != "kaizen")
            rest.push_back(std::move(fact));
    page.add(XmlElement("p").set("class", "dim").text(joined(rest, "; ")));
}

void add_targets(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics) {
    const std::vector<Goal> goals = goals_of(input, metrics);
    if (goals.empty()) return;
    XmlElement body("tbody");
    for (const Goal& goal : goals) {
        std::string then = fmt::format("{}", fmt::join(goal.then, ", "));
        if (!goal.rest.empty()) then += fmt::format("{}{}", then.empty() ? "" : "; ", goal.rest);
        body.add(XmlElement("tr")
                     .add(row_head(goal.wanted))
                     .add(cell("td", goal.now, true))
                     .add(cell("td", goal.verdict))
                     .add(cell("td", then)));
    }
    XmlElement head("tr");
    head.add(column("Target")).add(column("Now", true)).add(column("Verdict")).add(column("Then"));
    page.add(
        section("Targets").add(XmlElement("table").add(XmlElement("thead").add(std::move(head))).add(std::move(body))));
}

void add_figures(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics) {
    XmlElement list("dl");
    list.set("class", "facts");
    for (const Headline& headline : headlines_of(input, metrics)) add_headline(list, headline);
    page.add(std::move(list));
    const std::vector<std::string> constraints = constraints_of(input, metrics);
    if (!constraints.empty()) page.add(section("Where it is held up").add(list_of(constraints)));
}

void add_levers(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics) {
    const std::vector<std::string> levers = levers_of(input, metrics);
    if (!levers.empty()) page.add(more("What would help most").add(list_of(levers)));
}

XmlElement picture(const BackendInput& input) {
    XmlElement frame("div");
    frame.set("class", "picture")
        .set("role", "region")
        .set("tabindex", "0")
        .set("aria-label", "Picture of " + called(input.stream()));
    frame.add(svg::drawing_of(input, false));
    return frame;
}

void add_where_time_goes(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics) {
    const std::vector<Spent> all = spent_in(input, metrics);
    if (std::none_of(all.begin(), all.end(), [](const Spent& spent) { return spent.all() > 0; })) return;
    const Calendar& calendar = input.stream().calendar;
    const auto any = [&](auto what) { return std::any_of(all.begin(), all.end(), what); };
    const bool again = any([](const Spent& spent) { return spent.again.microseconds > 0 || !spent.again.known; });
    const bool either = any([](const Spent& spent) { return spent.either() > 0; });
    const std::string part = fmt::format("Part of the {}lead time{}", metrics.expected.lead_time.known ? "" : "known ",
                                         again ? " with rework" : "");
    XmlElement head("tr");
    head.add(column("Where")).add(column("Waiting", true)).add(column("Work", true));
    if (either) head.add(column("Together", true));
    if (again) head.add(column("Rework", true));
    head.add(column(part, true)).add(column(bar_key(again, either)));
    XmlElement body("tbody");
    for (const Spent& spent : all) {
        XmlElement row("tr");
        row.add(row_head(called(input.stream().elements[spent.element]) +
                         (spent.perhaps ? " (an unknown time decides whether it counts)" : "")));
        const bool works = ir::is_step(input.stream().elements[spent.element]);
        row.add(cell("td", at_least(spent.wait, calendar), true))
            .add(cell("td", works ? at_least(spent.work, calendar) : "", true));
        if (either) row.add(cell("td", at_least(spent.lead, calendar), true));
        if (again)
            row.add(cell(
                "td", spent.again.known && spent.again.microseconds <= 0 ? "" : at_least(spent.again, calendar), true));
        row.add(cell("td", part_text(spent, metrics), true));
        row.add(XmlElement("td").add(bar(spent, all.front().all())));
        body.add(std::move(row));
    }
    page.add(more("Where the time goes")
                 .add(XmlElement("table").add(XmlElement("thead").add(std::move(head))).add(std::move(body))));
}

void add_unknowns(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics) {
    std::vector<ElementId> asked;
    for (const runtime::Unknown& unknown : metrics.unknown)
        for (const ElementId id : unknown.because)
            if (!runtime::is_silent(input.stream(), unknown, id) &&
                std::find(asked.begin(), asked.end(), id) == asked.end())
                asked.push_back(id);
    if (asked.empty()) return;
    std::sort(asked.begin(), asked.end());
    XmlElement part = more("Still to find out");
    XmlElement list("ul");
    for (const ElementId id : asked)
        list.add(words("li", fmt::format("{}: {}", called(input.stream().elements[id]), whom_to_ask(input, id))));
    page.add(std::move(part.add(std::move(list))));
}

void add_futures(XmlElement& page, const BackendInput& input, const runtime::StreamMetrics& metrics) {
    const auto& streams = input.model.model().streams;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        const ir::StreamId id = streams.id_at(i);
        if (!streams[id].future || streams[id].future->of != input.stream_id) continue;
        const BackendInput future{input.model, id, input.options, input.measured};
        const runtime::StreamMetrics then = input.figures(id);
        const std::string by = streams[id].future->by ? ", by " + format_date(*streams[id].future->by) : "";
        XmlElement part = more(fmt::format("{}{}", called(streams[id]), by));
        add_comparison(part, metrics, future, then);
        XmlElement folded("details");
        folded.set("open", "");
        folded.add(words("summary", "Its picture")).add(picture(future));
        page.add(std::move(part.add(std::move(folded))));
    }
    if (!input.stream().future) return;
    const BackendInput base{input.model, input.stream().future->of, input.options, input.measured};
    XmlElement part = more("Beside " + called(base.stream()));
    add_comparison(part, input.figures(base.stream_id), input, metrics);
    page.add(std::move(part));
}

void add_remarks(XmlElement& page, const BackendInput& input) {
    XmlElement list("ul");
    const auto add = [&](const std::string& where, const ir::Remarks& remarks) {
        for (const ir::Note& note : remarks.notes) list.add(words("li", where + note.text));
        for (const ir::Kaizen& kaizen : remarks.kaizens) {
            list.add(words("li", fmt::format("{}improve: {}", where, kaizen_text(input, kaizen))));
        }
    };
    add("", input.stream().remarks);
    for (const ir::Element& element : input.stream().elements) add(called(element) + ": ", element.remarks);
    if (list.empty()) return;
    page.add(std::move(more("Notes").add(std::move(list))));
}

}  // namespace vsm::backends::html
