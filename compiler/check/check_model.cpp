#include "compiler/check/check_model.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "compiler/check/all_checks.h"

namespace vsm::check {

/// The only creator of checked models.
class Minter {
public:
    static ir::CheckedModel mint(ir::Model model, IdVector<ir::StreamId, ir::StreamFacts> facts,
                                 std::vector<ir::StreamFacts> interim_facts) {
        return ir::CheckedModel(std::move(model), std::move(facts), std::move(interim_facts));
    }
};

std::string name_of(const ir::Element& element) { return fmt::format("{} `{}`", keyword_of(element), element.label); }

namespace {

/// The diagnostics added by the checks of one stream: from `first` up to `last`.
struct StreamDiagnostics {
    const ir::Stream* stream;
    std::size_t first, last;
};

bool shows(const Diagnostic& found, const ir::Stream& stream) {
    const auto inside = [&](SourceRange range) {
        return range.file == stream.block_range.file && range.begin >= stream.block_range.begin &&
               range.end <= stream.block_range.end;
    };
    return found.range == stream.range || inside(found.range) ||
           std::any_of(found.labels.begin(), found.labels.end(),
                       [&](const Label& label) { return inside(label.range); });
}

/// Labels errors that occur only in a future but are written in the stream that it is based on.
void name_futures(const std::vector<StreamDiagnostics>& of_streams, Diagnostics& diagnostics) {
    std::set<std::pair<SourceRange, Code>> wrong_today;
    for (const StreamDiagnostics& one : of_streams)
        for (std::size_t i = one.first; i < one.last && !one.stream->future; ++i)
            wrong_today.emplace(diagnostics.all()[i].range, diagnostics.all()[i].code);
    for (const StreamDiagnostics& one : of_streams) {
        for (std::size_t i = one.first; i < one.last && one.stream->future; ++i) {
            Diagnostic& found = diagnostics.items()[i];
            if (!shows(found, *one.stream) && !wrong_today.contains({found.range, found.code}))
                found.labels.push_back({one.stream->range, "in this future"});
        }
    }
}

ir::StreamFacts check_stream(const ir::Model& model, const ir::Stream& stream, Diagnostics& diagnostics) {
    ir::StreamFacts facts;
    facts.elements.resize(stream.elements.size());
    const bool acyclic = check_cycles(stream, diagnostics);
    check_shape(model, stream, diagnostics);
    check_timings(stream, facts, diagnostics);
    check_shares(stream, facts, diagnostics);
    check_queues(stream, facts, diagnostics);
    if (acyclic) check_rework(stream, diagnostics);
    return facts;
}

/// Removes predecessors that others imply.
void reduce_order(ir::Stream& stream, const ir::Body& body) {
    const bool several = std::any_of(body.elements.begin(), body.elements.end(),
                                     [&](ir::ElementId id) { return stream.elements[id].predecessors.size() > 1; });
    if (!several) return;
    const auto reduced = ir::reduced_predecessors(stream, body);
    for (std::size_t i = 0; i < body.elements.size(); ++i) {
        const ir::Element& element = stream.elements[body.elements[i]];
        std::vector<SourceRange> ranges;
        std::vector<ir::ElementId> kept;
        for (std::size_t k = 0; k < element.predecessors.size(); ++k) {
            const ir::ElementId id = element.predecessors[k];
            const bool implied = !std::binary_search(reduced[i].begin(), reduced[i].end(), id);
            if (implied || std::find(kept.begin(), kept.end(), id) != kept.end()) continue;
            kept.push_back(id);
            if (k < element.predecessor_ranges.size()) ranges.push_back(element.predecessor_ranges[k]);
        }
        if (kept.size() == element.predecessors.size())
            continue;  // unchanged, so that it stays shared with other streams
        ir::Element& changed = stream.elements.change(body.elements[i]);
        changed.predecessors = std::move(kept);
        changed.predecessor_ranges = std::move(ranges);
    }
}

void reduce_order(ir::Stream& stream) {
    reduce_order(stream, stream.body);
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const auto& what = stream.elements[stream.elements.id_at(i)].what;
        if (const auto* stage = std::get_if<ir::Stage>(&what)) reduce_order(stream, stage->body);
        if (const auto* branch = std::get_if<ir::Branch>(&what)) reduce_order(stream, branch->body);
    }
}

/// Drops the interims that are not valid: a future need not be valid halfway through its edits.
std::vector<ir::StreamFacts> check_interims(ir::Model& model) {
    std::vector<ir::StreamFacts> facts;
    std::vector<ir::Interim> sound;
    for (ir::Interim& interim : model.interims) {
        Diagnostics unseen;
        ir::StreamFacts own = check_stream(model, interim.stream, unseen);
        if (unseen.has_errors()) continue;
        reduce_order(interim.stream);
        facts.push_back(std::move(own));
        sound.push_back(std::move(interim));
    }
    model.interims = std::move(sound);
    return facts;
}

}  // namespace

std::optional<ir::CheckedModel> check(ir::Model model, Diagnostics& diagnostics) {
    IdVector<ir::StreamId, ir::StreamFacts> facts;
    std::vector<StreamDiagnostics> of_streams;
    for (const ir::Stream& stream : model.streams) {
        if (stream.future && diagnostics.error_count() >= most_errors) continue;
        const std::size_t before = diagnostics.all().size();
        ir::StreamFacts own = check_stream(model, stream, diagnostics);
        of_streams.push_back({&stream, before, diagnostics.all().size()});
        facts.add(std::move(own));
    }
    name_futures(of_streams, diagnostics);
    check_verdicts(model, diagnostics);
    if (diagnostics.has_errors()) return std::nullopt;
    for (ir::Stream& stream : model.streams) reduce_order(stream);
    std::vector<ir::StreamFacts> interim_facts = check_interims(model);
    return Minter::mint(std::move(model), std::move(facts), std::move(interim_facts));
}

}  // namespace vsm::check
