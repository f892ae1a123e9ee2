#include "diag/rules/too_many_steps.h"
#include "compiler/lint/traverse.h"
#include "thresholds/too_many_steps.h"

namespace vsm::lint::rules {
namespace {

/// The number of outermost stages and of steps outside stages.
std::size_t steps_and_stages(const ir::Stream& stream, const std::vector<ir::ElementId>& elements) {
    std::size_t count = 0;
    for (const ir::ElementId id : elements) {
        const ir::Element& element = stream.elements[id];
        const bool block = ir::is_step(element) || std::holds_alternative<ir::Stage>(element.what);
        count += block ? 1 : steps_and_stages(stream, ir::children_of(element));
    }
    return count;
}

void check(const LintInput& input, Reporter& reporter) {
    const auto most = static_cast<std::size_t>(input.thresholds[threshold::too_many_steps_most]);
    each_current(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        if (stream.recovers.valid()) return;
        const std::size_t count = steps_and_stages(stream, stream.body.elements);
        if (count <= most) return;
        reporter.report(diag::too_many_steps, {id, {}}, stream.range, stream.name.value, count, most)
            .help(
                "group steps that belong together in a `stage`, or leave out details that do not matter to the stream");
    });
}

}  // namespace

extern const Rule too_many_steps;
const Rule too_many_steps{
    .code = diag::too_many_steps.code,
    .what = "A stream of more than 15 steps, each outermost stage counted as one.",
    .why = "A value stream map shows the whole at a glance, so that the largest waits stand out; the details of a "
           "step belong on another sheet. Streams that recover another one are not reported.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step check01 { process: 15min, lead: 2h, ca: 98% }
  step check02 { process: 15min, lead: 2h, ca: 98% }
  step check03 { process: 15min, lead: 2h, ca: 98% }
  step check04 { process: 15min, lead: 2h, ca: 98% }
  step check05 { process: 15min, lead: 2h, ca: 98% }
  step check06 { process: 15min, lead: 2h, ca: 98% }
  step check07 { process: 15min, lead: 2h, ca: 98% }
  step check08 { process: 15min, lead: 2h, ca: 98% }
  step check09 { process: 15min, lead: 2h, ca: 98% }
  step check10 { process: 15min, lead: 2h, ca: 98% }
  step check11 { process: 15min, lead: 2h, ca: 98% }
  step check12 { process: 15min, lead: 2h, ca: 98% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  stage checks "Checks" {
    step check01 { process: 15min, lead: 2h, ca: 98% }
    step check02 { process: 15min, lead: 2h, ca: 98% }
    step check03 { process: 15min, lead: 2h, ca: 98% }
    step check04 { process: 15min, lead: 2h, ca: 98% }
    step check05 { process: 15min, lead: 2h, ca: 98% }
    step check06 { process: 15min, lead: 2h, ca: 98% }
    step check07 { process: 15min, lead: 2h, ca: 98% }
    step check08 { process: 15min, lead: 2h, ca: 98% }
    step check09 { process: 15min, lead: 2h, ca: 98% }
    step check10 { process: 15min, lead: 2h, ca: 98% }
    step check11 { process: 15min, lead: 2h, ca: 98% }
    step check12 { process: 15min, lead: 2h, ca: 98% }
  }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
