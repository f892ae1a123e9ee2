#include "runtime/diff_findings.h"

#include <algorithm>

#include "runtime/stream_pairs.h"

namespace vsm::runtime {
namespace {

using ir::ElementId;
using ir::StreamId;

/// By which a finding of the version before is called as it is after.
struct Now {
    const MapSide& after;
    const Renames& renames;
};

bool holds(SourceRange outer, SourceRange inner) { return outer.valid() && outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end; }

StreamId stream_at(const MapSide& side, SourceRange range) {
    for (const StreamId id : own_streams(side)) {
        const ir::Stream& stream = side.model->stream(id);
        if (holds(stream.block_range, range) || holds(stream.range, range)) return id;
    }
    return {};
}

/// The innermost element written around a place.
ElementId element_at(const ir::Stream& stream, SourceRange range) {
    ElementId found;
    const std::vector<ElementId>* inside = &stream.body.elements;
    while (!inside->empty()) {
        // Written in this order, but for what a future has moved about.
        auto at = std::upper_bound(inside->begin(), inside->end(), range.begin, [&](auto begin, ElementId id) { return begin < stream.elements[id].whole_range.begin; });
        if (at == inside->begin() || !holds(stream.elements[*(at - 1)].whole_range, range)) break;
        found = *(at - 1);
        inside = &ir::children_of(stream.elements[found]);
    }
    return found;
}

/// A finding is known by its rule and by what it is about, or else by its words; places in the text may change.
std::string key_of(const MapSide& side, const Diagnostic& finding, const Now* now) {
    const std::string code = std::string(info_of(finding.code).name) + '\0';
    const StreamId stream = stream_at(side, finding.range);
    if (!stream.valid()) return code + finding.message;
    const ElementId element = element_at(side.model->stream(stream), finding.range);
    std::string stream_name = side.model->stream(stream).name.value;
    std::string name = element.valid() ? side.model->stream(stream).elements[element].label : "";
    if (now != nullptr) {
        if (const auto names = now->renames.elements.find(stream); names != now->renames.elements.end())
            if (const auto found = names->second.find(name); found != names->second.end()) name = found->second;
        if (const auto pair = now->renames.streams.find(stream); pair != now->renames.streams.end()) stream_name = now->after.model->stream(pair->second).name.value;
    }
    return code + stream_name + '\0' + (element.valid() ? name : finding.message);
}

}  // namespace

void compare_findings(const MapSide& before, const MapSide& after, const Renames& renames, MapChange& change) {
    if (before.model == nullptr || after.model == nullptr) return;
    const Now now{after, renames};
    std::map<std::string, std::size_t> known;
    for (const Diagnostic& one : before.findings) ++known[key_of(before, one, &now)];
    std::map<std::string, std::size_t> kept;
    for (const Diagnostic& one : after.findings) {
        const std::string key = key_of(after, one, nullptr);
        if (auto& count = known[key]; count > 0)
            --count, ++kept[key];
        else
            change.new_findings.push_back(one);
    }
    for (const Diagnostic& one : before.findings) {
        if (auto& count = kept[key_of(before, one, &now)]; count > 0)
            --count;
        else
            change.fixed_findings.push_back(one);
    }
}

}  // namespace vsm::runtime
