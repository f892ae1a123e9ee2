#include "diag/rules/overloaded.h"
#include "compiler/lint/each_load.h"
#include "compiler/lint/traverse.h"
#include "thresholds/overloaded.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    const double at = input.thresholds[threshold::overloaded_at];
    each_load(input, [&](const LoadFound& found) {
        if (found.utilization < at) return;
        reporter.report(diag::overloaded, found.place, found.range, found.who, share_text(found))
            .label(found.people, "its people")
            .help(found.utilization > 1 + 1e-9 ? "work that arrives faster than it can be done piles up without end; "
                                                 "reduce demand, visits (rework) or process time, or add people"
                  : found.utilization > 1 - 1e-9
                      ? "work arrives as fast as it can be done, so a backlog never shrinks; reduce demand, visits "
                        "(rework) or process time, or add people"
                      : "little time is left for work that arrives irregularly; reduce demand, visits (rework) or "
                        "process time, or add people");
    });
}

}  // namespace

extern const Rule overloaded;
const Rule overloaded{
    .code = diag::overloaded.code,
    .what = "A step or team whose work, at the stated demand and with all rework, takes 100 % or more of the time of "
            "its people.",
    .why =
        "The queue before it grows for as long as the demand lasts, and no lead time holds. Nothing else in the stream "
        "matters as much. Only people given in the map are counted: those of the step, otherwise those of its team.",
    .bad = R"(team dev "Developers" { people: 4 }
team qa "Quality engineers" { people: 1 }
team ops "Operations" { people: 2 }

stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  demand: 12/w
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { team: qa, process: 3h, lead: 2d, ca: 75% }
  step accept "Accept" { team: qa, process: 2h, lead: 1d, ca: 90% }
  step deploy "Deploy" { team: ops, process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(team dev "Developers" { people: 4 }
team qa "Quality engineers" { people: 2 }
team ops "Operations" { people: 2 }

stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  demand: 12/w
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { team: qa, process: 3h, lead: 2d, ca: 75% }
  step accept "Accept" { team: qa, process: 2h, lead: 1d, ca: 90% }
  step deploy "Deploy" { team: ops, process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
