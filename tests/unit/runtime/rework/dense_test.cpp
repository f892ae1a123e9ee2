// Compares maps with everything at once with the dense solver: times, visits, yield, load, effort, cost, work in
// progress.
#include <doctest/doctest.h>

#include <algorithm>

#include "runtime/metrics.h"
#include "tests/support/compile.h"
#include "tests/support/rounds.h"
#include "tests/unit/runtime/rework/dense_sampler.h"

namespace vsm::runtime {
namespace {

using tests::DenseMaker;
using tests::DenseNode;
using tests::DenseSampler;
using tests::DenseSolver;

constexpr double minute = 60.0 * microseconds_per_second, week = 2400;
constexpr double failures_a_week = 2;  // a fifth of ten deployments

bool same(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)}); }

/// Work of people on one item, in minutes, and its cost.
struct Reference {
    std::map<int, double> teams;
    std::map<std::string, double> own;
    std::map<std::string, long> people_of;
    double people = 0, cost = 0;
    bool any_cost = false, no_cost = false;

    void add(const DenseNode& step, double work, const std::vector<int>& teams_of, bool machine, bool own_people) {
        if (work > 0 && teams_of.empty() && !machine) no_cost = true;
        for (const int team : teams_of) {
            if (work <= 0) continue;
            any_cost = true;
            cost += work / 60 * static_cast<double>(tests::dense_costs[team]);
        }
        if (machine) return;
        people += work * static_cast<double>(own_people ? 1 : std::max<std::size_t>(1, teams_of.size()));
        if (own_people) own[step.name] += work;
        people_of[step.name] = step.people;
        for (const int team : teams_of)
            if (!own_people) teams[team] += work;
    }

    void add(const DenseNode& node, const std::map<std::string, double>& visits) {
        for (const DenseNode& child : node.children) add(child, visits);
        const auto found = visits.find(node.name);
        if (node.kind != DenseNode::Kind::step) return;
        const double runs = (found == visits.end() ? 0 : found->second) / static_cast<double>(node.batch);
        const bool machine = node.automated && node.people == 0;
        add(node, runs * static_cast<double>(node.process + node.process_high) / 2, node.teams, machine,
            node.people > 0);
        for (const auto& back : node.backs) {
            if (!back.to.empty()) continue;
            const double p = back.percent / 100.0, passes = back.once ? p : p / (1 - p);
            const bool others =
                back.team >= 0 && std::find(node.teams.begin(), node.teams.end(), back.team) == node.teams.end();
            const std::vector<int> by = back.team >= 0 ? std::vector<int>{back.team} : node.teams;
            add(node, runs * passes * static_cast<double>(back.process), by, machine && !others,
                node.people > 0 && !others);
        }
    }
};

struct Random {
    Random(std::uint64_t seed, DenseMaker::Wanted wanted)
        : root(DenseMaker(seed, wanted).make()), mending(DenseMaker(seed + 1'000'000, {true, true, false, 4}).make()) {
        tests::relink(root);
        tests::relink(mending);
        recovers = seed % 3 == 0;
    }
    std::string text() const {
        std::string all = DenseMaker::teams_text() +
                          "stream random { demand: 40/w change_failure: 20% deploys: 10/w\n" +
                          DenseMaker::body_text(root.children) + "}\n";
        if (recovers)
            all += "stream mending { demand: 40/w recovers: random\n" + DenseMaker::body_text(mending.children) + "}\n";
        return all;
    }
    DenseNode root, mending;
    bool recovers;
};

struct Measured {
    explicit Measured(const std::string& text) : model(tests::compile_text(text)) {
        INFO(text);
        REQUIRE(model.has_value());
        metrics = measure(*model, model->model().streams.id_at(0));
    }
    const ElementMetrics* element(const std::string& label) const {
        const auto& elements = model->stream(metrics.stream).elements;
        for (std::size_t i = 0; i < elements.size(); ++i)
            if (elements[elements.id_at(i)].label == label) return &metrics.elements[elements.id_at(i)];
        return nullptr;
    }
    std::optional<ir::CheckedModel> model;
    StreamMetrics metrics;
};

void check_times(const Measured& map, const DenseSolver::Times& times) {
    const Expected& expected = map.metrics.expected;
    CHECK(expected.lead_time.known);
    CHECK(same(expected.lead_time.microseconds / minute, times.lead));
    CHECK(same(expected.process_time.microseconds / minute, times.process));
    CHECK(same(expected.total_process_time.microseconds / minute, times.work));
}

void check_visits(const Measured& map, const std::map<std::string, double>& visits) {
    for (const ir::Element& element : map.model->stream(map.metrics.stream).elements) {
        if (!ir::children_of(element).empty() || std::holds_alternative<ir::Branch>(element.what)) continue;
        const auto found = visits.find(element.label);
        INFO(element.label);
        CHECK(same(map.element(element.label)->visits.value_or(-1), found == visits.end() ? 0 : found->second));
    }
}

void check_load(const Measured& map, const Random& random, const std::map<std::string, double>& visits,
                const DenseSolver::Times& times) {
    const Load& load = map.metrics.load;
    Reference asked, taken;
    asked.add(random.root, visits);
    if (random.recovers) {
        DenseSolver solver(random.mending);
        solver.run();
        taken.add(random.mending, solver.visits);
    }
    const auto a_week = static_cast<double>(tests::dense_demand);
    CHECK(same(load.effort_fte.value_or(-1), a_week * asked.people / week));
    CHECK(load.cost.has_value() == (asked.any_cost && !asked.no_cost));
    if (load.cost) CHECK(same(*load.cost, asked.cost));
    double highest = 0;
    bool limited = !asked.own.empty();
    for (const auto& [name, work] : asked.own) {
        const double people = static_cast<double>(asked.people_of.at(name));
        const double utilization = a_week * work / (week * people);
        CHECK(same(map.element(name)->utilization.value_or(-1), utilization));
        highest = std::max(highest, utilization);
    }
    std::size_t teams = 0;
    for (int team = 0; team < tests::dense_teams; ++team) {
        const auto people = static_cast<double>(tests::dense_people[team]);
        if (people == 0 || (!asked.teams.contains(team) && !taken.teams.contains(team))) continue;
        ++teams;
        const bool in_stream = asked.teams.contains(team);  // even without work
        const double utilization = (a_week * asked.teams[team] + failures_a_week * taken.teams[team]) / (week * people);
        const std::string name = "t" + std::to_string(team);
        const auto found = std::find_if(load.teams.begin(), load.teams.end(), [&](const TeamLoad& one) {
            return map.model->model().teams[one.team].name.value == name;
        });
        INFO(name);
        REQUIRE(found != load.teams.end());
        CHECK(same(found->utilization, utilization));
        limited = limited || in_stream;
        if (asked.teams[team] > 0) highest = std::max(highest, utilization);
    }
    CHECK(load.teams.size() == teams);
    if (std::abs(highest - 1) < 1e-6) return;
    CHECK(load.wip.has_value() == (highest <= 1));
    if (load.wip) CHECK(same(*load.wip, a_week / week * times.lead));
    CHECK(load.throughput.has_value() == limited);
}

TEST_CASE("maps that hold everything have the figures that a dense system of equations gives") {
    std::size_t graphs = 0, onces = 0, queues = 0, overloaded = 0, approximate = 0, all = 0;
    for (std::uint64_t seed = 1; seed <= tests::rounds(250); ++seed) {
        const bool side_by_side = seed % 2 == 0;
        const Random random(seed, {side_by_side, side_by_side, false, 9});
        const std::string text = random.text();
        INFO("seed " << seed << "\n" << text);
        const Measured map(text);
        DenseSolver solver(random.root);
        const DenseSolver::Times times = solver.run();
        check_times(map, times);
        check_visits(map, solver.visits);
        CHECK(same(map.metrics.expected.first_pass_yield, solver.yield()));
        check_load(map, random, solver.visits, times);
        ++all;
        graphs += text.find("after:") != std::string::npos;
        onces += text.find("once to") != std::string::npos;
        queues += text.find("queue") != std::string::npos;
        overloaded += map.metrics.load.overloaded.has_value();
        approximate += map.metrics.expected.approximate;
    }
    CHECK(graphs > all / 6);
    CHECK(onces > all / 5);
    CHECK(queues > all / 3);
    CHECK(overloaded > all / 20);
    CHECK(overloaded < all);
    CHECK(10 * approximate <= all);
}

TEST_CASE("items sent through one by one take the expected time, and where that is approximate no less than it") {
    std::size_t exact = 0, approximate = 0;
    for (std::uint64_t seed = 1; seed <= tests::rounds(30); ++seed) {
        const Random random(seed, {true, true, false, 7});
        const std::string text = random.text();
        INFO("seed " << seed << "\n" << text);
        const Measured map(text);
        DenseSampler solver(random.root);
        const double expected = solver.run().lead;
        tests::Dice dice(seed);
        constexpr int items = 400;
        double sum = 0, squares = 0;
        for (int i = 0; i < items; ++i) {
            const double lead = solver.sample(dice);
            sum += lead;
            squares += lead * lead;
        }
        const double mean = sum / items, deviation = std::sqrt(std::max(0.0, squares / items - mean * mean) / items);
        CHECK(mean >= expected - 5 * deviation - 1e-6 * expected);
        if (!map.metrics.expected.approximate) CHECK(mean <= expected + 5 * deviation + 1e-6 * expected);
        (map.metrics.expected.approximate ? approximate : exact) += 1;
    }
    CHECK(exact > approximate);
    CHECK(approximate > 0);
}

/// Replaces every `?` by a random value.
void fill(DenseNode& node, tests::Dice& dice) {
    for (DenseNode& child : node.children) fill(child, dice);
    if (node.process_unknown) node.process = node.process_high = dice.below(dice.one_in(2) ? 3 : 2000);
    if (node.wait_unknown) node.wait = node.wait_high = dice.below(dice.one_in(2) ? 3 : 5000);
    node.process_unknown = node.wait_unknown = false;
}

void check_bound(const TimeFigure& figure, double minutes) {
    if (figure.known)
        CHECK(same(figure.microseconds / minute, minutes));
    else
        CHECK(figure.microseconds / minute <= minutes * (1 + 1e-9) + 1e-9);
}

TEST_CASE("whatever the unknown times of a map with rework are, what is called known stays and the bounds hold") {
    std::size_t known = 0, unknown = 0;
    for (std::uint64_t seed = 1; seed <= tests::rounds(60); ++seed) {
        const Random random(seed, {true, true, true, 8});
        const std::string text = random.text();
        INFO("seed " << seed << "\n" << text);
        const Measured map(text);
        const Expected& expected = map.metrics.expected;
        (expected.lead_time.known ? known : unknown) += 1;
        for (std::uint64_t trial = 0; trial < 4; ++trial) {
            DenseNode filled = random.root;
            tests::relink(filled);
            tests::Dice dice(1000 * seed + trial);
            fill(filled, dice);
            DenseSolver solver(filled);
            const DenseSolver::Times times = solver.run();
            check_bound(expected.lead_time, times.lead);
            check_bound(expected.process_time, times.process);
            check_bound(expected.total_process_time, times.work);
            check_visits(map, solver.visits);
            Reference asked;
            asked.add(filled, solver.visits);
            const auto a_week = static_cast<double>(tests::dense_demand);
            if (map.metrics.load.effort_fte) CHECK(same(*map.metrics.load.effort_fte, a_week * asked.people / week));
            if (map.metrics.load.cost) CHECK(same(*map.metrics.load.cost, asked.cost));
            if (map.metrics.load.wip) CHECK(same(*map.metrics.load.wip, a_week / week * times.lead));
        }
    }
    CHECK(known > 5);
    CHECK(unknown > 5);
}

}  // namespace
}  // namespace vsm::runtime
