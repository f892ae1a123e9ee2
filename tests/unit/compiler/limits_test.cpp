// Limits that golden files cannot show.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostics/codes.h"
#include "compiler/parse/parse.h"
#include "diag/parse.h"
#include "diag/rules/missing_customer.h"
#include "diag/rules/missing_trigger.h"
#include "tests/support/compile.h"

using namespace vsm;

TEST_CASE("a file of more than 32 MiB is refused with one error, and nothing of it is read") {
    Diagnostics diagnostics;
    const auto made = tests::compile_text(std::string(parse::most_bytes + 1, '@'), &diagnostics);
    CHECK_FALSE(made.has_value());
    REQUIRE(diagnostics.all().size() == 1);
    CHECK(diagnostics.all()[0].code == Code::file_too_large);
    CHECK(diagnostics.all()[0].message == "the file has 33554433 bytes; a map may have at most 33554432");
}

TEST_CASE(
    "so many targets for so many futures that no report has room for them are refused where they become too many") {
    std::string text = "stream s {\n step a { process: 1h, lead: 2h }\n";
    for (int i = 1; i <= 400; ++i) text += "target lead_time <= " + std::to_string(i) + "h\n";
    text += "}\n";
    for (int i = 1; i <= 251; ++i) text += "future f" + std::to_string(i) + " of s {}\n";
    Diagnostics diagnostics;
    CHECK_FALSE(tests::compile_text(text, &diagnostics).has_value());
    REQUIRE(diagnostics.all().size() == 1);
    CHECK(diagnostics.all()[0].message ==
          "a map with 100400 targets to judge in its futures is outside the 100000 that one map may have");
}

namespace {

/// The message of the only error of a map; fails if there are more.
std::string only_error(const std::string& text) {
    Diagnostics diagnostics;
    CHECK_FALSE(tests::compile_text(text, &diagnostics).has_value());
    REQUIRE(diagnostics.all().size() == 1);
    CHECK(diagnostics.all()[0].range.valid());
    return diagnostics.all()[0].message;
}

std::string times(int count, const std::string& text) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
}

std::string numbered(int count, const std::string& before, const std::string& after) {
    std::string all;
    for (int i = 0; i < count; ++i) all += before + std::to_string(i) + after;
    return all;
}

std::string futures(int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += "future f" + std::to_string(i) + " of s { change a { lead: 3h } }\n";
    return all;
}

}  // namespace

TEST_CASE(
    "lists in so many futures that nobody reads them are refused once, where they become too many, whatever the list") {
    const auto with = [](const std::string& of_a, const std::string& of_stream) {
        return only_error("stream s {\n" + of_stream + "step a { process: 1h, lead: 2h\n" + of_a +
                          "}\nstep z { process: 1h, lead: 2h }\n}\n" + futures(400));
    };
    const std::string too_many =
        " entries of lists and lines of text in its futures is outside the 300000 that one map may have";
    const std::string notes = times(1000, "note \"n\"\n"), allows = times(1000, "allow missing-ca \"r\"\n"),
                      kaizens = times(1000, "kaizen \"k\"\n");
    const std::string own = numbered(1000, "x_", ": 1\n"), names = numbered(1000, "t", ", ");
    for (const std::string& of_a : {notes, allows, kaizens, own, "team: [" + names + "]", "tool: [" + names + "]",
                                    "x_l: [" + names + "]", "tool: \"" + std::string(100'000, 't') + "\""}) {
        INFO(of_a.substr(0, 40));
        CHECK(with(of_a, "").ends_with(too_many));
    }
    for (const std::string& of_stream : {notes, allows, own, "outcome: \"" + std::string(100'000, 't') + "\"\n"}) {
        INFO(of_stream.substr(0, 40));
        CHECK(with("", of_stream).ends_with(too_many));
    }
}

TEST_CASE("a map of more than 100,000 elements is refused at the one beyond") {
    CHECK(only_error("stream s { step a { process: 1h, lead: 2h } " + times(100'000, "wait 1h ") + "}") ==
          "a map with 100001 elements is outside the 100000 that one map may have");
}

TEST_CASE("a map of more than 4,000 streams and futures is refused at the one beyond, and what is based on it is not "
          "unknown") {
    const std::string small = "{ step a { process: 1h, lead: 2h } }\n";
    std::string text = "stream s " + small;
    for (int i = 1; i < 4'000; ++i)
        text += i % 2 == 0 ? fmt::format("stream s{} {}", i, small) : fmt::format("future f{} of s {{}}\n", i);
    CHECK(tests::compile_text(text).has_value());
    CHECK(only_error(text + "future last of s {}\nfuture of_it of last {}\n") ==
          "a map with 4001 streams and futures is outside the 4000 that one map may have");
}

TEST_CASE("of one rule a thousand findings of a file are shown, and how many more there are") {
    SourceSet sources;
    const FileId file = sources.add("map.vsm", std::string(2000, ' ')).id();
    Diagnostics found;
    for (std::uint32_t at = 0; at < 1005; ++at) found.report(diag::missing_customer, {file, at, at + 1}, "stream `s`");
    found.report(diag::missing_trigger, {file, 0, 1}, "stream `s`");
    const std::vector<Diagnostic> shown = sorted(found, sources);
    const auto count = [&](Code code) {
        return std::count_if(shown.begin(), shown.end(), [&](const Diagnostic& one) { return one.code == code; });
    };
    CHECK(count(Code::missing_customer) == 1000);
    CHECK(count(Code::missing_trigger) == 1);
    REQUIRE(count(Code::too_many_alike) == 1);
    CHECK(shown.back().message == "5 more findings of `missing-customer` in this file are not shown");
}

TEST_CASE(
    "a megabyte of marks that a parser would take hundreds of times as much for is refused where there are too many") {
    const std::string message =
        only_error("stream s { step a { process: 1h, lead: 2h, x_l: [" + times(300'000, "1,") + "] } }");
    CHECK(message.starts_with("a map of 600"));
    CHECK(message.ends_with(" is outside the limit of 400000, or half as many as it has bytes"));
}

TEST_CASE("errors beyond ten thousand are counted and take no room") {
    Diagnostics diagnostics;
    for (std::uint32_t i = 0; i < 10'100; ++i)
        diagnostics.report(diag::unknown_statement, {FileId{0}, i, i + 1}, "s").help("h");
    CHECK(diagnostics.error_count() == 10'100);
    CHECK(diagnostics.all().size() == 10'000);
}
