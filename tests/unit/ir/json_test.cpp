// The model as JSON. Conformance tests check its structure against docs/schema/ir.schema.json.
#include "ir/model_json.h"

#include <doctest/doctest.h>

#include "tests/support/compile.h"

namespace vsm::ir {
namespace {

std::string json_of(std::string_view text, std::optional<StreamId> only = std::nullopt) {
    const auto model = tests::compile_text(text);
    REQUIRE(model.has_value());
    return to_json(*model, nullptr, only);
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

TEST_CASE("times keep their form and are exact, with what follows from them beside") {
    const std::string json = json_of(R"(
stream s {
  step a { process: 0.5s, lead: ~2h }
  step b { process: 1h..2h..4h, wait: ? }
  step c { process: 1h..2h, wait: exponential(2h) }
  step d { process: 1h, wait: lognormal(p50 6h, p85 1d) }
})");
    CHECK(holds(json, R"("process": { "kind": "fixed", "microseconds": 500000, "guess": false },
            "wait": null,
            "lead": { "kind": "fixed", "microseconds": 7200000000, "guess": true },
            "resolved": {
              "process": { "known": true, "mean_microseconds": 500000, "low_microseconds": 500000, "high_microseconds": 500000 },
              "wait": { "known": true, "mean_microseconds": 7199500000, "low_microseconds": 7199500000, "high_microseconds": 7199500000 },)"));
    CHECK(holds(
        json,
        R"({ "kind": "triangular", "low_microseconds": 3600000000, "mode_microseconds": 7200000000, "high_microseconds": 14400000000, "guess": false })"));
    CHECK(holds(json, R"("wait": { "kind": "unknown", "guess": false })"));
    CHECK(holds(
        json, R"("wait": { "known": false, "mean_microseconds": 0, "low_microseconds": 0, "high_microseconds": 0 })"));
    CHECK(holds(
        json,
        R"({ "kind": "uniform", "low_microseconds": 3600000000, "high_microseconds": 7200000000, "guess": false })"));
    CHECK(holds(json, R"({ "kind": "exponential", "mean_microseconds": 7200000000, "guess": false })"));
    CHECK(holds(
        json,
        R"({ "kind": "lognormal", "median_microseconds": 21600000000, "percentile": 85, "percentile_microseconds": 28800000000, "guess": false })"));
}

TEST_CASE("shares and percentages are the decimals that were written") {
    const std::string json = json_of("stream s { choose { branch 33.333333333% x { step a { process: 1h, lead: 1h, ca: "
                                     "99.5%..100% } } branch y { step b { process: 1h, lead: 1h, ca: ? } } } }");
    CHECK(holds(json, R"("share": 0.33333333333)"));
    CHECK(holds(json, R"("ca": { "kind": "known", "low": 0.995, "high": 1, "guess": false })"));
    CHECK(holds(json, R"("ca": { "kind": "unknown" })"));
}

TEST_CASE("elements refer to one another by id, streams by name") {
    const std::string json = json_of(R"(
stream s { step a { process: 1h, lead: 2h, team: x } step b { process: 1h, lead: 2h, rework 10% once to a } }
stream r { recovers: s step c { process: 1h, lead: 2h } }
future f of s by 2027-01-31 { change a { lead: 1h } })");
    CHECK(holds(json, R"("predecessors": [0],)"));
    CHECK(holds(json, R"("rate": 0.1,
                "once": true,
                "to": 0,
                "repair": null)"));
    CHECK(holds(json, R"("recovers": "s")"));
    CHECK(holds(json, R"("of": "s",
        "by": "2027-01-31",)"));
}

TEST_CASE("one stream can be had alone, and without sources nothing is said of files and places") {
    const std::string text =
        "stream s { step a { process: 1h, lead: 2h } } stream t { step b { process: 1h, lead: 2h } }";
    const std::string one = json_of(text, StreamId{1});
    CHECK(holds(one, "\"name\": \"t\""));
    CHECK(!holds(one, "\"name\": \"s\""));
    CHECK(!holds(json_of(text), "range"));
    CHECK(!holds(json_of(text), "\"file\""));
}

TEST_CASE("with sources every statement says where it stands, in lines and characters") {
    struct NoImports : SourceReader {
        std::variant<LoadedSource, ImportRefusal> read_import(const std::string&, const std::string&) override {
            return ImportRefusal{};
        }
    } reader;
    Workspace workspace(reader);
    Diagnostics diagnostics;
    const Compilation good = workspace.compile(
        "maps/b.vsm", "stream s \"ü\" {\n  step a \"größe\" { process: 1h, lead: 2h }\n}\n", diagnostics);
    REQUIRE(good.checked.has_value());
    const std::string json = to_json(*good.checked, &workspace.sources());
    CHECK(holds(json, "\"file\": \"maps/b.vsm\""));
    CHECK(holds(json, R"("range": { "path": "maps/b.vsm", "line": 2, "column": 8, "end_line": 2, "end_column": 9 })"));
    CHECK(holds(
        json,
        R"("kind": "fixed", "microseconds": 3600000000, "guess": false, "range": { "path": "maps/b.vsm", "line": 2, "column": 29, )"));
}

}  // namespace
}  // namespace vsm::ir
