#include "diag/rules/missing_trigger.h"
#include "compiler/lint/traverse.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    each_current(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        // A sketch of only names has no details yet.
        if (stream.timings_unknown || stream.trigger.given()) return;
        reporter.report(diag::missing_trigger, {id, {}}, stream.range, stream.name.value)
            .help("add `trigger: \"…\"`, the event that starts the clock");
    });
}

}  // namespace

extern const Rule missing_trigger;
const Rule missing_trigger{
    .code = diag::missing_trigger.code,
    .what = "A stream that does not say what starts it.",
    .why = "Lead time is counted from the trigger. Two people who think of different beginnings argue about different "
           "figures. Write down the event that starts the clock, such as a request being made or a change being "
           "committed.",
    .bad = R"(stream checkout "Checkout" {
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
