#include "diag/rules/unknown_figure.h"
#include "compiler/lint/traverse.h"

namespace vsm::lint::rules {
namespace {

/// Every `?` of a step or wait, with its name and range.
struct Open {
    std::vector<std::string> names;
    std::vector<SourceRange> ranges;

    void add(std::string name, const std::optional<ir::Time>& time) {
        if (time && !time->value && time->range.valid()) add(std::move(name), time->range);
    }
    void add(std::string name, SourceRange range) {
        names.push_back(std::move(name));
        ranges.push_back(range);
    }
    void add(const std::string& of, const ir::Timings& timings) {
        add(of + "process", timings.process);
        add(of + "wait", timings.wait);
        add(of + "lead", timings.lead);
    }
};

Open open_in(const ir::Element& element) {
    Open open;
    if (const auto* wait = std::get_if<ir::Wait>(&element.what)) open.add("time", wait->time);
    const auto* step = ir::step_of(element);
    if (step == nullptr) return open;
    open.add("", step->timings);
    if (step->quality && step->quality->state == ir::Quality::State::unknown) open.add("ca", step->quality->range);
    for (const ir::Rework& rework : step->reworks)
        if (const auto* repair = std::get_if<ir::Repair>(&rework.to)) open.add("rework ", repair->timings);
    return open;
}

std::string who_is_asked(const ir::Model& model, const ir::Element& element) {
    const auto* step = ir::step_of(element);
    if (step != nullptr && !step->teams.empty())
        return fmt::format("{} should know, or measure it", teams_called(model, step->teams));
    if (step != nullptr) return "the map names nobody who could know it; give the step a `team`";
    return "ask those who hand the work on, and those who wait for it";
}

void check_element(const ir::Model& model, Place place, const ir::Element& element, Reporter& reporter) {
    const Open open = open_in(element);
    if (open.names.empty()) return;
    auto report = reporter.report(diag::unknown_figure, place, open.ranges.front(), listed(open.names), called(element),
                                  open.names.size() == 1 ? "is" : "are");
    for (std::size_t i = 1; i < open.ranges.size(); ++i) report.label(open.ranges[i], "and this");
    report.help(who_is_asked(model, element));
}

void check(const LintInput& input, Reporter& reporter) {
    const ir::Model& model = input.model.model();
    each_stream(model, [&](ir::StreamId id, const ir::Stream& stream) {
        if (stream.timings_unknown) {
            if (!stream.future)
                reporter
                    .report(diag::unknown_figure, {id, {}}, stream.range, "the missing times",
                            fmt::format("stream `{}`", stream.name.value), "are")
                    .help("write down the times of its steps, and remove `timings: unknown`");
            return;
        }
        for (std::size_t i = 0; i < stream.elements.size(); ++i) {
            const ir::ElementId element = stream.elements.id_at(i);
            check_element(model, {id, element}, stream.elements[element], reporter);
        }
    });
}

}  // namespace

extern const Rule unknown_figure;
const Rule unknown_figure{
    .code = diag::unknown_figure.code,
    .what = "A `?` that is still open, and the team to ask.",
    .why = "Totals that depend on it are only known as bounds. That is better than a guess that looks like a figure, "
           "but a figure is better still: the finding names the step's team, so that somebody asks them. A stream with "
           "`timings: unknown` is reported once.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step build "Build" { team: ci, kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { team: qa, process: 3h, lead: 2d, ca: ? }
  step deploy "Deploy" { team: ops, process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step build "Build" { team: ci, kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { team: qa, process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { team: ops, process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
