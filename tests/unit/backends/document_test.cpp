#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "backends/codepipeline/aws_text.h"
#include "backends/github/workflow_text.h"
#include "backends/mock/summary_markdown.h"
#include "backends/support/document.h"
#include "tests/unit/backends/tricky_texts.h"

namespace {

using namespace vsm::backends;
using vsm::tests::tricky_texts;
using PlainMap = MapOf<PlainText>;
using PlainList = ListOf<PlainText>;
using codepipeline::AwsText;
using github::WorkflowText;
using mock::MarkdownText;

TEST_CASE("YAML gives every text back as the same text") {
    PlainMap map;
    PlainList list;
    for (std::size_t i = 0; i < tricky_texts.size(); ++i) {
        map.add("key " + std::to_string(i) + tricky_texts[i], tricky_texts[i]);
        list.add(tricky_texts[i]);
    }
    const std::string yaml = write_yaml(PlainMap().add("map", map).add("list", list).value());
    const YAML::Node root = YAML::Load(yaml);
    REQUIRE(root["list"].size() == tricky_texts.size());
    for (std::size_t i = 0; i < tricky_texts.size(); ++i) {
        CAPTURE(tricky_texts[i]);
        CHECK(root["list"][i].as<std::string>() == tricky_texts[i]);
        CHECK(root["map"]["key " + std::to_string(i) + tricky_texts[i]].as<std::string>() == tricky_texts[i]);
    }
}

TEST_CASE("YAML keeps numbers and truth apart from texts that look like them") {
    const PlainMap map = PlainMap()
                             .add("a", true)
                             .add("b", "true")
                             .add("c", 3)
                             .add("d", "3")
                             .add("e", 1.0)
                             .add("f", 0.25)
                             .add("g", nullptr)
                             .add("h", "null");
    CHECK(write_yaml(map.value()) == "a: true\nb: \"true\"\nc: 3\nd: \"3\"\ne: 1.0\nf: 0.25\ng: null\nh: \"null\"\n");
}

TEST_CASE("only texts that no reader mistakes stand without quotes") {
    for (const char* text :
         {"a", "Build-and-Test", "ubuntu-latest", "a b.c/d_e", "AWS::S3::Bucket", "yesterday", "nobody"}) {
        CAPTURE(text);
        CHECK(plain_in_yaml(text));
    }
    for (const char* text :
         {"", "yes", "YES", "n", "Off", "null", "a ", " a", "a:", "a: b", "1a", "-a", "~", "a,b", "a#b", "é"}) {
        CAPTURE(text);
        CHECK_FALSE(plain_in_yaml(text));
    }
}

TEST_CASE("YAML is laid out for reading") {
    const PlainMap inner =
        PlainMap().add("name", "Build").add("steps", PlainList().add("a").add(PlainMap().add("b", 1).add("c", "d")));
    const PlainMap map = PlainMap()
                             .add("on", PlainMap().add("push", PlainMap()))
                             .add("none", PlainList())
                             .add("jobs", PlainList().add(inner).add(PlainMap().add("name", "on")));
    const std::vector<std::string> head = {"What this is", "", "two\nlines"};
    const char* expected = R"(# What this is
#
# two\u{A}lines
on:
  push: {}
none: []
jobs:
  - name: Build
    steps:
      - a
      - b: 1
        c: d
  - name: "on"
)";
    CHECK(write_yaml(map.value(), {.head = head, .bare_key = "on"}) == expected);
}

TEST_CASE("text of several lines becomes a block only where that gives it back") {
    const PlainMap good = PlainMap().add_block("run", "one\n\n  two · 日\n");
    CHECK(write_yaml(good.value()) == "run: |\n  one\n\n    two · 日\n");
    for (const std::string text : {"no end", " leading\n", "\nleading\n", "trailing \nx\n", "two ends\n\n",
                                   "tab\there\n", "esc\x1b\n", "\u2028\n", "a\r\n", "nbsp\u00A0\n", "bad\xFF\n"}) {
        CAPTURE(text);
        const std::string yaml =
            write_yaml(PlainMap().add("list", PlainList().add(PlainMap().add_block("run", text))).value());
        CHECK(yaml.find('|') == std::string::npos);
    }
    for (const std::string text : {"a\n", "# a\n- b: c\n", "a\n b\n  c\n", "\"'\\\n", "---\n...\n", "${{ x }}\n"}) {
        CAPTURE(text);
        const std::string yaml =
            write_yaml(PlainMap().add("list", PlainList().add(PlainMap().add_block("run", text))).value());
        CHECK(yaml.find(": |\n") != std::string::npos);
        CHECK(YAML::Load(yaml)["list"][0]["run"].as<std::string>() == text);
    }
}

TEST_CASE("JSON gives every text back and keeps the order of keys") {
    PlainList list;
    for (const std::string& text : tricky_texts) list.add(text);
    const Value root = PlainMap().add("z", list).add("a", 1).add("m", false).value();
    const auto parsed = nlohmann::ordered_json::parse(write_json(root));
    CHECK(parsed["z"] == nlohmann::ordered_json(tricky_texts));
    CHECK(parsed.begin().key() == "z");
    CHECK(nlohmann::ordered_json::parse(write_json_line(root)) == parsed);
    CHECK(write_json_line(root).find('\n') == std::string::npos);
    CHECK(write_json(PlainMap().add("a", "é😀").value()).find("é😀") != std::string::npos);
}

TEST_CASE("what is not UTF-8 is shown as such") {
    const Value root = PlainMap().add("a", "x\xFFy").value();
    CHECK(YAML::Load(write_yaml(root))["a"].as<std::string>() == "x\uFFFDy");
    CHECK(nlohmann::json::parse(write_json(root))["a"] == "x\uFFFDy");
}

TEST_CASE("a plain string cannot reach a sink") {
    static_assert(!std::is_constructible_v<AwsText, std::string>);
    static_assert(!std::is_constructible_v<AwsText, std::string_view>);
    static_assert(!std::is_constructible_v<AwsText, const char*>);
    static_assert(!std::is_constructible_v<WorkflowText, std::string>);
    static_assert(!std::is_constructible_v<WorkflowText, AwsText>);
    static_assert(!std::is_constructible_v<MarkdownText, std::string>);
    static_assert(!std::is_constructible_v<AwsText, WorkflowText>);
    static_assert(!ValueFor<std::string, AwsText>);
    static_assert(!ValueFor<const char*, AwsText>);
    static_assert(!ValueFor<WorkflowText, AwsText>);
    static_assert(!ValueFor<MapOf<WorkflowText>, AwsText>);
    static_assert(ValueFor<AwsText, AwsText>);
    static_assert(ValueFor<bool, AwsText>);
    CHECK(write_yaml(MapOf<AwsText>().add("a", "our own ${words}").value()) == "a: \"our own ${words}\"\n");
}

TEST_CASE("what is live in AWS is not in a text of the map") {
    using codepipeline::aws_text;
    CHECK(aws_text("${AWS::AccountId}").str() == "$ {AWS::AccountId}");
    CHECK(aws_text("#{codepipeline.PipelineExecutionId}").str() == "# {codepipeline.PipelineExecutionId}");
    CHECK(aws_text("{{resolve:ssm:/x}}").str() == "{ {resolve:ssm:/x}}");
    CHECK(aws_text("{{{RESOLVE:ssm:/x}}").str() == "{{ {RESOLVE:ssm:/x}}");
    CHECK(aws_text("$${a} ##{b} $#{c}").str() == "$$ {a} ## {b} $# {c}");
    CHECK(aws_text("a $ b # c {{d}} $(e)").str() == "a $ b # c {{d}} $(e)");
    CHECK(aws_text("a\nb\x1b\u200B").str() == "a b\\u{1B}\\u{200B}");
    CHECK(aws_text("$\u200B{x}").str() == "$\\u{200B}{x}");
}

TEST_CASE("what is live in a GitHub workflow is not in a text of the map") {
    using github::WorkflowSink;
    CHECK(WorkflowSink::line("${{ secrets.X }}").str() == "${{ '${{' }} secrets.X }}");
    CHECK(WorkflowSink::line("$${{ a ${{").str() == "$${{ '${{' }} a ${{ '${{' }}");
    CHECK(WorkflowSink::line("a ##[add-mask]b\n::error::c").str() == "a ## [add-mask]b ::error::c");
    CHECK(WorkflowSink::line("###[error]").str() == "### [error]");
    CHECK(WorkflowSink::unevaluated_line("${{ x }}").str() == "$ {{ x }}");
    CHECK(WorkflowSink::lines("a\n${{ b }}\n\x1b").str() == "a\n${{ '${{' }} b }}\n\\u{1B}");
    CHECK(WorkflowSink::condition({{"route", "normal", ""}, {"b", "c-2", ""}}, true).str() ==
          "inputs.route == 'normal' && inputs.b == 'c-2' && !failure() && !cancelled()");
    CHECK(WorkflowSink::condition({{"route", "normal", "usual"}}, false).str() ==
          "(inputs.route || 'usual') == 'normal'");
    CHECK(WorkflowSink::input("seconds", "").str() == "${{ inputs.seconds }}");
    CHECK(WorkflowSink::input("seconds", "0.5").str() == "${{ inputs.seconds || '0.5' }}");
    CHECK(WorkflowSink::condition({}, true).str() == "!failure() && !cancelled()");
}

TEST_CASE("a cell of Markdown holds its text and nothing else") {
    using mock::MarkdownSink;
    CHECK(MarkdownSink::cell("a | b").str() == "a \\| b");
    CHECK(MarkdownSink::cell("<b>&amp;</b>").str() == "&lt;b>&amp;amp;&lt;/b>");
    CHECK(MarkdownSink::cell("[x](javascript:y) @me `z`\n## ${{ h }}").str() ==
          "\\[x\\](javascript:y) &#64;me \\`z\\` \\#\\# \\$\\{\\{ h }}");
    CHECK(MarkdownSink::cell("a ##[add-mask]b").str() == "a \\#\\# \\[add-mask\\]b");
    mock::Markdown page;
    page.add_fenced("mermaid", "a ```` b");
    CHECK(page.text() == "`````mermaid\na ```` b\n`````\n");
}

}  // namespace
