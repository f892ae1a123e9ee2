#include "diag/rules/perfect_quality.h"
#include "compiler/lint/traverse.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    each_current(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        std::size_t stated = 0, perfect = 0;
        SourceRange first;
        each_step(stream, [&](ir::ElementId, const ir::Element&, const ir::Step& step) {
            if (!step.quality || step.quality->state != ir::Quality::State::known) return;
            ++stated;
            perfect += step.quality->low == Ratio::one() ? 1 : 0;
            if (!first.valid()) first = step.quality->range;
        });
        if (stated < 2 || perfect < stated) return;
        reporter.report(diag::perfect_quality, {id, {}}, stream.range, stream.name.value)
            .label(first, "the first of them")
            .help("ask those who receive the work how often they must correct it, complete it or ask about it; `ca: ?` "
                  "if nobody knows yet");
    });
}

}  // namespace

extern const Rule perfect_quality;
const Rule perfect_quality{
    .code = diag::perfect_quality.code,
    .what = "A stream in which every %C&A is 100 %.",
    .why = "It means that nobody ever has to correct, complete or ask about anything. Most likely nobody was asked, or "
           "the wrong people were: those who receive the work of a step know its %C&A, not those who do it.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 100% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 100% }
  step test "Test" { process: 3h, lead: 2d, ca: 100% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 100% }
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
