#include <cmath>

#include "base/codes.h"
#include "compiler/lint/look.h"
#include "runtime/apart.h"

namespace vsm::lint::rules {
namespace {

/// Whether a figure has moved away from where a target wants it, by enough to be told.
bool is_worse(const runtime::JudgedTarget& judged, double now, double then) {
    if (!runtime::is_change(judged.judged_by, now, then)) return false;
    switch (judged.target->relation) {
        case ir::Relation::at_most:
        case ir::Relation::below: return then > now;
        case ir::Relation::at_least:
        case ir::Relation::above: return then < now;
        case ir::Relation::equal: return std::fabs(then - *judged.bound) > std::fabs(now - *judged.bound);
    }
    return false;
}

void check_target(const LintInput& input, ir::StreamId of, const runtime::JudgedTarget& judged, Reporter& reporter) {
    if (!judged.current.value || !judged.bound) return;
    const ir::Stream& stream = input.model.stream(of);
    for (const runtime::TargetInFuture& one : judged.futures) {
        if (!one.value.value || !is_worse(judged, *judged.current.value, *one.value.value)) continue;
        const ir::Stream& future = input.model.stream(one.future);
        const runtime::ApartTexts texts = runtime::texts_apart(judged.judged_by, *judged.current.value, stream, *one.value.value, future);
        reporter
            .report(diag::worse_future, {one.future, {}}, future.range, future.name.value, judged.target->metric.text, texts.after, texts.before)
            .label(judged.target->range, "the target")
            .help("if it is worth it, `allow` it with the reason; else leave out the edit that does it (`vsm metrics` shows what each one does)");
    }
}

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream&) {
        for (const runtime::JudgedTarget& judged : input.figures.targets_of(id)) check_target(input, id, judged, reporter);
    });
}

}  // namespace

extern const Rule worse_future;
const Rule worse_future{
    .code = Code::worse_future,
    .what = "A future in which a figure that has a target is further from it than now.",
    .why = "Somebody wants the figure to get better, and the plan makes it worse. Perhaps an edit has another effect than was thought, or one thing was bought with another: then say so.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
  target lead_time <= 2d by 2027-03-31
}

future spring "Spring" of checkout by 2027-03-31 {
  change test { process: 4h, lead: 3d }
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
  change test { process: 1h, lead: 1d }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
