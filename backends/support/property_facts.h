// The properties of a struct of the model in words. Each backend escapes them.
#pragma once

#include <string>
#include <vector>

#include "backends/support/facts.h"
#include "ir/each_property.h"

namespace vsm::backends {

/// `a, b`.
std::string list_text(const std::vector<std::string>& items);

/// A property in words; empty if it is not written or has its default.
class PropertyText {
public:
    explicit PropertyText(const BackendInput& input) : input_(input) {}

    std::string of(const ir::Text& text) const;
    std::string of(const std::vector<std::string>& texts) const;
    std::string of(std::int64_t items) const;
    std::string of(const std::optional<std::int64_t>& count) const;
    std::string of(const std::optional<Ratio>& ratio) const;
    std::string of(const std::optional<Date>& date) const;
    std::string of(const std::optional<Rate>& rate) const;
    std::string of(const std::optional<ir::Quality>& quality) const;
    std::string of(const std::optional<ir::Evidence>& evidence) const;
    std::string of(const Calendar& calendar) const;
    std::string of(const std::vector<ir::TeamId>& teams) const;
    std::string of(ir::StreamId id) const;
    std::string of(ir::StepKind kind) const;
    std::string of(const std::optional<ir::ValueClass>& value_class) const;
    std::string of(const std::optional<ir::Milestone>& milestone) const;

private:
    const BackendInput& input_;
};

/// A fact and its place among the others, as in the column `shown` of the table of properties.
struct PlacedFact {
    int place;
    Fact fact;
};

/// All properties kept in `object` that outputs show.
template <class Object>
std::vector<PlacedFact> placed_facts(const BackendInput& input, const Object& object) {
    std::vector<PlacedFact> placed;
    ir::each_property(object, [&]<class Row>(Row, const auto& member) {
        if constexpr (Row::row.shown > 0)
            placed.push_back({Row::row.shown, {std::string(Row::row.label), PropertyText(input).of(member)}});
    });
    return placed;
}

}  // namespace vsm::backends
