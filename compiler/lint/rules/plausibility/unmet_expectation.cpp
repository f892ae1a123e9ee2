#include "diag/rules/unmet_expectation.h"
#include "compiler/lint/lint.h"
#include "runtime/figures/goals.h"

namespace vsm::lint::rules {
namespace {

/// The value of a metric or a bound of it, with the digits of the expected value.
std::string text_of(const runtime::MetricValue& figure, const ir::Expectation& expectation, const Calendar& calendar) {
    if (figure.stated) return runtime::text_like(*figure.stated, expectation.value, calendar);
    if (figure.value) return runtime::text_like(*figure.value, expectation.value, calendar);
    if (figure.at_least)
        return "at least " + runtime::text_like(*figure.at_least, expectation.value, calendar, Rounding::down);
    if (figure.at_most)
        return "at most " + runtime::text_like(*figure.at_most, expectation.value, calendar, Rounding::up);
    return "not known";
}

void check_stream(const LintInput& input, ir::StreamId id, Reporter& reporter) {
    const ir::Model& model = input.model.model();
    const ir::Stream& stream = model.streams[id];
    const runtime::StreamMetrics& metrics = input.figures.of(id);
    for (const ir::Expectation& expectation : stream.expectations) {
        const ir::MetricPath& path = expectation.metric;
        const Calendar& calendar = runtime::calendar_of(path.metric, stream);
        const auto figure = runtime::value_of(model, stream, metrics, path.metric, path.element);
        if (runtime::holds(figure, expectation, calendar) == runtime::Answer::yes) continue;
        const std::string expected =
            fmt::format("{} {} {}", path.text, ir::text_of(expectation.relation), expectation.value.text);
        const bool known = figure.value || figure.at_least || figure.at_most;
        reporter
            .report(diag::unmet_expectation, {id, {}}, expectation.range, expected,
                    text_of(figure, expectation, calendar))
            .help(known ? "correct the map, or expect the true value; to set a goal, use `target`"
                        : "the map lacks something that this figure needs; `vsm metrics` shows what is missing");
    }
}

void check(const LintInput& input, Reporter& reporter) {
    const auto& streams = input.model.model().streams;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        const ir::StreamId id = streams.id_at(i);
        if (!streams[id].imported && !streams[id].expectations.empty()) check_stream(input, id, reporter);
    }
}

}  // namespace

extern const Rule unmet_expectation;
const Rule unmet_expectation{
    .code = diag::unmet_expectation.code,
    .what = "An `expect` that does not hold.",
    .why = "Its author wanted to know when the figure differs: the map has changed, or it was never what its author "
           "meant. With `=` the figure is rounded to the digits of the value (`30%`, `30.0%`); with `<=` and so on it "
           "is compared as it is. An unknown figure does not meet an `expect`.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
  expect lead_time <= 3d
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
  expect lead_time <= 4d
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
