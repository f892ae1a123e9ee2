#include "diag/rules/wait_as_step.h"
#include "base/text.h"
#include "compiler/lint/traverse.h"

namespace vsm::lint::rules {
namespace {

/// The first word of a name or title, in lower case; `_` and `-` separate the words of a name.
std::string first_word(std::string_view text) { return lower_case(text.substr(0, text.find_first_of("_- :"))); }

bool names_a_wait(std::string_view text) {
    const std::string first = first_word(text), all = lower_case(text);
    for (const std::string_view word : {"wait", "waits", "waiting", "queue", "queued", "queueing", "queuing"})
        if (first == word) return true;
    return all == "backlog";
}

/// Why a step is really a wait; empty if it is not.
std::string reason(const ir::Element& element, const ir::ResolvedTimings& timings) {
    if (names_a_wait(element.name.value)) return "has the name of something that waits";
    if (names_a_wait(element.title.value)) return "has the title of something that waits";
    const bool idle = timings.process.known && timings.process.spread.high <= 0;
    return idle && timings.lead.known && timings.lead.spread.mean > 0 ? "has no process time" : "";
}

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        each_step(stream, [&](ir::ElementId step_id, const ir::Element& element, const ir::Step& step) {
            const std::string why = reason(element, input.model.facts(id).elements[step_id].timings);
            // An external step may give lead alone: how much of it is work is unknown.
            if (why.empty() || step.kind == ir::StepKind::external) return;
            reporter.report(diag::wait_as_step, {id, step_id}, element.range, element.label, why)
                .help("write `wait 2d` between the steps, `queue 12` if items are counted, or `wait: 2d` in the next "
                      "step");
        });
    });
}

}  // namespace

extern const Rule wait_as_step;
const Rule wait_as_step{
    .code = diag::wait_as_step.code,
    .what = "A step without process time, or one whose name or title is that of a wait, queue or backlog.",
    .why = "Steps are work that people and machines do. A wait that is drawn as a step counts as a step, needs a %C&A "
           "and a team, and appears as a box instead of a triangle.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step backlog "Backlog" { process: 0min, lead: 3d, ca: n/a }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  wait 3d "Backlog"
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
