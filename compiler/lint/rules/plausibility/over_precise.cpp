#include "diag/rules/over_precise.h"
#include "compiler/lint/traverse.h"
#include "thresholds/over_precise.h"

namespace vsm::lint::rules {
namespace {

/// The time as a count of the largest unit that divides it.
std::int64_t parts_of(Duration time, const Calendar& calendar) {
    for (const TimeUnit unit : {TimeUnit::day, TimeUnit::hour, TimeUnit::minute, TimeUnit::second})
        if (const std::int64_t length = length_of(unit, calendar).microseconds; time.microseconds % length == 0)
            return time.microseconds / length;
    return time.microseconds % 1000 == 0 ? time.microseconds / 1000 : time.microseconds;
}

std::vector<Duration> times_in(const ir::Distribution& written) {
    if (const auto* fixed = std::get_if<ir::Fixed>(&written)) return {fixed->time};
    if (const auto* uniform = std::get_if<ir::Uniform>(&written)) return {uniform->low, uniform->high};
    if (const auto* triangular = std::get_if<ir::Triangular>(&written))
        return {triangular->low, triangular->mode, triangular->high};
    if (const auto* exponential = std::get_if<ir::Exponential>(&written)) return {exponential->mean};
    if (const auto* lognormal = std::get_if<ir::Lognormal>(&written))
        return {lognormal->median, lognormal->at_percentile};
    return {};
}

/// The share is a whole number of one part in that many: a power of ten.
std::int64_t parts_of(Ratio share) {
    std::int64_t parts = 1;
    while (parts < Ratio::whole && share.parts % (Ratio::whole / parts) != 0) parts *= 10;
    return parts;
}

struct StepCheck {
    Place place;
    const ir::Element& element;
    const Calendar& calendar;
    std::int64_t most;
    Reporter& reporter;

    void look(std::string_view what, const std::optional<ir::Time>& time) {
        if (!time || !time->value || !time->range.valid()) return;
        Duration finest{};
        std::int64_t parts = 0;
        for (const Duration one : times_in(*time->value)) {
            if (const std::int64_t its = parts_of(one, calendar); its > parts) {
                finest = one;
                parts = its;
            }
        }
        if (parts > most) report(what, format_exactly(finest, calendar), parts, time->range);
    }
    void look(std::string_view what, const ir::Quality& quality) {
        const std::int64_t parts = parts_of(quality.low);
        if (parts > most && quality.range.valid()) report(what, format_exactly(quality.low), parts, quality.range);
    }

private:
    void report(std::string_view what, const std::string& written, std::int64_t parts, SourceRange range) {
        reporter.report(diag::over_precise, place, range, what, written, called(element), parts)
            .help("an estimate has two digits; if it was measured, add `measured: 2026-10-20 \"the source\"`");
    }
};

void check(const LintInput& input, Reporter& reporter) {
    const std::int64_t most = input.thresholds[threshold::over_precise_parts];
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        each_step(stream, [&](ir::ElementId step_id, const ir::Element& element, const ir::Step& step) {
            if (step.measured) return;
            StepCheck look{{id, step_id}, element, stream.calendar, most, reporter};
            look.look("the process time", step.timings.process);
            look.look("the wait", step.timings.wait);
            look.look("the lead time", step.timings.lead);
            if (step.quality && step.quality->state == ir::Quality::State::known) look.look("the %C&A", *step.quality);
        });
    });
}

}  // namespace

extern const Rule over_precise;
const Rule over_precise{
    .code = diag::over_precise.code,
    .what = "A figure that is more precise than one part in a thousand, and is not marked as measured.",
    .why = "Estimates by people are good to one or two digits. Written to the minute, a guess of five days looks like "
           "a measurement, and totals that include it look like facts.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 5d3h12min, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 5d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
