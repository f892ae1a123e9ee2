#include "runtime/stream_changes.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace vsm::runtime {
namespace {

using ir::ElementId;

/// Whether one property stands for the other: the same value, or the same words (of a day that got longer).
bool same(const Property& a, const Property& b) { return a.name == b.name && (a.exact == b.exact || a.text == b.text); }

bool is_implicit(const ir::Element& element) {
    const auto* branch = std::get_if<ir::Branch>(&element.what);
    return branch != nullptr && branch->implicit;
}

}  // namespace

std::vector<ValueChange> changes_between(const std::vector<Property>& before, const std::vector<Property>& after) {
    if (before == after) return {};
    std::map<std::string_view, std::vector<const Property*>> gone;
    for (const Property& one : before) gone[one.name].push_back(&one);
    std::vector<const Property*> left;
    for (const Property& one : after) {
        auto& same_name = gone[one.name];
        const auto found = std::find_if(same_name.begin(), same_name.end(), [&](const Property* other) { return same(*other, one); });
        if (found != same_name.end())
            same_name.erase(found);
        else
            left.push_back(&one);
    }
    std::vector<ValueChange> changes;
    for (const Property* one : left) {
        auto& same_name = gone[one->name];
        changes.push_back({one->name, same_name.empty() ? "" : same_name.front()->text, one->text});
        if (!same_name.empty()) same_name.erase(same_name.begin());
    }
    for (const Property& one : before) {
        auto& same_name = gone[one.name];
        if (same_name.empty() || same_name.front() != &one) continue;
        changes.push_back({one.name, one.text, ""});
        same_name.erase(same_name.begin());
    }
    return changes;
}

StreamComparer::StreamComparer(const StreamSide& before, const StreamSide& after) : before_(before), after_(after), match_(match_elements(before, after)) {}

void StreamComparer::run(StreamChange& change) const {
    change.values = changes_between(properties_of(before_.model, before_.stream, before_names()), properties_of(after_.model, after_.stream, after_names()));
    std::unordered_map<std::uint32_t, Move> moves;
    for (Move& move : moves_between(before_, after_, match_)) moves.emplace(move.after.index, std::move(move));
    for (std::size_t i = 0; i < after_.stream.elements.size(); ++i) {
        const ElementId id = after_.stream.elements.id_at(i);
        const auto move = moves.find(id.index);
        add(change, id, move == moves.end() ? nullptr : &move->second);
    }
    for (std::size_t i = 0; i < before_.stream.elements.size(); ++i) {
        const ElementId id = before_.stream.elements.id_at(i);
        if (!match_.after_of[id].valid() && !is_implicit(before_.stream.elements[id])) change.elements.push_back({id, {}, false, {}, {}, {}});
    }
}

NameOf StreamComparer::before_names() const {
    return [this](ElementId id) { return match_.after_of[id].valid() ? after_.stream.elements[match_.after_of[id]].label : before_.stream.elements[id].label; };
}

NameOf StreamComparer::after_names() const {
    return [this](ElementId id) { return after_.stream.elements[id].label; };
}

void StreamComparer::add(StreamChange& change, ElementId id, const Move* move) const {
    const ir::Element& element = after_.stream.elements[id];
    const ElementId old = match_.before_of[id];
    if (!old.valid()) {
        if (!is_implicit(element)) change.elements.push_back({{}, id, false, {}, {}, {}});
        return;
    }
    ElementChange one{old, id, before_.stream.elements[old].name.value != element.name.value, {}, {}, {}};
    one.values = changes_between(properties_of(before_.model, before_.stream, old, before_names()), properties_of(after_.model, after_.stream, id, after_names()));
    if (move != nullptr && move->follows_only)
        one.values.push_back({"order", move->from, move->to});
    else if (move != nullptr)
        one.moved_from = move->from, one.moved_to = move->to;
    if (one.renamed || move != nullptr || !one.values.empty()) change.elements.push_back(std::move(one));
}

}  // namespace vsm::runtime
