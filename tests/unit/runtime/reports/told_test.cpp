// How figures are judged and reported: significant changes, the metric that a target reads, what holds a stream up, the
// ends of ranges.
#include <doctest/doctest.h>

#include "backends/backend.h"
#include "runtime/figures/goals.h"
#include "runtime/figures/significance.h"
#include "runtime/reports/diff/diff_report.h"
#include "runtime/reports/diff/diff_words.h"
#include "runtime/reports/metrics/report.h"
#include "runtime/words/apart.h"
#include "tests/support/compile.h"

namespace vsm::runtime {
namespace {

struct Map {
    explicit Map(std::string_view text) : model(tests::compile_text(text)) {
        REQUIRE(model.has_value());
        metrics = measure(*model);
    }
    std::optional<ir::CheckedModel> model;
    std::vector<StreamMetrics> metrics;

    std::vector<FileMetrics> files() const { return {{"map.vsm", &*model, metrics}}; }
    std::string text() const { return metrics_text(files()); }
    std::string markdown() const { return metrics_markdown(files()); }
    std::string json() const { return metrics_json(files()); }
    std::vector<JudgedTarget> targets(std::size_t stream = 0) const {
        return judge(*model, metrics[stream].stream, metrics);
    }
    std::vector<std::string> hold_up(std::size_t stream = 0) const {
        std::vector<std::string> names;
        for (const ir::ElementId id : held_up_by(metrics[stream]))
            names.push_back(model->stream(metrics[stream].stream).elements[id].label);
        return names;
    }
    std::string built(std::string_view target) const {
        Diagnostics refused;
        return backends::find_backend(target)->emit({*model, metrics.front().stream, {}}, refused).front().content;
    }
};

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string stream(const std::string& body) { return "stream s { trigger: \"t\" customer: \"c\"\n" + body + "\n}\n"; }

struct Diff {
    Diff(const std::string& old_text, const std::string& new_text) : before(old_text), after(new_text) {
        maps.resize(1);
        maps.front().before_path = maps.front().after_path = "map.vsm";
        maps.front().before = {&*before.model, &before.metrics, {}};
        maps.front().after = {&*after.model, &after.metrics, {}};
        maps.front().change = compare_maps(maps.front().before, maps.front().after);
    }
    Map before, after;
    std::vector<DiffedMap> maps;

    const MapChange& change() const { return maps.front().change; }
    std::string news() const {
        const News news = news_of(maps.front(), change().streams.front());
        std::string text = news.first;
        for (const std::string& one : news.further) text += " " + one;
        return text;
    }
    std::string judgement(std::string_view name) const {
        for (const FigureRow& row : figure_rows(maps.front(), change().streams.front()))
            if (row.name == name) return row.judgement.empty() ? "not judged" : row.judgement;
        return "no such row";
    }
};

}  // namespace

TEST_CASE("a target of a future is judged for that future alone") {
    const Map map(stream("step a { process: 1d, wait: 0d } wait w 3d step b { process: 1d, wait: 0d }") +
                  "future f \"F\" of s { remove w target lead_time <= 2d }");
    const auto targets = map.targets(1);
    REQUIRE(targets.size() == 1);
    CHECK(targets.front().verdict == Verdict::met);
    CHECK(holds(map.text(), "met: lead time at most 2d; 2d (now 5d)\n"));
    CHECK(holds(map.markdown(), "**met**: lead time at most 2d; 2d (now 5d)"));
    CHECK(!holds(map.text(), "met by future"));
    auto alone = map.files();
    alone.front().only = map.metrics[1].stream;
    CHECK(holds(metrics_markdown(alone), "meets its target: lead time at most 2d; 2d (now 5d)"));
    CHECK(holds(map.json(), "\"verdict\": \"met\""));
}

TEST_CASE("a target of a future is missed where the stream as it is would meet it, and late where the future is") {
    const std::string base = stream("step a { process: 1d, wait: 0d }");
    CHECK(Map(base + "future f of s { change a { wait: 1d } target lead_time <= 1d }").targets(1).front().verdict ==
          Verdict::not_met);
    CHECK(
        Map(base + "future f of s by 2028-01-01 { target lead_time <= 1d by 2027-01-01 }").targets(1).front().verdict ==
        Verdict::met_too_late);
    CHECK(Map(base + "future f of s { change a { wait: ? } target lead_time <= 2d }").targets(1).front().verdict ==
          Verdict::unknown);
    const auto judged =
        Map(base + "future f of s { change a { wait: 1d } target lead_time from 5d to <= 1d }").targets(1).front();
    CHECK(*judged.progress == doctest::Approx(0.75));
}

TEST_CASE("a target of a future in a future is judged in pictures as in reports") {
    const Map map(stream("step a { process: 1d, wait: 4d } target lead_time <= 2d") +
                  "future f of s { change a { wait: 2d } } future g of f { change a { wait: 1d } }");
    CHECK(map.targets().front().verdict == Verdict::met_by_future);
    CHECK(holds(map.built("html"), "met by future"));
}

TEST_CASE("targets read the times with rework, and drawn. leaves it out") {
    const std::string steps = "step a { process: 1h, wait: 8h } step b { process: 2h, wait: 1h, rework 80% to a }";
    const Map map(stream(steps + " target lead_time <= 2d target drawn.lead_time <= 2d target process_time <= 3h "
                                 "target drawn.process_time <= 3h target lead_time <= 50%"));
    const auto targets = map.targets();
    CHECK(targets[0].verdict == Verdict::not_met);
    CHECK(targets[0].judged_by == ir::Metric::expected_lead_time);
    CHECK(*targets[0].current.value == doctest::Approx(60 * 3600e6));
    CHECK(targets[1].verdict == Verdict::met);
    CHECK(targets[1].judged_by == ir::Metric::lead_time);
    CHECK(targets[2].verdict == Verdict::not_met);
    CHECK(targets[3].verdict == Verdict::met);
    CHECK(*targets[4].bound == doctest::Approx(30 * 3600e6));
    CHECK(holds(map.text(), "not met: lead time at most 2d; now 7d4h with rework (1d4h as drawn)\n"));
    CHECK(holds(map.text(), "met: lead time as drawn at most 2d; now 1d4h\n"));
    CHECK(holds(map.json(), "\"metric\": \"drawn.lead_time\",\n          \"judged_by\": \"lead_time\""));
    CHECK(holds(map.json(), "\"metric\": \"lead_time\",\n          \"judged_by\": \"expected_lead_time\""));
}

TEST_CASE("a bound that decides a target does not look like the target") {
    const Map map(
        stream("step a { process: ?, wait: ? } step b { process: 1h, lead: 3d29min }\ntarget lead_time <= 3d"));
    CHECK(map.targets().front().verdict == Verdict::not_met);
    CHECK(holds(map.text(), "not met: lead time at most 3d; now ≥ 3d29min"));
}

TEST_CASE("expect reads the map as drawn") {
    const auto map = [](std::string_view expectation) {
        return stream("step a { process: 1h, wait: 1h, rework 50% to a } expect " + std::string(expectation));
    };
    for (const std::string_view one : {"lead_time = 2h", "drawn.lead_time = 2h", "expected_lead_time = 4h"})
        CHECK(!holds(tests::diagnose(map(one)), "VSM"));
}

TEST_CASE("no element is called drawn, and only times have a figure that is drawn") {
    CHECK(holds(tests::diagnose(stream("step drawn { process: 1h, wait: 1h }")), "`drawn` cannot name an element"));
    CHECK(holds(tests::diagnose(stream("step a { process: 1h, wait: 1h, ca: 90% } target drawn.rolled_ca >= 50%")),
                "drawn.rolled_ca"));
}

TEST_CASE("rework that grows makes a target worse") {
    const auto map = [](int percent) {
        return stream("step a { process: 1h, wait: 8h } step b { process: 2h, wait: 1h, rework " +
                      std::to_string(percent) + "% to a } target lead_time <= 2d by 2027-01-01");
    };
    const Diff diff(map(20), map(80));
    CHECK(diff.change().worse());
    CHECK(holds(diff.news(), "S gets") == false);
    CHECK(holds(diff.news(), "slower: 1d7h → 7d4h working time, with rework."));
    CHECK(holds(diff.news(), "no longer met"));
    CHECK(!Diff(map(80), map(20)).change().worse());
}

TEST_CASE("a change is told from 1 s and 0.01 % on, of shares from 0.01 points") {
    using ir::Metric;
    CHECK(!is_change(Metric::lead_time, 1e9, 1e9 + 0.9e6));
    CHECK(is_change(Metric::lead_time, 1e9, 1e9 + 1e6));
    CHECK(!is_change(Metric::lead_time, 1e12, 1e12 + 0.99e8));
    CHECK(is_change(Metric::lead_time, 1e12, 1e12 - 1.01e8));
    CHECK(is_change(Metric::rolled_ca, 0.9997, 0.9998));
    CHECK(!is_change(Metric::rolled_ca, 0.9997, 0.99979));
    CHECK(!is_change(Metric::wip, 100, 100.009));
    CHECK(is_change(Metric::wip, 100, 100.02));
    CHECK(is_change(Metric::steps, 100000, 100001));
    CHECK(is_change(Metric::lead_time, MetricValue{1e9, {}, {}, ""}, MetricValue{{}, 1e9, {}, ""}));
    CHECK(!is_change(Metric::lead_time, MetricValue{}, MetricValue{}));
}

TEST_CASE("a change is told with as many units and digits as show it") {
    const ir::Stream one;
    const double day = 8 * 3600e6;
    CHECK(texts_apart(ir::Metric::lead_time, 5 * day, one, 5 * day + 15 * 60e6, one).after == "5d15min");
    CHECK(texts_apart(ir::Metric::lead_time, 5 * day, one, 5 * day + 15 * 60e6, one).before == "5d");
    CHECK(texts_apart(ir::Metric::lead_time, 2 * day, one, 2 * day + 7e6, one).after == "2d7s");
    CHECK(texts_apart(ir::Metric::rolled_ca, 0.5003, one, 0.5004, one).before == "50.03%");
    CHECK(texts_apart(ir::Metric::wip, 1234.1, one, 1234.4, one).after == "1234.4");
    CHECK(change_text(ir::Metric::rolled_ca, -0.0001, one) == "-0.01 points");
    CHECK(change_text(ir::Metric::rolled_ca, 0.123, one) == "+12.3 points");
    CHECK(ratio_text(100, 100.02) == "100.02%");
    CHECK(ratio_text(100, 0.04) == "0.04%");
    CHECK(ratio_text(100, 40) == "40%");
    CHECK(text_beside(ir::Metric::lead_time, 3 * day + 0.4e6, 3 * day, one) == "3d0.4s");
    // 30d6h + 1h50min is not 31d15min
    const double hour = day / 8, minute = hour / 60;
    const auto added =
        texts_apart(ir::Metric::lead_time, 30 * day + 6 * hour + 25 * minute, one, 31 * day + 15 * minute, one);
    CHECK(added.before == "30d6h25min");
    CHECK(added.after == "31d15min");
    CHECK(texts_apart(ir::Metric::lead_time, 30 * day + 6 * hour, one, 31 * day + 1 * hour, one).before == "30d6h");
    CHECK(text_beside(ir::Metric::lead_time, 3 * day, 3 * day, one) == "3d");
}

TEST_CASE("a second more of five days is no change, and nothing is worse") {
    const auto map = [](int wait) {
        return stream("demand: 3/w step a { process: 1h, wait: " + std::to_string(wait) +
                      "s, ca: 99.97%, rework 0.02% to a } step b { process: 5h, wait: 0s, ca: 100% } target lead_time "
                      "<= 5d5h") +
               "future f of s { change b { wait: 10s } }";
    };
    const Diff diff(map(144000), map(144001));
    REQUIRE(!diff.change().streams.empty());
    for (const StreamChange& one : diff.change().streams) CHECK(one.figures.empty());
    CHECK(!diff.change().worse());
    CHECK(holds(diff.news(), "1 element changed; the figures stay."));
}

TEST_CASE("a bottleneck that was not there has no name") {
    const Diff diff(stream("step a \"One\" { process: 0min, wait: 0min } step b \"Two\" { process: 0min, wait: 0min }"),
                    stream("step a \"One\" { process: 0min, wait: 0min } step b \"Two\" { process: 1h, wait: 1h }"));
    CHECK(holds(diff.news(), "Bottleneck: Two."));
    CHECK(!holds(diff.news(), "(was"));
}

TEST_CASE("steps that take as long are named together, waiting before work") {
    const Map map(
        stream("step code \"Code\" { process: 4d, lead: 4d } step appr \"Approve\" { kind: approval, process: 0min, "
               "lead: 4d } step x { process: 1h, wait: 1h } step y { process: 1h, wait: 1h }"));
    CHECK(map.hold_up() == std::vector<std::string>{"appr", "code"});
    CHECK(holds(map.text(), "most of the time goes to `appr` and `code`: 4d each of 8d4h, 47.1% each"));
    CHECK(holds(
        map.json(),
        "\"time_constraint\": \"appr\",\n      \"time_constraints\": [\n        \"appr\",\n        \"code\"\n      ]"));
}

TEST_CASE("nothing is most of the time below a quarter of it") {
    std::string steps;
    for (int i = 0; i < 7; ++i)
        steps += "step a" + std::to_string(i) + " \"Step " + std::to_string(i) + "\" { process: 1h, lead: 2w }\n";
    const Map map(stream(steps));
    CHECK(map.hold_up().empty());
    CHECK(holds(map.text(),
                "no single step holds it up: `a0`, `a1` and 5 others take the longest, 10d each of 70d, 14.3% each"));
    for (const std::string_view target : {"svg", "html"}) CHECK(!holds(map.built(target), "longest, 14"));
    CHECK(!holds(map.built("mermaid"), " constraint\n    class"));
    CHECK(!holds(map.built("dot"), "penwidth=4"));
    const Map four(stream("step a { process: 1h, lead: 2w } step b { process: 1h, lead: 2w } step c { process: 1h, "
                          "lead: 2w } step d { process: 1h, lead: 2w }"));
    CHECK(four.hold_up().size() == 4);
}

TEST_CASE("where rework makes another way the longest, that is said, and it is never a negative more") {
    const Map map(stream("parallel p { step a \"Long\" { process: 3d, lead: 4d } step b \"Back\" { process: 1h, lead: "
                         "3d, rework 50% to b } }"));
    CHECK(map.hold_up() == std::vector<std::string>{"b"});
    CHECK(holds(map.text(), "with rework       6d     50% more, on another path"));
    CHECK(holds(map.text(), "with rework       2h     less, on another path"));
    CHECK(holds(map.text(), "▒    Back"));
    CHECK(holds(map.text(), "▒ part of the lead time only with rework: rework makes this path the longest"));
    CHECK(holds(map.built("svg"), "longest with rework"));
    CHECK(!holds(map.built("svg"), "% more%"));
    for (const std::string_view target : {"svg", "html"}) CHECK(!holds(map.built(target), "-9"));
}

TEST_CASE("the activity ratio is no better where more is worked") {
    const auto map = [](const std::string& process, const std::string& wait) {
        return stream("step a { process: " + process + ", wait: " + wait + " }");
    };
    CHECK(Diff(map("1h", "1d"), map("3h", "1d")).judgement("activity ratio") == "not judged");
    CHECK(Diff(map("1h", "1d"), map("1h", "4h")).judgement("activity ratio") == "better");
    CHECK(Diff(map("1h", "1d"), map("1h", "2d")).judgement("activity ratio") == "worse");
}

TEST_CASE("a range goes from its smallest to its largest figure, and is there only where they look different") {
    const Map map(stream("step a \"A\" { process: 2d..3d..5d, lead: ~8d } step b \"B\" { process: 1h, lead: 1d }"));
    CHECK(holds(map.text(), "2d1h to 5d1h"));
    CHECK(!holds(map.text(), "best"));
    CHECK(!holds(map.text(), "9d to"));
    for (const std::string_view target : {"svg", "mermaid", "html", "dot"})
        CHECK(!holds(map.built(target), "6d to 3d"));
    CHECK(holds(map.built("svg"), "3d to 6d"));
    CHECK(holds(map.built("csv"), "86400,172800"));
    const Map narrow(stream("step a { process: 100.1s..100.3s, wait: 1000d }"));
    CHECK(!holds(narrow.text(), "40s to "));
}

TEST_CASE("advice on software is given to software") {
    const Map clinic(stream("step draw \"Draw blood\" { team: nurses, process: 5min, lead: 1d, ca: 90% } step test "
                            "\"Blood test\" { team: lab, process: 10min, lead: 3d, ca: 80% }"
                            " step sign \"Sign off\" { team: doctors, kind: approval, process: 5min, lead: 2d, ca: 90% "
                            "} step file \"File it\" { team: nurses, process: 5min, lead: 1h, batch: 10 }"));
    for (const Lever& one : clinic.metrics.front().levers) CHECK(one.hint.empty());
    const Map shop(stream("step code \"Code\" { team: dev, process: 5min, lead: 1d, ca: 90% } step test \"Test\" { "
                          "team: qa, process: 10min, lead: 3d, ca: 80% }"));
    CHECK(shop.metrics.front().levers.front().hint == "test_automation");
    const Map latest(stream("step code \"Code\" { team: dev, process: 5min, lead: 1d } step news \"Latest contest\" { "
                            "team: dev, process: 10min, lead: 3d }"));
    for (const Lever& one : latest.metrics.front().levers) CHECK(one.hint.empty());
}

}  // namespace vsm::runtime
