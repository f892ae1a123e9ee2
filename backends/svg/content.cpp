#include "backends/svg/content.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "backends/support/facts.h"
#include "backends/svg/text_fit.h"
#include "base/text.h"

namespace vsm::backends::svg {
namespace {

using ir::ElementId;

constexpr double wait_width = 104;
constexpr double terminal_width = 92;

bool is_leaf(const ir::Element& element) { return !std::holds_alternative<ir::Branch>(element.what) && children_of(element).empty(); }

std::string short_time(const ir::ResolvedTime& time, const Calendar& calendar) {
    return time.known ? format_duration(time.spread.mean, calendar) : "?";
}

std::string list_text(const std::vector<std::string>& items) { return fmt::format("{}", fmt::join(items, ", ")); }

std::string quality_text(const ir::Quality& quality) {
    switch (quality.state) {
        case ir::Quality::State::unknown: return "?";
        case ir::Quality::State::not_applicable: return "n/a";
        case ir::Quality::State::known: break;
    }
    return (quality.guess ? "~" : "") + percent_digits(quality.mean()) + "%";
}

class DataBox {
public:
    void add(std::string_view label, std::string_view value) {
        if (value.empty()) return;
        const std::string shown = fitted(label, box_width / 2 - box_padding, data_size);
        const double room = box_width - 2 * box_padding - text_width(shown, data_size) - 6;
        lines_.push_back({shown, fitted(value, room, data_size, Weight::bold)});
    }
    std::vector<DataLine> take() { return std::move(lines_); }

private:
    std::vector<DataLine> lines_;
};

/// A step of a map of names only: its times are not asked for.
bool only_named(const BackendInput& input, ElementId id) {
    const ir::ResolvedTimings& times = input.model.facts(input.stream).elements[id].timings;
    return input.map().timings_unknown && !times.process.known && !times.wait.known && !times.lead.known;
}

std::vector<DataLine> data_of(const BackendInput& input, ElementId id, const ir::Step& step) {
    const ir::Element& element = input.map().elements[id];
    const ir::ResolvedTimings& times = input.model.facts(input.stream).elements[id].timings;
    const Calendar& calendar = input.map().calendar;
    DataBox box;
    if (play_of(input, id).lead_alone) {
        box.add("LT", short_time(times.lead, calendar));
    } else if (!only_named(input, id)) {
        box.add("PT", short_time(times.process, calendar));
        box.add("Wait", short_time(times.wait, calendar));
    }
    if (step.quality) box.add("%C&A", quality_text(*step.quality));
    if (step.people) box.add("People", fmt::format("{}", *step.people));
    if (step.batch != 1) box.add("Batch", fmt::format("{}", step.batch));
    if (step.wip) box.add("WIP at most", fmt::format("{}", *step.wip));
    box.add("Tools", list_text(step.tools));
    for (const ir::Extra& extra : element.extras) box.add(extra.name.value.substr(2), list_text(extra.values));
    return box.take();
}

/// The elements that the edits of a future's kaizen name, as far as it still has them.
std::vector<ElementId> edited_by(const ir::Stream& stream, std::size_t kaizen) {
    std::vector<ElementId> edited;
    for (const ir::Edit& edit : stream.future->edits) {
        if (edit.kaizen != kaizen) continue;
        for (std::size_t i = 0; i < stream.elements.size(); ++i)
            if (!edit.element.empty() && stream.elements[stream.elements.id_at(i)].name.value == edit.element) edited.push_back(stream.elements.id_at(i));
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
        for (const ir::Kaizen& kaizen : stream.elements[id].remarks.kaizens) bursts.push_back({&kaizen, {kaizen.on.valid() ? kaizen.on : id}});
    }
    return bursts;
}

}  // namespace

Contents::Contents(const BackendInput& input, const runtime::StreamMetrics& metrics)
    : input_(input), stream_(input.map()), metrics_(metrics), bursts_(bursts_of(stream_)) {
    for (std::size_t i = 0; i < stream_.elements.size(); ++i) marks_.add(Mark::none);
    if (stream_.future) compare_with_base();
}

Content Contents::of(ElementId id) const {
    Content content = unmarked(id);
    content.mark = marks_[id];
    content.constraint = metrics_.time_constraint == id;
    const auto* busiest = metrics_.load.constraint ? std::get_if<ElementId>(&*metrics_.load.constraint) : nullptr;
    content.busiest = busiest != nullptr && *busiest == id;
    for (std::size_t i = 0; i < bursts_.size(); ++i)
        if (std::find(bursts_[i].on.begin(), bursts_[i].on.end(), id) != bursts_[i].on.end()) content.kaizens.push_back(i + 1);
    return content;
}

Content Contents::unmarked(ElementId id) const {
    const ir::Element& element = stream_.elements[id];
    Content content;
    content.full = fmt::format("{}. {}", called(element), joined(facts_of(input_, metrics_, id), "; "));
    if (const auto* step = std::get_if<ir::Step>(&element.what)) {
        const double room = box_width - 2 * box_padding;
        content.title = wrapped(called(element), room, title_size, 3, Weight::bold);
        content.team = fitted(teams_of(input_, step->teams), room, data_size);
        if (step->kind != ir::StepKind::manual) content.kind = name_of(step->kind);
        content.data = data_of(input_, id, *step);
        if (only_named(input_, id)) return content;
        const ir::ResolvedTime& wait = input_.model.facts(input_.stream).elements[id].timings.wait;
        const bool own = !play_of(input_, id).lead_alone && (!wait.known || wait.spread.mean > 0);
        if (own) content.wait = short_time(wait, stream_.calendar);
        return content;
    }
    const runtime::TimeFigure& time = metrics_.elements[id].lead_time;
    content.wait = time.known ? format_duration(time.microseconds, stream_.calendar) : "?";
    if (const auto* queue = std::get_if<ir::Queue>(&element.what)) content.team = fmt::format("{} items", format_number(queue->items.value()));
    if (!element.title.value.empty() || !element.name.value.empty()) content.title = wrapped(called(element), wait_width, data_size, 3);
    return content;
}

double Contents::share(ElementId branch) const { return input_.model.facts(input_.stream).elements[branch].branch_share; }

Content Contents::terminal(std::string_view role, std::string_view text) const {
    Content content;
    content.kind = role;
    content.title = wrapped(text, terminal_width - 12, title_size, 4, Weight::bold);
    content.full = text.empty() ? std::string(role) : fmt::format("{}: {}", role, text);
    return content;
}

void Contents::compare_with_base() {
    const BackendInput base{input_.model, stream_.future->of, input_.options};
    const runtime::StreamMetrics metrics = runtime::measure(input_.model, stream_.future->of);
    const ir::Stream& before = base.map();
    const Contents then(base, metrics);
    const auto told = [](const Content& content) {
        std::string text = fmt::format("{}|{}|{}|{}", fmt::join(content.title, " "), content.team, content.kind, content.wait);
        for (const DataLine& line : content.data) text += fmt::format("|{}|{}", line.label, line.value);
        return text;
    };
    std::map<std::string, std::string> named;
    std::map<std::string, std::size_t> nameless;
    for (std::size_t i = 0; i < before.elements.size(); ++i) {
        const ElementId id = before.elements.id_at(i);
        const ir::Element& element = before.elements[id];
        const std::string text = is_leaf(element) ? told(then.unmarked(id)) : std::string();
        if (!element.name.value.empty()) {
            named.emplace(lower_case(element.name.value), text);
        } else if (is_leaf(element)) {
            ++nameless[text];
        }
    }
    for (std::size_t i = 0; i < stream_.elements.size(); ++i) {
        const ElementId id = stream_.elements.id_at(i);
        const ir::Element& element = stream_.elements[id];
        const auto found = named.find(lower_case(element.name.value));
        if (!element.name.value.empty() && found != named.end()) {
            if (is_leaf(element) && found->second != told(unmarked(id))) marks_[id] = Mark::changed;
            named.erase(found);
        } else if (!element.name.value.empty()) {
            marks_[id] = Mark::added;
        } else if (is_leaf(element)) {
            std::size_t& left = nameless[told(unmarked(id))];
            if (left == 0) marks_[id] = Mark::added;
            left -= left == 0 ? 0 : 1;
        }
    }
    for (std::size_t i = 0; i < before.elements.size(); ++i) {
        const ir::Element& element = before.elements[before.elements.id_at(i)];
        if (!element.name.value.empty() && named.contains(lower_case(element.name.value))) removed_.push_back(called(element));
    }
}

}  // namespace vsm::backends::svg
