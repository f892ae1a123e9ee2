#include "runtime/diff/diff_findings.h"

#include <algorithm>
#include <set>

#include "runtime/diff/stream_pairs.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;
using ir::StreamId;

/// Translates names of the version before into those after.
struct Now {
    const MapSide& after;
    const CompareScope& scope;
    const ElementNames& names;
};

bool holds(SourceRange outer, SourceRange inner) {
    return outer.valid() && outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

/// The streams that a version declares itself, in source order.
struct Places {
    const MapSide& side;
    std::vector<StreamId> streams = own_streams(*side.model);

    StreamId stream_at(SourceRange range) const {
        const auto begin_of = [&](StreamId id) { return side.model->stream(id).range.begin; };
        const auto after = std::upper_bound(streams.begin(), streams.end(), range.begin,
                                            [&](auto begin, StreamId id) { return begin < begin_of(id); });
        if (after == streams.begin()) return {};
        const ir::Stream& stream = side.model->stream(*(after - 1));
        return holds(stream.block_range, range) || holds(stream.range, range) ? *(after - 1) : StreamId{};
    }
};

/// The innermost element whose source range contains `range`.
ElementId element_at(const ir::Stream& stream, SourceRange range) {
    ElementId found;
    const std::vector<ElementId>* inside = &stream.body.elements;
    while (!inside->empty()) {
        // Elements are in source order, except those that a future moved.
        auto at = std::upper_bound(inside->begin(), inside->end(), range.begin, [&](auto begin, ElementId id) {
            return begin < stream.elements[id].whole_range.begin;
        });
        if (at == inside->begin() || !holds(stream.elements[*(at - 1)].whole_range, range)) break;
        found = *(at - 1);
        inside = &ir::children_of(stream.elements[found]);
    }
    return found;
}

/// Identifies a finding by its rule and by the stream and element it concerns, else by its message. Independent of
/// source positions; names before are translated to those after.
std::string key_of(const Places& places, const Diagnostic& finding, const Now* now) {
    const MapSide& side = places.side;
    const std::string code = std::string(info_of(finding.code).name) + '\0';
    const StreamId stream = places.stream_at(finding.range);
    if (!stream.valid()) return code + finding.message;
    const ElementId element = element_at(side.model->stream(stream), finding.range);
    std::string stream_name = side.model->stream(stream).name.value;
    std::string name = element.valid() ? side.model->stream(stream).elements[element].label : "";
    if (now != nullptr) {
        if (const auto names = now->names.find(stream); names != now->names.end())
            if (const auto found = names->second.find(name); found != names->second.end()) name = found->second;
        if (const auto pair = now->scope.pairs.find(stream); pair != now->scope.pairs.end())
            stream_name = now->after.model->stream(pair->second).name.value;
    }
    return code + stream_name + '\0' + name;
}

/// The findings about `streams`, and unless `streams_alone` those about no stream.
std::vector<const Diagnostic*> findings_of(const Places& places, const std::vector<StreamId>& streams,
                                           bool streams_alone) {
    const std::set<StreamId> compared(streams.begin(), streams.end());
    std::vector<const Diagnostic*> all;
    for (const Diagnostic& one : places.side.findings) {
        const StreamId stream = places.stream_at(one.range);
        if (stream.valid() ? compared.contains(stream) : !streams_alone) all.push_back(&one);
    }
    return all;
}

}  // namespace

void compare_findings(const MapSide& before, const MapSide& after, const CompareScope& scope, const ElementNames& names,
                      MapChange& change) {
    if (before.model == nullptr || after.model == nullptr) return;
    const Now now{after, scope, names};
    const Places old{before}, fresh{after};
    const auto was = findings_of(old, scope.before, scope.streams_alone),
               is = findings_of(fresh, scope.after, scope.streams_alone);
    std::map<std::string, std::size_t> known;
    for (const Diagnostic* one : was) ++known[key_of(old, *one, &now)];
    std::map<std::string, std::size_t> kept;
    for (const Diagnostic* one : is) {
        const std::string key = key_of(fresh, *one, nullptr);
        if (auto& count = known[key]; count > 0)
            --count, ++kept[key];
        else
            change.new_findings.push_back(*one);
    }
    for (const Diagnostic* one : was) {
        if (auto& count = kept[key_of(old, *one, &now)]; count > 0)
            --count;
        else
            change.fixed_findings.push_back(*one);
    }
}

}  // namespace vsm::runtime
