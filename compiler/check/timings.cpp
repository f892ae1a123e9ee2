#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "compiler/check/all_checks.h"
#include "diag/check.h"

namespace vsm::check {
namespace {

/// Half a microsecond: times are whole microseconds, but means and percentiles of distributions are not.
constexpr double tolerance = 0.5;

using ir::ResolvedTime;
using ir::ResolvedTimings;
using ir::Spread;

ResolvedTime resolve(const ir::Time& time) {
    if (!time.value) return {{}, false};
    const bool no_bounds =
        std::holds_alternative<ir::Exponential>(*time.value) || std::holds_alternative<ir::Lognormal>(*time.value);
    return {spread_of(*time.value), true, time.guess, no_bounds};
}

ResolvedTime sum(const ResolvedTime& a, const ResolvedTime& b) {
    return {{a.spread.mean + b.spread.mean, a.spread.low + b.spread.low, a.spread.high + b.spread.high},
            a.known && b.known,
            a.guess || b.guess,
            a.no_bounds || b.no_bounds};
}

/// a − b for mean, low and high; negative differences become zero.
ResolvedTime difference(const ResolvedTime& a, const ResolvedTime& b) {
    if (!a.known || !b.known) return {{}, false};
    const auto less = [](double x, double y) { return std::max(0.0, x - y); };
    return {{less(a.spread.mean, b.spread.mean), less(a.spread.low, b.spread.low), less(a.spread.high, b.spread.high)},
            true,
            a.guess || b.guess,
            a.no_bounds || b.no_bounds};
}

/// A lead time; if it is unknown, its known part as a lower bound.
ResolvedTime at_least(const ResolvedTime& lead, const ResolvedTime& part) {
    if (lead.known) return lead;
    return part.known ? ResolvedTime{part.spread, false, part.guess, part.no_bounds} : ResolvedTime{{}, false};
}

/// One of mean, low and high of two spreads.
struct End {
    double Spread::* end;
    double left, right;
    std::string_view where;  ///< for messages; empty if both are single values
};

/// The first of mean, low and high for which two spreads are in a wrong relation.
template <class Wrong>
std::optional<End> first_end(const Spread& left, const Spread& right, const Wrong& wrong) {
    const bool single = left.low == left.high && right.low == right.high;
    for (const auto& [end, where] :
         {std::pair(&Spread::mean, " on average"), std::pair(&Spread::low, " at the low end"),
          std::pair(&Spread::high, " at the high end")})
        if (wrong(left.*end, right.*end)) return End{end, left.*end, right.*end, single ? "" : where};
    return std::nullopt;
}

struct Owner {
    std::string_view what;  ///< for messages, before the label
    std::string_view label;
    SourceRange range;  ///< where diagnostics point
    bool lead_alone = false;
    bool damaged = false;
    SourceRange block;  ///< of the properties; invalid if there is none

    std::string name() const { return fmt::format("{} `{}`", what, label); }
};

bool has_times(const ir::Element& element) {
    const auto* step = ir::step_of(element);
    return step != nullptr && (step->timings.process || step->timings.wait || step->timings.lead);
}

class TimingCheck {
public:
    TimingCheck(const ir::Stream& stream, Diagnostics& diagnostics) : stream_(stream), diagnostics_(diagnostics) {}

    ResolvedTimings run(const ir::Timings& t, const Owner& owner) {
        ResolvedTimings resolved;
        const int given = (t.process ? 1 : 0) + (t.wait ? 1 : 0) + (t.lead ? 1 : 0);
        if (given < 2 && !(owner.lead_alone && t.lead)) {
            if (!owner.damaged) report_missing(t, owner);
            return resolved;
        }
        if (t.process) resolved.process = resolve(*t.process);
        if (t.wait) resolved.wait = resolve(*t.wait);
        if (t.lead) resolved.lead = resolve(*t.lead);
        const bool ordered = owner.damaged || !t.process || !t.lead || check_order(t, resolved, owner);
        if (given == 3 && !owner.damaged && ordered) check_sum(t, resolved);
        if (!t.lead) resolved.lead = sum(resolved.process, resolved.wait);
        // Lead alone (an external step): nobody in the stream works on it.
        if (!t.process && !t.wait) resolved.wait = resolved.lead;
        if (!t.process && t.wait && t.lead) resolved.process = minus(resolved.lead, resolved.wait, t, owner);
        if (!t.wait && t.process) resolved.wait = difference(resolved.lead, resolved.process);
        if (!resolved.lead.known) resolved.lead = at_least(resolved.lead, sum_known(resolved));
        return resolved;
    }

private:
    static ResolvedTime sum_known(const ResolvedTimings& t) {
        ResolvedTime known = sum(t.process.known ? t.process : ResolvedTime{}, t.wait.known ? t.wait : ResolvedTime{});
        known.known = true;
        return known;
    }

    std::string text(double microseconds) const {
        return format_duration(std::max(0.0, microseconds), stream_.calendar);
    }

    void report_missing(const ir::Timings& t, const Owner& owner) {
        const std::string_view has = t.process ? "a process time but neither wait nor lead time"
                                     : t.wait  ? "a wait but neither process nor lead time"
                                     : t.lead  ? "a lead time but neither process nor wait"
                                               : "no times";
        const std::string_view help =
            t.process
                ? "add `lead: …` (wait + process) or `wait: …` (time before it starts); `lead: ?` if nobody knows yet"
            : t.wait || t.lead ? "add `process: …` (hands-on time); `process: ?` if nobody knows yet"
                               : "give two of `process` (hands-on), `wait` (before it starts) and `lead` (their sum); "
                                 "`?` if nobody knows yet";
        auto report = diagnostics_.report(diag::missing_timing, owner.range, owner.name(), has);
        const ir::Time* only = t.process ? &*t.process : t.wait ? &*t.wait : t.lead ? &*t.lead : nullptr;
        if (only != nullptr) report.label(only->range, "only this is given");
        report.help(std::string(help));
        // In a future, a missing time may have been removed on purpose, elsewhere.
        if (stream_.future) return;
        if (only != nullptr) {
            report.fix({only->range.file, only->range.end, only->range.end}, t.process ? ", lead: ?" : ", process: ?");
        } else if (owner.block.valid()) {
            report.fix({owner.block.file, owner.block.begin + 1, owner.block.begin + 1}, " process: ?, lead: ?,");
        }
    }

    /// Reports a process time that is longer than the lead time, and returns false then.
    bool check_order(const ir::Timings& t, const ResolvedTimings& resolved, const Owner& owner) {
        if (!resolved.process.known || !resolved.lead.known) return true;
        const auto over = first_end(resolved.process.spread, resolved.lead.spread,
                                    [](double process, double lead) { return process > lead + tolerance; });
        if (!over) return true;
        diagnostics_
            .report(diag::process_over_lead, t.process->range, text(over->left), owner.name(), text(over->right),
                    over->where)
            .label(t.lead->range, "the lead time includes the process time")
            .help("lead is the time from available to handed on; write the hands-on time as `process`, and "
                  "waiting before it as `wait`");
        return false;
    }

    /// The process time from wait and lead. Reports a wait that is longer than the lead time.
    ResolvedTime minus(const ResolvedTime& lead, const ResolvedTime& wait, const ir::Timings& t, const Owner& owner) {
        if (!lead.known || !wait.known) return {{}, false};
        if (const auto over =
                first_end(wait.spread, lead.spread, [](double w, double l) { return w > l + tolerance; })) {
            diagnostics_
                .report(diag::wait_over_lead, t.wait->range, text(over->left), owner.name(), text(over->right),
                        over->where)
                .label(t.lead->range, "the lead time includes the wait")
                .help("lead is the time from available to handed on: wait + process");
        }
        return difference(lead, wait);
    }

    void check_sum(const ir::Timings& t, const ResolvedTimings& resolved) {
        if (!resolved.process.known || !resolved.wait.known || !resolved.lead.known) return;
        const Spread &process = resolved.process.spread, &wait = resolved.wait.spread;
        const Spread made = sum(resolved.process, resolved.wait).spread;
        const auto apart =
            first_end(made, resolved.lead.spread, [](double a, double b) { return std::fabs(a - b) > tolerance; });
        if (!apart) return;
        diagnostics_
            .report(diag::timings_disagree, t.lead->range, text(process.*apart->end), text(wait.*apart->end),
                    text(apart->left), text(apart->right), apart->where)
            .label(t.process->range, "process")
            .label(t.wait->range, "wait")
            .help("two of the three are enough: remove the one that is not measured");
    }

    const ir::Stream& stream_;
    Diagnostics& diagnostics_;
};

}  // namespace

void check_timings(const ir::Stream& stream, ir::StreamFacts& facts, Diagnostics& diagnostics) {
    TimingCheck timing(stream, diagnostics);
    // A map of names whose `timings: unknown` could not be parsed.
    const bool names_only = stream.damaged && std::none_of(stream.elements.begin(), stream.elements.end(), has_times);
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ir::ElementId id = stream.elements.id_at(i);
        const ir::Element& element = stream.elements[id];
        ir::ElementFacts& own = facts.elements[id];
        if (const auto* wait = std::get_if<ir::Wait>(&element.what)) {
            own.timings.wait = own.timings.lead = resolve(wait->time);
            continue;
        }
        const auto* step = ir::step_of(element);
        if (step == nullptr) continue;
        own.timings = timing.run(step->timings, {keyword_of(element), element.label, element.range,
                                                 step->kind == ir::StepKind::external, element.damaged || names_only,
                                                 element.block_range});
        for (const ir::Rework& rework : step->reworks) {
            const auto* repair = std::get_if<ir::Repair>(&rework.to);
            own.repairs.push_back(
                repair == nullptr
                    ? ResolvedTimings{}
                    : timing.run(repair->timings,
                                 {"the rework of", element.label, rework.target_range, false, element.damaged, {}}));
        }
    }
}

}  // namespace vsm::check
