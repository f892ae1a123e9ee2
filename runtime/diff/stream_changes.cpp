#include "runtime/diff/stream_changes.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string_view>
#include <unordered_map>

namespace vsm::runtime {
namespace {

using ir::ElementId;

/// The properties of the version before. Each can be taken once, the first match first.
class Said {
public:
    explicit Said(const std::vector<Property>& properties) : properties_(properties), taken_(properties.size()) {
        for (std::size_t i = 0; i < properties.size(); ++i) {
            const Property& one = properties[i];
            named_[one.name].push_back(i);
            exact_[{one.name, one.exact}].push_back(i);
            worded_[{one.name, one.text}].push_back(i);
        }
    }

    /// Takes a property of equal value, or of equal text (`1d`, if the day got longer).
    const Property* take_same(const Property& other) {
        return take(std::min(first(exact_, std::pair<std::string_view, std::string_view>(other.name, other.exact)),
                             first(worded_, std::pair<std::string_view, std::string_view>(other.name, other.text))));
    }
    const Property* take_named(std::string_view name) { return take(first(named_, name)); }
    bool is_taken(std::size_t place) const { return taken_[place]; }

private:
    template <class Places, class Key>
    std::size_t first(Places& places, const Key& key) const {
        const auto found = places.find(key);
        if (found == places.end()) return taken_.size();
        std::deque<std::size_t>& left = found->second;
        while (!left.empty() && taken_[left.front()]) left.pop_front();
        return left.empty() ? taken_.size() : left.front();
    }

    const Property* take(std::size_t place) {
        if (place == taken_.size()) return nullptr;
        taken_[place] = true;
        return &properties_[place];
    }

    using Words = std::pair<std::string_view, std::string_view>;
    const std::vector<Property>& properties_;
    std::vector<bool> taken_;
    std::map<std::string_view, std::deque<std::size_t>> named_;
    std::map<Words, std::deque<std::size_t>> exact_, worded_;
};

bool is_implicit(const ir::Element& element) {
    const auto* branch = std::get_if<ir::Branch>(&element.what);
    return branch != nullptr && branch->implicit;
}

}  // namespace

std::vector<ValueChange> changes_between(const std::vector<Property>& before, const std::vector<Property>& after) {
    if (before == after) return {};
    Said said(before);
    std::vector<const Property*> left;
    for (const Property& one : after)
        if (said.take_same(one) == nullptr) left.push_back(&one);
    std::vector<ValueChange> changes;
    for (const Property* one : left) {
        const Property* was = said.take_named(one->name);
        changes.push_back({one->name, was == nullptr ? "" : was->text, one->text});
    }
    for (std::size_t i = 0; i < before.size(); ++i)
        if (!said.is_taken(i)) changes.push_back({before[i].name, before[i].text, ""});
    return changes;
}

StreamComparer::StreamComparer(const StreamSide& before, const StreamSide& after)
    : before_(before), after_(after), match_(match_elements(before, after)) {}

void StreamComparer::run(StreamChange& change) const {
    change.values = changes_between(properties_of(before_.model, before_.stream, before_names()),
                                    properties_of(after_.model, after_.stream, after_names()));
    std::unordered_map<std::uint32_t, Move> moves;
    for (Move& move : moves_between(before_, after_, match_)) moves.emplace(move.after.index, std::move(move));
    for (std::size_t i = 0; i < after_.stream.elements.size(); ++i) {
        const ElementId id = after_.stream.elements.id_at(i);
        const auto move = moves.find(id.index);
        add(change, id, move == moves.end() ? nullptr : &move->second);
    }
    for (std::size_t i = 0; i < before_.stream.elements.size(); ++i) {
        const ElementId id = before_.stream.elements.id_at(i);
        if (!match_.after_of[id].valid() && !is_implicit(before_.stream.elements[id]))
            change.elements.push_back({id, {}, false, {}, {}, {}});
    }
}

NameOf StreamComparer::before_names() const {
    return [this](ElementId id) {
        return match_.after_of[id].valid() ? after_.stream.elements[match_.after_of[id]].label
                                           : before_.stream.elements[id].label;
    };
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
    one.values = changes_between(properties_of(before_.model, before_.stream, old, before_names()),
                                 properties_of(after_.model, after_.stream, id, after_names()));
    if (move != nullptr && move->follows_only)
        one.values.push_back({"order", move->from, move->to});
    else if (move != nullptr)
        one.moved_from = move->from, one.moved_to = move->to;
    if (one.renamed || move != nullptr || !one.values.empty()) change.elements.push_back(std::move(one));
}

}  // namespace vsm::runtime
