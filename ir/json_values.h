// Writes the small values of the model as JSON: ranges, times, rates, goals. Only for ir/model_json.cpp.
#pragma once

#include "base/writers/json.h"
#include "ir/checked_model.h"

namespace vsm::ir {

/// Writes values in the forms that docs/schema/ir.schema.json defines. Each call writes one value; `range` writes a
/// member.
class ValueWriter {
public:
    ValueWriter(JsonWriter& json, const SourceSet* sources) : json_(json), sources_(sources) {}

    /// Writes `"name": { path, line, column, … }`; nothing without sources or if the range is invalid.
    void range(std::string_view name, SourceRange range);

    void text(const Text& text);  ///< null if empty and not written
    void text_or_null(const std::string& text);
    void date(const std::optional<Date>& date);
    void time(const std::optional<Time>& time);  ///< null if not written
    void resolved(const ResolvedTimings& timings);
    void quality(const std::optional<Quality>& quality);
    void rate(const std::optional<Rate>& rate);
    void calendar(const Calendar& calendar, bool given);
    void evidence(const std::optional<Evidence>& evidence);
    void extras(const std::vector<Extra>& extras);
    void target(const Target& target);
    void expectation(const Expectation& expectation);

    template <class Tag>
    void id(Id<Tag> id) {
        if (id.valid())
            json_.value(static_cast<std::size_t>(id.index));
        else
            json_.null();
    }
    template <class Tag>
    void ids(const std::vector<Id<Tag>>& ids) {
        json_.array(JsonWriter::Layout::line);
        for (const Id<Tag> one : ids) id(one);
        json_.close();
    }

private:
    void metric(const MetricPath& path);
    void goal_value(const GoalValue& value);

    JsonWriter& json_;
    const SourceSet* sources_;
};

}  // namespace vsm::ir
