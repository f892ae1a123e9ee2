// Checks laws of the figures of random bodies with rework: what a lever says, what a change of all times, a branch that
// nobody takes and longer waits do, and what the parts of a future add up to.
#include <doctest/doctest.h>

#include "runtime/figures/compare.h"
#include "runtime/metrics.h"
#include "tests/support/rounds.h"
#include "tests/unit/runtime/rework/measured.h"
#include "tests/unit/runtime/rework/rework_map.h"

namespace vsm::runtime {
namespace {

using tests::Measured;
using tests::minute;
using tests::same;

// ---- levers ----

tests::ReworkNode* find(tests::ReworkNode& node, const std::string& name) {
    if (node.name == name) return &node;
    for (tests::ReworkNode& child : node.children)
        if (tests::ReworkNode* found = find(child, name)) return found;
    return nullptr;
}

TEST_CASE("every lever of a random body says what a map with that change says") {
    std::size_t compared = 0;
    for (std::uint64_t seed = 1; seed <= tests::rounds(80); ++seed) {
        tests::ReworkMaker maker(seed);
        tests::ReworkNode root = maker.make();
        tests::relink(root);
        const std::string text = tests::ReworkMaker::text_of(root);
        if (text.find("step") == std::string::npos) continue;
        INFO("seed " << seed << "\n" << text);
        const Measured map(text);
        for (const Lever& lever : map.metrics.levers) {
            if (lever.change == Change::all_accurate) continue;
            tests::ReworkMaker again(seed);
            tests::ReworkNode changed = again.make();
            tests::ReworkNode* leaf = find(changed, map.stream().elements[lever.element].label);
            REQUIRE(leaf != nullptr);
            if (lever.change == Change::wait_halved) leaf->wait /= 2;
            if (lever.change != Change::wait_halved) leaf->backs.clear();
            if (lever.change == Change::removed) leaf->process = leaf->wait = 0;
            tests::relink(changed);
            const Measured then(tests::ReworkMaker::text_of(changed));
            INFO(leaf->name << " " << static_cast<int>(lever.change));
            CHECK(same(lever.expected_lead_time / minute, then.lead(minute)));
            CHECK(same(lever.saved / minute, map.lead(minute) - then.lead(minute)));
            ++compared;
        }
    }
    CHECK(compared > 400);
}

// ---- laws ----

void scale(tests::ReworkNode& node, long factor) {
    node.process *= factor;
    node.wait *= factor;
    for (auto& back : node.backs) {
        back.process *= factor;
        back.wait *= factor;
    }
    for (tests::ReworkNode& child : node.children) scale(child, factor);
}

std::string with_demand(std::string text, const std::string& demand) {
    return text.insert(text.find('{') + 1, " demand: " + demand + " ");
}

/// The compared figures of the stream, by key.
std::map<std::string, double> figures_of(const Measured& map) {
    std::map<std::string, double> figures;
    for (const ir::Metric metric : compared_metrics())
        if (const auto value = value_of(map.model->model(), map.stream(), map.metrics, metric).value)
            figures[std::string(ir::info_of(metric).key)] = *value;
    return figures;
}

TEST_CASE(
    "four times all times at a quarter of the demand: every time is four times as long, what is at work the same") {
    for (std::uint64_t seed = 1; seed <= tests::rounds(100); ++seed) {
        tests::ReworkMaker maker(seed), again(seed);
        tests::ReworkNode root = maker.make();
        tests::relink(root);
        tests::ReworkNode longer = again.make();
        scale(longer, 4);
        tests::relink(longer);
        const std::string text = tests::ReworkMaker::text_of(root);
        if (text.find("step") == std::string::npos) continue;
        INFO(text);
        const Measured one(with_demand(text, "40/w")), four(with_demand(tests::ReworkMaker::text_of(longer), "10/w"));
        const auto before = figures_of(one), after = figures_of(four);
        CHECK(before.size() == after.size());
        for (const ir::Metric metric : compared_metrics()) {
            const std::string key(ir::info_of(metric).key);
            if (!before.contains(key)) continue;
            const ir::MetricType type = ir::info_of(metric).type;
            const double factor = type == ir::MetricType::time ? 4 : type == ir::MetricType::rate ? 0.25 : 1;
            INFO(key);
            CHECK(after.at(key) == doctest::Approx(factor * before.at(key)).epsilon(1e-9));
        }
        for (std::uint32_t id = 0; id < one.metrics.elements.size(); ++id) {
            const ElementMetrics &a = one.metrics.elements[ir::ElementId{id}],
                                 &b = four.metrics.elements[ir::ElementId{id}];
            CHECK(4 * a.lead_time.microseconds == b.lead_time.microseconds);
            CHECK(same(a.visits.value_or(0), b.visits.value_or(0)));
        }
    }
}

TEST_CASE("a branch that nobody takes changes no figure but the counts, and waiting longer never saves time") {
    for (std::uint64_t seed = 1; seed <= tests::rounds(100); ++seed) {
        tests::ReworkMaker maker(seed), again(seed);
        tests::ReworkNode root = maker.make();
        tests::relink(root);
        const std::string text = tests::ReworkMaker::text_of(root);
        if (text.find("step") == std::string::npos) continue;
        INFO(text);
        const Measured plain(with_demand(text, "40/w"));
        const std::string body = text.substr(text.find('{') + 1, text.rfind('}') - text.find('{') - 1);
        const Measured beside("stream random { demand: 40/w choose { branch 0% { step zz { process: 5h, wait: 7h "
                              "rework 90% to zz } } branch 100% {" +
                              body + "} } }");
        auto without = figures_of(plain), with = figures_of(beside);
        CHECK(without.at("steps") + 1 == with.at("steps"));
        without.erase("steps");
        with.erase("steps");
        CHECK(without.size() == with.size());
        for (const auto& [key, figure] : without) {
            INFO(key);
            CHECK(with.at(key) == doctest::Approx(figure).epsilon(1e-9));
        }
        CHECK(plain.visits("e1") == beside.visits("e1"));
        CHECK(plain.metrics.expected.approximate == beside.metrics.expected.approximate);
        tests::ReworkNode slower = again.make();
        for (int i = 1; i <= 30; ++i)
            if (tests::ReworkNode* leaf = find(slower, "e" + std::to_string(i));
                leaf != nullptr && leaf->children.empty())
                leaf->wait += 10 * i;
        tests::relink(slower);
        CHECK(Measured(tests::ReworkMaker::text_of(slower)).lead(minute) >= plain.lead(minute) * (1 - 1e-12));
    }
}

// ---- futures ----

struct Futured {
    explicit Futured(const std::string& text) : model(tests::compile_text(text)) {
        INFO(text);
        REQUIRE(model.has_value());
        all = measure(*model);
    }
    std::optional<ir::CheckedModel> model;
    std::vector<StreamMetrics> all;
};

/// Changes the wait of about half of the steps, by kaizens or free edits.
std::string random_future(const tests::ReworkNode& root, tests::Dice& dice) {
    std::string text = "future f of random {\n";
    for (int i = 1; i <= 30; ++i) {
        auto copy = root;
        const tests::ReworkNode* leaf = find(copy, "e" + std::to_string(i));
        if (leaf == nullptr || leaf->kind != tests::ReworkNode::Kind::step || dice.one_in(2)) continue;
        const std::string change = "change " + leaf->name + " { wait: " + std::to_string(dice.below(200)) + "min }";
        text += dice.one_in(2) ? "kaizen \"k" + std::to_string(i) + "\" { " + change + " }\n" : change + "\n";
    }
    return text + "}\n";
}

TEST_CASE("what the kaizens and edits of a random future do adds up to the whole difference, in every figure") {
    std::size_t parts = 0;
    for (std::uint64_t seed = 1; seed <= tests::rounds(100); ++seed) {
        tests::ReworkMaker maker(seed);
        tests::ReworkNode root = maker.make();
        tests::relink(root);
        tests::Dice dice(seed);
        const Futured map(with_demand(tests::ReworkMaker::text_of(root), "40/w") + random_future(root, dice));
        const Comparison comparison = compare(*map.model, map.all[1], map.all[0]);
        parts += comparison.contributions.size();
        for (std::size_t k = 0; k < comparison.differences.size(); ++k) {
            const auto whole = comparison.differences[k].change();
            if (!whole || comparison.contributions.empty()) continue;
            double sum = 0, size = 1;
            for (const Contribution& one : comparison.contributions) {
                sum += one.differences[k].change().value_or(0);
                size = std::max(size, std::abs(one.differences[k].change().value_or(0)));
            }
            INFO("seed " << seed << " " << ir::info_of(comparison.differences[k].metric).key);
            CHECK(std::abs(sum - *whole) <= 1e-6 * size);
        }
    }
    CHECK(parts > 150);
}

}  // namespace
}  // namespace vsm::runtime
