#include "diag/rules/suspicious_activity_ratio.h"
#include "compiler/lint/traverse.h"
#include "thresholds/suspicious_activity_ratio.h"

namespace vsm::lint::rules {
namespace {

bool has_people(const ir::Stream& stream) {
    bool found = false;
    each_step(stream, [&](ir::ElementId, const ir::Element&, const ir::Step& step) {
        found = found || step.kind == ir::StepKind::manual || step.kind == ir::StepKind::approval;
    });
    return found;
}

void check(const LintInput& input, Reporter& reporter) {
    const double above = input.thresholds[threshold::suspicious_activity_ratio_above];
    each_current(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        // In a recovery, people drop everything else.
        if (stream.recovers.valid() || !has_people(stream)) return;
        const runtime::Figures& figures = input.figures.of(id).mean;
        // If there is no wait at all, no-waiting reports it.
        if (!figures.activity_ratio || *figures.activity_ratio <= above || figures.wait_time.microseconds <= 0) return;
        reporter
            .report(diag::suspicious_activity_ratio, {id, {}}, stream.range, stream.name.value,
                    format_percent(*figures.activity_ratio))
            .help("`process` is hands-on time for one item; ask how long it waits before each step, and whether the "
                  "process times include waits");
    });
}

}  // namespace

extern const Rule suspicious_activity_ratio;
const Rule suspicious_activity_ratio{
    .code = diag::suspicious_activity_ratio.code,
    .what = "An activity ratio above 60 % in a stream with people in it. Streams that recover another one are not "
            "reported.",
    .why = "In most streams, work takes a tenth of the time or less, because people work on several things at once. A "
           "ratio this high usually means that process times are in fact elapsed times, or that waits are missing.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1h, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 4h, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 50min, ca: 90% }
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
