#include "diag/rules/missing_target.h"
#include "compiler/lint/traverse.h"

namespace vsm::lint::rules {
namespace {

/// The first kaizen of a stream, which shows that it is to change; invalid if there is none.
SourceRange intent_of(const ir::Stream& stream) {
    if (!stream.remarks.kaizens.empty()) return stream.remarks.kaizens.front().range;
    for (const ir::Element& element : stream.elements)
        if (!element.remarks.kaizens.empty()) return element.remarks.kaizens.front().range;
    return {};
}

/// Facts about a stream together with all its futures.
struct Plan {
    SourceRange intent;
    SourceRange undated;  ///< a target without a date
    bool dated = false;
};

void check(const LintInput& input, Reporter& reporter) {
    const ir::Model& model = input.model.model();
    std::map<ir::StreamId, Plan> plans;
    each_stream(model, [&](ir::StreamId id, const ir::Stream& stream) {
        Plan& plan = plans[input.model.root_of(id)];
        for (const ir::Target& target : stream.targets) {
            if (!target.by) plan.undated = target.range;
            plan.dated = plan.dated || target.by;
        }
        const SourceRange intent = stream.future ? stream.range : intent_of(stream);
        if (!plan.intent.valid()) plan.intent = intent;
    });
    for (const auto& [id, plan] : plans) {
        if (!plan.intent.valid() || plan.dated) continue;
        reporter.report(diag::missing_target, {id, {}}, plan.intent, model.streams[id].name.value)
            .label(plan.undated, "this has no date")
            .help("add a goal and its date to the stream, such as `target lead_time <= 3d by 2027-03-31`");
    }
}

}  // namespace

extern const Rule missing_target;
const Rule missing_target{
    .code = diag::missing_target.code,
    .what = "A future, or a kaizen, of a stream that has no target with a date.",
    .why = "Without a target, nobody can tell whether the change has achieved its purpose, and without a date nobody "
           "is late. Before the work begins, write down which figure should improve, to what value, and by when.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}

future spring "Spring" of checkout by 2027-03-31 {
  change test { process: 20min, lead: 1h }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
  target lead_time <= 2d by 2027-03-31
}

future spring "Spring" of checkout by 2027-03-31 {
  change test { process: 20min, lead: 1h }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
