#include <algorithm>
#include <cmath>

#include "compiler/lint/lint.h"
#include "diag/rules/dora_contradiction.h"
#include "thresholds/dora_contradiction.h"

namespace vsm::lint::rules {
namespace {

bool contradict(const std::optional<runtime::DoraFigure>& figure, double tolerance) {
    if (!figure || !figure->stated || !figure->derived) return false;
    return std::fabs(figure->value - *figure->derived) > tolerance * std::max(figure->value, *figure->derived);
}

std::string per_week(double per_second, const Calendar& calendar) {
    const double weekly = per_second * static_cast<double>(calendar.week.microseconds) / microseconds_per_second;
    return fmt::format("{:.3g}/w", weekly);
}

void check_stream(const LintInput& input, ir::StreamId id, Reporter& reporter) {
    const ir::Stream& stream = input.model.stream(id);
    const runtime::Dora& dora = input.figures.of(id).dora;
    const double tolerance = input.thresholds[threshold::dora_contradiction_tolerance];
    if (contradict(dora.change_failure_rate, tolerance))
        reporter
            .report(diag::dora_contradiction, {id, {}}, stream.range, "change_failure",
                    format_percent(dora.change_failure_rate->value), format_percent(*dora.change_failure_rate->derived))
            .help("it follows from the %C&A of the step that brings changes into production; correct one of them, or "
                  "leave `change_failure` out");
    if (contradict(dora.deployment_frequency, tolerance))
        reporter
            .report(diag::dora_contradiction, {id, {}}, stream.range, "deploys",
                    per_week(dora.deployment_frequency->value, stream.calendar),
                    per_week(*dora.deployment_frequency->derived, stream.calendar))
            .help("it follows from `demand`, the rework and the `batch` of the step that brings changes into "
                  "production; correct one of them, or leave `deploys` out");
}

void check(const LintInput& input, Reporter& reporter) {
    const auto& streams = input.model.model().streams;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        const ir::StreamId id = streams.id_at(i);
        const ir::Stream& stream = streams[id];
        if (stream.imported || stream.future || (!stream.change_failure && !stream.deploys)) continue;
        check_stream(input, id, reporter);
    }
}

}  // namespace

extern const Rule dora_contradiction;
const Rule dora_contradiction{
    .code = diag::dora_contradiction.code,
    .what = "A stated DORA figure that differs by more than a fifth from the one that follows from the map.",
    .why = "Both describe the same releases. If one in ten releases fails, the step that brings changes into "
           "production is not 98 % complete and accurate.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  change_failure: 30%
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 95%, milestone: production }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  change_failure: 5%
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 95%, milestone: production }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
