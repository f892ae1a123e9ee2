// Checks of the model: each refuses a map at the exact words, accepts the map just inside the limit, and derives facts.
#include "compiler/check/check_model.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <initializer_list>

#include "base/diagnostics/codes.h"
#include "tests/support/compile.h"
#include "tests/support/map_text.h"

namespace {

using namespace vsm;

/// Maps with an error at the marked words.
struct Refused {
    Code code;
    std::string_view map;
};

/// `*` stands for two times.
std::string in_stream(std::string_view items) {
    return fmt::format("stream s {{\n{}\n}}\n", tests::replaced(items, '*', "process: 1h, lead: 2h"));
}

/// The only diagnostic of a map.
Diagnostic only_error(const std::string& text) {
    Diagnostics diagnostics;
    CHECK_FALSE(tests::compile_text(text, &diagnostics).has_value());
    CAPTURE(text);
    CAPTURE(tests::diagnose(text));
    REQUIRE(diagnostics.all().size() == 1);
    return diagnostics.all().front();
}

void check_refused(Code code, std::string_view written) {
    const tests::Marked map = tests::marked(written);
    const Diagnostic found = only_error(map.text);
    CAPTURE(map.text);
    CHECK(info_of(found.code).name == info_of(code).name);
    CHECK(map.text.substr(found.range.begin, found.range.end - found.range.begin) ==
          map.text.substr(map.begin, map.end - map.begin));
    CHECK(found.range.begin == map.begin);
    CHECK_FALSE(found.help.empty());
}

void check_all_refused(std::initializer_list<Refused> maps) {
    for (const Refused& one : maps) check_refused(one.code, in_stream(one.map));
}

void check_accepted(std::string_view map) {
    CAPTURE(map);
    CHECK(tests::diagnose(map) == "");
}

void check_all_accepted(std::initializer_list<std::string_view> maps) {
    for (const std::string_view map : maps) check_accepted(in_stream(map));
}

ir::CheckedModel checked(std::string_view items) {
    auto made = tests::compile_text(in_stream(items));
    REQUIRE(made.has_value());
    return std::move(*made);
}

/// Mean, low and high of a resolved time in minutes; with `+` if it is only a lower bound.
std::string described(const ir::ResolvedTime& time) {
    const auto minutes = [](double microseconds) { return format_number(round_to(microseconds / 6e7, 3)); };
    const std::string mean = minutes(time.spread.mean), low = minutes(time.spread.low),
                      high = minutes(time.spread.high);
    return (low == mean && high == mean ? mean : fmt::format("{}({}..{})", mean, low, high)) + (time.known ? "" : "+") +
           (time.guess ? "~" : "");
}

std::string described(const ir::ResolvedTimings& times) {
    return fmt::format("{} {} {}", described(times.process), described(times.wait), described(times.lead));
}

}  // namespace

TEST_CASE("an `after` that closes a circle is refused where it closes") {
    check_all_refused(
        {{Code::cycle, "step a { *, after: <<a>> }"},
         {Code::cycle, "step a { *, after: <<b>> } step b { * }"},
         {Code::cycle, "step a { * } step b { *, after: [a, <<d>>] } wait c 1d step d { * }"},
         {Code::cycle, "step a { * } stage g { step b { *, after: <<c>> } step c { * } }"},
         {Code::cycle, "choose { branch 100% { step a { * } wait b 1d { after: <<c>> } step c { * } } }"}});
    check_all_accepted({"step a { *, after: b } step b { *, after: start }",
                        "step a { * } step b { *, after: [a, a] } step c { *, after: [a, b] }"});
    const std::string circle = in_stream("step a { *, after: c } step b { *, after: a } step c { *, after: b }");
    const Diagnostic found = only_error(circle);
    CHECK(found.message == "`after` forms a cycle: a -> b -> c -> a");
    REQUIRE(found.labels.size() == 2);
    CHECK(found.labels[0].text == "`b` follows `a`");
    CHECK(found.labels[1].text == "`c` follows `b`");
}

TEST_CASE("two circles are two errors, and rework is not looked for behind them") {
    const std::string two =
        in_stream("step a { *, after: a } step b { *, after: c } step c { *, rework 5% to d } step d { * }");
    Diagnostics diagnostics;
    tests::compile_text(two, &diagnostics);
    REQUIRE(diagnostics.all().size() == 2);
    for (const Diagnostic& one : diagnostics.all()) CHECK(one.code == Code::cycle);
}

TEST_CASE("a step with fewer than two of its times is refused at its name") {
    check_all_refused({{Code::missing_timing, "step <<a>> { process: 1h }"},
                       {Code::missing_timing, "step <<a>> { wait: 1h }"},
                       {Code::missing_timing, "step <<a>> { lead: ? }"},
                       {Code::missing_timing, "step <<a>> { ca: 90% }"},
                       {Code::missing_timing, "step <<a>>"},
                       {Code::missing_timing, "step <<a>> { kind: external, process: 1h }"},
                       {Code::missing_timing, "step a { *, <<rework>> 5% { process: 1h } }"},
                       {Code::missing_timing, "step a { *, <<rework>> 5% { team: qa } }"}});
    check_all_accepted({"step a { process: ?, lead: ? }", "step a { process: ?, wait: ? }",
                        "step a { wait: 1h, lead: ? }", "step a { kind: external, lead: 1h }",
                        "step a { *, rework 5% { process: 1h, wait: ? } }",
                        "timings: unknown step a step b { process: 1h }"});
}

TEST_CASE("a process time longer than the lead time is refused at itself, on average and at both ends") {
    struct Longer {
        std::string_view map, where;
    };
    for (const Longer& one : {Longer{"step a { process: <<2h1s>>, lead: 2h }", "its lead time 2h"},
                              Longer{"step a { process: <<1.000001s>>, lead: 1s }", "its lead time 1s"},
                              Longer{"step a { process: <<8h1min>>, lead: 1d }", "its lead time 1d"},
                              Longer{"step a { process: <<exponential(2h)>>, lead: 1h..2h }", "on average"},
                              Longer{"step a { process: <<1h..8h..9h>>, lead: 1h..2h..9h }", "on average"},
                              Longer{"step a { process: <<2h..3h>>, lead: 1h..9h }", "at the low end"},
                              Longer{"step a { process: <<1h>>, lead: exponential(2h) }", "at the low end"},
                              Longer{"step a { process: <<1h..5h>>, lead: 3h..4h }", "at the high end"},
                              Longer{"step a { *, rework 5% { process: <<2h>>, lead: 1h } }", "the rework of `a`"}}) {
        check_refused(Code::process_over_lead, in_stream(one.map));
        const std::string message = only_error(tests::marked(in_stream(one.map)).text).message;
        CHECK_MESSAGE(message.find(one.where) != std::string::npos, message);
    }
    check_all_accepted({"step a { process: 2h, lead: 2h }", "step a { process: 8h, lead: 1d }",
                        "calendar: 24h/d 7d/w step a { process: 24h, lead: 1d }",
                        "step a { process: 1h..5h, lead: 1h..5h }",
                        "step a { process: exponential(1h), lead: exponential(1h) }",
                        "step a { process: 1h, lead: lognormal(p50 6h, p85 1d) }", "step a { process: 9h, lead: ? }",
                        "step a { process: ?, lead: 0min }"});
}

TEST_CASE("a wait longer than the lead time, and three times that do not add up, are refused") {
    check_all_refused({{Code::wait_over_lead, "step a { wait: <<2h1s>>, lead: 2h }"},
                       {Code::wait_over_lead, "step a { wait: <<1h..5h>>, lead: 3h..4h }"},
                       {Code::timings_disagree, "step a { process: 1h, wait: 1h, lead: <<3h>> }"},
                       {Code::timings_disagree, "step a { process: 1h, wait: 3h, lead: <<2h>> }"},
                       {Code::timings_disagree, "step a { process: 1h..2h, wait: 1h..2h, lead: <<2h..5h>> }"},
                       {Code::timings_disagree, "step a { process: 1h..3h, wait: 1h..3h, lead: <<4h>> }"}});
    check_all_accepted({"step a { wait: 2h, lead: 2h }", "step a { wait: 9h, lead: ? }",
                        "step a { process: 1h, wait: 7h, lead: 1d }",
                        "step a { process: 1h..2h, wait: 1h..2h, lead: 2h..4h }",
                        "step a { process: ?, wait: 1h, lead: 3h }", "step a { process: 1h, wait: ?, lead: 3h }"});
}

TEST_CASE("shares that do not add to 100% are refused at their choose, to the ninth decimal") {
    const auto choose = [](std::string_view name, std::string_view branches) {
        return in_stream(fmt::format("step a {{ * }} {} {{ {} }}", name, branches));
    };
    for (const std::string_view branches :
         {"branch 60% { } branch 30% { }", "branch 60% { } branch 40.000000001% { }", "branch 99.999999999% { }",
          "branch 33.333333333% { } branch 33.333333333% { } branch 33.333333333% { }",
          "branch 70% { } branch { } branch { }", "branch { } branch { }", "branch 60% { } branch 50% { } branch { }",
          "branch { share: 60% } branch { share: 30% }"}) {
        check_refused(Code::shares_not_whole, choose("<<choose>>", branches));
        check_refused(Code::shares_not_whole, choose("choose <<c>>", branches));
    }
    for (const std::string_view branches :
         {"branch 60% { } branch 40% { }", "branch 60% { } branch { }", "branch { }", "branch 100% { } branch { }",
          "branch 0% { } branch 100% { }", "branch 33.333333333% { } branch 33.333333333% { } branch 33.333333334% { }",
          "branch { share: 60% } branch 40% { }"})
        check_accepted(choose("choose", branches));
    const Diagnostic found = only_error(choose("choose c", "branch 60% x { } branch 30% { }"));
    CHECK(found.message == "the shares of choose `c` add up to 90%, not 100%");
    CHECK(found.labels.size() == 2);
}

TEST_CASE("a queue needs a demand, items that reach it, and less than a century for each") {
    check_all_refused(
        {{Code::queue_without_demand, "step a { * } queue <<3>>"},
         {Code::queue_never_moves, "demand: 1/w step a { * } choose { branch 0% { queue <<q>> 3 } branch { } }"},
         {Code::out_of_range, "demand: 1/w step a { * } queue <<21901>>"},
         {Code::out_of_range, "demand: 1/w step a { * } choose { branch 50% { queue <<10951>> } branch { } }"}});
    check_all_accepted({"step a { * } queue 21900 demand: 1/w",
                        "demand: 1/w step a { * } choose { branch 50% { queue 10950 } branch { } }",
                        "demand: 1/w step a { * } queue 0"});
}

TEST_CASE("rework without an end, or of more than everything, is refused at its first statement") {
    const auto rework = [](std::string_view reworks) {
        return in_stream(fmt::format("step a {{ * }} step b {{ *\n{}\n}}", reworks));
    };
    for (const Refused& one :
         {Refused{Code::endless_rework, "<<rework 100% to b>>"},
          Refused{Code::endless_rework, "<<rework 60% to a>> rework 40% to b"},
          Refused{Code::endless_rework, "rework 0% to a <<rework 100% to b>>"},
          Refused{Code::endless_rework, "<<rework 100% { process: 1h, wait: 1h }>>"},
          Refused{Code::rework_over_whole, "<<rework 60% to a>> rework 41% to b"},
          Refused{Code::rework_over_whole, "<<rework 60% once to a>> rework 40.000000001% once to b"}})
        check_refused(one.code, rework(one.map));
    for (const std::string_view reworks :
         {"rework 99.999999999% to b", "rework 60% to a rework 40% once to b", "rework 100% once to a",
          "rework 100% once { process: 1h, wait: 1h }", "rework 60% to a rework 60% { process: 1h, wait: 1h }",
          "rework 99.999999999% { process: 1h, wait: 1h }"})
        check_accepted(rework(reworks));
}

TEST_CASE("rework forward, into a branch or twice to one place is refused at its target") {
    for (const Refused& one :
         {Refused{Code::rework_forward, "step a { *, rework 5% to <<b>> } step b { * }"},
          Refused{Code::rework_forward, "step a { * } step b { *, after: start, rework 5% to <<a>> }"},
          Refused{Code::rework_forward, "stage g { step a { *, rework 5% to <<h>> } } stage h { step b { * } }"},
          Refused{Code::rework_forward, "stage g { step a { *, rework 5% to <<b>> } } stage h { step b { * } }"},
          Refused{Code::rework_into_branch,
                  "choose { branch 60% x { step a { * } } branch { } } step b { *, rework 5% to <<a>> }"},
          Refused{Code::rework_into_branch,
                  "choose { branch 60% x { step a { * } } branch { } } step b { *, rework 5% to <<x>> }"},
          Refused{Code::rework_into_branch, "parallel p { step a { * } step b { *, rework 5% to <<a>> } }"},
          Refused{Code::duplicate_rework, "step a { * } step b { *, rework 5% to a rework 6% once to <<a>> }"}})
        check_refused(one.code, in_stream(one.map));
    for (const std::string_view map :
         {"step a { * } wait w 1d step b { *, rework 5% to b rework 5% to w rework 5% to a }",
          "step a { *, after: b, rework 5% to b } step b { *, after: start }",
          "stage g { step a { * } } stage h { step b { *, rework 5% to h rework 5% to g rework 5% to a } }",
          "choose c { branch x { step a { *, rework 5% to x rework 5% to c } } } step b { *, rework 5% to c }",
          "step z { * } parallel p { step a { *, rework 5% to z rework 5% to p } step b { * } }"})
        check_accepted(in_stream(map));
}

TEST_CASE("a stream without a step, a fork without a branch and a second milestone are refused") {
    check_refused(Code::empty_stream, "stream <<s>> { wait 1d }");
    check_refused(Code::empty_stream, "stream s { step a { process: 1h, lead: 2h } } future <<f>> of s { remove a }");
    check_refused(Code::empty_stream, "stream <<s>> { } future f of s { }");
    check_all_refused(
        {{Code::no_branches, "step a { * } parallel <<p>> { }"},
         {Code::no_branches, "step a { * } <<choose>> { note \"None\" }"},
         {Code::duplicate_milestone, "step a { *, milestone: commit } step <<b>> { *, milestone: commit }"}});
    check_all_accepted({"step a { *, milestone: commit } parallel { branch { } } step b { *, milestone: production }",
                        "step a { *, milestone: commit } } stream t { step a { *, milestone: commit }"});
}

TEST_CASE("every check reports in the same run") {
    Diagnostics diagnostics;
    tests::compile_text(in_stream(R"(step a { process: 1h } step b { process: 3h, lead: 2h, rework 100% to b } queue 3
        choose { branch 60% { } } parallel { } step c { *, after: d } step d { * } }
        stream t { wait 1d step x { *, rework 100% to x } } stream u { wait 1d)"),
                        &diagnostics);
    std::string codes;
    for (const Diagnostic& one : diagnostics.all()) codes += fmt::format("{} ", info_of(one.code).name);
    CHECK(codes == "cycle no-branches missing-timing process-over-lead shares-not-whole queue-without-demand "
                   "endless-rework empty-stream ");
}

TEST_CASE("an error that only a future has names the future where nothing of it is shown") {
    const std::string map =
        in_stream("step a { * } choose c { branch 60% x { } branch 40% y { } }") + "future f of s { remove x }";
    const Diagnostic found = only_error(map);
    CHECK(found.code == Code::shares_not_whole);
    CHECK(map.substr(found.range.begin, 1) == "c");
    REQUIRE(found.labels.size() == 2);
    CHECK(found.labels.back().text == "in this future");
    CHECK(map.substr(found.labels.back().range.begin, 1) == "f");
}

TEST_CASE("the third of three times follows from the other two, and stays open where they do") {
    struct Times {
        std::string_view written, resolved;
    };
    for (const Times& one :
         {Times{"process: 1h, lead: 4h", "60 180 240"}, Times{"process: 1h, wait: 3h", "60 180 240"},
          Times{"wait: 3h, lead: 4h", "60 180 240"}, Times{"process: 1h, wait: 3h, lead: 4h", "60 180 240"},
          Times{"process: 1h..3h, lead: 4h..8h", "120(60..180) 240(180..300) 360(240..480)"},
          Times{"process: 1h..3h, wait: 1h", "120(60..180) 60 180(120..240)"},
          Times{"process: ?, lead: 4h", "0+ 0+ 240"}, Times{"process: 1h, lead: ?", "60 0+ 60+"},
          Times{"process: 1h, wait: ?", "60 0+ 60+"}, Times{"process: ?, wait: 2h", "0+ 120 120+"},
          Times{"wait: 1h, lead: ?", "0+ 60 60+"}, Times{"wait: ?, lead: 4h", "0+ 0+ 240"},
          Times{"process: ~1h, lead: 4h", "60~ 180~ 240"}, Times{"kind: external, lead: 4h", "0 240 240"},
          Times{"kind: external, lead: ?", "0 0+ 0+"}}) {
        const ir::CheckedModel model = checked(fmt::format("step a {{ {} }}", one.written));
        CAPTURE(one.written);
        CHECK(described(model.facts(ir::StreamId{0}).elements[ir::ElementId{0}].timings) == one.resolved);
    }
    const ir::CheckedModel model =
        checked("step a { *, rework 5% to a rework 5% { process: 1h, lead: 3h } } wait 1h..3h");
    const auto& facts = model.facts(ir::StreamId{0}).elements;
    REQUIRE(facts[ir::ElementId{0}].repairs.size() == 2);
    CHECK(described(facts[ir::ElementId{0}].repairs[0]) == "0 0 0");
    CHECK(described(facts[ir::ElementId{0}].repairs[1]) == "60 120 180");
    CHECK(described(facts[ir::ElementId{1}].timings) == "0 120(60..180) 120(60..180)");
}

TEST_CASE("the share of items that reach an element is the product of the shares around it") {
    const ir::CheckedModel model = checked(R"(step a { * }
        choose { branch w { wait b 1h }
            branch 40% x { choose { branch 25% y { wait c 1h } branch z { parallel { wait d 1h } } } } })");
    const ir::Stream& stream = model.stream(ir::StreamId{0});
    std::string shares;
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ir::ElementId id = stream.elements.id_at(i);
        const ir::ElementFacts& facts = model.facts(ir::StreamId{0}).elements[id];
        if (!stream.elements[id].name.given()) continue;
        const std::string all = format_number(round_to(facts.share, 9)),
                          own = format_number(round_to(facts.branch_share, 9));
        shares += fmt::format("{} {} {}, ", stream.elements[id].label, all, own);
    }
    CHECK(shares == "a 1 1, w 0.6 0.6, b 0.6 1, x 0.4 0.4, y 0.1 0.25, c 0.1 1, z 0.3 0.75, d 0.3 1, ");
}

TEST_CASE("what an element follows is kept without what that follows anyhow") {
    const ir::CheckedModel model = checked(R"(step a { * } step b { * } step c { *, after: [a, b, start] }
        stage g { after: [c, a] step d { * } step e { *, after: [d, d] } })");
    const ir::Stream& stream = model.stream(ir::StreamId{0});
    std::string order;
    for (const ir::Element& one : stream.elements) {
        order += one.label + "<";
        for (const ir::ElementId id : one.predecessors) order += stream.elements[id].label;
        order += " ";
        if (one.after_given) CHECK(one.predecessors.size() == one.predecessor_ranges.size());
    }
    CHECK(order == "a< b<a c<b g<c d< e<d ");
}

TEST_CASE("a future halfway through its edits is kept only where it is a valid map") {
    const auto interims = [](std::string_view edits) {
        const std::string stream = in_stream("step a { * } choose { branch 60% x { } branch 40% y { } }");
        const auto made = tests::compile_text(fmt::format("{}future f of s {{ {} }}", stream, edits));
        REQUIRE(made.has_value());
        std::string counts;
        for (const ir::Interim& one : made->model().interims) counts += fmt::format("{} ", one.edits);
        return counts;
    };
    CHECK(interims("change x { share: 10% } change y { share: 90% } change a { lead: 3h }") == "2 ");
    CHECK(interims("change a { lead: 3h } change x { share: 10% } change y { share: 90% }") == "1 ");
    CHECK(interims("change a { lead: 30min } change a { process: 10min } change a { lead: 1h }") == "2 ");
    CHECK(interims("change a { lead: 3h }") == "");
}
