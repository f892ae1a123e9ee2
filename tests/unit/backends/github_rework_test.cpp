// Rework in the GitHub output: a defect that one asks for, and the jobs that run again.
#include <fmt/format.h>

#include "tests/unit/backends/workflow_jobs.h"

namespace {

using namespace vsm;
using namespace vsm::tests;

TEST_CASE("a defect is found where one asks for it, and what runs again is a job right after") {
    const Built built = build("github", R"(stream s {
        step plan "Plan" { process: 1h, wait: 0s }
        wait 2d "Board"
        step make "Make it" { process: 4h, wait: 1h, team: dev }
        step test "Test it" { process: 2h, wait: ?, rework 15% to make, rework 5% to plan, rework 10% once { process: 1h, wait: 30min, team: ops } }
        step ship { process: 1h, wait: 0s } })");
    CHECK(built.reported() == Lines{});
    CHECK(jobs(built) ==
          Lines{"start", "plan <start", "make <plan", "test <make",
                "rework-test-to-make <test if inputs.defect == 'test-to-make'",
                "rework-test-to-plan <test if inputs.defect == 'test-to-plan'",
                "rework-test-repair <test if inputs.defect == 'test-repair'",
                "ship <rework-test-to-make <rework-test-to-plan <rework-test-repair if !failure() && !cancelled()",
                "figures <ship if always()"});
    const YAML::Node input = built.yaml()["on"]["workflow_dispatch"]["inputs"]["defect"];
    CHECK(input["options"].as<Lines>() == Lines{"none", "test-to-make", "test-to-plan", "test-repair"});
    CHECK(input["default"].as<std::string>() == "none");
    CHECK(input["description"].as<std::string>() ==
          "Step that finds a defect and sends the item back: test-to-make 15%, test-to-plan 5%, test-repair 10%");
    const YAML::Node all = built.yaml()["jobs"];
    CHECK(all["rework-test-to-make"]["name"].as<std::string>() == "Rework 15% · back to Make it");
    CHECK(all["rework-test-repair"]["name"].as<std::string>() == "Rework 10%, once · repair at Test it");
    CHECK(step_names(built, "rework-test-to-make") ==
          Lines{"Again: Wait 1h before: Make it", "Again: Make it", "Again: Test it"});
    CHECK(step_names(built, "rework-test-to-plan") == Lines{"Again: Plan", "Again: Wait 2d: Board",
                                                            "Again: Wait 1h before: Make it", "Again: Make it",
                                                            "Again: Test it"});
    CHECK(step_names(built, "rework-test-repair") ==
          Lines{"Wait 30min before: Repair at Test it", "Repair at Test it"});
    CHECK(all["rework-test-to-plan"]["steps"][1]["env"]["DAYS"].as<double>() == doctest::Approx(2));
    CHECK(all["rework-test-to-make"]["steps"][2]["env"]["TEXT"].as<std::string>() ==
          "Again: Test it. process time: 2h; wait before: ?");
    CHECK(all["rework-test-repair"]["steps"][1]["env"]["TEXT"].as<std::string>() ==
          "Repair at Test it. process time: 1h; wait before: 30min; team: ops");
}

/// The steps of a job that plays a second pass: name, condition, and `=` if the step takes no time.
Lines second_pass(std::string_view body, const std::string& job) {
    const Built built = build("github", fmt::format("stream s {{ {} }}", body));
    Lines lines;
    for (const YAML::Node& step : built.yaml()["jobs"][job]["steps"]) {
        std::string line = step["name"].as<std::string>();
        if (step["if"].IsDefined()) line += " if " + step["if"].as<std::string>();
        if (step["env"]["DAYS"].as<double>() == 0) line += " =";
        lines.push_back(line);
    }
    return lines;
}

TEST_CASE("a second pass goes the longest way, and what runs beside it takes no time") {
    CHECK(second_pass(R"(step a { process: 1h, wait: 0s }
        parallel { step b { process: 1h, wait: 0s } branch { step c { process: 2h, wait: 0s } wait 1h } }
        step d { process: 1h, wait: 0s, rework 10% to a })",
                      "rework-d-to-a") ==
          Lines{"Again: a", "At the same time: b =", "Again: c", "Again: Wait 1h", "Again: d"});
    CHECK(second_pass(R"(step a { process: 1h, wait: 0s } step b { process: 1h, wait: 0s }
        step c { process: 3h, wait: 0s, after: a } step x { process: 1h, wait: 0s, after: a }
        step d { process: 1h, wait: 0s, after: [b, c], rework 10% to a })",
                      "rework-d-to-a") == Lines{"Again: a", "At the same time: b =", "Again: c", "Again: d"});
}

TEST_CASE("a second pass to a stage or out of one begins there and ends at the step that found the defect") {
    constexpr std::string_view map = R"(step zero {{ process: 1h, wait: 0s }}
        stage one {{ step a {{ process: 1h, wait: 0s }} stage two {{ step b {{ process: 1h, wait: 0s }} step c {{ process: 1h, wait: 0s }} }} step d {{ process: 1h, wait: 0s }} }}
        stage three {{ step e {{ process: 1h, wait: 0s }} step f {{ process: 1h, wait: 0s, rework 10% to {} }} step g {{ process: 1h, wait: 0s }} }})";
    const auto pass_to = [&](std::string_view target) {
        return second_pass(fmt::format(map, target), fmt::format("rework-f-to-{}", target));
    };
    CHECK(pass_to("c") == Lines{"Again: c", "Again: d", "Again: e", "Again: f"});
    CHECK(pass_to("two") == Lines{"Again: b", "Again: c", "Again: d", "Again: e", "Again: f"});
    CHECK(pass_to("one") == Lines{"Again: a", "Again: b", "Again: c", "Again: d", "Again: e", "Again: f"});
    CHECK(pass_to("three") == Lines{"Again: e", "Again: f"});
    CHECK(pass_to("f") == Lines{"Again: f"});
}

TEST_CASE("a second pass takes the branch that the first one took") {
    constexpr std::string_view map = R"(step a { process: 1h, wait: 0s }
        choose k { branch 60% x { step b { process: 1h, wait: 0s } } branch y { step c { process: 1h, wait: 0s, rework 5% to a } step d { process: 1h, wait: 0s } } }
        step e { process: 1h, wait: 0s, rework 10% to a })";
    CHECK(second_pass(map, "rework-e-to-a") == Lines{"Again: a", "Again: b if inputs.k == 'x'",
                                                     "Again: c if inputs.k == 'y'", "Again: d if inputs.k == 'y'",
                                                     "Again: e"});
    CHECK(second_pass(map, "rework-c-to-a") == Lines{"Again: a", "Again: c"});
    CHECK(jobs(map)[4] ==
          "rework-c-to-a <c if inputs.defect == 'c-to-a' && inputs.k == 'y' && !failure() && !cancelled()");
    CHECK(jobs(map)[5] == "d <rework-c-to-a if inputs.k == 'y' && !failure() && !cancelled()");
}

TEST_CASE("a defect in a branch of a parallel runs the others again beside it") {
    CHECK(second_pass(R"(step a { process: 1h, wait: 0s }
        parallel p { branch { step b { process: 1h, wait: 0s } step c { process: 1h, wait: 0s, rework 10% to p } step d { process: 1h, wait: 0s } }
                     branch { wait 3h step e { process: 1h, wait: 0s } } })",
                      "rework-c-to-p") ==
          Lines{"Again: b", "Again: c", "At the same time: Wait 3h =", "At the same time: e ="});
}

TEST_CASE("second passes that a workflow has no room for are told in words") {
    const auto map = [](int count, std::string_view target) {
        std::string text = "stream s { timings: unknown step first";
        for (int i = 0; i < count; ++i)
            text += fmt::format(" step s{} {{ rework 1% to {} }}", i, target.empty() ? fmt::format("s{}", i) : target);
        return text + " }";
    };
    const auto words = [](const Built& built) {
        return built.yaml()["on"]["workflow_dispatch"]["inputs"]["defect"]["options"].size();
    };
    const Built many = build("github", map(101, ""));
    CHECK(many.reported() == Lines{"not-carried", "not-carried"});
    CHECK(words(many) == 100);
    // each of these repeats everything before it: 2 + 3 + … + 44 elements are 989
    const Built long_ones = build("github", map(46, "first"));
    CHECK(long_ones.reported() == Lines(3, "not-carried"));
    CHECK(words(long_ones) == 44);
    CHECK(long_ones.files[0].content.size() < 500'000);
    // too large with its second passes, but not without
    const Built all = build("github", map(500, "first"));
    CHECK(all.reported() == Lines(501, "not-carried"));  // and the diagram
    CHECK(!all.yaml()["on"]["workflow_dispatch"]["inputs"]["defect"].IsDefined());
    CHECK(jobs(all).size() == 503);
}

TEST_CASE("the input for defects takes the place of a choose only where something is sent back") {
    std::string map = "stream s { timings: unknown step a { rework 10% to a }";
    for (int i = 0; i < 24; ++i)
        map += fmt::format(" choose {} {{ branch 50% {{ step x{} }} branch {{ step y{} }} }}",
                           i == 0 ? "defect" : fmt::format("k{}", i), i, i);
    const Built built = build("github", map + "}");
    CHECK(built.reported() == Lines{"not-carried"});
    const YAML::Node inputs = built.yaml()["on"]["workflow_dispatch"]["inputs"];
    CHECK(inputs.size() == 25);
    CHECK(inputs["defect-2"].IsDefined());
    CHECK(build("github", "stream s { timings: unknown choose defect { branch 50% { step x } branch { step y } } }")
              .yaml()["on"]["workflow_dispatch"]["inputs"]["defect"]
              .IsDefined());
}

}  // namespace
