#include "runtime/figures/goals.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <unordered_map>

namespace vsm::runtime {
namespace {

using ir::Relation;

constexpr double tie = 1e-9;

bool about_equal(double a, double b) {
    return std::fabs(a - b) <= tie * std::max({1e-300, std::fabs(a), std::fabs(b)});
}

bool satisfies(double figure, Relation relation, double bound) {
    const bool equal = about_equal(figure, bound);
    switch (relation) {
        case Relation::at_most: return figure < bound || equal;
        case Relation::at_least: return figure > bound || equal;
        case Relation::below: return figure < bound && !equal;
        case Relation::above: return figure > bound && !equal;
        case Relation::equal: return equal;
    }
    return false;
}

/// The last number of a text with its unit: `8d4h` yields `h` and no decimals.
struct LastPart {
    int decimals = 0;
    std::string unit;
};

LastPart last_part_of(const std::string& text) {
    LastPart part;
    std::size_t end = text.size();
    const std::size_t slash = text.find('/');
    if (slash != std::string::npos) end = slash;
    std::size_t begin = end;
    while (begin > 0 && (text[begin - 1] < '0' || text[begin - 1] > '9') && text[begin - 1] != '.') --begin;
    part.unit = text.substr(begin, end - begin);
    const std::size_t digits = begin;
    while (begin > 0 && ((text[begin - 1] >= '0' && text[begin - 1] <= '9') || text[begin - 1] == '.')) --begin;
    const std::size_t point = text.find('.', begin);
    if (point != std::string::npos && point < digits) part.decimals = static_cast<int>(digits - point - 1);
    return part;
}

const StreamMetrics* find(const MetricsOf& all, ir::StreamId stream) {
    const auto found = std::lower_bound(all.begin(), all.end(), stream,
                                        [](const StreamMetrics& one, ir::StreamId id) { return one.stream < id; });
    return found != all.end() && found->stream == stream ? &*found : nullptr;
}

/// The verdict on a future's own target, from that future alone.
Verdict own_verdict_of(const JudgedTarget& target) {
    if (target.futures.empty()) return Verdict::unknown;
    const TargetInFuture& own = target.futures.front();
    switch (own.met) {
        case Answer::yes: return own.in_time ? Verdict::met : Verdict::met_too_late;
        case Answer::no: return Verdict::not_met;
        case Answer::unknown: break;
    }
    return Verdict::unknown;
}

Verdict verdict_of(const JudgedTarget& target, Answer current) {
    if (target.own) return own_verdict_of(target);
    if (current == Answer::yes) return Verdict::met;
    bool late = false, unknown = current == Answer::unknown;
    for (const TargetInFuture& one : target.futures) {
        if (one.met == Answer::yes && one.in_time) return Verdict::met_by_future;
        late = late || one.met == Answer::yes;
        unknown = unknown || one.met == Answer::unknown;
    }
    if (late) return Verdict::met_too_late;
    return unknown ? Verdict::unknown : Verdict::not_met;
}

std::optional<double> bound_of(const ir::Target& target, const MetricValue& current) {
    if (!is_relative(target)) return amount_of(target.bound);
    if (!current.value) return std::nullopt;
    return amount_of(target.bound) * *current.value;
}

/// The answer for a share of an unknown value, if the value's lower bound decides it.
Answer answer_beside(const MetricValue& figure, const ir::Target& target, const MetricValue& current) {
    const bool upper = target.relation == ir::Relation::at_most || target.relation == ir::Relation::below;
    const bool lower = target.relation == ir::Relation::at_least || target.relation == ir::Relation::above;
    if (!current.at_least || !(upper || lower)) return Answer::unknown;
    const Answer at_least = holds(figure, target.relation, amount_of(target.bound) * *current.at_least);
    return at_least == (upper ? Answer::yes : Answer::no) ? at_least : Answer::unknown;
}

/// The answer for an unknown value against a share of itself: its size does not matter, only that it is above 0.
Answer answer_to_itself(const ir::Target& target, const MetricValue& current) {
    if (!current.at_least || *current.at_least <= 0) return Answer::unknown;
    return satisfies(1, target.relation, amount_of(target.bound)) ? Answer::yes : Answer::no;
}

/// Sets the bound of a target, which of its futures meet it, and its verdict. The figures are there already.
void settle(JudgedTarget& judged, const ir::Model& model) {
    const ir::Target& target = *judged.target;
    judged.bound = bound_of(target, judged.current);
    const auto answer = [&](const MetricValue& figure) {
        return judged.bound ? holds(figure, target.relation, *judged.bound)
                            : answer_beside(figure, target, judged.current);
    };
    for (TargetInFuture& in : judged.futures) {
        const auto& by = model.streams[in.future].future->by;
        in.met = answer(in.value);
        in.in_time = !target.by || !by || *by <= *target.by;
    }
    judged.verdict =
        verdict_of(judged, judged.bound ? answer(judged.current) : answer_to_itself(target, judged.current));
}

class Judge {
public:
    Judge(const ir::CheckedModel& model, ir::StreamId id, const MetricsOf& metrics)
        : Judge(model, id, id == model.root_of(id) ? model.futures_of(id) : std::vector{id}, metrics) {}
    Judge(const ir::CheckedModel& model, ir::StreamId id, std::vector<ir::StreamId> asked, const MetricsOf& metrics)
        : model_(model.model()), id_(id), base_(model.root_of(id)), asked_(std::move(asked)), metrics_(metrics) {}

    std::vector<JudgedTarget> run() const {
        std::vector<JudgedTarget> judged;
        if (model_.streams[id_].targets.empty() || find(metrics_, base_) == nullptr) return judged;
        for (const ir::Target& target : model_.streams[id_].targets) judged.push_back(judge_one(target));
        return judged;
    }

private:
    MetricValue value(const ir::Target& target, ir::StreamId stream) const {
        const ir::Stream& own = model_.streams[id_];
        const ir::Stream& other = model_.streams[stream];
        const ir::ElementId element = same_element(own, target.metric.element, stream);
        if (target.metric.element.valid() && !element.valid()) return {};
        return value_of(model_, other, *find(metrics_, stream), judged_by(target.metric), element);
    }

    /// The element of the same name in another stream; invalid if there is none.
    ir::ElementId same_element(const ir::Stream& from, ir::ElementId element, ir::StreamId to) const {
        const ir::Stream& other = model_.streams[to];
        if (!element.valid() || &from == &other) return element;
        const std::string& name = from.elements[element].name.value;
        const bool in_place = element.index < other.elements.size() && other.elements[element].name.value == name;
        return in_place ? element : in_ids_of(to, name);
    }

    ir::ElementId in_ids_of(ir::StreamId stream, const std::string& name) const {
        const auto [ids, added] = ids_.try_emplace(stream);
        const auto& elements = model_.streams[stream].elements;
        for (std::size_t i = 0; added && i < elements.size(); ++i)
            ids->second.try_emplace(elements[elements.id_at(i)].name.value, elements.id_at(i));
        const auto found = ids->second.find(name);
        return found == ids->second.end() ? ir::ElementId{} : found->second;
    }

    static std::optional<double> progress_of(const JudgedTarget& judged) {
        const MetricValue& reached =
            judged.own && !judged.futures.empty() ? judged.futures.front().value : judged.current;
        if (!judged.target->baseline || !judged.bound || !reached.value) return std::nullopt;
        const double from = amount_of(*judged.target->baseline);
        if (about_equal(from, *judged.bound) || satisfies(from, judged.target->relation, *judged.bound))
            return std::nullopt;
        return (*reached.value - from) / (*judged.bound - from);
    }

    JudgedTarget judge_one(const ir::Target& target) const {
        JudgedTarget judged{&target, judged_by(target.metric), id_ != base_, value(target, base_), {}, {},
                            {},      Verdict::unknown};
        for (const ir::StreamId other : asked_)
            if (find(metrics_, other) != nullptr)
                judged.futures.push_back({other, value(target, other), Answer::unknown, true});
        settle(judged, model_);
        judged.progress = progress_of(judged);
        return judged;
    }

    const ir::Model& model_;
    ir::StreamId id_, base_;
    std::vector<ir::StreamId> asked_;  ///< the futures to judge it in
    const MetricsOf& metrics_;
    mutable std::map<ir::StreamId, std::unordered_map<std::string_view, ir::ElementId>>
        ids_;  ///< by name, filled on demand
};

}  // namespace

bool is_relative(const ir::Target& target) {
    return ir::info_of(target.metric.metric).type == ir::MetricType::time &&
           std::holds_alternative<Ratio>(target.bound.value);
}

double amount_of(const ir::GoalValue& value) {
    if (const auto* time = std::get_if<Duration>(&value.value)) return static_cast<double>(time->microseconds);
    if (const auto* ratio = std::get_if<Ratio>(&value.value)) return ratio->value();
    if (const auto* rate = std::get_if<Rate>(&value.value)) return rate->per_second();
    return std::get_if<Decimal>(&value.value)->value();
}

namespace {

/// The size of the last unit, in the unit of amount_of().
double unit_of(const LastPart& part, const ir::GoalValue& written, const Calendar& calendar) {
    double unit = 1;
    if (std::holds_alternative<Duration>(written.value)) {
        if (const auto time = parse_time_unit(part.unit))
            unit *= static_cast<double>(length_of(*time, calendar).microseconds);
    } else if (std::holds_alternative<Ratio>(written.value)) {
        unit /= 100;
    } else if (const auto* rate = std::get_if<Rate>(&written.value)) {
        unit *= microseconds_per_second / static_cast<double>(rate->period.microseconds);
    }
    return unit;
}

/// Rounds up what is a half within the precision of a double.
double rounded_to(double figure, double unit, int decimals, Rounding rounding = Rounding::nearest) {
    const double step = unit * std::pow(10.0, -decimals);
    if (rounding != Rounding::nearest) return round_to(figure / step, 0, rounding) * step;
    return std::floor(figure / step * (1 + 1e-12) + 0.5) * step;
}

bool is_compound(const std::string& text) {
    bool unit_seen = false;
    for (const char c : text) {
        const bool digit = (c >= '0' && c <= '9') || c == '.';
        if (digit && unit_seen) return true;
        unit_seen = unit_seen || !digit;
    }
    return false;
}

}  // namespace

double rounded_like(double figure, const ir::GoalValue& written, const Calendar& calendar) {
    const LastPart part = last_part_of(written.text);
    return rounded_to(figure, unit_of(part, written, calendar), part.decimals);
}

std::string text_like(double figure, const ir::GoalValue& written, const Calendar& calendar, Rounding rounding) {
    const LastPart part = last_part_of(written.text);
    const double unit = unit_of(part, written, calendar), bound = amount_of(written);
    int decimals = part.decimals;
    while (decimals < part.decimals + 9 && !about_equal(figure, bound) &&
           about_equal(rounded_to(figure, unit, decimals, rounding), bound))
        ++decimals;
    const double rounded = rounded_to(figure, unit, decimals, rounding);
    if (decimals == part.decimals && std::holds_alternative<Duration>(written.value) && is_compound(written.text))
        return rounded < 1 ? format_duration(0.0, calendar) : format_exactly(Duration{std::llround(rounded)}, calendar);
    const std::size_t slash = written.text.find('/');
    return fmt::format("{:.{}f}{}{}", rounded / unit, decimals, part.unit,
                       slash == std::string::npos ? "" : written.text.substr(slash));
}

const Calendar& calendar_of(ir::Metric metric, const ir::Stream& stream) {
    return ir::is_elapsed(metric) ? round_the_clock : stream.calendar;
}

namespace {

/// The answer for a figure with a lower (`upwards`) or upper bound `end`: if the relation points away from the bound
/// and `end` satisfies it, all values do; if it points the other way and `end` fails it, none does.
Answer holds_from(double end, bool upwards, Relation relation, double bound) {
    const bool along = upwards ? relation == Relation::at_least || relation == Relation::above
                               : relation == Relation::at_most || relation == Relation::below;
    if (along) return satisfies(end, relation, bound) ? Answer::yes : Answer::unknown;
    if (relation == Relation::equal) relation = upwards ? Relation::at_most : Relation::at_least;
    return satisfies(end, relation, bound) ? Answer::unknown : Answer::no;
}

}  // namespace

Answer holds(const MetricValue& figure, Relation relation, double bound) {
    if (figure.value) return satisfies(*figure.value, relation, bound) ? Answer::yes : Answer::no;
    if (figure.endless) return relation == Relation::at_least || relation == Relation::above ? Answer::yes : Answer::no;
    Answer answer = Answer::unknown;
    if (figure.at_least) answer = holds_from(*figure.at_least, true, relation, bound);
    if (figure.at_most && answer == Answer::unknown) answer = holds_from(*figure.at_most, false, relation, bound);
    return answer;
}

Answer holds(const MetricValue& figure, const ir::Expectation& expectation, const Calendar& calendar) {
    const double bound = amount_of(expectation.value);
    // Like a map on a wall: multiplies the stated values only.
    MetricValue shown = figure;
    if (figure.stated) shown = {figure.stated, {}, {}, {}};
    if (expectation.relation != Relation::equal || !shown.value) return holds(shown, expectation.relation, bound);
    return about_equal(rounded_like(*shown.value, expectation.value, calendar), bound) ? Answer::yes : Answer::no;
}

ir::Metric judged_by(const ir::MetricPath& path) {
    return path.drawn ? path.metric : ir::with_rework(path.metric).value_or(path.metric);
}

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::met: return "met";
        case Verdict::met_by_future: return "met by future";
        case Verdict::met_too_late: return "met too late";
        case Verdict::not_met: return "not met";
        case Verdict::unknown: return "unknown";
    }
    return "";
}

std::vector<JudgedTarget> judge(const ir::CheckedModel& model, ir::StreamId stream, const MetricsOf& metrics) {
    return Judge(model, stream, metrics).run();
}

Verdict verdict_with(const JudgedTarget& judged, const ir::Model& model, const ir::Target& target) {
    JudgedTarget other = judged;
    other.target = &target;
    settle(other, model);
    return other.verdict;
}

std::vector<JudgedTarget> judge_in(const ir::CheckedModel& model, ir::StreamId future, const MetricsOf& metrics) {
    return Judge(model, model.root_of(future), {future}, metrics).run();
}

}  // namespace vsm::runtime
