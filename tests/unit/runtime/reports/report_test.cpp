// The text, Markdown, JSON and CSV reports of figures.
#include "runtime/reports/metrics/report.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/text.h"
#include "tests/support/compile.h"

namespace vsm::runtime {
namespace {

struct Reported {
    explicit Reported(std::string_view text, std::string path = "checkout.vsm") : model(tests::compile_text(text)) {
        REQUIRE(model.has_value());
        files.push_back({std::move(path), &*model, measure(*model)});
    }
    std::optional<ir::CheckedModel> model;
    std::vector<FileMetrics> files;
};

constexpr std::string_view checkout = R"(
stream checkout "Checkout: merge request to production" {
  step review  "Review the change"    { team: dev, process: 45min, lead: 1d,    ca: 85% }
  step build   "Build and unit test"  { team: ci,  process: 12min, lead: 20min, ca: 95% }
  step qa      "Test the release"     { team: qa,  process: 3h,    lead: 2d,    ca: 70% }
  step approve "Approve the change"   { team: cab, process: 15min, lead: 5d,    ca: 99% }
  step deploy  "Deploy to production" { team: ops, process: 30min, lead: 4h,    ca: 90% }
})";

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char c : text) {
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += c;
    }
    return lines;
}

TEST_CASE("the first map in JSON, to the digit") {
    const std::string json = metrics_json(Reported(checkout).files);
    CHECK(holds(json, R"("name": "checkout",
      "title": "Checkout: merge request to production",
      "file": "checkout.vsm",
      "of": null,
      "by": null,
      "calendar": { "hours_per_day": 8, "days_per_week": 5 },
      "lead_time": { "seconds": 246000, "text": "8d4h" },
      "process_time": { "seconds": 16920, "text": "4h42min" },
      "wait_time": { "seconds": 229080, "text": "8d" },
      "total_process_time": { "seconds": 16920, "text": "4h42min" },
      "activity_ratio": 0.068780487804878,
      "pce": null,
      "rolled_ca": 0.50363775,
      "rolled_ca_skipped": 0,
      "steps": 5,
      "handoffs": 4,)"));
    CHECK(holds(json, R"({
          "name": "review",
          "kind": "step",
          "lead_time": { "seconds": 28800, "text": "1d" },
          "process_time": { "seconds": 2700, "text": "45min" },
          "wait_time": { "seconds": 26100, "text": "7h15min" },
          "ca": 0.85,
          "visits": 1,
          "utilization": null,
          "on_timeline": true
        })"));
}

TEST_CASE("in JSON an unknown figure is null, its bound stands beside it, and what is missing is named") {
    const std::string json = metrics_json(
        Reported("stream s { step a { process: 1h, lead: 2h, ca: 80% } step b { process: 1h, wait: ?, ca: ? } }")
            .files);
    CHECK(holds(json, "\"lead_time\": null,\n      \"lead_time_at_least\": { \"seconds\": 10800, \"text\": \"3h\" },"));
    CHECK(holds(json, "\"rolled_ca\": null,\n      \"rolled_ca_at_most\": 0.8,"));
    CHECK(holds(json, R"({ "key": "lead_time", "because": ["b"] })"));
    CHECK(holds(json, R"({ "key": "rolled_ca", "because": ["b"] })"));
}

TEST_CASE("in JSON a future says of what and by when, and a branch that is not written is left out") {
    const std::string json = metrics_json(Reported("stream s { parallel p { step a { process: 1h, lead: 2h } step b { "
                                                   "process: 1h, lead: 1h } } } future f of s by 2027-03-31 {}")
                                              .files);
    CHECK(holds(json, "\"of\": \"s\",\n      \"by\": \"2027-03-31\""));
    CHECK(!holds(json, "\"branch\""));
    CHECK(holds(json, "\"on_timeline\": false"));
}

TEST_CASE("the first map as text") {
    CHECK(metrics_text(Reported(checkout).files) == R"(checkout  Checkout: merge request to production
working time, 8h/d 5d/w

                      team  process     wait   lead  %C&A  ░ wait █ process
Review the change     dev     45min  7h15min     1d   85%  ░░░░▌
Build and unit test   ci      12min     8min  20min   95%  ▏
Test the release      qa         3h     1d5h     2d   70%  ░░░░░░░░█▊
Approve the change    cab     15min       5d     5d   99%  ░░░░░░░░░░░░░░░░░░░░░░░▏
Deploy to production  ops     30min  3h30min     4h   90%  ░▎

lead time       8d4h
process time    4h42min
activity ratio  6.9%
rolled %C&A     50.4%
steps           5, 4 handoffs

constraints
  most of the time goes to `approve` (Approve the change): 5d of 8d4h, 58.5%

what would help most
  halving the wait of `approve` takes 2d4h off 8d4h
  halving the wait of `qa` takes 6h30min off 8d4h (DORA capability: test automation)
  halving the wait of `review` takes 3h38min off 8d4h
  if everything from `qa` were complete and accurate, 71.9% would pass without a correction instead
    of 50.4% (DORA capability: test automation)
)");
}

TEST_CASE("the text says what is unknown, what lies beside the timeline, and the ends of ranges") {
    const std::string text = metrics_text(Reported(R"(
stream s {
  step a { process: 1h..3h, wait: 0h }
  parallel { step b { process: 1h, lead: 5h } step c { process: 2h, lead: 3h } }
  choose route { branch 70% x "Usual" { step d { process: ?, lead: 1d } } branch y {} }
  step e { process: 1h, wait: ?, rework 10% to a }
})")
                                              .files);
    CHECK(holds(text, "  with rework       at least "));
    CHECK(holds(text, "first-pass yield    90.0%"));
    CHECK(holds(text, "╎    c "));
    CHECK(holds(text, "╎ not part of the lead time"));
    CHECK(holds(text, "70% Usual"));
    CHECK(holds(text, "30% y"));
    CHECK(holds(text, "at least 1d5h, 1 of 5 steps unknown "));
    CHECK(holds(text, " ≥ 1d4h to ≥ 1d6h"));
    CHECK(holds(text, "still to find out   d, e"));
    CHECK(!holds(text, "rolled %C&A"));  // no step states one
}

TEST_CASE("of several files the text shows one row a stream") {
    Reported reported(checkout);
    reported.files.push_back(reported.files.front());
    reported.files.back().path = "other.vsm";
    CHECK(metrics_text(reported.files) == R"(file          stream    steps  lead  process  activity   %C&A  working time
checkout.vsm  checkout      5  8d4h  4h42min      6.9%  50.4%  8h/d 5d/w
other.vsm     checkout      5  8d4h  4h42min      6.9%  50.4%  8h/d 5d/w

  2 streams, 10 steps
)");
}

TEST_CASE("no line of the text is wider than 100 columns or ends in a space, whatever the map says") {
    const std::string long_title(300, 'W');
    const std::string wide_title = "\"提出された変更を確認する 提出された変更を確認する 提出された変更を確認する\"";
    const std::string text =
        metrics_text(Reported("stream s \"" + long_title + "\" { step a \"" + long_title + "\" { team: [" +
                              std::string(60, 'x') + ", y], process: 99d7h, lead: 999d7h, ca: 12.3456% } step b " +
                              wide_title + " { process: 1h..99999h, wait: ?, ca: ? } }")
                         .files);
    for (const std::string& line : lines_of(text)) {
        INFO(line);
        CHECK(display_width(line) <= 100);
        CHECK(!line.ends_with(" "));
    }
    CHECK(holds(text, "…"));
}

TEST_CASE("columns stand under one another whatever script a title is in") {
    const auto lines = lines_of(metrics_text(
        Reported(
            "stream s { step a \"確認する\" { process: 1h, lead: 2h } step b \"Prüfung\" { process: 1h, lead: 2h } }")
            .files));
    const auto column = [&](std::string_view of) {
        for (const std::string& line : lines)
            if (holds(line, of)) return display_width(line.substr(0, line.find("1h  1h  2h")));
        return std::size_t{0};
    };
    CHECK(column("確認する") == column("Prüfung"));
    CHECK(column("Prüfung") > 0);
}

TEST_CASE("colours come only when asked for, and no control of the map's reaches the terminal") {
    const Reported reported("stream s { step a \"x\\u{1b}[2Jy\" { process: 1h, lead: 2h } }");
    const std::string plain = metrics_text(reported.files);
    CHECK(!holds(plain, "\033"));
    CHECK(holds(plain, "x\\u{1B}[2Jy"));
    const std::string colored = metrics_text(reported.files, {true});
    CHECK(holds(colored, "\033[1m"));
    CHECK(!holds(colored, "\033[2J"));
}

TEST_CASE("the CSV has a heading and a row a stream, and no row can be taken for a formula") {
    const auto lines =
        lines_of(metrics_csv(Reported("stream s \"=1+1,\\\"2\\\"\" { step a { process: 1h, wait: ? } }").files));
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].starts_with("file,stream,title,of,by,hours_per_day,days_per_week,lead_time_seconds,"));
    CHECK(lines[1].starts_with("checkout.vsm,s,\"'=1+1,\"\"2\"\"\",,,8,5,,3600,,3600,,,,1,1,0,"));
    CHECK(std::count(lines[0].begin(), lines[0].end(), ',') == 63);
}

TEST_CASE("the Markdown table keeps its shape whatever a title holds") {
    const auto lines = lines_of(metrics_markdown(
        Reported("stream s \"a | b\\n| `c` <b> [x](y) *z*\" { step a { process: 1h, lead: 2h, ca: 90% } }").files));
    REQUIRE(lines.size() > 6);
    CHECK(lines[0].starts_with("**a &#124; b &#124; &#96;c&#96; &#60;b&#62; &#91;x&#93;&#40;y&#41; &#42;z&#42;** takes "
                               "2h of working time, 50.0% of it work"));
    CHECK(lines[2] == "<details><summary>All figures</summary>");
    CHECK(lines[6] == "| a &#124; b &#124; &#96;c&#96; &#60;b&#62; &#91;x&#93;&#40;y&#41; &#42;z&#42; | 1 | 2h | 1h | "
                      "50.0% | 90.0% | 8h/d 5d/w |");
}

TEST_CASE("what a map does not state has no column and no line") {
    const std::string names =
        metrics_text(Reported("stream s { timings: unknown parallel { step a step b } step c }").files);
    for (const std::string_view absent : {"process", "lead", "%C&A", "team", "unknown", " ?"}) {
        INFO(absent << "\n" << names);
        CHECK(!holds(names, absent));
    }
    CHECK(holds(names, "times              none is written down yet\n"));
    CHECK(holds(names, "still to find out  a, b, c\n"));
    const std::string times = metrics_text(Reported("stream s { step a { process: 1h, lead: 2h } }").files);
    for (const std::string_view absent :
         {"%C&A", "team", "handoff", "takt", "throughput", "cost", "DORA", "targets", "unknown"}) {
        INFO(absent << "\n" << times);
        CHECK(!holds(times, absent));
    }
}

TEST_CASE("of many names that are to be found out as many are shown as the line has room for") {
    std::string text = "stream s { timings: unknown ";
    for (int i = 0; i < 40; ++i) text += "step a_rather_long_name_" + std::to_string(i) + " ";
    const auto lines = lines_of(metrics_text(Reported(text + "}").files));
    const auto found = std::find_if(lines.begin(), lines.end(),
                                    [](const std::string& line) { return holds(line, "still to find out"); });
    REQUIRE(found != lines.end());
    CHECK(found->ends_with(" and 38 more"));
}

TEST_CASE("rework that hardly ever ends says so, and names who sends back") {
    std::string text = "stream s { step s0 { process: 1h, wait: 0h }";
    for (int i = 1; i <= 6; ++i) text += " step s" + std::to_string(i) + " { process: 1h, wait: 0h rework 99% to s0 }";
    const std::string report = metrics_text(Reported(text + " }").files);
    CHECK(holds(report, "  with rework       beyond measure"));
    CHECK(holds(report, "an item comes back over a thousand million times\n"));
    CHECK(holds(report, "comes back forever  s1, s2, s3, s4, s5, s6\n"));
    CHECK(!holds(report, "still to find out"));
}

TEST_CASE("many streams are sorted by any figure, which is shown, and every line fits") {
    Reported reported(checkout);
    const Reported slow("stream slow_and_with_a_long_name { step a { process: 1h, lead: 90d5h, ca: 12.34% rework 12% "
                        "to a } } future f of "
                        "slow_and_with_a_long_name { change a { lead: 5d } }",
                        "folder/a/rather/long/path/of/a/map.vsm");
    reported.files.push_back(slow.files.front());
    for (const ir::MetricInfo& info : ir::all_metrics()) {
        if (info.of_element()) continue;
        std::vector<FileMetrics> files = reported.files;
        sort_by(files, info.key);
        const std::string text = metrics_text(files, {false, info.key});
        INFO(info.key << "\n" << text);
        for (const std::string& line : lines_of(text)) CHECK(display_width(line) <= 100);
        CHECK(holds(text, "2 streams and 1 future, 6 steps"));
    }
    std::vector<FileMetrics> files = reported.files;
    sort_by(files, "dora.change_lead_time");
    const auto lines = lines_of(metrics_text(files, {false, "dora.change_lead_time"}));
    CHECK(holds(lines[0], "change lead time"));
    CHECK(holds(lines[1], "slow_and_with_a_lon…"));
    CHECK(holds(lines[2], "checkout"));
}

TEST_CASE("the Markdown of one file begins with its targets in words, and the rest folds") {
    const auto lines = lines_of(metrics_markdown(Reported(R"(
stream s "Stream" {
  outcome: "Faster"
  step a "First" { process: 1h, lead: 4d, kind: approval }
  parallel { step b { process: 1h, lead: 2h } step c { process: 1h, lead: 1h } }
  target lead_time <= 50%
  target lead_time <= 1d
}
future f of s { kaizen "Skip it" { change a { lead: 1d } } })")
                                                     .files));
    CHECK(lines[0] == "**Stream** misses 1 of 2 targets: lead time at most 1d; now 4d2h, <code>f</code> 1d2h. What "
                      "would help most: halving the wait of "
                      "<code>a</code> takes 2d off 4d2h.");
    CHECK(lines[2] == "<details><summary>All figures</summary>");
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    for (const std::string_view part :
         {"to achieve: Faster",
          "- **met by future**: lead time at most 50% of now (2d1h); now 4d2h, <code>f</code> 1d2h", "| ╎ | &emsp;c |",
          "| lead time | 4d2h |", "most of the time goes to <code>a</code> (First)", "**compared with <code>s</code>**",
          "| Skip it | -3d |"}) {
        INFO(part << "\n" << text);
        CHECK(holds(text, part));
    }
    CHECK(text.ends_with("\n</details>\n\n"));
}

TEST_CASE("what is a guess is marked in its row, and in the lead time that holds it") {
    const std::string text = metrics_markdown(
        Reported("stream s { step a { process: 1h, wait: ~3h, ca: ~80% } step b { process: 1h, wait: 1h } }").files);
    CHECK(holds(text, "| a | 1h | &#126;&#8288;3h | &#126;&#8288;4h | &#126;&#8288;80% |"));
    CHECK(holds(text, "| b | 1h | 1h | 2h |  |"));
}

TEST_CASE("of observations that are alike five are told, and how many more there are") {
    Reported reported("stream s { step a { process: 1h, lead: 2h } }");
    for (int i = 0; i < 7; ++i)
        reported.files.front().observations.change()[ir::StreamId{0}].push_back(
            {"over-takt", Severity::warning, fmt::format("step {}", i), ""});
    reported.files.front().observations.change()[ir::StreamId{0}].push_back({"handoffs", Severity::note, "many", ""});
    const std::string text = metrics_text(reported.files);
    CHECK(holds(text, "  step 4\n  2 more like these (over-takt); `vsm lint --process` shows all\n  many\n"));
    CHECK_FALSE(holds(text, "step 5"));
}

}  // namespace
}  // namespace vsm::runtime
