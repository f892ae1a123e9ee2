#include "compiler/lower/lower_goals.h"

#include "compiler/lower/meanings/other_names.h"
#include "compiler/lower/values/value_texts.h"
#include "diag/lower.h"

namespace vsm::lower {
namespace {

std::string joined(const std::vector<ast::Word>& words) {
    std::string text;
    for (const ast::Word& word : words) text += (text.empty() ? "" : ".") + word.text;
    return text;
}

const ir::MetricInfo* find_key(std::string_view key) {
    for (const ir::MetricInfo& info : ir::all_metrics())
        if (info.key == key) return &info;
    return nullptr;
}

std::optional<ir::MetricPath> metric_of(const ast::Goal& goal, const Names<ir::ElementId>& names, Scope& scope) {
    for (const ast::Word& word : goal.metric)
        if (!word.given() || (word.repaired && word.text.find(' ') != std::string::npos)) return std::nullopt;
    if (goal.metric.empty()) return std::nullopt;
    const std::string text = joined(goal.metric);
    if (const auto* info = find_key(text); info != nullptr && !info->of_element())
        return ir::MetricPath{info->metric, {}, goal.metric_range, text};
    if (goal.metric.size() == 2) {
        const std::string& first = goal.metric[0].text;
        if (const auto* info = find_key(goal.metric[1].text);
            first == "drawn" && info != nullptr && ir::with_rework(info->metric))
            return ir::MetricPath{info->metric, {}, goal.metric_range, text, true};
        const auto* info = find_key("*." + goal.metric[1].text);
        const bool group = first == "dora" || first == "best" || first == "worst" || first == "drawn";
        if (info != nullptr && !group) {
            const ir::ElementId element = find(names, goal.metric[0], "element", scope.diagnostics);
            if (!element.valid()) return std::nullopt;
            return ir::MetricPath{info->metric, element, goal.metric_range, text};
        }
    }
    const bool element_key = goal.metric.size() == 2 && names.contains(lower_case(goal.metric[0].text));
    std::vector<std::string_view> keys;
    std::vector<std::string> drawn_keys;
    for (const ir::MetricInfo& info : ir::all_metrics()) {
        if (info.of_element() == element_key) keys.push_back(element_key ? info.key.substr(2) : info.key);
        if (ir::with_rework(info.metric)) drawn_keys.push_back(fmt::format("drawn.{}", info.key));
    }
    if (!element_key) keys.insert(keys.end(), drawn_keys.begin(), drawn_keys.end());
    auto report = scope.diagnostics.report(diag::unknown_metric, goal.metric_range, text);
    // `build.lead` names the property, not the metric
    if (const std::string figure = goal.metric.back().text + "_time";
        element_key && find_key("*." + figure) != nullptr) {
        report.help(fmt::format("did you mean `{}.{}`?", goal.metric[0].text, figure))
            .fix(goal.metric[1].range, figure);
        return std::nullopt;
    }
    const auto near = nearest(element_key ? std::string_view(goal.metric[1].text) : std::string_view(text), keys);
    if (const std::string_view other = figure_called(bare_name(text)); !other.empty() && !element_key) {
        report.help(fmt::format("did you mean `{}`?", other)).fix(goal.metric_range, std::string(other));
        return std::nullopt;
    }
    const bool drawn = goal.metric.size() == 2 && goal.metric[0].text == "drawn";
    report.help(drawn && !near ? fmt::format("`drawn` distinguishes a figure from the same one with rework: {}",
                                             fmt::join(drawn_keys, ", "))
                : near        ? fmt::format("did you mean `{}{}`?", element_key ? goal.metric[0].text + "." : "", *near)
                : element_key ? fmt::format("the figures of an element are `{}`", fmt::join(keys, "`, `"))
                              : "for example `lead_time`, `process_time`, `activity_ratio`, `rolled_ca`; "
                                "docs/metrics.md lists all of them");
    const bool sure =
        near &&
        is_misspelling(element_key ? std::string_view(goal.metric[1].text) : std::string_view(text), *near, keys);
    if (sure && (element_key || goal.metric.size() == 1))
        report.fix(element_key ? goal.metric[1].range : goal.metric_range, std::string(*near));
    return std::nullopt;
}

std::string_view form_of(ir::MetricType type, bool relative) {
    switch (type) {
        case ir::MetricType::time:
            return relative ? "a time such as `3d`, or a percentage of the current value" : "a time such as `3d`";
        case ir::MetricType::ratio: return "a percentage such as `60%`";
        case ir::MetricType::number: return "a number";
        case ir::MetricType::rate: return "a rate such as `2/d`";
        case ir::MetricType::name: return "no value: it is a name, not a number";
    }
    return "";
}

/// What to write if a guess, a range or something else is given instead of the single value of a goal.
Meaning bound_meant(std::string_view what, ir::MetricType type, const ast::Value& value) {
    const auto* text = std::get_if<ast::Text>(&value.what);
    const std::string written = text != nullptr ? text->value : text_of(value);
    switch (type) {
        case ir::MetricType::time: return single_time_meant(what, written);
        case ir::MetricType::ratio: return share_meant(written, false);
        case ir::MetricType::number: return count_meant(what, written);
        default: return {};
    }
}

/// `relative`: a percentage is allowed for a time, as a share of its current value.
std::optional<ir::GoalValue> value_of(const ast::Value& value, const ir::MetricPath& metric, bool relative,
                                      ValueReader& values) {
    const ir::MetricType type = ir::info_of(metric.metric).type;
    ir::GoalValue made{Duration{}, text_of(value), value.range};
    if (value.repaired || std::holds_alternative<ast::Hole>(value.what)) return std::nullopt;
    if (type == ir::MetricType::rate) {
        const auto rate = values.rate(metric.text, value);
        if (!rate) return std::nullopt;
        made.value = *rate;
        return made;
    }
    const auto* span = std::get_if<ast::SpanValue>(&value.what);
    const bool single = span != nullptr && span->parts.size() == 1 && !span->guess;
    const bool percent = single && span->parts[0].kind == ast::Amount::Kind::percent;
    if (!single || type == ir::MetricType::name || (percent && type == ir::MetricType::number)) {
        values.wrong(metric.text, value, form_of(type, relative), bound_meant(metric.text, type, value));
        return std::nullopt;
    }
    if (type == ir::MetricType::ratio || (percent && relative)) {
        const auto ratio = values.ratio(metric.text, span->parts[0]);
        if (!ratio) return std::nullopt;
        made.value = *ratio;
    } else if (type == ir::MetricType::time) {
        const auto time = values.duration(metric.text, span->parts[0]);
        if (!time) return std::nullopt;
        made.value = *time;
    } else {
        const auto number = values.number(metric.text, span->parts[0]);
        if (!number) return std::nullopt;
        made.value = *number;
    }
    return made;
}

ir::Relation relation_of(ast::Relation relation) { return static_cast<ir::Relation>(relation); }
static_assert(static_cast<int>(ast::Relation::equal) == static_cast<int>(ir::Relation::equal) &&
              static_cast<int>(ast::Relation::at_least) == static_cast<int>(ir::Relation::at_least) &&
              static_cast<int>(ast::Relation::above) == static_cast<int>(ir::Relation::above));

}  // namespace

void lower_goal(const ast::Goal& goal, ir::Stream& stream, const Names<ir::ElementId>& names, Scope& scope) {
    const auto metric = metric_of(goal, names, scope);
    if (!metric) return;
    ValueReader values(scope.diagnostics, ir::is_elapsed(metric->metric) ? round_the_clock : stream.calendar);
    const auto bound = value_of(goal.bound, *metric, goal.is_target, values);
    const SourceRange range = join(goal.metric_range, goal.bound.range);
    if (!goal.is_target) {
        if (bound) stream.expectations.push_back({*metric, relation_of(goal.relation), *bound, range});
        return;
    }
    const auto baseline = goal.baseline ? value_of(*goal.baseline, *metric, false, values) : std::nullopt;
    const auto by = goal.by ? values.date(*goal.by) : std::nullopt;
    if (bound)
        stream.targets.push_back({*metric, baseline, relation_of(goal.relation), *bound, by, goal.text.value, range});
}

}  // namespace vsm::lower
