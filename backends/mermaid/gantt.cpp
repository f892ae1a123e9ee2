#include "backends/mermaid/gantt.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "backends/mermaid/label.h"
#include "backends/support/facts.h"

namespace vsm::backends::mermaid {
namespace {

using ir::Body;
using ir::Element;
using ir::ElementId;

// In UTF-16 units. A label that fits on neither side of its bar overflows the picture in Mermaid.
constexpr std::size_t longest_label = 84;
constexpr std::size_t shortest_name = 16;    ///< the least that remains of an element's name
constexpr std::size_t longest_section = 24;  ///< the width beside the bars
constexpr std::size_t longest_way = 20;      ///< a branch name in front of an element's name
constexpr std::size_t longest_head = 112;    ///< the whole title
constexpr std::size_t shortest_head = 16;    ///< the least that remains of the stream's name

// A fixed width: at the page's width, clipping of long labels would depend on the reader's window.
constexpr std::string_view settings = "%%{init: {\"gantt\": {\"useWidth\": 1280, \"leftPadding\": 200, "
                                      "\"rightPadding\": 60, \"topPadding\": 60, \"barHeight\": 22, "
                                      "\"fontSize\": 13, \"sectionFontSize\": 13}}}%%\n";

/// The unit of the axis. One unit is one second on the chart's clock, since Mermaid can print seconds from zero in any
/// time zone.
struct AxisUnit {
    std::string_view name;
    double microseconds;
};

AxisUnit axis_unit(double total, const Calendar& calendar) {
    constexpr double enough = 3;
    for (const TimeUnit unit : {TimeUnit::day, TimeUnit::hour, TimeUnit::minute}) {
        const auto length = static_cast<double>(length_of(unit, calendar).microseconds);
        if (total >= enough * length) return {name_of(unit), length};
    }
    return {name_of(TimeUnit::second), static_cast<double>(microseconds_per_second)};
}

/// The interval of the axis's grid lines, so that there are at most 12; empty for Mermaid's default.
std::string tick_interval(double units) {
    constexpr double most = 12;
    for (const auto& [name, length] : {std::pair{"second", 1}, std::pair{"minute", 60}})
        for (const int step : {1, 2, 5, 10, 15, 30})
            if (units <= most * step * length) return fmt::format("{}{}", step, name);
    return "";
}

enum class Look { wait, work, both };

struct Bar {
    Look look = Look::both;
    double start = 0;              ///< microseconds of working time
    std::optional<double> length;  ///< nothing for a milestone
    bool constraint = false;
};

/// Names of the surroundings of a place, outermost first; the two innermost identify it.
using Names = std::vector<std::string>;

Names with(Names names, std::string name) {
    names.push_back(std::move(name));
    return names;
}

Names inner(const Names& names) {
    if (names.size() < 3) return names;
    return {"… " + names[names.size() - 2], names.back()};
}

/// The stages around a place, and the branches of parallels and chooses that lead to it.
struct Where {
    Names stages;
    Names ways;

    std::string way() const {
        std::string text;
        for (const std::string& name : inner(ways)) text += name + " › ";
        return text;
    }
};

class Gantt {
public:
    Gantt(const BackendInput& input, const runtime::StreamMetrics& metrics)
        : input_(input), stream_(input.stream()), metrics_(metrics), total_(metrics.mean.lead_time.microseconds),
          unit_(axis_unit(total_, stream_.calendar)),
          any_stage_(std::any_of(stream_.elements.begin(), stream_.elements.end(),
                                 [](const Element& one) { return std::holds_alternative<ir::Stage>(one.what); })) {}

    std::string draw() {
        milestone("Trigger", 0, stream_.trigger.value.empty() ? "Start" : stream_.trigger.value);
        body(stream_.body, 0, {});
        milestone("Customer", total_, stream_.customer.value.empty() ? "End" : stream_.customer.value);
        return std::string(settings) + head() + tasks_;
    }

private:
    const Element& element(ElementId id) const { return stream_.elements[id]; }
    const ir::ElementFacts& facts(ElementId id) const { return input_.model.facts(input_.stream_id).elements[id]; }
    static bool named(const Element& one) { return !one.title.value.empty() || !one.name.value.empty(); }

    std::string head() const {
        std::string totals;
        for (const Fact& fact : totals_of(input_, metrics_))
            totals += fmt::format("{}{} {}", totals.empty() ? " · " : ", ", fact.label, fact.text);
        const std::size_t room = longest_head - std::min(longest_head, utf16_units(totals));
        const std::string title = cut(called(stream_), std::max(shortest_head, room)) + totals;
        std::string text = "gantt\n    title " + coded_line(title) + "\n    dateFormat x\n";
        text += fmt::format("    axisFormat %s {}\n", unit_.name);
        const std::string ticks = tick_interval(total_ / unit_.microseconds);
        if (!ticks.empty()) text += fmt::format("    tickInterval {}\n", ticks);
        return text + "    todayMarker off\n";
    }

    void milestone(std::string_view section, double at, std::string_view text) {
        enter({std::string(section)});
        bar({Look::both, at, {}}, cut(text, longest_label));
    }

    /// Sets the section of the next bars.
    void enter(const Names& names) {
        if (names != section_) section_written_ = false;
        section_ = names;
    }

    /// Writes the section head unless it is already written. Mermaid merges sections with equal names, so repeated ones
    /// are numbered.
    void write_section() {
        if (section_written_) return;
        section_written_ = true;
        std::string text;
        for (const std::string& name : inner(section_))
            text += text.empty() ? coded_head(name) : coded_line(" /") + "<br/>" + coded_line(name);
        std::string section = text;
        for (std::size_t& times = sections_[text]; !taken_.insert(section).second;)
            section = text + coded_line(fmt::format(" ({})", ++times + 1));
        tasks_ += "    section " + section + "\n";
    }

    /// A point in time on Mermaid's clock, in its milliseconds.
    long long moment(double microseconds) const { return std::llround(microseconds / unit_.microseconds * 1000); }

    void bar(const Bar& one, std::string_view text) {
        write_section();
        std::string tags;
        if (one.constraint) tags += "crit, ";
        if (!one.length) {
            tags += "milestone, ";
        } else if (one.look != Look::both) {
            tags += one.look == Look::wait ? "done, " : "active, ";
        }
        const long long start = moment(one.start);
        const long long end = moment(one.start + one.length.value_or(0));
        tasks_ += fmt::format("    {} :{}{}, {}ms\n", coded_head(text), tags, start, end - start);
    }

    void enter_stages(const Where& where) {
        enter(where.stages.empty() ? Names{any_stage_ ? "No stage" : "Steps"} : where.stages);
    }

    void body(const Body& body, double start, const Where& where) {
        const auto before = ir::reduced_predecessors(stream_, body);
        std::map<ElementId, const std::vector<ElementId>*> predecessors;
        for (std::size_t i = 0; i < body.elements.size(); ++i) predecessors[body.elements[i]] = &before[i];
        std::map<ElementId, double> end;
        for (const ElementId id : ir::topological_order(stream_, body)) {
            double from = start;
            for (const ElementId one : *predecessors[id]) from = std::max(from, end[one]);
            enter_stages(where);
            ir::visit([&](const auto& what) { place(id, what, from, where); }, element(id));
            end[id] = from + metrics_.elements[id].lead_time.microseconds;
        }
    }

    void place(ElementId id, const ir::Step& step, double start, const Where& where) {
        const ir::ResolvedTimings& times = facts(id).timings;
        const auto name = [&](const std::string& rest) { return label(where, called(element(id)), rest); };
        if (play_of(input_, id).lead_alone) {
            const bool asked = !times.process.known || !times.wait.known;
            timed({Look::both, start, {}, limits(id)}, times.lead, name, "lead ",
                  (asked ? ", process ?, wait ?" : "") + part_of(id));
        } else if (nothing_known(times.wait) && nothing_known(times.process)) {
            bar({Look::both, start, {}}, name(", process ?, wait ?"));
        } else {
            const bool waits_most = times.wait.spread.mean > times.process.spread.mean;
            if (!times.wait.known || times.wait.spread.mean > 0)
                timed({Look::wait, start, {}, limits(id)}, times.wait, name, "wait ", waits_most ? part_of(id) : "");
            timed({Look::work, start + times.wait.spread.mean, {}, limits(id)}, times.process, name,
                  times.process.known ? "" : "process ", waits_most ? "" : part_of(id));
        }
        const double end = start + metrics_.elements[id].lead_time.microseconds;
        for (const ir::Rework& rework : step.reworks)
            bar({Look::both, end, {}}, where.way() + cut(rework_text(input_, rework), longest_label));
    }

    static bool nothing_known(const ir::ResolvedTime& time) { return !time.known && time.spread.mean <= 0; }

    /// Adds a bar `NAME, BEFORE 45minAFTER` as long as the known part of the time, or a milestone if nothing is known.
    template <class Name>
    void timed(Bar one, const ir::ResolvedTime& time, Name name, std::string_view before, const std::string& after) {
        if (!nothing_known(time)) one.length = time.spread.mean;
        bar(one, name(fmt::format(", {}{}{}", before, time_text(time, stream_.calendar), after)));
    }

    /// Shortens the name if the label is too long, to keep the figures that follow it.
    static std::string label(const Where& where, std::string_view name, const std::string& rest) {
        const std::string way = where.way();
        const std::size_t used = std::min(longest_label - shortest_name, utf16_units(way) + utf16_units(rest));
        return way + cut(name, longest_label - used) + rest;
    }

    void place(ElementId id, const ir::Wait&, double start, const Where& where) {
        const auto name = [&](const std::string& rest) {
            return label(where, named(element(id)) ? called(element(id)) : "A wait", rest);
        };
        timed({Look::wait, start, {}, limits(id)}, facts(id).timings.wait, name, "wait ", part_of(id));
    }

    void place(ElementId id, const ir::Queue& queue, double start, const Where& where) {
        const double time = metrics_.elements[id].lead_time.microseconds;
        const std::string rest = fmt::format(", {} waiting, {}{}", format_number(queue.items.value()),
                                             format_duration(time, stream_.calendar), part_of(id));
        bar({Look::wait, start, time, limits(id)},
            label(where, named(element(id)) ? called(element(id)) : "A queue", rest));
    }

    void place(ElementId id, const ir::Stage& stage, double start, const Where& where) {
        body(stage.body, start, {with(where.stages, cut(called(element(id)), longest_section)), where.ways});
    }

    void place(ElementId, const ir::Parallel& parallel, double start, const Where& where) {
        for (const ElementId branch : parallel.branches) {
            const bool says = named(element(branch));
            const Names ways = says ? with(where.ways, cut(called(element(branch)), longest_way)) : where.ways;
            way(branch, start, {where.stages, ways});
        }
    }

    /// All branches start together; a milestone marks their mean end, where the next element starts.
    void place(ElementId id, const ir::Choose& choose, double start, const Where& where) {
        for (const ElementId branch : choose.branches) {
            std::string share = percent_digits(facts(branch).branch_share) + "%";
            if (named(element(branch))) share += " " + cut(called(element(branch)), longest_way);
            way(branch, start, {where.stages, with(where.ways, share)});
        }
        enter_stages(where);
        const runtime::TimeFigure& time = metrics_.elements[id].lead_time;
        const std::string over = time.known || time.microseconds > 0
                                     ? fmt::format(" is over after {} on average", at_least(time, stream_.calendar))
                                     : " is over after ?";
        bar({Look::both, start + time.microseconds, {}},
            label(where, named(element(id)) ? called(element(id)) : "One of these branches", over));
    }

    void place(ElementId id, const ir::Branch&, double start, const Where& where) { way(id, start, where); }

    void way(ElementId branch, double start, const Where& where) {
        const Body& inside = std::get<ir::Branch>(element(branch).what).body;
        if (!inside.elements.empty()) return body(inside, start, where);
        enter_stages(where);
        bar({Look::both, start, {}}, where.way() + "nothing to do");
    }

    bool limits(ElementId id) const { return is_constraint(input_, metrics_, id); }

    std::string part_of(ElementId id) const {
        const std::string text = constraint_text(input_, metrics_, id);
        return text.empty() ? text : ", " + text;
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    const double total_;
    const AxisUnit unit_;
    const bool any_stage_;
    Names section_;
    bool section_written_ = false;
    std::map<std::string, std::size_t> sections_;  ///< repetitions so far
    std::set<std::string> taken_;
    std::string tasks_;
};

}  // namespace

std::string draw_gantt(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    return Gantt(input, metrics).draw();
}

}  // namespace vsm::backends::mermaid
