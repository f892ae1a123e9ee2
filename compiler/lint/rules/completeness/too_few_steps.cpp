#include "diag/rules/too_few_steps.h"
#include "compiler/lint/traverse.h"
#include "thresholds/too_few_steps.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    const auto least = static_cast<std::size_t>(input.thresholds[threshold::too_few_steps_least]);
    each_current(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        if (stream.recovers.valid()) return;
        std::size_t count = 0;
        each_step(stream, [&](ir::ElementId, const ir::Element&, const ir::Step&) { ++count; });
        if (count >= least) return;
        reporter.report(diag::too_few_steps, {id, {}}, stream.range, stream.name.value, counted(count, "step"), least)
            .help("a step ends where the work is handed on or waits; ask who touches it between the trigger and the "
                  "customer");
    });
}

}  // namespace

extern const Rule too_few_steps;
const Rule too_few_steps{
    .code = diag::too_few_steps.code,
    .what = "A stream of fewer than 4 steps, including those in stages.",
    .why = "So few steps show how long the stream takes, but not where the time goes. Most streams from a request to "
           "its use have between 5 and 15 steps. Streams that recover another one are not reported.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
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
