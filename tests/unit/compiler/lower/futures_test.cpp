// The effect of each edit of a future on the stream (docs/language.md, "Future"): order, timings, rework, branches,
// remarks.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include "base/units.h"
#include "tests/support/compile.h"

namespace {

using namespace vsm;

std::string listed(const ir::Stream& stream, const std::vector<ir::ElementId>& ids) {
    std::string text;
    for (const ir::ElementId id : ids) text += (text.empty() ? "" : "+") + stream.elements[id].label;
    return text;
}

/// The elements of a body in source order with their predecessors: `a b<a c<a+b stage{x y<x}<c`.
std::string flow_of(const ir::Stream& stream, const std::vector<ir::ElementId>& body) {
    std::string text;
    for (const ir::ElementId id : body) {
        const ir::Element& element = stream.elements[id];
        if (!text.empty()) text += ' ';
        text += element.label;
        if (!ir::is_step(element) && !std::holds_alternative<ir::Wait>(element.what))
            text += "{" + flow_of(stream, ir::children_of(element)) + "}";
        if (!element.predecessors.empty()) text += "<" + listed(stream, element.predecessors);
    }
    return text;
}

/// The model of a stream and of a future with these edits; empty if it does not compile.
std::optional<ir::CheckedModel> edited(const std::string& stream, const std::string& edits) {
    const std::string text = "stream today {\n" + stream + "\n}\nfuture then of today {\n" + edits + "\n}\n";
    INFO(tests::diagnose(text));
    auto made = tests::compile_text(text);
    CHECK(made.has_value());
    return made;
}

const ir::Stream& future_of(const ir::CheckedModel& model) {
    return model.model().streams[model.model().streams.id_at(1)];
}

/// The order of the elements after the edits.
std::string flow(const std::string& stream, const std::string& edits) {
    const auto model = edited(stream, edits);
    return model ? flow_of(future_of(*model), future_of(*model).body.elements) : "refused";
}

/// Steps with unknown times, on one line: `a b(a) c(a,b)` is a, b after a, c after [a, b].
std::string steps(const std::string& names) {
    std::string text;
    std::size_t at = 0;
    while (at < names.size()) {
        const std::size_t end = std::min(names.find(' ', at), names.size());
        const std::string word = names.substr(at, end - at);
        const std::size_t open = word.find('(');
        const std::string after =
            open == std::string::npos ? "" : ", after: [" + word.substr(open + 1, word.size() - open - 2) + "]";
        text += fmt::format("step {} {{ process: ?, lead: ?, ca: ?{} }}\n", word.substr(0, open), after);
        at = end + 1;
    }
    return text;
}

constexpr std::string_view x = "step x { process: ?, lead: ?, ca: ? }";

const ir::Element& element(const ir::Stream& stream, std::string_view label) {
    for (const ir::Element& one : stream.elements)
        if (one.label == label) return one;
    FAIL("no element is called ", std::string(label));
    return stream.elements[ir::ElementId{}];
}

std::string shown(const std::optional<ir::Time>& time, const Calendar& calendar) {
    if (!time) return "-";
    if (!time->value) return "?";
    return format_duration(ir::spread_of(*time->value).mean, calendar);
}

/// The three times of step `s` after `change s { … }`: process, wait, lead; `-` if not stated.
std::string timings(const std::string& written, const std::string& change) {
    const auto model = edited("step s { ca: ?, kind: external, " + written + " }", "change s { " + change + " }");
    if (!model) return "refused";
    const ir::Stream& stream = future_of(*model);
    const ir::Timings& t = ir::step_of(element(stream, "s"))->timings;
    return shown(t.process, stream.calendar) + " " + shown(t.wait, stream.calendar) + " " +
           shown(t.lead, stream.calendar);
}

/// The reworks of step `s` after a change: rates and targets.
std::string reworks(const std::string& written, const std::string& change) {
    const auto model =
        edited(steps("a b") + "step s { process: ?, lead: ?, ca: ?\n" + written + "\n}", "change s { " + change + " }");
    if (!model) return "refused";
    const ir::Stream& stream = future_of(*model);
    std::string text;
    for (const ir::Rework& rework : ir::step_of(element(stream, "s"))->reworks) {
        const auto* to = std::get_if<ir::ElementId>(&rework.to);
        text += fmt::format("{}{}{} {}", text.empty() ? "" : ", ", format_exactly(rework.rate),
                            rework.once ? " once" : "", to ? stream.elements[*to].label : "here");
    }
    return text;
}

}  // namespace

TEST_CASE("in a line of steps: what is added stands between, what is removed closes up") {
    const std::string line = steps("a b c d");
    CHECK(flow(line, fmt::format("add after b {}", x)) == "a b<a x<b c<x d<c");
    CHECK(flow(line, fmt::format("add before b {}", x)) == "a x<a b<x c<b d<c");
    CHECK(flow(line, fmt::format("add before a {}", x)) == "x a<x b<a c<b d<c");
    CHECK(flow(line, fmt::format("add after d {}", x)) == "a b<a c<b d<c x<d");
    CHECK(flow(line, "remove b") == "a c<a d<c");
    CHECK(flow(line, "remove a") == "b c<b d<c");
    CHECK(flow(line, "remove d") == "a b<a c<b");
    CHECK(flow(line, fmt::format("replace b with {}", x)) == "a x<a c<x d<c");
    CHECK(flow(line, "move d before b") == "a d<a b<d c<b");
    CHECK(flow(line, "move a after c") == "b c<b a<c d<a");
}

TEST_CASE("where `after` branches off: add after comes before all that followed, add before after all that led there") {
    const std::string fork = steps("a b(a) c(a) d(b,c)");
    CHECK(flow(fork, "") == "a b<a c<a d<b+c");
    CHECK(flow(fork, fmt::format("add after a {}", x)) == "a x<a b<x c<x d<b+c");
    CHECK(flow(fork, fmt::format("add before d {}", x)) == "a b<a c<a x<b+c d<x");
    CHECK(flow(fork, fmt::format("add after b {}", x)) == "a b<a x<b c<a d<x+c");
    CHECK(flow(fork, fmt::format("add before c {}", x)) == "a b<a x<a c<x d<b+c");
    CHECK(flow(fork, "remove b") == "a c<a d<c");
    CHECK(flow(fork, "remove a") == "b c d<b+c");
    CHECK(flow(fork, "remove d") == "a b<a c<a");
    CHECK(flow(fork, fmt::format("replace b with {}", x)) == "a x<a c<a d<x+c");
    CHECK(flow(fork, "move b after d") == "a c<a d<c b<d");
    CHECK(flow(fork, "move d before b") == "a d<a b<d c<a");
}

TEST_CASE("where only some say `after`: the element written next keeps what it followed") {
    const std::string mixed = steps("a b c(a) d");
    CHECK(flow(mixed, "") == "a b<a c<a d<c");
    CHECK(flow(mixed, "remove c") == "a b<a d<a");
    CHECK(flow(mixed, "remove b") == "a c<a d<c");
    CHECK(flow(mixed, "remove a") == "b c d<c");
    CHECK(flow(mixed, fmt::format("add after a {}", x)) == "a x<a b<x c<x d<c");
    CHECK(flow(mixed, fmt::format("add before b {}", x)) == "a x<a b<x c<a d<c");
    CHECK(flow(mixed, fmt::format("add before c {}", x)) == "a b<a x<a c<x d<c");
    CHECK(flow(mixed, fmt::format("add after c {}", x)) == "a b<a c<a x<c d<x");
    CHECK(flow(mixed, fmt::format("add after b {}", x)) == "a b<a x<b c<a d<c");
    CHECK(flow(mixed, fmt::format("replace a with {}", x)) == "x b<x c<x d<c");
    CHECK(flow(steps("a b(start) c"), fmt::format("add after a {}", x)) == "a x<a b c<b");
}

TEST_CASE("edits apply in order, and names are looked up as the stream then is") {
    const std::string line = steps("a b c");
    CHECK(flow(line, fmt::format("remove b\nadd after a {}\nremove a", x)) == "x c<x");
    CHECK(flow(line, fmt::format("add after a {}\nmove x after c\nremove b", x)) == "a c<a x<c");
    CHECK(flow(line, "remove b\nadd after c step b { process: ?, lead: ?, ca: ? }") == "a c<a b<c");
    CHECK(flow(line, fmt::format("kaizen \"One\" {{ remove b }}\nkaizen \"Two\" {{ add before c {} }}", x)) ==
          "a x<a c<x");
}

TEST_CASE("elements move across bodies, and close up behind them") {
    const std::string stages = steps("a") + "stage s {\n" + steps("b c d") + "}\n" + steps("e");
    CHECK(flow(stages, "") == "a s{b c<b d<c}<a e<s");
    CHECK(flow(stages, "move c after a") == "a c<a s{b d<b}<c e<s");
    CHECK(flow(stages, "move e before c") == "a s{b e<b c<e d<c}<a");
    CHECK(flow(stages, "move s before a") == "s{b c<b d<c} a<s e<a");
    CHECK(flow(stages, "move b after s") == "a s{c d<c}<a b<s e<b");
    CHECK(flow(steps("a") + "stage s {\n" + steps("b c(b) d(b)") + "}", "move b before s") == "a b<a s{c d}<b");
}

TEST_CASE("branches are added, removed, moved and replaced; a container left without any is gone") {
    const std::string fork = steps("a") + "choose way {\nbranch 60% left {\n" + steps("b") + "}\nbranch 40% right {\n" +
                             steps("c") + "}\n}\n" + steps("d");
    CHECK(flow(fork, "") == "a way{left{b} right{c}}<a d<way");
    CHECK(flow(fork, "change left { share: 50% }\nadd after left branch 10% middle { wait 1d }") ==
          "a way{left{b} middle{@wait-1} right{c}}<a d<way");
    CHECK(flow(fork, "remove left\nchange right { share: 100% }") == "a way{right{c}}<a d<way");
    CHECK(flow(fork, "remove left\nremove right") == "a d<a");
    CHECK(flow(fork, "remove b") == "a way{left{} right{c}}<a d<way");
    CHECK(flow(fork, "move right before left") == "a way{right{c} left{b}}<a d<way");
    CHECK(flow(fork, "replace right with branch 40% other { wait 1d }") == "a way{left{b} other{@wait-1}}<a d<way");
    CHECK(flow(fork, "replace way with " + std::string(x)) == "a x<a d<x");
    CHECK(flow(fork, "move c after a") == "a c<a way{left{b} right{}}<c d<way");
}

TEST_CASE("the direct elements of a parallel are branches of their own") {
    const std::string tests = steps("a") + "parallel p {\n" + steps("b c") + "}\n" + steps("d");
    CHECK(flow(tests, "") == "a p{@branch-1{b} @branch-2{c}}<a d<p");
    CHECK(flow(tests, "remove b") == "a p{@branch-1{c}}<a d<p");
    CHECK(flow(tests, "remove b\nremove c") == "a d<a");
    CHECK(flow(tests, "move b after a") == "a b<a p{@branch-1{c}}<b d<p");
    CHECK(flow(tests, fmt::format("add after b {}", x)) == "a p{@branch-1{b x<b} @branch-2{c}}<a d<p");
    CHECK(flow(tests, "move d after c") == "a p{@branch-1{b} @branch-2{c d<c}}<a");
    CHECK(flow(tests, fmt::format("replace b with {}", x)) == "a p{@branch-1{x} @branch-2{c}}<a d<p");
}

TEST_CASE("a container that an edit leaves without branches hands on what it followed") {
    const std::string tests = steps("a b(a)") + "parallel p { after: a\n" + steps("c") + "}\n" + steps("d(b,p)");
    CHECK(flow(tests, "") == "a b<a p{@branch-1{c}}<a d<b+p");
    CHECK(flow(tests, "remove c") == "a b<a d<b");
}

TEST_CASE("two of the three timings stay: lead or wait drops the other, process keeps what was written") {
    CHECK(timings("process: 1h, lead: 4h", "lead: 2h") == "1h - 2h");
    CHECK(timings("process: 1h, lead: 4h", "wait: 2h") == "1h 2h -");
    CHECK(timings("process: 1h, lead: 4h", "process: 2h") == "2h - 4h");
    CHECK(timings("process: 1h, wait: 4h", "lead: 2h") == "1h - 2h");
    CHECK(timings("process: 1h, wait: 4h", "wait: 2h") == "1h 2h -");
    CHECK(timings("process: 1h, wait: 4h", "process: 2h") == "2h 4h -");
    CHECK(timings("wait: 1h, lead: 4h", "lead: 3h, wait: 2h") == "- 2h 3h");
}

TEST_CASE("two timings given drop the third") {
    CHECK(timings("process: 1h, lead: 4h", "process: 2h, lead: 3h") == "2h - 3h");
    CHECK(timings("process: 1h, lead: 4h", "process: 2h, wait: 3h") == "2h 3h -");
    CHECK(timings("process: 1h, lead: 4h", "wait: 2h, lead: 3h") == "- 2h 3h");
    CHECK(timings("process: 1h, wait: 4h", "process: 2h, lead: 3h") == "2h - 3h");
    CHECK(timings("wait: 1h, lead: 4h", "process: 2h, lead: 3h") == "2h - 3h");
    CHECK(timings("process: 1h, lead: 4h", "process: ?, lead: 3h") == "? - 3h");
    CHECK(timings("lead: 4h", "lead: 3h") == "- - 3h");
}

TEST_CASE("a rework replaces the one with the same target, and one of 0% takes it away") {
    CHECK(reworks("rework 10% to a", "rework 5% to a") == "5% a");
    CHECK(reworks("rework 10% to a", "rework 5% once to a") == "5% once a");
    CHECK(reworks("rework 10% to a", "rework 5% to b") == "10% a, 5% b");
    CHECK(reworks("rework 10% to a\nrework 20% to b", "rework 0% to a") == "20% b");
    CHECK(reworks("rework 10% to a", "rework 5% { process: 1h, wait: 1h }") == "10% a, 5% here");
    CHECK(reworks("rework 10% once { process: 1h, wait: 1h }", "rework 5% { process: 1h, wait: 1h }") == "5% here");
    CHECK(reworks("rework 10% to a", "rework 0% to b") == "10% a");
    CHECK(reworks("rework 10% to a", "batch: 2") == "10% a");
}

TEST_CASE("`none` unsets a property, and what is not named stays") {
    const auto model = edited(
        "step s { process: 1h, lead: 4h, ca: 90%, team: [dev, qa], kind: approval, class: nva, people: 2, batch: 3, "
        "wip: 4, tool: [Jira, Git]\n"
        "milestone: commit, measured: 2026-01-01 \"export\", link: \"https://example.org\", x_cost: 12, x_kept: 13 }",
        "change s { ca: none, team: none, class: none, people: none, batch: none, wip: none, tool: none, milestone: "
        "none, measured: none, x_cost: none, kind: none, link: none }");
    REQUIRE(model.has_value());
    const ir::Element& changed = element(future_of(*model), "s");
    const ir::Step& step = *ir::step_of(changed);
    CHECK_FALSE(step.quality.has_value());
    CHECK(step.teams.empty());
    CHECK(step.kind == ir::StepKind::manual);
    CHECK_FALSE(step.value_class.has_value());
    CHECK_FALSE(step.people.has_value());
    CHECK(step.batch == 1);
    CHECK_FALSE(step.wip.has_value());
    CHECK(step.tools.empty());
    CHECK_FALSE(step.milestone.has_value());
    CHECK_FALSE(step.measured.has_value());
    CHECK_FALSE(changed.link.given());
    REQUIRE(changed.extras.size() == 1);
    CHECK(changed.extras[0].name.value == "x_kept");
    CHECK(step.timings.process.has_value());
    CHECK(step.timings.lead.has_value());
    const ir::Stream& today = model->model().streams[model->model().streams.id_at(0)];
    CHECK(ir::step_of(element(today, "s"))->batch == 3);
}

TEST_CASE("a change gives another `after`, or none, which is the element written before") {
    const std::string fork = steps("a b(a) c(a) d(b,c)");
    CHECK(flow(fork, "change c { after: b }") == "a b<a c<b d<c");
    CHECK(flow(fork, "change d { after: none }") == "a b<a c<a d<c");
    CHECK(flow(fork, "change c { after: start }") == "a b<a c d<b+c");
}

TEST_CASE("remarks on what is removed are not copied, the others are; goals and kaizens stay with their stream") {
    const auto model = edited(steps("a b c") + "note \"of the stream\"\nnote \"on a\" on a\nnote \"on b\" on b\nkaizen "
                                               "\"burst\" on b\nexpect lead_time <= 9d\ntarget lead_time <= 1d",
                              "remove b\nnote \"of the future\" on c\nkaizen \"edits\" { change c { batch: 2 } }");
    REQUIRE(model.has_value());
    const ir::Stream& future = future_of(*model);
    REQUIRE(future.remarks.notes.size() == 1);
    CHECK(future.remarks.notes[0].text == "of the stream");
    REQUIRE(element(future, "a").remarks.notes.size() == 1);
    CHECK(element(future, "a").remarks.notes[0].text == "on a");
    REQUIRE(element(future, "c").remarks.notes.size() == 1);
    CHECK(element(future, "c").remarks.notes[0].text == "of the future");
    REQUIRE(future.remarks.kaizens.size() == 1);
    CHECK(future.remarks.kaizens[0].title.value == "edits");
    CHECK(future.remarks.kaizens[0].edits == 1);
    CHECK(future.expectations.empty());
    CHECK(future.targets.empty());
    REQUIRE(future.future->edits.size() == 2);
    CHECK_FALSE(future.future->edits[0].kaizen.has_value());
    CHECK(future.future->edits[1].kaizen == 0);
}

TEST_CASE("a future of a future begins where that one ends, and edits neither it nor the stream") {
    const auto model = tests::compile_text("future second of first { remove a }\nstream today {\n" + steps("a b c") +
                                           "}\nfuture first of today { remove b }\n");
    REQUIRE(model.has_value());
    const auto at = [&](std::size_t i) {
        const ir::Stream& stream = model->model().streams[model->model().streams.id_at(i)];
        return stream.name.value + ": " + flow_of(stream, stream.body.elements);
    };
    CHECK(at(0) == "second: c");
    CHECK(at(1) == "today: a b<a c<b");
    CHECK(at(2) == "first: a c<a");
}

TEST_CASE("what lost its element is an error at the edit, the other place labelled") {
    const auto refused = [](const std::string& stream, const std::string& edits) {
        return tests::diagnose("stream today {\n" + stream + "}\nfuture then of today {\n" + edits + "\n}\n");
    };
    const std::string line = steps("a b") + "step c { process: ?, lead: ?, ca: ?, rework 5% to b }\n";
    CHECK(refused(line, "remove b") ==
          "map.vsm:7:8: error[VSM1015 lost-reference]: this removes `b`, which is still needed\n");
    CHECK(refused(line, fmt::format("replace b with {}", x)) ==
          "map.vsm:7:9: error[VSM1015 lost-reference]: this removes `b`, which is still needed\n");
    CHECK(refused(line, "remove b\nchange c { rework 0% to b }").empty());
    CHECK(refused(line, "remove c\nremove b").empty());
    const std::string nested =
        "parallel p {\n" + steps("a") + "}\nstep c { process: ?, lead: ?, ca: ?, rework 5% to p }\n";
    CHECK(refused(nested, "remove a") ==
          "map.vsm:8:8: error[VSM1015 lost-reference]: this removes `p`, which is still needed\n");
    const std::string stage = "stage s {\n" + steps("a") + "}\nstep c { process: ?, lead: ?, ca: ?, rework 5% to a }\n";
    CHECK(refused(stage, "remove s") ==
          "map.vsm:8:8: error[VSM1015 lost-reference]: this removes `a`, which is still needed\n");
}

TEST_CASE("a future shares with its stream the elements that are the same in both, and no others") {
    const std::string lists = "team: [a, b], tool: [\"t\"], x_n: 1, after: [start]\nrework 5% to s\nnote \"n\"\nallow "
                              "missing-ca \"r\"\nkaizen \"k\"";
    const std::string stream = "step r { process: 1h, lead: 2h }\nstep s { process: 1h, lead: 2h, " + lists +
                               " }\nstep t { process: 1h, lead: 2h }\n";
    const auto shared = [&](const std::string& edits, std::string_view label) {
        const auto model = edited(stream, edits);
        if (!model) return false;
        const ir::Stream& now = model->model().streams[model->model().streams.id_at(0)];
        return &element(now, label) == &element(future_of(*model), label);
    };
    CHECK(shared("change t { lead: 1h }", "s"));
    CHECK(shared("add after t step u { process: 1h, lead: 2h }", "s"));
    CHECK(shared("note \"x\" on t", "s"));
    CHECK_FALSE(shared("change t { lead: 1h }", "t"));
    CHECK_FALSE(shared("change s { tool: \"u\" }", "s"));
    CHECK_FALSE(shared("note \"x\" on s", "s"));
    CHECK_FALSE(shared("remove r", "s"));
}

TEST_CASE("what a future shares with its stream is as if it were written there") {
    const auto model = edited(steps("a b s") + "note \"of the stream\" on b\n",
                              "add before a step n { process: 1h, lead: 2h }\nchange b { rework 5% to a }");
    REQUIRE(model);
    const ir::Stream &now = model->model().streams[model->model().streams.id_at(0)], &then = future_of(*model);
    CHECK(flow_of(now, now.body.elements) == "a b<a s<b");
    CHECK(flow_of(then, then.body.elements) == "n a<n b<a s<b");
    CHECK(element(now, "b").remarks.notes.size() == 1);
    CHECK(element(then, "b").remarks.notes.size() == 1);
    CHECK(ir::step_of(element(now, "b"))->reworks.empty());
    const auto& reworks = ir::step_of(element(then, "b"))->reworks;
    REQUIRE(reworks.size() == 1);
    CHECK(then.elements[*std::get_if<ir::ElementId>(&reworks[0].to)].label == "a");
}

TEST_CASE("thousands of futures, each based on the one written behind it, are made in the order that needs it") {
    std::string text;
    for (int i = 3'900; i > 0; --i)
        text += fmt::format("future f{} of {} {{ change s {{ lead: {}h }} }}\n", i,
                            i == 1 ? "now" : fmt::format("f{}", i - 1), 2 + i % 9);
    const auto model = tests::compile_text(text + "stream now { step s { process: 1h, lead: 2h } }\n");
    REQUIRE(model);
    const ir::Stream& last = model->model().streams[ir::StreamId{0}];
    CHECK(last.name.value == "f3900");
    CHECK(shown(ir::step_of(element(last, "s"))->timings.lead, last.calendar) == "5h");
}

TEST_CASE("a part of a future is told apart although a goal of it names what a later part adds") {
    const auto model =
        edited("step a { process: 1h, lead: 2h }", "target b.lead_time < 3h\nnote \"n\" on b\nchange a { lead: 3h "
                                                   "}\nadd after a step b { process: 1h, lead: 2h }");
    REQUIRE(model);
    REQUIRE(model->model().interims.size() == 1);
    const ir::Interim& first = model->model().interims[0];
    CHECK(first.edits == 1);
    CHECK(first.stream.elements.size() == 1);
    CHECK(first.stream.future->edits.empty());
}
