#include "ir/json_values.h"

#include <algorithm>

namespace vsm::ir {
namespace {

constexpr auto line = JsonWriter::Layout::line;

void distribution(JsonWriter& json, const Distribution& distribution) {
    struct Writer {
        JsonWriter& json;
        void operator()(const Fixed& fixed) const {
            json.member("kind", "fixed").member("microseconds", fixed.time.microseconds);
        }
        void operator()(const Uniform& range) const {
            json.member("kind", "uniform").member("low_microseconds", range.low.microseconds);
            json.member("high_microseconds", range.high.microseconds);
        }
        void operator()(const Triangular& range) const {
            json.member("kind", "triangular").member("low_microseconds", range.low.microseconds);
            json.member("mode_microseconds", range.mode.microseconds);
            json.member("high_microseconds", range.high.microseconds);
        }
        void operator()(const Exponential& open) const {
            json.member("kind", "exponential").member("mean_microseconds", open.mean.microseconds);
        }
        void operator()(const Lognormal& open) const {
            json.member("kind", "lognormal").member("median_microseconds", open.median.microseconds);
            json.member("percentile", open.percentile);
            json.member("percentile_microseconds", open.at_percentile.microseconds);
        }
    };
    std::visit(Writer{json}, distribution);
}

void resolved_time(JsonWriter& json, std::string_view name, const ResolvedTime& time) {
    json.key(name).object(line).member("known", time.known).member("mean_microseconds", time.spread.mean);
    const auto [least, most] = std::minmax(time.spread.low, time.spread.high);
    json.member("low_microseconds", least).member("high_microseconds", most).close();
}

void rate_members(JsonWriter& json, const Rate& rate) {
    json.member("count", rate.count).member("unit", name_of(rate.unit));
    json.member("period_microseconds", rate.period.microseconds);
}

}  // namespace

void ValueWriter::range(std::string_view name, SourceRange range) {
    if (sources_ == nullptr || !range.valid()) return;
    const SourceFile& file = (*sources_)[range.file];
    const Position begin = file.position(range.begin), end = file.position(range.end);
    json_.key(name).object(line).member("path", file.path());
    json_.member("line", std::size_t{begin.line}).member("column", std::size_t{begin.column});
    json_.member("end_line", std::size_t{end.line}).member("end_column", std::size_t{end.column}).close();
}

void ValueWriter::text(const Text& text) {
    if (text.given())
        json_.value(text.value);
    else
        text_or_null(text.value);
}

void ValueWriter::text_or_null(const std::string& text) {
    if (text.empty())
        json_.null();
    else
        json_.value(text);
}

void ValueWriter::date(const std::optional<Date>& date) {
    if (date)
        json_.value(format_date(*date));
    else
        json_.null();
}

void ValueWriter::time(const std::optional<Time>& time) {
    if (!time) {
        json_.null();
        return;
    }
    json_.object(line);
    if (time->value)
        distribution(json_, *time->value);
    else
        json_.member("kind", "unknown");
    json_.member("guess", time->guess);
    range("range", time->range);
    json_.close();
}

void ValueWriter::resolved(const ResolvedTimings& timings) {
    json_.object();
    resolved_time(json_, "process", timings.process);
    resolved_time(json_, "wait", timings.wait);
    resolved_time(json_, "lead", timings.lead);
    json_.close();
}

void ValueWriter::quality(const std::optional<Quality>& quality) {
    if (!quality) {
        json_.null();
        return;
    }
    json_.object(line);
    switch (quality->state) {
        case Quality::State::known:
            json_.member("kind", "known").member("low", quality->low).member("high", quality->high);
            json_.member("guess", quality->guess);
            break;
        case Quality::State::unknown: json_.member("kind", "unknown"); break;
        case Quality::State::not_applicable: json_.member("kind", "not_applicable"); break;
    }
    range("range", quality->range);
    json_.close();
}

void ValueWriter::rate(const std::optional<Rate>& rate) {
    if (!rate) {
        json_.null();
        return;
    }
    json_.object(line);
    rate_members(json_, *rate);
    json_.close();
}

void ValueWriter::calendar(const Calendar& calendar, bool given) {
    json_.object(line).member("day_microseconds", calendar.day.microseconds);
    json_.member("week_microseconds", calendar.week.microseconds).member("given", given).close();
}

void ValueWriter::evidence(const std::optional<Evidence>& evidence) {
    if (!evidence) {
        json_.null();
        return;
    }
    json_.object(line).member("date", format_date(evidence->date)).key("source");
    text_or_null(evidence->source);
    range("range", evidence->range);
    json_.close();
}

void ValueWriter::extras(const std::vector<Extra>& extras) {
    json_.array();
    for (const Extra& extra : extras) {
        json_.object(line).member("name", extra.name.value).member("list", extra.list).key("values").array();
        for (const std::string& value : extra.values) json_.value(value);
        json_.close();
        range("range", extra.name.range);
        json_.close();
    }
    json_.close();
}

void ValueWriter::metric(const MetricPath& path) {
    std::string_view key = info_of(path.metric).key;
    if (key.starts_with("*.")) key.remove_prefix(2);
    json_.object(line).member("key", key).key("element");
    id(path.element);
    json_.member("text", path.text);
    if (path.drawn) json_.member("drawn", true);
    range("range", path.range);
    json_.close();
}

void ValueWriter::goal_value(const GoalValue& value) {
    struct Writer {
        JsonWriter& json;
        void operator()(Duration time) const { json.member("kind", "time").member("microseconds", time.microseconds); }
        void operator()(Ratio ratio) const { json.member("kind", "ratio").member("value", ratio); }
        void operator()(Decimal number) const { json.member("kind", "number").member("value", number); }
        void operator()(const Rate& rate) const {
            json.member("kind", "rate");
            rate_members(json, rate);
        }
    };
    json_.object(line);
    std::visit(Writer{json_}, value.value);
    json_.member("text", value.text);
    range("range", value.range);
    json_.close();
}

void ValueWriter::target(const Target& target) {
    json_.object().key("metric");
    metric(target.metric);
    json_.key("baseline");
    if (target.baseline)
        goal_value(*target.baseline);
    else
        json_.null();
    json_.member("relation", text_of(target.relation)).key("bound");
    goal_value(target.bound);
    json_.key("by");
    date(target.by);
    json_.key("note");
    text_or_null(target.note);
    range("range", target.range);
    json_.close();
}

void ValueWriter::expectation(const Expectation& expectation) {
    json_.object().key("metric");
    metric(expectation.metric);
    json_.member("relation", text_of(expectation.relation)).key("value");
    goal_value(expectation.value);
    range("range", expectation.range);
    json_.close();
}

}  // namespace vsm::ir
