#include <fmt/format.h>

#include <string_view>

#include "backends/backend.h"
#include "backends/dot/dot_text.h"
#include "backends/flow/flow_graph.h"

namespace vsm::backends::dot {
namespace {

using Kind = Picture::Kind;

// Filled, with explicit text colours, so that boxes are legible on light and dark pages.
constexpr std::string_view head = R"(digraph value_stream {
    graph [rankdir=TB, fontname="sans-serif", nodesep=0.4, ranksep=0.4]
    node [fontname="sans-serif", fontsize=11, shape=box, style="rounded,filled", fontcolor="#111827", margin="0.15,0.08"]
    edge [fontname="sans-serif", fontsize=10, color="#374151", fontcolor="#374151"]
)";

/// The attributes of a kind of node, and its outline colour.
struct Look {
    std::string_view attributes, color;
};

Look look_of(Kind kind) {
    switch (kind) {
        case Kind::manual: return {R"(fillcolor="#dbeafe")", "#1d4ed8"};
        case Kind::automated: return {R"(fillcolor="#dcfce7")", "#15803d"};
        case Kind::approval: return {R"(fillcolor="#fef3c7")", "#b45309"};
        case Kind::external: return {R"(fillcolor="#ede9fe")", "#6d28d9"};
        case Kind::wait: return {R"(style="rounded,filled,dashed", fillcolor="#f3f4f6")", "#6b7280"};
        case Kind::queue:
            return {R"(shape=trapezium, margin=0, style="filled,dashed", fillcolor="#f3f4f6")", "#6b7280"};
        case Kind::stage: return {R"(shape=plain, style="", fontsize=13)", "#374151"};
        case Kind::fork: return {R"(shape=hexagon, margin=0, style=filled, fillcolor="#ffffff")", "#374151"};
        case Kind::meet:
            return {R"(shape=circle, width=0.2, fixedsize=true, style=filled, fillcolor="#ffffff")", "#374151"};
        case Kind::choice: return {R"(shape=diamond, margin=0, style=filled, fillcolor="#ffffff")", "#374151"};
        case Kind::terminal: return {R"(margin="0.3,0.1", fillcolor="#374151", fontcolor="#ffffff")", "#111827"};
        case Kind::totals: return {R"(style=filled, fillcolor="#ffffff", penwidth=2)", "#111827"};
    }
    return {};
}

std::string node_of(const Picture& picture, std::size_t index) {
    const Picture::Node& node = picture.nodes[index];
    const Look look = look_of(node.kind);
    return fmt::format("n{} [label=\"{}\", {}, color=\"{}\"{}]", index + 1, DotSink::label(node.lines).str(),
                       look.attributes, node.constraint ? "#dc2626" : look.color,
                       node.constraint ? ", penwidth=4" : "");
}

std::string_view look_of(Picture::Way way) {
    switch (way) {
        case Picture::Way::on: return "";
        // rework must not affect ranks; only the forward flow does
        case Picture::Way::back: return "style=dotted, constraint=false";
        case Picture::Way::beside: return "style=invis";
        case Picture::Way::gone: return "style=dotted, dir=none";
    }
    return {};
}

std::string edge_of(const Picture::Edge& edge) {
    std::string text = fmt::format("    n{} -> n{}", edge.from + 1, edge.to + 1);
    const std::string_view look = look_of(edge.way);
    if (edge.label.empty()) return text + (look.empty() ? "\n" : fmt::format(" [{}]\n", look));
    const DotText label = DotSink::label({&edge.label, 1});
    return text + fmt::format(" [label=\"{}\"{}{}]\n", label.str(), look.empty() ? "" : ", ", look);
}

std::string write(const Picture& picture) {
    std::string text(head);
    std::size_t depth = 1, stages = 0;
    const auto line = [&](std::string_view content) {
        text.append(4 * depth, ' ');
        text += content;
        text += '\n';
    };
    for (const Picture::Place& place : picture.places) {
        switch (place.what) {
            case Picture::Place::What::node: line(node_of(picture, place.node)); break;
            case Picture::Place::What::begin_stage:
                line(fmt::format("subgraph cluster_s{} {{", ++stages));
                ++depth;
                line(R"(style="rounded,filled"; color="#9ca3af"; fillcolor="#f9fafb"; margin=14)");
                break;
            case Picture::Place::What::end_stage: --depth; line("}");
        }
    }
    for (const Picture::Edge& edge : picture.edges) text += edge_of(edge);
    return text + "}\n";
}

}  // namespace

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics&) {
    const Picture picture = picture_of(input, input.figures(input.stream_id));
    return {{".dot", write(picture), {{"draw it with Graphviz (as PNG, PDF and others too)", "dot -Tsvg -O {file}"}}}};
}

}  // namespace vsm::backends::dot
