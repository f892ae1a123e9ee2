#include <algorithm>

#include "base/codes.h"
#include "compiler/lint/look.h"

namespace vsm::lint::rules {
namespace {

using ir::ElementId;

/// The longest own wait among the steps that come first in an element. What others do takes as long as it takes: its time is not told apart there.
struct OwnWait {
    ElementId step;
    double time = 0;
};

OwnWait longest_wait(const ir::Stream& stream, const ir::StreamFacts& facts, ElementId element) {
    OwnWait longest;
    for (const ElementId id : first_inside(stream, element)) {
        const ir::ResolvedTime& wait = facts.elements[id].timings.wait;
        const auto* step = std::get_if<ir::Step>(&stream.elements[id].what);
        if (step == nullptr || step->kind == ir::StepKind::external || !wait.known || wait.spread.mean <= longest.time) continue;
        longest = {id, wait.spread.mean};
    }
    return longest;
}

class StreamCheck {
public:
    StreamCheck(const LintInput& input, ir::StreamId id, Reporter& reporter)
        : input_(input), id_(id), stream_(input.model.stream(id)), facts_(input.model.facts(id)), reporter_(reporter) {}

    void run() {
        for (std::size_t i = 0; i < stream_.elements.size(); ++i) {
            const ElementId at = stream_.elements.id_at(i);
            const auto& before = stream_.elements[at].predecessors;
            if (std::none_of(before.begin(), before.end(), [&](ElementId one) { return is_pause(stream_.elements[one]); })) continue;
            const OwnWait own = longest_wait(stream_, facts_, at);
            if (own.step.valid())
                for (const ElementId pause : before) compare(pause, own);
        }
    }

private:
    void compare(ElementId pause, OwnWait own) {
        const ir::Element& element = stream_.elements[pause];
        if (!is_pause(element)) return;
        const runtime::TimeFigure& time = input_.figures.of(id_).elements[pause].lead_time;
        if (!time.known || own.time < input_.thresholds[threshold::double_counted_wait_share] * time.microseconds) return;
        const ir::Element& step = stream_.elements[own.step];
        const ir::Timings& written = std::get_if<ir::Step>(&step.what)->timings;
        reporter_
            .report(diag::double_counted_wait, {id_, pause}, element.range, called(element), text_of(time.microseconds, stream_), step.label, text_of(own.time, stream_))
            .label(written.wait ? written.wait->range : written.lead ? written.lead->range : step.range, "the wait of the step is part of this")
            .help("if both are the same wait, take one of them out; if not, say so: `allow double-counted-wait \"why\"`");
    }

    const LintInput& input_;
    ir::StreamId id_;
    const ir::Stream& stream_;
    const ir::StreamFacts& facts_;
    Reporter& reporter_;
};

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream&) { StreamCheck(input, id, reporter).run(); });
}

}  // namespace

extern const Rule double_counted_wait;
const Rule double_counted_wait{
    .code = Code::double_counted_wait,
    .what = "A wait or queue right before a step whose own wait is at least half as long.",
    .why = "The time that work lies before a step can be written as an element between the steps or as the wait of the step, also as a lead time that is longer than the process time. Written as both it counts twice.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  wait 1d "For the test environment"
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
