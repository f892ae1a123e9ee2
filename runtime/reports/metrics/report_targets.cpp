// Targets in words: what is wanted, what holds now and in each future, and how far it is.
#include <fmt/format.h>

#include <cmath>

#include "runtime/figures/goals.h"
#include "runtime/reports/metrics/report_sections.h"
#include "runtime/words/apart.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

using ir::Metric;

std::string_view relation_text(ir::Relation relation) {
    switch (relation) {
        case ir::Relation::at_most: return "at most";
        case ir::Relation::at_least: return "at least";
        case ir::Relation::below: return "below";
        case ir::Relation::above: return "above";
        case ir::Relation::equal: return "exactly";
    }
    return "";
}

/// `lead time`, `lead time as drawn`, or for one element `lead time of `approve``.
std::string subject_of(const ir::Target& target, const Reported& reported) {
    const std::string words = reported.plain(words_of(target.metric.metric)) + (target.metric.drawn ? " as drawn" : "");
    if (!target.metric.element.valid()) return words;
    return fmt::format("{} of {}", words, label_of(reported, target.metric.element));
}

/// With enough digits to show on which side of the bound the value is.
std::string held_text(const JudgedTarget& judged, Metric metric, const MetricValue& value, const ir::Stream& stream) {
    if (value.value && judged.bound) return text_beside(metric, *value.value, *judged.bound, stream);
    if (judged.bound && !value.endless && value.at_least && *value.at_least > 0)
        return "≥ " + text_beside(metric, *value.at_least, *judged.bound, stream, Rounding::down);
    if (judged.bound && !value.endless && value.at_most && *value.at_most < 1)
        return "≤ " + text_beside(metric, *value.at_most, *judged.bound, stream, Rounding::up);
    const std::string text = bounded_text(metric, value, stream);
    return text.empty() ? "?" : text;
}

/// A value as a target reads it: `10d`; if rework changes it, also ` with rework` and `5d as drawn`.
struct ReadFigure {
    std::string text, basis, aside;
};

ReadFigure read_by(const JudgedTarget& judged, const MetricValue& value, ir::StreamId id, const Reported& reported) {
    const ir::Stream& stream = reported.file.model->stream(id);
    const Metric drawn = judged.target->metric.metric;
    ReadFigure figure{held_text(judged, judged.judged_by, value, stream), "", ""};
    const StreamMetrics* metrics = metrics_of(*reported.file.streams, id);
    if (metrics == nullptr && reported.metrics.stream == id) metrics = &reported.metrics;
    if (drawn == judged.judged_by || metrics == nullptr) return figure;
    const std::string as_drawn = held_text(judged, drawn, value_of(reported.model(), stream, *metrics, drawn), stream);
    if (as_drawn == figure.text) return figure;
    if (value.value) figure.basis = " with rework";
    figure.aside = as_drawn + " as drawn";
    return figure;
}

std::string with_aside(const std::string& text, const std::vector<std::string>& asides) {
    std::string inside;
    for (const std::string& one : asides)
        if (!one.empty()) inside += (inside.empty() ? "" : "; ") + one;
    return inside.empty() ? text : fmt::format("{} ({})", text, inside);
}

/// A share of the current figure as a time, with enough digits for each value that is shown beside it.
std::string relative_bound_text(const JudgedTarget& judged, const ir::Stream& stream) {
    std::string text = figure_text(judged.judged_by, *judged.bound, stream);
    const auto set_apart = [&](const MetricValue& value) {
        if (!value.value) return;
        std::string apart = text_beside(judged.judged_by, *judged.bound, *value.value, stream);
        if (apart.size() > text.size()) text = std::move(apart);
    };
    set_apart(judged.current);
    for (const TargetInFuture& one : judged.futures) set_apart(one.value);
    return text;
}

std::string wanted_by(const JudgedTarget& judged, const Reported& reported) {
    const ir::Target& target = *judged.target;
    const Metric metric = target.metric.metric;
    const bool relative =
        ir::info_of(metric).type == ir::MetricType::time && std::holds_alternative<Ratio>(target.bound.value);
    std::string text = fmt::format("{} {} {}", subject_of(target, reported), relation_text(target.relation),
                                   reported.plain(target.bound.text));
    if (relative) text += " of now";
    if (relative && judged.bound) text += fmt::format(" ({})", relative_bound_text(judged, reported.stream()));
    if (target.by) text += " by " + format_date(*target.by);
    return text;
}

std::string progress_text(const JudgedTarget& judged, const Reported& reported) {
    if (!judged.progress) return "";
    const std::string from = reported.plain(judged.target->baseline->text);
    const double share = *judged.progress, percent = round_to(100 * share, 0);
    if (share < 0) return fmt::format("further away than {}", from);
    // decimals distinguish a target that is nearly met, or hardly begun
    const bool whole = (percent != 0 && percent != 100) || std::fabs(share - percent / 100) < 1e-9;
    return fmt::format("{} of the way from {}",
                       whole ? fmt::format("{:.0f}%", std::fabs(percent)) : format_percent(share), from);
}

/// The futures to list for a target: all if there are few; else a selection, starting with those that meet it in time.
std::vector<const TargetInFuture*> told_of(const JudgedTarget& judged) {
    constexpr std::size_t few = 12, most = 10;
    std::vector<const TargetInFuture*> told;
    const bool all = judged.futures.size() <= few;
    for (const bool wanted : {true, false})
        for (const TargetInFuture& one : judged.futures)
            if ((all || told.size() < most) && (all ? wanted : (one.met == Answer::yes && one.in_time) == wanted))
                told.push_back(&one);
    return told;
}

}  // namespace

JudgedWords words_of(const JudgedTarget& judged, const Reported& reported) {
    const ir::StreamId base = reported.file.model->root_of(reported.metrics.stream);
    const ReadFigure now = read_by(judged, judged.current, base, reported);
    JudgedWords words{wanted_by(judged, reported),
                      with_aside(now.text + now.basis, {now.aside}),
                      {},
                      progress_text(judged, reported)};
    const std::vector<const TargetInFuture*> told = told_of(judged);
    for (const TargetInFuture* in : told) {
        const TargetInFuture& one = *in;
        const ir::Stream& future = reported.file.model->stream(one.future);
        const bool titled = reported.medium == Medium::picture && !future.title.value.empty();
        const ReadFigure then = read_by(judged, one.value, one.future, reported);
        words.then.push_back(
            judged.own
                ? with_aside(then.text + then.basis, {then.aside})
                : fmt::format("{} {}", reported.name(titled ? future.title.value : future.name.value), then.text));
        if (one.met == Answer::yes && !one.in_time) words.then.push_back("after the date");
    }
    if (told.size() < judged.futures.size())
        words.then.push_back(fmt::format("and {}", count_of(judged.futures.size() - told.size(), "more future")));
    return words;
}

std::string judged_text(const JudgedTarget& judged, const Reported& reported) {
    const JudgedWords words = words_of(judged, reported);
    std::string text = words.wanted + "; ";
    if (judged.own && !judged.futures.empty()) {
        const TargetInFuture& own = judged.futures.front();
        const ReadFigure then = read_by(judged, own.value, own.future, reported);
        text += with_aside(
            then.text + then.basis,
            {then.aside, "now " + held_text(judged, judged.judged_by, judged.current,
                                            reported.file.model->stream(reported.file.model->root_of(own.future)))});
        if (words.then.size() > 1) text += ", " + words.then.back();
    } else {
        text += "now " + words.now;
        for (const std::string& one : words.then) text += ", " + one;
    }
    return words.rest.empty() ? text : text + "; " + words.rest;
}

std::vector<JudgedTarget> targets_of(const FileMetrics& file, const StreamMetrics& metrics) {
    if (file.model->stream(metrics.stream).targets.empty()) return {};
    return judge(*file.model, metrics.stream, *file.streams);
}

Section targets_section(const Reported& reported) {
    Section section{"targets", {}, {}, {}};
    const std::string_view pattern = reported.medium == Medium::markdown ? "**{}**: {}" : "{}: {}";
    for (const JudgedTarget& judged : targets_of(reported.file, reported.metrics))
        section.sentences.push_back(
            fmt::format(fmt::runtime(pattern), name_of(judged.verdict), judged_text(judged, reported)));
    return section;
}

}  // namespace vsm::runtime
