#include "runtime/diff/written_properties.h"

#include <fmt/format.h>

#include <concepts>

#include "base/diagnostics/diagnostics.h"
#include "ir/each_property.h"
#include "runtime/figures/compare.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

/// Collects properties. Omits empty ones and those with their default.
class Properties {
public:
    Properties(const ir::Model& model, const Calendar& calendar) : model_(model), calendar_(calendar) {}

    /// All properties kept in `object`, except what an element follows, which is its place.
    template <class Object>
    void add_all(const Object& object) {
        ir::each_property(object, [&]<class Row>(Row, const auto& member) {
            if constexpr (Row::row.kind != properties::Kind::after) add(std::string(Row::row.name), member);
        });
    }

    void add(std::string name, std::string text, std::string exact = {}) {
        if (text.empty()) return;
        if (exact.empty()) exact = text;
        all_.push_back({std::move(name), std::move(text), std::move(exact)});
    }
    void add(std::string name, const ir::Text& text) { add(std::move(name), text.value); }
    void add(std::string name, const std::vector<std::string>& texts) { add(std::move(name), joined(texts)); }
    void add(std::string name, const std::optional<std::int64_t>& count) {
        if (count) add(std::move(name), fmt::format("{}", *count));
    }
    void add(std::string name, std::int64_t count) {
        if (count != 1) add(std::move(name), fmt::format("{}", count));
    }
    void add(std::string name, const std::optional<Ratio>& ratio) {
        if (ratio) add(std::move(name), format_exactly(*ratio));
    }
    void add(std::string name, const std::optional<Date>& date) {
        if (date) add(std::move(name), format_date(*date));
    }
    void add(std::string name, const std::optional<ir::Time>& time) {
        if (time) add(std::move(name), text_of(*time, calendar_), text_of(*time, round_the_clock));
    }
    void add(std::string name, const std::optional<Rate>& rate) {
        if (rate) add(std::move(name), fmt::format("{}/{}", format_number(rate->count), vsm::name_of(rate->unit)));
    }
    void add(std::string name, const std::optional<ir::Quality>& quality) {
        if (quality) add(std::move(name), text_of(*quality));
    }
    void add(std::string name, const std::optional<ir::Evidence>& evidence) {
        if (evidence)
            add(std::move(name),
                format_date(evidence->date) + (evidence->source.empty() ? "" : " " + evidence->source));
    }
    void add(std::string name, const Calendar& calendar) { add(std::move(name), format_calendar(calendar)); }
    void add(std::string name, const std::vector<ir::TeamId>& teams) {
        std::vector<std::string> names;
        for (const ir::TeamId id : teams) names.push_back(model_.teams[id].name.value);
        add(std::move(name), names);
    }
    void add(std::string name, ir::StreamId id) {
        if (id.valid()) add(std::move(name), model_.streams[id].name.value);
    }
    void add(std::string name, ir::StepKind kind) {
        if (kind != ir::StepKind::manual) add(std::move(name), std::string(ir::name_of(kind)));
    }
    void add(std::string name, const std::optional<ir::ValueClass>& value_class) {
        if (value_class) add(std::move(name), std::string(ir::name_of(*value_class)));
    }
    void add(std::string name, const std::optional<ir::Milestone>& milestone) {
        if (milestone) add(std::move(name), std::string(ir::name_of(*milestone)));
    }
    /// `timings: unknown`.
    void add(std::string name, std::same_as<bool> auto unknown) {
        if (unknown) add(std::move(name), std::string("unknown"));
    }

    std::vector<Property> take() { return std::move(all_); }

private:
    static std::string text_of(const ir::Distribution& distribution, const Calendar& calendar) {
        struct Writer {
            const Calendar& calendar;
            std::string time(Duration duration) const { return format_exactly(duration, calendar); }
            std::string operator()(const ir::Fixed& one) const { return time(one.time); }
            std::string operator()(const ir::Uniform& one) const { return time(one.low) + ".." + time(one.high); }
            std::string operator()(const ir::Triangular& one) const {
                return time(one.low) + ".." + time(one.mode) + ".." + time(one.high);
            }
            std::string operator()(const ir::Exponential& one) const { return "exponential(" + time(one.mean) + ")"; }
            std::string operator()(const ir::Lognormal& one) const {
                return fmt::format("lognormal(p50 {}, p{} {})", time(one.median), one.percentile,
                                   time(one.at_percentile));
            }
        };
        return std::visit(Writer{calendar}, distribution);
    }

    static std::string text_of(const ir::Time& time, const Calendar& calendar) {
        return time.value ? (time.guess ? "~" : "") + text_of(*time.value, calendar) : "?";
    }

    static std::string text_of(const ir::Quality& quality) {
        switch (quality.state) {
            case ir::Quality::State::unknown: return "?";
            case ir::Quality::State::not_applicable: return "n/a";
            case ir::Quality::State::known: break;
        }
        const std::string range = quality.low == quality.high ? "" : ".." + format_exactly(quality.high);
        return (quality.guess ? "~" : "") + format_exactly(quality.low) + range;
    }

    const ir::Model& model_;
    const Calendar& calendar_;
    std::vector<Property> all_;
};

/// `name: text` for each property, after what `about` already has.
std::string listed(const std::vector<Property>& all, std::string Property::* member,
                   std::vector<std::string> about = {}) {
    for (const Property& one : all) about.push_back(one.name + ": " + one.*member);
    return joined(about);
}

void add_rework(Properties& properties, const ir::Model& model, const Calendar& calendar, const ir::Rework& rework,
                const NameOf& name_of) {
    const std::string rate = format_exactly(rework.rate) + (rework.once ? " once" : "");
    if (const auto* to = std::get_if<ElementId>(&rework.to)) return properties.add("rework to " + name_of(*to), rate);
    const auto& repair = *std::get_if<ir::Repair>(&rework.to);
    Properties inner(model, calendar);
    inner.add_all(repair.timings);
    inner.add_all(repair);
    const std::vector<Property> all = inner.take();
    properties.add("rework", rate + " { " + listed(all, &Property::text) + " }",
                   rate + " { " + listed(all, &Property::exact) + " }");
}

void add_remarks(Properties& properties, const ir::Model& model, const ir::Remarks& remarks, const NameOf& name_of) {
    for (const ir::Note& note : remarks.notes) properties.add("note", note.text);
    for (const ir::Allow& allow : remarks.allows)
        if (allow.rule) properties.add(fmt::format("allow {}", info_of(*allow.rule).name), allow.reason);
    for (const ir::Kaizen& kaizen : remarks.kaizens) {
        std::vector<std::string> on;
        if (kaizen.on.valid()) on.push_back("on " + name_of(kaizen.on));
        Properties inner(model, round_the_clock);
        inner.add_all(kaizen);
        const std::string about = listed(inner.take(), &Property::text, std::move(on));
        properties.add("kaizen", kaizen.title.value + (about.empty() ? "" : " (" + about + ")"));
    }
}

void add_extras(Properties& properties, const std::vector<ir::Extra>& extras) {
    for (const ir::Extra& extra : extras) properties.add(extra.name.value, joined(extra.values));
}

std::string written(const ir::MetricPath& path, const NameOf& name_of) {
    const std::string_view key = ir::info_of(path.metric).key;
    if (path.drawn) return fmt::format("drawn.{}", key);
    return path.element.valid() ? name_of(path.element) + std::string(key.substr(1)) : std::string(key);
}

std::string written(const ir::Expectation& expectation, const NameOf& name_of) {
    return fmt::format("{} {} {}", written(expectation.metric, name_of), text_of(expectation.relation),
                       expectation.value.text);
}

void add_future(Properties& properties, const ir::Model& model, const ir::FutureInfo& future) {
    properties.add("of", model.streams[future.of].name.value);
    properties.add("by", future.by);
    for (const ir::Edit& edit : future.edits) properties.add("edit", runtime::text_of(edit));
}

}  // namespace

std::vector<Property> properties_of(const ir::Model& model, const ir::Stream& stream, ElementId id,
                                    const NameOf& name_of) {
    const ir::Element& element = stream.elements[id];
    Properties properties(model, stream.calendar);
    const auto* branch = std::get_if<ir::Branch>(&element.what);
    if (branch != nullptr && branch->implicit) return {};
    properties.add("statement", std::string(ir::keyword_of(element)));
    properties.add("title", element.title);
    properties.add_all(element);
    if (const auto* step = ir::step_of(element)) {
        properties.add_all(step->timings);
        properties.add_all(*step);
        for (const ir::Rework& rework : step->reworks) add_rework(properties, model, stream.calendar, rework, name_of);
    }
    if (const auto* wait = std::get_if<ir::Wait>(&element.what)) properties.add("time", std::optional(wait->time));
    if (const auto* queue = std::get_if<ir::Queue>(&element.what))
        properties.add("items", format_number(queue->items.value()));
    if (branch != nullptr) properties.add_all(*branch);
    add_extras(properties, element.extras);
    add_remarks(properties, model, element.remarks, name_of);
    return properties.take();
}

std::vector<Property> properties_of(const ir::Model& model, const ir::Stream& stream, const NameOf& name_of) {
    Properties properties(model, stream.calendar);
    properties.add("title", stream.title);
    properties.add_all(stream);
    add_extras(properties, stream.extras);
    if (stream.future) add_future(properties, model, *stream.future);
    for (const ir::Target& target : stream.targets) properties.add("target", written(target, name_of));
    for (const ir::Expectation& expectation : stream.expectations)
        properties.add("expect", written(expectation, name_of));
    add_remarks(properties, model, stream.remarks, name_of);
    return properties.take();
}

std::vector<Property> properties_of(const ir::Model& model, const ir::Team& team) {
    static const Calendar none;
    Properties properties(model, none);
    properties.add("title", team.title);
    properties.add_all(team);
    add_extras(properties, team.extras);
    return properties.take();
}

std::string written(const ir::Target& target, const NameOf& name_of) {
    std::string text = written(target.metric, name_of);
    if (target.baseline) text += fmt::format(" from {} to", target.baseline->text);
    text += fmt::format(" {} {}", text_of(target.relation), target.bound.text);
    if (target.by) text += " by " + format_date(*target.by);
    if (!target.note.empty()) text += " " + target.note;
    return text;
}

}  // namespace vsm::runtime
