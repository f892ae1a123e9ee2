#include "runtime/diff/written_properties.h"

#include <fmt/format.h>

#include "base/diagnostics/diagnostics.h"
#include "runtime/figures/compare.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;

/// Collects properties. Omits empty ones.
class Properties {
public:
    explicit Properties(const Calendar& calendar) : calendar_(calendar) {}

    void add(std::string name, std::string text, std::string exact = {}) {
        if (text.empty()) return;
        if (exact.empty()) exact = text;
        all_.push_back({std::move(name), std::move(text), std::move(exact)});
    }
    void add(std::string name, const ir::Text& text) { add(std::move(name), text.value); }
    void add(std::string name, const std::optional<std::int64_t>& count) {
        if (count) add(std::move(name), fmt::format("{}", *count));
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
    void add_repair(std::string name, const std::string& before, const ir::Timings& timings, const std::string& after) {
        add(std::move(name), before + text_of(timings, calendar_) + after,
            before + text_of(timings, round_the_clock) + after);
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

    static std::string text_of(const ir::Timings& timings, const Calendar& calendar) {
        std::string text;
        const auto one = [&](std::string_view name, const std::optional<ir::Time>& time) {
            if (time) text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", name, text_of(*time, calendar));
        };
        one("process", timings.process);
        one("wait", timings.wait);
        one("lead", timings.lead);
        return text;
    }

    const Calendar& calendar_;
    std::vector<Property> all_;
};

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

std::string team_names(const ir::Model& model, const std::vector<ir::TeamId>& teams) {
    std::vector<std::string> names;
    for (const ir::TeamId id : teams) names.push_back(model.teams[id].name.value);
    return joined(names);
}

std::string text_of(const ir::Quality& quality) {
    switch (quality.state) {
        case ir::Quality::State::unknown: return "?";
        case ir::Quality::State::not_applicable: return "n/a";
        case ir::Quality::State::known: break;
    }
    const std::string range = quality.low == quality.high ? "" : ".." + format_exactly(quality.high);
    return (quality.guess ? "~" : "") + format_exactly(quality.low) + range;
}

void add_evidence(Properties& properties, std::string name, const std::optional<ir::Evidence>& evidence) {
    if (!evidence) return;
    properties.add(std::move(name),
                   format_date(evidence->date) + (evidence->source.empty() ? "" : " " + evidence->source));
}

void add_rework(Properties& properties, const ir::Model& model, const ir::Rework& rework, const NameOf& name_of) {
    const std::string rate = format_exactly(rework.rate) + (rework.once ? " once" : "");
    if (const auto* to = std::get_if<ElementId>(&rework.to)) return properties.add("rework to " + name_of(*to), rate);
    const auto& repair = *std::get_if<ir::Repair>(&rework.to);
    const std::string teams = team_names(model, repair.teams);
    properties.add_repair("rework", rate + " { ", repair.timings, (teams.empty() ? "" : ", team: " + teams) + " }");
}

void add_remarks(Properties& properties, const ir::Remarks& remarks, const NameOf& name_of) {
    for (const ir::Note& note : remarks.notes) properties.add("note", note.text);
    for (const ir::Allow& allow : remarks.allows)
        if (allow.rule) properties.add(fmt::format("allow {}", info_of(*allow.rule).name), allow.reason);
    for (const ir::Kaizen& kaizen : remarks.kaizens) {
        std::vector<std::string> about;
        if (kaizen.on.valid()) about.push_back("on " + name_of(kaizen.on));
        if (kaizen.owner.given()) about.push_back("owner: " + kaizen.owner.value);
        if (kaizen.due) about.push_back("due: " + format_date(*kaizen.due));
        if (kaizen.capability.given()) about.push_back("capability: " + kaizen.capability.value);
        if (kaizen.link.given()) about.push_back("link: " + kaizen.link.value);
        properties.add("kaizen", kaizen.title.value + (about.empty() ? "" : " (" + joined(about) + ")"));
    }
}

void add_extras(Properties& properties, const std::vector<ir::Extra>& extras) {
    for (const ir::Extra& extra : extras) properties.add(extra.name.value, joined(extra.values));
}

void add_step(Properties& properties, const ir::Model& model, const ir::Step& step, const NameOf& name_of) {
    properties.add("process", step.timings.process);
    properties.add("wait", step.timings.wait);
    properties.add("lead", step.timings.lead);
    if (step.quality) properties.add("ca", text_of(*step.quality));
    properties.add("team", team_names(model, step.teams));
    if (step.kind != ir::StepKind::manual) properties.add("kind", std::string(ir::name_of(step.kind)));
    if (step.value_class) properties.add("class", std::string(ir::name_of(*step.value_class)));
    properties.add("people", step.people);
    if (step.batch != 1) properties.add("batch", fmt::format("{}", step.batch));
    properties.add("wip", step.wip);
    properties.add("tool", joined(step.tools));
    if (step.milestone) properties.add("milestone", std::string(ir::name_of(*step.milestone)));
    add_evidence(properties, "measured", step.measured);
    add_evidence(properties, "estimated", step.estimated);
    for (const ir::Rework& rework : step.reworks) add_rework(properties, model, rework, name_of);
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
    Properties properties(stream.calendar);
    const auto* branch = std::get_if<ir::Branch>(&element.what);
    if (branch != nullptr && branch->implicit) return {};
    properties.add("statement", std::string(ir::keyword_of(element)));
    properties.add("title", element.title);
    properties.add("link", element.link);
    if (const auto* step = ir::step_of(element)) add_step(properties, model, *step, name_of);
    if (const auto* wait = std::get_if<ir::Wait>(&element.what)) properties.add("time", std::optional(wait->time));
    if (const auto* queue = std::get_if<ir::Queue>(&element.what))
        properties.add("items", format_number(queue->items.value()));
    if (branch != nullptr) properties.add("share", branch->share);
    add_extras(properties, element.extras);
    add_remarks(properties, element.remarks, name_of);
    return properties.take();
}

std::vector<Property> properties_of(const ir::Model& model, const ir::Stream& stream, const NameOf& name_of) {
    Properties properties(stream.calendar);
    properties.add("title", stream.title);
    properties.add("outcome", stream.outcome);
    properties.add("owner", stream.owner);
    properties.add("trigger", stream.trigger);
    properties.add("customer", stream.customer);
    properties.add("supplier", stream.supplier);
    properties.add("link", stream.link);
    properties.add("calendar", format_calendar(stream.calendar));
    properties.add("demand", stream.demand);
    properties.add("reviewed", stream.reviewed);
    if (stream.recovers.valid()) properties.add("recovers", model.streams[stream.recovers].name.value);
    properties.add("change_failure", stream.change_failure);
    properties.add("deploys", stream.deploys);
    if (stream.timings_unknown) properties.add("timings", std::string("unknown"));
    add_extras(properties, stream.extras);
    if (stream.future) add_future(properties, model, *stream.future);
    for (const ir::Target& target : stream.targets) properties.add("target", written(target, name_of));
    for (const ir::Expectation& expectation : stream.expectations)
        properties.add("expect", written(expectation, name_of));
    add_remarks(properties, stream.remarks, name_of);
    return properties.take();
}

std::vector<Property> properties_of(const ir::Team& team) {
    static const Calendar none;
    Properties properties(none);
    properties.add("title", team.title);
    properties.add("link", team.link);
    properties.add("people", team.people);
    properties.add("available", team.available);
    properties.add("cost", team.cost);
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
