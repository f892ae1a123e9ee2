#include <cmath>

#include "compiler/lint/traverse.h"
#include "diag/rules/over_takt.h"

namespace vsm::lint::rules {
namespace {

/// Working time between two items that reach an element; 0 if none do.
double interval_of(const LintInput& input, ir::StreamId id, ir::ElementId element) {
    const double share = input.model.facts(id).elements[element].share;
    return share > 0 ? *input.figures.of(id).load.takt / share : 0;
}

/// Assumes one person unless more are stated.
double time_per_item(const ir::Step& step, double process) {
    return process / static_cast<double>(step.batch * step.people.value_or(1));
}

void check_stream(const LintInput& input, ir::StreamId id, const ir::Stream& stream, Reporter& reporter) {
    each_step(stream, [&](ir::ElementId step_id, const ir::Element& element, const ir::Step& step) {
        // If several steps share people, the load of all of them counts: the rule overloaded.
        const runtime::ElementMetrics& figures = input.figures.of(id).elements[step_id];
        const bool shared = !step.people && (figures.utilization || figures.utilization_at_least);
        const bool by_machine = step.kind == ir::StepKind::automated || step.kind == ir::StepKind::external;
        if (shared || (by_machine && !step.people)) return;
        const ir::ResolvedTime& process = input.model.facts(id).elements[step_id].timings.process;
        const double time = time_per_item(step, process.spread.mean), interval = interval_of(input, id, step_id);
        if (!process.known || interval <= 0 || time <= interval * (1 + 1e-9)) return;
        const SourceRange range = step.timings.process ? step.timings.process->range : element.range;
        reporter
            .report(diag::over_takt, {id, step_id}, range, element.label, text_of(time, stream),
                    text_of(interval, stream))
            .help(step.people ? "it sets the pace of the whole stream: move work out of it, or add people"
                              : fmt::format("one person cannot keep up; if {} work on it at once, add `people: {}`",
                                            std::ceil(time / interval), std::ceil(time / interval)));
    });
}

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        if (stream.demand && input.figures.of(id).load.takt) check_stream(input, id, stream, reporter);
    });
}

}  // namespace

extern const Rule over_takt;
const Rule over_takt{
    .code = diag::over_takt.code,
    .what = "A step whose process time for one item is longer than takt, the time between two items; with `people`, it "
            "is divided by their number.",
    .why = "Takt is the pace of customer demand. A slower step sets the pace of everything, and work piles up before "
           "it. If a team has `people`, its steps are judged by the team's load; steps of machines are only judged if "
           "`people` gives their number.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  demand: 20/w
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 80% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  demand: 20/w
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { people: 2, process: 3h, lead: 2d, ca: 80% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
