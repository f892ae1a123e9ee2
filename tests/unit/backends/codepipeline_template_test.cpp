// The template around a pipeline for CodePipeline: rights, names and parameters of the stack, limits of the
// service, and that texts of a map remain text.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "tests/unit/backends/codepipeline_stages.h"

namespace {

using namespace vsm;
using namespace vsm::tests;

/// Calls `visit` with every string below a node, including keys.
void each_string(const YAML::Node& node, const std::function<void(const std::string&)>& visit) {
    if (node.IsScalar()) visit(node.as<std::string>());
    for (const auto& child : node) {
        if (node.IsMap()) visit(child.first.as<std::string>());
        each_string(node.IsMap() ? child.second : YAML::Node(child), visit);
    }
}

/// `[A-Za-z0-9.@_-]{1,100}`, the format of names in the service's API.
bool takes_name(const std::string& name) {
    const std::string others = ".@_-";
    return !name.empty() && name.size() <= 100 && std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               others.find(c) != std::string::npos;
    });
}

/// The keys and structure of a tree, without its texts.
std::string shape(const YAML::Node& node) {
    if (node.IsScalar()) return ".";
    std::string text = node.IsMap() ? "{" : "[";
    for (const auto& child : node)
        text += node.IsMap() ? child.first.as<std::string>() + shape(child.second) : shape(child);
    return text + (node.IsMap() ? "}" : "]");
}

/// `s3:PutObject on ${Bucket.Arn}/*` …: the rights of a role on objects of the bucket.
Lines object_rights(const Built& built, const std::string& role) {
    Lines lines;
    for (const YAML::Node& statement :
         built.yaml()["Resources"][role]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"])
        if (statement["Resource"].IsMap() && statement["Resource"]["Fn::Sub"])
            for (const YAML::Node& action : statement["Action"])
                lines.push_back(fmt::format("{} on {}", action.as<std::string>(),
                                            statement["Resource"]["Fn::Sub"].as<std::string>()));
    return lines;
}

TEST_CASE("what fills the bucket may write the one object that it writes") {
    const Built built = build("codepipeline", "stream s { step a { process: 1h, wait: 0s rework 5% to a } }");
    CHECK(object_rights(built, "TriggerRole") == Lines{"s3:PutObject on ${Bucket.Arn}/trigger.zip",
                                                       "s3:DeleteObject on ${Bucket.Arn}/*",
                                                       "s3:DeleteObjectVersion on ${Bucket.Arn}/*"});
    CHECK(built.yaml()["Resources"]["Trigger"]["Properties"]["Key"].as<std::string>() == "trigger.zip");
    CHECK(object_rights(built, "StepRole") == Lines{"s3:PutObject on ${Bucket.Arn}/defects/*"});
}

TEST_CASE("where people play all there is, the stack has nothing that plays and no time to set") {
    backends::BackendOptions options;
    options.waits = backends::Waits::merge;
    options.time_scale.mock_per_working_day = {5'000'000};
    const auto parameters = [](const Built& built) {
        Lines names;
        for (const auto& parameter : built.yaml()["Parameters"]) names.push_back(parameter.first.as<std::string>());
        return names;
    };
    for (const auto mock : {backends::MockKind::lambda, backends::MockKind::commands, backends::MockKind::approval}) {
        options.mock = mock;
        const Built built = build(
            "codepipeline", "stream s { step a { process: 1h, wait: 1h, kind: approval rework 5% to a } }", options);
        CHECK(parameters(built) == Lines{"FunctionRuntime"});
        for (const std::string name : {"StepFunction", "StepRole", "StepLogs", "CommandLogs"})
            CHECK_FALSE(built.yaml()["Resources"][name]);
        CHECK(built.files[0].next_steps[0].command.ends_with("--capabilities CAPABILITY_IAM"));
    }
    options.mock = backends::MockKind::commands;
    const Built timed = build("codepipeline", "stream s { step a { process: 1h, wait: 1h } }", options);
    CHECK(parameters(timed) == Lines{"SecondsPerDay", "FunctionRuntime"});
    CHECK(timed.files[0].next_steps[0].command.ends_with(
        "--capabilities CAPABILITY_IAM --parameter-overrides SecondsPerDay=5"));
}

TEST_CASE("no two streams or futures of a map share a stack, plain names stay as they are") {
    constexpr std::string_view step = "{ step x { process: 1h, wait: 0s } }";
    constexpr std::string_view edit = "{ change x { process: 2h } }";
    const std::string map =
        fmt::format("stream a {0} future b of a {1} future b-c of a {1} stream a-b {0} stream a_b {0} stream a--b {0} "
                    "stream a-b-2 {0} future c of a-b {1} stream mock_pipeline {0}",
                    step, edit);
    const auto model = compile_text(map);
    REQUIRE(model.has_value());
    const backends::BackendOptions options;
    Lines names;
    for (std::size_t i = 0; i < model->model().streams.size(); ++i) {
        Diagnostics diagnostics;
        const auto files = backends::find_backend("codepipeline")
                               ->emit({*model, ir::StreamId{static_cast<std::uint32_t>(i)}, options}, diagnostics);
        REQUIRE(files.size() == 1);
        const std::string command = files[0].next_steps.back().command;
        names.push_back(command.substr(command.rfind(' ') + 1));
        for (const auto& made : files[0].next_steps)
            CHECK((made.command + " ").find(" " + names.back() + " ") != std::string::npos);
    }
    std::sort(names.begin(), names.end());
    CHECK(names == Lines{"vsm-a", "vsm-a-b", "vsm-a-b--2", "vsm-a-b--3", "vsm-a-b--4", "vsm-a-b-2", "vsm-a-b-c",
                         "vsm-a-b-c--2", "vsm-mock-pipeline"});
}

TEST_CASE("limits are reported at the construct") {
    const auto steps = [](std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += fmt::format(" step s{} {{ process: 1h, wait: 0s }}", i);
        return text;
    };
    const auto names = [](const std::string& map) { return build("codepipeline", map).reported(); };
    CHECK(names("stream s { stage x {" + steps(50) + "} }") == Lines{});
    CHECK(names("stream s { stage x {" + steps(51) + "} }") == Lines{"near-target-limit"});
    CHECK(names("stream s { stage x {" + steps(101) + "} }") == Lines{"over-target-limit"});
    CHECK(names("stream s {" + steps(1000) + "}") == Lines{"over-target-limit"});
    std::string stages;
    for (int i = 0; i < 49; ++i) stages += fmt::format(" stage t{} {{ step s{} {{ process: 1h, wait: 0s }} }}", i, i);
    CHECK(names("stream s {" + stages + "}") == Lines{});
    CHECK(names("stream s {" + stages + " stage more { step last { process: 1h, wait: 0s } } }") ==
          Lines{"over-target-limit"});
    std::string wide;
    for (int i = 0; i < 20; ++i) {
        wide += fmt::format(" stage t{} {{ parallel {{", i);
        for (int j = 0; j < 50; ++j)
            wide += fmt::format(" step s{}x{} {{ process: 1h, wait: {} }}", i, j, i == 0 ? "1h" : "0s");
        wide += " } }";
    }
    CHECK(build("codepipeline", "stream s {" + wide + "}").files.empty());
}

TEST_CASE("a template that must go through a bucket says so, one that is too large is an error") {
    const auto map = [](int count, std::size_t note) {
        std::string text = "stream s {";
        for (int i = 0; i < count; ++i)
            text += fmt::format(" stage t{} {{ step s{} {{ process: 1h, wait: 0s }} note \"{}\" }}", i, i,
                                std::string(note, 'n'));
        return text + fmt::format(" note \"{}\" }}", std::string(note * 10, 'n'));
    };
    const Built large = build("codepipeline", map(49, 5000));
    CHECK(large.reported() == Lines{"large-output"});
    CHECK(large.files[0].next_steps[0].command.find("--s3-bucket") != std::string::npos);
    const Built small = build("codepipeline", map(2, 10));
    CHECK(small.reported() == Lines{});
    CHECK(small.files[0].next_steps[0].command.find("--s3-bucket") == std::string::npos);
    const Built huge = build("codepipeline", map(2, 110'000));
    CHECK(huge.reported() == Lines{"over-target-limit"});
    CHECK(huge.files.empty());
}

TEST_CASE("no text of a map adds structure to a template or becomes live in it") {
    const std::string expected = shape(build("codepipeline", map_with("harmless")).yaml());
    std::multiset<std::string> ours;
    each_string(build("codepipeline", map_with("harmless")).yaml(),
                [&](const std::string& text) { ours.insert(text); });
    for (const std::string& hostile : hostile_texts) {
        CAPTURE(hostile);
        const Built built = build("codepipeline", map_with(hostile));
        CHECK(shape(built.yaml()) == expected);
        each_string(built.yaml(), [&](const std::string& text) {
            if (ours.contains(text)) return;
            CHECK(text.find("${") == std::string::npos);
            CHECK(text.find("#{") == std::string::npos);
            CHECK(text.find("{{resolve") == std::string::npos);
        });
    }
}

TEST_CASE("every name and value is of the size and characters that CodePipeline takes") {
    for (const std::string& hostile : hostile_texts) {
        CAPTURE(hostile);
        for (const YAML::Node& stage : stages_of(build("codepipeline", map_with(hostile)))) {
            CHECK(takes_name(stage["Name"].as<std::string>()));
            std::set<std::string> names;
            for (const YAML::Node& action : stage["Actions"]) {
                CHECK(takes_name(action["Name"].as<std::string>()));
                CHECK(names.insert(action["Name"].as<std::string>()).second);
                for (const auto& value : action["Configuration"]) {
                    if (!value.second.IsScalar()) continue;
                    CHECK(value.second.as<std::string>().size() >= 1);
                    CHECK(value.second.as<std::string>().size() <= 1002);
                }
            }
        }
    }
}

TEST_CASE("JSON holds what YAML holds") {
    backends::BackendOptions options;
    options.syntax = backends::Syntax::json;
    for (const std::string text : {"no", "${{ x }}", "a\nb"}) {
        const Built json = build("codepipeline", map_with(text), options);
        const Built yaml = build("codepipeline", map_with(text));
        CHECK(json.files[0].suffix == ".codepipeline.json");
        CHECK(yaml.files[0].suffix == ".codepipeline.yaml");
        Lines in_json, in_yaml;
        each_string(json.yaml(), [&](const std::string& found) { in_json.push_back(found); });
        each_string(yaml.yaml(), [&](const std::string& found) { in_yaml.push_back(found); });
        CHECK(in_json == in_yaml);
    }
}

}  // namespace
