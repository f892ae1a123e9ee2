#include "backends/mermaid/flowchart.h"

#include <fmt/format.h>

#include <string_view>

#include "backends/mermaid/label.h"

namespace vsm::backends::mermaid {
namespace {

using Kind = Picture::Kind;

// Wide enough for a line of a data box; Mermaid's default width would wrap most of them.
constexpr std::string_view settings = "%%{init: {\"flowchart\": {\"wrappingWidth\": 280}}}%%\n";

// Filled, with explicit text colours, so that boxes are legible on light and dark pages.
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

// Outline and the word in the box carry the meaning; colour only helps.
constexpr std::string_view classes_of_marks =
    "    classDef added stroke:#15803d,stroke-width:4px\n"
    "    classDef changed stroke:#7c3aed,stroke-width:4px\n"
    "    classDef removed fill:#ffffff,stroke:#6b7280,color:#6b7280,stroke-width:2px,stroke-dasharray:2 "
    "3,text-decoration:line-through\n";

/// The brackets around a node's text, which select its outline, and its class.
struct Shape {
    std::string_view open, close, name;
};

Shape shape_of(Kind kind) {
    switch (kind) {
        case Kind::manual: return {"[", "]", "manual"};
        case Kind::automated: return {"[", "]", "automated"};
        case Kind::approval: return {"[", "]", "approval"};
        case Kind::external: return {"[", "]", "external"};
        case Kind::wait: return {"(", ")", "delay"};
        case Kind::queue: return {"[/", "\\]", "delay"};
        case Kind::stage: return {"[", "]", "stage"};
        case Kind::fork: return {"{{", "}}", "gate"};
        case Kind::meet: return {"((", "))", "gate"};
        case Kind::choice: return {"{", "}", "gate"};
        case Kind::terminal: return {"([", "])", "terminal"};
        case Kind::totals: return {"[", "]", "totals"};
    }
    return {};
}

std::string_view arrow_of(Picture::Way way) {
    switch (way) {
        case Picture::Way::on: return "-->";
        case Picture::Way::back: return "-.->";
        case Picture::Way::beside: return "~~~";
        case Picture::Way::gone: return "-.-";
    }
    return {};
}

Label label_of(const Picture::Node& node) {
    Label label;
    for (const std::string& line : node.lines) label.line(line);
    return node.lines.empty() ? label.line(" ") : label;
}

std::string nodes_of(const Picture& picture) {
    std::string text;
    std::size_t depth = 1, stages = 0;
    const auto indent = [&] { text.append(4 * depth, ' '); };
    for (const Picture::Place& place : picture.places) {
        switch (place.what) {
            case Picture::Place::What::node: {
                const Picture::Node& node = picture.nodes[place.node];
                const Shape shape = shape_of(node.kind);
                indent();
                text += fmt::format("n{}{}{}{}:::{}\n", place.node + 1, shape.open, label_of(node).quoted(),
                                    shape.close, shape.name);
                break;
            }
            case Picture::Place::What::begin_stage:
                indent();
                text += fmt::format("subgraph s{}[\" \"]\n", ++stages);
                ++depth;
                break;
            case Picture::Place::What::end_stage:
                --depth;
                indent();
                text += "end\n";
        }
    }
    return text;
}

std::string edges_of(const Picture& picture) {
    std::string text;
    for (const Picture::Edge& edge : picture.edges) {
        const std::string label = edge.label.empty() ? "" : "|" + Label().line(edge.label).quoted() + "|";
        text += fmt::format("    n{} {}{} n{}\n", edge.from + 1, arrow_of(edge.way), label, edge.to + 1);
    }
    return text;
}

std::string_view class_of(Picture::Mark mark) {
    switch (mark) {
        case Picture::Mark::none: return {};
        case Picture::Mark::added: return "added";
        case Picture::Mark::changed: return "changed";
        case Picture::Mark::removed: return "removed";
    }
    return {};
}

std::string marks_of(const Picture& picture) {
    std::string text;
    for (std::size_t i = 0; i < picture.nodes.size(); ++i)
        if (const std::string_view name = class_of(picture.nodes[i].mark); !name.empty())
            text += fmt::format("    class n{} {}\n", i + 1, name);
    if (!text.empty()) text.insert(0, classes_of_marks);
    for (std::size_t i = 0; i < picture.nodes.size(); ++i)
        if (picture.nodes[i].constraint) text += fmt::format("    class n{} constraint\n", i + 1);
    return text;
}

}  // namespace

std::string draw_flowchart(const Picture& picture) {
    return std::string(settings) + "flowchart TD\n" + nodes_of(picture) + edges_of(picture) + std::string(classes) +
           marks_of(picture);
}

}  // namespace vsm::backends::mermaid
