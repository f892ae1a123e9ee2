#include "cli/lint/goals_after.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/lint/lint.h"
#include "diag/rules/unmet_expectation.h"

namespace vsm::cli {
namespace {

std::string text_of(const ir::Expectation& one) {
    return fmt::format("{} {} {}", one.metric.text, ir::text_of(one.relation), one.value.text);
}

std::string text_of(const ir::Target& one) {
    return fmt::format("{} {} {}", one.metric.text, ir::text_of(one.relation), one.bound.text);
}

/// An `expect` statement that does not hold.
struct Unmet {
    const ir::Stream* stream;
    const ir::Expectation* expectation;
    Diagnostic said;

    std::pair<std::string, std::string> name() const { return {stream->name.value, text_of(*expectation)}; }
};

std::vector<Unmet> unmet_in(const ir::CheckedModel& model) {
    Diagnostics found;
    lint::lint(model, {}, found);
    std::vector<Unmet> unmet;
    for (const Diagnostic& one : found.all()) {
        if (one.code != diag::unmet_expectation.code) continue;
        for (const ir::Stream& stream : model.model().streams)
            for (const ir::Expectation& expectation : stream.expectations)
                if (!stream.imported && expectation.range == one.range) unmet.push_back({&stream, &expectation, one});
    }
    return unmet;
}

/// Adds labels for other expectations of the same metric, and a help text.
Diagnostic with_related(const Unmet& unmet, const std::string& stream) {
    Diagnostic said = unmet.said;
    for (const ir::Expectation& other : unmet.stream->expectations)
        if (&other != unmet.expectation && other.metric.text == unmet.expectation->metric.text)
            said.labels.push_back({other.range, "this is expected of the same figure"});
    const std::string what = fmt::format("`{}` is now what the future was", stream);
    said.help =
        said.labels.empty() ? what + ": expect its figure" : what + ": keep what holds now and remove the other";
    return said;
}

const ir::Stream* stream_called(const ir::CheckedModel& model, const std::string& name, ir::StreamId& id) {
    const auto& streams = model.model().streams;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        id = streams.id_at(i);
        if (!streams[id].imported && streams[id].name.value == name) return &streams[id];
    }
    return nullptr;
}

std::set<std::string> met_targets(const ir::CheckedModel& model, const std::string& stream) {
    std::set<std::string> met;
    ir::StreamId id;
    if (stream_called(model, stream, id) == nullptr) return met;
    lint::SharedFigures figures(model);
    for (const runtime::JudgedTarget& one : figures.targets_of(id))
        if (one.verdict == runtime::Verdict::met) met.insert(text_of(*one.target));
    return met;
}

}  // namespace

std::vector<Diagnostic> broken_expectations(const ir::CheckedModel& before, const ir::CheckedModel& after,
                                            const std::string& stream) {
    std::set<std::pair<std::string, std::string>> known;
    for (const Unmet& one : unmet_in(before)) known.insert(one.name());
    std::vector<Diagnostic> broken;
    for (const Unmet& one : unmet_in(after))
        if (one.stream->name.value == stream || !known.contains(one.name()))
            broken.push_back(with_related(one, stream));
    return broken;
}

std::vector<std::string> targets_come_true(const ir::CheckedModel& before, const ir::CheckedModel& after,
                                           const std::string& stream) {
    const std::set<std::string> now = met_targets(after, stream), then = met_targets(before, stream);
    std::vector<std::string> come_true;
    ir::StreamId id;
    const ir::Stream* old = stream_called(before, stream, id);
    if (old == nullptr) return come_true;
    for (const ir::Target& target : old->targets)
        if (now.contains(text_of(target)) && !then.contains(text_of(target))) come_true.push_back(text_of(target));
    return come_true;
}

}  // namespace vsm::cli
