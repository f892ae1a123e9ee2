#include "diag/rules/nearly_overloaded.h"
#include "compiler/lint/each_load.h"
#include "compiler/lint/traverse.h"
#include "thresholds/nearly_overloaded.h"
#include "thresholds/overloaded.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    const double at = input.thresholds[threshold::nearly_overloaded_at],
                 over = input.thresholds[threshold::overloaded_at];
    each_load(input, [&](const LoadFound& found) {
        if (found.utilization < at || found.utilization >= over) return;
        reporter.report(diag::nearly_overloaded, found.place, found.range, found.who, share_text(found))
            .label(found.people, "its people")
            .help("waits grow steeply above this load, with one more item or one day off; keep some of the time free");
    });
}

}  // namespace

extern const Rule nearly_overloaded;
const Rule nearly_overloaded{
    .code = diag::nearly_overloaded.code,
    .what = "A step or team whose work takes 85 % or more, but less than 100 %, of the time of its people.",
    .why = "The closer people are to being busy all the time, the longer everything waits for them: at 85 % about six "
           "times as long as a piece of work takes, at 95 % about twenty times, if work arrives irregularly.",
    .bad = R"(team dev "Developers" { people: 4 }
team qa "Quality engineers" { people: 1 }
team ops "Operations" { people: 2 }

stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  demand: 7/w
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
  demand: 7/w
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
