#include <initializer_list>

#include "tests/unit/backends/build.h"

namespace {

using namespace vsm;
using namespace vsm::tests;

constexpr std::string_view map = R"(stream s { demand: 5/w
    step a "A" { process: exponential(2h), wait: ~3h, ca: ~80% }
    step b "B" { process: 1h..3h, wait: ~1d..2d, ca: ~80%..90%, rework 10% { process: ~1h, wait: lognormal(p50 1h, p85 2h) } }
    wait ~2d "W"
    step c "C" { process: ?, wait: ~4h }
    step d "D" { process: 1h, lead: ~4h, ca: 90% }
})";

std::string built(std::string_view target, backends::Diagram diagram = backends::Diagram::flowchart) {
    backends::BackendOptions options;
    options.diagram = diagram;
    const Built made = build(target, map, options);
    REQUIRE(made.files.size() == 1);
    return made.files.front().content;
}

void check_holds(const std::string& content, std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) {
        CAPTURE(text);
        CHECK(content.find(text) != std::string::npos);
    }
}

TEST_CASE("a workflow marks guesses, and what has no bounds, in its names, its log and its table") {
    check_holds(built("github"),
                {"\"A · 2h · wait ~3h · C&A ~80%\"", "\"Wait ~3h before: A\"",
                 "A. process time: 2h (mostly 6min9s to 5h59min); wait before: ~3h; %C&A: ~80%",
                 "B. process time: 2h (1h to 3h); wait before: ~1d4h (1d to 2d); %C&A: ~85% (80% to 90%)",
                 "process time: ~1h; wait before: 1h", "(mostly ", "Wait ~2d: W. wait: ~2d",
                 "C. process time: ?; wait before: ~4h", "D. process time: 1h; wait before: ~3h; %C&A: 90%",
                 R"(| 2h (mostly 6min9s to 5h59min) | \~3h | \~5h (mostly 3h6min to 1d1h) | \~80% |)",
                 R"(| W | wait | | | | \~2d | \~2d | | |)", R"(| ? | \~4h | at least \~4h | | |)",
                 R"(| 1h | \~3h | \~4h | 90% |)"});
}

TEST_CASE("a pipeline of GitLab marks them too") {
    check_holds(built("gitlab"), {"Wait ~3h · A", "A · 2h · C&A ~80%", "Wait ~2d · W", "Wait ~3h · D",
                                  "2h (mostly 6min9s to 5h59min)", "~85% (80% to 90%)", "C · process ?"});
}

TEST_CASE("diagrams mark them too") {
    check_holds(built("dot"),
                {R"(PT 2h (mostly 6min9s to 5h59min)\nwait ~3h\n%C&amp;A ~80%)",
                 R"(wait ~1d4h (1d to 2d)\n%C&amp;A ~85% (80% to 90%))", R"(wait ~2d\nW)", "PT ~1h, wait "});
    check_holds(built("mermaid"), {"wait #126;3h", "#126;85#37; #40;80#37; to 90#37;#41;", "mostly 6min9s to 5h59min"});
    check_holds(built("mermaid", backends::Diagram::gantt), {"wait #126;3h", "mostly 6min9s to 5h59min"});
    check_holds(built("svg"), {">~3h<", ">~80%<", ">~2d<"});
}

}  // namespace
