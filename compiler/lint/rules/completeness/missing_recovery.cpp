#include <algorithm>

#include "compiler/lint/traverse.h"
#include "diag/rules/missing_recovery.h"

namespace vsm::lint::rules {
namespace {

bool is_dora(ir::Metric metric) { return ir::info_of(metric).key.starts_with("dora."); }

void check(const LintInput& input, Reporter& reporter) {
    const ir::Model& model = input.model.model();
    std::vector<bool> recovered(model.streams.size());
    for (const ir::Stream& stream : model.streams)
        if (stream.recovers.valid()) recovered[stream.recovers.index] = true;
    each_stream(model, [&](ir::StreamId id, const ir::Stream& stream) {
        const ir::StreamId base = input.model.root_of(id);
        const auto found = std::find_if(stream.targets.begin(), stream.targets.end(),
                                        [](const ir::Target& target) { return is_dora(target.metric.metric); });
        if (found == stream.targets.end() || recovered[base.index]) return;
        const std::string& name = model.streams[base].name.value;
        reporter.report(diag::missing_recovery, {id, {}}, found->metric.range, found->metric.text, name)
            .help(fmt::format("map the path from an alert to the restored service as a stream with `recovers: {}`",
                              name));
    });
}

}  // namespace

extern const Rule missing_recovery;
const Rule missing_recovery{
    .code = diag::missing_recovery.code,
    .what = "A target for a DORA figure of a stream that no other stream recovers.",
    .why = "Speed and stability belong together: targets for how often and how fast changes are released do not show "
           "what those releases break. Recovery is a stream of its own, and its figures are missing here.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
  target dora.change_lead_time <= 7d by 2027-03-31
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
  target dora.change_lead_time <= 7d by 2027-03-31
}

stream recovery "Alert to restored" {
  recovers: checkout
  trigger: "Alert"
  customer: "Online shoppers"
  step repair "Repair" { process: 20min, lead: 45min, ca: 95% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
