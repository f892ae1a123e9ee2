#include "diag/rules/missing_customer.h"
#include "compiler/lint/traverse.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    each_current(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        // A sketch of only names has no details yet.
        if (stream.timings_unknown || stream.customer.given()) return;
        reporter.report(diag::missing_customer, {id, {}}, stream.range, stream.name.value)
            .help("add `customer: \"…\"`, the people who use the result");
    });
}

}  // namespace

extern const Rule missing_customer;
const Rule missing_customer{
    .code = diag::missing_customer.code,
    .what = "A stream that does not say who gets its result.",
    .why = "Only the customer can tell value from waste and say where the stream ends. Name the people who use the "
           "result, not those who pay for it.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
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
