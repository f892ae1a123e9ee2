// The GitHub output: jobs and their needs, chosen branches, triggers, approvals, limits, and that texts of a map remain
// text.
#include <fmt/format.h>

#include <set>

#include "backends/github/github_scripts.h"
#include "tests/unit/backends/workflow_jobs.h"

namespace {

using namespace vsm;
using namespace vsm::tests;

TEST_CASE("steps are jobs, each needing the one before") {
    const Built built = build("github", R"(stream s { trigger: "Change pushed"
        step review "Code review" { process: 30min, wait: 1d, ca: 85% }
        step build { process: 1h, wait: ? } })");
    CHECK(built.reported() == Lines{});
    CHECK(jobs(built) == Lines{"start", "review <start", "build <review", "figures <build if always()"});
    const YAML::Node root = built.yaml();
    CHECK(root["jobs"]["start"]["name"].as<std::string>() == "Start · Change pushed");
    CHECK(root["jobs"]["review"]["name"].as<std::string>() == "Code review · 30min · wait 1d · C&A 85%");
    CHECK(root["jobs"]["build"]["name"].as<std::string>() == "build · 1h · wait ?");
    CHECK(step_names(built, "review") == Lines{"Wait 1d before: Code review", "Code review"});
    CHECK(step_names(built, "build") == Lines{"build"});
    CHECK(root["jobs"]["review"]["steps"][0]["env"]["DAYS"].as<double>() == doctest::Approx(1));
    CHECK(root["jobs"]["review"]["steps"][1]["env"]["DAYS"].as<double>() == doctest::Approx(0.0625));
    CHECK(root["jobs"]["build"]["steps"][0]["env"]["TEXT"].as<std::string>() ==
          "build. process time: 1h; wait before: ?");
    CHECK(root["permissions"].size() == 0);
    CHECK(root["on"].size() == 1);
}

TEST_CASE("what is parallel in the map is parallel in the run") {
    CHECK(jobs(R"(timings: unknown step a parallel { step b branch { step c step d } branch {} } step e)") ==
          Lines{"start", "a <start", "b <a", "c <a", "d <c", "e <b <d", "figures <e if always()"});
    CHECK(jobs(R"(timings: unknown parallel { step a step b } parallel { step c step d })") ==
          Lines{"start", "a <start", "b <start", "c <a <b", "d <a <b", "figures <c <d if always()"});
}

TEST_CASE("needs that others imply are left out") {
    CHECK(jobs(R"(timings: unknown step a step b step c { after: [a, b] } step d { after: [a, c] })") ==
          Lines{"start", "a <start", "b <a", "c <b", "d <c", "figures <d if always()"});
    CHECK(
        jobs(
            R"(timings: unknown step a parallel p { branch {} branch {} } step b { after: a } step c { after: [p, b] })") ==
        Lines{"start", "a <start", "b <a", "c <b", "figures <c if always()"});
    CHECK(jobs(R"(timings: unknown step a step b { after: start } step c { after: [a, b] } step d { after: b })") ==
          Lines{"start", "a <start", "b <start", "c <a <b", "d <b", "figures <c <d if always()"});
}

TEST_CASE("a wait is the first step of the job that follows it") {
    const Built built =
        build("github", R"(stream s { demand: 10/w step a { process: 1h, wait: 0s } wait 2d "Board" queue 20
        stage x { step b { process: 1h, wait: 1h } } })");
    CHECK(jobs(built) == Lines{"start", "a <start", "b <a", "figures <b if always()"});
    CHECK(step_names(built, "b") == Lines{"Wait 2d: Board", "Wait 10d", "Wait 1h before: b", "b"});
}

TEST_CASE("a wait that no job follows at once is a job of its own") {
    CHECK(jobs(R"(step a { process: 1h, wait: 0s } wait after_it 2d)") ==
          Lines{"start", "a <start", "after_it <a", "figures <after_it if always()"});
    CHECK(
        jobs(
            R"(step a { process: 1h, wait: 0s } wait w 2d parallel { step b { process: 1h, wait: 0s } step c { process: 1h, wait: 0s } })") ==
        Lines{"start", "a <start", "w <a", "b <w", "c <w", "figures <b <c if always()"});
    CHECK(
        jobs(
            R"(parallel { branch { step a { process: 1h, wait: 0s } wait 2d } step b { process: 1h, wait: 0s } } step c { process: 1h, wait: 0s })") ==
        Lines{"start", "a <start", "wait-1 <a", "b <start", "c <wait-1 <b", "figures <c if always()"});
    CHECK(
        jobs(
            R"(step a { process: 1h, wait: 0s } wait w 2d step b { process: 1h, wait: 0s } step c { process: 1h, wait: 0s, after: [w, a] })") ==
        Lines{"start", "a <start", "w <a", "b <w", "c <w", "figures <b <c if always()"});
}

TEST_CASE("one branch of a choose runs, the usual one unless another is asked for") {
    const Built built = build("github", R"(stream s { timings: unknown step a
        choose route "Route" { branch 30% standard "Standard" { step b } branch 70% normal "Normal" { step c step d } }
        step e step f })");
    CHECK(built.reported() == Lines{});
    CHECK(jobs(built) == Lines{"start", "a <start", "b <a if inputs.route == 'standard'",
                               "c <a if inputs.route == 'normal'",
                               "d <c if inputs.route == 'normal' && !failure() && !cancelled()",
                               "e <b <d if !failure() && !cancelled()", "f <e if !failure() && !cancelled()",
                               "figures <f if always()"});
    const YAML::Node input = built.yaml()["on"]["workflow_dispatch"]["inputs"]["route"];
    CHECK(input["type"].as<std::string>() == "choice");
    CHECK(input["options"][0].as<std::string>() == "standard");
    CHECK(input["default"].as<std::string>() == "normal");
    CHECK(input["description"].as<std::string>() == "Branch to take at route: standard 30%, normal 70%");
}

TEST_CASE("a choose within a branch runs only if that branch does, and a branch may be empty") {
    CHECK(jobs(R"(timings: unknown step a
        choose { branch 50% { choose inner { branch 10% x { step b } branch y {} } } branch { step c } } step d)") ==
          Lines{"start", "a <start", "b <a if inputs.choose-1 == 'branch-1' && inputs.inner == 'x'",
                "c <a if inputs.choose-1 == 'branch-2'", "d <b <c if !failure() && !cancelled()",
                "figures <d if always()"});
}

TEST_CASE("from the 25th choose on all branches run, and that is said") {
    std::string map = "stream s { timings: unknown step a";
    for (int i = 0; i < 25; ++i)
        map += fmt::format(" choose k{} {{ branch 50% {{ step x{} }} branch {{ step y{} }} }}", i, i, i);
    const Built built = build("github", map + "}");
    CHECK(built.reported() == Lines{"not-carried"});
    CHECK(built.yaml()["on"]["workflow_dispatch"]["inputs"].size() == 25);
}

TEST_CASE("job ids never collide with ours") {
    CHECK(jobs("timings: unknown step figures step Figures2 step wait") ==
          Lines{"start", "figures <start", "Figures2 <figures", "wait <Figures2", "figures-2 <wait if always()"});
}

TEST_CASE("the summary shows the map and the figures") {
    const Built built = build("github", R"(stream s "The stream" {
        stage x "Stage" { step a "A | b" { team: dev, process: 1h, wait: 3h, ca: 90% } } wait 1d "Board" })");
    const YAML::Node all = built.yaml()["jobs"];
    const std::string map = all["start"]["steps"][1]["env"]["MARKDOWN"].as<std::string>();
    CHECK(map.find("## The stream\n") == 0);
    CHECK(map.find("\n```mermaid\n") != std::string::npos);
    CHECK(map.find("flowchart TD\n") != std::string::npos);
    const std::string figures = all["figures"]["steps"][0]["env"]["MARKDOWN"].as<std::string>();
    CHECK(figures.find("- lead time: **1d4h**\n") != std::string::npos);
    CHECK(figures.find("| A \\| b | manual | Stage | dev | 1h | 3h | 4h | 90% | |\n") != std::string::npos);
    CHECK(figures.find("| Board | wait | | | | 1d | 1d | | |\n") != std::string::npos);
}

TEST_CASE("what starts a workflow besides a person has no inputs: they fall back to what they usually are") {
    const auto with = [](std::vector<std::string> events) {
        backends::BackendOptions options;
        options.events = std::move(events);
        options.time_scale.mock_per_working_day = Duration{0};
        return build("github", R"(stream s { timings: unknown step a { rework 10% to a }
            choose route { branch 30% slow { step b } branch 70% fast { step c } } })",
                     options);
    };
    const Built built = with({"push", "release"});
    const YAML::Node root = built.yaml();
    CHECK(root["on"].size() == 3);
    CHECK(root["on"]["push"].IsNull());
    CHECK(root["on"]["release"]["types"].as<Lines>() == Lines{"published"});
    CHECK(root["env"]["SECONDS_PER_DAY"].as<std::string>() == "${{ inputs.seconds_per_day || '0' }}");
    CHECK(jobs(built) == Lines{"start", "a <start", "rework-a-to-a <a if (inputs.defect || 'none') == 'a-to-a'",
                               "b <rework-a-to-a if (inputs.route || 'fast') == 'slow' && !failure() && !cancelled()",
                               "c <rework-a-to-a if (inputs.route || 'fast') == 'fast' && !failure() && !cancelled()",
                               "figures <b <c if always()"});
    CHECK(root["jobs"]["start"]["steps"].size() == 2);
    CHECK(built.files[0].content.find("# It also starts at push, release, with the defaults of its inputs.\n") !=
          std::string::npos);

    const Built called = with({"workflow_call"});
    const YAML::Node inputs = called.yaml()["on"]["workflow_call"]["inputs"];
    CHECK(inputs.size() == 3);
    for (const auto& input : inputs) CHECK(input.second["type"].as<std::string>() == "string");
    CHECK(inputs["route"]["default"].as<std::string>() == "fast");
    CHECK(step_names(called, "start") == Lines{"Check the time scale", "Check the input defect",
                                               "Check the input route", "Show the map in the summary"});
    const YAML::Node check = called.yaml()["jobs"]["start"]["steps"][2]["env"];
    CHECK(check["WORD"].as<std::string>() == "${{ inputs.route || 'fast' }}");
    CHECK(check["WORDS"].as<std::string>() == "slow fast");
}

TEST_CASE("every job runs where it is told to") {
    const auto runner = [](std::vector<std::string> labels) {
        backends::BackendOptions options;
        options.runner = std::move(labels);
        return build("github", "stream s { step a { process: 1h, wait: 0s, rework 10% to a } }", options);
    };
    const Built one = runner({"${{ github.event.issue.title }}"});
    for (const auto& job : one.yaml()["jobs"])
        CHECK(job.second["runs-on"].as<std::string>() == "${{ '${{' }} github.event.issue.title }}");
    const Built several = runner({"self-hosted", "no"});
    CHECK(several.yaml()["jobs"].size() == 4);
    for (const auto& job : several.yaml()["jobs"])
        CHECK(job.second["runs-on"].as<Lines>() == Lines{"self-hosted", "no"});
}

TEST_CASE("approvals wait for the reviewers of an environment where that is asked for") {
    constexpr std::string_view map = R"(team cab "Board" {} stream s {
        step a "Ask\nthem" { kind: approval, team: cab, process: 1h, wait: 0s }
        step b { process: 1h, wait: 0s, rework 10% to a } step Production { kind: approval, process: 1h, wait: 0s } })";
    const Built plain = build("github", map);
    CHECK(plain.files[0].content.find("environment") == std::string::npos);
    CHECK(plain.yaml()["jobs"]["a"]["steps"][0]["name"].as<std::string>() == "Ask them (approved by Board)");
    backends::BackendOptions options;
    options.environments = true;
    const Built built = build("github", map, options);
    const YAML::Node all = built.yaml()["jobs"];
    CHECK(all["a"]["environment"].as<std::string>() == "vsm-mock-a");
    CHECK(all["Production"]["environment"].as<std::string>() == "vsm-mock-Production");
    CHECK(!all["b"]["environment"].IsDefined());
    CHECK(built.files[0].content.find(
              "\n# - vsm-mock-a: Ask\\u{A}them, by Board\n# - vsm-mock-Production: Production\n") != std::string::npos);
    CHECK(built.reported() == Lines{"not-carried"});
    CHECK(built.diagnostics.all()[0].message ==
          "output `github` does not show that `a` is approved again after the rework of `b`");
    CHECK(built.files[0].next_steps.size() == 3);
}

TEST_CASE("reviewers are asked when all waiting before the approval is over") {
    backends::BackendOptions options;
    options.environments = true;
    constexpr std::string_view map = R"(stream s { demand: 5/d step a { process: 1h, wait: 1h }
        queue 5 "Before the board" wait 2d "Board date" step b "Approve" { kind: approval, process: 1h, wait: 5d, rework 10% to a }
        wait 1d step c { kind: approval, process: 1h, wait: 0s } step d { kind: approval, process: 1h, wait: ? }
        choose e { branch 60% x { step f { kind: approval, process: 1h, wait: 1h } } branch y {} } })";
    const Built built = build("github", map, options);
    CHECK(jobs(built) ==
          Lines{"start", "a <start", "wait-before-b <a", "b <wait-before-b",
                "rework-b-to-a <b if inputs.defect == 'b-to-a'", "wait-2 <rework-b-to-a if !failure() && !cancelled()",
                "c <wait-2 if !failure() && !cancelled()", "d <c if !failure() && !cancelled()",
                "wait-before-f <d if inputs.e == 'x' && !failure() && !cancelled()",
                "f <wait-before-f if inputs.e == 'x' && !failure() && !cancelled()", "figures <f if always()"});
    CHECK(step_names(built, "wait-before-b") ==
          Lines{"Wait 1d: Before the board", "Wait 2d: Board date", "Wait 5d before: Approve"});
    CHECK(step_names(built, "b") == Lines{"Approve (the map does not say who approves)"});
    const YAML::Node all = built.yaml()["jobs"];
    CHECK(all["wait-before-b"]["name"].as<std::string>() ==
          "Wait 1d · Before the board, Wait 2d · Board date, Wait 5d · Approve");
    CHECK(all["b"]["name"].as<std::string>() == "Approve · approval · 1h");
    CHECK(!all["wait-before-b"]["environment"].IsDefined());
    CHECK(step_names(built, "rework-b-to-a").size() == 6);
    const Built plain = build("github", map);
    CHECK(step_names(plain, "b").size() == 4);
    CHECK(plain.yaml()["jobs"]["b"]["name"].as<std::string>() == "Approve · approval · 1h · wait 5d");
}

TEST_CASE("a time scale of a microsecond is a number that the workflow takes") {
    backends::BackendOptions options;
    const auto seconds = [&](std::int64_t microseconds) {
        options.time_scale.mock_per_working_day = Duration{microseconds};
        return build("github", "stream s { step a { process: 1h, wait: 0s } }", options)
            .yaml()["on"]["workflow_dispatch"]["inputs"]["seconds_per_day"]["default"]
            .as<std::string>();
    };
    CHECK(seconds(0) == "0");
    CHECK(seconds(1) == "0.000001");
    CHECK(seconds(100'000) == "0.1");
    CHECK(seconds(20'000'000) == "20");
    CHECK(seconds(86'400'000'000) == "86400");
}

TEST_CASE("the map in the summary is the flowchart, whatever diagram is asked for beside it") {
    backends::BackendOptions options;
    options.diagram = backends::Diagram::gantt;
    constexpr std::string_view map = "stream s { step a { process: 1h, wait: 0s } }";
    CHECK(build("github", map, options).files[0].content == build("github", map).files[0].content);
}

TEST_CASE("a workflow that GitHub would refuse for its size is an error") {
    const auto map = [](int count) {
        std::string text = "stream s { timings: unknown";
        for (int i = 0; i < count; ++i) text += fmt::format(" step s{}", i);
        return text + " }";
    };
    CHECK(build("github", map(100)).reported() == Lines{});
    const Built fits = build("github", map(600));
    CHECK(fits.reported() == Lines{"not-carried"});
    CHECK(fits.files[0].content.find("too large to draw") != std::string::npos);
    CHECK(fits.files[0].content.size() < 500'000);
    CHECK(build("github", map(1900)).reported() == Lines{"not-carried", "over-target-limit"});
    CHECK(build("github", map(2001)).reported() == Lines{"over-target-limit"});
    CHECK(build("github", map(2001)).files.empty());
}

TEST_CASE("no text of a map reaches a script, an expression or the structure of a workflow") {
    const std::set<std::string> scripts = {backends::github::check_script, backends::github::check_word_script,
                                           backends::github::play_script, backends::github::summary_script};
    backends::BackendOptions options;
    options.events = {"push", "workflow_call"};
    options.environments = true;
    const auto built_with = [&](std::string_view text) { return build("github", map_with(text), options); };
    const auto ids = [](const Built& built) { return jobs(built); };
    const Lines expected = ids(built_with("harmless"));
    for (const std::string& hostile : hostile_texts) {
        CAPTURE(hostile);
        const Built built = built_with(hostile);
        CHECK(ids(built) == expected);
        const YAML::Node root = built.yaml();
        CHECK(root.size() == 6);
        CHECK(root["name"].as<std::string>().find("${{") == std::string::npos);
        for (const auto& job : root["jobs"]) {
            for (const YAML::Node& step : job.second["steps"]) {
                CHECK(scripts.contains(step["run"].as<std::string>()));
                for (const auto& variable : step["env"]) {
                    const std::string value = variable.second.as<std::string>();
                    CHECK(value.find("##[") == std::string::npos);
                    if (variable.first.as<std::string>() == "TEXT") CHECK(value.find('\n') == std::string::npos);
                }
            }
        }
        // all evaluated expressions are ours
        std::string content = built.files[0].content;
        for (const std::string own : {"${{ '${{' }}", "${{ inputs.seconds_per_day || '1' }}", "${{ inputs.k || 'k1' }}",
                                      "${{ inputs.defect || 'none' }}"})
            for (std::size_t at = content.find(own); at != std::string::npos; at = content.find(own))
                content.erase(at, own.size());
        const std::size_t body = content.find("\nname:");
        CHECK(content.find("${{", body) == std::string::npos);
    }
}

}  // namespace
