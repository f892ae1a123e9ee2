#include "diag/rules/unused_allow.h"
#include "compiler/lint/lint.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    for (const AllowPlace& unused : input.unused_allows)
        reporter.report(diag::unused_allow, unused.place, unused.allow->range, info_of(*unused.allow->rule).name)
            .help("take it out")
            .fix(unused.allow->range, "");
}

}  // namespace

extern const Rule unused_allow;
const Rule unused_allow{
    .code = diag::unused_allow.code,
    .what = "An `allow` in whose block the rule finds nothing.",
    .why = "The finding that it excused has been fixed, or it is in the wrong block. Left in place, it would silence "
           "the next finding before anybody has seen it.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" {
    kind: automated, process: 12min, lead: 20min, ca: 95%
    allow missing-ca "the build has no customer"
  }
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
    .runs_last = true,
};

}  // namespace vsm::lint::rules
