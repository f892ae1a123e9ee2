// The GitLab output: jobs, their needs and delays, and that texts of a map remain text.
#include <doctest/doctest.h>

#include <set>

#include "backends/gitlab/gitlab_text.h"
#include "backends/support/facts.h"
#include "tests/unit/backends/build.h"

namespace vsm::tests {
namespace {

using backends::gitlab::GitlabSink;

backends::BackendOptions scaled(std::int64_t microseconds_a_day) {
    backends::BackendOptions options;
    options.time_scale.mock_per_working_day = {microseconds_a_day};
    return options;
}

struct Pipeline {
    explicit Pipeline(std::string_view map, const backends::BackendOptions& options = {})
        : built(build("gitlab", map, options)), yaml(built.yaml()) {
        CHECK(built.files.front().suffix == ".gitlab-ci.yml");
    }

    /// The job whose name has this ending.
    YAML::Node job(std::string_view ending) const {
        for (const auto& member : yaml)
            if (member.first.as<std::string>().ends_with(ending)) return member.second;
        FAIL("no job " << ending);
        return {};
    }
    /// `a b?`: the numbers of the jobs it needs, optional ones with `?`.
    std::string needs(std::string_view ending) const {
        std::string text;
        for (const auto& need : job(ending)["needs"]) {
            const bool optional = need.IsMap();
            const auto name = optional ? need["job"].as<std::string>() : need.as<std::string>();
            if (optional) CHECK(need["optional"].as<bool>());
            text += (text.empty() ? "" : " ") + name.substr(0, name.find(' ')) + (optional ? "?" : "");
        }
        return text;
    }
    std::string rule(std::string_view ending) const { return job(ending)["rules"][0]["if"].as<std::string>(); }
    std::string plays(std::string_view ending) const { return job(ending)["variables"]["PLAYS"].as<std::string>(); }

    Built built;
    YAML::Node yaml;
};

TEST_CASE("a job for each wait and each step, in the stages and the order of the map, from start to figures") {
    const Pipeline pipeline(R"(
stream s "Small" {
  trigger: "Order", outcome: "Faster"
  step a "Pick" { team: store, process: 2h, lead: 1d, ca: 90% }
  stage t "Send" { step b { process: 4h, wait: 0min } wait w 2d "Ship" }
})");
    std::vector<std::string> names;
    for (const auto& member : pipeline.yaml) names.push_back(member.first.as<std::string>());
    CHECK(names == std::vector<std::string>{"workflow", "stages", "variables", "default", ".play", "1 Start · Order",
                                            "2 Wait 6h · Pick", "3 Pick · 2h · C&A 90%", "4 b · 4h", "5 Wait 2d · Ship",
                                            "6 Figures"});
    CHECK(pipeline.yaml["stages"].as<std::vector<std::string>>() ==
          std::vector<std::string>{"1 Start", "2 Pick", "3 Send", "4 Figures"});
    CHECK(pipeline.job("b · 4h")["stage"].as<std::string>() == "3 Send");
    CHECK(pipeline.needs("Order").empty());
    CHECK(pipeline.needs("Wait 6h · Pick") == "1");
    CHECK(pipeline.needs("90%") == "2");
    CHECK(pipeline.needs("Figures") == "5");
    CHECK(pipeline.plays("Order") ==
          "0 - Small\n0 - outcome: Faster\n0 - trigger: Order\n0 - working time: 8h/d 5d/w\n");
    CHECK(pipeline.plays("90%") == "0.25 - Pick. process time: 2h; wait before: 6h; %C&A: 90%; team: store\n");
    CHECK(pipeline.plays("Figures").find("0 - lead time: 3d4h\n0 - process time: 6h\n") != std::string::npos);
    CHECK(pipeline.job("Figures")["variables"]["METRICS"].as<std::string>().find(
              "vsm_lead_time_seconds{stream=\"s\"} 100800\n") != std::string::npos);
    CHECK(pipeline.built.reported().empty());
}

TEST_CASE("waits are delayed on the clock of the mock: at least a second, at most sixty, and not at all without one") {
    const std::string_view map =
        "stream s { wait a 3d wait b 1h wait c 1000d wait d ? step e { process: 3d, wait: 2d } }";
    const Pipeline pipeline(map);
    const auto delay = [](const Pipeline& from, std::string_view job) {
        const YAML::Node found = from.job(job);
        return found["when"] ? found["when"].as<std::string>() + " " + found["start_in"].as<std::string>() : "at once";
    };
    CHECK(delay(pipeline, "Wait 3d · a") == "delayed 3 seconds");
    CHECK(delay(pipeline, "Wait 1h · b") == "delayed 1 second");
    CHECK(delay(pipeline, "Wait 1000d · c") == "delayed 60 seconds");
    CHECK(delay(pipeline, "Wait ? · d") == "at once");
    CHECK(delay(pipeline, "Wait 2d · e") == "delayed 2 seconds");
    CHECK(pipeline.plays(" e · 3d").starts_with("3 - e. "));
    const Pipeline still(map, scaled(0));
    CHECK(delay(still, "Wait 3d · a") == "at once");
    CHECK(delay(still, "Wait 2d · e") == "at once");
    CHECK(still.plays(" e · 3d").starts_with("0 - e. "));
}

TEST_CASE("an approval is done by hand, and what follows waits for it") {
    const Pipeline pipeline(R"(
stream s {
  step a { process: 1h, wait: 0min, kind: approval, team: board }
  choose k { branch 60% x { step b { process: 1h, wait: 0min, kind: approval } } branch y {} }
})");
    const YAML::Node job = pipeline.job(" a · approval · 1h");
    CHECK(job["when"].as<std::string>() == "manual");
    CHECK_FALSE(job["allow_failure"].as<bool>());
    CHECK(pipeline.plays(" a · approval · 1h").starts_with("0.125 - a (approved by board). "));
    const YAML::Node rule = pipeline.job("b · approval · 60% of items · 1h")["rules"][0];
    CHECK(rule["when"].as<std::string>() == "manual");
    CHECK_FALSE(rule["allow_failure"].as<bool>());
}

TEST_CASE("a choose asks for the way; what follows needs what may be there, and what was before where it may not") {
    const Pipeline pipeline(R"(
stream s {
  step a { process: 1h, wait: 0min }
  choose route {
    branch 30% x "Rare" { step b { process: 1h, wait: 0min } choose inner { branch 50% v { step c { process: 1h, wait: 0min } } branch w {} } }
    branch y {}
  }
  step d { process: 1h, wait: 0min }
  choose { branch 50% p { step e { process: 1h, wait: 0min } } branch q { step f { process: 1h, wait: 0min } } }
  step g { process: 1h, wait: 0min }
})");
    const YAML::Node question = pipeline.yaml["variables"]["CHOOSE_ROUTE"];
    CHECK(question["value"].as<std::string>() == "y");
    CHECK(question["options"].as<std::vector<std::string>>() == std::vector<std::string>{"x", "y"});
    CHECK(question["description"].as<std::string>() == "Branch to take at route: x 30%, y 70%");
    CHECK(pipeline.yaml["variables"]["CHOOSE_CHOOSE_1"]["value"].as<std::string>() == "p");
    CHECK(pipeline.rule(" b · 30% of items · 1h") == "$CHOOSE_ROUTE == \"x\"");
    CHECK(pipeline.rule(" c · 15% of items · 1h") == "$CHOOSE_ROUTE == \"x\" && $CHOOSE_INNER == \"v\"");
    CHECK(pipeline.needs(" b · 30% of items · 1h") == "2");
    CHECK(pipeline.needs(" c · 15% of items · 1h") == "3");
    // without b and c, d depends on a alone
    CHECK(pipeline.needs(" d · 1h") == "2 3? 4?");
    CHECK(pipeline.needs(" g · 1h") == "6? 7?");
    const auto rules = pipeline.yaml["workflow"]["rules"];
    CHECK(rules[1]["if"].as<std::string>() == "$CHOOSE_ROUTE !~ /^(x|y)$/");
    CHECK(rules[1]["when"].as<std::string>() == "never");
}

TEST_CASE("needs hold nothing that another need implies") {
    const Pipeline pipeline(R"(
stream s {
  step a { process: 1h, wait: 0min }
  parallel { step b { process: 1h, wait: 0min } branch { step c { process: 1h, wait: 0min } step d { process: 1h, wait: 0min } } branch {} }
  step e { process: 1h, wait: 0min }
  step f { process: 1h, wait: 0min, after: [a, e] }
})");
    CHECK(pipeline.needs(" b · 1h") == "2");
    CHECK(pipeline.needs(" d · 1h") == "4");
    CHECK(pipeline.needs(" e · 1h") == "3 5");
    CHECK(pipeline.needs(" f · 1h") == "6");
}

TEST_CASE("rework is a job that runs when its defect was asked for, and what follows waits for it then") {
    const Pipeline pipeline(R"(
stream s {
  step a { process: 1h, wait: 1d }
  choose k { branch 50% x { step b { process: 2h, wait: 0min } } branch y {} }
  step c { process: 3h, wait: 0min, rework 15% to a, rework 2.5% once { process: 4h, wait: 2h } }
  step d { process: 1h, wait: 0min }
})");
    const YAML::Node question = pipeline.yaml["variables"]["DEFECT"];
    CHECK(question["value"].as<std::string>() == "none");
    CHECK(question["options"].as<std::vector<std::string>>() == std::vector<std::string>{"none", "c-to-a", "c-repair"});
    CHECK(question["description"].as<std::string>() ==
          "Step that finds a defect and sends the item back: c-to-a 15%, c-repair 2.5%");
    const std::string back = "Rework 15% · back to a";
    CHECK(pipeline.rule(back) == "$DEFECT == \"c-to-a\"");
    CHECK(pipeline.needs(back) == "5");
    CHECK(pipeline.plays(back) == "1 - Again: Wait 1d before: a\n"
                                  "0.125 - Again: a. process time: 1h; wait before: 1d\n"
                                  "0.25 CHOOSE_K=x Again: b. process time: 2h; wait before: 0s\n"
                                  "0.375 - Again: c. process time: 3h; wait before: 0s\n");
    const std::string repair = "Rework 2.5%, once · repair at c";
    CHECK(pipeline.plays(repair) == "0.25 - Wait 2h before: Repair at c\n"
                                    "0.5 - Repair at c. process time: 4h; wait before: 2h\n");
    CHECK(pipeline.needs(" d · 1h") == "5 6? 7?");
    CHECK(pipeline.built.reported().empty());
}

TEST_CASE("variables have names that neither GitLab nor a shell has a use for, each its own") {
    const Pipeline pipeline(R"(
stream s {
  choose path { branch 50% x1 { step a { process: 1h, wait: 0min } } branch x2 {} }
  choose a-b { branch 50% y1 {} branch y2 { step b { process: 1h, wait: 0min } } }
  choose a_b { branch 50% z1 {} branch z2 { step c { process: 1h, wait: 0min } } }
})");
    std::set<std::string> names;
    for (const auto& member : pipeline.yaml["variables"]) names.insert(member.first.as<std::string>());
    CHECK(names == std::set<std::string>{"GIT_STRATEGY", "CHOOSE_PATH", "CHOOSE_A_B", "CHOOSE_A_B_2"});
}

TEST_CASE("a push does not start it") {
    const Pipeline pipeline("stream s { step a { process: 1h, lead: 2h } }");
    const YAML::Node rules = pipeline.yaml["workflow"]["rules"];
    REQUIRE(rules.size() == 2);
    CHECK(rules[0]["if"].as<std::string>() ==
          "$CI_PIPELINE_SOURCE == \"push\" || $CI_PIPELINE_SOURCE == \"merge_request_event\"");
    CHECK(rules[0]["when"].as<std::string>() == "never");
    CHECK(rules[1]["when"].as<std::string>() == "always");
}

TEST_CASE("what GitLab takes as a limit is a diagnostic where it is passed") {
    const auto branches = [](int count) {
        std::string map = "stream s { parallel {";
        for (int i = 0; i < count; ++i) map += " step p" + std::to_string(i) + " { process: 1h, wait: 0min }";
        return map + " } step after_all { process: 1h, wait: 0min } }";
    };
    CHECK(build("gitlab", branches(50)).reported().empty());
    const Built too_many = build("gitlab", branches(51));
    CHECK(too_many.files.empty());
    REQUIRE(too_many.reported() == std::vector<std::string>{"over-target-limit"});
    CHECK(too_many.diagnostics.all().front().message ==
          "`after_all` needs 51 jobs, but output `gitlab` allows at most 50");

    std::string chain = "stream s {";
    for (int i = 0; i < 499; ++i) chain += " step s" + std::to_string(i) + " { process: 1h, wait: 0min }";
    const Built long_one = build("gitlab", chain + " }");
    CHECK(long_one.files.size() == 1);
    CHECK(long_one.reported() == std::vector<std::string>{"near-target-limit"});

    const Built wordy =
        build("gitlab", "stream s { step a { process: 1h, wait: 0min, note \"" + std::string(20'000, 'x') + "\" } }");
    CHECK(wordy.files.size() == 1);
    CHECK(wordy.reported() == std::vector<std::string>{"shortened-text"});

    std::string huge = "stream s {";
    for (int i = 0; i < 300; ++i)
        huge +=
            " step s" + std::to_string(i) + " { process: 1h, wait: 0min, note \"" + std::string(9'000, 'x') + "\" }";
    const Built too_large = build("gitlab", huge + " }");
    CHECK(too_large.files.empty());
    CHECK(too_large.reported() == std::vector<std::string>{"over-target-limit"});
}

TEST_CASE("a stage in which nothing happens is not there, and that is said") {
    const Built built =
        build("gitlab",
              R"(stream s { stage e "Empty" { note "x" } stage f { stage g {} step a { process: 1h, wait: 0s } } })");
    REQUIRE(built.reported() == std::vector<std::string>{"not-carried", "not-carried"});
    CHECK(built.diagnostics.all()[0].message == "output `gitlab` does not show stage `e`, in which nothing happens");
    CHECK(built.diagnostics.all()[1].message == "output `gitlab` does not show stage `g`, in which nothing happens");
}

TEST_CASE("names of jobs are numbered, each just once, and no longer than GitLab takes for one that others need") {
    for (const std::string& text : hostile_texts) {
        const Pipeline pipeline(map_with(text));
        std::set<std::string> names;
        for (const auto& member : pipeline.yaml) {
            const auto name = member.first.as<std::string>();
            if (!member.second["stage"]) continue;
            CAPTURE(name);
            CHECK(names.insert(name).second);
            CHECK(backends::utf16_units(name) <= 128);
            CHECK((name.front() >= '0' && name.front() <= '9'));
            for (const auto& need : member.second["needs"])
                CHECK(names.contains(need.IsMap() ? need["job"].as<std::string>() : need.as<std::string>()));
        }
        CHECK(names.size() == 18);
    }
}

TEST_CASE("nothing in a name or a text is a variable to GitLab, or more than a text to printf") {
    CHECK(GitlabSink::name("$CI_JOB_TOKEN ${X} $1 100% %X% %% a\tb\x1b").str() ==
          "$ CI_JOB_TOKEN $ {X} $1 100% % X% %% a b\\u{1B}");
    const std::vector<backends::gitlab::Line> lines{{0, {}, "$X ${Y} %PATH% 5% %% \\n \\0044\nnext"},
                                                    {1.5, {{"CHOOSE_A", "x"}, {"DEFECT", "b-to-a"}}, "last"}};
    CHECK(GitlabSink::plays(lines).str() ==
          "0 - \\0044X \\0044{Y} \\0045PATH% 5% \\0045% \\\\n \\\\0044 next\n1.5 CHOOSE_A=x,DEFECT=b-to-a last\n");
}

}  // namespace
}  // namespace vsm::tests
