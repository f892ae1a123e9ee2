#include "compiler/lint/lint.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    const ir::Model& model = input.model.model();
    for (std::size_t s = 0; s < model.streams.size(); ++s) {
        const ir::StreamId stream_id = model.streams.id_at(s);
        const ir::Stream& stream = model.streams[stream_id];
        // A map of names only promises no figures.
        if (stream.imported || stream.timings_unknown) continue;
        for (std::size_t e = 0; e < stream.elements.size(); ++e) {
            const ir::ElementId id = stream.elements.id_at(e);
            const ir::Element& element = stream.elements[id];
            const auto* step = std::get_if<ir::Step>(&element.what);
            if (step == nullptr || step->quality) continue;
            reporter.report(diag::missing_ca, {stream_id, id}, element.range, element.label)
                .help("add `ca: 85%`, the share of its output that the next step can use as it is; `ca: ?` if nobody knows yet, `ca: n/a` if it makes nothing");
        }
    }
}

}  // namespace

extern const Rule missing_ca;
const Rule missing_ca{
    .code = Code::missing_ca,
    .what = "A step that does not say what share of its output the next step can use as it is.",
    .why = "Percent complete and accurate (%C&A) is where a value stream hides its rework. A step without it is left out of the stream's rolled %C&A, which "
           "then looks better than it is. Ask the people of the next step how often they must correct, complete or clarify what they get.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d }
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
