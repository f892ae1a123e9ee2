// The Mermaid outputs: what is drawn, and that texts of a map remain text.
#include <doctest/doctest.h>

#include <regex>

#include "backends/backend.h"
#include "backends/mermaid/label.h"
#include "base/diagnostics/codes.h"
#include "tests/support/compile.h"
#include "tests/unit/backends/build.h"

namespace vsm::backends {
namespace {

struct Drawn {
    explicit Drawn(std::string_view text, Diagram kind = Diagram::flowchart) {
        const auto model = tests::compile_text(text);
        REQUIRE(model.has_value());
        BackendOptions options;
        options.diagram = kind;
        const auto files = find_backend("mermaid")->emit({*model, ir::StreamId{0}, options}, diagnostics);
        REQUIRE(files.size() == 1);
        CHECK(files.front().suffix == (kind == Diagram::gantt ? ".gantt.mmd" : ".mmd"));
        diagram = files.front().content;
    }
    bool holds(std::string_view part) const { return diagram.find(part) != std::string::npos; }
    std::size_t count(std::string_view part) const {
        std::size_t found = 0;
        for (std::size_t at = diagram.find(part); at != std::string::npos; at = diagram.find(part, at + 1)) ++found;
        return found;
    }

    Diagnostics diagnostics;
    std::string diagram;
};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

TEST_CASE("two steps from trigger to customer, with their data and the totals") {
    const Drawn drawn(R"(
stream s "Small" {
  trigger: "Order", customer: "Buyer"
  step a "Pick" { team: store, process: 1h, lead: 2h, ca: 90% }
  step b { process: 30min, wait: 0min, kind: automated, ca: n/a }
})");
    CHECK(drawn.diagram.starts_with(R"(%%{init: {"flowchart": {"wrappingWidth": 280}}}%%
flowchart TD
    n1(["Order"]):::terminal
    n2["Pick<br/>store<br/>PT 1h, wait 1h<br/>#37;C#38;A 90#37;<br/>80#37; of the lead time"]:::manual
    n3["b<br/>automated<br/>PT 30min"]:::automated
    n4(["Buyer"]):::terminal
    n5["Small<br/>lead time 2h30min<br/>process time 1h30min<br/>activity ratio 60#46;0#37;<br/>rolled #37;C#38;A 90#46;0#37;<br/>working time, 8h#47;d 5d#47;w"]:::totals
    n1 --> n2
    n2 --> n3
    n3 --> n4
    n4 ~~~ n5
    classDef )"));
    CHECK(drawn.diagnostics.all().empty());
}

TEST_CASE("a stage is a box, a choose a diamond with shares on its edges, a parallel forks and joins") {
    const Drawn drawn(R"(
stream s {
  stage one "First" { step a { process: 1h, lead: 2h } }
  choose route { branch 70% x "Usual" { step b { process: 1h, lead: 1h } } branch y {} }
  parallel { step c { process: 1h, lead: 1h } branch z "Other way" { wait 1h step d { process: 1h, lead: 1h } } }
})");
    CHECK(drawn.holds(R"(    subgraph s1[" "]
        n2["First<br/>lead 2h, process 1h"]:::stage
        n3["a<br/>PT 1h, wait 1h<br/>42#46;6#37; of the lead time"]:::manual
    end
    n4{"route<br/>one of"}:::gate
    n5["b<br/>PT 1h"]:::manual
    n6{{"side by side"}}:::gate
    n7["c<br/>PT 1h"]:::manual
    n8("wait 1h"):::delay
    n9["d<br/>PT 1h"]:::manual
    n10((" ")):::gate
)"));
    CHECK(drawn.holds("    n1 --> n2\n    n2 --> n3\n    n3 --> n4\n    n4 -->|\"70#37; Usual\"| n5\n"));
    CHECK(drawn.holds("    n5 --> n6\n    n4 -->|\"30#37; y\"| n6\n"));
    CHECK(drawn.holds("    n6 --> n7\n    n6 -->|\"Other way\"| n8\n    n8 --> n9\n    n7 --> n10\n    n9 --> n10\n"));
}

TEST_CASE("`after` draws the edges it says and no others") {
    const Drawn drawn(R"(
stream s {
  step a { process: 1h, lead: 1h }
  step b { process: 1h, lead: 1h }
  step c { process: 1h, lead: 1h, after: a }
  step d { process: 1h, lead: 1h, after: [b, c] }
  step e { process: 1h, lead: 1h, after: start }
})");
    CHECK(drawn.holds("n1 --> n2\n    n2 --> n3\n    n2 --> n4\n    n3 --> n5\n    n4 --> n5\n    n1 --> n6\n    n5 "
                      "--> n7\n    n6 --> n7\n"));
}

TEST_CASE("rework goes back on a dotted edge, a repair on the spot stands in the box") {
    const Drawn drawn(R"(
stream s {
  stage one { step a { process: 1h, lead: 1h } step b { process: 1h, lead: 1h, rework 15% to b } }
  step c { process: 1h, lead: 1h, rework 2.5% once to one, rework 10% { process: 2h, wait: 1h } }
})");
    CHECK(drawn.holds("n4 -.->|\"15#37; back\"| n4\n"));
    CHECK(drawn.holds("n5 -.->|\"2#46;5#37; back, once\"| n2\n"));
    CHECK(drawn.holds("10#37; repaired here#58; PT 2h, wait 1h"));
    CHECK(drawn.count("-.->") == 2);
}

TEST_CASE("queues, unknown times, ranges and remarks stand in the boxes") {
    const Drawn drawn(R"(
stream s {
  demand: 40/w
  queue 12 "Ready"
  step a { process: ?, lead: 1h, ca: ?, x_risk: high, note "Ask Kim", kaizen "Fewer forms" }
  step b { kind: external, lead: 1d, team: [x, y] }
  step c { process: 1h..2h, wait: 3h }
})");
    CHECK(drawn.holds("[/\"12 waiting, 1d4h<br/>Ready<br/>47#46;1#37; of the lead time\"\\]:::delay"));
    CHECK(drawn.holds(
        "[\"a<br/>PT #63;, wait #63;<br/>lead 1h<br/>#37;C#38;A #63;<br/>risk#58; high<br/>kaizen#58; Fewer "
        "forms<br/>note#58; Ask Kim\"]:::manual"));
    CHECK(drawn.holds("[\"b<br/>x, y, external<br/>lead 1d\"]:::external"));
    CHECK(drawn.holds("[\"c<br/>PT 1h30min #40;1h to 2h#41;, wait 3h\"]:::manual"));
}

TEST_CASE("whatever stands in a map, every line of the diagram is one that we write") {
    const std::string canary =
        R"(a\"]; click n1 \"javascript:x\" %%{init}%% </script> |b| {c} [d] (e) --> n2; :::k ~~~ #quot; &lt; `f` $$g$$\nend\nstyle n1 fill:#f00)";
    const Drawn drawn("stream s \"" + canary + "\" { trigger: \"" + canary + "\" customer: \"" + canary +
                      "\" stage st \"" + canary + "\" { step a \"" + canary + "\" { process: 1h, lead: 2h, x_y: \"" +
                      canary + "\" note \"" + canary + "\" } wait 1h \"" + canary + "\" } choose \"" + canary +
                      "\" { branch 50% \"" + canary + "\" {} branch \"" + canary + "\" {} } }");
    const std::string label = "\"([A-Za-z0-9 ,\xE2\x80\xA6]|#[0-9]+;|<br/>)*\"";
    const std::regex ours("    +(n[0-9]+(\\(\\[" + label + "\\]\\)|\\[" + label + "\\]|\\(" + label + "\\)|\\{" +
                          label + "\\}):::[a-z]+|subgraph s[0-9]+\\[\" \"\\]|end|n[0-9]+ (-->|~~~)(\\|" + label +
                          "\\|)? n[0-9]+|classDef [a-z]+ [-a-z0-9#:, ]+|class n[0-9]+ constraint)");
    const auto lines = lines_of(drawn.diagram);
    CHECK(lines[0] == "%%{init: {\"flowchart\": {\"wrappingWidth\": 280}}}%%");
    CHECK(lines[1] == "flowchart TD");
    for (std::size_t i = 2; i < lines.size(); ++i) {
        INFO(lines[i]);
        CHECK(std::regex_match(lines[i], ours));
    }
}

TEST_CASE("the time constraint has a thick outline and says its part of the lead time") {
    const Drawn drawn(R"(
stream s {
  step a { process: 1h, lead: 1h }
  choose { branch 40% x { step b { process: 1h, lead: 10h } } branch y { step c { process: 1h, lead: 4h } } }
})");
    CHECK(drawn.holds("[\"b<br/>PT 1h, wait 1d1h<br/>54#46;1#37; of the lead time\"]:::manual\n"));
    CHECK(drawn.diagram.ends_with("    class n4 constraint\n"));
    CHECK(drawn.count("of the lead time") == 1);
    const Drawn half("stream s { step a { process: ?, lead: ? } step b { process: 1h, lead: 1h } }");
    CHECK(half.holds("<br/>100#37; of the known lead time\"]:::manual\n"));
    CHECK(half.diagram.ends_with("    class n3 constraint\n"));
}

TEST_CASE("whose people have the most to do is marked too: a step, or a team at the end") {
    const Drawn drawn(R"(
stream s {
  demand: 5/d
  step a { process: 1h, wait: 1d, people: 1 }
  step b { process: 30min, wait: 0min, people: 1 }
})");
    CHECK(drawn.holds("PT 1h, wait 1d<br/>94#46;7#37; of the lead time, busiest, 62#46;5#37; utilized\"]:::manual\n"));
    const Drawn team(R"(
team dev "Developers" { people: 1 }
stream s { demand: 5/d, step a { team: dev, process: 1h, wait: 1d } step b { team: dev, process: 30min, wait: 0min } })");
    CHECK(team.holds("<br/>busiest team Developers, 93#46;8#37; utilized<br/>working time"));
}

TEST_CASE("a Gantt chart has a bar for each wait and each process, counted from the trigger on") {
    const Drawn drawn(R"(
stream s "Small" {
  trigger: "Order", customer: "Buyer"
  step a "Pick" { process: 2h, lead: 1d, ca: 90% }
  stage t "Send" { step b { process: 4h, wait: 0min, ca: n/a } wait w 2d "Ship" }
})",
                      Diagram::gantt);
    CHECK(drawn.holds(R"(gantt
    title Small · lead time 3d4h, process time 6h, activity ratio 21.4%, rolled %C#38;A 90.0%
    dateFormat x
    axisFormat %s d
    tickInterval 1second
    todayMarker off
    section #84;rigger
    #79;rder :milestone, 0, 0ms
    section #78;o stage
    #80;ick, wait 6h :done, 0, 750ms
    #80;ick, 2h :active, 750, 250ms
    section #83;end
    #98;, 4h :active, 1000, 500ms
    #83;hip, wait 2d, 57.1% of the lead time :crit, done, 1500, 2000ms
    section #67;ustomer
    #66;uyer :milestone, 3500, 0ms
)"));
    CHECK(drawn.diagnostics.all().empty());
}

TEST_CASE("in a Gantt chart branches begin together, and what follows a choose begins at its mean") {
    const Drawn drawn(R"(
stream s {
  parallel { step a { process: 1h, wait: 0min } branch z "Other" { wait 2h step b { process: 1h, wait: 0min } } }
  choose route { branch 75% x "Usual" { step c { process: 4h, wait: 0min } } branch y {} }
  step d { process: 1h, wait: 0min, rework 15% to d }
})",
                      Diagram::gantt);
    CHECK(drawn.holds(R"(    axisFormat %s h
    tickInterval 1second
)"));
    CHECK(drawn.holds(R"(    #97;, 1h :active, 0, 1000ms
    #79;ther › A wait, wait 2h :done, 0, 2000ms
    #79;ther › b, 1h :active, 2000, 1000ms
    #55;5% Usual › c, 4h, 41.8% of the lead time with rework :crit, active, 3000, 4000ms
    #50;5% y › nothing to do :milestone, 3000, 0ms
    #114;oute is over after 3h on average :milestone, 6000, 0ms
    #100;, 1h :active, 6000, 1000ms
    #49;5% goes back to d :milestone, 7000, 0ms
)"));
}

TEST_CASE("a Gantt chart says what is unknown on a diamond, and draws what is known at least") {
    const Drawn drawn(R"(
stream s {
  demand: 10/d
  step a { process: ?, lead: ? }
  step b { process: ?, lead: 1d }
  step c { process: ?, wait: 1d }
  step d { kind: external, lead: 2d }
  wait ?
  queue 5 "Ready"
})",
                      Diagram::gantt);
    CHECK(drawn.holds(R"(    #97;, process #63;, wait #63; :milestone, 0, 0ms
    #98;, lead 1d, process #63;, wait #63; :0, 1000ms
    #99;, wait 1d :done, 1000, 1000ms
    #99;, process #63; :milestone, 2000, 0ms
    #100;, lead 2d, 44.4% of the known lead time :crit, 2000, 2000ms
    #65; wait, wait #63; :milestone, 4000, 0ms
    #82;eady, 5 waiting, 4h :done, 4000, 500ms
)"));
    CHECK(drawn.holds("lead time at least 4d4h"));
}

TEST_CASE("a Gantt chart does not say that a choose is over after an unknown time") {
    const Drawn drawn(R"(
stream s { timings: unknown choose k { branch 50% { step a } branch { step b } } choose { branch 50% { step c { process: ?, wait: 1h } } branch { step d } } })",
                      Diagram::gantt);
    CHECK(drawn.holds("#107; is over after #63; :milestone"));
    CHECK(drawn.holds("#79;ne of these branches is over after at least 30min on average :milestone"));
}

TEST_CASE("sections of a Gantt chart have names of their own, whatever the stages are called") {
    const Drawn drawn(R"map(
stream s {
  stage a "12" { step one { process: 1h, lead: 1h } stage b "Inner" { step two { process: 1h, lead: 1h } } step three { process: 1h, lead: 1h } }
  stage c "12 (2)" { step four { process: 1h, lead: 1h } }
})map",
                      Diagram::gantt);
    CHECK(drawn.holds("    section #49;2\n"));
    CHECK(drawn.holds("    section #49;2 /<br/>Inner\n"));
    CHECK(drawn.holds("    section #49;2 (2)\n"));
    CHECK(drawn.holds("    section #49;2 (2) (2)\n"));
}

TEST_CASE("whatever stands in a map, every line of a Gantt chart is one that we write") {
    const std::string canary =
        "%%{init}%% section x: 2024-01-01; click a href \"x\" #35; <br/> %% %{ $$a$$\nend\ntitle z";
    const Drawn drawn(tests::map_with(canary), Diagram::gantt);
    const std::string text = "([A-Za-z0-9 ,./()'%\xE2\x81\xA0\xE2\x80\xA6\xE2\x80\xBA\xC2\xB7-]|#[0-9]+;)*";
    const std::regex ours("    (title " + text +
                          "|dateFormat x|axisFormat %s [a-z]+|tickInterval [0-9]+[a-z]+|todayMarker off|section " +
                          text + "(<br/>" + text + ")?|(#[0-9]+;|\xE2)" + text +
                          " :((crit, )?(done|active), |milestone, )?[0-9]+, [0-9]+ms)");
    const auto lines = lines_of(drawn.diagram);
    CHECK(lines[1] == "gantt");
    for (std::size_t i = 2; i < lines.size(); ++i) {
        INFO(lines[i]);
        CHECK(std::regex_match(lines[i], ours));
        CHECK(lines[i].find("%%") == std::string::npos);
        CHECK(lines[i].find("%{") == std::string::npos);
    }
}

TEST_CASE("text is coded so that Mermaid takes nothing in it for its own") {
    using mermaid::coded;
    CHECK(coded("Plain text, 42") == "Plain text, 42");
    CHECK(coded("Prüfung 確認") == "Prüfung 確認");
    CHECK(coded("a\"b") == "a#34;b");
    CHECK(coded("#quot;") == "#8288;#35;quot#59;");
    CHECK(coded("a\nb\tc") == "a b c");
    CHECK(coded("\x1b") == "#92;u#123;1B#125;");
    CHECK(coded("x $$y") == "x #36;#8288;#36;y");
    CHECK(coded("fa:fa-car") == "fa#58;#8288;"
                                "fa#45;car");
    CHECK(coded("ﬂ°") == "ﬂ#8288;°");
    CHECK(coded("1. Review") == "#8288;"
                                "1#46; Review");
    CHECK(coded("12 waiting") == "12 waiting");
    CHECK(coded("1.5 days") == "1#46;5 days");
    CHECK(mermaid::coded_line("8h/d, 60.5% (it's so): a-b") == "8h/d, 60.5% (it's so)#58; a-b");
    CHECK(mermaid::coded_line("%% %{ 5%") == "#37;#37; #37;#123; 5%");
    CHECK(mermaid::coded_head("section") == "#115;ection");
    CHECK(mermaid::coded_head("") == "");
}

TEST_CASE("a diagram that Mermaid does not draw as it is gets a warning, one that it does gets none") {
    const auto chain = [](std::size_t steps) {
        std::string text = "stream s { ";
        for (std::size_t i = 0; i < steps; ++i) text += "step s" + std::to_string(i) + " { process: 1h, lead: 1h } ";
        return text + "}";
    };
    // n steps have n + 1 edges; one more places the totals below the customer
    CHECK(Drawn(chain(498)).diagnostics.all().empty());
    const Drawn many(chain(499));
    REQUIRE(many.diagnostics.all().size() == 1);
    CHECK(many.diagnostics.all().front().code == Code::near_target_limit);
    CHECK(many.diagnostics.all().front().message.find("501 edges") != std::string::npos);
    std::string wordy = "stream s { ";
    for (int i = 0; i < 200; ++i)
        wordy += "step s" + std::to_string(i) + " \"" + std::string(75, 'x') + "\" { process: 1h, lead: 1h, note \"" +
                 std::string(70, 'y') + "\", kaizen \"" + std::string(70, 'z') + "\" } ";
    const Drawn large(wordy + "}");
    REQUIRE(large.diagnostics.all().size() == 1);
    CHECK(large.diagnostics.all().front().message.find("characters") != std::string::npos);
}

}  // namespace
}  // namespace vsm::backends
