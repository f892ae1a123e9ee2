// Diagnostics in the formats of other programs: decoding as their readers do restores the findings, whatever names
// contain.
#include "base/diagnostics/codes.h"
#include "base/diagnostics/render/reports.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/diagnostics/line_hashes.h"
#include "base/text.h"

namespace vsm {
namespace {

using Json = nlohmann::json;

const ReportSetting setting{[](const std::string& path) { return path; },
                            [](const DiagnosticInfo& info) {
                                return DiagnosticText{"What it means. Why it matters. What to do.",
                                                      std::string(info.name), "**help**"};
                            }};

/// Findings in files with the same text.
struct Found {
    SourceSet sources;
    Diagnostics diagnostics;

    const SourceFile& file(const std::string& path, const std::string& text = "stream s {\n}\n") {
        return sources.add(path, text);
    }
    Report add(const SourceFile& source, Severity severity, std::string message, std::uint32_t begin = 0,
               std::uint32_t end = 6) {
        const Code code = severity == Severity::error ? Code::unknown_name : Code::missing_ca;
        return diagnostics.add({code, severity, {source.id(), begin, end}, std::move(message), {}, {}, std::nullopt});
    }
    std::string as(std::string (*render)(std::span<const Diagnostic>, const SourceSet&, const ReportSetting&)) const {
        return render(diagnostics.all(), sources, setting);
    }
};

std::size_t count_of(const std::string& text, std::string_view what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++count;
    return count;
}

}  // namespace

TEST_CASE("the hash of a line is the one that GitHub's upload action computes") {
    // Expected values computed by the SARIF Multitool.
    std::string text = "stream a {\r\n\tstep b \"\u00e9\U0001f600\" { }\r\n\r\n\r\n}\n  \nx = y\nx = y\nx = y\n";
    for (int i = 0; i < 60; ++i) text += "long ";
    text += "\nlast";
    CHECK(line_hashes(text) == std::vector<std::string>{"2ac0ad01a3a24651:1", "9aba4ac4481cc72e:1",
                                                        "f498605811fa1eca:1", "61e5c6b49a05e12f:1",
                                                        "2e15921443b8f9cd:1", "33255682bcb6d2d3:1",
                                                        "6c455adf474be67c:1", "4d9d90b74864dc8:1", "a063cde00226ac54:1",
                                                        "bde0fb9ae592ce20:1", "58429ecce5a8d0db:1"});
}

TEST_CASE("lines that are alike as far as the hash looks are told apart by their count") {
    std::string text;
    for (int i = 0; i < 60; ++i) text += "x = y\n";
    const auto hashes = line_hashes(text);
    CHECK(hashes[0].substr(0, hashes[0].find(':')) == hashes[1].substr(0, hashes[1].find(':')));
    CHECK(hashes[0].ends_with(":1"));
    CHECK(hashes[1].ends_with(":2"));
    CHECK(line_hashes("").size() == 1);
}

TEST_CASE("an annotation is one line whatever a name or a text holds, and its escapes are the runner's") {
    Found found;
    found.add(found.file("a,b:c%2C\n::error::d.vsm"), Severity::error, "one `\r\n::error::two` 100%")
        .help("first\n::warning::second");
    const std::string text = found.as(render_github);
    CHECK(text ==
          "::error file=a%2Cb%3Ac%252C%0A%3A%3Aerror%3A%3Ad.vsm,line=1,endLine=1,col=1,endColumn=7,title=VSM0201 "
          "unknown-name::"
          "one `\\u{D}\\u{A}::error::two` 100%25%0Ahelp: first%0A::warning::second\n");
}

TEST_CASE("columns are left out where a finding spans lines") {
    Found found;
    found.add(found.file("m.vsm"), Severity::warning, "long", 0, 12);
    CHECK(found.as(render_github) == "::warning file=m.vsm,line=1,endLine=2,title=VSM2001 missing-ca::long\n");
}

TEST_CASE("a step shows ten annotations of a kind: the rest is counted, errors come first") {
    Found found;
    const SourceFile& file = found.file("m.vsm");
    for (int i = 0; i < 12; ++i) found.add(file, Severity::note, "note");
    for (int i = 0; i < 13; ++i) found.add(file, Severity::error, "error");
    found.add(file, Severity::warning, "warning");
    const std::string text = found.as(render_github);
    CHECK(count_of(text, "::error ") == 10);
    CHECK(count_of(text, "::warning ") == 1);
    CHECK(count_of(text, "::notice ") == 10);
    CHECK(text.find("::error ") < text.find("::warning "));
    CHECK(text.find("::warning ") < text.find("::notice "));
    CHECK(text.find("::notice title=vsm lint::3 errors, 3 notes more") != std::string::npos);
}

TEST_CASE("ten annotations of a kind are all shown, without a closing notice") {
    Found found;
    const SourceFile& file = found.file("m.vsm");
    for (int i = 0; i < 10; ++i) found.add(file, Severity::note, "note");
    CHECK(count_of(found.as(render_github), "\n") == 10);
}

TEST_CASE("fingerprints of a GitLab report stay when lines above come, and no two are the same") {
    const auto fingerprints = [](const std::string& before) {
        Found found;
        const SourceFile& file = found.file("m.vsm", before + "step a\n step a\nstep b\n");
        for (const std::size_t line : {std::size_t{0}, std::size_t{8}, std::size_t{15}}) {
            const auto at = static_cast<std::uint32_t>(before.size() + line);
            found.add(file, Severity::warning, "the same", at, at + 1);
        }
        std::vector<std::string> all;
        for (const Json& item : Json::parse(found.as(render_gitlab))) all.push_back(item["fingerprint"]);
        return all;
    };
    const auto now = fingerprints("");
    CHECK(std::set<std::string>(now.begin(), now.end()).size() == 3);
    CHECK(now == fingerprints("# a line\n\n"));
}

TEST_CASE("a GitLab report without findings is an empty list") { CHECK(Found().as(render_gitlab) == "[]\n"); }

TEST_CASE("a place in SARIF is a relative address with everything encoded, in lines and characters") {
    Found found;
    const SourceFile& file = found.file("a b/%2F:\u00e9#?\\\n.vsm", "# \u00e9\U0001f600\nstep\n");
    found.add(file, Severity::error, "found", 4, 13).label({file.id(), 9, 9}, "here").fix({file.id(), 9, 13}, "wait");
    const Json result = Json::parse(found.as(render_sarif))["runs"][0]["results"][0];
    const Json& place = result["locations"][0]["physicalLocation"];
    CHECK(place["artifactLocation"]["uri"] == "a%20b/%252F%3A%C3%A9%23%3F%5C%0A.vsm");
    CHECK(place["region"] == Json{{"startLine", 1}, {"startColumn", 4}, {"endLine", 2}, {"endColumn", 5}});
    CHECK(result["relatedLocations"][0]["physicalLocation"]["region"] ==
          Json{{"startLine", 2}, {"startColumn", 1}, {"endLine", 2}, {"endColumn", 1}});
    CHECK(result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == "wait");
}

TEST_CASE("words of a map are no link of a SARIF message") {
    Found found;
    found.add(found.file("m.vsm"), Severity::error, "no `[log in](https://x.invalid)`");
    CHECK(Json::parse(found.as(render_sarif))["runs"][0]["results"][0]["message"]["text"] ==
          "no `[log in]\\(https://x.invalid)`");
}

TEST_CASE("SARIF names the rules that found something, once, in the order of their codes, with what is known of them") {
    Found found;
    const SourceFile& file = found.file("m.vsm");
    found.add(file, Severity::note, "lowered");
    found.add(file, Severity::error, "error");
    found.add(file, Severity::note, "again");
    const Json run = Json::parse(found.as(render_sarif))["runs"][0];
    const Json& rules = run["tool"]["driver"]["rules"];
    REQUIRE(rules.size() == 2);
    CHECK(rules[0]["id"] == "VSM0201");
    CHECK(rules[1]["name"] == "missing-ca");
    CHECK(rules[1]["shortDescription"]["text"] == "What it means.");
    CHECK(rules[1]["fullDescription"]["text"] == "What it means. Why it matters. What to do.");
    CHECK(rules[1]["defaultConfiguration"]["level"] == "warning");
    CHECK(run["results"][0]["ruleIndex"] == 1);
    CHECK(run["results"][0]["level"] == "note");
}

TEST_CASE("SARIF keeps the most severe findings up to the limit of sites, in order, and counts the others") {
    Found found;
    const SourceFile& file = found.file("a.vsm");
    for (std::size_t i = 0; i < most_sarif_results; ++i) found.add(file, Severity::note, "note " + std::to_string(i));
    CHECK(!Json::parse(found.as(render_sarif))["runs"][0].contains("invocations"));
    for (std::size_t i = 0; i < 7; ++i) found.add(file, Severity::error, "error " + std::to_string(i));
    const Json run = Json::parse(found.as(render_sarif))["runs"][0];
    REQUIRE(run["results"].size() == most_sarif_results);
    CHECK(run["results"][0]["message"]["text"] == "note 0");
    CHECK(run["results"][most_sarif_results - 8]["message"]["text"] == "note 24992");
    CHECK(run["results"].back()["message"]["text"] == "error 6");
    CHECK(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] ==
          "7 less severe findings are left out, because a run has at most 25000");
}

TEST_CASE("a table in Markdown holds every finding in a row of its own, with user text as text") {
    Found found;
    found.add(found.file("a|b\n@team.vsm"), Severity::error, "no `x | @boss` and <b> #12 @boss")
        .help("did you mean `y`?");
    const std::string text = found.as(render_markdown);
    CHECK(text.starts_with("### vsm lint: 1 error\n\n| | where | what |\n|---|---|---|\n| error | <code>"));
    CHECK(count_of(text, "\n") == 5);
    CHECK(count_of(text, "|") == 4 + 4 + 4);
    CHECK(text.find('@') == std::string::npos);
    CHECK(text.find("<b>") == std::string::npos);
    CHECK(text.find("(unknown-name)<br>did you mean <code>y</code>&#63;") == std::string::npos);
    CHECK(text.find("did you mean <code>y</code>?") != std::string::npos);
}

TEST_CASE("no runner takes what is printed for a command") {
    CHECK(log_text("::error::x") == "\\u{3A}:error::x");
    CHECK(log_text("  ::error::x") == "  \\u{3A}:error::x");
    CHECK(log_text("a ##[error]x ##[y") == "a ##\\u{5B}error]x ##\\u{5B}y");
    CHECK(log_text("a ::b:: # [x]") == "a ::b:: # [x]");
}

}  // namespace vsm
