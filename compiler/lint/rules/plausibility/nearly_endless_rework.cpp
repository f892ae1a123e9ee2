#include <algorithm>
#include <set>

#include "compiler/lint/traverse.h"
#include "diag/rules/nearly_endless_rework.h"
#include "thresholds/nearly_endless_rework.h"

namespace vsm::lint::rules {
namespace {

using ir::ElementId;

/// Repeated rework of one kind in one step, without `once`.
struct Repeated {
    ElementId step;
    const ir::Rework* rework;  ///< the one with the highest rate
    bool on_the_spot;
    std::int64_t parts;      ///< total rate, in parts of Ratio::whole
    double times;            ///< average number for an item that reaches the step
    std::uint32_t from, to;  ///< the elements that it repeats, by index
};

/// p + p² + … = p / (1 − p).
double passes(std::int64_t parts) {
    return static_cast<double>(parts) / static_cast<double>(std::max<std::int64_t>(Ratio::whole - parts, 1));
}

std::optional<Repeated> repeated_in(ElementId id, const ir::Step& step, bool on_the_spot, double visits) {
    Repeated found{id, nullptr, on_the_spot, 0, 0, id.index, id.index};
    for (const ir::Rework& rework : step.reworks) {
        const auto* to = std::get_if<ElementId>(&rework.to);
        if (rework.once || rework.rate.parts == 0 || (to == nullptr) != on_the_spot) continue;
        if (found.rework == nullptr || rework.rate > found.rework->rate) found.rework = &rework;
        found.parts += rework.rate.parts;
        if (to != nullptr) found.from = std::min(found.from, to->index);
        if (on_the_spot) found.times += passes(rework.rate.parts) * std::max(visits, 1.0);
    }
    if (found.rework == nullptr) return std::nullopt;
    // If few items reach the step, count those that do.
    if (!on_the_spot) found.times = std::max(visits * Ratio{found.parts}.value(), passes(found.parts));
    return found;
}

/// All repeated rework, in the order of the steps.
std::vector<Repeated> repeated_in(const ir::Stream& stream, const runtime::StreamMetrics& metrics) {
    std::vector<Repeated> all;
    each_step(stream, [&](ElementId id, const ir::Element&, const ir::Step& step) {
        for (const bool on_the_spot : {false, true})
            if (const auto found = repeated_in(id, step, on_the_spot, metrics.elements[id].visits.value_or(1)))
                all.push_back(*found);
    });
    return all;
}

/// Groups rework whose loops share steps, because their rates multiply: each group is one finding.
std::vector<std::vector<Repeated>> groups_of(std::vector<Repeated> all) {
    std::sort(all.begin(), all.end(),
              [](const Repeated& a, const Repeated& b) { return std::pair(a.from, a.to) < std::pair(b.from, b.to); });
    std::vector<std::vector<Repeated>> groups;
    std::uint32_t end = 0;
    for (const Repeated& one : all) {
        if (groups.empty() || one.from > end) groups.emplace_back();
        groups.back().push_back(one);
        end = std::max(end, one.to);
    }
    return groups;
}

std::string times_text(double times, bool endless) {
    constexpr double beyond_measure = 1e8;
    return endless && times >= beyond_measure ? "over a hundred million" : fmt::format("{:.0f}", times);
}

class Check {
public:
    Check(const LintInput& input, Reporter& reporter) : input_(input), reporter_(reporter) {}

    void run(ir::StreamId id, const ir::Stream& stream) {
        const std::vector<Repeated> all = repeated_in(stream, input_.figures.of(id));
        if (all.empty()) return;
        const auto least = static_cast<double>(input_.thresholds[threshold::nearly_endless_rework_times]);
        for (std::vector<Repeated>& group : groups_of(all)) {
            std::erase_if(group, [&](const Repeated& one) { return one.times < least; });
            if (!group.empty()) report(id, stream, group);
        }
    }

private:
    void report(ir::StreamId id, const ir::Stream& stream, const std::vector<Repeated>& group) {
        const bool endless = input_.figures.of(id).expected.endless;
        const auto worst = std::max_element(group.begin(), group.end(), [](const Repeated& a, const Repeated& b) {
            return std::pair(a.parts, a.times) < std::pair(b.parts, b.times);
        });
        // A future repeats the rework of its stream.
        if (!told_.insert(worst->rework->rate_range).second) return;
        const auto verb = [](const Repeated& one) { return one.on_the_spot ? "repairs" : "sends back"; };
        auto report =
            reporter_.report(diag::nearly_endless_rework, {id, worst->step}, worst->rework->rate_range,
                             stream.elements[worst->step].label, verb(*worst), times_text(worst->times, endless));
        std::size_t labels = 0;
        for (const Repeated& one : group)
            if (one.rework != worst->rework && labels++ < most_labels)
                report.label(one.rework->rate_range, fmt::format("and this {} times", times_text(one.times, endless)));
        report.help(fmt::format(
            "write the actual share of the items, or `rework {} once {}` if it happens at most once to an item{}{}",
            format_exactly(worst->rework->rate), worst->on_the_spot ? "{ … }" : "to …",
            group.size() > 1 ? "; rates of loops that overlap multiply" : "",
            endless ? "; until then there are no expected times" : ""));
    }

    static constexpr std::size_t most_labels = 3;
    const LintInput& input_;
    Reporter& reporter_;
    std::set<SourceRange> told_;
};

void check(const LintInput& input, Reporter& reporter) {
    Check rule(input, reporter);
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) { rule.run(id, stream); });
}

}  // namespace

extern const Rule nearly_endless_rework;
const Rule nearly_endless_rework{
    .code = diag::nearly_endless_rework.code,
    .what = "A step that sends each item back, or repairs it, ten times or more on average.",
    .why = "Rework repeats: at a rate of 99 % an item comes back 99 times before it goes on, and if two steps send "
           "items to each other, their rates multiply. Nearly always a digit is wrong, or each item should come back "
           "once, which is written with `once`. All expected figures depend on it; if an item would come back over a "
           "thousand million times, there are none at all.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d }
  step build "Build" { kind: automated, process: 12min, lead: 20min }
  step test "Test" { rework 99% to review, process: 3h, lead: 2d }
  step deploy "Deploy" { process: 30min, lead: 4h }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d }
  step build "Build" { kind: automated, process: 12min, lead: 20min }
  step test "Test" { rework 9.9% to review, process: 3h, lead: 2d }
  step deploy "Deploy" { process: 30min, lead: 4h }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
