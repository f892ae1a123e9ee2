#include "diag/rules/little_mismatch.h"
#include "compiler/lint/traverse.h"
#include "thresholds/little_mismatch.h"

namespace vsm::lint::rules {
namespace {

void check_stream(const LintInput& input, ir::StreamId id, const ir::Stream& stream, Reporter& reporter) {
    const double tolerance = input.thresholds[threshold::little_mismatch_tolerance];
    each_step(stream, [&](ir::ElementId step_id, const ir::Element& element, const ir::Step& step) {
        if (!step.wip) return;
        const runtime::ElementMetrics& figures = input.figures.of(id).elements[step_id];
        if (!figures.lead_time.known || !figures.visits) return;
        const double arrivals = stream.demand->per_second() / microseconds_per_second * *figures.visits;
        const double items = arrivals * figures.lead_time.microseconds;
        if (items <= static_cast<double>(*step.wip) * (1 + tolerance)) return;
        const std::string rate =
            fmt::format("{:.3g}/w", arrivals * static_cast<double>(stream.calendar.week.microseconds));
        reporter
            .report(diag::little_mismatch, {id, step_id}, element.range, element.label,
                    counted(static_cast<std::size_t>(*step.wip), "item"), rate,
                    text_of(figures.lead_time.microseconds, stream), fmt::format("{:.3g}", items))
            .help("items in a step = arrivals x lead time (Little's law); correct `wip`, `demand` or the lead time, or "
                  "write the wait before the limit applies as a `wait` or `queue`");
    });
}

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        if (stream.demand) check_stream(input, id, stream, reporter);
    });
}

}  // namespace

extern const Rule little_mismatch;
const Rule little_mismatch{
    .code = diag::little_mismatch.code,
    .what =
        "A step that, according to demand and lead time, contains over a fifth more items than its `wip` limit allows.",
    .why = "Items in a step, arrivals and lead time depend on one another (Little's law). If 40 items a week stay 2 "
           "days each, 16 of them are there on average; either a limit of 3 is not kept, or one of the figures is "
           "wrong. Fewer items than the limit are not a contradiction.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  demand: 40/w
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 90%, wip: 3 }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  demand: 40/w
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 90%, wip: 20 }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
