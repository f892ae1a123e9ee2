// Compares expected times, visits and first-pass yield with an independent computation and published figures.
#include <doctest/doctest.h>

#include <functional>

#include "runtime/metrics.h"
#include "runtime/rework/rework.h"
#include "tests/support/rounds.h"
#include "tests/unit/runtime/rework/measured.h"
#include "tests/unit/runtime/rework/rework_brute_force.h"

namespace vsm::runtime {
namespace {

using tests::hour;
using tests::Measured;
using tests::minute;
using tests::same;

void check_visits(const std::map<std::string, double>& expected, const Measured& map) {
    for (std::uint32_t i = 0; i < map.stream().elements.size(); ++i) {
        const ir::ElementId id{i};
        const ir::Element& element = map.stream().elements[id];
        const bool leaf = ir::is_step(element) || std::holds_alternative<ir::Wait>(element.what);
        if (!leaf) continue;
        const auto found = expected.find(element.label);
        INFO(element.label);
        CHECK(same(*map.metrics.elements[id].visits, found == expected.end() ? 0 : found->second));
    }
}

TEST_CASE("a loop is not endless in a future because another loop was in the stream it is based on") {
    const std::string loop =
        "  step c { process: 1h, lead: 2h }\n  step d { process: 1h, lead: 2h, rework 20% once to c }\n"
        "  step e { process: 1h, lead: 2h, rework 20% to c, rework 10% once to d }\n";
    const auto model = tests::compile_text(
        "stream s {\n  step a { process: 1h, lead: 2h }\n  step b { process: 1h, lead: 2h, rework 99.99999% to a }\n"
        "  step b2 { process: 1h, lead: 2h, rework 99.99999% to a }\n" +
        loop + "}\nfuture f of s {\n  change b { rework 0% to a }\n  change b2 { rework 0% to a }\n}\n");
    REQUIRE(model.has_value());
    const std::vector<StreamMetrics> all = measure(*model);
    REQUIRE(all.size() == 2);
    CHECK(all[0].expected.endless);
    CHECK(!all[1].expected.endless);
    const Measured alone("stream t {\n" + loop + "}\n");
    CHECK(same(all[1].expected.lead_time.microseconds, alone.metrics.expected.lead_time.microseconds + 6 * hour));
}

TEST_CASE("random bodies with rework have the expected times and visits that a dense system of equations gives") {
    std::size_t with_once = 0;
    for (std::uint64_t seed = 1; seed <= tests::rounds(2000); ++seed) {
        tests::ReworkMaker maker(seed);
        tests::ReworkNode root = maker.make();
        tests::relink(root);
        const std::string text = tests::ReworkMaker::text_of(root);
        INFO("seed " << seed << "\n" << text);
        if (text.find("once to") != std::string::npos) ++with_once;
        if (text.find("step") == std::string::npos) continue;
        const Measured map(text);
        tests::ReworkBruteForce brute(root);
        const auto times = brute.run();
        CHECK(same(map.lead(minute), times.lead));
        CHECK(same(map.metrics.expected.process_time.microseconds / minute, times.process));
        CHECK(same(map.metrics.expected.total_process_time.microseconds / minute, times.work));
        check_visits(brute.visits, map);
    }
    CHECK(with_once > 500);
}

// ---- published figures ----

TEST_CASE("E31: rework by an absorbing chain, not by adding rates up") {
    const Measured map(R"(
stream s {
  step backlog { process: 0min, lead: 480min, ca: 100% }
  step development { process: 240min, lead: 960min, ca: 85% }
  step review { process: 30min, lead: 240min, ca: 90% rework 15% to development }
  step qa { process: 60min, lead: 480min, ca: 80% rework 20% to development }
  step deploy { process: 15min, lead: 60min, ca: 95% }
})");
    CHECK(map.metrics.mean.lead_time == TimeFigure{2220 * minute, true});
    CHECK(map.visits("backlog") == doctest::Approx(1).epsilon(1e-12));
    CHECK(map.visits("development") == doctest::Approx(1 / 0.68).epsilon(1e-12));  // 1.4706
    CHECK(map.visits("review") == doctest::Approx(1 / 0.68).epsilon(1e-12));
    CHECK(map.visits("qa") == doctest::Approx(1.25).epsilon(1e-12));
    CHECK(map.visits("deploy") == doctest::Approx(1).epsilon(1e-12));
    CHECK(std::round(map.lead(minute) * 10) / 10 == 2904.7);
    CHECK(map.metrics.expected.first_pass_yield == doctest::Approx(0.68).epsilon(1e-12));
    CHECK_FALSE(map.metrics.expected.approximate);
}

TEST_CASE("E24: exercise 2 of flow analysis (after Dumas and others), a day of 7.5 hours") {
    const Measured map(R"(
stream s {
  calendar: 7.5h/d 5d/w
  step t1 { process: 1h, lead: 1d }
  step t2 { process: 2h, lead: 2d rework 20% { process: 6h, lead: 6d } }
})");
    CHECK(map.lead(7.5 * hour) == doctest::Approx(4.5).epsilon(1e-12));
    CHECK(map.metrics.expected.process_time.microseconds / hour == doctest::Approx(4.5).epsilon(1e-12));
    CHECK(map.metrics.expected.process_time.microseconds / map.metrics.expected.lead_time.microseconds ==
          doctest::Approx(0.1333333333).epsilon(1e-9));
}

TEST_CASE("E08: the map of the Dojo Consortium with its side boxes as repairs on the spot") {
    const Measured map(R"(
stream dojo {
  step refine { process: 1h, wait: 0h }
  wait 60h
  step refining { process: 2h, wait: 0h }
  wait 6h
  step development { process: 60h, wait: 0h rework 50% once { process: 2h, wait: 12h } }
  wait 30h
  step review { process: 6h, wait: 0h rework 100% once { process: 6h, wait: 0.5h } }
  wait 0.02h
  step build { process: 0.22h, wait: 0h }
  wait 45h
  step deploy { process: 1h, wait: 0h }
  wait 2.5h
  step verify { process: 3h, wait: 0h }
})");
    CHECK(map.metrics.expected.process_time.microseconds / hour == doctest::Approx(80.22).epsilon(1e-12));
    CHECK(map.lead(hour) == doctest::Approx(230.24).epsilon(1e-12));
    CHECK(map.lead(hour) - map.metrics.expected.process_time.microseconds / hour ==
          doctest::Approx(150.02).epsilon(1e-12));
    CHECK(map.metrics.expected.first_pass_yield == 0);
}

TEST_CASE("the worked example of docs/metrics.md: of two steps the second sends a fifth back to the first") {
    const Measured map(
        "stream s { step build { process: 1h, wait: 0h } step test { process: 2h, wait: 0h rework 20% to build } }");
    CHECK(map.visits("build") == doctest::Approx(1.25).epsilon(1e-12));
    CHECK(map.lead(minute) == doctest::Approx(3 * 60 + 45).epsilon(1e-12));
}

// ---- parallel parts ----

TEST_CASE("rework into part of a graph runs again what follows from there, not what stands beside it") {
    const Measured map(R"(
stream s {
  step a { process: 1h, wait: 0h }
  step b { process: 2h, wait: 0h }
  step c { process: 3h, wait: 0h, after: a }
  step d { process: 1h, wait: 0h, after: [b, c] rework 50% to b }
})");
    CHECK(map.lead(hour) == doctest::Approx(1 + 3 + 2 * 1 + 1 * 2).epsilon(1e-12));
    CHECK(map.visits("a") == doctest::Approx(1).epsilon(1e-12));
    CHECK(map.visits("b") == doctest::Approx(2).epsilon(1e-12));
    CHECK(map.visits("c") == doctest::Approx(1).epsilon(1e-12));
    CHECK(map.visits("d") == doctest::Approx(2).epsilon(1e-12));
}

TEST_CASE("rework within a branch of a graph goes on beside the others, and what leads out of it waits until all have "
          "finished") {
    const Measured map(R"(
stream s {
  step a { process: 1h, wait: 0h }
  step b { process: 2h, wait: 0h }
  step c { process: 1h, wait: 0h rework 50% once to b }
  step x { process: 5h, wait: 0h, after: a rework 20% once to a }
  step d { process: 1h, wait: 0h, after: [c, x] }
})");
    // b and c take 4.5 h on average, or 3 h if the once is used up: x is longer. With 20 % everything from a runs a
    // second time.
    CHECK(map.lead(hour) == doctest::Approx(1 + 5 + 0.2 * (1 + 5) + 1).epsilon(1e-12));
    CHECK(map.visits("b") == doctest::Approx(1.5 + 0.2 * (0.5 * 1.5 + 0.5)).epsilon(1e-12));
    CHECK(map.visits("x") == doctest::Approx(1.2).epsilon(1e-12));
}

TEST_CASE("without rework every random nested map takes what is drawn") {
    for (std::uint64_t seed = 1; seed <= tests::rounds(200); ++seed) {
        const tests::RandomMap random = tests::MapMaker(seed, false).make();
        const Measured map(random.text);
        INFO("seed " << seed << "\n" << random.text);
        const Expected& expected = map.metrics.expected;
        CHECK(same(expected.lead_time.microseconds, map.metrics.mean.lead_time.microseconds));
        CHECK(same(expected.process_time.microseconds, map.metrics.mean.process_time.microseconds));
        CHECK(same(expected.total_process_time.microseconds, map.metrics.mean.total_process_time.microseconds));
        CHECK(expected.first_pass_yield == doctest::Approx(1).epsilon(1e-12));
    }
}

TEST_CASE("expected times are called approximate only where more than one random way can be the longest") {
    const auto approximate = [](const std::string& body) {
        return Measured("stream s { step z { process: 1h, wait: 0h } " + body + " }").metrics.expected.approximate;
    };
    CHECK(approximate("parallel { step a { process: 1h..3h, wait: 0h } step b { process: 2h, wait: 0h } }"));
    CHECK(approximate("parallel { step a { process: 1h, wait: exponential(1h) } step b { process: 2h, wait: 0h } }"));
    CHECK(
        approximate("parallel { step a { process: 1h, wait: 0h rework 10% to a } step b { process: 2h, wait: 0h } }"));
    CHECK(approximate("parallel { branch { choose { branch 50% { step a { process: 3h, wait: 0h } } branch 50% {} } } "
                      "step b { process: 2h, wait: 0h } }"));
    CHECK(approximate("step a { process: 1h..3h, wait: 0h } step b { process: 2h, wait: 0h, after: z } step c { "
                      "process: 1h, wait: 0h, after: [a, b] }"));
    CHECK_FALSE(approximate("parallel { step a { process: 1h..2h, wait: 0h } step b { process: 2h, wait: 0h } }"));
    CHECK_FALSE(approximate("parallel { step a { process: 2h..3h, wait: 0h } step b { process: 2h, wait: 0h } }"));
    CHECK_FALSE(approximate(
        "parallel { step a { process: 1h, wait: 0h rework 50% once to a } step b { process: 2h, wait: 0h } }"));
    CHECK_FALSE(approximate(
        "parallel { step a { process: 1h..2h, lead: 4h } step b { process: 2h, wait: 0h rework 10% to z } }"));
    CHECK_FALSE(approximate("step a { process: 1h..3h, wait: exponential(1h) rework 10% to z }"));
}

// ---- limits ----

TEST_CASE("more than ten `once` that overlap are simplified and said to be approximate") {
    std::string body = "step s0 { process: 1h, wait: 0h }";
    const auto with = [&](int count, bool once) {
        std::string text = "stream s { " + body;
        for (int i = 1; i <= count; ++i)
            text += " step s" + std::to_string(i) + " { process: 1h, wait: 0h rework 10% " + (once ? "once " : "") +
                    "to s0 }";
        return Measured(text + " }");
    };
    CHECK_FALSE(with(10, true).metrics.expected.approximate);
    const Measured many = with(14, true), all = with(14, false);
    CHECK(many.metrics.expected.approximate);
    CHECK(many.lead(hour) > many.metrics.mean.lead_time.microseconds / hour);
    CHECK(many.lead(hour) < all.lead(hour));
}

TEST_CASE("rework that leads back so often that no time can be said is unknown, and who sends back is named") {
    std::string text = "stream s { step s0 { process: 1h, wait: 0h }";
    for (int i = 1; i <= 6; ++i) text += " step s" + std::to_string(i) + " { process: 1h, wait: 0h rework 99% to s0 }";
    const Measured map(text + " }");
    CHECK(map.metrics.expected.endless);
    CHECK_FALSE(map.metrics.expected.lead_time.known);
    CHECK(map.metrics.levers.empty());
    REQUIRE_FALSE(map.metrics.unknown.empty());
    CHECK(map.metrics.unknown.front().metric == ir::Metric::expected_lead_time);
    CHECK(map.metrics.unknown.front().because.size() == 6);
}

/// A graph in which each step follows the two steps that are `window` and `window` + 1 before it, and has rework `once`
/// to the first step and, with `halfway`, rework to the step halfway.
std::string tangled_graph(int steps, int window, bool halfway) {
    std::string text = "stream s { step a0 { process: 1h, lead: 1h } ";
    for (int i = 1; i < steps; ++i) {
        std::string before;
        for (int k = std::max(0, i - window - 1); k <= std::max(0, i - window); ++k)
            before += (before.empty() ? "a" : ", a") + std::to_string(k);
        text +=
            "step a" + std::to_string(i) + " { process: 1h, lead: 1h, after: [" + before + "] rework 1% once to a0 ";
        if (halfway && i > 2) text += "rework 1% to a" + std::to_string(i / 2);
        text += " } ";
    }
    return text + "}";
}

TEST_CASE("the work of `once` in graphs is bounded, and what is not followed exactly is said to be approximate") {
    for (const int steps : {12, 30}) {
        for (const bool halfway : {false, true}) {
            INFO(steps << " steps, halfway " << halfway);
            const Measured map(tangled_graph(steps, halfway ? 2 : 3, halfway));
            CHECK(map.metrics.expected.approximate);
            const BodyGraphs graphs(map.stream());
            const ir::StreamFacts& facts = map.model->facts(map.metrics.stream);
            const Routes routes(map.stream(), facts, graphs, 1);
            const Router router(routes, nullptr);
            CHECK(router.work() > 1000);
            CHECK(router.work() < 3'000'000);
        }
    }
}

/// The number of `once` of a stream that are tracked exactly.
std::size_t exact_onces(const Routes& routes) {
    std::size_t count = 0;
    for (std::uint32_t once = 0; once < routes.once_count(); ++once) count += routes.bit_of(once).has_value();
    return count;
}

TEST_CASE("futures that are alike in their rework share the work on it, and those that are not share the room") {
    const std::string graph = tangled_graph(8, 2, false);
    const Measured tangled(graph);
    const BodyGraphs graphs(tangled.stream());
    const ir::StreamFacts& facts = tangled.model->facts(tangled.metrics.stream);
    const std::size_t all = exact_onces(Routes(tangled.stream(), facts, graphs, 1));
    CHECK(all == 7);
    CHECK(exact_onces(Routes(tangled.stream(), facts, graphs, 1e-4)) < all);

    std::string chain = "stream s { step s0 { process: 1h, wait: 0h }";
    for (int i = 1; i <= 10; ++i)
        chain += " step s" + std::to_string(i) + " { process: 1h, wait: 0h rework 10% once to s0 }";
    chain += " } ";
    const auto with_futures = [&](int count, const std::function<std::string(int)>& edit) {
        std::string text = chain;
        for (int i = 0; i < count; ++i) text += "future f" + std::to_string(i) + " of s { " + edit(i) + " } ";
        return Measured(text).metrics.expected;
    };
    const Expected alone = Measured(chain).metrics.expected;
    CHECK_FALSE(alone.approximate);
    CHECK(with_futures(1000, [](int i) { return "change s1 { wait: " + std::to_string(i + 1) + "h }"; }) == alone);
    const Expected crowded = with_futures(1000, [](int i) {
        return "add after s" + std::to_string(i % 10) + " step x { process: 1h, wait: 0h rework " +
               std::to_string(i / 10 % 99 + 1) + "." + std::to_string(i % 10) + "% to s0 }";
    });
    CHECK(crowded.approximate);
    CHECK(crowded.lead_time.microseconds == doctest::Approx(alone.lead_time.microseconds).epsilon(0.05));
}

}  // namespace
}  // namespace vsm::runtime
