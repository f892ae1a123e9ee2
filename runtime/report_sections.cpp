#include "runtime/report_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "runtime/compare.h"
#include "runtime/goals.h"
#include "runtime/report_words.h"
#include "runtime/text_table.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;
using ir::Metric;
using Rows = std::vector<std::vector<Cell>>;

constexpr std::size_t line_width = 100;

std::string heading(std::string_view text, bool color) {
    return "\n" + painted({std::string(text), Paint::strong}, color) + "\n";
}

std::string quoted(const std::string& name) { return "`" + one_line(name) + "`"; }

/// What has no name is called by its title, or by its kind and count.
std::string label_of(const ir::Stream& stream, ElementId id, Naming naming = Naming::names) {
    const ir::Element& element = stream.elements[id];
    if (naming == Naming::titles) return one_line(element.title.value.empty() ? element.label : element.title.value);
    const bool titled = element.name.value.empty() && !element.title.value.empty();
    return quoted(titled ? element.title.value : element.label);
}

std::string_view words_of(ir::Relation relation) {
    switch (relation) {
        case ir::Relation::at_most: return "at most";
        case ir::Relation::at_least: return "at least";
        case ir::Relation::below: return "below";
        case ir::Relation::above: return "above";
        case ir::Relation::equal: return "exactly";
    }
    return "";
}

/// `streamlining_change_approval` as words.
std::string words_of(std::string_view capability) {
    std::string words(capability);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

/// The figures worth a line where a future stands beside the present.
constexpr Metric shown_metrics[] = {Metric::lead_time,
                                    Metric::expected_lead_time,
                                    Metric::process_time,
                                    Metric::total_process_time,
                                    Metric::activity_ratio,
                                    Metric::pce,
                                    Metric::rolled_ca,
                                    Metric::first_pass_yield,
                                    Metric::handoffs,
                                    Metric::throughput,
                                    Metric::wip,
                                    Metric::effort_fte,
                                    Metric::cost,
                                    Metric::dora_change_lead_time,
                                    Metric::dora_deployment_frequency,
                                    Metric::dora_change_failure_rate,
                                    Metric::dora_open_incidents};

bool is_shown(const Difference& one) {
    return std::find(std::begin(shown_metrics), std::end(shown_metrics), one.metric) != std::end(shown_metrics);
}

std::string value_text(Metric metric, const MetricValue& value, const ir::Stream& stream) {
    if (value.value) return figure_text(metric, *value.value, stream);
    if (value.at_least && *value.at_least > 0) return "≥ " + figure_text(metric, *value.at_least, stream);
    if (value.at_most) return "≤ " + figure_text(metric, *value.at_most, stream);
    return "";
}

std::string titles_of(const ir::Stream& future, const Contribution& contribution) {
    std::vector<std::string> names;
    for (const std::size_t kaizen : contribution.kaizens) names.push_back(one_line(kaizen_title(future, kaizen)));
    for (const std::size_t edit : contribution.edits)
        if (!future.future->edits[edit].kaizen) names.push_back(one_line(text_of(future.future->edits[edit])));
    if (names.size() > 3) {
        const std::size_t more = names.size() - 2;
        names.resize(2);
        names.push_back(fmt::format("{} more edits", more));
    }
    return fmt::format("{}", fmt::join(names, " and "));
}

std::string contributions_table(const Comparison& comparison, const ir::Stream& future, bool color) {
    Rows rows{{{{"what does it", Paint::faint}},
               {{"with rework", Paint::faint}},
               {{"process", Paint::faint}},
               {{"rolled %C&A", Paint::faint}}}};
    for (const ContributionWords& one : contribution_words(comparison, future)) {
        std::vector<Cell> row{{{one.title}}};
        for (const std::string& text : one.changes) row.push_back({{text}});
        rows.push_back(std::move(row));
    }
    const Column columns[] = {{false, 58}, {true}, {true}, {true}};
    return "\n" + render_table(columns, rows, color);
}

}  // namespace

std::string lines_of(const std::vector<std::string>& sentences) {
    std::string text;
    for (const std::string& sentence : sentences) {
        std::string line = " ";
        std::size_t begin = 0;
        while (begin < sentence.size()) {
            const std::size_t end = std::min(sentence.find(' ', begin), sentence.size());
            const std::string word = cut_to(sentence.substr(begin, end - begin), line_width - 8);
            if (display_width(line) + 1 + display_width(word) > line_width) {
                text += line + "\n";
                line = "   ";
            }
            line += " " + word;
            begin = end + 1;
        }
        text += line + "\n";
    }
    return text;
}

JudgedWords words_of(const JudgedTarget& judged, const Reported& reported) {
    const ir::Stream& stream = reported.stream();
    const ir::Target& target = *judged.target;
    const Metric metric = target.metric.metric;
    const auto known = [](std::string text) { return text.empty() ? std::string("unknown") : text; };
    // `lead_time` as words; after an element's name the key stays a key.
    std::string name = one_line(target.metric.text);
    if (!target.metric.element.valid()) name = words_of(name);
    JudgedWords words{fmt::format("{} {} {}", name, words_of(target.relation), target.bound.text),
                      known(value_text(metric, judged.current, stream)), {}, ""};
    if (target.by) words.wanted += " by " + format_date(*target.by);
    for (const TargetInFuture& one : judged.futures) {
        const ir::Stream& future = reported.file.model->stream(one.future);
        const bool titled = reported.naming == Naming::titles && !future.title.value.empty();
        words.then.push_back(fmt::format("{} {}", one_line(titled ? future.title.value : future.name.value), known(value_text(metric, one.value, future))));
        if (one.met == Answer::yes && !one.in_time) words.then.push_back("after the date");
    }
    const bool relative =
        ir::info_of(metric).type == ir::MetricType::time && std::holds_alternative<Ratio>(target.bound.value);
    if (relative && judged.bound)
        words.rest = fmt::format("{} of now is {}", target.bound.text, figure_text(metric, *judged.bound, stream));
    if (judged.progress)
        words.rest += fmt::format("{}{:.0f}% of the way from {}", words.rest.empty() ? "" : "; ", 100 * *judged.progress, target.baseline->text);
    return words;
}

std::string judged_text(const JudgedTarget& judged, const Reported& reported) {
    const JudgedWords words = words_of(judged, reported);
    std::string text = fmt::format("{}: now {}", words.wanted, words.now);
    for (const std::string& one : words.then) text += ", " + one;
    return words.rest.empty() ? text : text + "; " + words.rest;
}

std::string goals_section(const Reported& reported) {
    const ir::Stream& stream = reported.stream();
    std::string text;
    if (!stream.future && stream.outcome.given()) text += lines_of({"to achieve: " + one_line(stream.outcome.value)});
    std::vector<std::string> lines;
    for (const JudgedTarget& judged :
         judge(*reported.file.model, reported.metrics.stream, pointers_to(reported.file.streams)))
        lines.push_back(fmt::format("{}  {}", name_of(judged.verdict), judged_text(judged, reported)));
    if (!lines.empty()) text += heading("targets", reported.color) + lines_of(lines);
    return text;
}

std::vector<std::string> constraint_sentences(const ir::Model& model, const ir::Stream& stream, const StreamMetrics& metrics, Naming naming) {
    std::vector<std::string> lines;
    if (metrics.time_constraint && metrics.expected.lead_time.microseconds > 0) {
        const ElementMetrics& element = metrics.elements[*metrics.time_constraint];
        lines.push_back(
            fmt::format("most of the time goes to {}: {} of {}, {}", label_of(stream, *metrics.time_constraint, naming),
                        format_duration(element.share_of_lead_time, stream.calendar),
                        format_duration(metrics.expected.lead_time.microseconds, stream.calendar),
                        format_percent(element.share_of_lead_time / metrics.expected.lead_time.microseconds)));
    }
    if (const auto& busiest = metrics.load.constraint) {
        const auto* team = std::get_if<ir::TeamId>(&*busiest);
        const auto* step = std::get_if<ElementId>(&*busiest);
        double utilization = step != nullptr ? metrics.elements[*step].utilization.value_or(0) : 0;
        for (const TeamLoad& load : metrics.load.teams)
            if (team != nullptr && load.team == *team) utilization = load.utilization;
        std::string name = quoted(name_of_load_constraint(model, stream, metrics.load));
        if (naming == Naming::titles) {
            name = step != nullptr ? label_of(stream, *step, naming) : one_line(model.teams[*team].title.value);
            if (name.empty()) name = one_line(model.teams[*team].name.value);
        }
        lines.push_back(fmt::format("the busiest is {}: its work takes {} of the time it has{}", name, format_percent(utilization),
                                    utilization > 1 + 1e-9 ? ", so not all that is asked gets through" : ""));
    }
    return lines;
}

std::string constraints_section(const Reported& reported) {
    const auto lines = constraint_sentences(reported.model(), reported.stream(), reported.metrics, Naming::names);
    return lines.empty() ? "" : heading("constraints", reported.color) + lines_of(lines);
}

std::string sentence_of(const Lever& lever, const ir::Stream& stream, const StreamMetrics& metrics, Naming naming) {
    const std::string name = label_of(stream, lever.element, naming);
    const std::string of = format_duration(metrics.expected.lead_time.microseconds, stream.calendar);
    const std::string saved = format_duration(std::max(0.0, lever.saved), stream.calendar);
    std::string text;
    switch (lever.change) {
        case Change::wait_halved:
            text = std::holds_alternative<ir::Step>(stream.elements[lever.element].what)
                       ? fmt::format("halving the wait of {} takes {} off {}", name, saved, of)
                       : fmt::format("halving {} takes {} off {}", name, saved, of);
            break;
        case Change::rework_gone: text = fmt::format("without the rework of {} {} go off {}", name, saved, of); break;
        case Change::removed: text = fmt::format("leaving {} out takes {} off {}", name, saved, of); break;
        case Change::all_accurate:
            text = fmt::format(
                "if all of {} were complete and accurate, {} would pass without a correction instead of {}", name,
                format_percent(lever.rolled_ca.value_or(0)), format_percent(metrics.mean.rolled_ca.value.value_or(0)));
            break;
    }
    if (!lever.hint.empty()) text += fmt::format(" (see {})", words_of(lever.hint));
    return text;
}

std::vector<Lever> top_levers(const ir::Stream&, const StreamMetrics& metrics) {
    constexpr std::size_t most = 3;
    std::vector<Lever> top;
    std::set<ElementId> seen;
    for (const Lever& lever : metrics.levers) {
        if (top.size() == most || lever.change == Change::all_accurate || lever.saved <= 0) continue;
        if (lever.change == Change::removed || !seen.insert(lever.element).second) continue;
        top.push_back(lever);
    }
    const auto quality = std::find_if(metrics.levers.begin(), metrics.levers.end(),
                                      [](const Lever& lever) { return lever.change == Change::all_accurate; });
    if (quality != metrics.levers.end()) top.push_back(*quality);
    return top;
}

std::string levers_section(const Reported& reported) {
    std::vector<std::string> lines;
    for (const Lever& lever : top_levers(reported.stream(), reported.metrics))
        lines.push_back(sentence_of(lever, reported.stream(), reported.metrics));
    return lines.empty() ? "" : heading("what would help most", reported.color) + lines_of(lines);
}

std::vector<std::string> observations_of(const Reported& reported) {
    std::vector<std::string> sentences;
    for (const Observation& one : reported.file.observations)
        if (one.stream == reported.metrics.stream) sentences.push_back(one.text);
    return sentences;
}

std::string observations_section(const Reported& reported) {
    const std::vector<std::string> sentences = observations_of(reported);
    return sentences.empty() ? "" : heading("observations", reported.color) + lines_of(sentences);
}

std::vector<ContributionWords> contribution_words(const Comparison& comparison, const ir::Stream& future) {
    static constexpr Metric columns_of[] = {Metric::expected_lead_time, Metric::process_time, Metric::rolled_ca};
    std::vector<ContributionWords> all;
    for (const Contribution& contribution : comparison.contributions) {
        ContributionWords words{titles_of(future, contribution), {}};
        for (const Metric metric : columns_of) {
            std::string text;
            for (const Difference& one : contribution.differences)
                if (one.metric == metric && one.change())
                    text = one.now == one.then ? "" : change_text(metric, *one.change(), future);
            words.changes.push_back(std::move(text));
        }
        all.push_back(std::move(words));
    }
    return all;
}

std::vector<DifferenceWords> difference_words(const Comparison& comparison, const ir::Model& model, const ir::Stream& now, const ir::Stream& future) {
    std::vector<DifferenceWords> all;
    const bool dora = shows_dora(model, future);
    for (const Difference& one : comparison.differences) {
        const std::string_view key = ir::info_of(one.metric).key;
        if (!is_shown(one) || (key.starts_with("dora.") && !dora)) continue;
        DifferenceWords words{key, value_text(one.metric, one.now, now), value_text(one.metric, one.then, future), "", ""};
        if (words.now.empty() && words.then.empty()) continue;
        const bool same = one.now == one.then;
        if (same && one.metric != Metric::lead_time && one.metric != Metric::rolled_ca) continue;
        if (one.change() && !same) words.change = change_text(one.metric, *one.change(), future);
        if (one.ratio() && !same && ir::info_of(one.metric).type != ir::MetricType::ratio) words.ratio = fmt::format("{:.0f}%", 100 * *one.ratio());
        all.push_back(std::move(words));
    }
    return all;
}

std::string comparison_section(const Reported& reported) {
    const ir::Stream& stream = reported.stream();
    if (!stream.future) return "";
    const StreamMetrics* base = metrics_of(reported.file.streams, stream.future->of);
    if (base == nullptr) return "";
    const ir::Stream& now = reported.file.model->stream(base->stream);
    const Comparison comparison = compare(*reported.file.model, reported.metrics, *base);
    Rows rows{{{},
               {{one_line(now.name.value), Paint::faint}},
               {{one_line(stream.name.value), Paint::faint}},
               {{"change", Paint::faint}},
               {}}};
    for (const DifferenceWords& one : difference_words(comparison, reported.model(), now, stream))
        rows.push_back({{{std::string(one.key)}}, {{one.now}}, {{one.then, Paint::strong}}, {{one.change}}, {{one.ratio, Paint::faint}}});
    const Column columns[] = {{false, 32}, {true, 20}, {true, 20}, {true}, {true}};
    std::string text = heading(fmt::format("beside {}", quoted(now.name.value)), reported.color) +
                       render_table(columns, rows, reported.color);
    if (!comparison.contributions.empty()) text += contributions_table(comparison, stream, reported.color);
    return text;
}

bool shows_dora(const ir::Model& model, const ir::Stream& stream) {
    if (stream.change_failure || stream.deploys || recovery_of(model, stream).valid()) return true;
    return std::any_of(stream.elements.begin(), stream.elements.end(), [](const ir::Element& element) {
        const auto* step = std::get_if<ir::Step>(&element.what);
        return step != nullptr && step->milestone;
    });
}

std::string dora_section(const Reported& reported) {
    const ir::Stream& stream = reported.stream();
    if (!shows_dora(reported.model(), stream)) return "";
    const Dora& dora = reported.metrics.dora;
    Rows rows;
    const auto row = [&](std::string_view name, Metric metric, const std::optional<DoraFigure>& figure,
                         std::string_view unit) {
        if (!figure) return;
        rows.push_back({{{std::string(name)}},
                        {{figure_text(metric, figure->value, stream) + std::string(unit), Paint::strong}},
                        {{figure->stated ? "stated" : "derived", Paint::faint}}});
    };
    row("change lead time", Metric::dora_change_lead_time, dora.change_lead_time, " elapsed, 24 h a day");
    row("deployment frequency", Metric::dora_deployment_frequency, dora.deployment_frequency, " (working days)");
    row("change failure rate", Metric::dora_change_failure_rate, dora.change_failure_rate, "");
    row("recovery time", Metric::dora_failed_deployment_recovery_time, dora.failed_deployment_recovery_time,
        " elapsed");
    row("break-fix rate", Metric::dora_break_fix_rate, dora.break_fix_rate, "");
    row("open incidents", Metric::dora_open_incidents, dora.open_incidents, "");
    if (rows.empty()) return "";
    const Column columns[] = {{false}, {false}, {false}};
    return heading("DORA", reported.color) + render_table(columns, rows, reported.color);
}

}  // namespace vsm::runtime
