// The Markdown output.
#include <doctest/doctest.h>

#include "backends/backend.h"
#include "base/diagnostics/codes.h"
#include "tests/support/compile.h"

namespace vsm::backends {
namespace {

struct Report {
    std::string text;
    Diagnostics diagnostics;
};

Report report_of(std::string_view text, ir::StreamId stream = ir::StreamId{0}) {
    const auto model = tests::compile_text(text);
    REQUIRE(model.has_value());
    const BackendOptions options;
    Report report;
    auto files = find_backend("markdown")->emit({*model, stream, options}, report.diagnostics);
    REQUIRE(files.size() == 1);
    CHECK(files.front().suffix == ".md");
    report.text = std::move(files.front().content);
    return report;
}

std::string many_steps(int count) {
    std::string text = "stream s {\n";
    for (int i = 0; i < count; ++i)
        text +=
            fmt::format("  step s{} \"A step with a name of some length\" {{ process: 1h, lead: 2h, team: dev }}\n", i);
    return text + "}\n";
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_CASE("what matters most comes first, then the flowchart, and all figures fold") {
    const Report report = report_of(R"(
stream s "Orders" {
  step a { process: 1h, lead: 1d, ca: 90% }
  step b { process: 2h, lead: 3d, ca: 80% }
  target lead_time <= 2d
})");
    CHECK(report.diagnostics.all().empty());
    const std::size_t first = report.text.find("**Orders** misses its target: lead time at most 2d; now 4d.");
    const std::size_t diagram = report.text.find("\n```mermaid\n");
    const std::size_t fold = report.text.find("<details><summary>All figures</summary>\n");
    CHECK(first < diagram);
    CHECK(diagram < fold);
    CHECK(fold < report.text.find("| lead time | 4d |\n"));
    CHECK(holds(report.text, "| activity ratio | 9.4% |\n"));
    CHECK(report.text.ends_with("\n</details>\n"));
}

TEST_CASE("a future is told beside what it is based on, and judged by its targets") {
    const Report report = report_of(R"(
stream s "Orders" {
  step a { process: 1h, lead: 4d }
  target lead_time <= 2d
}
future soon "Soon" of s { change a { lead: 1d } }
)",
                                    ir::StreamId{1});
    CHECK(holds(report.text, "**Soon, future of s**"));
    CHECK(holds(report.text, "| lead time | 4d | 1d |"));
}

TEST_CASE("a diagram that Mermaid would not draw is left out, and said so") {
    const Report report = report_of(many_steps(1200));
    CHECK_FALSE(holds(report.text, "```"));
    REQUIRE(report.diagnostics.all().size() == 2);
    CHECK(report.diagnostics.all()[0].code == Code::not_carried);
    CHECK(report.diagnostics.all()[1].code == Code::near_target_limit);
    CHECK(holds(report.diagnostics.all()[1].message, fmt::format("{}", report.text.size())));
}

}  // namespace
}  // namespace vsm::backends
