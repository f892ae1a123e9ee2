#include <fmt/format.h>

#include <set>

#include "backends/github/scripts.h"
#include "tests/unit/backends/build.h"

namespace {

using namespace vsm;
using namespace vsm::tests;
using Lines = std::vector<std::string>;

/// `job <- needs: steps` for each job but the first and the last two's fixed parts.
Lines jobs(const Built& built) {
    Lines lines;
    for (const auto& job : built.yaml()["jobs"]) {
        std::string line = job.first.as<std::string>();
        for (const YAML::Node& need : job.second["needs"]) line += " <" + need.as<std::string>();
        if (job.second["if"].IsDefined()) line += " if " + job.second["if"].as<std::string>();
        lines.push_back(line);
    }
    return lines;
}

Lines jobs(std::string_view body) { return jobs(build("github", fmt::format("stream s {{ demand: 10/w {} }}", body))); }

Lines step_names(const Built& built, const std::string& job) {
    Lines names;
    for (const YAML::Node& step : built.yaml()["jobs"][job]["steps"]) names.push_back(step["name"].as<std::string>());
    return names;
}

TEST_CASE("steps are jobs, each needing the one before") {
    const Built built = build("github", R"(stream s { trigger: "Change pushed"
        step review "Code review" { process: 30min, wait: 1d, ca: 85% }
        step build { process: 1h, wait: ? } })");
    CHECK(built.reported() == Lines{});
    CHECK(jobs(built) == Lines{"start", "review <start", "build <review", "figures <build if always()"});
    const YAML::Node root = built.yaml();
    CHECK(root["jobs"]["start"]["name"].as<std::string>() == "Start: Change pushed");
    CHECK(root["jobs"]["review"]["name"].as<std::string>() == "Code review · 30min · wait 1d · C&A 85%");
    CHECK(root["jobs"]["build"]["name"].as<std::string>() == "build · 1h");
    CHECK(step_names(built, "review") == Lines{"Wait 1d before: Code review", "Code review"});
    CHECK(step_names(built, "build") == Lines{"build"});
    CHECK(root["jobs"]["review"]["steps"][0]["env"]["DAYS"].as<double>() == doctest::Approx(1));
    CHECK(root["jobs"]["review"]["steps"][1]["env"]["DAYS"].as<double>() == doctest::Approx(0.0625));
    CHECK(root["jobs"]["build"]["steps"][0]["env"]["TEXT"].as<std::string>() ==
          "build. process time: 1h; wait before: unknown");
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
    CHECK(input["description"].as<std::string>() == "Way to take at route: standard 30%, normal 70%");
}

TEST_CASE("a choose within a branch runs only if that branch does, and a branch may be empty") {
    CHECK(jobs(R"(timings: unknown step a
        choose { branch 50% { choose inner { branch 10% x { step b } branch y {} } } branch { step c } } step d)") ==
          Lines{"start", "a <start", "b <a if inputs.choose-1 == 'branch-1' && inputs.inner == 'x'",
                "c <a if inputs.choose-1 == 'branch-2'", "d <b <c if !failure() && !cancelled()",
                "figures <d if always()"});
}

TEST_CASE("from the tenth choose on all branches run, and that is said") {
    std::string map = "stream s { timings: unknown step a";
    for (int i = 0; i < 10; ++i)
        map += fmt::format(" choose k{} {{ branch 50% {{ step x{} }} branch {{ step y{} }} }}", i, i, i);
    const Built built = build("github", map + "}");
    CHECK(built.reported() == Lines{"not-carried"});
    CHECK(built.yaml()["on"]["workflow_dispatch"]["inputs"].size() == 10);
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

TEST_CASE("rework is said at its place") {
    const Built built = build("github", "stream s { step a { process: 1h, wait: 0s, rework 10% to a } }");
    CHECK(built.reported() == Lines{"not-carried"});
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
    CHECK(fits.files[0].content.find("too large to be drawn") != std::string::npos);
    CHECK(fits.files[0].content.size() < 500'000);
    CHECK(build("github", map(1900)).reported() == Lines{"not-carried", "over-target-limit"});
    CHECK(build("github", map(2001)).reported() == Lines{"over-target-limit"});
    CHECK(build("github", map(2001)).files.empty());
}

TEST_CASE("no text of a map reaches a script, an expression or the structure of a workflow") {
    const std::set<std::string> scripts = {backends::github::check_script, backends::github::play_script,
                                           backends::github::summary_script};
    const auto ids = [](const Built& built) { return jobs(built); };
    const Lines expected = ids(build("github", map_with("harmless")));
    for (const std::string& hostile : hostile_texts) {
        CAPTURE(hostile);
        const Built built = build("github", map_with(hostile));
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
        // whatever is evaluated gives three characters and nothing else
        std::string content = built.files[0].content;
        for (const std::string own : {"${{ '${{' }}", "${{ inputs.seconds_per_day }}"})
            for (std::size_t at = content.find(own); at != std::string::npos; at = content.find(own))
                content.erase(at, own.size());
        const std::size_t body = content.find("\nname:");
        CHECK(content.find("${{", body) == std::string::npos);
    }
}

}  // namespace
