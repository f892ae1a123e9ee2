#include <cmath>

#include "compiler/lint/traverse.h"
#include "diag/rules/worse_future.h"
#include "runtime/figures/significance.h"
#include "runtime/words/apart.h"

namespace vsm::lint::rules {
namespace {

/// Whether a metric moved away from its target by enough to report.
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

/// A future that moves away from a target.
struct Worse {
    ir::StreamId of;
    const runtime::JudgedTarget* judged;
    const runtime::TargetInFuture* in;
};

void collect(ir::StreamId of, const runtime::JudgedTarget& judged, std::vector<Worse>& all) {
    if (!judged.current.value || !judged.bound) return;
    for (const runtime::TargetInFuture& one : judged.futures)
        if (one.value.value && is_worse(judged, *judged.current.value, *one.value.value))
            all.push_back({of, &judged, &one});
}

void check(const LintInput& input, Reporter& reporter) {
    std::vector<Worse> all;
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream&) {
        for (const runtime::JudgedTarget& judged : input.figures.targets_of(id)) collect(id, judged, all);
    });
    for (std::size_t i = 0; i < std::min(all.size(), most_alike); ++i) {
        const auto& [of, judged, in] = all[i];
        const ir::Stream &stream = input.model.stream(of), &future = input.model.stream(in->future);
        const runtime::ApartTexts texts =
            runtime::texts_apart(judged->judged_by, *judged->current.value, stream, *in->value.value, future);
        const bool last = i + 1 == most_alike && all.size() > most_alike;
        reporter
            .report(diag::worse_future, {in->future, {}}, future.range, future.name.value, judged->target->metric.text,
                    texts.after, texts.before)
            .label(judged->target->range, "the target")
            .help(fmt::format(
                "if it is worth it, `allow` it with the reason; otherwise remove the edit that causes it (`vsm "
                "metrics` shows the effect of each){}",
                last ? fmt::format("; {} more futures and targets like this are not shown", all.size() - most_alike)
                     : ""));
    }
}

}  // namespace

extern const Rule worse_future;
const Rule worse_future{
    .code = diag::worse_future.code,
    .what = "A future in which a figure with a target is further from it than now.",
    .why = "Somebody wants the figure to improve, and the plan makes it worse. Perhaps an edit has an unexpected "
           "effect, or this is the price of another improvement: then write that down.",
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
