// Compares the figures of random nested maps with an independent computation, and checks laws that hold for every map.
#include <doctest/doctest.h>

#include "runtime/metrics.h"
#include "tests/support/compile.h"
#include "tests/support/rounds.h"
#include "tests/unit/runtime/figures/brute_force.h"

namespace vsm::runtime {
namespace {

using tests::Node;

constexpr double minute = 60.0 * microseconds_per_second;
const std::uint64_t maps = tests::rounds(400);

struct Compiled {
    explicit Compiled(const std::string& text) : model(tests::compile_text(text)) {
        INFO(text);
        REQUIRE(model.has_value());
        metrics = measure(*model).front();
    }
    const ir::Stream& stream() const { return model->stream(metrics.stream); }

    std::optional<ir::CheckedModel> model;
    StreamMetrics metrics;
};

/// Equal up to rounding, relative to the larger.
bool same(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)}); }

void check_time(const TimeFigure& figure, double minutes) {
    CHECK(figure.known);
    CHECK(same(figure.microseconds / minute, minutes));
}

bool any_quality(const std::vector<Node>& body) {
    return std::any_of(body.begin(), body.end(),
                       [](const Node& node) { return node.ca_low >= 0 || any_quality(node.children); });
}

bool lacks_quality(const std::vector<Node>& body) {
    return std::any_of(body.begin(), body.end(), [](const Node& node) {
        return (node.kind == Node::Kind::step && node.ca_low == -1) || lacks_quality(node.children);
    });
}

/// The rolled %C&A, or its upper bound.
const std::optional<double>& quality_or_bound(const Figures& figures) {
    return figures.rolled_ca.value ? figures.rolled_ca.value : figures.rolled_ca.at_most;
}

void check_figures(const Figures& figures, const tests::Sums& sums, bool any_ca, bool all_ca) {
    check_time(figures.lead_time, sums.lead);
    check_time(figures.process_time, sums.process);
    check_time(figures.wait_time, sums.lead - sums.process);
    check_time(figures.total_process_time, sums.work);
    CHECK(figures.rolled_ca.value.has_value() == (any_ca && all_ca));
    CHECK(figures.rolled_ca.at_most.has_value() == (any_ca && !all_ca));
    CHECK(figures.rolled_ca.stated == figures.rolled_ca.at_most);
    if (any_ca) CHECK(same(*quality_or_bound(figures), sums.quality));
    CHECK(figures.activity_ratio.has_value() == (sums.lead > 0));
    if (sums.lead > 0) CHECK(same(*figures.activity_ratio, sums.process / sums.lead));
    CHECK(figures.pce.has_value() == (sums.lead > 0 && sums.process > 0));
    if (figures.pce) CHECK(same(*figures.pce, sums.adding / sums.lead));
}

TEST_CASE("random nested maps have the figures that looking at every way gives") {
    for (std::uint64_t seed = 1; seed <= maps; ++seed) {
        const tests::RandomMap map = tests::MapMaker(seed, false).make();
        const Compiled compiled(map.text);
        INFO("seed " << seed << "\n" << map.text);
        const bool any_ca = any_quality(map.body);
        check_figures(compiled.metrics.mean, tests::BruteForce(tests::End::mean).of(map.body), any_ca,
                      !lacks_quality(map.body));
        check_figures(compiled.metrics.best, tests::BruteForce(tests::End::best).of(map.body), any_ca,
                      !lacks_quality(map.body));
        check_figures(compiled.metrics.worst, tests::BruteForce(tests::End::worst).of(map.body), any_ca,
                      !lacks_quality(map.body));
        CHECK(compiled.metrics.handoffs == tests::handoffs(map.body));
        // only %C&A may be missing
        CHECK(compiled.metrics.unknown.empty() == !(any_ca && lacks_quality(map.body)));
    }
}

TEST_CASE("what lies on the timeline of a random map adds up to its lead and process time") {
    for (std::uint64_t seed = 1; seed <= maps; ++seed) {
        const tests::RandomMap map = tests::MapMaker(seed, false).make();
        const Compiled compiled(map.text);
        INFO("seed " << seed << "\n" << map.text);
        double lead = 0, process = 0;
        const auto& elements = compiled.stream().elements;
        for (std::size_t i = 0; i < elements.size(); ++i) {
            const ir::ElementId id = elements.id_at(i);
            const ElementMetrics& metrics = compiled.metrics.elements[id];
            CHECK(metrics.on_timeline != OnTimeline::undecided);
            if (!ir::children_of(elements[id]).empty() || metrics.on_timeline == OnTimeline::no) continue;
            const double share = compiled.model->facts(compiled.metrics.stream).elements[id].share;
            lead += share * metrics.lead_time.microseconds;
            process += share * metrics.process_time.microseconds;
        }
        check_time(compiled.metrics.mean.lead_time, lead / minute);
        check_time(compiled.metrics.mean.process_time, process / minute);
    }
}

/// Replaces every `?` by a random value that the map allows.
void fill(std::vector<Node>& body, tests::Dice& dice) {
    for (Node& node : body) {
        const auto settle = [&](tests::Span& span, long least, long most) {
            if (!span.unknown) return;
            span = {};
            span.low = span.mode = span.high = least + (most > least ? dice.below(most - least + 1) : 0);
        };
        if (node.kind == Node::Kind::step) {
            settle(node.process, 0,
                   node.lead_given && !node.other.unknown ? node.other.low : (dice.one_in(2) ? 3 : 2000));
            settle(node.other, node.lead_given ? node.process.high : 0,
                   node.process.high + (dice.one_in(2) ? 3 : 5000));
            if (node.ca_low == -3 || node.ca_low == -1) node.ca_low = node.ca_high = static_cast<int>(dice.below(101));
        } else if (node.kind == Node::Kind::wait) {
            settle(node.other, 0, dice.one_in(2) ? 3 : 5000);
        }
        fill(node.children, dice);
    }
}

void check_bound(const TimeFigure& figure, double minutes) {
    if (figure.known)
        CHECK(same(figure.microseconds / minute, minutes));
    else
        CHECK(figure.microseconds / minute <= minutes * (1 + 1e-9) + 1e-9);
}

TEST_CASE("whatever the unknown values of a random map are, what is called known stays and the bounds hold") {
    std::size_t unknown_leads = 0, known_leads = 0;
    for (std::uint64_t seed = 1; seed <= maps; ++seed) {
        const tests::RandomMap map = tests::MapMaker(seed, true).make();
        const Compiled compiled(map.text);
        INFO("seed " << seed << "\n" << map.text);
        const Figures& mean = compiled.metrics.mean;
        (mean.lead_time.known ? known_leads : unknown_leads) += 1;
        for (std::uint64_t trial = 0; trial < 20; ++trial) {
            std::vector<Node> body = map.body;
            tests::Dice dice(seed * 1000 + trial);
            fill(body, dice);
            const tests::Sums sums = tests::BruteForce(tests::End::mean).of(body);
            check_bound(mean.lead_time, sums.lead);
            check_bound(mean.process_time, sums.process);
            check_bound(mean.wait_time, sums.lead - sums.process);
            check_bound(mean.total_process_time, sums.work);
            if (mean.rolled_ca.value) CHECK(same(*mean.rolled_ca.value, sums.quality));
            if (mean.rolled_ca.at_most) CHECK(sums.quality <= *mean.rolled_ca.at_most + 1e-12);
            if (mean.activity_ratio) CHECK(same(*mean.activity_ratio, sums.process / sums.lead));
            if (mean.pce) CHECK(same(*mean.pce, sums.adding / sums.lead));
        }
    }
    CHECK(unknown_leads > maps / 4);
    CHECK(known_leads > maps / 20);
}

const Lever* lever_of(const Compiled& compiled, const std::string& label, Change change) {
    for (const Lever& lever : compiled.metrics.levers)
        if (lever.change == change && compiled.stream().elements[lever.element].label == label) return &lever;
    return nullptr;
}

TEST_CASE("what the levers of a random map with unknown times save is saved whatever these times are") {
    std::size_t exact = 0, at_least = 0;
    for (std::uint64_t seed = 1; seed <= maps; ++seed) {
        const tests::RandomMap map = tests::MapMaker(seed, true).make();
        const Compiled partly(map.text);
        if (partly.metrics.expected.lead_time.known) continue;
        for (std::uint64_t trial = 0; trial < 3; ++trial) {
            std::vector<Node> body = map.body;
            tests::Dice dice(seed * 1000 + trial);
            fill(body, dice);
            const Compiled filled(tests::MapMaker::whole_text(body));
            INFO("seed " << seed << "\n" << map.text << "\n" << tests::MapMaker::whole_text(body));
            for (const Lever& lever : partly.metrics.levers) {
                if (lever.change == Change::all_accurate) continue;
                const std::string label = partly.stream().elements[lever.element].label;
                CAPTURE(label);
                const Lever* then = lever_of(filled, label, lever.change);
                REQUIRE(then != nullptr);
                const double tolerance = 1e-9 * filled.metrics.expected.lead_time.microseconds;
                if (lever.saves_more)
                    CHECK(then->saved >= lever.saved - tolerance);
                else
                    CHECK(std::abs(then->saved - lever.saved) <= tolerance);
                ++(lever.saves_more ? at_least : exact);
            }
        }
    }
    CHECK(exact > maps);
    CHECK(at_least > maps);
}

TEST_CASE("every unknown figure of a random map says for want of what, and no known one does") {
    for (std::uint64_t seed = 1; seed <= maps; ++seed) {
        const tests::RandomMap map = tests::MapMaker(seed, true).make();
        const Compiled compiled(map.text);
        INFO("seed " << seed << "\n" << map.text);
        const Figures& mean = compiled.metrics.mean;
        const auto blamed = [&](ir::Metric metric) {
            for (const Unknown& unknown : compiled.metrics.unknown) {
                if (unknown.metric != metric) continue;
                CHECK(!unknown.because.empty());
                return true;
            }
            return false;
        };
        CHECK(blamed(ir::Metric::lead_time) == !mean.lead_time.known);
        CHECK(blamed(ir::Metric::process_time) == !mean.process_time.known);
        CHECK(blamed(ir::Metric::wait_time) == !mean.wait_time.known);
        CHECK(blamed(ir::Metric::total_process_time) == !mean.total_process_time.known);
        CHECK(blamed(ir::Metric::rolled_ca) == mean.rolled_ca.at_most.has_value());
        if (blamed(ir::Metric::pce)) CHECK(!mean.pce);
        CHECK(blamed(ir::Metric::activity_ratio) == !(mean.lead_time.known && mean.process_time.known));
    }
}

void add_waiting(std::vector<Node>& body, tests::Dice& dice) {
    for (Node& node : body) {
        const long more = dice.below(60);
        if (node.kind == Node::Kind::step || node.kind == Node::Kind::wait) {
            node.other.low += more;
            node.other.mode += more;
            node.other.high += more;
        }
        add_waiting(node.children, dice);
    }
}

TEST_CASE("more waiting never lowers the lead time of a random map") {
    for (std::uint64_t seed = 1; seed <= tests::rounds(100); ++seed) {
        tests::MapMaker maker(seed, false);
        tests::RandomMap map = maker.make();
        const Compiled before(map.text);
        tests::Dice dice(seed);
        add_waiting(map.body, dice);
        const Compiled after(tests::MapMaker::whole_text(map.body));
        INFO("seed " << seed << "\n" << map.text);
        CHECK(after.metrics.mean.lead_time.microseconds >= before.metrics.mean.lead_time.microseconds * (1 - 1e-9));
        CHECK(after.metrics.best.lead_time.microseconds >= before.metrics.best.lead_time.microseconds * (1 - 1e-9));
        CHECK(after.metrics.worst.lead_time.microseconds >= before.metrics.worst.lead_time.microseconds * (1 - 1e-9));
    }
}

/// Improves one step's %C&A a little; returns false if there is no such step.
bool improve(std::vector<Node>& body, std::size_t& which) {
    for (Node& node : body) {
        if (node.kind == Node::Kind::step && node.ca_low >= 0 && node.ca_high < 100 && which-- == 0) {
            node.ca_high = std::min(100, node.ca_high + 7);
            node.ca_low = std::max(node.ca_low, node.ca_high - 3);
            return true;
        }
        if (improve(node.children, which)) return true;
    }
    return false;
}

TEST_CASE("improving a %C&A never lowers the rolled %C&A of a random map") {
    std::size_t improved = 0;
    for (std::uint64_t seed = 1; seed <= tests::rounds(60); ++seed) {
        const tests::RandomMap map = tests::MapMaker(seed, false).make();
        const Compiled before(map.text);
        for (std::size_t which = 0; which < 3; ++which) {
            std::vector<Node> body = map.body;
            std::size_t left = which;
            if (!improve(body, left)) break;
            const Compiled after(tests::MapMaker::whole_text(body));
            INFO("seed " << seed << "\n" << map.text);
            for (const auto figures : {&StreamMetrics::mean, &StreamMetrics::best, &StreamMetrics::worst})
                CHECK(*quality_or_bound(after.metrics.*figures) >=
                      *quality_or_bound(before.metrics.*figures) * (1 - 1e-12));
            ++improved;
        }
    }
    CHECK(improved > 60);
}

/// Converts all minutes to seconds.
std::string in_seconds(const std::string& text) {
    std::string seconds;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
        const bool number =
            end > at && (at == 0 || std::string_view(" .:(").find(text[at - 1]) != std::string_view::npos);
        if (number && text.compare(end, 3, "min") == 0) {
            seconds += std::to_string(60 * std::stol(text.substr(at, end - at))) + "s";
            at = end + 3;
        } else {
            seconds += text.substr(at, std::max<std::size_t>(end - at, 1));
            at = std::max(end, at + 1);
        }
    }
    return seconds;
}

TEST_CASE("a random map written in seconds has the figures that it has in minutes") {
    std::size_t other = 0;
    for (std::uint64_t seed = 1; seed <= tests::rounds(60); ++seed) {
        const tests::RandomMap map = tests::MapMaker(seed, false).make();
        const std::string seconds = in_seconds(map.text);
        INFO(map.text << seconds);
        CHECK(seconds.find("min,") == std::string::npos);
        other += seconds != map.text;
        const Compiled one(map.text), two(seconds);
        CHECK(one.metrics.mean == two.metrics.mean);
        CHECK(one.metrics.best == two.metrics.best);
        CHECK(one.metrics.worst == two.metrics.worst);
        CHECK(one.metrics.expected == two.metrics.expected);
    }
    CHECK(other > 50);
}

}  // namespace
}  // namespace vsm::runtime
