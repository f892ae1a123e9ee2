// Applies futures to their stream, handwritten and random ones: the stream then equals the future.
#include "compiler/format/apply.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "compiler/format/format.h"
#include "tests/support/compile.h"
#include "tests/unit/compiler/format/written_map.h"

namespace vsm::format {
namespace {

struct Applied {
    std::string text;
    std::string failure;
};

/// Applies the first applicable future of a map, and checks that the stream equals it.
Applied apply_first_future(const std::string& text, bool may_break_others = false) {
    INFO(text, tests::diagnose(text));
    const auto model = tests::compile_text(text);
    REQUIRE(model.has_value());
    for (std::size_t i = 0; i < model->model().streams.size(); ++i) {
        const ir::StreamId id = model->model().streams.id_at(i);
        if (!model->stream(id).future || model->stream(model->stream(id).future->of).future) continue;
        const SourceFile source(FileId{0}, "map.vsm", text);
        const auto made = apply_future(source, *model, id);
        if (!made) return {"", made.error()};
        INFO(made.value(), tests::diagnose(made.value()));
        Diagnostics ignored;
        const auto form = format(SourceFile(FileId{0}, "map.vsm", made.value()), ignored);
        REQUIRE(form.has_value());
        CHECK(form->text == made.value());
        const auto after = tests::compile_text(made.value());
        CHECK((after.has_value() || may_break_others));
        if (!after) return {"", "breaks others"};
        const std::string& base = model->stream(model->stream(id).future->of).name.value;
        for (std::size_t k = 0; k < after->model().streams.size(); ++k) {
            const ir::StreamId now = after->model().streams.id_at(k);
            CHECK(after->stream(now).name.value != model->stream(id).name.value);
            if (after->stream(now).name.value == base) CHECK(elements_text(*after, now) == elements_text(*model, id));
        }
        return {made.value(), ""};
    }
    return {"", "no future"};
}

void check_applied(const std::string& stream, const std::string& edits, const std::string& expected) {
    const Applied made =
        apply_first_future("stream today {\n" + stream + "\n}\nfuture then of today {\n" + edits + "\n}\n");
    CHECK(made.failure.empty());
    CHECK(made.text == "stream today {\n" + expected + "}\n");
}

TEST_CASE("comments stay with what they are about, and those of an edit go to what it edits") {
    check_applied("# of a\nstep a { process: 1h, lead: 2h } # behind a\n\n# of b\nstep b {\n# of process\nprocess: 1h "
                  "# measured\nlead: 2h\n}",
                  "# sooner\nchange b { lead: 90min } # by hand\n# a pause\nadd after a wait 1d \"Pause\" # of a "
                  "day\nmove a after b",
                  "  # a pause\n  wait 1d \"Pause\"  # of a day\n\n  # of b\n  # sooner\n  step b {\n    # of "
                  "process\n    process: 1h  # measured\n    lead: 90min\n  }  # by hand\n  # of a\n  step a { "
                  "process: 1h, lead: 2h }  # behind a\n");
}

TEST_CASE("what takes the place of a property keeps the comments of both") {
    check_applied("step a {\nprocess: 1h # old\nlead: 2h\n}", "change a { process: 30min # new\n}",
                  "  step a {\n    # old\n    process: 30min  # new\n    lead: 2h\n  }\n");
}

TEST_CASE("shares change where they are written, kaizens that are done go, goals and wishes stay") {
    check_applied(
        "choose c {\nbranch 70% x { step a { process: 1h, lead: 2h } }\nbranch 30% y { }\n}\nexpect steps > 0",
        "kaizen \"Done\" { owner: dev, change x { share: 20% }, change y { share: 80% } }\nkaizen \"Some day\"\nexpect "
        "steps > 0\nnote \"New\"",
        "  choose c {\n    branch 20% x { step a { process: 1h, lead: 2h } }\n    branch 80% y { }\n  }\n  expect "
        "steps > 0\n  expect steps > 0\n\n  kaizen \"Some day\"\n\n  note \"New\"\n");
}

TEST_CASE("remarks on what is removed go with it, and a step of a parallel gets a branch when another joins it") {
    check_applied("step a { process: 1h, lead: 2h }\nparallel p {\n# of b\nstep b { process: 1h, lead: 2h }\nstep c { "
                  "process: 1h, lead: 2h }\n}\nnote \"gone\" on a",
                  "remove a\nmove c after b",
                  "  parallel p {\n    branch {\n      # of b\n      step b { process: 1h, lead: 2h }\n      step c { "
                  "process: 1h, lead: 2h }\n    }\n  }\n");
}

TEST_CASE("an order that needs a name which is not there is refused") {
    const Applied made =
        apply_first_future("stream today {\nwait 1d\nstep a { process: 1h, lead: 2h }\nstep b { process: 1h, lead: 2h "
                           "}\nstep c { process: 1h, lead: 2h, after: a }\n}\nfuture then of today { remove a }\n");
    CHECK(made.failure ==
          "`c` would follow `@wait-1`, which has no name to refer to; give the wait a name and apply again");
}

TEST_CASE("futures of what has come true are futures of the stream") {
    const Applied made =
        apply_first_future("stream today { step a { process: 1h, lead: 2h } step b { process: 1h, lead: 2h } }\nfuture "
                           "then of today { remove a }\nfuture of of then { change b { lead: 1h } }\n");
    CHECK(made.text ==
          "stream today { step b { process: 1h, lead: 2h } }\nfuture of of today { change b { lead: 1h } }\n");
}

TEST_CASE("every kind of edit, each by itself") {
    const std::string a = "  step a { process: 1h, lead: 2h }\n", b = "  step b { process: 1h, lead: 2h }\n",
                      c = "  step c { process: 1h, lead: 2h }\n", x = "step x { process: 1h, lead: 2h }";
    const std::string abc = a + b + c, x_line = "  " + x + "\n";
    check_applied(abc, "change b { lead: 90min }", a + "  step b { process: 1h, lead: 90min }\n" + c);
    check_applied(abc, "change b { ca: 90% }", a + "  step b { process: 1h, lead: 2h, ca: 90% }\n" + c);
    check_applied(abc, "change b { wait: 30min }", a + "  step b { process: 1h, wait: 30min }\n" + c);
    check_applied(a + "  step b { process: 1h, lead: 2h, ca: 90% }\n", "change b { ca: none }", a + b);
    check_applied(abc, "change c { rework 10% to b }", a + b + "  step c { process: 1h, lead: 2h, rework 10% to b }\n");
    check_applied(abc, "change b { note \"why\" }", a + "  step b { process: 1h, lead: 2h, note \"why\" }\n" + c);
    check_applied(abc, "remove b", a + c);
    check_applied(abc, "add after a " + x, a + x_line + b + c);
    check_applied(abc, "add before a " + x, x_line + abc);
    check_applied(abc, "replace b with " + x, a + x_line + c);
    check_applied(abc, "move a after c", b + c + a);
    check_applied(abc, "move c before a", c + a + b);
    check_applied("stage g { step a { process: 1h, lead: 2h } step b { process: 1h, lead: 2h } }", "remove a",
                  "  stage g { step b { process: 1h, lead: 2h } }\n");
}

TEST_CASE("what follows by its place alone loses its `after`, and the properties beside it are in order") {
    check_applied("step a { process: 1h, lead: 2h }\nstep b {\npeople: 2 # one\n# two\n\n# of the order\nafter: "
                  "a\nprocess: 1h\nbatch: 3\nlead: 2h\n}",
                  "add after a step x { process: 1h, lead: 2h }",
                  "  step a { process: 1h, lead: 2h }\n  step x { process: 1h, lead: 2h }\n  step b {\n    # two\n    "
                  "process: 1h\n    lead: 2h\n    people: 2  # one\n    batch: 3\n  }\n");
}

TEST_CASE("random futures come true as they were planned") {
    const char* asked = std::getenv("VSM_MAPS");
    const std::uint64_t maps = asked == nullptr ? 200 : std::strtoull(asked, nullptr, 10);
    std::uint64_t futures = 0, applied = 0;
    for (std::uint64_t seed = 1; seed <= maps; ++seed) {
        const std::string map = tests::scramble(tests::MapWriter(seed).write(), seed).text;
        const auto model = tests::compile_text(map);
        if (!model || map.find("future") == std::string::npos) continue;
        const Applied made = apply_first_future(map, true);
        if (made.failure == "no future") continue;
        ++futures;
        applied += made.failure.empty() ? 1 : 0;
        CHECK((made.failure.empty() || made.failure == "breaks others" ||
               made.failure.find("has no name") != std::string::npos));
    }
    MESSAGE(applied, " of ", futures, " futures of ", maps, " maps applied");
    CHECK(applied > futures / 2);
    CHECK(futures > maps / 10);
}

}  // namespace
}  // namespace vsm::format
