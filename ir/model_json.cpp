#include "ir/model_json.h"

#include <concepts>
#include <type_traits>

#include "ir/each_property.h"
#include "ir/json_values.h"

namespace vsm::ir {
namespace {

using properties::Kind;

constexpr auto line = JsonWriter::Layout::line;

std::string_view name_of(EditKind kind) {
    switch (kind) {
        case EditKind::change: return "change";
        case EditKind::remove: return "remove";
        case EditKind::add: return "add";
        case EditKind::replace: return "replace";
        case EditKind::move: return "move";
    }
    return "";
}

class ModelWriter {
public:
    ModelWriter(const CheckedModel& checked, const SourceSet* sources)
        : checked_(checked), sources_(sources), values_(json_, sources) {}

    std::string run(std::optional<StreamId> only) {
        const Model& model = checked_.model();
        json_.object().member("version", 1);
        if (sources_ != nullptr && model.file.valid()) json_.member("file", (*sources_)[model.file].path());
        allows(model.allows);
        json_.key("teams").array();
        for (std::size_t i = 0; i < model.teams.size(); ++i) team(model.teams.id_at(i));
        json_.close().key("streams").array();
        for (std::size_t i = 0; i < model.streams.size(); ++i)
            if (!only || only->index == i) stream(model.streams.id_at(i));
        json_.close().close();
        return json_.finish();
    }

private:
    void text(std::string_view key, const Text& text) {
        json_.key(key);
        values_.text(text);
    }

    void stream_name(StreamId id) {
        if (id.valid())
            json_.value(checked_.stream(id).name.value);
        else
            json_.null();
    }

    /// The members for all properties kept in `object`.
    template <class Object>
    void properties_of(const Object& object) {
        each_property(object, [&]<class Row>(Row, const auto& member) {
            constexpr Kind kind = Row::row.kind;
            if constexpr (kind != Kind::after) json_.key(Row::row.key);
            if constexpr (kind == Kind::after || kind == Kind::calendar)
                property_of(std::integral_constant<Kind, kind>{}, object);
            else
                property(member);
        });
    }

    /// The element's place in the graph.
    void property_of(std::integral_constant<Kind, Kind::after>, const Element& element) {
        json_.key("parent");
        values_.id(element.parent);
        json_.key("children");
        values_.ids(children_of(element));
        json_.key("predecessors");
        values_.ids(element.predecessors);
        json_.member("after_given", element.after_given);
    }
    void property_of(std::integral_constant<Kind, Kind::calendar>, const Stream& stream) {
        values_.calendar(stream.calendar, stream.calendar_given);
    }

    void property(const Text& text) { values_.text(text); }
    void property(const std::vector<std::string>& texts) {
        json_.array(line);
        for (const std::string& text : texts) json_.value(text);
        json_.close();
    }
    void property(std::same_as<bool> auto truth) { json_.value(truth); }
    void property(std::int64_t count) { json_.value(count); }
    void property(const std::optional<std::int64_t>& count) { json_.value(count); }
    void property(const std::optional<Ratio>& ratio) { json_.value(ratio); }
    void property(const std::optional<Rate>& rate) { values_.rate(rate); }
    void property(const std::optional<Date>& date) { values_.date(date); }
    void property(const std::optional<Time>& time) { values_.time(time); }
    void property(const std::optional<Quality>& quality) { values_.quality(quality); }
    void property(const std::optional<Evidence>& evidence) { values_.evidence(evidence); }
    void property(const std::vector<TeamId>& teams) { values_.ids(teams); }
    void property(StreamId id) { stream_name(id); }
    void property(StepKind kind) { json_.value(ir::name_of(kind)); }
    void property(const std::optional<ValueClass>& one) { word(one); }
    void property(const std::optional<Milestone>& one) { word(one); }

    template <class Word>
    void word(const std::optional<Word>& one) {
        if (one)
            json_.value(ir::name_of(*one));
        else
            json_.null();
    }

    void team(TeamId id) {
        const Team& team = checked_.model().teams[id];
        json_.object().key("id");
        values_.id(id);
        json_.member("name", team.name.value);
        text("title", team.title);
        properties_of(team);
        json_.member("declared", team.declared).member("imported", team.imported).key("local_to");
        stream_name(team.local_to);
        json_.key("extras");
        values_.extras(team.extras);
        values_.range("range", team.name.range);
        json_.close();
    }

    void stream(StreamId id) {
        const Stream& stream = checked_.stream(id);
        json_.object().member("name", stream.name.value);
        text("title", stream.title);
        json_.member("imported", stream.imported);
        properties_of(stream);
        json_.key("extras");
        values_.extras(stream.extras);
        future(stream.future);
        json_.key("body");
        values_.ids(stream.body.elements);
        json_.key("elements").array();
        for (std::size_t i = 0; i < stream.elements.size(); ++i)
            element(stream, checked_.facts(id), stream.elements.id_at(i));
        json_.close().key("targets").array();
        for (const Target& target : stream.targets) values_.target(target);
        json_.close().key("expectations").array();
        for (const Expectation& expectation : stream.expectations) values_.expectation(expectation);
        json_.close();
        remarks(stream.remarks);
        values_.range("range", stream.range);
        values_.range("block_range", stream.block_range);
        json_.close();
    }

    void future(const std::optional<FutureInfo>& future) {
        json_.key("future");
        if (!future) {
            json_.null();
            return;
        }
        json_.object().key("of");
        stream_name(future->of);
        json_.key("by");
        values_.date(future->by);
        json_.key("edits").array();
        for (const Edit& edit : future->edits) {
            json_.object(line).member("kind", name_of(edit.kind)).member("element", edit.element);
            json_.member("kaizen", edit.kaizen);
            values_.range("range", edit.range);
            json_.close();
        }
        json_.close().close();
    }

    void element(const Stream& stream, const StreamFacts& facts, ElementId id) {
        const Element& element = stream.elements[id];
        json_.object().key("id");
        values_.id(id);
        json_.member("kind", keyword_of(element));
        text("name", element.name);
        json_.member("label", element.label);
        text("title", element.title);
        properties_of(element);
        json_.member("share", facts.elements[id].share);
        visit([&](const auto& what) { details(what, facts.elements[id]); }, element);
        json_.key("extras");
        values_.extras(element.extras);
        remarks(element.remarks);
        values_.range("range", element.range);
        values_.range("whole_range", element.whole_range);
        json_.close();
    }

    void timings(const Timings& written, const ResolvedTimings& resolved) {
        properties_of(written);
        json_.key("resolved");
        values_.resolved(resolved);
    }

    void details(const Step& step, const ElementFacts& facts) {
        json_.key("step").object();
        timings(step.timings, facts.timings);
        properties_of(step);
        json_.key("reworks").array();
        for (std::size_t i = 0; i < step.reworks.size(); ++i) rework(step.reworks[i], i, facts);
        json_.close().close();
    }

    void rework(const Rework& rework, std::size_t number, const ElementFacts& facts) {
        json_.object().member("rate", rework.rate).member("once", rework.once).key("to");
        const auto* repair = std::get_if<Repair>(&rework.to);
        values_.id(repair != nullptr ? ElementId{} : std::get<ElementId>(rework.to));
        json_.key("repair");
        if (repair != nullptr) {
            VSM_CHECK(number < facts.repairs.size());
            json_.object();
            timings(repair->timings, facts.repairs[number]);
            properties_of(*repair);
            json_.close();
        } else {
            json_.null();
        }
        values_.range("range", rework.range);
        json_.close();
    }

    void details(const Wait& wait, const ElementFacts& facts) {
        json_.key("wait").object().key("time");
        values_.time(wait.time);
        json_.key("resolved");
        values_.resolved(facts.timings);
        json_.close();
    }

    void details(const Queue& queue, const ElementFacts&) {
        json_.key("queue").object().member("items", queue.items);
        values_.range("range", queue.range);
        json_.close();
    }

    void details(const Branch& branch, const ElementFacts& facts) {
        json_.key("branch").object();
        properties_of(branch);
        json_.member("resolved_share", facts.branch_share).member("implicit", branch.implicit);
        values_.range("range", branch.share_range);
        json_.close();
    }

    void details(const Stage&, const ElementFacts&) {}
    void details(const Parallel&, const ElementFacts&) {}
    void details(const Choose&, const ElementFacts&) {}

    void remarks(const Remarks& remarks) {
        json_.key("notes").array();
        for (const Note& note : remarks.notes) {
            json_.object(line).member("text", note.text);
            values_.range("range", note.range);
            json_.close();
        }
        json_.close();
        allows(remarks.allows);
        json_.key("kaizens").array();
        for (const Kaizen& one : remarks.kaizens) kaizen(one);
        json_.close();
    }

    void allows(const std::vector<Allow>& allows) {
        json_.key("allows").array();
        for (const Allow& allow : allows) {
            json_.object(line).key("rule");
            if (allow.rule)
                json_.value(info_of(*allow.rule).name);
            else
                json_.null();
            json_.member("reason", allow.reason);
            values_.range("range", allow.range);
            json_.close();
        }
        json_.close();
    }

    void kaizen(const Kaizen& kaizen) {
        json_.object();
        text("title", kaizen.title);
        properties_of(kaizen);
        json_.key("on");
        values_.id(kaizen.on);
        json_.member("edits", kaizen.edits);
        values_.range("range", kaizen.range);
        json_.close();
    }

    const CheckedModel& checked_;
    const SourceSet* sources_;
    JsonWriter json_;
    ValueWriter values_;
};

}  // namespace

std::string to_json(const CheckedModel& model, const SourceSet* sources, std::optional<StreamId> only) {
    return ModelWriter(model, sources).run(only);
}

}  // namespace vsm::ir
