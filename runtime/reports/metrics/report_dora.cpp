// The DORA keys of a stream: stated, derived, or still unknown.
#include <fmt/format.h>

#include <algorithm>

#include "runtime/figures/absent.h"
#include "runtime/reports/metrics/report_table.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {

using ir::Metric;

bool shows_dora(const ir::Stream& stream, const StreamMetrics& metrics) {
    const Absent* no_time = absence_of(metrics, Metric::dora_failed_deployment_recovery_time);
    const bool recovers = no_time == nullptr || no_time->lack != Lack::no_recovery;
    if (stream.change_failure || stream.deploys || recovers) return true;
    return std::any_of(stream.elements.begin(), stream.elements.end(), [](const ir::Element& element) {
        const auto* step = ir::step_of(element);
        return step != nullptr && step->milestone;
    });
}

namespace {

/// A key that depends on a `?`: what is known of it, and why it is not known. No row for one that the map does not
/// give.
void add_open_key(const Reported& reported, Metric metric, std::string_view unit, Section& section) {
    const Absent* absent = absence_of(reported.metrics, metric);
    if (absent == nullptr || !is_open(absent->lack)) return;
    const MetricValue value = value_of(reported.model(), reported.stream(), reported.metrics, metric);
    std::string text = "?";
    if (value.at_least && *value.at_least > 0)
        text =
            fmt::format("at least {}{}", figure_text(metric, *value.at_least, reported.stream(), Rounding::down), unit);
    std::string why = text_of(reported.model(), reported.stream(), *absent);
    std::erase(why, '`');  // cells have no quotes
    why.resize(std::min(why.find("; "), why.size()));
    section.rows.push_back(
        {{{words_of(metric)}}, {{std::move(text), Paint::strong}}, {{std::move(why), Paint::faint}}});
}

}  // namespace

Section dora_section(const Reported& reported) {
    const ir::Stream& stream = reported.stream();
    if (!shows_dora(stream, reported.metrics)) return {};
    const Dora& dora = reported.metrics.dora;
    Section section{"DORA", {}, {{}, {}, {}}, {{{}, {}, {}}}};
    const auto row = [&](Metric metric, const std::optional<DoraFigure>& figure, std::string_view unit) {
        if (!figure) return add_open_key(reported, metric, unit, section);
        std::string origin = figure->stated ? "stated" : "derived";
        if (figure->stated && figure->derived && *figure->derived != figure->value)
            origin += fmt::format("; the map gives {}", figure_text(metric, *figure->derived, stream));
        section.rows.push_back({{{words_of(metric)}},
                                {{figure_text(metric, figure->value, stream) + std::string(unit), Paint::strong}},
                                {{origin, Paint::faint}}});
    };
    row(Metric::dora_change_lead_time, dora.change_lead_time, " elapsed, 24 h a day");
    row(Metric::dora_deployment_frequency, dora.deployment_frequency, " (working days)");
    row(Metric::dora_change_failure_rate, dora.change_failure_rate, "");
    row(Metric::dora_failed_deployment_recovery_time, dora.failed_deployment_recovery_time, " elapsed, 24 h a day");
    row(Metric::dora_break_fix_rate, dora.break_fix_rate, " (working days)");
    row(Metric::dora_open_incidents, dora.open_incidents, "");
    row(Metric::dora_deployment_rework_rate, dora.deployment_rework_rate, " of the deployments");
    const std::vector<std::size_t> widths = widths_of(section.columns, section.rows);
    section.columns[2].widest = line_width - std::min(line_width, widths[0] + widths[1] + 4);
    return section;
}

}  // namespace vsm::runtime
