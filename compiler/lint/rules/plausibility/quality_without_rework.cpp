#include "diag/rules/quality_without_rework.h"
#include "compiler/lint/traverse.h"
#include "thresholds/quality_without_rework.h"

namespace vsm::lint::rules {
namespace {

/// The step with the lowest %C&A below a limit; invalid if there is none.
struct Lowest {
    ir::ElementId step;
    double share;
};

Lowest lowest_in(const ir::Stream& stream, double below) {
    Lowest lowest{{}, below};
    each_step(stream, [&](ir::ElementId id, const ir::Element&, const ir::Step& step) {
        if (step.quality && step.quality->state == ir::Quality::State::known && step.quality->mean() < lowest.share)
            lowest = {id, step.quality->mean()};
    });
    return lowest;
}

bool has_rework(const ir::Stream& stream) {
    bool found = false;
    each_step(stream,
              [&](ir::ElementId, const ir::Element&, const ir::Step& step) { found = found || !step.reworks.empty(); });
    return found;
}

void check(const LintInput& input, Reporter& reporter) {
    each_current(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        // Without a demand, no metric depends on the rework.
        if (!stream.demand || has_rework(stream)) return;
        const Lowest lowest = lowest_in(stream, input.thresholds[threshold::quality_without_rework_below]);
        if (!lowest.step.valid()) return;
        const ir::Element& element = stream.elements[lowest.step];
        reporter
            .report(diag::quality_without_rework, {id, lowest.step}, ir::step_of(element)->quality->range,
                    format_percent(1 - lowest.share), element.label, stream.name.value)
            .help(fmt::format("if a later step sends it back, write `rework 20% to {}` in that step",
                              element.label.starts_with('@') ? "NAME" : element.label));
    });
}

}  // namespace

extern const Rule quality_without_rework;
const Rule quality_without_rework{
    .code = diag::quality_without_rework.code,
    .what = "A step with a %C&A below 75 % in a stream that has a demand and no rework.",
    .why = "Where do the defects go? Somebody repairs them, and that takes people and time that are missing from the "
           "load, the items in work and the cost of the stream. Without a demand, no figure would need the rework, and "
           "nothing is reported.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  demand: 10/w
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 60% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  demand: 10/w
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 60% }
  step deploy "Deploy" { rework 25% to test, process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
