// Lowers syntax to the model: values to exact units, names to ids, and defaults where nothing is written.
#include "compiler/lower/lower.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>

#include "base/diagnostics/codes.h"
#include "compiler/parse/parse.h"
#include "tests/support/compile.h"
#include "tests/support/map_text.h"

namespace {

using namespace vsm;

/// `*` stands for two times.
std::string with_times(std::string_view written) { return tests::replaced(written, '*', "process: 1h, lead: 2h"); }

/// The item of a name.
template <class Items>
const auto& named(const Items& items, std::string_view name) {
    for (const auto& one : items)
        if (one.name.value == name) return one;
    FAIL("nothing is called ", std::string(name));
    return *items.begin();
}

/// A map that compiles.
struct Compiled {
    explicit Compiled(std::string_view written, const tests::Files& imports = {})
        : text(with_times(written)), checked(tests::compile_text(text, nullptr, imports)) {
        INFO(tests::diagnose(text, imports));
        REQUIRE(checked.has_value());
    }
    const ir::Model& model() const { return checked->model(); }
    const ir::Stream& stream(std::string_view name) const { return named(model().streams, name); }
    const ir::Team& team(std::string_view name) const { return named(model().teams, name); }
    const ir::Element& element(std::string_view label) const {
        for (const ir::Element& one : model().streams.begin()->elements)
            if (one.label == label) return one;
        FAIL("no element is called ", std::string(label));
        return *model().streams.begin()->elements.begin();
    }
    const ir::Step& step(std::string_view label) const { return *ir::step_of(element(label)); }
    std::string at(SourceRange range) const {
        return range.valid() ? text.substr(range.begin, range.end - range.begin) : "nowhere";
    }

    std::string text;
    std::optional<ir::CheckedModel> checked;
};

std::string minutes(Duration time) { return format_number(static_cast<double>(time.microseconds) / 6e7); }

std::string parts(std::string kind, std::initializer_list<Duration> times) {
    for (const Duration time : times) kind += " " + minutes(time);
    return kind;
}

/// The kind of a time and its parts in minutes.
std::string described(const ir::Time& time) {
    struct Describe {
        std::string operator()(const ir::Fixed& t) const { return minutes(t.time); }
        std::string operator()(const ir::Uniform& t) const { return parts("uniform", {t.low, t.high}); }
        std::string operator()(const ir::Triangular& t) const { return parts("triangular", {t.low, t.mode, t.high}); }
        std::string operator()(const ir::Exponential& t) const { return parts("exponential", {t.mean}); }
        std::string operator()(const ir::Lognormal& t) const {
            return parts(fmt::format("lognormal p{}", t.percentile), {t.median, t.at_percentile});
        }
    };
    return (time.guess ? "~" : "") + (time.value ? std::visit(Describe{}, *time.value) : "?");
}

std::string described(const std::optional<ir::Quality>& quality) {
    using State = ir::Quality::State;
    if (!quality) return "none";
    if (quality->state != State::known) return quality->state == State::unknown ? "?" : "n/a";
    return fmt::format("{}{} {}", quality->guess ? "~" : "", quality->low.parts, quality->high.parts);
}

std::string described(const ir::GoalValue& value) {
    struct Describe {
        std::string operator()(const Duration& v) const { return minutes(v) + "min"; }
        std::string operator()(const Ratio& v) const { return format_exactly(v); }
        std::string operator()(const Decimal& v) const { return format_number(v.value()); }
        std::string operator()(const Rate& v) const {
            return format_number(v.count) + "/" + std::string(name_of(v.unit));
        }
    };
    return std::visit(Describe{}, value.value);
}

/// The model of a map that need not compile.
ir::Model lowered(const std::string& text) {
    const SourceFile source(FileId{0}, "map.vsm", text);
    Diagnostics diagnostics;
    const ast::File file = parse::parse(source, diagnostics);
    lower::Unit unit;
    unit.file = &file;
    return lower::lower(unit, diagnostics);
}

/// The code and place of the only error, as marked.
void check_error(std::string_view written, Code code, const tests::Files& imports = {}) {
    const tests::Marked map = tests::marked(with_times(written));
    Diagnostics diagnostics;
    tests::compile_text(map.text, &diagnostics, imports);
    CAPTURE(map.text);
    REQUIRE(diagnostics.error_count() == 1);
    CHECK(info_of(diagnostics.all().front().code).name == info_of(code).name);
    CHECK(diagnostics.all().front().range.begin == map.begin);
    CHECK(diagnostics.all().front().range.end == map.end);
}

std::string wait_of(std::string_view time, std::string_view calendar = "") {
    return fmt::format("stream s {{ {} step a {{ process: 0min, wait: {} }} }}", calendar, time);
}

struct Case {
    std::string_view written, expected;
};

}  // namespace

TEST_CASE("each form of a time has its kind and its parts, in working time") {
    for (const Case& one :
         {Case{"90s", "1.5"}, Case{"45min", "45"}, Case{"1h30min", "90"}, Case{"1.5d", "720"}, Case{"2w", "4800"},
          Case{"1w2d3h4min30s", "3544.5"}, Case{"0min", "0"}, Case{"~3h", "~180"}, Case{"1h..3h", "uniform 60 180"},
          Case{"~1h..1d", "~uniform 60 480"}, Case{"2h..2h", "uniform 120 120"},
          Case{"1h..2h..6h", "triangular 60 120 360"}, Case{"exponential(2h)", "exponential 120"},
          Case{"lognormal(p50 6h, p85 1d)", "lognormal p85 360 480"},
          Case{"lognormal(p10 1h, p50 6h)", "lognormal p10 360 60"}, Case{"?", "?"}, Case{"876000h", "52560000"},
          Case{"21900w", "52560000"}}) {
        CAPTURE(one.written);
        const Compiled map(wait_of(one.written));
        CHECK(described(*map.step("a").timings.wait) == one.expected);
        CHECK(map.at(map.step("a").timings.wait->range) == one.written);
    }
    const Compiled least(wait_of("0.000001s"));
    CHECK(std::get<ir::Fixed>(*least.step("a").timings.wait->value).time == Duration{1});
}

TEST_CASE("a time knows whether it depends on the length of a day") {
    for (const std::string_view written : {"1d", "2w", "4h1d", "1h..1d", "exponential(1d)", "~1w"})
        CHECK_MESSAGE(Compiled(wait_of(written)).step("a").timings.wait->in_days, written);
    for (const std::string_view written : {"24h", "90s", "1h..3h", "exponential(8h)", "?"})
        CHECK_FALSE_MESSAGE(Compiled(wait_of(written)).step("a").timings.wait->in_days, written);
}

TEST_CASE("days and weeks are as long as the calendar of the stream says, wherever it stands; hours always the same") {
    struct Length {
        std::string_view calendar, time, minutes;
    };
    for (const Length& one :
         {Length{"", "1d", "480"}, Length{"", "1w", "2400"}, Length{"calendar: 7.5h/d 4.5d/w", "1d", "450"},
          Length{"calendar: 7.5h/d 4.5d/w", "1w", "2025"}, Length{"calendar: 7h30min/d 4d/w", "1d", "450"},
          Length{"calendar: 920min/d 5d/w", "1d", "920"}, Length{"calendar: 24h/d 7d/w", "1w", "10080"},
          Length{"calendar: 24h/d 7d/w", "1h", "60"}, Length{"calendar: 1min/d 0.1d/w", "1w", "0.1"}}) {
        CAPTURE(one.calendar);
        CHECK(described(*Compiled(wait_of(one.time, one.calendar)).step("a").timings.wait) == one.minutes);
    }
    const Compiled last("stream s { step a { process: 1d, lead: 1w } calendar: 6h/d 4d/w }");
    CHECK((described(*last.step("a").timings.process) == "360" && last.stream("s").calendar_given));
}

TEST_CASE("a stream that recovers another runs round the clock unless it says otherwise") {
    const Compiled map(R"(stream s { calendar: 7h/d 5d/w step a { * } }
        stream r { recovers: s step a { process: 1d, lead: 2d } }
        stream o { step a { process: 1d, lead: 2d } calendar: 10h/d 5d/w recovers: s }
        future f of s { change a { lead: 1d } } future g of r { change a { lead: 3d } })");
    CHECK(map.stream("r").calendar == round_the_clock);
    CHECK_FALSE(map.stream("r").calendar_given);
    CHECK(map.stream("o").calendar.day == Duration{36'000'000'000});
    CHECK((map.stream("g").calendar == round_the_clock && !map.stream("g").recovers.valid()));
    CHECK(described(*ir::step_of(*map.stream("o").elements.begin())->timings.process) == "600");
    CHECK(described(*ir::step_of(*map.stream("f").elements.begin())->timings.lead) == "420");
    CHECK(map.model().streams[map.stream("r").recovers].name.value == "s");
}

TEST_CASE("a value that cannot be read is unknown, not zero") {
    for (const std::string_view written :
         {"45", "3 Tage", "-5min", "2d+", "85%", "tbd", "3d..1d", "1000000h", "lognormal(p50 6h)", ""}) {
        const ir::Model model = lowered(wait_of(written));
        const ir::Step& step = *ir::step_of(*model.streams.begin()->elements.begin());
        CAPTURE(written);
        REQUIRE(step.timings.wait.has_value());
        CHECK(described(*step.timings.wait) == "?");
    }
    for (const std::string_view written : {"85", "120%", "90%..80%", "high", "1h", ""}) {
        const ir::Model model =
            lowered(fmt::format("stream s {{ step a {{ process: 1h, lead: 2h, ca: {} }} }}", written));
        CAPTURE(written);
        CHECK(described(ir::step_of(*model.streams.begin()->elements.begin())->quality) == "?");
    }
}

TEST_CASE("a percentage is exact to nine decimals") {
    for (const Case& one :
         {Case{"85%", "85000000000 85000000000"}, Case{"0%", "0 0"}, Case{"99.999999999%", "99999999999 99999999999"},
          Case{"100%", "100000000000 100000000000"}, Case{"80%..90.5%", "80000000000 90500000000"},
          Case{"~85%", "~85000000000 85000000000"}, Case{"?", "?"}, Case{"n/a", "n/a"}}) {
        const Compiled map(fmt::format("stream s {{ step a {{ *, ca: {} }} }}", one.written));
        CAPTURE(one.written);
        CHECK(described(map.step("a").quality) == one.expected);
        CHECK(map.at(map.step("a").quality->range) == one.written);
    }
}

TEST_CASE("a step has the values that are written, and the standard for what is not") {
    const Compiled bare("stream s { step a { * } }");
    const ir::Step& plain = bare.step("a");
    CHECK((plain.kind == ir::StepKind::manual && plain.batch == 1));
    CHECK(described(plain.quality) == "none");
    CHECK_FALSE((plain.value_class || plain.people || plain.wip || plain.milestone || plain.measured ||
                 plain.estimated || plain.timings.wait));
    CHECK((plain.teams.empty() && plain.tools.empty() && plain.reworks.empty()));
    const Compiled full(R"(stream s { step a { *, kind: approval, class: nva, people: 2, batch: 10, wip: 5
        tool: ["Jira", Git], milestone: commit, measured: 2026-10-20 "an export", estimated: 2026-10-21
        link: "https://example.org/a"
        x_text: "a \"b\"", x_range: ~1h..2h, x_list: [a, "b", 3], x_none: n/a } })");
    const ir::Step& step = full.step("a");
    CHECK(step.kind == ir::StepKind::approval);
    CHECK(step.value_class == ir::ValueClass::nva);
    CHECK((step.people == 2 && step.batch == 10 && step.wip == 5));
    CHECK(step.tools == std::vector<std::string>{"Jira", "Git"});
    CHECK(step.milestone == ir::Milestone::commit);
    CHECK((step.measured->date == Date{2026, 10, 20} && step.measured->source == "an export"));
    CHECK(full.at(step.measured->range) == "2026-10-20 \"an export\"");
    CHECK(step.estimated->source == "");
    CHECK(full.element("a").link.value == "https://example.org/a");
    std::string extras;
    for (const ir::Extra& one : full.element("a").extras)
        extras += fmt::format("{}{}={};", one.name.value, one.list ? "[]" : "", fmt::join(one.values, "|"));
    CHECK(extras == "x_text=a \"b\";x_range=~1h..2h;x_list[]=a|b|3;x_none=n/a;");
}

TEST_CASE("a stream and its teams have the values that are written") {
    const Compiled map(
        R"(team dev "Developers" { people: 3, available: 62.5%, cost: 90.50/h, link: "https://example.org/dev" }
        stream s "Stream" { outcome: "O", owner: dev, trigger: "T", customer: "C", supplier: "S", demand: 12.5/d
        reviewed: 2026-11-02, change_failure: 12.5%, deploys: 2/w, link: "https://example.org/s" step a { * } })");
    const ir::Stream& s = map.stream("s");
    CHECK(fmt::format("{}|{}|{}|{}|{}|{}|{}", s.title.value, s.outcome.value, s.owner.value, s.trigger.value,
                      s.customer.value, s.supplier.value, s.link.value) == "Stream|O|dev|T|C|S|https://example.org/s");
    CHECK((s.demand == Rate{12.5, TimeUnit::day, {28'800'000'000}} &&
           s.deploys == Rate{2, TimeUnit::week, {144'000'000'000}}));
    CHECK((s.change_failure->parts == 12'500'000'000 && s.reviewed == Date{2026, 11, 2}));
    const ir::Team& dev = map.team("dev");
    CHECK((dev.title.value == "Developers" && dev.people == 3 && dev.available->parts == 62'500'000'000));
    CHECK(*dev.cost == Rate{90.5, TimeUnit::hour, {3'600'000'000}});
    CHECK((dev.declared && !dev.imported && !dev.local_to.valid()));
}

TEST_CASE("the model says where each thing is written") {
    const Compiled map(R"(stream s { step a "A" { * }
        wait 1d step b { *, after: [a] rework 5% to a rework 7% once { process: 1h, wait: 2h } }
        choose { branch 40% x { } branch y { share: 60% } } kaizen "K" on a { due: 2027-01-01 } })");
    const ir::Stream& s = map.stream("s");
    const auto& reworks = map.step("b").reworks;
    REQUIRE(reworks.size() == 2);
    CHECK((map.at(s.range) == "s" && map.at(s.block_range) == map.text.substr(9)));
    CHECK(map.at(map.element("a").range) == "a");
    CHECK(map.at(map.element("a").title.range) == "\"A\"");
    CHECK(map.at(map.element("a").whole_range) == "step a \"A\" { process: 1h, lead: 2h }");
    CHECK(map.at(map.element("a").block_range) == "{ process: 1h, lead: 2h }");
    CHECK(map.at(map.element("@wait-1").range) == "wait");
    CHECK(map.at(map.element("@wait-1").block_range) == "nowhere");
    CHECK(map.at(map.element("b").predecessor_ranges.at(0)) == "a");
    CHECK(map.at(reworks[0].range) == "rework 5% to a");
    CHECK(map.at(reworks[0].rate_range) == "5%");
    CHECK(map.at(reworks[0].target_range) == "a");
    CHECK(map.at(reworks[1].target_range) == "rework");
    CHECK(map.at(std::get<ir::Branch>(map.element("x").what).share_range) == "40%");
    CHECK(map.at(std::get<ir::Branch>(map.element("y").what).share_range) == "60%");
    CHECK(map.at(s.remarks.kaizens.at(0).range) == "\"K\"");
}

TEST_CASE("elements have ids in the order of the text, and labels where they have no name") {
    const Compiled map(R"(stream s { demand: 1/d wait 1h
        stage g { wait gap 1h wait 1h parallel { step a { * } branch { queue 2 } } }
        choose { branch 30% { wait 1h } branch { step b { *, after: start } } } queue 1 })");
    std::string text;
    for (const ir::Element& one : map.stream("s").elements) {
        const bool inside = one.parent.valid();
        text += fmt::format("{}{} ", one.label, inside ? "<" + map.stream("s").elements[one.parent].label : "");
    }
    CHECK(text == "@wait-1 g gap<g @wait-2<g @parallel-1<g @branch-1<@parallel-1 a<@branch-1 @branch-2<@parallel-1 "
                  "@queue-1<@branch-2 @choose-1 @branch-3<@choose-1 @wait-3<@branch-3 @branch-4<@choose-1 b<@branch-4 "
                  "@queue-2 ");
    const auto is_implicit = [&](std::string_view label) {
        return std::get<ir::Branch>(map.element(label).what).implicit;
    };
    CHECK((is_implicit("@branch-1") && !is_implicit("@branch-2")));
    CHECK_FALSE(std::get<ir::Branch>(map.element("@branch-4").what).share.has_value());
}

TEST_CASE("`timings: unknown` leaves open what is not written, and nothing else") {
    const Compiled map(R"(stream s { timings: unknown step a step b { process: 1h } step c { * }
        step d { lead: 2h, rework 5% { process: 1h } } })");
    std::string times;
    for (const std::string_view label : {"a", "b", "c", "d"}) {
        const ir::Timings& t = map.step(label).timings;
        for (const auto& time : {t.process, t.wait, t.lead}) times += (time ? described(*time) : "-") + " ";
    }
    CHECK(times == "? ? - 60 ? - 60 - 120 ? - 120 ");
    CHECK(described(*std::get<ir::Repair>(map.step("d").reworks.at(0).to).timings.wait) == "?");
}

TEST_CASE("teams, streams and elements have names of their own kind; each name is given once, whatever its case") {
    const Compiled qa("team qa stream qa { step qa { team: qa, * } } stream other { step qa { * } }");
    CHECK(qa.model().teams[qa.step("qa").teams.at(0)].declared);
    for (const std::string_view map :
         {"stream s { step a { * } step <<A>> { * } }", "stream s { stage a { step <<a>> { * } } }",
          "stream s { step a { * } } stream <<S>> { step a { * } }", "stream s { step a { * } } future <<s>> of s { }",
          "team qa team <<QA>> stream s { step a { * } }", "stream s { team qa team <<qa>> step a { * } }"})
        check_error(map, Code::duplicate_name);
    for (const std::string_view name : {"start", "none", "dora", "best", "worst", "drawn", "Start"}) {
        check_error(fmt::format("stream s {{ step <<{}>> {{ * }} }}", name), Code::reserved_name);
        CHECK(Compiled(fmt::format("team {0} stream {0} {{ step a {{ * }} }}", name)).team(name).declared);
    }
}

TEST_CASE("team names are free until one is declared, and those of a stream come first in it") {
    const Compiled free("stream s { step a { team: [dev, QA, dev], * } step b { team: qa, * } }");
    CHECK((free.model().teams.size() == 3 && free.step("a").teams.size() == 2 && !free.team("dev").declared));
    const Compiled local(R"(team dev { people: 9 } stream s { team dev { people: 2 } step a { team: dev, * } }
        stream t { step b { team: dev, * } })");
    CHECK(local.model().teams[local.step("a").teams.at(0)].people == 2);
    CHECK(local.model().teams[ir::step_of(*local.stream("t").elements.begin())->teams.at(0)].people == 9);
    check_error("stream s { step a { team: <<dev>>, * } } stream t { team qa step b { * } }", Code::unknown_name);
    check_error("stream s { team qa step a { * } } stream t { step b { team: <<qa>>, * } }", Code::unknown_name);
}

TEST_CASE("an import brings the teams and streams of that file, not those of its imports") {
    const std::string a =
        R"(import "b.vsm" team dev { people: 2 } stream s { step a { team: dev, * } } allow missing-ca "A")";
    const tests::Files files{{"a.vsm", with_times(a)}, {"b.vsm", "team ops"}};
    const std::string own = "stream r { recovers: s step x { team: dev, * } } future f of s { change a { lead: 3h } }";
    const Compiled map("import \"a.vsm\" import \"a.vsm\" " + own, files);
    CHECK((map.stream("s").imported && !map.stream("r").imported && !map.stream("f").imported));
    CHECK((map.team("dev").imported && map.team("dev").people == 2));
    REQUIRE(map.model().imports.size() == 2);
    CHECK(map.at(map.model().imports[0].range) == "import \"a.vsm\"");
    CHECK(map.model().imports[0].file == map.model().imports[1].file);
    CHECK(map.model().allows.empty());
    check_error("import \"a.vsm\" stream r { step x { team: <<ops>>, * } }", Code::unknown_name, files);
    const Compiled both("import \"b.vsm\" import \"a.vsm\" stream r { step x { team: ops, * } }", files);
    CHECK(both.team("ops").imported);
    check_error("import \"a.vsm\" stream <<S>> { step x { * } }", Code::duplicate_name, files);
    check_error("import \"b.vsm\" team <<ops>> stream r { step x { * } }", Code::duplicate_name, files);
}

TEST_CASE("a future knows its stream, its day, and which kaizen each of its edits belongs to") {
    const Compiled map(R"(future f "F" of s by 2027-03-31 { change a { lead: 3h }
        kaizen "K" { owner: "O", due: 2027-01-31, capability: test_automation remove b add after a step n { * } }
        replace c with wait 1d move d before a kaizen "None" }
        stream s "S" { demand: 5/d trigger: "T" step a { * } step b { * } step c { * } step d { * } })");
    const ir::Stream& f = map.stream("f");
    REQUIRE(f.future.has_value());
    CHECK(map.model().streams[f.future->of].name.value == "s");
    CHECK(*f.future->by == Date{2027, 3, 31});
    CHECK((f.title.value == "F" && f.trigger.value == "T" && f.demand->count == 5));
    constexpr auto kinds = std::to_array<std::string_view>({"change", "remove", "add", "replace", "move"});
    std::string edits;
    for (const ir::Edit& one : f.future->edits)
        edits +=
            fmt::format("{} {}{}, ", kinds.at(static_cast<std::size_t>(one.kind)), one.element, one.kaizen ? "*" : "");
    CHECK(edits == "change a, remove b*, add n*, replace c, move d, ");
    CHECK(f.future->edits.at(1).kaizen == 0);
    REQUIRE(f.remarks.kaizens.size() == 2);
    CHECK((f.remarks.kaizens[0].edits == 2 && f.remarks.kaizens[1].edits == 0));
    CHECK((f.remarks.kaizens[0].owner.value == "O" && f.remarks.kaizens[0].due == Date{2027, 1, 31}));
    CHECK(f.remarks.kaizens[0].capability.value == "test_automation");
    CHECK_FALSE(map.stream("s").future.has_value());
}

TEST_CASE("a goal has its figure, element, relation and values of the figure's kind") {
    const auto goal_of = [](std::string_view written) {
        const Compiled map(fmt::format("stream s {{ step a {{ * }} {} }}", written));
        const ir::Target& t = map.stream("s").targets.at(0);
        std::string goal(ir::info_of(t.metric.metric).key);
        if (t.metric.element.valid()) goal += " of " + map.stream("s").elements[t.metric.element].label;
        if (t.metric.drawn) goal += " drawn";
        if (t.baseline) goal += " from " + described(*t.baseline);
        goal += fmt::format(" {} {}", ir::text_of(t.relation), described(t.bound));
        return goal + (t.by ? " by " + format_date(*t.by) : "") + (t.note.empty() ? "" : " " + t.note);
    };
    CHECK(goal_of("target lead_time <= 3d") == "lead_time <= 1440min");
    CHECK(goal_of("target lead_time < 50%") == "lead_time < 50%");
    CHECK(goal_of("target a.ca >= 60.5%") == "*.ca of a >= 60.5%");
    CHECK(goal_of("target drawn.lead_time = 2h") == "lead_time drawn = 120min");
    CHECK(goal_of("target worst.lead_time <= 1w") == "worst.lead_time <= 2400min");
    CHECK(goal_of("target steps > 3 \"Why\"") == "steps > 3 Why");
    CHECK(goal_of("target dora.deployment_frequency >= 2/d") == "dora.deployment_frequency >= 2/d");
    CHECK(goal_of("target dora.change_lead_time < 1d") == "dora.change_lead_time < 1440min");
    CHECK(goal_of("target rolled_ca from 47% to >= 60% by 2027-03-31") == "rolled_ca from 47% >= 60% by 2027-03-31");
}
