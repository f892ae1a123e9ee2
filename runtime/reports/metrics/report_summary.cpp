#include "runtime/reports/metrics/report_summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "runtime/figures/absent.h"
#include "runtime/reports/metrics/report_table.h"
#include "runtime/rework/rework.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

using ir::Element;
using ir::ElementId;

/// The totals below a stream's table.
class Summary {
public:
    Summary(const ir::Model& model, const ir::Stream& stream, const StreamMetrics& metrics)
        : model_(model), stream_(stream), metrics_(metrics), rework_(has_rework(stream)) {}

    /// Rows of name, value and remarks.
    std::vector<std::vector<Cell>> rows() {
        if (states_times(stream_, metrics_)) {
            times();
        } else {
            row("times", "none is written down yet", "");
        }
        quality();
        if (rework_)
            row("first-pass yield", format_percent(metrics_.expected.first_pass_yield),
                "share of items without rework");
        load();
        row("steps", fmt::format("{}{}", metrics_.steps, handoffs()), "");
        unknown();
        return std::move(rows_);
    }

private:
    void times() {
        time("lead time", ir::Metric::lead_time, &Figures::lead_time);
        if (rework_) expected("  with rework", ir::Metric::lead_time, metrics_.expected.lead_time);
        time("process time", ir::Metric::process_time, &Figures::process_time);
        if (rework_ && !metrics_.expected.endless)
            expected("  with rework", ir::Metric::process_time, metrics_.expected.process_time);
        if (metrics_.mean.total_process_time != metrics_.mean.process_time)
            time("total process time", ir::Metric::total_process_time, &Figures::total_process_time);
        if (!activity_text(metrics_).empty())
            ratio("activity ratio", ir::Metric::activity_ratio, &Figures::activity_ratio);
        if (metrics_.mean.pce || !unknown_count(stream_, metrics_, ir::Metric::pce).empty())
            ratio("process cycle efficiency", ir::Metric::pce, &Figures::pce);
    }

    void row(std::string_view name, std::string value, std::string ends) {
        rows_.push_back(
            {{{std::string(name)}}, {{std::move(value), Paint::strong}}, {{std::move(ends), Paint::faint}}});
    }

    std::string text(const TimeFigure& figure) const { return time_text(figure, stream_.calendar); }

    /// An abbreviated text(), for the ends of ranges.
    std::string short_text(const TimeFigure& figure) const { return bounded_time(figure, stream_.calendar); }

    /// From the smallest to the largest of mean, best and worst; empty if they look equal. The mean of a ratio may lie
    /// outside its ends.
    template <class Text>
    static std::string range_of(std::vector<double> figures, const Text& text) {
        const auto [least, most] = std::minmax_element(figures.begin(), figures.end());
        const std::string from = text(*least), to = text(*most);
        return from == to ? "" : fmt::format("{} to {}", from, to);
    }

    std::string range_of(TimeFigure Figures::* figure) const {
        const TimeFigure &best = metrics_.best.*figure, &mean = metrics_.mean.*figure, &worst = metrics_.worst.*figure;
        const bool known = best.known && mean.known && worst.known;
        return range_of({best.microseconds, mean.microseconds, worst.microseconds},
                        [&](double time) { return short_text({time, known}); });
    }

    /// `, 2 of 9 steps unknown`.
    std::string missing(ir::Metric metric) const {
        const std::string count = unknown_count(stream_, metrics_, metric);
        return count.empty() ? "" : fmt::format(", {} unknown", count);
    }

    void time(std::string_view name, ir::Metric metric, TimeFigure Figures::* figure) {
        const TimeFigure& mean = metrics_.mean.*figure;
        const std::string value = text(mean);
        row(name, value + missing(metric), range_of(figure));
    }

    void expected(std::string_view name, ir::Metric drawn, const TimeFigure& figure) {
        const ir::Metric metric = *ir::with_rework(drawn);
        if (metrics_.expected.endless)
            return row(name, "beyond measure", "an item comes back over a thousand million times");
        row(name, text(figure) + missing(metric),
            fmt::format("{}", fmt::join(rework_effects(stream_, metrics_, drawn), ", ")));
    }

    void load() {
        const Load& load = metrics_.load;
        const auto words = [&](ir::Metric metric, double value) { return figure_text(metric, value, stream_); };
        if (load.takt) row("takt time", words(ir::Metric::takt, *load.takt), "working time per item");
        if (stream_.demand) {
            const std::string demand = words(ir::Metric::throughput, stream_.demand->per_second());
            const std::string of_demand = fmt::format("of {} demand", demand);
            if (load.throughput)
                row("throughput", words(ir::Metric::throughput, *load.throughput), of_demand);
            else if (is_open(ir::Metric::throughput))
                row("throughput", "?", of_demand);
            else
                row("demand", demand, "");
        }
        amount("work in progress", ir::Metric::wip, {" item", " items"}, "");
        endless("work in progress", ir::Metric::wip);
        amount("effort", ir::Metric::effort_fte, {" person", " people"}, "full time");
        amount("cost", ir::Metric::cost, {"", ""}, "an item");
    }

    /// `3 items`, `at least 3 items`, `?`; no row for a figure that the map does not give.
    void amount(std::string_view name, ir::Metric metric, std::pair<std::string_view, std::string_view> units,
                std::string ends) {
        const MetricValue value = value_of(model_, stream_, metrics_, metric);
        const auto text = [&](double number, Rounding rounding) {
            return short_number(number, rounding) + std::string(number == 1 ? units.first : units.second);
        };
        if (value.value)
            row(name, text(*value.value, Rounding::nearest), std::move(ends));
        else if (is_open(metric) && value.at_least && *value.at_least > 0)
            row(name, "at least " + text(*value.at_least, Rounding::down), std::move(ends));
        else if (is_open(metric))
            row(name, "?", "");
    }

    /// Whether a figure without a value has one that is not known yet.
    bool is_open(ir::Metric metric) const {
        const Absent* absent = absence_of(metrics_, metric);
        return absent == nullptr || runtime::is_open(absent->lack);
    }

    /// Adds a row for an unbounded figure, with the overloaded step or team.
    void endless(std::string_view name, ir::Metric metric) {
        const Absent* absent = absence_of(metrics_, metric);
        if (absent == nullptr || !grows_without_end(absent->lack)) return;
        std::string words = text_of(model_, stream_, *absent);
        std::erase(words, '`');  // cells have no quotes
        row(name, std::string(grows_without_end_text), words.substr(words.find(": ") + 2));
    }

    static std::string text(const std::optional<double>& ratio) { return ratio ? format_percent(*ratio) : "?"; }

    void ratio(std::string_view name, ir::Metric metric, std::optional<double> Figures::* figure) {
        const std::optional<double>&best = metrics_.best.*figure, &mean = metrics_.mean.*figure,
              &worst = metrics_.worst.*figure;
        row(name, text(mean) + missing(metric),
            best && mean && worst ? range_of({*best, *mean, *worst}, [](double share) { return format_percent(share); })
                                  : "");
    }

    static std::string text(const QualityFigure& quality) {
        if (quality.at_most && *quality.at_most < 1) return "at most " + format_percent(*quality.at_most, Rounding::up);
        return quality.value ? format_percent(*quality.value) : "?";
    }

    std::string range_of_quality() const {
        std::vector<double> known, bounds;
        for (const QualityFigure* one :
             {&metrics_.best.rolled_ca, &metrics_.mean.rolled_ca, &metrics_.worst.rolled_ca}) {
            if (one->value) known.push_back(*one->value);
            if (one->at_most) bounds.push_back(*one->at_most);
        }
        if (known.size() == 3) return range_of(known, [](double share) { return format_percent(share); });
        return bounds.size() == 3
                   ? range_of(bounds, [](double share) { return "≤ " + format_percent(share, Rounding::up); })
                   : "";
    }

    void quality() {
        const std::string value = quality_text(metrics_);
        if (value.empty()) return;
        const std::string says = who_says(metrics_);
        row("rolled %C&A", value + (says.empty() ? missing(ir::Metric::rolled_ca) : ", " + says), range_of_quality());
    }

    /// Empty if no step has a team, because then the count is meaningless.
    std::string handoffs() const {
        const bool any_team = std::any_of(stream_.elements.begin(), stream_.elements.end(), [](const Element& element) {
            const auto* step = ir::step_of(element);
            return step != nullptr && !step->teams.empty();
        });
        return any_team ? ", " + count_of(metrics_.handoffs, "handoff") : "";
    }

    /// Adds the elements whose values are missing, in source order; for endless rework, the steps that send back.
    void unknown() {
        std::vector<char> asked(stream_.elements.size()), back(stream_.elements.size());
        for (const Unknown& one : metrics_.unknown) {
            const bool endless = metrics_.expected.endless && ir::info_of(one.metric).key.starts_with("expected_");
            for (const ElementId id : one.because)
                if (!is_silent(stream_, one, id)) (endless && sends_back(id) ? back : asked)[id.index] = 1;
        }
        names_row("comes back forever", back);
        names_row("still to find out", asked);
    }

    bool sends_back(ElementId id) const {
        const auto* step = ir::step_of(stream_.elements[id]);
        return step != nullptr && !step->reworks.empty();
    }

    /// Adds a row with as many names as fit on the line, and the number of the others.
    void names_row(std::string_view title, const std::vector<char>& chosen) {
        constexpr std::size_t room = 60;
        const auto count = static_cast<std::size_t>(std::count(chosen.begin(), chosen.end(), 1));
        std::string names;
        std::size_t shown = 0;
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            if (!chosen[i]) continue;
            const std::string name = cut_to(one_line(stream_.elements[stream_.elements.id_at(i)].label), 24);
            if (shown > 0 && display_width(names) + display_width(name) > room) break;
            names += (shown++ == 0 ? "" : ", ") + name;
        }
        if (count == 0) return;
        if (count > shown) names += fmt::format(" and {} more", count - shown);
        row(title, names, "");
    }

    const ir::Model& model_;
    const ir::Stream& stream_;
    const StreamMetrics& metrics_;
    bool rework_;
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace

Section summary_section(const Reported& reported) {
    Section section;
    section.rows.push_back({{}, {}, {}});
    for (auto& row : Summary(reported.model(), reported.stream(), reported.metrics).rows())
        section.rows.push_back(std::move(row));
    section.columns.resize(3);
    const std::vector<std::size_t> widths = widths_of(section.columns, section.rows);
    section.columns[1].widest = line_width - 2 - widths[0];
    section.columns[2].widest = line_width - 2 - std::min(line_width - 2, widths[0] + 2 + widths[1]);
    return section;
}

}  // namespace vsm::runtime
