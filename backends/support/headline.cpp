#include "backends/support/headline.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "backends/support/facts.h"
#include "base/quotient.h"
#include "base/text.h"
#include "runtime/reports/metrics/report_sections.h"
#include "runtime/reports/metrics/report_table.h"
#include "runtime/rework/rework.h"
#include "runtime/words/apart.h"
#include "runtime/words/figure_words.h"

namespace vsm::backends {
namespace {

using runtime::StreamMetrics;
using runtime::TimeFigure;

/// A time with rework if rework changes it, since targets are judged by that, and the time as drawn as a note.
Headline time_of(const ir::Stream& stream, const StreamMetrics& metrics, ir::Metric metric, std::string meaning,
                 Headline::Tone tone) {
    const bool lead = metric == ir::Metric::lead_time;
    const TimeFigure& drawn = lead ? metrics.mean.lead_time : metrics.mean.process_time;
    const TimeFigure& expected = lead ? metrics.expected.lead_time : metrics.expected.process_time;
    Headline headline{metric, runtime::words_of(metric), at_least(drawn, stream.calendar), "", {}, std::move(meaning),
                      tone};
    if (!runtime::has_rework(stream)) return headline;
    if (metrics.expected.endless) {
        headline.label += " as drawn";
        headline.notes = {"with rework beyond measure"};
        return headline;
    }
    std::string as_drawn = std::exchange(headline.value, at_least(expected, stream.calendar));
    if (drawn.known && expected.known) {
        const runtime::ApartTexts texts =
            runtime::texts_apart(metric, drawn.microseconds, stream, expected.microseconds, stream);
        as_drawn = texts.before;
        headline.value = texts.after;
    }
    if (headline.value == as_drawn) return headline;
    headline.label += " with rework";
    headline.notes = {as_drawn + " as drawn"};
    for (std::string& effect : runtime::rework_effects(stream, metrics, metric))
        headline.notes.push_back(std::move(effect));
    return headline;
}

/// `47`, `at most 47`; never 0 or 100 for a share that only rounds to it, except for a bound.
std::string hundredths(double share, bool at_most) {
    const double whole = round_to(share * 100, 0, at_most ? Rounding::up : Rounding::nearest);
    if (whole == 0 && share > 0) return "under 1";
    if (whole == 100 && share < 1 - 1e-9 && !at_most) return "over 99";
    return (at_most ? "at most " : "") + format_number(whole);
}

std::string of_hundred(const StreamMetrics& metrics) {
    const runtime::QualityFigure& rolled = metrics.mean.rolled_ca;
    const std::optional<double> share = rolled.value ? rolled.value : rolled.at_most;
    if (!share) return "";
    return fmt::format("{} of 100 go through without anyone having to correct something",
                       hundredths(*share, !rolled.value));
}

std::vector<Headline> figures_of(const BackendInput& input, const StreamMetrics& metrics) {
    const ir::Stream& stream = input.stream();
    std::vector<Headline> all;
    all.push_back(time_of(stream, metrics, ir::Metric::lead_time, "from beginning to end, including waiting",
                          Headline::Tone::plain));
    all.push_back(time_of(stream, metrics, ir::Metric::process_time, "of that, people or machines work on it",
                          Headline::Tone::work));
    // The ratio is that of the times as drawn; beside times with rework it says so.
    const bool reworked = std::any_of(all.begin(), all.end(), [](const Headline& one) { return !one.notes.empty(); });
    if (const std::string active = runtime::activity_text(metrics); !active.empty())
        all.push_back({ir::Metric::activity_ratio,
                       reworked ? "activity ratio as drawn" : "activity ratio",
                       active,
                       "",
                       {},
                       "the part of the time in which work happens",
                       Headline::Tone::plain});
    if (const std::string rolled = runtime::quality_text(metrics); !rolled.empty()) {
        all.push_back(
            {ir::Metric::rolled_ca, "rolled %C&A", rolled, "", {}, of_hundred(metrics), Headline::Tone::plain});
        if (const std::string says = runtime::who_says(metrics); !says.empty()) all.back().notes.push_back(says);
    }
    if (!runtime::states_times(stream, metrics)) {
        // a map of names alone: report the missing times once
        std::erase_if(all, [](const Headline& one) {
            return one.metric == ir::Metric::process_time || one.metric == ir::Metric::activity_ratio;
        });
        all.front().notes = {"no step has a time yet"};
    }
    return all;
}

/// Capitalizes a sentence that begins with a lower-case ASCII letter; all begin with our own words.
std::string begun(std::string sentence) {
    if (!sentence.empty() && sentence.front() >= 'a' && sentence.front() <= 'z')
        sentence.front() = static_cast<char>(sentence.front() - 'a' + 'A');
    return sentence;
}

}  // namespace

std::vector<StreamMetrics> related_figures(const BackendInput& input, const StreamMetrics& own) {
    const auto& future = input.stream().future;
    std::vector<ir::StreamId> ids{input.stream_id};
    if (future)
        ids.push_back(input.model.root_of(input.stream_id));
    else
        for (const ir::StreamId id : input.model.futures_of(input.stream_id)) ids.push_back(id);
    std::sort(ids.begin(), ids.end());
    std::vector<StreamMetrics> all;
    for (const ir::StreamId id : ids) all.push_back(id == input.stream_id ? own : input.figures(id));
    return all;
}

std::vector<Headline> headlines_of(const BackendInput& input, const StreamMetrics& metrics) {
    std::vector<Headline> all = figures_of(input, metrics);
    if (!input.stream().future) return all;
    const BackendInput base{input.model, input.stream().future->of, input.options, input.measured};
    for (const Headline& before : figures_of(base, input.figures(base.stream_id)))
        for (Headline& now : all)
            if (now.metric == before.metric && now.value != before.value) now.now = before.value;
    return all;
}

std::vector<std::string> constraints_of(const BackendInput& input, const StreamMetrics& metrics) {
    const runtime::FileMetrics file{"", &input.model, {}};
    std::vector<std::string> sentences =
        runtime::constraints_section({file, metrics, runtime::Medium::picture}).sentences;
    for (std::string& sentence : sentences) sentence = begun(std::move(sentence));
    return sentences;
}

std::vector<std::string> levers_of(const BackendInput& input, const StreamMetrics& metrics) {
    const runtime::FileMetrics file{"", &input.model, {}};
    std::vector<std::string> sentences = runtime::levers_section({file, metrics, runtime::Medium::picture}).sentences;
    for (std::string& sentence : sentences) sentence = begun(std::move(sentence));
    return sentences;
}

std::vector<Goal> goals_of(const BackendInput& input, const StreamMetrics& metrics) {
    const ir::Stream& stream = input.stream();
    const ir::Stream& asking = stream.future ? input.model.stream(stream.future->of) : stream;
    if (stream.targets.empty() && asking.targets.empty()) return {};
    const runtime::FileMetrics file{"", &input.model, related_figures(input, metrics)};
    const runtime::Reported reported{file, metrics, runtime::Medium::picture};
    std::vector<Goal> goals;
    for (const runtime::JudgedTarget& judged : runtime::judge(input.model, input.stream_id, *file.streams)) {
        runtime::JudgedWords words = runtime::words_of(judged, reported);
        goals.push_back({words.wanted, words.now, words.then, words.rest, std::string(runtime::name_of(judged.verdict)),
                         runtime::judged_text(judged, reported)});
    }
    return goals;
}

std::string kaizen_text(const BackendInput& input, const ir::Kaizen& kaizen) {
    std::string text = kaizen.title.value;
    if (!kaizen.owner.value.empty()) {
        std::string owner = kaizen.owner.value;
        for (const ir::Team& team : input.model.model().teams)
            if (lower_case(team.name.value) == lower_case(kaizen.owner.value) && !team.title.value.empty())
                owner = team.title.value;
        text += " — " + owner;
    }
    if (kaizen.due) text += ", by " + format_date(*kaizen.due);
    return text;
}

}  // namespace vsm::backends
