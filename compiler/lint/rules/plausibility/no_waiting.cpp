#include <algorithm>

#include "compiler/lint/traverse.h"
#include "diag/rules/no_waiting.h"

namespace vsm::lint::rules {
namespace {

bool has_pause(const ir::Stream& stream) {
    return std::any_of(stream.elements.begin(), stream.elements.end(),
                       [](const ir::Element& element) { return is_pause(element); });
}

/// Whether all times are known, some time passes, and none of it is a wait.
bool never_waits(const ir::Stream& stream, const ir::StreamFacts& facts) {
    double waited = 0, worked = 0;
    bool known = true;
    each_step(stream, [&](ir::ElementId id, const ir::Element&, const ir::Step&) {
        const ir::ResolvedTimings& timings = facts.elements[id].timings;
        known = known && timings.wait.known && timings.process.known;
        waited += std::max(timings.wait.spread.low, timings.wait.spread.high);
        worked += timings.process.spread.mean;
    });
    return known && worked > 0 && waited <= 0;
}

void check(const LintInput& input, Reporter& reporter) {
    each_current(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        if (has_pause(stream) || !never_waits(stream, input.model.facts(id))) return;
        reporter.report(diag::no_waiting, {id, {}}, stream.range, stream.name.value)
            .help("`lead` runs from when the work is ready to when it is handed on; ask when the step before finished "
                  "it, and write the time in between as `wait`");
    });
}

}  // namespace

extern const Rule no_waiting;
const Rule no_waiting{
    .code = diag::no_waiting.code,
    .what =
        "A stream in which nothing ever waits: every lead time equals its process time, and there is no wait or queue.",
    .why = "In most streams, work waits for nine tenths of the time or more. If no wait is written down, nobody has "
           "looked for it, and the time that could be saved is not on the map. Follow one piece of work by the dates "
           "in the tools that it went through.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 45min, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 12min, ca: 95% }
  step test "Test" { process: 3h, lead: 3h, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 30min, ca: 90% }
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
