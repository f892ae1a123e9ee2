#include "backends/flow/flow_graph.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <utility>

#include "backends/support/facts.h"
#include "base/check.h"

namespace vsm::backends {
namespace {

using ir::Body;
using ir::Element;
using ir::ElementId;
using Kind = Picture::Kind;

/// The source of an arrow and its label.
struct Port {
    std::size_t node = 0;
    std::string label;  ///< may be empty
};
using Ports = std::vector<Port>;

constexpr std::size_t longest_title = 80;  ///< UTF-16 units; a longer one would dwarf the rest of the drawing

/// The lines of a box. Drops empty lines.
class Lines {
public:
    Lines& line(std::string text) {
        if (!text.empty()) lines_.push_back(std::move(text));
        return *this;
    }
    std::vector<std::string> take() { return std::move(lines_); }

private:
    std::vector<std::string> lines_;
};

Kind kind_of(ir::StepKind kind) {
    switch (kind) {
        case ir::StepKind::manual: return Kind::manual;
        case ir::StepKind::automated: return Kind::automated;
        case ir::StepKind::approval: return Kind::approval;
        case ir::StepKind::external: return Kind::external;
    }
    return Kind::manual;
}

class Painter {
public:
    Painter(const BackendInput& input, const runtime::StreamMetrics& metrics)
        : input_(input), stream_(input.stream()), metrics_(metrics), entries_(stream_.elements.size()) {}

    Picture paint() {
        const std::size_t begin = node(Kind::terminal, terminal(stream_.trigger, "Start"));
        const Ports reached = body(stream_.body, {{begin, ""}});
        const std::size_t end = node(Kind::terminal, terminal(stream_.customer, "End"));
        connect(reached, end);
        for (std::size_t i = 0; i < stream_.elements.size(); ++i) rework_edges(stream_.elements.id_at(i));
        const std::size_t totals = node(Kind::totals, totals_label());
        picture_.edges.push_back({end, totals, "", Picture::Way::beside});
        mark_constraints();
        return std::move(picture_);
    }

private:
    const Element& element(ElementId id) const { return stream_.elements[id]; }
    const ir::ElementFacts& facts(ElementId id) const { return input_.model.facts(input_.stream_id).elements[id]; }
    static std::string title_of(const Element& one) { return cut(called(one), longest_title); }
    static bool named(const Element& one) { return !one.title.value.empty() || !one.name.value.empty(); }

    std::string duration(const runtime::TimeFigure& figure) const { return at_least(figure, stream_.calendar); }

    std::size_t node(Kind kind, Lines lines) {
        picture_.nodes.push_back({kind, lines.take()});
        picture_.places.push_back({Picture::Place::What::node, picture_.nodes.size() - 1});
        return picture_.nodes.size() - 1;
    }

    void connect(const Ports& from, std::size_t to) {
        for (const Port& port : from) picture_.edges.push_back({port.node, to, port.label, Picture::Way::on});
    }

    Lines terminal(const ir::Text& text, std::string_view otherwise) const {
        return Lines().line(text.value.empty() ? std::string(otherwise) : cut(text.value, longest_title));
    }

    Lines totals_label() const {
        Lines label;
        label.line(cut(called(stream_), longest_title));
        for (const Fact& fact : totals_of(input_, metrics_)) label.line(fmt::format("{} {}", fact.label, fact.text));
        if (const auto busiest = busiest_team(input_, metrics_))
            label.line(fmt::format("{} {}", busiest->label, busiest->text));
        return label.line("working time, " + format_calendar(stream_.calendar));
    }

    /// Adds the elements of a body and the edges between them; returns the ports that lead out of it.
    Ports body(const Body& body, const Ports& in) {
        const auto before = ir::reduced_predecessors(stream_, body);
        std::map<ElementId, const std::vector<ElementId>*> predecessors;
        std::map<ElementId, std::size_t> followers;
        for (std::size_t i = 0; i < body.elements.size(); ++i) {
            predecessors[body.elements[i]] = &before[i];
            for (const ElementId id : before[i]) ++followers[id];
        }
        std::map<ElementId, Ports> out;
        for (const ElementId id : ir::topological_order(stream_, body)) {
            Ports from = predecessors[id]->empty() ? in : Ports{};
            for (const ElementId one : *predecessors[id]) from.insert(from.end(), out[one].begin(), out[one].end());
            Ports& reached = out[id] = inside(id, from);
            if (followers[id] > 1 && reached.size() > 1) reached = {{meet(reached), ""}};
        }
        if (body.elements.empty()) return in;
        Ports ends;
        for (const ElementId id : ir::ends_of(stream_, body)) ends.insert(ends.end(), out[id].begin(), out[id].end());
        return ends;
    }

    /// A node that joins several flows.
    std::size_t meet(const Ports& from) {
        const std::size_t id = node(Kind::meet, {});
        connect(from, id);
        return id;
    }

    Ports inside(ElementId id, const Ports& in) {
        return ir::visit([&](const auto& what) { return inside(id, what, in); }, element(id));
    }

    Ports at(ElementId id, std::size_t node, const Ports& in) {
        connect(in, node);
        entries_[id.index] = node;
        picture_.nodes[node].element = id;
        return {{node, ""}};
    }

    Ports inside(ElementId id, const ir::Step& step, const Ports& in) {
        return at(id, node(kind_of(step.kind), step_label(id, step)), in);
    }

    Ports inside(ElementId id, const ir::Wait&, const Ports& in) {
        const Element& one = element(id);
        Lines label;
        label.line("wait " + time_text(facts(id).timings.wait, stream_.calendar));
        if (named(one)) label.line(title_of(one));
        constraint(label, id);
        remarks(label, one);
        return at(id, node(Kind::wait, std::move(label)), in);
    }

    Ports inside(ElementId id, const ir::Queue& queue, const Ports& in) {
        const Element& one = element(id);
        Lines label;
        label.line(fmt::format("{} waiting, {}", format_number(queue.items.value()),
                               duration(metrics_.elements[id].lead_time)));
        if (named(one)) label.line(title_of(one));
        constraint(label, id);
        remarks(label, one);
        return at(id, node(Kind::queue, std::move(label)), in);
    }

    /// A node at the head of a frame, since renderers route arrows through frame titles.
    Ports inside(ElementId id, const ir::Stage& stage, const Ports& in) {
        const Element& one = element(id);
        picture_.places.push_back({Picture::Place::What::begin_stage, 0});
        Lines label;
        label.line(title_of(one));
        label.line(fmt::format("lead {}, process {}", duration(metrics_.elements[id].lead_time),
                               duration(metrics_.elements[id].process_time)));
        remarks(label, one);
        const Ports out = body(stage.body, at(id, node(Kind::stage, std::move(label)), in));
        picture_.places.push_back({Picture::Place::What::end_stage, 0});
        return out;
    }

    /// The entry of a branch is that of its first element.
    Ports inside(ElementId id, const ir::Branch& branch, const Ports& in) {
        const Ports out = body(branch.body, in);
        if (!branch.body.elements.empty()) entries_[id.index] = entries_[branch.body.elements.front().index];
        return out;
    }

    Ports inside(ElementId id, const ir::Parallel& parallel, const Ports& in) {
        const Element& one = element(id);
        Lines label;
        label.line(named(one) ? title_of(one) : std::string()).line("side by side");
        remarks(label, one);
        const std::size_t fork = node(Kind::fork, std::move(label));
        at(id, fork, in);
        Ports ends;
        for (const ElementId branch : parallel.branches) {
            const Ports out = inside(branch, Ports{{fork, named(element(branch)) ? title_of(element(branch)) : ""}});
            ends.insert(ends.end(), out.begin(), out.end());
        }
        return {{meet(ends), ""}};
    }

    Ports inside(ElementId id, const ir::Choose& choose, const Ports& in) {
        const Element& one = element(id);
        Lines label;
        label.line(named(one) ? title_of(one) : std::string()).line("one of");
        remarks(label, one);
        const std::size_t gate = node(Kind::choice, std::move(label));
        at(id, gate, in);
        Ports ends;
        for (const ElementId branch : choose.branches) {
            std::string share = percent_digits(facts(branch).branch_share) + "%";
            if (named(element(branch))) share += " " + title_of(element(branch));
            const Ports out = inside(branch, Ports{{gate, share}});
            ends.insert(ends.end(), out.begin(), out.end());
        }
        return ends;
    }

    Lines step_label(ElementId id, const ir::Step& step) const {
        const ir::ResolvedTimings& timings = facts(id).timings;
        Lines label;
        label.line(title_of(element(id)));
        std::string who = cut(teams_of(input_, step.teams), longest_title);
        if (step.teams.empty()) who.clear();
        if (step.kind != ir::StepKind::manual) who += (who.empty() ? "" : ", ") + std::string(name_of(step.kind));
        label.line(who);
        for (const std::string& text : times_text(step, timings)) label.line(text);
        label.line(quality_text(step));
        for (std::size_t i = 0; i < step.reworks.size(); ++i) label.line(repair_text(id, step.reworks[i], i));
        constraint(label, id);
        remarks(label, element(id));
        return label;
    }

    void constraint(Lines& label, ElementId id) const { label.line(constraint_text(input_, metrics_, id)); }

    /// One line if it fits.
    std::vector<std::string> times_text(const ir::Step& step, const ir::ResolvedTimings& timings) const {
        const Calendar& calendar = stream_.calendar;
        const std::string lead = "lead " + time_text(timings.lead, calendar);
        if (!step.timings.process && !step.timings.wait && timings.process.known) return {lead};
        const std::string process = "PT " + time_text(timings.process, calendar);
        if (timings.wait.known && timings.wait.spread.high <= 0) return {process};
        const std::string wait = "wait " + time_text(timings.wait, calendar);
        if (timings.lead.known && !(timings.process.known && timings.wait.known)) return {process + ", " + wait, lead};
        if (process.size() + wait.size() > 30) return {process, wait};
        return {process + ", " + wait};
    }

    static std::string quality_text(const ir::Step& step) {
        const bool applies = step.quality && step.quality->state != ir::Quality::State::not_applicable;
        return applies ? "%C&A " + backends::quality_text(*step.quality) : "";
    }

    std::string repair_text(ElementId id, const ir::Rework& rework, std::size_t number) const {
        if (!std::holds_alternative<ir::Repair>(rework.to)) return "";
        const ir::ResolvedTimings& timings = facts(id).repairs[number];
        const bool asked = !timings.process.known || !timings.wait.known;
        return fmt::format("{}{} repaired here: PT {}, wait {}{}", format_exactly(rework.rate),
                           rework.once ? ", once," : "", time_text(timings.process, stream_.calendar),
                           time_text(timings.wait, stream_.calendar),
                           asked && timings.lead.known ? ", lead " + time_text(timings.lead, stream_.calendar) : "");
    }

    /// Adds `x_…` values, kaizens and notes.
    static void remarks(Lines& label, const Element& one) {
        for (const ir::Extra& extra : one.extras) {
            std::string values;
            for (const std::string& value : extra.values) values += (values.empty() ? "" : ", ") + value;
            label.line(cut(fmt::format("{}: {}", extra.name.value.substr(2), values), longest_title));
        }
        for (const ir::Kaizen& kaizen : one.remarks.kaizens)
            label.line(cut("kaizen: " + kaizen.title.value, longest_title));
        for (const ir::Note& note : one.remarks.notes) label.line(cut("note: " + note.text, longest_title));
    }

    void mark_constraints() {
        for (std::size_t i = 0; i < entries_.size(); ++i)
            if (is_constraint(input_, metrics_, stream_.elements.id_at(i)))
                picture_.nodes[*entries_[i]].constraint = true;
    }

    void rework_edges(ElementId id) {
        const auto* step = ir::step_of(element(id));
        if (step == nullptr) return;
        for (const ir::Rework& rework : step->reworks) {
            const auto* target = std::get_if<ElementId>(&rework.to);
            if (target == nullptr) continue;
            VSM_CHECK(
                entries_[target->index].has_value());  // only a branch has no entry, and rework cannot target a branch
            picture_.edges.push_back({*entries_[id.index], *entries_[target->index],
                                      format_exactly(rework.rate) + " back" + (rework.once ? ", once" : ""),
                                      Picture::Way::back});
        }
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    std::vector<std::optional<std::size_t>> entries_;  ///< by element id: its entry node
    Picture picture_;
};

}  // namespace

Picture picture_of(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    return Painter(input, metrics).paint();
}

}  // namespace vsm::backends
