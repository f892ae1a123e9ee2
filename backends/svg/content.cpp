#include "backends/svg/content.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "backends/support/facts.h"
#include "backends/support/property_facts.h"
#include "backends/svg/blocks.h"
#include "backends/svg/text_fit.h"
#include "base/text.h"
#include "runtime/figures/load.h"
#include "runtime/reports/metrics/report_table.h"
#include "runtime/rework/rework.h"

namespace vsm::backends::svg {
namespace {

using ir::ElementId;

constexpr double wait_width = 104;
constexpr double terminal_padding = 12;
constexpr double widest_terminal = 200;
constexpr std::size_t most_title_lines = 8;

bool is_leaf(const ir::Element& element) {
    return !std::holds_alternative<ir::Branch>(element.what) && children_of(element).empty();
}

std::string box_time(const ir::ResolvedTime& time, const Calendar& calendar) {
    return time.known ? short_time(time, calendar) : "?";
}

/// A property in the few letters that a box has room for.
std::string box_text(const BackendInput&, const std::optional<ir::Quality>& quality) {
    if (!quality) return "";
    switch (quality->state) {
        case ir::Quality::State::unknown: return "?";
        case ir::Quality::State::not_applicable: return "n/a";
        case ir::Quality::State::known: break;
    }
    return short_quality(*quality);
}
std::string box_text(const BackendInput&, std::int64_t count) { return count == 1 ? "" : fmt::format("{}", count); }
template <class Member>
std::string box_text(const BackendInput& input, const Member& member) {
    return PropertyText(input).of(member);
}

class DataBox {
public:
    void add(std::string_view label, std::string_view value) {
        if (!value.empty()) lines_.push_back({std::string(label), std::string(value), false});
    }
    void add(properties::Id id, std::string_view value) { add(properties::row_of(id).box, value); }
    std::vector<DataLine> take() { return std::move(lines_); }

private:
    std::vector<DataLine> lines_;
};

/// Moves a value that does not fit beside its label to the lines below.
std::vector<DataLine> laid_out(const std::vector<DataLine>& data) {
    constexpr double room = box_width - 2 * box_padding, apart = 6;
    constexpr std::size_t most_lines = 3;
    std::vector<DataLine> lines;
    for (const DataLine& one : data) {
        if (text_width(one.label, data_size) + apart + text_width(one.value, data_size, Weight::bold) <= room) {
            lines.push_back(one);
            continue;
        }
        if (!one.label.empty()) lines.push_back({fitted(one.label, room, data_size), "", false});
        for (std::string& line : wrapped(one.value, room, data_size, most_lines, Weight::bold))
            lines.push_back({"", std::move(line), one.changed});
    }
    return lines;
}

/// Whether the map states no times at all; they are not shown as unknown then.
bool only_named(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    return !runtime::states_times(input.stream(), metrics);
}

/// Whether a step's data box shows its lead time, which the map states, rather than its wait, which follows from it and
/// is shown at the triangle.
bool told_by_lead(const ir::Element& element) {
    const auto* step = ir::step_of(element);
    return step != nullptr && step->timings.lead.has_value();
}

std::vector<DataLine> data_of(const BackendInput& input, ElementId id, const ir::Step& step, bool by_lead, bool timed) {
    const ir::Element& element = input.stream().elements[id];
    const ir::ResolvedTimings& times = input.model.facts(input.stream_id).elements[id].timings;
    const Calendar& calendar = input.stream().calendar;
    using properties::Id;
    DataBox box;
    const bool asked = !times.process.known || !times.wait.known;
    if (timed && play_of(input, id).lead_alone && !asked) {
        box.add(Id::Timings_lead, box_time(times.lead, calendar));
    } else if (timed) {
        box.add(Id::Timings_process, box_time(times.process, calendar));
        if (!by_lead || (asked && step.timings.wait)) box.add(Id::Timings_wait, box_time(times.wait, calendar));
        if (by_lead) box.add(Id::Timings_lead, box_time(times.lead, calendar));
    }
    ir::each_property(step, [&]<class Row>(Row, const auto& member) {
        if constexpr (!Row::row.box.empty()) box.add(Row::row.box, box_text(input, member));
    });
    for (const ir::Extra& extra : element.extras) box.add(extra.name.value.substr(2), list_text(extra.values));
    return box.take();
}

/// The remaining elements that the edits of a future's kaizen name.
std::vector<ElementId> edited_by(const ir::Stream& stream, std::size_t kaizen) {
    std::vector<ElementId> edited;
    for (const ir::Edit& edit : stream.future->edits) {
        if (edit.kaizen != kaizen) continue;
        for (std::size_t i = 0; i < stream.elements.size(); ++i)
            if (!edit.element.empty() && stream.elements[stream.elements.id_at(i)].name.value == edit.element)
                edited.push_back(stream.elements.id_at(i));
    }
    return edited;
}

std::vector<Burst> bursts_of(const ir::Stream& stream) {
    std::vector<Burst> bursts;
    for (std::size_t i = 0; i < stream.remarks.kaizens.size(); ++i) {
        const ir::Kaizen& kaizen = stream.remarks.kaizens[i];
        bursts.push_back({&kaizen, {}});
        if (kaizen.on.valid()) {
            bursts.back().on = {kaizen.on};
        } else if (stream.future) {
            bursts.back().on = edited_by(stream, i);
        }
    }
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ElementId id = stream.elements.id_at(i);
        for (const ir::Kaizen& kaizen : stream.elements[id].remarks.kaizens)
            bursts.push_back({&kaizen, {kaizen.on.valid() ? kaizen.on : id}});
    }
    return bursts;
}

/// Everything that is shown of a leaf, as a key for comparing leaves.
std::string told(const Content& content) {
    std::string text =
        fmt::format("{}|{}|{}|{}", fmt::join(content.title, " "), content.team, content.kind, content.wait);
    for (const DataLine& line : content.data) text += fmt::format("|{}|{}", line.label, line.value);
    return text;
}

/// The box of a role (trigger, supplier, customer) and its text.
Content terminal(std::string_view role, std::string_view text) {
    Content content;
    content.kind = role;
    const double words = std::min(longest_word(text, title_size, Weight::bold) + 1, widest_terminal - terminal_padding);
    content.width = std::max(terminal_box, words + terminal_padding);
    content.title = wrapped(text, content.width - terminal_padding, title_size, most_title_lines, Weight::bold);
    content.full = text.empty() ? std::string(role) : fmt::format("{}: {}", role, text);
    return content;
}

/// Shows changed values as `3h → 20min`, or the old value on the next line if both do not fit.
void show_changes(Content& content, const Content& before) {
    content.team_changed = content.team != before.team;
    std::vector<DataLine> shown;
    for (DataLine& line : content.data) {
        shown.push_back(line);
        const auto old = std::find_if(before.data.begin(), before.data.end(),
                                      [&](const DataLine& one) { return one.label == line.label; });
        if (old != before.data.end() && old->value == line.value) continue;
        shown.back().changed = true;
        if (old == before.data.end()) continue;
        const std::string both = fmt::format("{} → {}", old->value, line.value);
        if (text_width(both, data_size, Weight::bold) + text_width(line.label, data_size) + 4 <=
            box_width - 2 * box_padding) {
            shown.back().value = both;
        } else {
            shown.push_back({"", "was " + old->value, true});
        }
    }
    for (const DataLine& old : before.data) {
        const bool there = std::any_of(content.data.begin(), content.data.end(),
                                       [&](const DataLine& one) { return one.label == old.label; });
        if (!there) shown.push_back({old.label, "was " + old.value, true});
    }
    content.data = std::move(shown);
    content.full += " Before: " + before.full;
}

}  // namespace

Contents::Contents(const BackendInput& input, const runtime::StreamMetrics& metrics, std::optional<ir::StreamId> beside)
    : input_(input), stream_(input.stream()), metrics_(metrics), held_up_by_(runtime::held_up_by(metrics)),
      busiest_teams_(runtime::busiest_teams(metrics)), bursts_(bursts_of(stream_)) {
    for (std::size_t i = 0; i < stream_.elements.size(); ++i) {
        marks_.add(Mark::none);
        bursts_on_.add({});
    }
    for (std::size_t i = 0; i < bursts_.size(); ++i)
        for (const ElementId id : bursts_[i].on) bursts_on_[id].push_back(i + 1);
    if (!beside) return;
    const BackendInput other{input_.model, *beside, input_.options, input_.measured};
    const runtime::StreamMetrics figures = input_.figures(*beside);
    compare_with(Contents(other, figures, std::nullopt));
}

Content Contents::of(ElementId id) const {
    const auto changed = changed_.find(id);
    Content content = changed != changed_.end() ? changed->second : unmarked(id);
    content.mark = marks_[id];
    content.data = laid_out(content.data);
    content.hot = holds_up(id);
    content.tags = tags(id);
    return content;
}

bool Contents::holds_up(ElementId id) const {
    return std::find(held_up_by_.begin(), held_up_by_.end(), id) != held_up_by_.end();
}

std::vector<Tag> Contents::tags(ElementId id) const {
    std::vector<Tag> all;
    for (const std::size_t number : bursts_on_[id]) all.push_back({fmt::format("{}", number), number, false});
    switch (marks_[id]) {
        case Mark::added: all.push_back({"new", 0, false}); break;
        case Mark::changed: all.push_back({"changed", 0, false}); break;
        case Mark::removed: all.push_back({"removed", 0, false}); break;
        case Mark::none: break;
    }
    if (const auto part = part_of_lead_time(metrics_, id); part && holds_up(id))
        all.push_back(
            {fmt::format(fmt::runtime(metrics_.expected.lead_time.known ? "longest, {}%" : "{}% of the known"),
                         percent_digits(*part)),
             0, true});
    if (auto busiest = busiest_tag(id)) all.push_back(std::move(*busiest));
    return all;
}

/// A tag on the busiest step, or on all steps of the busiest team. None below 50 % utilization u: there, items wait
/// less than the work itself takes (M/M/1: the wait is u / (1 - u) times the work), so nothing is held up.
std::optional<Tag> Contents::busiest_tag(ElementId id) const {
    constexpr double holds_up = 0.5;
    const auto tag = [&](std::string_view who, double utilization) {
        const std::string_view words =
            metrics_.load.open.empty() ? who : "busiest known";  // too narrow for `of those known`
        return utilization < holds_up
                   ? std::nullopt
                   : std::optional(Tag{fmt::format("{}, {}%", words, percent_digits(utilization)), 0, true});
    };
    const auto* step = ir::step_of(stream_.elements[id]);
    if (step == nullptr) return std::nullopt;
    if (runtime::is_busiest(stream_, metrics_, id)) return tag("busiest", *metrics_.elements[id].utilization);
    const bool of_busiest = std::any_of(step->teams.begin(), step->teams.end(), [&](ir::TeamId team) {
        return std::find(busiest_teams_.begin(), busiest_teams_.end(), team) != busiest_teams_.end();
    });
    return of_busiest ? tag("busiest team", *runtime::highest_utilization(metrics_)) : std::nullopt;
}

Content Contents::unmarked(ElementId id) const { return unmarked(id, told_by_lead(stream_.elements[id])); }

Content Contents::unmarked(ElementId id, bool by_lead) const {
    const ir::Element& element = stream_.elements[id];
    Content content;
    content.full = fmt::format("{}. {}", called(element), joined(facts_of(input_, metrics_, id), "; "));
    if (const auto* step = ir::step_of(element)) {
        const double room = box_width - 2 * box_padding;
        content.title = wrapped(called(element), room, title_size, most_title_lines, Weight::bold);
        content.team = fitted(teams_of(input_, step->teams), room, data_size);
        if (step->kind != ir::StepKind::manual) content.kind = name_of(step->kind);
        const bool timed = !only_named(input_, metrics_);
        content.data = data_of(input_, id, *step, by_lead, timed);
        if (!timed) return content;
        const ir::ResolvedTimings& times = input_.model.facts(input_.stream_id).elements[id].timings;
        const ir::ResolvedTime& wait = times.wait;
        const bool own =
            (times.process.known && play_of(input_, id).lead_alone) ? false : !wait.known || wait.spread.mean > 0;
        if (own) content.wait = box_time(wait, stream_.calendar);
        return content;
    }
    const runtime::TimeFigure& time = metrics_.elements[id].lead_time;
    content.wait = time.known ? short_wait(input_, metrics_, id) : "?";
    if (const auto* queue = std::get_if<ir::Queue>(&element.what))
        content.team = fmt::format("{} items", format_number(queue->items.value()));
    if (!element.title.value.empty() || !element.name.value.empty())
        content.title = wrapped(called(element), wait_width, data_size, most_title_lines);
    return content;
}

double Contents::share(ElementId branch) const {
    return input_.model.facts(input_.stream_id).elements[branch].branch_share;
}

/// Whether the element is off the timeline and its parent is not.
bool Contents::leaves_timeline(ElementId id) const {
    const ElementId parent = stream_.elements[id].parent;
    const auto off = [&](ElementId one) { return metrics_.elements[one].on_timeline == runtime::OnTimeline::no; };
    return off(id) && (!parent.valid() || !off(parent));
}

std::string Contents::caption(ElementId lane, bool choose) const {
    const ir::Element& element = stream_.elements[lane];
    const bool branch = std::holds_alternative<ir::Branch>(element.what);
    std::string text;
    if (choose) text = percent_digits(share(lane)) + "%";
    if (branch && (!element.title.value.empty() || !element.name.value.empty()))
        text += fmt::format("{}{}", text.empty() ? "" : " ", called(element));
    if (const auto before = share_before_.find(lane); before != share_before_.end())
        text += fmt::format(" (was {}%)", percent_digits(before->second));
    if (!leaves_timeline(lane)) return text;
    const std::string_view off =
        runtime::is_longest_with_rework(stream_, metrics_, lane) ? "longest with rework" : "off the timeline";
    return text.empty() ? std::string(off) : fmt::format("{} ({})", text, off);
}

Content Contents::beginning() const {
    const std::string &supplier = stream_.supplier.value, &trigger = stream_.trigger.value;
    if (supplier.empty()) return terminal(trigger.empty() ? "Start" : "Trigger", trigger);
    Content content = terminal("Supplier", supplier);
    if (trigger.empty()) return content;
    const Content second = terminal("Trigger", trigger);
    content.width = std::max(content.width, second.width);
    content.second_kind = second.kind;
    content.second_title = second.title;
    content.full += "; " + second.full;
    return content;
}

Content Contents::end() const {
    return terminal(stream_.customer.value.empty() ? "End" : "Customer", stream_.customer.value);
}

/// Compares with the other stream. Named elements match by name, ignoring case; unnamed leaves match if everything
/// shown of them is equal.
void Contents::compare_with(const Contents& other) {
    const Mark unlike = stream_.future ? Mark::added : Mark::removed;
    std::map<std::string, ElementId> named;
    std::map<std::string, std::size_t> nameless;
    const auto& elements = other.stream_.elements;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const ElementId id = elements.id_at(i);
        if (!elements[id].name.value.empty()) {
            named.emplace(lower_case(elements[id].name.value), id);
        } else if (is_leaf(elements[id])) {
            ++nameless[told(other.unmarked(id))];
        }
    }
    for (std::size_t i = 0; i < stream_.elements.size(); ++i) {
        const ElementId id = stream_.elements.id_at(i);
        const ir::Element& element = stream_.elements[id];
        if (element.name.value.empty()) {
            if (!is_leaf(element)) continue;
            std::size_t& left = nameless[told(unmarked(id))];
            if (left == 0) marks_[id] = unlike;
            left -= left == 0 ? 0 : 1;
            continue;
        }
        const auto found = named.find(lower_case(element.name.value));
        if (found == named.end()) {
            marks_[id] = unlike;
        } else if (stream_.future && is_leaf(element)) {
            const bool by_lead = told_by_lead(element) && told_by_lead(elements[found->second]);
            Content then = other.unmarked(found->second, by_lead), now = unmarked(id, by_lead);
            if (told(then) == told(now)) continue;
            marks_[id] = Mark::changed;
            show_changes(now, then);
            changed_.emplace(id, std::move(now));
        } else if (stream_.future && std::holds_alternative<ir::Branch>(element.what) &&
                   other.share(found->second) != share(id)) {
            share_before_.emplace(id, other.share(found->second));
        }
    }
    if (stream_.future) note_removed(other);
}

void Contents::note_removed(const Contents& base) {
    std::set<std::string> kept;
    for (const ir::Element& element : stream_.elements)
        if (!element.name.value.empty()) kept.insert(lower_case(element.name.value));
    const auto gone = [&](ElementId id) {
        const std::string& name = base.stream_.elements[id].name.value;
        return !name.empty() && !kept.contains(lower_case(name));
    };
    for (std::size_t i = 0; i < base.stream_.elements.size(); ++i) {
        const ElementId id = base.stream_.elements.id_at(i), parent = base.stream_.elements[id].parent;
        if (gone(id) && !(parent.valid() && gone(parent))) removed_.push_back(called(base.stream_.elements[id]));
    }
}

}  // namespace vsm::backends::svg
