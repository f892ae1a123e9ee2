#include "base/codes.h"
#include "compiler/lint/look.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    const auto days = static_cast<double>(input.thresholds[threshold::long_automated_days]);
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        if (stream.calendar.day == round_the_clock.day) return;
        const double longest = days * static_cast<double>(stream.calendar.day.microseconds);
        each_step(stream, [&](ir::ElementId step_id, const ir::Element& element, const ir::Step& step) {
            const ir::ResolvedTime& process = input.model.facts(id).elements[step_id].timings.process;
            if (step.kind != ir::StepKind::automated || !process.known || process.spread.mean <= longest) return;
            const SourceRange range = step.timings.process ? step.timings.process->range : element.range;
            reporter.report(diag::long_automated, {id, step_id}, range, element.label, text_of(process.spread.mean, stream), format_exactly(stream.calendar.day, round_the_clock))
                .help("machines do not go home: on this calendar a run of 24 hours is 3 working days; write the working time that passes meanwhile, or give the stream `calendar: 24h/d 7d/w`");
        });
    });
}

}  // namespace

extern const Rule long_automated;
const Rule long_automated{
    .code = Code::long_automated,
    .what = "An automated step that runs longer than a working day, in a stream whose day is not 24 hours.",
    .why = "All times are working time. A test that runs through the night takes next to none of it; one that is written as `16h` takes two working days of a stream with `8h/d`.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 16h, lead: 17h, ca: 95% }
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
