#include "base/codes.h"
#include "compiler/lint/look.h"
#include "runtime/report_words.h"

namespace vsm::lint::rules {
namespace {

void report(const ir::Model& model, ir::StreamId id, const runtime::JudgedTarget& judged, Reporter& reporter) {
    const ir::Target& target = *judged.target;
    const std::string words = fmt::format("{} {} {}", target.metric.text, ir::text_of(target.relation), target.bound.text);
    const bool late = judged.verdict == runtime::Verdict::met_too_late;
    auto found = reporter.report(diag::unmet_target, {id, {}}, target.range, words, late ? " in time" : "");
    for (const runtime::TargetInFuture& one : judged.futures) {
        const ir::Stream& future = model.streams[one.future];
        if (one.met == runtime::Answer::yes && !one.in_time) found.label(future.future->by_range, fmt::format("`{}` meets it, later", future.name.value));
    }
    const std::string now = judged.current.value ? runtime::figure_text(target.metric.metric, *judged.current.value, model.streams[id]) : "not known";
    found.help(fmt::format("it is {} now; {}", now, judged.futures.empty() ? "draw a `future` that meets it, or give the target up" : "`vsm metrics` shows what would help most; or give the target up"));
}

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream&) {
        for (const runtime::JudgedTarget& judged : input.figures.targets_of(id))
            if (judged.verdict == runtime::Verdict::not_met || judged.verdict == runtime::Verdict::met_too_late) report(input.model.model(), id, judged, reporter);
    });
}

}  // namespace

extern const Rule unmet_target;
const Rule unmet_target{
    .code = Code::unmet_target,
    .what = "A target that neither the stream nor any of its futures meets, or that a future meets only after the target's date.",
    .why = "A target without a plan that reaches it is a wish. The list of levers says what would bring the stream nearer to it.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
  target lead_time <= 2d by 2027-03-31
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
  target lead_time <= 3d by 2027-03-31
}

future spring "Spring" of checkout by 2027-03-31 {
  change test { process: 20min, lead: 1h }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
