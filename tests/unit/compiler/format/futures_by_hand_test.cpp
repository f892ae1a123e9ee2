// Handwritten futures, one per kind of edit: `apply` yields the stream that the future describes, and that a person
// would have written instead.
#include <doctest/doctest.h>

#include <algorithm>

#include "compiler/format/apply.h"
#include "compiler/format/format.h"
#include "compiler/parse/parse.h"
#include "tests/support/compile.h"

namespace vsm::format {
namespace {

struct ByHand {
    const char* what;
    const char* stream;                  ///< current
    const char* edits;                   ///< of the future
    const char* becomes;                 ///< the stream as a person would write it
    std::vector<std::string> gone = {};  ///< comments on removed elements; all others stay
};

const std::vector<ByHand>& futures_by_hand() {
    static const std::vector<ByHand> all = {
        {"a process time, beside a lead time", "step a {\n  process: 1h  # measured in June\n  lead: 1d\n}",
         "change a { process: 20min }  # scripted", "step a { process: 20min, lead: 1d }"},
        {"a lead time puts the wait out", "step a { process: 1h, wait: 2d }  # of a\nstep b { process: 1h, lead: 2h }",
         "change a { lead: 3h }", "step a { process: 1h, lead: 3h }\nstep b { process: 1h, lead: 2h }"},
        {"a wait puts the lead time out, two times put out the third",
         "step a { process: 1h, lead: 2d }\nstep b { process: 1h, lead: 2h }",
         "change a { wait: 30min }\nchange b { wait: 10min, lead: 40min }",
         "step a { process: 1h, wait: 30min }\nstep b { wait: 10min, lead: 40min }"},
        {"quality, team, kind, class and tool",
         "step a { team: dev, kind: approval, process: 1h, lead: 2h, ca: 85%, class: nva, tool: Jira }  # a board",
         "# a machine does it\nchange a { team: [dev, ops], kind: automated, ca: 99%, class: nnva, tool: [Git, \"One, "
         "two\"] }",
         "step a { team: [dev, ops], kind: automated, process: 1h, lead: 2h, ca: 99%, class: nnva, tool: [Git, \"One, "
         "two\"] }"},
        {"properties taken away",
         "step a { team: dev, process: 1h, lead: 2h, ca: 85%, people: 3, batch: 4, wip: 2, x_cost: \"4711\" }",
         "change a { team: none, ca: none, people: none, batch: none, x_cost: none, wip: 1 }",
         "step a { process: 1h, lead: 2h, wip: 1 }"},
        {"guesses, spans and distributions", "step a { process: ~1h, lead: 1d..3d }\nstep b { process: ?, lead: 2h }",
         "change a { lead: lognormal(p50 6h, p85 1d) }\nchange b { process: ~5min..10min }",
         "step a { process: ~1h, lead: lognormal(p50 6h, p85 1d) }\nstep b { process: ~5min..10min, lead: 2h }"},
        {"a step and a wait removed, with what was said of them",
         "step a { process: 1h, lead: 2h }\n# nobody likes it\nstep b { process: 1h, lead: 2h }  # the board\nwait gap "
         "1d  # until Tuesday\n# the end\nstep c { process: 1h, lead: 2h }\nnote \"Why?\" on b",
         "remove b\nremove gap",
         "step a { process: 1h, lead: 2h }\nstep c { process: 1h, lead: 2h }",
         {"# nobody likes it", "# the board", "# until Tuesday"}},
        {"a stage removed with all that it holds",
         "# kept\nstep a { process: 1h, lead: 2h }\nstage tests \"Tests\" {\n  # inside\n  step b { process: 1h, lead: "
         "2h }\n  parallel { step c { process: 1h, lead: 2h } step d { process: 1h, lead: 2h } }\n}\nstep e { process: "
         "1h, lead: 2h }",
         "remove tests  # all of them",
         "step a { process: 1h, lead: 2h }\nstep e { process: 1h, lead: 2h }",
         {"# inside", "# all of them"}},
        {"a branch removed, the others share its items",
         "choose c {\n  branch 50% x { step a { process: 1h, lead: 2h } }\n  branch 30% y { step b { process: 1h, "
         "lead: 2h } }\n  # rare\n  branch 20% z { }\n}",
         "change x { share: 60% }\nchange y { share: 40% }\nremove z",
         "choose c {\n  branch 60% x { step a { process: 1h, lead: 2h } }\n  branch 40% y { step b { process: 1h, "
         "lead: 2h } }\n}",
         {"# rare"}},
        {"the last branches removed: the parallel is gone",
         "step a { process: 1h, lead: 2h }\nparallel p { branch x { step b { process: 1h, lead: 2h } } branch y { step "
         "c { process: 1h, lead: 2h } } }\nstep d { process: 1h, lead: 2h }",
         "remove x\nremove y", "step a { process: 1h, lead: 2h }\nstep d { process: 1h, lead: 2h }"},
        {"steps added before the first and after the last",
         "# first\nstep a { process: 1h, lead: 2h }\nstep b { process: 1h, lead: 2h }  # last",
         "add before a step intake \"Intake\" { process: 5min, lead: 1h }  # new at the front\nadd after b step canary "
         "\"Canary\" { process: 10min, lead: 1h }  # new at the end",
         "step intake \"Intake\" { process: 5min, lead: 1h }\nstep a { process: 1h, lead: 2h }\nstep b { process: 1h, "
         "lead: 2h }\nstep canary \"Canary\" { process: 10min, lead: 1h }"},
        {"a step added beside those of a parallel, and one into a branch",
         "parallel p {\n  step a { process: 1h, lead: 2h }\n  branch y { step b { process: 1h, lead: 2h } }\n}",
         "add after a step c { process: 1h, lead: 3h }\nadd before b wait 1h \"Cool down\"\nadd after y step d { "
         "process: 1h, lead: 4h }",
         "parallel p {\n  branch { step a { process: 1h, lead: 2h } step c { process: 1h, lead: 3h } }\n  branch y { "
         "wait 1h \"Cool down\" step b { process: 1h, lead: 2h } }\n  step d { process: 1h, lead: 4h }\n}"},
        {"a branch added to a choose, shares changed",
         "choose c {\n  branch 70% x { step a { process: 1h, lead: 2h } }\n  branch y { }  # the rest\n}",
         "change x { share: 20% }\nadd after x branch 70% urgent \"Urgent\" { step b { process: 1h, lead: 1h } }",
         "choose c {\n  branch 20% x { step a { process: 1h, lead: 2h } }\n  branch 70% urgent \"Urgent\" { step b { "
         "process: 1h, lead: 1h } }\n  branch y { }\n}"},
        {"a step replaced by a stage, a wait by a longer one, a stage by a step",
         "step a { process: 1h, lead: 2h }\nwait gap 1d \"Gap\"\nstage s { step b { process: 1h, lead: 2h } }",
         "replace a with stage both \"Both\" { step a1 { process: 1h, lead: 2h } step a2 { process: 1h, lead: 2h } "
         "}\nreplace gap with wait gap 2d\nreplace s with step b { process: 30min, lead: 1h }",
         "stage both \"Both\" { step a1 { process: 1h, lead: 2h } step a2 { process: 1h, lead: 2h } }\nwait gap "
         "2d\nstep b { process: 30min, lead: 1h }"},
        {"steps moved, within a body, into a stage and out of one",
         "step a { process: 1h, lead: 2h }  # of a\nstage s \"S\" {\n  # of b\n  step b { process: 1h, lead: 2h }\n  "
         "step c { process: 1h, lead: 2h }\n}\nstep d { process: 1h, lead: 2h }",
         "move a after b\nmove c before s\nmove d before s",
         "step c { process: 1h, lead: 2h }\nstep d { process: 1h, lead: 2h }\nstage s \"S\" {\n  step b { process: 1h, "
         "lead: 2h }\n  step a { process: 1h, lead: 2h }\n}"},
        {"an order that is written with `after`",
         "step a { process: 1h, lead: 2h }\nstep b { process: 1h, lead: 2h, after: a }\nstep c { process: 1h, lead: "
         "2h, after: a }\nstep d { process: 1h, lead: 2h, after: [b, c] }",
         "add after a step e { process: 5min, lead: 1h }\nremove b",
         "step a { process: 1h, lead: 2h }\nstep e { process: 5min, lead: 1h }\nstep c { process: 1h, lead: 2h, after: "
         "e }\nstep d { process: 1h, lead: 2h, after: [e, c] }"},
        {"rework added, changed and taken away",
         "step a { process: 1h, lead: 2h }\nstep b {\n  process: 1h\n  lead: 2h\n  rework 15% to a  # too "
         "much\n}\nstep c { process: 1h, lead: 2h, rework 5% once to b }",
         "change a { rework 3% to a }\nchange b { rework 2% to a }\nchange c { rework 0% to b }",
         "step a { process: 1h, lead: 2h, rework 3% to a }\nstep b { process: 1h, lead: 2h, rework 2% to a }\nstep c { "
         "process: 1h, lead: 2h }"},
        {"repair on the spot added, changed and taken away",
         "step a { process: 1h, lead: 2h }\nstep b { process: 1h, lead: 2h, rework 10% once { process: 2h, wait: 1h } "
         "}\nstep c { process: 1h, lead: 2h, rework 10% { process: 2h, wait: 1h } }",
         "change a { rework 4% { process: 5min, wait: 1h, team: dev } }\nchange b { rework 5% once { process: 1h, "
         "wait: 30min } }\nchange c { rework 0% { process: 2h, wait: 1h } }",
         "step a { process: 1h, lead: 2h, rework 4% { process: 5min, wait: 1h, team: dev } }\nstep b { process: 1h, "
         "lead: 2h, rework 5% once { process: 1h, wait: 30min } }\nstep c { process: 1h, lead: 2h }"},
        {"edits in kaizens, wishes beside them",
         "step a { process: 1h, lead: 5d, ca: 80% }\nstep b { process: 1h, lead: 2h }\nkaizen \"Tidy up\" on b { "
         "owner: dev }",
         "kaizen \"Small changes\" {\n  owner: dev  # she knows how\n  due: 2027-01-31\n  capability: "
         "working_in_small_batches\n  change a { lead: 1d, ca: 95% }  # by hand\n  remove b  # not needed\n}\nkaizen "
         "\"Later\" { owner: ops }\nnote \"As agreed\" on a",
         "step a { process: 1h, lead: 1d, ca: 95%\n note \"As agreed\" }",
         {"# she knows how", "# not needed"}},
        {"remarks given by an edit", "step a { process: 1h, lead: 2h }\nwait gap 1d",
         "change a { note \"Now by a script\", allow missing-ca \"nobody counts\" }\nchange gap { note \"Shorter each "
         "year\" }",
         "step a { process: 1h, lead: 2h, note \"Now by a script\", allow missing-ca \"nobody counts\" }\nwait gap 1d "
         "{ note \"Shorter each year\" }"},
        {"an element added, changed, moved, and one beside it replaced",
         "step a { process: 1h, lead: 2h }\nstep b { process: 1h, lead: 2h }",
         "add after a step c { process: 1h, lead: 2h }\nchange c { ca: 90%, lead: 90min }\nmove c after b\nreplace b "
         "with step d { process: 1h, lead: 1h }",
         "step a { process: 1h, lead: 2h }\nstep d { process: 1h, lead: 1h }\nstep c { process: 1h, lead: 90min, ca: "
         "90% }"},
        {"milestones and queues",
         "demand: 10/d\nstep a { process: 1h, lead: 2h, milestone: commit }\nqueue pile 20 \"Pile\"  # counted\nstep b "
         "{ process: 1h, lead: 2h, milestone: production }",
         "change a { milestone: none }\nadd after a step c { process: 10min, lead: 1h, milestone: commit }\nreplace "
         "pile with queue pile 5 \"Pile\"",
         "demand: 10/d\nstep a { process: 1h, lead: 2h }\nstep c { process: 10min, lead: 1h, milestone: commit "
         "}\nqueue pile 5 \"Pile\"\nstep b { process: 1h, lead: 2h, milestone: production }",
         {"# counted"}},
        {"comments in every place",
         "# of the stream\n\n# of a\nstep a \"A\" {  # at its brace\n  # of process\n  process: 1h  # behind process\n "
         " lead: 2h\n  # at its end\n}  # behind a\n\n# between\n\nstep b { process: 1h, lead: 2h }  # of b\n# last",
         "# of the edit\nchange a {  # at the edit's brace\n  # of the new time\n  lead: 90min  # behind the new "
         "time\n}  # behind the edit\n# of the addition\nadd after a step c { process: 1h, lead: 2h }  # behind the "
         "addition",
         "step a \"A\" { process: 1h, lead: 90min }\nstep c { process: 1h, lead: 2h }\nstep b { process: 1h, lead: 2h "
         "}"},
    };
    return all;
}

std::string map_of(const std::string& stream, const std::string& future) {
    return "team dev\nteam ops\n\nstream today \"Today\" {\n" + stream + "\n}\n" +
           (future.empty() ? "" : "\nfuture then \"Then\" of today by 2027-03-31 {\n" + future + "\n}\n");
}

ir::StreamId stream_named(const ir::CheckedModel& model, std::string_view name) {
    for (std::size_t i = 0; i < model.model().streams.size(); ++i)
        if (model.stream(model.model().streams.id_at(i)).name.value == name) return model.model().streams.id_at(i);
    REQUIRE_MESSAGE(false, "no stream ", std::string(name));
    return model.model().streams.id_at(0);
}

ir::CheckedModel model_of(const std::string& map) {
    INFO(map, "\n", tests::diagnose(map));
    auto model = tests::compile_text(map);
    REQUIRE(model.has_value());
    return std::move(*model);
}

std::string applied(const std::string& map, const ir::CheckedModel& model) {
    const auto made = apply_future(SourceFile(FileId{0}, "map.vsm", map), model, stream_named(model, "then"));
    REQUIRE_MESSAGE(bool(made), map, made ? std::string() : made.error());
    return made.value();
}

std::string formatted(const std::string& text) {
    Diagnostics ignored;
    const auto form = format(SourceFile(FileId{0}, "map.vsm", text), ignored);
    REQUIRE(form.has_value());
    return form->text;
}

/// The comments of the map, except some.
std::vector<std::string> comments_that_stay(const std::string& map, const std::vector<std::string>& gone) {
    std::vector<std::string> comments = tests::comments_in(map);
    for (const std::string& one : gone) {
        const auto found = std::find(comments.begin(), comments.end(), one);
        REQUIRE_MESSAGE(found != comments.end(), one);
        comments.erase(found);
    }
    return comments;
}

TEST_CASE("futures written by hand come true as they say, and as a person would have written it") {
    for (const ByHand& row : futures_by_hand()) {
        const std::string map = map_of(row.stream, row.edits);
        const ir::CheckedModel before = model_of(map);
        const std::string planned = elements_text(before, stream_named(before, "then"));
        const std::string text = applied(map, before);
        INFO(row.what, "\n", map, "\n--- applied:\n", text);
        const ir::CheckedModel after = model_of(text), by_hand = model_of(map_of(row.becomes, ""));
        CHECK(planned != elements_text(before, stream_named(before, "today")));
        CHECK(planned == elements_text(after, stream_named(after, "today")));
        CHECK(planned == elements_text(by_hand, stream_named(by_hand, "today")));
        CHECK(after.model().streams.size() == 1);
        CHECK(tests::comments_in(text) == comments_that_stay(map, row.gone));
        CHECK(formatted(text) == text);
    }
    CHECK(futures_by_hand().size() >= 20);
}

TEST_CASE("windows line ends stay when a future comes true") {
    std::string map = map_of("step a { process: 1h, lead: 2h }  # of a\nstep b { process: 1h, lead: 2h }",
                             "change a { lead: 90min }\nremove b");
    for (std::size_t at = map.find('\n'); at != std::string::npos; at = map.find('\n', at + 2)) map.insert(at, "\r");
    const ir::CheckedModel before = model_of(map);
    const std::string text = applied(map, before);
    const ir::CheckedModel after = model_of(text);
    CHECK(elements_text(before, stream_named(before, "then")) == elements_text(after, stream_named(after, "today")));
    CHECK(tests::comments_in(text) == std::vector<std::string>{"# of a"});
}

TEST_CASE("a future of a future, and one of the same stream, are as they were where the first does not touch them") {
    const std::string map = map_of("step a { process: 1h, lead: 2h }\nstep b { process: 1h, lead: 2h }",
                                   "change a { lead: 90min }  # first") +
                            "\n# and then\nfuture later \"Later\" of then by 2028-01-31 {\n  remove b  # at last\n  "
                            "change a { ca: 99% }\n}\n";
    const ir::CheckedModel before = model_of(map);
    const std::string text = applied(map, before);
    const ir::CheckedModel after = model_of(text);
    INFO(text);
    CHECK(after.model().streams.size() == 2);
    CHECK(elements_text(after, stream_named(after, "today")) == elements_text(before, stream_named(before, "then")));
    CHECK(elements_text(after, stream_named(after, "later")) == elements_text(before, stream_named(before, "later")));
    CHECK(after.stream(after.stream(stream_named(after, "later")).future->of).name.value == "today");
    CHECK(tests::comments_in(text) == tests::comments_in(map));
}

}  // namespace
}  // namespace vsm::format
