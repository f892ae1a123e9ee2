// The CSV output.
#include <doctest/doctest.h>

#include "backends/backend.h"
#include "tests/support/compile.h"

namespace vsm::backends {
namespace {

std::string table(std::string_view text) {
    const auto model = tests::compile_text(text);
    REQUIRE(model.has_value());
    const BackendOptions options;
    Diagnostics diagnostics;
    const auto files = find_backend("csv")->emit({*model, ir::StreamId{0}, options}, diagnostics);
    REQUIRE(files.size() == 1);
    CHECK(files.front().suffix == ".csv");
    CHECK(diagnostics.all().empty());
    return files.front().content;
}

TEST_CASE("every step, wait and queue has a row, and what is not known a question mark") {
    CHECK(
        table(R"(
stream s {
  demand: 40/w
  stage one {
    queue 12 "Ready"
    step a "Check, then sign" { team: [x, y], process: 1h..3h, wait: 30min, ca: 80%..90%, class: va, people: 2, tool: ["Git", "Jira"] }
  }
  parallel {
    step b { process: ?, lead: 2h, ca: ?, kind: automated, rework 10% to a }
    branch z { wait 1d step c { process: 15min, lead: 15min, ca: n/a, batch: 5, milestone: production } }
  }
})") ==
        R"(name,title,element,in,after,team,kind,class,process,process_low,process_high,wait,wait_low,wait_high,lead,lead_low,lead_high,ca,ca_low,ca_high,share,on_timeline,people,batch,wip,tools,milestone,rework
'@queue-1,Ready,queue,one,,,,,0,0,0,43200,43200,43200,43200,43200,43200,,,,1,yes,,,,,,
a,"Check, then sign",step,one,'@queue-1,"x, y",manual,va,7200,3600,10800,1800,1800,1800,9000,5400,12600,0.85,0.8,0.9,1,yes,2,1,,"Git, Jira",,
b,,step,'@parallel-1,,,automated,,?,?,?,?,?,?,7200,7200,7200,?,,,1,no,,1,,,,"10% goes back to Check, then sign"
'@wait-1,,wait,'@parallel-1 / z,,,,,0,0,0,28800,28800,28800,28800,28800,28800,,,,1,yes,,,,,,
c,,step,'@parallel-1 / z,'@wait-1,,manual,,900,900,900,0,0,0,900,900,900,n/a,,,1,yes,,5,,,production,
)");
}

TEST_CASE("a title that a spreadsheet would take for a formula gets an apostrophe") {
    const std::string text = table("stream s { step a \"=cmd|' /C calc'!A0\" { process: 1h, lead: 2h } }");
    CHECK(text.find("\na,'=cmd|' /C calc'!A0,step,") != std::string::npos);
}

}  // namespace
}  // namespace vsm::backends
