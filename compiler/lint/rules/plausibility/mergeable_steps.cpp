#include <algorithm>

#include "compiler/lint/traverse.h"
#include "diag/rules/mergeable_steps.h"

namespace vsm::lint::rules {
namespace {

using ir::ElementId;

/// Whether rework goes back to an element, by index.
std::vector<bool> rework_targets(const ir::Stream& stream) {
    std::vector<bool> targets(stream.elements.size());
    each_step(stream, [&](ElementId, const ir::Element&, const ir::Step& step) {
        for (const ir::Rework& rework : step.reworks)
            if (const auto* to = std::get_if<ElementId>(&rework.to)) targets[to->index] = true;
    });
    return targets;
}

std::vector<std::size_t> followers(const ir::Stream& stream) {
    std::vector<std::size_t> count(stream.elements.size());
    for (const ir::Element& element : stream.elements)
        for (const ElementId before : element.predecessors) ++count[before.index];
    return count;
}

bool same_teams(std::vector<ir::TeamId> a, std::vector<ir::TeamId> b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return !a.empty() && a == b;
}

/// Whether nothing about two steps keeps them apart: both are manual, of the same class, batch and teams, without
/// milestone or rework.
bool alike(const ir::Step& a, const ir::Step& b) {
    const bool by_hand = a.kind == ir::StepKind::manual && b.kind == ir::StepKind::manual;
    const bool plain = a.reworks.empty() && b.reworks.empty() && !a.milestone && !b.milestone;
    return by_hand && plain && a.value_class == b.value_class && a.batch == b.batch && same_teams(a.teams, b.teams);
}

void check_stream(const LintInput& input, ir::StreamId id, const ir::Stream& stream, Reporter& reporter) {
    const std::vector<bool> targets = rework_targets(stream);
    const std::vector<std::size_t> after = followers(stream);
    each_step(stream, [&](ElementId step_id, const ir::Element& element, const ir::Step& step) {
        if (element.predecessors.size() != 1 || targets[step_id.index]) return;
        const ElementId before = element.predecessors.front();
        const auto* first = ir::step_of(stream.elements[before]);
        if (first == nullptr || after[before.index] != 1 || !alike(*first, step)) return;
        const ir::ResolvedTime& wait = input.model.facts(id).elements[step_id].timings.wait;
        if (!wait.known || std::max(wait.spread.low, wait.spread.high) > 0) return;
        reporter
            .report(diag::mergeable_steps, {id, step_id}, element.range, stream.elements[before].label, element.label)
            .label(stream.elements[before].range, "the step before it")
            .help("merge them into one step, or write down the wait between them");
    });
}

void check(const LintInput& input, Reporter& reporter) {
    each_current(input.model.model(),
                 [&](ir::StreamId id, const ir::Stream& stream) { check_stream(input, id, stream, reporter); });
}

}  // namespace

extern const Rule mergeable_steps;
const Rule mergeable_steps{
    .code = diag::mergeable_steps.code,
    .what = "Two neighbouring steps that the same team does by hand, with no wait between them.",
    .why = "A step of a value stream map ends where the work is handed on or waits. Work that one team does in one go "
           "is one step, unless a wait in between is missing from the map.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step build "Build" { team: ci, kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { team: qa, process: 3h, lead: 2d, ca: 75% }
  step retest "Test again" { team: qa, process: 1h, wait: 0min, ca: 90% }
  step deploy "Deploy" { team: ops, process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step build "Build" { team: ci, kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { team: qa, process: 3h, lead: 2d, ca: 75% }
  step retest "Test again" { team: qa, process: 1h, wait: 4h, ca: 90% }
  step deploy "Deploy" { team: ops, process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
