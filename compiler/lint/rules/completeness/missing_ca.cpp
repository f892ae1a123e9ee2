#include "diag/rules/missing_ca.h"
#include "compiler/lint/traverse.h"

namespace vsm::lint::rules {
namespace {

/// Whether any step states its quality. A map that never does makes no claim about it.
bool speaks_of_quality(const ir::Stream& stream) {
    bool found = false;
    each_step(stream, [&](ir::ElementId, const ir::Element&, const ir::Step& step) {
        found = found || (step.quality && step.quality->state != ir::Quality::State::not_applicable);
    });
    return found;
}

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId stream_id, const ir::Stream& stream) {
        if (stream.timings_unknown || !speaks_of_quality(stream)) return;
        each_step(stream, [&](ir::ElementId id, const ir::Element& element, const ir::Step& step) {
            if (step.quality) return;
            reporter.report(diag::missing_ca, {stream_id, id}, element.range, element.label)
                .help("add `ca: 85%`, the share of its output that the next step can use as it is; `ca: ?` if nobody "
                      "knows yet, `ca: n/a` if it has no output");
        });
    });
}

}  // namespace

extern const Rule missing_ca;
const Rule missing_ca{
    .code = diag::missing_ca.code,
    .what = "A step without a %C&A, the share of its output that the next step can use as it is, in a stream whose "
            "other steps have one.",
    .why = "Percent complete and accurate (%C&A) shows the hidden rework of a value stream. A step without it is left "
           "out of the stream's rolled %C&A, which then looks better than it is. Ask the people of the next step how "
           "often they must correct, complete or clarify what they get. A stream without any %C&A is not reported: it "
           "has no rolled %C&A that could look too good.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d }
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
