// Writes one row per step, wait and queue, in source order, for spreadsheets. Times are working time in seconds.
#include "base/writers/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "backends/backend.h"
#include "backends/support/facts.h"
#include "ir/each_property.h"

namespace vsm::backends::csv {
namespace {

using ir::Element;
using ir::ElementId;

/// The columns around those of a step's properties, which the table of properties names.
constexpr std::array first_columns{"name", "title", "element", "in", "after"};
constexpr std::array figure_columns{"process",   "process_low", "process_high", "wait",       "wait_low",
                                    "wait_high", "lead",        "lead_low",     "lead_high",  "ca",
                                    "ca_low",    "ca_high",     "share",        "on_timeline"};
constexpr std::string_view last_column = "rework";
/// The first property after the figures.
constexpr properties::Id behind_figures = properties::Id::Step_people;

std::string seconds(double microseconds) { return format_number(microseconds / microseconds_per_second); }

class Table {
public:
    Table(const BackendInput& input, const runtime::StreamMetrics& metrics) : input_(input), metrics_(metrics) {}

    std::string run() {
        heads();
        rows(input_.stream().body.elements, "");
        return csv_.finish();
    }

private:
    void heads() {
        const auto of_properties = [&](bool behind) {
            each_column(ir::Step{}, behind, [&]<class Row>(Row, const auto&) { csv_.plain(Row::row.column); });
        };
        for (const std::string_view name : first_columns) csv_.plain(name);
        of_properties(false);
        for (const std::string_view name : figure_columns) csv_.plain(name);
        of_properties(true);
        csv_.plain(last_column).end_row();
    }

    /// Calls `visit` for each property of a step that has a column before or behind the figures.
    template <class Visitor>
    static void each_column(const ir::Step& step, bool behind, Visitor&& visit) {
        ir::each_property(step, [&]<class Row>(Row row, const auto& member) {
            if constexpr (!Row::row.column.empty())
                if (behind == (Row::id >= behind_figures)) visit(row, member);
        });
    }

    const Element& element(ElementId id) const { return input_.stream().elements[id]; }
    const ir::ElementFacts& facts(ElementId id) const { return input_.model.facts(input_.stream_id).elements[id]; }

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
        of_step(step, false);
        times(id);
        quality(step);
        csv_.plain(format_number(facts(id).share)).plain(on_timeline(id));
        of_step(step, true);
        csv_.text(step != nullptr ? reworks_of(*step) : "").end_row();
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

    void of_step(const ir::Step* step, bool behind) {
        static const ir::Step no_step;
        each_column(step != nullptr ? *step : no_step, behind, [&]<class Row>(Row, const auto& member) {
            if (step != nullptr)
                field(member);
            else
                csv_.plain("");
        });
    }

    void field(const ir::Text& text) { csv_.text(text.value); }
    void field(const std::vector<std::string>& texts) { csv_.text(fmt::format("{}", fmt::join(texts, ", "))); }
    void field(const std::vector<ir::TeamId>& teams) { csv_.text(teams_of(input_, teams)); }
    void field(ir::StepKind kind) { csv_.plain(ir::name_of(kind)); }
    void field(const std::optional<ir::ValueClass>& word) { csv_.plain(word ? ir::name_of(*word) : ""); }
    void field(const std::optional<ir::Milestone>& word) { csv_.plain(word ? ir::name_of(*word) : ""); }
    void field(std::int64_t count) { csv_.plain(fmt::format("{}", count)); }
    void field(const std::optional<std::int64_t>& count) { csv_.plain(count ? fmt::format("{}", *count) : ""); }
    void field(const std::optional<Ratio>& ratio) { csv_.plain(ratio ? fmt::format("{:.12g}", ratio->value()) : ""); }
    void field(const std::optional<Date>& date) { csv_.plain(date ? format_date(*date) : ""); }

    std::string reworks_of(const ir::Step& step) const {
        std::string text;
        for (const ir::Rework& rework : step.reworks) text += (text.empty() ? "" : "; ") + rework_text(input_, rework);
        return text;
    }

    const BackendInput& input_;
    const runtime::StreamMetrics& metrics_;
    CsvWriter csv_;
};

}  // namespace

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics&) {
    const runtime::StreamMetrics metrics = input.figures(input.stream_id);
    return {{".csv", Table(input, metrics).run(), {}}};
}

}  // namespace vsm::backends::csv
