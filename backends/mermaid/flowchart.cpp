#include "backends/mermaid/flowchart.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <vector>

#include "backends/mermaid/label.h"
#include "backends/support/facts.h"

namespace vsm::backends::mermaid {
namespace {

using ir::Body;
using ir::Element;
using ir::ElementId;

/// Where an edge begins, and what is written on it.
struct Port {
    std::string node;
    std::string label;  ///< plain text; may be empty
};
using Ports = std::vector<Port>;

constexpr std::size_t longest_title = 80;  ///< UTF-16 units; a longer one would dwarf the rest of the drawing

// Room for a line of a data box; Mermaid's own measure breaks most of them.
constexpr std::string_view settings = "%%{init: {\"flowchart\": {\"wrappingWidth\": 280}}}%%\n";

// Filled with its own text colour, so that a box reads the same on a light and on a dark page.
constexpr std::string_view classes =
    "    classDef manual fill:#dbeafe,stroke:#1d4ed8,color:#111827\n"
    "    classDef automated fill:#dcfce7,stroke:#15803d,color:#111827\n"
    "    classDef approval fill:#fef3c7,stroke:#b45309,color:#111827\n"
    "    classDef external fill:#ede9fe,stroke:#6d28d9,color:#111827\n"
    "    classDef delay fill:#f3f4f6,stroke:#6b7280,color:#111827,stroke-dasharray:5 4\n"
    "    classDef stage fill:none,stroke:none,font-weight:bold\n"
    "    classDef gate fill:#ffffff,stroke:#374151,color:#111827\n"
    "    classDef terminal fill:#374151,stroke:#111827,color:#ffffff\n"
    "    classDef totals fill:#ffffff,stroke:#111827,color:#111827,stroke-width:2px\n"
    "    classDef constraint stroke:#dc2626,stroke-width:5px\n";

class Flowchart {
public:
    Flowchart(const BackendInput& input, const runtime::StreamMetrics& metrics)
        : input_(input), stream_(input.map()), metrics_(metrics), constraint_(time_constraint_of(input, metrics)),
          entries_(stream_.elements.size()) {}

    Drawing draw() {
        const std::string begin = node("([", terminal(stream_.trigger, "Start"), "])", "terminal");
        const Ports reached = body(stream_.body, {{begin, ""}});
        const std::string end = node("([", terminal(stream_.customer, "End"), "])", "terminal");
        connect(reached, end);
        for (std::size_t i = 0; i < stream_.elements.size(); ++i) rework_edges(stream_.elements.id_at(i));
        const std::string totals = node("[", totals_label(), "]", "totals");
        edge(end, "~~~", "", totals);
        std::string marks;
        if (constraint_) marks = fmt::format("    class {} constraint\n", entries_[constraint_->element.index]);
        return {std::string(settings) + "flowchart TD\n" + nodes_ + edges_ + std::string(classes) + marks, edge_count_};
    }

private:
    const Element& element(ElementId id) const { return stream_.elements[id]; }
    const ir::ElementFacts& facts(ElementId id) const { return input_.model.facts(input_.stream).elements[id]; }
    static std::string title_of(const Element& one) { return cut(called(one), longest_title); }
    static bool named(const Element& one) { return !one.title.value.empty() || !one.name.value.empty(); }

    std::string duration(const runtime::TimeFigure& figure) const { return at_least(figure, stream_.calendar); }

    void line(std::string_view text) {
        nodes_.append(4 * (depth_ + 1), ' ');
        nodes_ += text;
        nodes_ += '\n';
    }

    std::string node(std::string_view open, const Label& label, std::string_view close, std::string_view kind) {
        const std::string id = fmt::format("n{}", ++node_count_);
        line(fmt::format("{}{}{}{}:::{}", id, open, label.quoted(), close, kind));
        return id;
    }

    void edge(std::string_view from, std::string_view arrow, std::string_view label, std::string_view to) {
        const std::string text = label.empty() ? "" : "|" + Label().line(label).quoted() + "|";
        edges_ += fmt::format("    {} {}{} {}\n", from, arrow, text, to);
        ++edge_count_;
    }

    void connect(const Ports& from, const std::string& to) {
        for (const Port& port : from) edge(port.node, "-->", port.label, to);
    }

    Label terminal(const ir::Text& text, std::string_view otherwise) const {
        return Label().line(text.value.empty() ? std::string(otherwise) : cut(text.value, longest_title));
    }

    Label totals_label() const {
        Label label;
        label.line(cut(called(stream_), longest_title));
        for (const Fact& fact : totals_of(input_, metrics_)) label.line(fmt::format("{} {}", fact.label, fact.text));
        return label.line("working time, " + format_calendar(stream_.calendar));
    }

    /// The elements of a body, and the edges between them; gives where what follows the body is reached from.
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

    /// A point at which several ways come together.
    std::string meet(const Ports& from) {
        const std::string id = node("((", Label().line(" "), "))", "gate");
        connect(from, id);
        return id;
    }

    Ports inside(ElementId id, const Ports& in) {
        return std::visit([&](const auto& what) { return inside(id, what, in); }, element(id).what);
    }

    Ports at(ElementId id, std::string node, const Ports& in) {
        connect(in, node);
        entries_[id.index] = node;
        return {{std::move(node), ""}};
    }

    Ports inside(ElementId id, const ir::Step& step, const Ports& in) {
        return at(id, node("[", step_label(id, step), "]", name_of(step.kind)), in);
    }

    Ports inside(ElementId id, const ir::Wait&, const Ports& in) {
        const Element& one = element(id);
        Label label;
        label.line("wait " + time_text(facts(id).timings.wait, stream_.calendar));
        if (named(one)) label.line(title_of(one));
        constraint(label, id);
        remarks(label, one);
        return at(id, node("(", label, ")", "delay"), in);
    }

    Ports inside(ElementId id, const ir::Queue& queue, const Ports& in) {
        const Element& one = element(id);
        Label label;
        label.line(fmt::format("{} waiting, {}", format_number(queue.items.value()),
                               duration(metrics_.elements[id].lead_time)));
        if (named(one)) label.line(title_of(one));
        constraint(label, id);
        remarks(label, one);
        return at(id, node("[/", label, "\\]", "delay"), in);
    }

    /// A box, headed by a node without an outline: Mermaid would lead the edges right through a title of its own.
    Ports inside(ElementId id, const ir::Stage& stage, const Ports& in) {
        const Element& one = element(id);
        line(fmt::format("subgraph s{}[{}]", ++stage_count_, Label().line(" ").quoted()));
        ++depth_;
        Label label;
        label.line(title_of(one));
        label.line(fmt::format("lead {}, process {}", duration(metrics_.elements[id].lead_time),
                               duration(metrics_.elements[id].process_time)));
        remarks(label, one);
        const Ports out = body(stage.body, at(id, node("[", label, "]", "stage"), in));
        --depth_;
        line("end");
        return out;
    }

    /// Entered where its first element is.
    Ports inside(ElementId id, const ir::Branch& branch, const Ports& in) {
        const Ports out = body(branch.body, in);
        if (!branch.body.elements.empty()) entries_[id.index] = entries_[branch.body.elements.front().index];
        return out;
    }

    Ports inside(ElementId id, const ir::Parallel& parallel, const Ports& in) {
        const Element& one = element(id);
        Label label;
        label.line(named(one) ? title_of(one) : std::string()).line("side by side");
        remarks(label, one);
        const std::string fork = node("{{", label, "}}", "gate");
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
        Label label;
        label.line(named(one) ? title_of(one) : std::string()).line("one of");
        remarks(label, one);
        const std::string gate = node("{", label, "}", "gate");
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

    Label step_label(ElementId id, const ir::Step& step) const {
        const ir::ResolvedTimings& timings = facts(id).timings;
        Label label;
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

    void constraint(Label& label, ElementId id) const {
        if (!constraint_ || constraint_->element != id) return;
        label.line(fmt::format("{}% of the lead time", percent_digits(constraint_->part)));
    }

    /// On one line where it fits.
    std::vector<std::string> times_text(const ir::Step& step, const ir::ResolvedTimings& timings) const {
        const Calendar& calendar = stream_.calendar;
        if (!step.timings.process && !step.timings.wait) return {"lead " + time_text(timings.lead, calendar)};
        const std::string process = "PT " + time_text(timings.process, calendar);
        if (timings.wait.known && timings.wait.spread.high <= 0) return {process};
        const std::string wait = "wait " + time_text(timings.wait, calendar);
        if (timings.lead.known && !timings.process.known)
            return {process + ", " + wait, "lead " + time_text(timings.lead, calendar)};
        if (process.size() + wait.size() > 30) return {process, wait};
        return {process + ", " + wait};
    }

    static std::string quality_text(const ir::Step& step) {
        if (!step.quality) return "";
        switch (step.quality->state) {
            case ir::Quality::State::unknown: return "%C&A unknown";
            case ir::Quality::State::not_applicable: return "";
            case ir::Quality::State::known: break;
        }
        return fmt::format("%C&A {}%", percent_digits(step.quality->mean()));
    }

    std::string repair_text(ElementId id, const ir::Rework& rework, std::size_t number) const {
        if (!std::holds_alternative<ir::Repair>(rework.to)) return "";
        const ir::ResolvedTimings& timings = facts(id).repairs[number];
        return fmt::format("{}{} repaired here: PT {}, wait {}", format_exactly(rework.rate),
                           rework.once ? ", once," : "", time_text(timings.process, stream_.calendar),
                           time_text(timings.wait, stream_.calendar));
    }

    /// What the map says besides: `x_…` values, kaizens and notes.
    static void remarks(Label& label, const Element& one) {
        for (const ir::Extra& extra : one.extras) {
            std::string values;
            for (const std::string& value : extra.values) values += (values.empty() ? "" : ", ") + value;
            label.line(cut(fmt::format("{}: {}", extra.name.value.substr(2), values), longest_title));
        }
        for (const ir::Kaizen& kaizen : one.remarks.kaizens)
            label.line(cut("kaizen: " + kaizen.title.value, longest_title));
        for (const ir::Note& note : one.remarks.notes) label.line(cut("note: " + note.text, longest_title));
    }

    void rework_edges(ElementId id) {
        const auto* step = std::get_if<ir::Step>(&element(id).what);
        if (step == nullptr) return;
        for (const ir::Rework& rework : step->reworks) {
            const auto* target = std::get_if<ElementId>(&rework.to);
            if (target == nullptr || entries_[target->index].empty()) continue;
            edge(entries_[id.index], "-.->", format_exactly(rework.rate) + " back" + (rework.once ? ", once" : ""),
                 entries_[target->index]);
        }
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    const std::optional<TimeConstraint> constraint_;
    std::vector<std::string> entries_;  ///< by element id: the node through which it is entered; empty without one
    std::string nodes_, edges_;
    std::size_t depth_ = 0, node_count_ = 0, stage_count_ = 0, edge_count_ = 0;
};

}  // namespace

Drawing draw_flowchart(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    return Flowchart(input, metrics).draw();
}

}  // namespace vsm::backends::mermaid
