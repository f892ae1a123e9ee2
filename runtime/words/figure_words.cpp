#include "runtime/words/figure_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/figures/absent.h"
#include "runtime/figures/goals.h"

namespace vsm::runtime {

std::string_view name_of(Change change) {
    switch (change) {
        case Change::wait_halved: return "wait halved";
        case Change::rework_gone: return "rework gone";
        case Change::removed: return "removed";
        case Change::all_accurate: return "all complete and accurate";
    }
    return "";
}

std::string words_of(ir::Metric metric) {
    static constexpr std::pair<ir::Metric, std::string_view> names[] = {
        {ir::Metric::pce, "process cycle efficiency"},
        {ir::Metric::takt, "takt time"},
        {ir::Metric::time_constraint, "bottleneck"},
        {ir::Metric::load_constraint, "busiest"},
        {ir::Metric::element_ca, "%C&A"},
        {ir::Metric::wip, "work in progress"},
        {ir::Metric::effort_fte, "full-time people"},
        {ir::Metric::first_pass_yield, "first-pass yield"},
        {ir::Metric::dora_failed_deployment_recovery_time, "recovery time"},
        {ir::Metric::dora_break_fix_rate, "break-fix rate"},
        {ir::Metric::dora_deployment_rework_rate, "rework rate"},
    };
    for (const auto& [one, name] : names)
        if (one == metric) return std::string(name);
    std::string words(ir::info_of(metric).key);
    if (words.starts_with("expected_")) words = words.substr(words.find('_') + 1) + " with rework";
    for (const std::string_view prefix : {"*.", "dora."})
        if (words.starts_with(prefix)) words.erase(0, prefix.size());
    if (words.ends_with("rolled_ca")) words.replace(words.size() - 9, 9, "rolled %C&A");
    std::replace_if(words.begin(), words.end(), [](char c) { return c == '_' || c == '.'; }, ' ');
    return words;
}

std::string capability_text(std::string_view capability) {
    std::string words(capability);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

std::string count_of(std::size_t count, std::string_view one) {
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

std::string signed_duration(double microseconds, const Calendar& calendar, Rounding rounding) {
    const std::string size = format_duration(std::fabs(microseconds), calendar, rounding);
    return microseconds < 0 && size != format_duration(0.0, calendar) ? "-" + size : size;
}

std::string short_number(double number, Rounding rounding) {
    const double size = std::fabs(number);
    if (size >= 100 || number == std::round(number)) return fmt::format("{:.0f}", round_to(number, 0, rounding));
    if (size >= 10) return fmt::format("{:.1f}", round_to(number, 1, rounding));
    // Two significant digits for small numbers, however small.
    constexpr int most_decimals = 300;
    const int decimals = size >= 0.1 ? 2 : std::min(1 - static_cast<int>(std::floor(std::log10(size))), most_decimals);
    return fmt::format("{:.{}f}", round_to(number, decimals, rounding), decimals);
}

std::string figure_text(ir::Metric metric, double figure, const ir::Stream& stream, Rounding rounding) {
    switch (ir::info_of(metric).type) {
        case ir::MetricType::time: return signed_duration(figure, calendar_of(metric, stream), rounding);
        case ir::MetricType::ratio: return format_percent(figure, rounding);
        case ir::MetricType::rate: {
            const double seconds = static_cast<double>(stream.calendar.day.microseconds) / microseconds_per_second;
            return short_number(figure * seconds, rounding) + "/d";
        }
        case ir::MetricType::number:
        case ir::MetricType::name: return short_number(figure, rounding);
    }
    return "";
}

std::string bounded_text(ir::Metric metric, const MetricValue& value, const ir::Stream& stream) {
    if (value.value) return figure_text(metric, *value.value, stream);
    if (value.endless) return std::string(grows_without_end_text);
    if (value.at_least && *value.at_least > 0)
        return "≥ " + figure_text(metric, *value.at_least, stream, Rounding::down);
    if (value.at_most && *value.at_most < 1) return "≤ " + figure_text(metric, *value.at_most, stream, Rounding::up);
    return "";
}

namespace {

std::string marked_time(const TimeFigure& figure, std::string_view bound, const Calendar& calendar) {
    if (figure.known) return format_duration(figure.microseconds, calendar);
    if (figure.microseconds <= 0) return "?";
    return std::string(bound) + format_duration(figure.microseconds, calendar, Rounding::down);
}

}  // namespace

std::string time_text(const TimeFigure& figure, const Calendar& calendar) {
    return marked_time(figure, "at least ", calendar);
}

std::string bounded_time(const TimeFigure& figure, const Calendar& calendar) {
    return marked_time(figure, "≥ ", calendar);
}

namespace {

bool is_unknown(const StreamMetrics& metrics, ir::Metric metric) {
    return std::any_of(metrics.unknown.begin(), metrics.unknown.end(),
                       [&](const Unknown& one) { return one.metric == metric; });
}

}  // namespace

std::string activity_text(const StreamMetrics& metrics) {
    if (metrics.mean.activity_ratio) return format_percent(*metrics.mean.activity_ratio);
    return is_unknown(metrics, ir::Metric::activity_ratio) ? "?" : "";
}

std::string quality_text(const StreamMetrics& metrics) {
    const QualityFigure& rolled = metrics.mean.rolled_ca;
    if (rolled.value) return format_percent(*rolled.value);
    if (rolled.at_most && *rolled.at_most < 1) return "at most " + format_percent(*rolled.at_most, Rounding::up);
    return is_unknown(metrics, ir::Metric::rolled_ca) ? "?" : "";
}

std::string who_says(const StreamMetrics& metrics) {
    if (!metrics.mean.rolled_ca.at_most) return "";
    return fmt::format("{} of {} say", metrics.rolled_ca_said, count_of(metrics.rolled_ca_asked, "step"));
}

std::string unknown_count(const ir::Stream& stream, const StreamMetrics& metrics, ir::Metric metric) {
    for (const Unknown& unknown : metrics.unknown) {
        if (unknown.metric != metric) continue;
        const bool steps_only = std::all_of(unknown.because.begin(), unknown.because.end(),
                                            [&](ir::ElementId id) { return ir::is_step(stream.elements[id]); });
        return steps_only ? fmt::format("{} of {}", unknown.because.size(), count_of(metrics.steps, "step"))
                          : count_of(unknown.because.size(), "element");
    }
    return "";
}

bool is_silent(const ir::Stream& stream, const Unknown& unknown, ir::ElementId because) {
    const auto* step = ir::step_of(stream.elements[because]);
    return unknown.metric == ir::Metric::rolled_ca && step != nullptr && !step->quality;
}

std::string kaizen_title(const ir::Stream& future, std::size_t kaizen) {
    return future.remarks.kaizens[kaizen].title.value;
}

}  // namespace vsm::runtime
