// The Graphviz output: what is drawn, and that texts of a map remain text.
#include <doctest/doctest.h>

#include <regex>
#include <sstream>

#include "backends/dot/dot_text.h"
#include "tests/unit/backends/build.h"

namespace vsm::tests {
namespace {

std::string graph_of(std::string_view map) {
    const Built built = build("dot", map);
    REQUIRE(built.files.size() == 1);
    CHECK(built.files.front().suffix == ".dot");
    CHECK(built.reported().empty());
    return built.files.front().content;
}

bool holds(const std::string& graph, std::string_view part) { return graph.find(part) != std::string::npos; }

std::string label(const std::vector<std::string>& lines) { return backends::dot::DotSink::label(lines).str(); }

TEST_CASE("a graph has a cluster a stage, forks and joins, shares, and rework that does not move what it joins") {
    const std::string graph = graph_of(R"(
stream s {
  trigger: "Order", customer: "Buyer"
  stage one "First" { step a { process: 1h, lead: 10h } wait 2h }
  choose route { branch 70% x "Usual" { step b { process: 1h, lead: 1h, kind: approval } } branch y {} }
  parallel { step c { process: 1h, lead: 1h } step d { process: 1h, lead: 1h, rework 15% once to one } }
})");
    CHECK(holds(graph, R"(    n1 [label="Order", )"));
    CHECK(holds(graph, "    subgraph cluster_s1 {\n"));
    CHECK(holds(graph, R"(        n2 [label="First\nlead 1d4h, process 1h", shape=plain, )"));
    CHECK(holds(
        graph,
        R"(        n3 [label="a\nPT 1h, wait 1d1h\n73% of the lead time with rework", fillcolor="#dbeafe", color="#dc2626", penwidth=4])"));
    CHECK(holds(graph, R"(        n4 [label="wait 2h", style="rounded,filled,dashed", )"));
    CHECK(holds(graph, R"(    n5 [label="route\none of", shape=diamond, )"));
    CHECK(holds(graph, R"(    n6 [label="b\napproval\nPT 1h", fillcolor="#fef3c7", )"));
    CHECK(holds(graph, R"(    n7 [label="side by side", shape=hexagon, )"));
    CHECK(holds(graph, R"(    n10 [label="", shape=circle, )"));
    CHECK(graph.ends_with(R"(    n1 -> n2
    n2 -> n3
    n3 -> n4
    n4 -> n5
    n5 -> n6 [label="70% Usual"]
    n6 -> n7
    n5 -> n7 [label="30% y"]
    n7 -> n8
    n7 -> n9
    n8 -> n10
    n9 -> n10
    n10 -> n11
    n9 -> n2 [label="15% back, once", style=dotted, constraint=false]
    n11 -> n12 [style=invis]
}
)"));
}

TEST_CASE("what is live in a label of DOT stands for itself") {
    CHECK(label({"a", "b"}) == R"(a\nb)");
    CHECK(label({R"(\N \G \l \" ")"}) == R"(\\N \\G \\l \\\" \")");
    CHECK(label({"&lt; & <b>"}) == "&amp;lt; &amp; <b>");
    CHECK(label({"a\nb\tc\x1b"}) == R"(a b c\\u{1B})");
    CHECK(label({}) == "");
}

TEST_CASE("whatever stands in a map, every line of the graph is one that we write") {
    const std::string quoted_text = R"re("([^"\\]|\\["\\n])*")re";
    const std::regex ours("digraph value_stream \\{|    (graph|node|edge) \\[.*\\]| *n[0-9]+ \\[label=" + quoted_text +
                          "(, [a-z]+=([a-z0-9.]+|\"[-#a-z0-9,.]*\"))+\\]| *subgraph cluster_s[0-9]+ \\{| "
                          "*style=\"rounded,filled\"; color=.*| *\\}|"
                          "    n[0-9]+ -> n[0-9]+( \\[(label=" +
                          quoted_text + "|, |style=[a-z]+|constraint=false)+\\])?");
    for (const std::string& text : hostile_texts) {
        if (text.size() > 500) continue;  // std::regex recurses; the readers of the conformance tests cover these
        std::istringstream lines(graph_of(map_with(text)));
        for (std::string line; std::getline(lines, line);) {
            INFO(line);
            CHECK(std::regex_match(line, ours));
        }
    }
}

}  // namespace
}  // namespace vsm::tests
