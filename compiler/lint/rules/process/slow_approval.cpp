#include "diag/rules/slow_approval.h"
#include "compiler/lint/traverse.h"
#include "thresholds/slow_approval.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    const auto ratio = static_cast<double>(input.thresholds[threshold::slow_approval_ratio]);
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        each_step(stream, [&](ir::ElementId step_id, const ir::Element& element, const ir::Step& step) {
            if (step.kind != ir::StepKind::approval) return;
            const ir::ResolvedTimings& timings = input.model.facts(id).elements[step_id].timings;
            const double process = timings.process.spread.mean, wait = timings.wait.spread.mean;
            if (!timings.process.known || !timings.wait.known || process <= 0 || wait < ratio * process) return;
            reporter
                .report(diag::slow_approval, {id, step_id}, element.range, element.label, text_of(process, stream),
                        text_of(wait, stream))
                .help("let routine items pass without it, or let a colleague approve them where the work is done");
        });
    });
}

}  // namespace

extern const Rule slow_approval;
const Rule slow_approval{
    .code = diag::slow_approval.code,
    .what = "An approval that waits 20 times as long as it takes, or longer.",
    .why = "The work is done and waits for a meeting or a signature. In DORA's surveys, approvals by people outside "
           "the team go with slower delivery, but not with fewer failures.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step approve "Approve" { kind: approval, process: 15min, lead: 5d, ca: 99% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step approve "Approve" { kind: approval, process: 15min, lead: 4h, ca: 99% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
