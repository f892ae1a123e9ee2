#include "backends/support/property_facts.h"

#include <fmt/format.h>

namespace vsm::backends {
namespace {

std::string evidence_text(const ir::Evidence& evidence) {
    const std::string date = format_date(evidence.date);
    return evidence.source.empty() ? date : fmt::format("{} ({})", date, evidence.source);
}

std::string class_text(ir::ValueClass value_class) {
    switch (value_class) {
        case ir::ValueClass::va: return "adds value";
        case ir::ValueClass::nnva: return "necessary, adds no value";
        case ir::ValueClass::nva: return "waste";
    }
    return "";
}

}  // namespace

std::string list_text(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
    return text;
}

std::string PropertyText::of(const ir::Text& text) const { return text.value; }
std::string PropertyText::of(const std::vector<std::string>& texts) const { return list_text(texts); }
std::string PropertyText::of(std::int64_t items) const { return items == 1 ? "" : fmt::format("{} items", items); }
std::string PropertyText::of(const std::optional<std::int64_t>& count) const {
    return count ? fmt::format("{}", *count) : "";
}
std::string PropertyText::of(const std::optional<Ratio>& ratio) const { return ratio ? format_exactly(*ratio) : ""; }
std::string PropertyText::of(const std::optional<Date>& date) const { return date ? format_date(*date) : ""; }
std::string PropertyText::of(const std::optional<Rate>& rate) const {
    return rate ? fmt::format("{}/{}", format_number(rate->count), name_of(rate->unit)) : "";
}
std::string PropertyText::of(const std::optional<ir::Quality>& quality) const {
    return quality ? quality_text(*quality) : "";
}
std::string PropertyText::of(const std::optional<ir::Evidence>& evidence) const {
    return evidence ? evidence_text(*evidence) : "";
}
std::string PropertyText::of(const Calendar& calendar) const { return format_calendar(calendar); }
std::string PropertyText::of(const std::vector<ir::TeamId>& teams) const { return teams_of(input_, teams); }
std::string PropertyText::of(ir::StreamId id) const { return id.valid() ? called(input_.model.stream(id)) : ""; }
std::string PropertyText::of(ir::StepKind kind) const {
    return kind == ir::StepKind::manual ? "" : std::string(ir::name_of(kind));
}
std::string PropertyText::of(const std::optional<ir::ValueClass>& value_class) const {
    return value_class ? class_text(*value_class) : "";
}
std::string PropertyText::of(const std::optional<ir::Milestone>& milestone) const {
    return milestone ? std::string(ir::name_of(*milestone)) : "";
}

}  // namespace vsm::backends
