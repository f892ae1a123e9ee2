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
    .code = Code::unused_allow,
    .what = "An `allow` in whose block the rule finds nothing.",
    .why = "What it excused has been mended, or it stands in the wrong block. Left in place it would silence the next finding that nobody has looked at.",
    .bad = R"(stream checkout "Checkout" {
  step build "Build" {
    process: 12min, lead: 20min, ca: 95%
    allow missing-ca "the build has no customer"
  }
}
)",
    .good = R"(stream checkout "Checkout" {
  step build "Build" { process: 12min, lead: 20min, ca: 95% }
}
)",
    .check = check,
    .runs_last = true,
};

}  // namespace vsm::lint::rules
