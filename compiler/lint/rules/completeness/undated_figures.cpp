#include "diag/rules/undated_figures.h"
#include "compiler/lint/traverse.h"

namespace vsm::lint::rules {
namespace {

bool has_date(const ir::Stream& stream) {
    bool found = stream.reviewed.has_value();
    each_step(stream, [&](ir::ElementId, const ir::Element&, const ir::Step& step) {
        found = found || step.measured || step.estimated;
    });
    return found;
}

void check(const LintInput& input, Reporter& reporter) {
    each_current(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        if (stream.timings_unknown || has_date(stream)) return;
        reporter.report(diag::undated_figures, {id, {}}, stream.range, stream.name.value)
            .help("add `measured: 2026-10-20 \"the source\"` or `estimated: 2026-10-20` to steps, or `reviewed: "
                  "2026-10-20` to the stream");
    });
}

}  // namespace

extern const Rule undated_figures;
const Rule undated_figures{
    .code = diag::undated_figures.code,
    .what = "With `--as-of`, a stream without a date: no `measured` or `estimated` on any step and no `reviewed`. "
            "Without that flag nothing is reported.",
    .why = "Nobody can tell how old its figures are. With a date and a source, others can check a figure and measure "
           "it again.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
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
}
)",
    .check = check,
    .as_of = "2026-11-20",
};

}  // namespace vsm::lint::rules
