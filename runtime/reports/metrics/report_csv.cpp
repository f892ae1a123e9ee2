#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "base/writers/csv.h"
#include "runtime/figures/metric_values.h"
#include "runtime/reports/metrics/report.h"
#include "runtime/words/ratio_digits.h"

namespace vsm::runtime {
namespace {

constexpr std::array<std::string_view, 7> figure_columns{"lead_time_seconds", "process_time_seconds",
                                                         "wait_time_seconds", "total_process_time_seconds",
                                                         "activity_ratio",    "pce",
                                                         "rolled_ca"};

using ir::Metric;

/// Figures with rework, under load, and DORA. Rates are per working day.
constexpr std::array further{Metric::expected_lead_time,
                             Metric::expected_process_time,
                             Metric::expected_total_process_time,
                             Metric::first_pass_yield,
                             Metric::throughput,
                             Metric::takt,
                             Metric::wip,
                             Metric::effort_fte,
                             Metric::cost,
                             Metric::dora_change_lead_time,
                             Metric::dora_deployment_frequency,
                             Metric::dora_change_failure_rate,
                             Metric::dora_failed_deployment_recovery_time,
                             Metric::dora_break_fix_rate,
                             Metric::dora_open_incidents,
                             Metric::dora_deployment_rework_rate};

/// Figures of `further` that may have a lower bound; those of the figures as drawn have columns of their own.
constexpr std::array bounded{Metric::expected_lead_time,
                             Metric::expected_process_time,
                             Metric::expected_total_process_time,
                             Metric::wip,
                             Metric::effort_fte,
                             Metric::cost,
                             Metric::dora_change_lead_time,
                             Metric::dora_failed_deployment_recovery_time,
                             Metric::dora_open_incidents};

std::string heading_of(Metric metric, std::string_view end = "") {
    const ir::MetricInfo& info = ir::info_of(metric);
    const std::string_view unit = info.type == ir::MetricType::time   ? "_seconds"
                                  : info.type == ir::MetricType::rate ? "_per_day"
                                                                      : "";
    return fmt::format("{}{}{}", info.key, end, unit);
}

void add_figure(CsvWriter& csv, const ir::Stream& stream, Metric metric, const MetricValue& figure) {
    if (!figure.value) return void(csv.plain(""));
    const ir::MetricType type = ir::info_of(metric).type;
    const double day = static_cast<double>(stream.calendar.day.microseconds) / microseconds_per_second;
    if (type == ir::MetricType::time) return void(csv.plain(format_number(*figure.value / microseconds_per_second)));
    csv.plain(ratio_digits(type == ir::MetricType::rate ? *figure.value * day : *figure.value));
}

std::string number_of(double number) { return format_number(number); }
std::string seconds_of(const TimeFigure& figure) { return number_of(figure.microseconds / microseconds_per_second); }

void add_ratio(CsvWriter& csv, const std::optional<double>& ratio) {
    csv.plain(ratio ? ratio_digits(*ratio) : std::string());
}

void add_figures(CsvWriter& csv, const Figures& figures) {
    for (const TimeFigure* time :
         {&figures.lead_time, &figures.process_time, &figures.wait_time, &figures.total_process_time})
        csv.plain(time->known ? seconds_of(*time) : std::string());
    add_ratio(csv, figures.activity_ratio);
    add_ratio(csv, figures.pce);
    add_ratio(csv, figures.rolled_ca.value);
}

void add_bounds(CsvWriter& csv, const Figures& figures) {
    for (const TimeFigure* time :
         {&figures.lead_time, &figures.process_time, &figures.wait_time, &figures.total_process_time})
        csv.plain(time->known ? std::string() : seconds_of(*time));
    add_ratio(csv, figures.rolled_ca.at_most);
}

void add_heading(CsvWriter& csv) {
    for (const std::string_view name : {"file", "stream", "title", "of", "by", "hours_per_day", "days_per_week"})
        csv.plain(name);
    for (const std::string_view name : figure_columns) csv.plain(name);
    for (const std::string_view name : {"rolled_ca_skipped", "steps", "handoffs"}) csv.plain(name);
    for (const std::string_view end : {"best", "worst"})
        for (const std::string_view name : figure_columns) csv.plain(fmt::format("{}.{}", end, name));
    for (const std::string_view name :
         {"lead_time_at_least_seconds", "process_time_at_least_seconds", "wait_time_at_least_seconds",
          "total_process_time_at_least_seconds", "rolled_ca_at_most"})
        csv.plain(name);
    for (const Metric metric : further) csv.plain(heading_of(metric));
    for (const std::string_view name : {"approximate", "time_constraint", "load_constraint"}) csv.plain(name);
    for (const Metric metric : bounded) csv.plain(heading_of(metric, "_at_least"));
    csv.end_row();
}

void add_row(CsvWriter& csv, const FileMetrics& file, const StreamMetrics& metrics) {
    const ir::Stream& stream = file.model->stream(metrics.stream);
    const auto day = static_cast<double>(stream.calendar.day.microseconds);
    csv.text(log_text(file.path)).text(stream.name.value).text(stream.title.value);
    csv.text(stream.future ? file.model->stream(stream.future->of).name.value : "");
    csv.plain(stream.future && stream.future->by ? format_date(*stream.future->by) : "");
    csv.plain(number_of(day / (3600.0 * microseconds_per_second)));
    csv.plain(number_of(static_cast<double>(stream.calendar.week.microseconds) / day));
    add_figures(csv, metrics.mean);
    for (const std::size_t count : {metrics.rolled_ca_skipped, metrics.steps, metrics.handoffs})
        csv.plain(fmt::format("{}", count));
    add_figures(csv, metrics.best);
    add_figures(csv, metrics.worst);
    add_bounds(csv, metrics.mean);
    for (const Metric metric : further)
        add_figure(csv, stream, metric, value_of(file.model->model(), stream, metrics, metric));
    csv.plain(metrics.expected.approximate ? "true" : "false");
    for (const Metric metric : {Metric::time_constraint, Metric::load_constraint})
        csv.text(value_of(file.model->model(), stream, metrics, metric).name);
    for (const Metric metric : bounded) {
        const MetricValue value = value_of(file.model->model(), stream, metrics, metric);
        add_figure(csv, stream, metric, {value.at_least, {}, {}, {}});
    }
    csv.end_row();
}

}  // namespace

std::string metrics_csv(std::span<const FileMetrics> files) {
    CsvWriter csv;
    add_heading(csv);
    for (const FileMetrics& file : files)
        for (const StreamMetrics& metrics : file.shown()) add_row(csv, file, metrics);
    return csv.finish();
}

}  // namespace vsm::runtime
