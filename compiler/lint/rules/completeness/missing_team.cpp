#include "diag/rules/missing_team.h"
#include "compiler/lint/traverse.h"

namespace vsm::lint::rules {
namespace {

bool is_done_by_people(const ir::Step& step) {
    return step.kind == ir::StepKind::manual || step.kind == ir::StepKind::approval;
}

bool names_teams(const ir::Stream& stream) {
    bool found = false;
    each_step(stream,
              [&](ir::ElementId, const ir::Element&, const ir::Step& step) { found = found || !step.teams.empty(); });
    return found;
}

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        if (stream.timings_unknown || !names_teams(stream)) return;
        each_step(stream, [&](ir::ElementId step_id, const ir::Element& element, const ir::Step& step) {
            if (!step.teams.empty() || !is_done_by_people(step)) return;
            reporter.report(diag::missing_team, {id, step_id}, element.range, element.label)
                .help("add `team: NAME`, the people who do it; `kind: automated` if a machine does it alone, `kind: "
                      "external` if it is done elsewhere");
        });
    });
}

}  // namespace

extern const Rule missing_team;
const Rule missing_team{
    .code = diag::missing_team.code,
    .what = "A step without a team, in a stream whose other steps have one.",
    .why = "Load, cost and handoffs are computed from teams, so a step without one is missing from all of them. And "
           "nobody feels responsible for finding its figures. A map without any teams is not reported.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { team: ops, process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { team: qa, process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { team: ops, process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
