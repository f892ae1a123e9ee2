// The CodePipeline output: stages, actions and their order, and what an action says and plays.
#include "tests/unit/backends/codepipeline_stages.h"

namespace {

using namespace vsm;
using namespace vsm::tests;

TEST_CASE("the pipeline that mock-pipeline ships comes out with its stages, actions and run orders") {
    const Built built = build("codepipeline", R"(
stream mock {
  timings: unknown
  stage Build { step Artifact step Image }
  stage AcceptanceTesting {
    parallel { step ProvisionEnvironment step InfrastructureAnalysis }
    step ConfigureEnvironment
    parallel { step AcceptanceTests step IntegrationTests }
    step DeployApp
    step DeploymentTest
  }
  stage Capacity { parallel { step PenTest step PerformanceTest step ImageTests step ResiliencyTests } }
  stage ExploratoryTesting { step QA { kind: approval } }
  stage Production { parallel { step BlueGreenDeployment step OutofBandTests step SecurityMetrics } step SwitchEndPoints }
})");
    CHECK(built.reported() == Lines{});
    CHECK(layout(built) ==
          Lines{"Source: 1 Trigger", "Build: 1 Artifact 2 Image",
                "AcceptanceTesting: 1 ProvisionEnvironment 1 InfrastructureAnalysis 2 ConfigureEnvironment 3 "
                "AcceptanceTests "
                "3 IntegrationTests 4 DeployApp 5 DeploymentTest",
                "Capacity: 1 PenTest 1 PerformanceTest 1 ImageTests 1 ResiliencyTests", "ExploratoryTesting: 1 QA",
                "Production: 1 BlueGreenDeployment 1 OutofBandTests 1 SecurityMetrics 2 SwitchEndPoints"});
    const YAML::Node approval = stages_of(built)[4]["Actions"][0]["ActionTypeId"];
    CHECK(approval["Category"].as<std::string>() == "Approval");
    CHECK(approval["Provider"].as<std::string>() == "Manual");
    CHECK(stages_of(built)[1]["Actions"][0]["ActionTypeId"]["Provider"].as<std::string>() == "Lambda");
}

TEST_CASE("an action's name carries what is known of a step and what is not") {
    CHECK(layout(R"(trigger: "Change pushed"
        step review "Code review" { process: 30min, wait: 1d, ca: 85% }
        step build { process: 20min..40min, wait: 0min, ca: 95%..100% }
        step check { process: ?, wait: ?, ca: ? }
        step deploy { process: 1h, wait: ?, ca: n/a })") ==
          Lines{"Source: 1 Change-pushed", "Code-review: 1 Wait-Code-review_WT1d 2 Code-review_PT30min_WT1d_CA85 3 "
                                           "build_PT30min_WT0s_CA97.5 4 check_CAunknown 5 deploy_PT1h_WTunknown"});
}

TEST_CASE("where only the lead time is known, the action takes all of it") {
    const Built built = build(
        "codepipeline", "stream s { step a { kind: external, lead: 3d, ca: 90% } step b { process: ?, lead: 2d } }");
    CHECK(layout(built) == Lines{"Source: 1 Trigger", "a: 1 a_LT3d_CA90 2 b_LT2d_PTunknown_WTunknown"});
    CHECK(stages_of(built)[1]["Actions"][0]["Configuration"]["UserParameters"].as<std::string>() ==
          R"({ "days": 3, "text": "a. lead time: 3d; %C&A: 90%; kind: external" })");
}

TEST_CASE("waits and queues are actions of their own, known or not") {
    CHECK(
        layout(
            R"(queue 20 "Ready" step a { process: 1h, wait: 0s } wait board 2d wait ? step b { process: 1h, wait: 0s })") ==
        Lines{"Source: 1 Trigger", "a: 1 Wait-Ready_WT10d 2 a_PT1h_WT0s 3 Wait-board_WT2d 4 Wait 5 b_PT1h_WT0s"});
}

TEST_CASE("nested stages carry both names, what stands outside is named after its first step") {
    CHECK(layout(R"(timings: unknown
        wait 1d "Inbox" step triage
        stage verify "Verify" { step unit stage manual "By hand" { step explore } step sign_off }
        wait 2d "Window")") == Lines{"Source: 1 Trigger", "triage: 1 Wait-Inbox_WT1d 2 triage", "Verify: 1 unit",
                                     "Verify-By-hand: 1 explore", "Verify-sign_off: 1 sign_off",
                                     "Window: 1 Wait-Window_WT2d"});
}

TEST_CASE("names that differ by case or by characters that cannot stay are told apart") {
    CHECK(layout(R"(timings: unknown step a "Deploy!" step b "deploy" step c "日本語" step d "Deploy ")") ==
          Lines{"Source: 1 Trigger", "Deploy: 1 Deploy 2 deploy-2 3 c 4 Deploy-3"});
    CHECK(layout(R"(timings: unknown stage a "Source" { step x } stage b "source?" { step y })") ==
          Lines{"Source: 1 Trigger", "Source-2: 1 x", "source-3: 1 y"});
}

TEST_CASE("where nothing of a title can stay in a name, the element's own name stands there") {
    CHECK(
        layout(
            R"(stage one "一" { step a "日本語" { process: 1h, wait: 2h } stage two "二" { step b "!" { process: 1h, wait: 0s } } })") ==
        Lines{"Source: 1 Trigger", "one: 1 Wait-a_WT2h 2 a_PT1h_WT2h", "one-two: 1 b_PT1h_WT0s"});
}

TEST_CASE("branches of several steps run in rounds, with a warning where that takes longer") {
    const std::string map = R"(stream s {{ parallel tests {{
        branch {{ step a {{ process: {}, wait: 0s }} step b {{ process: 1h, wait: 0s }} }}
        branch {{ step c {{ process: 2h, wait: 0s }} step d {{ process: {}, wait: 0s }} }} }} }})";
    const Built longer = build("codepipeline", fmt::format(fmt::runtime(map), "1h", "3h"));
    CHECK(longer.reported() == Lines{});
    const Built rounds = build("codepipeline", fmt::format(fmt::runtime(map), "4h", "3h"));
    CHECK(layout(rounds)[1] == "a: 1 a_PT4h_WT0s 1 c_PT2h_WT0s 2 b_PT1h_WT0s 2 d_PT3h_WT0s");
    REQUIRE(rounds.reported() == Lines{"branches-wait"});
    CHECK(rounds.diagnostics.all()[0].message == "in output `codepipeline`, the branches of parallel `tests` wait for "
                                                 "one another: the mock takes 7h here, not 5h");
    const Built unknown = build("codepipeline", fmt::format(fmt::runtime(map), "?", "?"));
    CHECK(unknown.reported() == Lines{"branches-wait"});
}

TEST_CASE("the innermost construct that is slowed down is the one reported") {
    const Built built = build("codepipeline", R"(stream s { parallel outer {
        branch { parallel inner { branch { step a { process: 4h, wait: 0s } step b { process: 1h, wait: 0s } }
                                  branch { step c { process: 1h, wait: 0s } step d { process: 4h, wait: 0s } } } }
        step e { process: 1h, wait: 0s } } })");
    REQUIRE(built.reported() == Lines{"branches-wait"});
    CHECK(built.diagnostics.all()[0].message.find("`inner`") != std::string::npos);
}

TEST_CASE("`after` gives rounds by the longest way from the beginning") {
    const Built built = build("codepipeline", R"(stream s { timings: unknown
        step a step b { after: start } step c { after: [a, b] } step d { after: b } step e { after: [c, d] } step f })");
    CHECK(layout(built) == Lines{"Source: 1 Trigger", "a: 1 a 1 b 2 c 2 d 3 e 4 f"});
}

TEST_CASE("stages side by side become one, each action with the name of its stage") {
    const Built built = build("codepipeline", R"(stream s { timings: unknown step a
        stage left "Left" { step b step c } stage right "Right" { after: a step d } step e { after: [left, right] } })");
    CHECK(layout(built) ==
          Lines{"Source: 1 Trigger", "a: 1 a", "Left-and-Right: 1 Left.b 1 Right.d 2 Left.c", "e: 1 e"});
    CHECK(built.reported() == Lines{"merged-stages", "branches-wait"});
}

TEST_CASE("each branch of a choose is a stage that runs if the variable says so") {
    const Built built = build("codepipeline", R"(stream s {
        stage release "Release" {
          step a { process: 1h, wait: 0s }
          choose way { branch 70% slow "Slow way" { step b { process: 1h, wait: 1h } } branch fast {} }
          step c { process: 1h, wait: 0s }
        } })");
    CHECK(built.reported() == Lines{});
    CHECK(layout(built) == Lines{"Source: 1 Trigger", "Release: 1 a_PT1h_WT0s",
                                 "Release-Slow-way_70pct: 1 Wait-b_WT1h 2 b_70pct_PT1h_WT1h",
                                 "Release-c: 1 c_PT1h_WT0s"});
    CHECK(ways(built) == Lines{"way=slow (Branch to take at way: slow 70%, fast 30%)", "Source", "Release",
                               "Release-Slow-way_70pct SKIP unless #{variables.way} EQ slow", "Release-c"});
}

TEST_CASE("a choose inside a branch is drawn in rounds, and said so") {
    const Built built = build("codepipeline", R"(stream s { timings: unknown
        choose way { branch 70% slow { step b choose again { branch 50% { step x } branch 50% { step y } } } branch fast { step z } } })");
    CHECK(built.reported() == Lines{"not-carried"});
    CHECK(layout(built) ==
          Lines{"Source: 1 Trigger", "slow_70pct: 1 b_70pct 2 x_35pct 2 y_35pct", "fast_30pct: 1 z_30pct"});
}

TEST_CASE("where nothing happens there is nothing, and a warning says so once") {
    const Built built = build("codepipeline", R"(stream s { timings: unknown step a
        choose way { branch 70% slow {} branch fast {} }
        parallel both { branch {} branch {} }
        stage outer { stage inner {} } })");
    CHECK(ways(built) == Lines{"Source", "a"});
    REQUIRE(built.reported() == Lines{"not-carried", "not-carried", "not-carried"});
    CHECK(built.diagnostics.all()[0].message ==
          "output `codepipeline` does not show choose `way`, in which nothing happens");
    CHECK(built.diagnostics.all()[1].message ==
          "output `codepipeline` does not show parallel `both`, in which nothing happens");
    CHECK(built.diagnostics.all()[2].message ==
          "output `codepipeline` does not show stage `outer`, in which nothing happens");
}

TEST_CASE("stages within a parallel become one, with a warning that names them") {
    const Built built = build("codepipeline", R"(stream s { timings: unknown
        parallel { stage p1 { step a } branch { stage p2 { step b stage deep { step c } } step d } step e } })");
    REQUIRE(built.reported() == Lines{"merged-stages", "branches-wait"});
    CHECK(built.diagnostics.all()[0].message == "output `codepipeline` shows parallel stages as one: `p1`, `p2`");
    CHECK(layout(built) == Lines{"Source: 1 Trigger", "a: 1 p1.a 1 p2.b 1 e 2 p2.deep.c 3 d"});
    const Built chosen = build("codepipeline", R"(stream s { timings: unknown
        choose way { branch 70% one { stage p1 { step a } } branch two { parallel { stage p2 { step b } stage p3 { step c } } } } })");
    REQUIRE(chosen.reported() == Lines{"merged-stages"});
    CHECK(chosen.diagnostics.all()[0].message == "output `codepipeline` shows parallel stages as one: `p2`, `p3`");
}

TEST_CASE("a step that was chosen finds a defect once, and its stage runs again") {
    const Built built = build("codepipeline", R"(team fixers "The fixers" {} stream s {
        stage make { step a { process: 1h, wait: 0s } step b { process: 1h, wait: 0s rework 10% to a } }
        stage ship { step c { process: 1h, wait: 0s rework 5% { process: 2h, wait: ?, team: fixers } } }
        stage watch { step d { process: 1h, wait: 0s, kind: approval rework 5% to c } } })");
    REQUIRE(built.reported() == Lines{"not-carried"});
    CHECK(built.diagnostics.all()[0].message ==
          "output `codepipeline` does not show that `d` sends items back to `c`, in another stage");
    CHECK(ways(built) == Lines{"defect=none (Step that finds a defect, once: none, b, c)", "Source",
                               "make RETRY ALL_ACTIONS", "ship RETRY FAILED_ACTIONS", "watch RETRY ALL_ACTIONS"});
    CHECK(
        stages_of(built)[2]["Actions"][0]["Configuration"]["UserParameters"].as<std::string>() ==
        R"j({ "days": 0.125, "text": "c. process time: 1h; wait before: 0s; rework: 5% is repaired on the spot (process time 2h, wait before ?, team The fixers)", )j"
        R"("defect": "c", "again": "this step runs again", "chosen": "#{variables.defect}", "run": "#{codepipeline.PipelineExecutionId}" })");
    const std::string by_hand = stages_of(built)[3]["Actions"][0]["Configuration"]["CustomData"].as<std::string>();
    CHECK(by_hand.ends_with("Reject it to see what a defect costs: the stage runs again from its beginning"));
}

TEST_CASE("a stage that runs again as a whole for one rework does so for all, and says so where just the step should") {
    const Built built = build("codepipeline", R"(stream s { stage make {
        step a { process: 1h, wait: 0s, kind: approval rework 5% { process: ?, lead: 2d } }
        step b { process: 1h, wait: 0s rework 5% to b }
        step c { process: 1h, wait: 0s rework 5% to a, rework 1% { process: 1h, wait: 0s } } } })");
    REQUIRE(built.reported() == Lines{"not-carried", "not-carried"});
    CHECK(built.diagnostics.all()[0].message ==
          "output `codepipeline` does not show that only `b` runs again when it finds a defect");
    CHECK(built.diagnostics.all()[1].message ==
          "output `codepipeline` does not show that only `c` runs again when it finds a defect");
    // nothing comes before `a`, so the stage up to it is the step itself
    CHECK(stages_of(built)[1]["Actions"][0]["Configuration"]["CustomData"].as<std::string>() ==
          "a (the map does not say who approves). process time: 1h; wait before: 0s; kind: approval; rework: 5% is "
          "repaired on the spot (process time ?, "
          "wait before ?, lead time 2d). Reject it to see what a defect "
          "costs: the stage runs again from its beginning");
}

TEST_CASE("an approval that alone comes again says so") {
    const Built built = build("codepipeline", "stream s { step a { process: 1h, wait: 0s } step b { process: 1h, wait: "
                                              "0s, kind: approval rework 5% to b } }");
    CHECK(built.reported() == Lines{});
    CHECK(stages_of(built)[1]["Actions"][1]["Configuration"]["CustomData"].as<std::string>().ends_with(
        "Reject it to see what a defect costs: this step runs again"));
}

TEST_CASE("with --mock commands a container plays the steps, with --mock approval people do") {
    constexpr std::string_view map =
        R"(stream s { step a { process: 1h, wait: 1h rework 5% to a } step b { kind: approval, process: 1h, wait: 0s } })";
    backends::BackendOptions options;
    options.mock = backends::MockKind::commands;
    const Built commands = build("codepipeline", map, options);
    const YAML::Node work = stages_of(commands)[1]["Actions"][1];
    CHECK(work["ActionTypeId"]["Provider"].as<std::string>() == "Commands");
    CHECK(work["InputArtifacts"][0]["Name"].as<std::string>() == "Trigger");
    CHECK(work["Commands"].size() == 3);
    CHECK(work["EnvironmentVariables"].size() == 8);
    CHECK(stages_of(commands)[1]["Actions"][0]["EnvironmentVariables"].size() == 3);
    CHECK(stages_of(commands)[1]["Actions"][2]["ActionTypeId"]["Category"].as<std::string>() == "Approval");
    CHECK_FALSE(commands.yaml()["Resources"]["StepFunction"]);
    options.mock = backends::MockKind::approval;
    const Built people = build("codepipeline", map, options);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(stages_of(people)[1]["Actions"][i]["ActionTypeId"]["Category"].as<std::string>() == "Approval");
    CHECK(stages_of(people)[1]["Actions"][0]["Configuration"]["CustomData"].as<std::string>() ==
          "Wait 1h before: a. Approve when it is over");
    CHECK_FALSE(people.yaml()["Parameters"]["SecondsPerDay"]);
    CHECK_FALSE(people.yaml()["Resources"]["Pipeline"]["Properties"]["Variables"]);
}

TEST_CASE("with --waits merge a wait is told with the step it leads to") {
    backends::BackendOptions options;
    options.waits = backends::Waits::merge;
    const Built built = build("codepipeline", R"(stream s { demand: 10/w
        queue 20 "Ready" wait 1h "Board" step a { process: 1h, wait: 2h }
        parallel { branch { wait 1h step b { process: 1h, wait: 0s } wait 3h "Cool down" } step c { process: 1h, wait: ? } } })",
                              options);
    CHECK(layout(built) ==
          Lines{"Source: 1 Trigger", "a: 1 a_PT1h_WT10d3h 2 b_PT1h_WT1h 2 c_PT1h_WTunknown 3 Wait-Cool-down_WT3h"});
    CHECK(
        stages_of(built)[1]["Actions"][0]["Configuration"]["UserParameters"].as<std::string>() ==
        R"({ "days": 10.5, "text": "Wait 10d: Ready. queue: 20 items; wait: 10d. Wait 1h: Board. wait: 1h. a. process time: 1h; wait before: 2h" })");
}

TEST_CASE("an approval says for whom, why and how long it usually takes, and calls no function") {
    const Built built = build("codepipeline", R"(stream s { step board "Change board" {
        team: cab, kind: approval, process: 15min, lead: 5d, link: "https://example.com/board" note "Meets on Tuesdays" } })");
    const YAML::Node action = stages_of(built)[1]["Actions"][1];
    CHECK(action["Configuration"]["CustomData"].as<std::string>() ==
          "Change board (approved by cab). process time: 15min; wait before: 5d; team: cab; kind: approval; link: "
          "https://example.com/board; "
          "note: Meets on Tuesdays");
    CHECK(action["Configuration"]["ExternalEntityLink"].as<std::string>() == "https://example.com/board");
    CHECK_FALSE(action["Configuration"]["FunctionName"].IsDefined());
}

TEST_CASE("the function gets working days and the text that people read") {
    const Built built =
        build("codepipeline", R"(stream s { calendar: 10h/d 5d/w step a "A \"b\"" { process: 5h, wait: ? } })");
    CHECK(stages_of(built)[1]["Actions"][0]["Configuration"]["UserParameters"].as<std::string>() ==
          R"({ "days": 0.5, "text": "A \"b\". process time: 5h; wait before: ?" })");
    backends::BackendOptions options;
    options.time_scale.mock_per_working_day = {2'500'000};
    const Built slow = build("codepipeline", "stream s { step a { process: 5h, wait: 1h } }", options);
    CHECK(slow.yaml()["Parameters"]["SecondsPerDay"]["Default"].as<std::string>() == "2.5");
}

TEST_CASE("a text that is too long is cut between characters and said to be") {
    const std::string note = std::string(2000, '"') + "😀";
    const Built built =
        build("codepipeline", fmt::format("stream s {{ step a {{ process: 1h, wait: 0s note {} }} }}", quoted(note)));
    CHECK(built.reported() == Lines{"shortened-text"});
    const std::string parameters =
        stages_of(built)[1]["Actions"][0]["Configuration"]["UserParameters"].as<std::string>();
    CHECK(parameters.size() <= 1000 + 2);  // the ellipsis is one character of three bytes
    CHECK(parameters.size() > 990);
    CHECK(parameters.ends_with("\\\"…\" }"));
}

}  // namespace
