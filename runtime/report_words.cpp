#include "runtime/report_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/goals.h"

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
        {ir::Metric::element_ca, "%C&A"},
        {ir::Metric::wip, "work in progress"},
        {ir::Metric::effort_fte, "full-time people"},
        {ir::Metric::first_pass_yield, "first-pass yield"},
        {ir::Metric::dora_failed_deployment_recovery_time, "recovery time"},
        {ir::Metric::dora_break_fix_rate, "break-fix rate"},
    };
    for (const auto& [one, name] : names)
        if (one == metric) return std::string(name);
    std::string words(ir::info_of(metric).key);
    if (words.starts_with("expected_")) words = words.substr(words.find('_') + 1) + " with rework";
    for (const std::string_view prefix : {"*.", "dora."})
        if (words.starts_with(prefix)) words.erase(0, prefix.size());
    if (words.ends_with("rolled_ca")) words.replace(words.size() - 9, 9, "rolled %C&A");
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c == '_' || c == '.'; }, ' ');
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

std::string signed_duration(double microseconds, const Calendar& calendar) {
    const std::string size = format_duration(std::fabs(microseconds), calendar);
    return microseconds < 0 && size != format_duration(0.0, calendar) ? "-" + size : size;
}

std::string short_number(double number) {
    const double size = std::fabs(number);
    if (size >= 100 || number == std::round(number)) return fmt::format("{:.0f}", number);
    if (size >= 10) return fmt::format("{:.1f}", number);
    if (size < 1e-6) return "0";
    // Two digits of what is small.
    const int decimals = size >= 0.1 ? 2 : 1 - static_cast<int>(std::floor(std::log10(size)));
    return fmt::format("{:.{}f}", number, decimals);
}

std::string figure_text(ir::Metric metric, double figure, const ir::Stream& stream) {
    switch (ir::info_of(metric).type) {
        case ir::MetricType::time: return signed_duration(figure, calendar_of(metric, stream));
        case ir::MetricType::ratio: return format_percent(figure);
        case ir::MetricType::rate: {
            const double seconds = static_cast<double>(stream.calendar.day.microseconds) / microseconds_per_second;
            return short_number(figure * seconds) + "/d";
        }
        case ir::MetricType::number:
        case ir::MetricType::name: return short_number(figure);
    }
    return "";
}

std::string bounded_text(ir::Metric metric, const MetricValue& value, const ir::Stream& stream) {
    if (value.value) return figure_text(metric, *value.value, stream);
    if (value.at_least && *value.at_least > 0) return "≥ " + figure_text(metric, *value.at_least, stream);
    if (value.at_most) return "≤ " + figure_text(metric, *value.at_most, stream);
    return "";
}

std::string change_text(ir::Metric metric, double change, const ir::Stream& stream) {
    const std::string sign = change > 0 ? "+" : "";
    if (ir::info_of(metric).type == ir::MetricType::ratio) return fmt::format("{}{:.1f} points", sign, 100 * change);
    return sign + figure_text(metric, change, stream);
}

std::vector<const StreamMetrics*> pointers_to(const std::vector<StreamMetrics>& streams) {
    std::vector<const StreamMetrics*> pointers;
    for (const StreamMetrics& one : streams) pointers.push_back(&one);
    return pointers;
}

const StreamMetrics* metrics_of(const std::vector<StreamMetrics>& streams, ir::StreamId id) {
    const auto found = std::lower_bound(streams.begin(), streams.end(), id,
                                        [](const StreamMetrics& one, ir::StreamId of) { return one.stream < of; });
    return found != streams.end() && found->stream == id ? &*found : nullptr;
}

std::string kaizen_title(const ir::Stream& future, std::size_t kaizen) {
    return future.remarks.kaizens[kaizen].title.value;
}

}  // namespace vsm::runtime
