#include <algorithm>
#include <set>

#include "compiler/lint/traverse.h"
#include "diag/rules/unused_import.h"

namespace vsm::lint::rules {
namespace {

/// The files with teams or streams that the streams of this file use.
std::set<FileId> files_used(const ir::Model& model) {
    std::set<FileId> used;
    const auto add = [&](const std::vector<ir::TeamId>& teams) {
        for (const ir::TeamId team : teams) used.insert(model.teams[team].name.range.file);
    };
    std::set<std::string> owners;
    each_stream(model, [&](ir::StreamId, const ir::Stream& stream) {
        if (stream.recovers.valid()) used.insert(model.streams[stream.recovers].range.file);
        if (stream.future && stream.future->of.valid()) used.insert(model.streams[stream.future->of].range.file);
        owners.insert(stream.owner.value);
        for (const ir::Kaizen& kaizen : stream.remarks.kaizens) owners.insert(kaizen.owner.value);
        each_step(stream, [&](ir::ElementId, const ir::Element& element, const ir::Step& step) {
            add(step.teams);
            for (const ir::Kaizen& kaizen : element.remarks.kaizens) owners.insert(kaizen.owner.value);
            for (const ir::Rework& rework : step.reworks)
                if (const auto* repair = std::get_if<ir::Repair>(&rework.to)) add(repair->teams);
        });
    });
    for (const ir::Team& team : model.teams)
        if (owners.contains(team.name.value)) used.insert(team.name.range.file);
    // A stream of another file that recovers one of these affects its metrics.
    for (const ir::Stream& stream : model.streams)
        if (stream.recovers.valid() && !model.streams[stream.recovers].imported) used.insert(stream.range.file);
    return used;
}

void check(const LintInput& input, Reporter& reporter) {
    const ir::Model& model = input.model.model();
    const bool holds_a_stream = std::any_of(model.streams.begin(), model.streams.end(),
                                            [](const ir::Stream& stream) { return !stream.imported; });
    if (!holds_a_stream || model.imports.empty()) return;
    const std::set<FileId> used = files_used(model);
    for (const ir::Import& import : model.imports) {
        if (used.contains(import.file)) continue;
        reporter.report(diag::unused_import, {}, import.path.range, import.path.value)
            .help("remove the line")
            .fix(import.range, "");
    }
}

}  // namespace

extern const Rule unused_import;
const Rule unused_import{
    .code = diag::unused_import.code,
    .what = "An `import` of a file from which the streams of this file use nothing.",
    .why = "Readers look in that file for things that are not there, and the map depends on a file that it does not "
           "need. Removing the import changes nothing.",
    .bad = R"(import "people.vsm"

stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
