#include "diag/rules/stale_figures.h"
#include "compiler/lint/traverse.h"
#include "thresholds/stale_figures.h"

namespace vsm::lint::rules {
namespace {

void check_evidence(const LintInput& input, Place place, const ir::Element& element, const ir::Step& step,
                    Reporter& reporter) {
    const bool measured = step.measured && (!step.estimated || step.estimated->date <= step.measured->date);
    const std::optional<ir::Evidence>& newest = measured ? step.measured : step.estimated;
    if (!newest) return;
    const std::int64_t age = days_between(newest->date, *input.as_of);
    if (age <= input.thresholds[threshold::stale_figures_days]) return;
    const std::string what =
        fmt::format("the figures of {} were {}", called(element), measured ? "measured" : "estimated");
    reporter
        .report(diag::stale_figures, place, newest->range, what, format_date(newest->date), age,
                format_date(*input.as_of))
        .help("check them, and write the new date; a figure that has not changed is as good as new once somebody has "
              "checked it");
}

void check_stream(const LintInput& input, ir::StreamId id, const ir::Stream& stream, Reporter& reporter) {
    each_step(stream, [&](ir::ElementId step_id, const ir::Element& element, const ir::Step& step) {
        check_evidence(input, {id, step_id}, element, step, reporter);
    });
    if (!stream.reviewed) return;
    const std::int64_t age = days_between(*stream.reviewed, *input.as_of);
    if (age <= input.thresholds[threshold::stale_figures_days]) return;
    reporter
        .report(diag::stale_figures, {id, {}}, stream.range,
                fmt::format("stream `{}` was last reviewed", stream.name.value), format_date(*stream.reviewed), age,
                format_date(*input.as_of))
        .help("walk through it with the people who do the work, and write the new date at `reviewed`");
}

void check(const LintInput& input, Reporter& reporter) {
    each_current(input.model.model(),
                 [&](ir::StreamId id, const ir::Stream& stream) { check_stream(input, id, stream, reporter); });
}

}  // namespace

extern const Rule stale_figures;
const Rule stale_figures{
    .code = diag::stale_figures.code,
    .what = "Figures that were measured or estimated, or a map that was reviewed, more than 180 days before the day of "
            "`--as-of`. Without that flag nothing is reported.",
    .why = "Streams change while nobody redraws them. Decisions based on last year's figures are decisions about last "
           "year's stream.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75%, measured: 2026-01-12 "test reports" }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75%, measured: 2026-10-12 "test reports" }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
    .as_of = "2026-11-20",
};

}  // namespace vsm::lint::rules
