#include "ir/properties/property_table.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/text.h"

namespace vsm::properties {

std::string_view article_name(Place place) {
    switch (place) {
        case on_stream: return "a stream";
        case on_stage: return "a stage";
        case on_step: return "a step";
        case on_parallel: return "a parallel";
        case on_choose: return "a choose";
        case on_branch: return "a branch";
        case on_wait: return "a wait";
        case on_queue: return "a queue";
        case on_rework: return "a rework";
        case on_team: return "a team";
        case on_kaizen: return "a kaizen";
        case on_future: return "a future";
    }
    return "";
}

bool takes_list(std::string_view name) {
    bool known = false, list = false;
    for (const Row& row : rows) {
        if (row.name != name) continue;
        known = true;
        list = list || row.kind == Kind::texts || row.kind == Kind::teams || row.kind == Kind::after;
    }
    return list || !known;
}

bool takes_names(Kind kind) {
    switch (kind) {
        case Kind::teams:
        case Kind::after:
        case Kind::stream:
        case Kind::capability:
        case Kind::step_kind:
        case Kind::value_class:
        case Kind::milestone: return true;
        case Kind::text:
        case Kind::text_or_name:
        case Kind::link:
        case Kind::count:
        case Kind::batch:
        case Kind::date:
        case Kind::due_date:
        case Kind::rate:
        case Kind::demand:
        case Kind::cost:
        case Kind::share:
        case Kind::branch_share:
        case Kind::availability:
        case Kind::time:
        case Kind::quality:
        case Kind::calendar:
        case Kind::evidence:
        case Kind::texts:
        case Kind::untimed: return false;
    }
    return false;
}

bool may_be_unknown(Kind kind) { return kind == Kind::time || kind == Kind::quality; }

const Row* find_row(unsigned places, std::string_view name) {
    static const std::unordered_map<std::string_view, std::vector<const Row*>> by_name = [] {
        std::unordered_map<std::string_view, std::vector<const Row*>> made;
        for (const Row& row : rows) made[row.name].push_back(&row);
        return made;
    }();
    const auto named = by_name.find(name);
    if (named == by_name.end()) return nullptr;
    const auto found = std::ranges::find_if(named->second, [&](const Row* row) { return (row->places & places) != 0; });
    return found == named->second.end() ? nullptr : *found;
}

bool has_property(unsigned places, std::string_view name) { return find_row(places, name) != nullptr; }

std::vector<std::string_view> names_in_order(unsigned places) {
    std::vector<std::string_view> names;
    for (const Row& row : rows)
        if ((row.places & places) != 0) names.push_back(row.name);
    std::ranges::sort(names, {}, canonical_rank);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::string_view misspelt_property(std::string_view name) {
    if (name.starts_with("x_") || has_property(anywhere, name)) return {};
    return nearest(name, names_in_order(anywhere)).value_or(std::string_view());
}

std::size_t canonical_rank(std::string_view name) {
    const Row* row = find_row(anywhere, name);
    if (row == nullptr) return (static_cast<std::size_t>(Section::link) + 1) * rows.size();
    return static_cast<std::size_t>(row->section) * rows.size() + static_cast<std::size_t>(row - rows.data());
}

}  // namespace vsm::properties
