// Writes one row per step, wait and queue, in source order, for spreadsheets. Times are working time in seconds.
#include "base/writers/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "backends/backend.h"
#include "backends/support/facts.h"

namespace vsm::backends::csv {
namespace {

using ir::Element;
using ir::ElementId;

constexpr std::array columns{
    "name",        "title",    "element",     "in",           "after",  "team",      "kind",
    "class",       "process",  "process_low", "process_high", "wait",   "wait_low",  "wait_high",
    "lead",        "lead_low", "lead_high",   "ca",           "ca_low", "ca_high",   "share",
    "on_timeline", "people",   "batch",       "wip",          "tools",  "milestone", "rework",
};

std::string seconds(double microseconds) { return format_number(microseconds / microseconds_per_second); }

class Table {
public:
    Table(const BackendInput& input, const runtime::StreamMetrics& metrics) : input_(input), metrics_(metrics) {}

    std::string run() {
        for (const std::string_view name : columns) csv_.plain(name);
        csv_.end_row();
        rows(input_.map().body.elements, "");
        return csv_.finish();
    }

private:
    const Element& element(ElementId id) const { return input_.map().elements[id]; }
    const ir::ElementFacts& facts(ElementId id) const { return input_.model.facts(input_.stream).elements[id]; }

    void rows(const std::vector<ElementId>& ids, const std::string& around) {
        for (const ElementId id : ids) {
            const Element& one = element(id);
            const auto* branch = std::get_if<ir::Branch>(&one.what);
            if (ir::is_step(one) || std::holds_alternative<ir::Wait>(one.what) ||
                std::holds_alternative<ir::Queue>(one.what))
                row(id, around);
            else if (branch != nullptr && branch->implicit)
                rows(branch->body.elements, around);
            else
                rows(ir::children_of(one), around.empty() ? one.label : around + " / " + one.label);
        }
    }

    void row(ElementId id, const std::string& around) {
        const Element& one = element(id);
        const auto* step = ir::step_of(one);
        csv_.text(one.label).text(one.title.value).plain(ir::keyword_of(one)).text(around).text(before(one));
        csv_.text(step != nullptr ? teams_of(input_, step->teams) : "");
        csv_.plain(step != nullptr ? ir::name_of(step->kind) : "");
        csv_.plain(step != nullptr && step->value_class ? ir::name_of(*step->value_class) : "");
        times(id);
        quality(step);
        csv_.plain(format_number(facts(id).share)).plain(on_timeline(id));
        step_properties(step != nullptr ? *step : ir::Step{}, step != nullptr);
        csv_.end_row();
    }

    std::string before(const Element& one) const {
        std::string labels;
        for (const ElementId id : one.predecessors) labels += (labels.empty() ? "" : " ") + element(id).label;
        return labels;
    }

    void times(ElementId id) {
        const ir::ResolvedTimings& timings = facts(id).timings;
        if (!std::holds_alternative<ir::Queue>(element(id).what)) {
            for (const ir::ResolvedTime* time : {&timings.process, &timings.wait, &timings.lead}) spread(*time);
            return;
        }
        const double queued = metrics_.elements[id].lead_time.microseconds;
        spread({});
        spread({{queued, queued, queued}, true});
        spread({{queued, queued, queued}, true});
    }

    void spread(const ir::ResolvedTime& time) {
        const auto [least, most] = std::minmax(time.spread.low, time.spread.high);
        for (const double value : {time.spread.mean, least, most})
            csv_.plain(time.known ? seconds(value) : std::string("?"));
    }

    void quality(const ir::Step* step) {
        const ir::Quality* quality = step != nullptr && step->quality ? &*step->quality : nullptr;
        if (quality != nullptr && quality->state == ir::Quality::State::known) {
            for (const double value : {quality->mean(), quality->low.value(), quality->high.value()})
                csv_.plain(fmt::format("{:.12g}", value));
            return;
        }
        const std::string_view word = quality == nullptr                              ? ""
                                      : quality->state == ir::Quality::State::unknown ? "?"
                                                                                      : "n/a";
        csv_.plain(word).plain("").plain("");
    }

    std::string_view on_timeline(ElementId id) const {
        switch (metrics_.elements[id].on_timeline) {
            case runtime::OnTimeline::no: return "no";
            case runtime::OnTimeline::yes: return "yes";
            case runtime::OnTimeline::undecided: return "?";
        }
        return "";
    }

    void step_properties(const ir::Step& step, bool is_step) {
        csv_.plain(step.people ? fmt::format("{}", *step.people) : "");
        csv_.plain(is_step ? fmt::format("{}", step.batch) : "");
        csv_.plain(step.wip ? fmt::format("{}", *step.wip) : "");
        std::string tools, reworks;
        for (const std::string& tool : step.tools) tools += (tools.empty() ? "" : ", ") + tool;
        for (const ir::Rework& rework : step.reworks)
            reworks += (reworks.empty() ? "" : "; ") + rework_text(input_, rework);
        csv_.text(tools).plain(step.milestone ? ir::name_of(*step.milestone) : "").text(reworks);
    }

    const BackendInput& input_;
    const runtime::StreamMetrics& metrics_;
    CsvWriter csv_;
};

}  // namespace

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics&) {
    const runtime::StreamMetrics metrics = input.figures(input.stream);
    return {{".csv", Table(input, metrics).run(), {}}};
}

}  // namespace vsm::backends::csv
