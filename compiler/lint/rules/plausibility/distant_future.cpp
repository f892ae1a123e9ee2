#include "diag/rules/distant_future.h"
#include "compiler/lint/traverse.h"
#include "thresholds/distant_future.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        if (!stream.future || !stream.future->by) return;
        const std::int64_t away = days_between(*input.as_of, *stream.future->by);
        if (away <= input.thresholds[threshold::distant_future_days]) return;
        reporter
            .report(diag::distant_future, {id, {}}, stream.future->by_range, stream.name.value,
                    format_date(*stream.future->by), away, format_date(*input.as_of))
            .help("describe the next state that can be reached within a year, and base this one on it");
    });
}

}  // namespace

extern const Rule distant_future;
const Rule distant_future{
    .code = diag::distant_future.code,
    .what =
        "A future whose date is more than 365 days after the day of `--as-of`. Without that flag nothing is reported.",
    .why = "A future state map shows the next step, one that its people can take. A state that is further away will "
           "look different once it is near.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  reviewed: 2026-10-20
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
  target lead_time <= 2d by 2027-03-31
}

future vision "Vision" of checkout by 2029-03-31 {
  change test { process: 20min, lead: 1h }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  reviewed: 2026-10-20
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
  target lead_time <= 2d by 2027-03-31
}

future spring "Spring" of checkout by 2027-03-31 {
  change test { process: 20min, lead: 1h }
}
)",
    .check = check,
    .as_of = "2026-11-20",
};

}  // namespace vsm::lint::rules
