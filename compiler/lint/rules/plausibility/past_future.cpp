#include "diag/rules/past_future.h"
#include "compiler/lint/traverse.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        if (!stream.future || !stream.future->by || *stream.future->by >= *input.as_of) return;
        reporter
            .report(diag::past_future, {id, {}}, stream.future->by_range, stream.name.value,
                    format_date(*stream.future->by), format_date(*input.as_of))
            .help("if it has been reached, make it the stream; otherwise give it a new date, or remove it");
    });
}

}  // namespace

extern const Rule past_future;
const Rule past_future{
    .code = diag::past_future.code,
    .what = "A future whose date is before the day of `--as-of`. Without that flag nothing is reported.",
    .why = "Either it has been reached, and the stream should show it, or it has not, and a plan whose date has passed "
           "is no longer a plan.",
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

future spring "Spring" of checkout by 2026-03-31 {
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
