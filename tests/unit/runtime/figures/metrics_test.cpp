// Sums of times and qualities, and the effect of unknown values.
#include "runtime/metrics.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "tests/support/compile.h"

namespace vsm::runtime {
namespace {

constexpr double minute = 60.0 * microseconds_per_second, hour = 60 * minute, day = 8 * hour;

/// The figures of one stream, by element name.
struct Measured {
    explicit Measured(std::string_view body, std::string_view properties = "")
        : model(tests::compile_text("stream s { " + std::string(properties) + std::string(body) + " }")) {
        REQUIRE(model.has_value());
        metrics = measure(*model).front();
        for (std::uint32_t i = 0; i < stream().elements.size(); ++i)
            ids[stream().elements[ir::ElementId{i}].label] = ir::ElementId{i};
    }
    const ir::Stream& stream() const { return model->stream(metrics.stream); }
    const ElementMetrics& operator[](const std::string& label) const { return metrics.elements[ids.at(label)]; }
    std::vector<std::string> because(ir::Metric metric) const {
        std::vector<std::string> labels;
        for (const Unknown& unknown : metrics.unknown)
            if (unknown.metric == metric)
                for (const ir::ElementId id : unknown.because) labels.push_back(stream().elements[id].label);
        return labels;
    }

    std::optional<ir::CheckedModel> model;
    StreamMetrics metrics;
    std::map<std::string, ir::ElementId> ids;
};

using Labels = std::vector<std::string>;

TEST_CASE("the timeline takes the longest branch of a parallel, total process time all of them") {
    const Measured map("parallel { step a { process: 1h, lead: 2h } step b { process: 30min, lead: 3h } }");
    CHECK(map.metrics.mean.lead_time == TimeFigure{3 * hour, true});
    CHECK(map.metrics.mean.process_time == TimeFigure{30 * minute, true});
    CHECK(map.metrics.mean.wait_time == TimeFigure{150 * minute, true});
    CHECK(map.metrics.mean.total_process_time == TimeFigure{90 * minute, true});
    CHECK(map["a"].on_timeline == OnTimeline::no);
    CHECK(map["b"].on_timeline == OnTimeline::yes);
}

TEST_CASE("of two longest branches the one with more process time counts, then the one written first") {
    const Measured map("parallel { step a { process: 1h, lead: 3h } step b { process: 2h, lead: 3h } step c { process: "
                       "2h, lead: 3h } }");
    CHECK(map.metrics.mean.process_time == TimeFigure{2 * hour, true});
    CHECK(map["a"].on_timeline == OnTimeline::no);
    CHECK(map["b"].on_timeline == OnTimeline::yes);
    CHECK(map["c"].on_timeline == OnTimeline::no);
}

TEST_CASE("lengths that differ by less than a billionth are a tie") {
    const Measured map(R"(
        parallel {
          branch { step a { process: 1h, wait: 100000d } wait 0.001s }
          branch { step b { process: 2h, wait: 99999d7h } }
        })");
    CHECK(map["b"].on_timeline == OnTimeline::yes);
    CHECK(map["a"].on_timeline == OnTimeline::no);
}

TEST_CASE("of two longest branches one with unknown process time leaves open how much there is, but not less than in "
          "the other") {
    const Measured map("parallel { step a { process: 1h, lead: 3h } step b { process: ?, lead: 3h } }");
    CHECK(map.metrics.mean.lead_time == TimeFigure{3 * hour, true});
    CHECK(map.metrics.mean.process_time == TimeFigure{1 * hour, false});
    CHECK(map["a"].on_timeline == OnTimeline::undecided);
    CHECK(map.because(ir::Metric::process_time) == Labels{"b"});
}

TEST_CASE("a choose weighs its branches with their shares") {
    const Measured map("choose { branch 70% { step a { process: 1h, lead: 10h, ca: 90% } } branch 30% { step b { "
                       "process: 2h, lead: 2h, ca: 50% } } }");
    CHECK(map.metrics.mean.lead_time.microseconds == doctest::Approx(7.6 * hour).epsilon(1e-12));
    CHECK(map.metrics.mean.process_time.microseconds == doctest::Approx(1.3 * hour).epsilon(1e-12));
    CHECK(map.metrics.mean.total_process_time.microseconds == doctest::Approx(1.3 * hour).epsilon(1e-12));
    CHECK(*map.metrics.mean.rolled_ca.value == doctest::Approx(0.78).epsilon(1e-12));
    CHECK(map["a"].lead_time == TimeFigure{10 * hour, true});
    CHECK(map["b"].on_timeline == OnTimeline::yes);
}

TEST_CASE("an empty branch of a choose takes no time and spoils nothing") {
    const Measured map("step x { process: 1h, wait: 0h, ca: n/a } choose { branch 20% { step a { process: 1h, lead: "
                       "10h, ca: 50% } } branch 80% {} }");
    CHECK(map.metrics.mean.lead_time.microseconds == doctest::Approx(3 * hour).epsilon(1e-12));
    CHECK(*map.metrics.mean.rolled_ca.value == doctest::Approx(0.9).epsilon(1e-12));
}

TEST_CASE("`after` makes a graph whose longest way sets the time") {
    const Measured map(R"(
        step a { process: 1h, wait: 0h }
        step b { process: 2h, wait: 0h }
        step c { process: 4h, wait: 0h, after: a }
        step d { process: 8h, wait: 0h, after: [b, c] }
        step e { process: 3h, wait: 0h, after: start })");
    CHECK(map.metrics.mean.lead_time == TimeFigure{13 * hour, true});
    CHECK(map.metrics.mean.total_process_time == TimeFigure{18 * hour, true});
    CHECK(map["b"].on_timeline == OnTimeline::no);
    CHECK(map["c"].on_timeline == OnTimeline::yes);
    CHECK(map["e"].on_timeline == OnTimeline::no);
}

TEST_CASE(
    "a queue in a branch moves at the pace of the items that come there, and so adds items by demand to the stream") {
    const Measured map("step x { process: 1h, wait: 0h } choose { branch 25% a { queue q 10 } branch 75% b {} }",
                       "demand: 40/w ");
    CHECK(map["q"].lead_time.microseconds == doctest::Approx(40 * hour).epsilon(1e-12));
    CHECK(map.metrics.mean.wait_time.microseconds == doctest::Approx(10 * hour).epsilon(1e-12));
}

TEST_CASE("a range counts with its mean, and best and worst take its ends") {
    const Measured map(
        "step a { process: 1h..2h, wait: 3h..5h..7h, ca: 80%..90% } step b { process: 1h, lead: 2h, ca: 100% }");
    CHECK(map.metrics.mean.lead_time == TimeFigure{8.5 * hour, true});
    CHECK(map.metrics.best.lead_time == TimeFigure{6 * hour, true});
    CHECK(map.metrics.worst.lead_time == TimeFigure{11 * hour, true});
    CHECK(map.metrics.best.process_time == TimeFigure{2 * hour, true});
    CHECK(map.metrics.worst.process_time == TimeFigure{3 * hour, true});
    CHECK(*map.metrics.mean.rolled_ca.value == doctest::Approx(0.85));
    CHECK(*map.metrics.best.rolled_ca.value == doctest::Approx(0.9));
    CHECK(*map.metrics.worst.rolled_ca.value == doctest::Approx(0.8));
}

TEST_CASE("a lognormal counts with its mean and its 5th and 95th percentile") {
    const Measured map("step a { process: 1h, wait: lognormal(p50 6h, p85 1d) }");
    const double sigma = std::log(8.0 / 6.0) / 1.0364333894937898;
    CHECK(map["a"].wait_time.microseconds == doctest::Approx(6 * hour * std::exp(sigma * sigma / 2)).epsilon(1e-9));
    CHECK(map.metrics.best.wait_time.microseconds ==
          doctest::Approx(6 * hour * std::exp(-1.6448536269514722 * sigma)).epsilon(1e-9));
    CHECK(map.metrics.worst.wait_time.microseconds ==
          doctest::Approx(6 * hour * std::exp(1.6448536269514722 * sigma)).epsilon(1e-9));
}

TEST_CASE("a step that states no %C&A makes the rolled one a bound, and one to which it does not apply is left out") {
    const Measured map("step a { process: 1h, lead: 2h, ca: 70%..90% } step b { process: 1h, lead: 2h } step c { "
                       "process: 1h, lead: 1h, ca: n/a }");
    for (const auto& [figures, bound] :
         {std::pair(&StreamMetrics::mean, 0.8), {&StreamMetrics::best, 0.9}, {&StreamMetrics::worst, 0.7}}) {
        const QualityFigure& rolled = (map.metrics.*figures).rolled_ca;
        CHECK_FALSE(rolled.value.has_value());
        CHECK(*rolled.at_most == doctest::Approx(bound).epsilon(1e-12));
        CHECK(rolled.stated == rolled.at_most);
    }
    CHECK(map.metrics.rolled_ca_skipped == 2);
    CHECK(map.metrics.rolled_ca_asked == 2);
    CHECK(map.metrics.rolled_ca_said == 1);
    CHECK(map.because(ir::Metric::rolled_ca) == Labels{"b"});
    const Measured all("step a { process: 1h, lead: 2h, ca: 80% } step c { process: 1h, lead: 1h, ca: n/a }");
    CHECK(*all.metrics.mean.rolled_ca.value == 0.8);
    const Measured never("step a { process: 1h, lead: 2h, ca: 80% } choose { branch 100% {} branch 0% { step b { "
                         "process: 1h, lead: 2h } } }");
    CHECK(*never.metrics.mean.rolled_ca.value == 0.8);
    const Measured none("step a { process: 1h, lead: 2h }");
    CHECK(!none.metrics.mean.rolled_ca.value);
    CHECK(!none.metrics.mean.rolled_ca.at_most);
}

TEST_CASE("an unknown %C&A leaves an upper bound") {
    const Measured map("step a { process: 1h, lead: 2h, ca: 80% } step b { process: 1h, lead: 2h, ca: ? }");
    CHECK(!map.metrics.mean.rolled_ca.value);
    CHECK(*map.metrics.mean.rolled_ca.at_most == 0.8);
    CHECK(map.because(ir::Metric::rolled_ca) == Labels{"b"});
}

TEST_CASE("an unknown wait makes lead and wait time unknown and nothing else") {
    const Measured map("step a { process: 1h, lead: 2h } step b { process: 30min, wait: ? } wait w ?");
    const Figures& mean = map.metrics.mean;
    CHECK(mean.lead_time == TimeFigure{150 * minute, false});
    CHECK(mean.wait_time == TimeFigure{60 * minute, false});
    CHECK(mean.process_time == TimeFigure{90 * minute, true});
    CHECK(mean.total_process_time == TimeFigure{90 * minute, true});
    CHECK(!mean.activity_ratio);
    CHECK(map.because(ir::Metric::lead_time) == Labels{"b", "w"});
    CHECK(map.because(ir::Metric::wait_time) == Labels{"b", "w"});
    CHECK(map.because(ir::Metric::activity_ratio) == Labels{"b", "w"});
    CHECK(map.because(ir::Metric::process_time).empty());
}

TEST_CASE("an unknown process time with a known lead time leaves the lead time known") {
    const Measured map("step a { process: 1h, lead: 2h } step b { process: ?, lead: 3h }");
    const Figures& mean = map.metrics.mean;
    CHECK(mean.lead_time == TimeFigure{5 * hour, true});
    CHECK(mean.process_time == TimeFigure{1 * hour, false});
    CHECK(mean.total_process_time == TimeFigure{1 * hour, false});
    CHECK(!mean.wait_time.known);
    CHECK(mean.wait_time.microseconds == 1 * hour);
    CHECK(map.because(ir::Metric::process_time) == Labels{"b"});
    CHECK(map.because(ir::Metric::lead_time).empty());
}

TEST_CASE("beside a branch of unknown length, which one is longest is open") {
    const Measured map(R"(
        step x { process: 1h, wait: 0h }
        parallel { step a { process: 2h, lead: ? } step b { process: 30min, lead: 5h } step c { process: 20min, lead: 1h } })");
    const Figures& mean = map.metrics.mean;
    CHECK(mean.lead_time == TimeFigure{6 * hour, false});
    CHECK(mean.process_time == TimeFigure{90 * minute, false});  // at least that of b; c is shorter than b
    CHECK(mean.total_process_time == TimeFigure{230 * minute, true});
    CHECK(map["a"].on_timeline == OnTimeline::undecided);
    CHECK(map["b"].on_timeline == OnTimeline::undecided);
    CHECK(map["c"].on_timeline == OnTimeline::no);
    CHECK(map["x"].on_timeline == OnTimeline::yes);
    CHECK(map.because(ir::Metric::process_time) == Labels{"a"});
}

TEST_CASE("a branch that is longer for certain decides, although its end is unknown") {
    const Measured map("parallel { branch { step a { process: 2h, lead: 1d } wait w ? } branch { step b { process: 1h, "
                       "lead: 5h } } }");
    CHECK(map.metrics.mean.lead_time == TimeFigure{1 * day, false});
    CHECK(map.metrics.mean.process_time == TimeFigure{2 * hour, true});
    CHECK(map["b"].on_timeline == OnTimeline::no);
}

TEST_CASE("an unknown time that every way passes does not open which way is longest") {
    const Measured map(R"(
        step a { process: 1h, wait: ? }
        step b { process: 1h, lead: 2h }
        step c { process: 3h, lead: 4h, after: a }
        step d { process: 1h, lead: 1h, after: [b, c] })");
    CHECK(map.metrics.mean.process_time == TimeFigure{5 * hour, true});
    CHECK(map["b"].on_timeline == OnTimeline::no);
    CHECK(map["c"].on_timeline == OnTimeline::yes);
    CHECK(map["a"].on_timeline == OnTimeline::yes);
}

TEST_CASE("what no item passes does not matter, known or not") {
    const Measured map("step x { process: 1h, lead: 2h, ca: 90% } choose { branch 100% {} branch 0% never { step y { "
                       "process: ?, lead: ?, ca: ? } } }");
    CHECK(map.metrics.mean.lead_time == TimeFigure{2 * hour, true});
    CHECK(map.metrics.mean.total_process_time == TimeFigure{1 * hour, true});
    CHECK(map.metrics.mean.rolled_ca.value == 0.9);
    CHECK(map.metrics.unknown.empty());
    CHECK(map["y"].on_timeline == OnTimeline::no);
    const Measured other(R"(
        step x { process: ?, lead: ?, ca: ? }
        choose { branch 100% {} branch 0% never { step y { process: ?, lead: ?, ca: ? } } })");
    for (const Unknown& unknown : other.metrics.unknown) CHECK(unknown.because.size() == 1);
    CHECK(other.metrics.unknown.size() == 9);
}

TEST_CASE("process cycle efficiency needs a class on every step with process time on the timeline") {
    const Measured all("step a { process: 1h, lead: 3h, class: va } step b { process: 1h, lead: 1h, class: nnva }");
    CHECK(*all.metrics.mean.pce == 0.25);
    const Measured some("step a { process: 1h, lead: 3h, class: va } step b { process: 1h, lead: 1h }");
    CHECK(!some.metrics.mean.pce);
    const Measured beside("parallel { step a { process: 1h, lead: 3h, class: va } step b { process: 1h, lead: 1h } }");
    CHECK(beside.metrics.mean.pce.has_value());
    const Measured idle("step a { process: 1h, lead: 3h, class: va } step b { process: 0h, lead: 1h }");
    CHECK(*idle.metrics.mean.pce == 0.25);
}

TEST_CASE("handoffs are pairs of following steps whose teams share nobody") {
    const auto handoffs = [](std::string_view body) { return Measured(body).metrics.handoffs; };
    const std::string t = "process: 1h, lead: 1h, team: ";
    CHECK(handoffs("step a { " + t + "x } step b { " + t + "y } step c { " + t + "y } wait 1h step d { " + t + "x }") ==
          2);
    CHECK(handoffs("step a { " + t + "[x, y] } step b { " + t + "[y, z] } step c { " + t + "x }") == 1);
    CHECK(handoffs("step a { " + t + "x } step b { process: 1h, lead: 1h } step c { " + t + "y }") == 0);
    CHECK(handoffs("step a { " + t + "x } parallel { step b { " + t + "y } step c { " + t +
                   "z } branch {} } step d { " + t + "w }") == 5);
    CHECK(handoffs("step a { " + t + "x } parallel { step b { " + t + "y } step c { " + t +
                   "x } } parallel { step d { " + t + "y } step e { " + t + "[z, x] } }") == 3);
}

TEST_CASE("every one of many steps side by side hands over") {
    const auto side_by_side = [](int count, const std::string& name, const std::string& team) {
        std::string text = "parallel {";
        for (int i = 0; i < count; ++i)
            text += " step " + name + std::to_string(i) + " { process: 1h, lead: 1h, team: " + team + " }";
        return text + " }\n";
    };
    CHECK(Measured(side_by_side(30, "a", "x") + side_by_side(20, "b", "y")).metrics.handoffs == 600);
    CHECK(Measured(side_by_side(30, "a", "x") + side_by_side(20, "b", "x")).metrics.handoffs == 0);
}

TEST_CASE("a pair of steps hands over once, however many ways lead from one to the other") {
    const Measured map(R"(
        step a { process: 1h, lead: 1h, team: x }
        wait w1 1h
        wait w2 2h { after: a }
        step b { process: 1h, lead: 1h, team: y, after: [w1, w2] })");
    CHECK(map.metrics.handoffs == 1);
}

TEST_CASE("many steps hand over through the waits that follow them, each once") {
    std::string text, names;
    for (int i = 0; i < 150; ++i) {
        const std::string name = "a" + std::to_string(i);
        text += "step " + name + " { process: 1h, lead: 1h, team: x, after: start }\n";
        names += (i == 0 ? "" : ", ") + name;
    }
    text += "wait w1 1h { after: [" + names + "] }\n";
    text += "wait w2 1h { after: [w1, a7] }\n";
    text += "step z { process: 1h, lead: 1h, team: y, after: [w2, a0, a149] }\n";
    text += "parallel { branch {} step b { process: 1h, lead: 1h, team: v } }\n";
    CHECK(Measured(text).metrics.handoffs == 151);
    CHECK(Measured(text + "step c { process: 1h, lead: 1h, team: u }").metrics.handoffs == 153);
}

TEST_CASE("a stage is what it holds, and handing over does not stop at its border") {
    const Measured map("stage one { step a { process: 1h, lead: 2h, team: x } } stage two { wait 1h step b { process: "
                       "1h, lead: 3h, team: y } }");
    CHECK(map["one"].lead_time == TimeFigure{2 * hour, true});
    CHECK(map["two"].lead_time == TimeFigure{4 * hour, true});
    CHECK(map["two"].wait_time == TimeFigure{3 * hour, true});
    CHECK(map.metrics.handoffs == 1);
}

TEST_CASE("60min is 1h") {
    const Measured minutes("step a { process: 60min, lead: 480min, ca: 90% }");
    const Measured others("step a { process: 1h, lead: 1d, ca: 90% }");
    CHECK(minutes.metrics.mean == others.metrics.mean);
    CHECK(minutes.metrics.best == others.metrics.best);
    CHECK(minutes.metrics.worst == others.metrics.worst);
}

TEST_CASE("the order in which teams are declared does not matter") {
    const std::string body = "stream s { step a { process: 1h, lead: 2h, team: [x, y] } step b { process: 1h, lead: "
                             "3h, team: y } step c { process: 1h, wait: 0h, team: z } }";
    const auto one = tests::compile_text("team x team y team z " + body);
    const auto other = tests::compile_text("team z team y team x " + body);
    REQUIRE(one.has_value());
    REQUIRE(other.has_value());
    const StreamMetrics a = measure(*one).front(), b = measure(*other).front();
    CHECK(a.mean == b.mean);
    CHECK(a.handoffs == 1);
    CHECK(b.handoffs == 1);
}

TEST_CASE("the streams and futures of a file are measured in the order written") {
    const auto model = tests::compile_text("stream s { step a { process: 1h, lead: 2h } } future f of s { change a { "
                                           "lead: 1h } } stream t { step b { process: 1h, lead: 4h } }");
    REQUIRE(model.has_value());
    std::vector<std::pair<std::string, double>> leads;
    for (const StreamMetrics& metrics : measure(*model))
        leads.emplace_back(model->stream(metrics.stream).name.value, metrics.mean.lead_time.microseconds / hour);
    CHECK(leads == std::vector<std::pair<std::string, double>>{{"s", 2}, {"f", 1}, {"t", 4}});
}

}  // namespace
}  // namespace vsm::runtime
