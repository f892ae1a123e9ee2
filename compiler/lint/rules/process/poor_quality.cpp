#include "diag/rules/poor_quality.h"
#include "compiler/lint/traverse.h"
#include "thresholds/poor_quality.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    const double below = input.thresholds[threshold::poor_quality_below];
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        each_step(stream, [&](ir::ElementId step_id, const ir::Element& element, const ir::Step& step) {
            if (!step.quality || step.quality->state != ir::Quality::State::known || step.quality->mean() >= below)
                return;
            reporter
                .report(diag::poor_quality, {id, step_id}, step.quality->range, format_percent(step.quality->mean()),
                        element.label)
                .help(
                    "ask those who receive the work what is missing or wrong most often, and check that in this step");
        });
    });
}

}  // namespace

extern const Rule poor_quality;
const Rule poor_quality{
    .code = diag::poor_quality.code,
    .what = "A step with a %C&A under 50 %.",
    .why = "Others have to correct, complete or ask about more than half of its work. The defects are found late, cost "
           "the people downstream, and do not show in any process time.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 40% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 80% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
