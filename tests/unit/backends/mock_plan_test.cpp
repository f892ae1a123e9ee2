// The plan of a mock pipeline: jobs, needs, questions and texts, before any console writes them.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "backends/mock/mock_plan.h"
#include "tests/unit/backends/build.h"

namespace vsm::tests {
namespace {

using namespace backends::mock;
using Lines = std::vector<std::string>;

Plan plan(std::string_view body, const PassLimits& limits = {}) {
    const auto model = compile_text(fmt::format("stream s {{ {} }}", body));
    REQUIRE(model.has_value());
    const backends::BackendOptions options;
    const backends::BackendInput input{*model, ir::StreamId{0}, options};
    return plan_of(input, input.figures(input.stream_id), limits);
}

/// `name <need <need if question=word` for each job.
Lines jobs(const Plan& plan) {
    Lines lines;
    for (const MockJob& job : plan.jobs) {
        lines.push_back(job.name);
        for (const std::size_t need : job.needs) lines.back() += fmt::format(" <{}", need);
        for (const auto& [question, answer] : job.conditions)
            lines.back() +=
                fmt::format(" if {}={}", plan.questions[question].name, plan.questions[question].words[answer]);
    }
    return lines;
}

constexpr std::string_view branching = R"(trigger: "Order"
    step a "Pick" { process: 1h, wait: 2h, ca: 90% }
    choose way { branch 30% x { wait 1d "Truck" } branch y {} }
    step b { process: ?, wait: 1h, kind: approval, team: cab, rework 10% to a })";

TEST_CASE("a plan has a job for each pause, step and second pass, and says what each waits for") {
    Plan made = plan(branching);
    CHECK(jobs(made) == Lines{"Start · Order", "Wait 2h · Pick <0", "Pick · 1h · C&A 90% <1",
                              "Wait 1d · Truck <2 if way=x", "Wait 1h · b <2 <3", "b · approval · process ? <4",
                              "Rework 10% · back to Pick <5 if defect=b-to-a", "Figures <5 <6"});
    CHECK(made.jobs[5].approval);
    CHECK(made.questions[1].description == "Branch to take at way: x 30%, y 70%");
    CHECK(made.questions[1].usual == 1);
    Lines again;
    for (const MockStep& step : made.jobs[6].steps)
        again.push_back(step.text + (step.conditions.empty() ? "" : " if chosen"));
    CHECK(again == Lines{"Again: Wait 2h before: Pick", "Again: Pick. process time: 1h; wait before: 2h",
                         "Again: Wait 1d: Truck if chosen", "Again: Wait 1h before: b",
                         "Again: b (approved by cab). process time: ?; wait before: 1h"});

    Plan absent = made;
    reduce_needs(absent, Skipped::absent);
    CHECK(absent.jobs[4].needs == std::vector<std::size_t>{2, 3});
    CHECK(absent.jobs[7].needs == std::vector<std::size_t>{5, 6});
    reduce_needs(made, Skipped::ended);
    CHECK(made.jobs[4].needs == std::vector<std::size_t>{3});
    CHECK(made.jobs[7].needs == std::vector<std::size_t>{6});
}

TEST_CASE("a second pass that exceeds a limit is left out, and the plan says why") {
    const Plan none = plan(branching, {.passes = 0});
    CHECK(jobs(none).size() == 7);
    CHECK_FALSE(none.questions.front().is_asked());
    REQUIRE(none.missing.size() == 1);
    CHECK(none.missing[0].excess == OmittedPass::Excess::passes);
    const Plan few_steps = plan(branching, {.steps = 4});
    REQUIRE(few_steps.missing.size() == 1);
    CHECK(few_steps.missing[0].excess == OmittedPass::Excess::steps);
    const Plan few_elements = plan(branching, {.elements = 2});
    REQUIRE(few_elements.missing.size() == 1);
    CHECK(few_elements.missing[0].excess == OmittedPass::Excess::elements);
    CHECK(few_elements.missing[0].elements == 3);
    CHECK(plan(branching, {.passes = 1, .steps = 5, .elements = 3}).missing.empty());
}

TEST_CASE("a second pass that is too long is counted as exactly as one that is listed") {
    // what lies on a way from a to z, and the stage as a whole, but not the steps beside it
    constexpr std::string_view body = R"(step a { process: 1h, wait: 0s } step b { process: 1h, wait: 0s, after: a }
        step beside { process: 1h, wait: 0s, after: a }
        stage d { after: b step e { process: 1h, wait: 0s } parallel { branch { wait 1h } branch { wait 2h } } }
        step late { process: 1h, wait: 0s, after: [b, beside] }
        step z { process: 1h, wait: 0s, after: [b, d], rework 5% to a })";
    const Plan listed = plan(body);
    REQUIRE(listed.missing.empty());
    const auto again = std::find_if(listed.jobs.begin(), listed.jobs.end(),
                                    [](const MockJob& job) { return job.kind == MockJob::Kind::rework; });
    REQUIRE(again != listed.jobs.end());
    CHECK(again->steps.size() == 6);
    for (const std::size_t few : {0, 1, 3, 5}) {
        const Plan counted = plan(body, {.elements = few});
        REQUIRE(counted.missing.size() == 1);
        CHECK(counted.missing[0].elements == 6);
    }
    CHECK(plan(body, {.elements = 6}).missing.empty());
}

TEST_CASE("a name that is too long keeps its figures") {
    const Plan made = plan(fmt::format(R"(step a "{}" {{ process: 1h, wait: ?, ca: ? }})", std::string(300, 'x')));
    CHECK(made.jobs[1].name.starts_with("xxxx"));
    CHECK(made.jobs[1].name.ends_with("x… · 1h · wait ? · C&A ?"));
}

TEST_CASE("GitHub and GitLab give the same job the same name") {
    constexpr std::string_view map = R"(stream s { trigger: "Order"
        step a "Pick" { process: 1h, wait: 0s, ca: 90%, rework 15% to a, rework 2% once { process: 1h, wait: 0s } }
        parallel { branch { step b { lead: 2d, process: ? } wait 1d "Cool" } branch { step c { process: ?, wait: ? } wait ? } }
        step d { process: 1h, wait: ?, kind: approval } wait 2d "Truck" })";
    Lines github, gitlab;
    for (const auto& job : build("github", map).yaml()["jobs"]) github.push_back(job.second["name"].as<std::string>());
    for (const auto& job : build("gitlab", map).yaml()) {
        const auto name = job.first.as<std::string>();
        if (job.second["stage"]) gitlab.push_back(name.substr(name.find(' ') + 1));
    }
    CHECK(github == Lines{"Start · Order", "Pick · 1h · C&A 90%", "Rework 15% · back to Pick",
                          "Rework 2%, once · repair at Pick", "b · lead 2d · process ? · wait ?", "Wait 1d · Cool",
                          "c · times ?", "Wait ?", "d · approval · 1h · wait ?", "Wait 2d · Truck", "Figures"});
    CHECK(github == gitlab);
}

}  // namespace
}  // namespace vsm::tests
