#include <fmt/format.h>

#include <algorithm>

#include "runtime/figures/compare.h"
#include "runtime/figures/significance.h"
#include "runtime/reports/metrics/report_sections.h"
#include "runtime/rework/rework.h"
#include "runtime/words/apart.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

using ir::Metric;

/// The metrics to compare a future with its base, in order.
constexpr Metric shown_metrics[] = {Metric::expected_lead_time,
                                    Metric::lead_time,
                                    Metric::process_time,
                                    Metric::total_process_time,
                                    Metric::activity_ratio,
                                    Metric::pce,
                                    Metric::rolled_ca,
                                    Metric::first_pass_yield,
                                    Metric::steps,
                                    Metric::handoffs,
                                    Metric::throughput,
                                    Metric::wip,
                                    Metric::effort_fte,
                                    Metric::cost,
                                    Metric::dora_change_lead_time,
                                    Metric::dora_deployment_frequency,
                                    Metric::dora_change_failure_rate,
                                    Metric::dora_break_fix_rate,
                                    Metric::dora_open_incidents,
                                    Metric::dora_deployment_rework_rate};

std::string titles_of(const ir::Stream& future, const Contribution& contribution) {
    std::vector<std::string> names;
    for (const std::size_t kaizen : contribution.kaizens) names.push_back(kaizen_title(future, kaizen));
    for (const std::size_t edit : contribution.edits)
        if (!future.future->edits[edit].kaizen) names.push_back(text_of(future.future->edits[edit]));
    if (names.size() > 3) {
        const std::size_t more = names.size() - 2;
        names.resize(2);
        names.push_back(fmt::format("{} more edits", more));
    }
    return fmt::format("{}", fmt::join(names, " and "));
}

/// Omits unchanged figures, except the two that readers expect.
bool is_worth_a_line(const Difference& one, const Reported& now, const Reported& future) {
    const bool rework = has_rework(now.stream()) || has_rework(future.stream());
    if (ir::info_of(one.metric).key.starts_with("dora.") && !shows_dora(future.stream(), future.metrics)) return false;
    if (one.metric == Metric::expected_lead_time && !rework) return false;
    if (bounded_text(one.metric, one.now, now.stream()).empty() &&
        bounded_text(one.metric, one.then, future.stream()).empty())
        return false;
    return is_change(one.metric, one.now, one.then) || one.metric == Metric::lead_time ||
           one.metric == Metric::rolled_ca;
}

DifferenceWords said_of(const Difference& one, const ir::Stream& now, const ir::Stream& future) {
    const auto shown = [&](const MetricValue& value, const ir::Stream& stream) {
        const std::string text = bounded_text(one.metric, value, stream);
        return text.empty() ? std::string("?") : text;
    };
    DifferenceWords words{
        ir::info_of(one.metric).key, words_of(one.metric), shown(one.now, now), shown(one.then, future), "", ""};
    if (!one.change()) {
        if (!one.now.endless && !one.then.endless) words.change = "?";
        return words;
    }
    const ApartTexts texts = texts_apart(one.metric, *one.now.value, now, *one.then.value, future);
    words.now = texts.before;
    words.then = texts.after;
    if (!is_change(one.metric, one.now, one.then)) return words;
    words.change = change_text(one.metric, *one.change(), future);
    if (ir::info_of(one.metric).type != ir::MetricType::ratio)
        words.ratio = ratio_text(*one.now.value, *one.then.value);
    return words;
}

/// Without rework, the first equals the lead time as drawn.
constexpr Metric parts[] = {Metric::expected_lead_time, Metric::process_time, Metric::rolled_ca};

ContributionWords said_of(std::string title, const std::vector<Difference>& differences, const ir::Stream& future) {
    ContributionWords words{std::move(title), {}};
    for (const Metric metric : parts) {
        std::string text;
        for (const Difference& one : differences) {
            if (one.metric != metric) continue;
            // An edit that leaves a bound as it was does not touch the figure.
            if (!one.change() && one.now != one.then && !one.now.endless && !one.then.endless) text = "?";
            if (one.change() && is_change(metric, one.now, one.then)) text = change_text(metric, *one.change(), future);
        }
        words.changes.push_back(std::move(text));
    }
    return words;
}

Section beside_section(const Reported& now, const Reported& future, const Comparison& comparison) {
    Section section{fmt::format("compared with {}", future.name(now.stream().name.value)), {}, {}, {}};
    section.columns = {{false, 32}, {true, 20}, {true, 20}, {true}, {true}};
    section.rows.push_back({{},
                            {{future.cell(now.stream().name.value), Paint::faint}},
                            {{future.cell(future.stream().name.value), Paint::faint}},
                            {{"change", Paint::faint}},
                            {}});
    for (const DifferenceWords& one : difference_words(comparison, now, future))
        section.rows.push_back(
            {{{one.name}}, {{one.now}}, {{one.then, Paint::strong}}, {{one.change}}, {{one.ratio, Paint::faint}}});
    return section;
}

const Difference* difference_of(const Contribution& contribution, Metric metric) {
    const auto found = std::find_if(contribution.differences.begin(), contribution.differences.end(),
                                    [&](const Difference& one) { return one.metric == metric; });
    return found == contribution.differences.end() ? nullptr : &*found;
}

/// The number of contributions, in order, after which a target is met for good; empty if it is not met at the end.
std::optional<std::size_t> reached_after(const JudgedTarget& judged, const Comparison& comparison) {
    std::optional<std::size_t> count;
    if (!judged.bound) return count;
    for (std::size_t i = comparison.contributions.size(); i-- > 0;) {
        const Difference* one = difference_of(comparison.contributions[i], judged.judged_by);
        if (one == nullptr || holds(one->then, judged.target->relation, *judged.bound) != Answer::yes) break;
        count = i + 1;
    }
    return count;
}

/// Whether the base of the future meets the target already.
bool is_met_before(const JudgedTarget& judged, const Comparison& comparison) {
    const Difference* one = difference_of(comparison.contributions.front(), judged.judged_by);
    return one != nullptr && judged.bound && holds(one->now, judged.target->relation, *judged.bound) == Answer::yes;
}

/// Names of the first `first` contributions that change the target's figure; if there are many, the last one and their
/// number.
std::string causes_of(const JudgedTarget& judged, std::size_t first, const Reported& future,
                      const Comparison& comparison) {
    std::vector<std::string> names, small;
    for (std::size_t i = 0; i < first; ++i) {
        const Difference* one = difference_of(comparison.contributions[i], judged.judged_by);
        if (one == nullptr || one->now == one->then) continue;
        (is_change(one->metric, one->now, one->then) ? names : small)
            .push_back(future.name(titles_of(future.stream(), comparison.contributions[i])));
    }
    if (names.empty()) names = std::move(small);
    if (names.size() > 3) return fmt::format("{} and {} before it", names.back(), names.size() - 1);
    return fmt::format("{}", fmt::join(names, " and "));
}

/// The outcome of a target of the root stream in this future, and the contributions that achieve it.
std::string outcome_of(const JudgedTarget& judged, const TargetInFuture& then, const Reported& future,
                       const Comparison& comparison) {
    if (then.met == Answer::unknown) return "not known yet";
    if (then.met == Answer::no) return "not reached";
    if (judged.bound && holds(judged.current, judged.target->relation, *judged.bound) == Answer::yes)
        return "met as it is";
    std::string text = "reached";
    if (is_met_before(judged, comparison))
        text += " by " + future.name(future.file.model->stream(comparison.base).name.value);
    else if (const auto first = reached_after(judged, comparison)) {
        const std::string causes = causes_of(judged, *first, future, comparison);
        if (!causes.empty()) text += " with " + causes;
    }
    return then.in_time ? text : text + ", after the date";
}

/// The targets of the root stream, one sentence each.
std::vector<std::string> target_sentences(const Reported& future, const Comparison& comparison) {
    const StreamMetrics* metrics = metrics_of(*future.file.streams, future.file.model->root_of(future.metrics.stream));
    if (metrics == nullptr) return {};
    constexpr std::size_t most = 20;
    std::vector<std::string> sentences;
    const std::vector<JudgedTarget> all = judge_in(*future.file.model, future.metrics.stream, *future.file.streams);
    std::size_t told = 0;
    for (const JudgedTarget& judged : all) {
        if (sentences.size() == most) break;
        ++told;
        for (const TargetInFuture& then : judged.futures)
            sentences.push_back(fmt::format("{}: {}",
                                            words_of(judged, Reported{future.file, *metrics, future.medium}).wanted,
                                            outcome_of(judged, then, future, comparison)));
    }
    if (told < all.size())
        sentences.push_back(fmt::format("and {}, which {} shows", count_of(all.size() - told, "more target"),
                                        future.name("vsm metrics --format json")));
    return sentences;
}

Section contributions_section(const Reported& now, const Reported& future, const Comparison& comparison) {
    Section section;
    if (comparison.contributions.empty()) return section;
    section.heading = "effect of each edit";
    section.sentences = target_sentences(future, comparison);
    section.columns = {{false, 50}, {true}, {true}, {true}};
    const bool rework = has_rework(now.stream()) || has_rework(future.stream());
    section.rows.push_back({{},
                            {{words_of(rework ? Metric::expected_lead_time : Metric::lead_time), Paint::faint}},
                            {{words_of(Metric::process_time), Paint::faint}},
                            {{words_of(Metric::rolled_ca), Paint::faint}}});
    for (const ContributionWords& one : contribution_words(comparison, future.stream())) {
        std::vector<Cell> row{{{future.cell(one.title)}}};
        for (const std::string& change : one.changes) row.push_back({{change}});
        section.rows.push_back(std::move(row));
    }
    return section;
}

}  // namespace

std::vector<DifferenceWords> difference_words(const Comparison& comparison, const Reported& now,
                                              const Reported& future) {
    std::vector<DifferenceWords> all;
    for (const Metric metric : shown_metrics)
        for (const Difference& one : comparison.differences)
            if (one.metric == metric && is_worth_a_line(one, now, future))
                all.push_back(said_of(one, now.stream(), future.stream()));
    const bool rework = has_rework(now.stream()) || has_rework(future.stream());
    for (DifferenceWords& one : all)
        if (rework && one.key == ir::info_of(Metric::lead_time).key) one.name += " as drawn";
    return all;
}

std::vector<ContributionWords> contribution_words(const Comparison& comparison, const ir::Stream& future) {
    std::vector<ContributionWords> all;
    for (const Contribution& one : comparison.contributions)
        all.push_back(said_of(titles_of(future, one), one.differences, future));
    if (all.size() > 1) all.push_back(said_of("all together", comparison.differences, future));
    return all;
}

std::vector<Section> comparison_sections(const Reported& reported) {
    const ir::Stream& stream = reported.stream();
    if (!stream.future) return {};
    const StreamMetrics* base = metrics_of(*reported.file.streams, stream.future->of);
    if (base == nullptr) return {};
    const Reported now{reported.file, *base, reported.medium};
    const Comparison comparison = compare(*reported.file.model, reported.metrics, *base, *reported.file.streams);
    return {beside_section(now, reported, comparison), contributions_section(now, reported, comparison)};
}

}  // namespace vsm::runtime
