#include "diag/rules/unmet_target.h"
#include "compiler/lint/traverse.h"
#include "runtime/rework/rework.h"
#include "runtime/words/apart.h"

namespace vsm::lint::rules {
namespace {

constexpr std::size_t most_labels = 10;

/// The value, or what is known of it, with enough digits to differ from the bound; marked if it includes rework.
std::string figure_beside_bound(const runtime::JudgedTarget& judged, const runtime::MetricValue& figure,
                                const ir::Stream& stream) {
    const bool reworked = judged.judged_by != judged.target->metric.metric && runtime::has_rework(stream);
    const auto text = [&](double value, Rounding rounding) {
        return runtime::text_beside(judged.judged_by, value, *judged.bound, stream, rounding) +
               (reworked ? " with rework" : "");
    };
    if (!judged.bound) return "not known";
    if (figure.value) return text(*figure.value, Rounding::nearest);
    if (figure.at_least && *figure.at_least > 0) return "at least " + text(*figure.at_least, Rounding::down);
    if (figure.at_most && *figure.at_most < 1) return "at most " + text(*figure.at_most, Rounding::up);
    return "not known";
}

void report(const ir::Model& model, ir::StreamId id, const runtime::JudgedTarget& judged, Reporter& reporter) {
    const ir::Target& target = *judged.target;
    const std::string words =
        fmt::format("{} {} {}", target.metric.text, ir::text_of(target.relation), target.bound.text);
    const bool late = judged.verdict == runtime::Verdict::met_too_late;
    const std::string who = judged.own               ? fmt::format(" by future `{}`", model.streams[id].name.value)
                            : judged.futures.empty() ? ""
                                                     : " by any future";
    auto found = reporter.report(diag::unmet_target, {id, {}}, target.range, words, who, late ? " in time" : "");
    std::size_t later = 0;
    for (const runtime::TargetInFuture& one : judged.futures) {
        const ir::Stream& future = model.streams[one.future];
        if (one.met != runtime::Answer::yes || one.in_time || ++later > most_labels) continue;
        found.label(future.future->by_range, fmt::format("`{}` meets it, later", future.name.value));
    }
    const std::string others =
        later > most_labels ? fmt::format("; {} more futures meet it, later", later - most_labels) : "";
    const auto text = [&](const runtime::MetricValue& value) {
        return figure_beside_bound(judged, value, model.streams[id]);
    };
    const std::string_view next = judged.futures.empty()
                                      ? "draw a `future` that meets it, or drop the target"
                                      : "`vsm metrics` shows what would help most; or drop the target";
    if (judged.own && !judged.futures.empty())
        found.help(fmt::format("it is {} then, and {} now{}; {}", text(judged.futures.front().value),
                               text(judged.current), others, next));
    else
        found.help(fmt::format("it is {} now{}; {}", text(judged.current), others, next));
}

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream&) {
        for (const runtime::JudgedTarget& judged : input.figures.targets_of(id))
            if (judged.verdict == runtime::Verdict::not_met || judged.verdict == runtime::Verdict::met_too_late)
                report(input.model.model(), id, judged, reporter);
    });
}

}  // namespace

extern const Rule unmet_target;
const Rule unmet_target{
    .code = diag::unmet_target.code,
    .what = "A target that neither the stream nor any of its futures meets, or that a future meets only after the "
            "target's date.",
    .why = "A target without a plan that reaches it is a wish. The list of levers shows what would bring the stream "
           "closer to it.",
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
