#include <cmath>

#include "compiler/lint/traverse.h"
#include "diag/rules/long_automated.h"
#include "thresholds/long_automated.h"

namespace vsm::lint::rules {
namespace {

class StepCheck {
public:
    StepCheck(Place place, const ir::Stream& stream, const ir::Element& element, const ir::Step& step,
              Reporter& reporter)
        : place_(place), stream_(stream), element_(element), step_(step), reporter_(reporter) {}

    /// Reports a run longer than a working day. Accepts whole days of 24 hours as intended.
    void check_run(const ir::ResolvedTime& process, double longest) {
        const double day_and_night = static_cast<double>(round_the_clock.day.microseconds);
        const double run = process.spread.mean;
        if (!process.known || run <= longest || std::fmod(run, day_and_night) == 0) return;
        reporter_
            .report(diag::long_automated, place_, step_.timings.process ? step_.timings.process->range : element_.range,
                    element_.label,
                    fmt::format("runs {}, longer than a working day of {}", text_of(run, stream_),
                                clock_text(stream_.calendar.day)))
            .help("machines do not go home: on this calendar a run of 24 hours is 3 working days; write the working "
                  "time that passes during the run, or give the stream `calendar: 24h/d 7d/w`");
    }

    /// Reports days that may have been meant as 24 hours: one finding per step, at its lead time if that is written in
    /// days.
    void check_days() {
        const ir::Timings& times = step_.timings;
        const std::pair<std::string_view, const std::optional<ir::Time>*> all[] = {
            {"lead", &times.lead}, {"process", &times.process}, {"wait", &times.wait}};
        std::optional<Report> report;
        for (const auto& [property, time] : all) {
            if (!*time || !(*time)->value || !(*time)->in_days) continue;
            if (report)
                report->label((*time)->range, "this as well");
            else
                report.emplace(report_days(property, **time));
        }
    }

private:
    Report report_days(std::string_view property, const ir::Time& time) {
        const double mean = ir::spread_of(*time.value).mean,
                     days = mean / static_cast<double>(stream_.calendar.day.microseconds);
        const std::string clock = clock_text({std::llround(mean)});
        Report report =
            reporter_.report(diag::long_automated, place_, time.range, element_.label,
                             fmt::format("has a {} time of {} working day{}: {} on the clock", property,
                                         format_number(std::round(days * 100) / 100), days == 1 ? "" : "s", clock));
        report.help(fmt::format(
            "machines do not go home; write `24h`{} if it runs day and night, or `{}` if that is the time on the clock",
            days == 1 ? "" : " for each day", clock));
        return report;
    }

    static std::string clock_text(Duration time) {
        static constexpr Calendar without_days{longest_duration, longest_duration};
        return format_exactly(time, without_days);
    }

    Place place_;
    const ir::Stream& stream_;
    const ir::Element& element_;
    const ir::Step& step_;
    Reporter& reporter_;
};

void check(const LintInput& input, Reporter& reporter) {
    const auto most_days = static_cast<double>(input.thresholds[threshold::long_automated_days]);
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        if (stream.calendar.day == round_the_clock.day) return;
        const double longest = most_days * static_cast<double>(stream.calendar.day.microseconds);
        each_step(stream, [&](ir::ElementId step_id, const ir::Element& element, const ir::Step& step) {
            if (step.kind != ir::StepKind::automated) return;
            StepCheck one({id, step_id}, stream, element, step, reporter);
            const auto& process = step.timings.process;
            if (!process || !process->in_days)
                one.check_run(input.model.facts(id).elements[step_id].timings.process, longest);
            one.check_days();
        });
    });
}

}  // namespace

extern const Rule long_automated;
const Rule long_automated{
    .code = diag::long_automated.code,
    .what = "An automated step that runs longer than a working day, or whose times are written in days or weeks, in a "
            "stream whose day is not 24 hours.",
    .why = "All times are working time. A test that runs through the night takes almost none of it; one that is "
           "written as `16h` takes two working days of a stream with `8h/d`. And `1d` is a working day there, 8 hours "
           "on the clock, and DORA's change lead time counts it as such: write `24h` if the machine runs through the "
           "night, `8h` if not.",
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
