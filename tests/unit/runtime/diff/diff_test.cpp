#include "runtime/diff/diff.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "compiler/lint/lint.h"
#include "ir/model_json.h"
#include "runtime/reports/diff/diff_report.h"
#include "tests/support/compile.h"
#include "tests/unit/runtime/figures/random_map.h"

namespace vsm {
namespace {

using runtime::ChangeKind;
using runtime::MapChange;
using tests::compile_text;

/// Two versions of a map and their changes.
struct Versions {
    std::optional<ir::CheckedModel> before, after;
    std::vector<runtime::StreamMetrics> before_metrics, after_metrics;
    MapChange change;

    Versions(const std::string& old_text, const std::string& new_text, const tests::Files& files = {})
        : before(compile_text(old_text, nullptr, files)), after(compile_text(new_text, nullptr, files)) {
        REQUIRE(before);
        REQUIRE(after);
        before_metrics = runtime::measure(*before);
        after_metrics = runtime::measure(*after);
        Diagnostics old_findings, new_findings;
        lint::lint(*before, {}, old_findings);
        lint::lint(*after, {}, new_findings);
        change = runtime::compare_maps({&*before, &before_metrics, old_findings.all()},
                                       {&*after, &after_metrics, new_findings.all()});
    }
};

/// One line per change of an element or a property.
std::vector<std::string> told(const Versions& versions) {
    std::vector<std::string> lines;
    const auto add_values = [&](const std::string& name, const std::vector<runtime::ValueChange>& values) {
        for (const runtime::ValueChange& one : values)
            lines.push_back(fmt::format("{}.{}: {} -> {}", name, one.name, one.before, one.after));
    };
    for (const runtime::StreamChange& stream : versions.change.streams) {
        if (stream.kind() != ChangeKind::changed) {
            const bool added = stream.kind() == ChangeKind::added;
            lines.push_back(fmt::format(
                "{} {}", runtime::name_of(stream.kind()),
                (added ? versions.after : versions.before)->stream(added ? stream.after : stream.before).name.value));
            continue;
        }
        const ir::Stream &before = versions.before->stream(stream.before),
                         &after = versions.after->stream(stream.after);
        if (stream.renamed) lines.push_back(fmt::format("renamed {} to {}", before.name.value, after.name.value));
        add_values(after.name.value, stream.values);
        for (const runtime::ElementChange& one : stream.elements) {
            const std::string name =
                one.after.valid() ? after.elements[one.after].label : before.elements[one.before].label;
            if (one.kind() != ChangeKind::changed)
                lines.push_back(fmt::format("{} {}", runtime::name_of(one.kind()), name));
            if (one.renamed) lines.push_back(fmt::format("renamed {} to {}", before.elements[one.before].label, name));
            if (one.moved()) lines.push_back(fmt::format("moved {}: {} -> {}", name, one.moved_from, one.moved_to));
            add_values(name, one.values);
        }
    }
    for (const runtime::TeamChange& one : versions.change.teams) {
        if (one.kind != ChangeKind::changed)
            lines.push_back(fmt::format("{} team {}", runtime::name_of(one.kind), one.name));
        add_values("team " + one.name,
                   one.kind == ChangeKind::changed ? one.values : std::vector<runtime::ValueChange>{});
    }
    return lines;
}

using Lines = std::vector<std::string>;

std::string stream(const std::string& body) { return "stream s { demand: 40/w\n" + body + "\n}\n"; }

const std::string a = "step a \"Analyse\" { process: 1h, lead: 2d, ca: 90%, team: dev }\n";
const std::string b = "step b \"Build\" { process: 2h, lead: 1d, ca: 80%, team: ci }\n";
const std::string c = "step c \"Check\" { process: 3h, wait: 4h, ca: 70%, team: qa }\n";

Lines between(const std::string& before, const std::string& after) {
    return told(Versions(stream(before), stream(after)));
}

TEST_CASE("a map beside itself has no changes, whatever its layout and comments") {
    const Versions same(stream(a + b + c),
                        "# a comment\nstream s {\n  demand: 40/w # another\n" + a + "\n\n" + b + c + "}\n");
    CHECK(same.change.empty());
    CHECK(told(same).empty());
}

TEST_CASE("times that are written otherwise are the same") {
    CHECK(between("step a { process: 60min, lead: 1d }", "step a { process: 1h, lead: 8h }").empty());
}

TEST_CASE("an element is added, removed, or has another figure") {
    CHECK(between(a + b, a + b + c) == Lines{"added c"});
    CHECK(between(a + b + c, a + c) == Lines{"removed b"});
    CHECK(between(a, "step a \"Analyse\" { process: 1h, lead: 5d, ca: 90%, team: dev }") == Lines{"a.lead: 2d -> 5d"});
    CHECK(between(a, "step a \"Analyse\" { process: 1h, lead: 2d, team: [dev, ops] }") ==
          Lines{"a.team: dev -> dev, ops", "a.ca: 90% -> "});
    CHECK(between(a, "step a \"Analyse\" { process: ~1h, lead: ?, ca: 90%, team: dev }") ==
          Lines{"a.process: 1h -> ~1h", "a.lead: 2d -> ?"});
    CHECK(between("wait 1d\n" + a, "wait 2d\n" + a) == Lines{"@wait-1.time: 1d -> 2d"});
    CHECK(between("queue 4\n" + a, "queue 5\n" + a) == Lines{"@queue-1.items: 4 -> 5"});
}

TEST_CASE("of waits without a name the one that stays is found") {
    CHECK(between(a + "wait 1d\nwait 2d\n" + b, a + "wait 2d\n" + b) == Lines{"removed @wait-1"});
    CHECK(between(a + "wait 1d\n" + b + "wait 2d", a + "wait 1d\n" + b) == Lines{"removed @wait-2"});
}

TEST_CASE("a rename is recognised") {
    const std::string renamed = "step analysis \"Analyse\" { process: 1h, lead: 2d, ca: 90%, team: dev }\n";
    CHECK(between(a + b, renamed + b) == Lines{"renamed a to analysis"});
    CHECK(between(a + b, "step analysis \"Analyse\" { process: 1h, lead: 3d, ca: 90%, team: dev }\n" + b) ==
          Lines{"renamed a to analysis", "analysis.lead: 2d -> 3d"});
    CHECK(between(a + b, "step think \"Think it over\" { process: 1h, lead: 2d, ca: 90%, team: dev }\n" + b) ==
          Lines{"renamed a to think", "think.title: Analyse -> Think it over"});
    CHECK(between(a + b, "step other \"Something else\" { process: 7h, lead: 9d, ca: 50%, team: ops }\n" + b) ==
          Lines{"added other", "removed a"});
    CHECK(between(a + b + c, b + c + renamed) ==
          Lines{"renamed a to analysis", "moved analysis: at the start -> after `c`"});
    CHECK(between("stage one { " + a + b + " }", "stage first { " + a + b + " }") == Lines{"renamed one to first"});
}

TEST_CASE("what refers to a renamed element is not changed by that") {
    const std::string check = "step c { process: 3h, wait: 4h, rework 10% to ";
    CHECK(between(a + check + "a }", "step x \"Analyse\" { process: 1h, lead: 2d, ca: 90%, team: dev }\n" + check +
                                         "x }") == Lines{"renamed a to x"});
    CHECK(between(a + check + "a }", a + check + "c }") == Lines{"c.rework to c:  -> 10%", "c.rework to a: 10% -> "});
    CHECK(between(a + check + "a }", a + "step c { process: 3h, wait: 4h, rework 20% once to a }") ==
          Lines{"c.rework to a: 10% -> 20% once"});
}

TEST_CASE("a move is told once, and not of those it passes") {
    CHECK(between(a + b + c, b + c + a) == Lines{"moved a: at the start -> after `c`"});
    CHECK(between(a + "stage g {" + b + c + "}", a + b + "stage g {" + c + "}") ==
          Lines{"moved b: at the start of `g` -> after `a`"});
    CHECK(between(a + b + c, a + c + b).size() == 1);
}

TEST_CASE("what an element follows is told where the text keeps its place") {
    const std::string late = "step c \"Check\" { process: 3h, wait: 4h, ca: 70%, team: qa, after: ";
    CHECK(between(a + b + late + "b }", a + b + late + "a }") == Lines{"c.order: after `b` -> after `a`"});
    CHECK(between(a + b + c, a + b + late + "[a, b] }").empty());  // b follows a
    CHECK(between(a + b + c, a + b + late + "b }").empty());
    CHECK(between(a + b + late + "b }", a + b + "step d { process: 1h, lead: 1h }\n" + late + "d }") ==
          Lines{"added d"});
}

TEST_CASE("branches, their shares and their order") {
    const auto choose = [&](const std::string& first, const std::string& second) {
        return "choose r { branch " + first + " x {" + a + "} branch " + second + " y {" + b + "} }";
    };
    CHECK(between(choose("70%", "30%"), choose("60%", "40%")) == Lines{"x.share: 70% -> 60%", "y.share: 30% -> 40%"});
    CHECK(between("parallel p {" + a + b + "}", "parallel p {" + b + a + "}").empty());
    CHECK(between("parallel {" + a + b + "}", "parallel {" + a + b + c + "}") == Lines{"added c"});
}

TEST_CASE("the stream, its goals and its remarks") {
    CHECK(between(a + "target lead_time <= 3d", a + "target lead_time <= 2d") ==
          Lines{"s.target: lead_time <= 3d -> lead_time <= 2d"});
    CHECK(between(a + "note \"One\"", a + "note \"Two\"") == Lines{"s.note: One -> Two"});
    CHECK(told(Versions("stream s {" + a + "}", "stream s { owner: dev\n" + a + "}")) == Lines{"s.owner:  -> dev"});
    CHECK(told(Versions("stream s {" + a + "}", "stream t {" + a + "}")) == Lines{"renamed s to t"});
    CHECK(told(Versions("stream s {" + a + "}", "stream s {" + a + "} stream t {" + b + "}")) == Lines{"added t"});
    CHECK(told(Versions("stream s {" + a + "} stream t {" + b + "}", "stream s {" + a + "}")) == Lines{"removed t"});
    CHECK(told(Versions("team dev { people: 2 } stream s {" + a + "}",
                        "team dev { people: 3 } stream s {" + a + "}")) == Lines{"team dev.people: 2 -> 3"});
}

TEST_CASE("a day that gets longer changes the calendar, not every time") {
    const Versions longer("stream s { calendar: 8h/d 5d/w\n" + a + "}", "stream s { calendar: 7h/d 5d/w\n" + a + "}");
    CHECK(told(longer) == Lines{"s.calendar: 8h/d 5d/w -> 7h/d 5d/w"});
    CHECK_FALSE(longer.change.streams.front().figures.empty());
}

TEST_CASE("a future tells what it does not only take over") {
    const auto map = [](const std::string& lead, const std::string& edit) {
        return "stream s { step a { process: 1h, lead: " + lead +
               " } step b { process: 1h, lead: 2h } }\nfuture f of s { change b { " + edit + " } }\n";
    };
    const Versions base(map("2d", "lead: 1h"), map("3d", "lead: 1h"));
    CHECK(told(base) == Lines{"a.lead: 2d -> 3d"});
    REQUIRE(base.change.streams.size() == 2);
    CHECK(base.change.streams[1].follows);
    CHECK(told(Versions(map("2d", "lead: 1h"), map("2d", "lead: 90min"))) == Lines{"b.lead: 1h -> 1h30min"});
}

TEST_CASE("verdicts, and a targeted figure that got worse") {
    const auto map = [](const std::string& lead, const std::string& target) {
        return stream("step a { process: 1h, lead: " + lead + ", ca: 90% }\n" + target);
    };
    const Versions slower(map("2d", "target lead_time <= 3d"), map("4d", "target lead_time <= 3d"));
    REQUIRE(slower.change.streams.front().targets.size() == 1);
    CHECK(slower.change.streams.front().targets.front().before == runtime::Verdict::met);
    CHECK(slower.change.streams.front().targets.front().after == runtime::Verdict::not_met);
    CHECK(slower.change.worse());
    CHECK_FALSE(Versions(map("4d", "target lead_time <= 3d"), map("2d", "target lead_time <= 3d")).change.worse());
    CHECK(Versions(map("2d", "target lead_time <= 3d"), map("4d", "target lead_time <= 5d")).change.worse());
    CHECK(Versions(map("2d", "target lead_time <= 3d"), map("4d", "")).change.worse());
    CHECK(Versions(map("2d", "target lead_time <= 3d"), map("?", "target lead_time <= 3d")).change.worse());
    const auto partly_known = [](const std::string& plan, const std::string& make) {
        return stream("step plan { process: 1h, lead: " + plan + " } step make { process: 1h, lead: " + make +
                      " } target lead_time <= 4d");
    };
    CHECK(Versions(partly_known("1d", "2d"), partly_known("?", "2d")).change.worse());
    // missed whatever the unknown time is, then perhaps met
    CHECK_FALSE(Versions(partly_known("?", "6d"), partly_known("?", "2d")).change.worse());
    CHECK_FALSE(Versions(map("2d", ""), map("4d", "")).change.worse());
    CHECK_FALSE(Versions(map("2d", "target rolled_ca >= 80%"), map("4d", "target rolled_ca >= 80%")).change.worse());
}

TEST_CASE("a target that is met only because its value moved is relaxed") {
    const auto relaxed = [](const std::string& before, const std::string& after) {
        const Versions versions(stream(before), stream(after));
        REQUIRE(versions.change.streams.size() == 1);
        REQUIRE(versions.change.streams.front().targets.size() == 1);
        return versions.change.streams.front().targets.front().relaxed;
    };
    const std::string quick = "step a { process: 1h, lead: 1d }", slow = "step a { process: 1h, lead: 4d }";
    CHECK(relaxed(slow + " target lead_time <= 3d", slow + " target lead_time <= 5d"));
    CHECK(relaxed(slow + " target lead_time <= 2d", "step a { process: 1h, lead: 3d } target lead_time <= 5d"));
    CHECK_FALSE(relaxed(slow + " target lead_time <= 3d", quick + " target lead_time <= 5d"));
    CHECK_FALSE(relaxed(slow + " target lead_time <= 3d", quick + " target lead_time <= 3d"));
    CHECK_FALSE(relaxed(slow + " target lead_time <= 2d", slow + " target lead_time <= 3d"));
    CHECK_FALSE(relaxed(quick + " target lead_time <= 3d", quick + " target lead_time <= 5d"));
}

TEST_CASE("a target that was tightened to what the figure never met is not worse") {
    const auto target = [](const std::string& before, const std::string& after) {
        const Versions versions(stream(before), stream(after));
        REQUIRE(versions.change.streams.size() == 1);
        REQUIRE(versions.change.streams.front().targets.size() == 1);
        return versions.change.streams.front().targets.front();
    };
    const auto step = [](const std::string& lead) { return "step a { process: 1h, lead: " + lead + " } "; };
    struct Case {
        const char *before, *after;  // lead times; the target is tightened from 18d to 2d
        bool tightened, worse;
    };
    const Case cases[] = {
        {"4d", "4d", true, false},
        {"4d", "3d", true, false},  // better, but it misses the new bound
        {"4d", "5d", true, true},
        {"1d", "4d", false, true},  // it met the new bound before
    };
    for (const Case& one : cases) {
        CAPTURE(one.before);
        CAPTURE(one.after);
        const runtime::TargetChange change =
            target(step(one.before) + "target lead_time <= 18d", step(one.after) + "target lead_time <= 2d");
        CHECK(change.tightened == one.tightened);
        CHECK(change.worse == one.worse);
    }
    // the figure is gone
    CHECK(target(step("4d") + "target lead_time <= 18d", step("?") + "target lead_time <= 2d").worse);
    // of an element, of another relation, and a share
    CHECK(target(step("4d") + "target a.lead_time <= 18d", step("4d") + "target a.lead_time <= 2d").tightened);
    const std::string checked = "step a { process: 1h, lead: 4d, ca: 80% } ";
    CHECK(target(checked + "target rolled_ca >= 70%", checked + "target rolled_ca >= 90%").tightened);
    const std::string future = "} future f of s by 2027-06-30 { change a { lead: 1d } ";
    const runtime::TargetChange share = target(step("4d") + "target lead_time <= 50% by 2027-12-31 " + future,
                                               step("4d") + "target lead_time <= 10% by 2027-12-31 " + future);
    CHECK(share.tightened);
    CHECK_FALSE(share.worse);
    const runtime::TargetChange sooner = target(step("4d") + "target lead_time <= 2d by 2027-12-31 " + future,
                                                step("4d") + "target lead_time <= 2d by 2027-03-31 " + future);
    CHECK(sooner.tightened);
    CHECK_FALSE(sooner.worse);
}

TEST_CASE("a target for an element that the same change removes counts as it was") {
    const auto worse = [](const std::string& before, const std::string& after) {
        return Versions(stream(before), stream(after)).change.worse();
    };
    // the figures that a target of an element may be for, with a step that is fine and one that is worse for it
    struct Figure {
        const char *target, *good, *bad;
    };
    const Figure figures[] = {
        {"lead_time <= 2d", "process: 1h, lead: 1d", "process: 1h, lead: 3d"},
        {"process_time <= 2h", "process: 1h, lead: 1d", "process: 3h, lead: 1d"},
        {"wait_time <= 2h", "process: 1h, wait: 1h", "process: 1h, wait: 5h"},
        {"ca >= 80%", "process: 1h, lead: 1d, ca: 90%", "process: 1h, lead: 1d, ca: 50%"},
        {"visits <= 1.5", "process: 1h, lead: 1d", "process: 1h, lead: 1d"},
        {"utilization <= 50%", "process: 1h, lead: 1d, people: 2", "process: 5h, lead: 1d, people: 1"},
    };
    for (const Figure& one : figures) {
        CAPTURE(one.target);
        const bool visits = std::string(one.target).starts_with("visits");
        const auto map = [&](const std::string& name, const std::string& body, bool loops) {
            return "step " + name + " \"Analyse\" { " + body + " }\nstep b { process: 1h, lead: 1d" +
                   (visits && loops ? " rework 60% to " + name : "") + " }\n";
        };
        const std::string target = std::string("target a.") + one.target;
        const std::string good = map("a", one.good, false), bad = map("a", one.bad, true),
                          renamed = map("analyse", one.bad, true);
        CHECK(worse(good + target, bad));
        CHECK(worse(good + target, renamed));
        CHECK(worse(good + target, bad + "target b.process_time <= 9h target b.lead_time <= 90d"));
        CHECK_FALSE(worse(bad + target, good));
    }
    // the element itself is gone
    CHECK_FALSE(worse("step a { process: 1h, lead: 1d } step b { process: 1h, lead: 1d } target a.lead_time <= 2d",
                      "step b { process: 1h, lead: 1d }"));
}

TEST_CASE("findings are new or fixed by their rule and place, not by their line") {
    const Versions fixed(stream(a + "step b { process: 1h, lead: 2h }"),
                         stream("\n\n" + a + "step b { process: 1h, lead: 2h, ca: 90% }"));
    CHECK(fixed.change.fixed_findings.size() == 1);
    CHECK(fixed.change.new_findings.empty());
    const Versions renamed(stream(a + "step b \"Build\" { process: 1h, lead: 2h }"),
                           stream(a + "step c \"Build\" { process: 1h, lead: 2h }"));
    CHECK(renamed.change.fixed_findings.empty());
    CHECK(renamed.change.new_findings.empty());
}

/// The number of generated maps; set VSM_DIFF_MAPS for more.
std::uint64_t generated() {
    const char* count = std::getenv("VSM_DIFF_MAPS");
    return count == nullptr ? 150 : std::stoull(count);
}

void collect(std::vector<tests::Node>& nodes, std::vector<tests::Node*>& steps) {
    for (tests::Node& node : nodes) {
        if (node.kind == tests::Node::Kind::step) steps.push_back(&node);
        collect(node.children, steps);
    }
}

TEST_CASE("generated maps: nothing changes from a map to itself, and one edit is told as that edit") {
    for (std::uint64_t seed = 1; seed <= generated(); ++seed) {
        CAPTURE(seed);
        tests::RandomMap map = tests::MapMaker(seed, seed % 2 == 0).make();
        CHECK(Versions(map.text, map.text).change.empty());
        std::vector<tests::Node> edited = map.body;
        std::vector<tests::Node*> steps;
        collect(edited, steps);
        tests::Dice dice(seed);
        tests::Node& step = *steps[static_cast<std::size_t>(dice.below(static_cast<long>(steps.size())))];
        const long kind = dice.below(3);
        if (kind == 0) step.teams = {step.teams == std::vector<int>{7} ? 8 : 7};
        if (kind == 1) step.ca_low = step.ca_high = step.ca_low == 42 ? 43 : 42;
        if (kind == 2) edited.push_back({});
        if (kind == 2) edited.back().name = "fresh", edited.back().lead_given = false;
        const std::string name = kind == 2 ? "fresh" : step.name;
        const std::string text = tests::MapMaker::whole_text(edited);
        const Lines lines = told(Versions(map.text, text));
        REQUIRE(lines.size() == 1);
        const std::string expected = kind == 0 ? name + ".team: " : kind == 1 ? name + ".ca: " : "added " + name;
        CHECK(lines.front().starts_with(expected));
    }
}

TEST_CASE("generated maps: a step that was renamed is found again") {
    for (std::uint64_t seed = 1; seed <= generated(); ++seed) {
        CAPTURE(seed);
        tests::RandomMap map = tests::MapMaker(seed, false).make();
        std::vector<tests::Node> edited = map.body;
        tests::Node& last = edited.back();  // nothing refers to it
        const std::string old = last.name;
        last.name = "renamed";
        CHECK(told(Versions(map.text, tests::MapMaker::whole_text(edited))) == Lines{"renamed " + old + " to renamed"});
    }
}

}  // namespace
}  // namespace vsm
