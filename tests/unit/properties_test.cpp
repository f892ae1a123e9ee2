// Every row of the table of properties (ir/properties/properties.def) tried in everything that knows properties. A row
// that one of them misses fails with its name.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "backends/backend.h"
#include "backends/support/facts.h"
#include "compiler/format/format.h"
#include "ir/model_json.h"
#include "ir/properties/property_table.h"
#include "runtime/diff/diff.h"
#include "tests/support/compile.h"
#include "tests/support/project.h"

namespace vsm {
namespace {

using nlohmann::json;
using properties::Kind;
using properties::Place;
using properties::Row;

std::string_view sample_of(Kind kind) {
    switch (kind) {
        case Kind::text:
        case Kind::text_or_name:
        case Kind::texts: return "\"Words\"";
        case Kind::link: return "\"https://example.org\"";
        case Kind::count:
        case Kind::batch: return "7";
        case Kind::date:
        case Kind::due_date: return "2026-10-20";
        case Kind::rate:
        case Kind::demand: return "7/w";
        case Kind::cost: return "7/h";
        case Kind::share:
        case Kind::branch_share:
        case Kind::availability:
        case Kind::quality: return "70%";
        case Kind::time: return "7h";
        case Kind::calendar: return "7h/d 5d/w";
        case Kind::evidence: return "2026-10-20 \"export\"";
        case Kind::teams: return "dev";
        case Kind::after: return "start";
        case Kind::stream: return "other";
        case Kind::capability: return "test_automation";
        case Kind::step_kind: return "approval";
        case Kind::value_class: return "nva";
        case Kind::milestone: return "commit";
        case Kind::untimed: return "unknown";
    }
    return "";
}

std::string written(const Row& row) { return fmt::format("{}: {}", row.name, sample_of(row.kind)); }

/// The element that a map of `map_with` has for a place; empty if the place is not an element.
std::string_view element_at(Place place) {
    switch (place) {
        case properties::on_stage: return "stage_one";
        case properties::on_step: return "step_one";
        case properties::on_parallel: return "parallel_one";
        case properties::on_choose: return "choose_one";
        case properties::on_branch: return "branch_one";
        case properties::on_wait: return "wait_one";
        case properties::on_queue: return "queue_one";
        case properties::on_rework: return "step_one";
        case properties::on_stream:
        case properties::on_team:
        case properties::on_kaizen:
        case properties::on_future: return "";
    }
    return "";
}

/// A map with one statement for each place, and `property` on one of them. `row` says what the map must not have.
std::string map_with(const Row& row, Place place, const std::string& property) {
    const auto at = [&](Place one) { return one == place ? "\n" + property + "\n" : std::string(); };
    const bool timed = row.kind == Kind::time;
    const std::string times = timed ? "" : "process: 1h\nwait: 1h";
    const auto step = [&](std::string_view name) { return fmt::format("step {} {{ {} }}\n", name, times); };
    std::string text =
        "team dev {" + at(properties::on_team) + "}\nstream other { step z { process: 1h, wait: 1h } }\n";
    text += "stream s {\n" + at(properties::on_stream);
    if (timed) text += "timings: unknown\n";
    text += "kaizen \"K\" {" + at(properties::on_kaizen) + "}\n" + step("first");
    text += "stage stage_one {" + at(properties::on_stage) + step("a") + "}\n";
    text += "parallel parallel_one {" + at(properties::on_parallel) + step("b") + step("c") + "}\n";
    text += "choose choose_one {" + at(properties::on_choose) + "branch branch_one {" + at(properties::on_branch) +
            step("d") + "}\nbranch 30% {" + step("e") + "} }\n";
    text += "wait wait_one 1d {" + at(properties::on_wait) + "}\n";
    if (place == properties::on_queue) text += "demand: 7/w\nqueue queue_one 7 {" + at(properties::on_queue) + "}\n";
    text += "step step_one {\n" + times + at(properties::on_step) + "\nrework 10% {\n" + times +
            at(properties::on_rework) + "}\n}\n}\n";
    return text;
}

void each_use(const auto& see) {
    for (const Row& row : properties::rows)
        for (const Place place : properties::all_places)
            if ((row.places & place) != 0) {
                INFO("the property `", row.name, "` of ", properties::article_name(place));
                see(row, place);
            }
}

ir::CheckedModel compiled(const std::string& text) {
    INFO(text);
    INFO(tests::diagnose(text));
    auto model = tests::compile_text(text);
    REQUIRE(model.has_value());
    return std::move(*model);
}

/// A map with a property, and the same map without it.
struct Pair {
    ir::CheckedModel with, without;
    Pair(const Row& row, Place place)
        : with(compiled(map_with(row, place, written(row)))), without(compiled(map_with(row, place, ""))) {}
};

json json_of(const ir::CheckedModel& model) { return json::parse(ir::to_json(model, nullptr)); }

/// Whether two documents differ below a member of this name.
bool differ_at(const json& a, const json& b, std::string_view key) {
    for (const json& change : json::diff(a, b))
        if ((change["path"].get<std::string>() + "/").find(fmt::format("/{}/", key)) != std::string::npos) return true;
    return false;
}

TEST_CASE("each property reaches the model and its JSON") {
    each_use([](const Row& row, Place place) {
        const Pair pair(row, place);
        CHECK(differ_at(json_of(pair.without), json_of(pair.with), row.key));
    });
}

TEST_CASE("`vsm diff` lists each property that is taken out") {
    each_use([](const Row& row, Place place) {
        const Pair pair(row, place);
        const auto before = runtime::measure(pair.with), after = runtime::measure(pair.without);
        const runtime::MapChange change = runtime::compare_maps({&pair.with, &before, {}}, {&pair.without, &after, {}});
        const std::string_view shown_as = row.kind == Kind::after ? "order" : row.name;
        bool listed = false;
        const auto look = [&](const std::vector<runtime::ValueChange>& values) {
            for (const runtime::ValueChange& one : values)
                listed = listed || one.name == shown_as ||
                         (one.before + one.after).find(fmt::format("{}: ", row.name)) != std::string::npos;
        };
        for (const runtime::TeamChange& team : change.teams) look(team.values);
        for (const runtime::StreamChange& stream : change.streams) {
            look(stream.values);
            for (const runtime::ElementChange& element : stream.elements) look(element.values);
        }
        CHECK(listed);
    });
}

TEST_CASE("`none` in a change takes out each property that may be unset") {
    std::size_t unset = 0;
    each_use([&](const Row& row, Place place) {
        if (!row.unset || place == properties::on_rework) return;
        ++unset;
        const Pair pair(row, place);
        const ir::CheckedModel changed =
            compiled(map_with(row, place, written(row)) +
                     fmt::format("future f of s {{ change {} {{ {}: none }} }}\n", element_at(place), row.name));
        const json before = json_of(pair.without)["streams"][1], after = json_of(changed)["streams"][2];
        CHECK_FALSE(differ_at(before["elements"], after["elements"], row.key));
    });
    CHECK(unset > 20);
}

/// The facts about the stream and its elements in words.
std::string facts_in(const ir::CheckedModel& model) {
    const backends::BackendOptions options;
    const backends::BackendInput input{model, ir::StreamId{1}, options};
    const runtime::StreamMetrics metrics = input.figures(input.stream_id);
    std::string text = backends::joined(backends::background_of(input), "\n");
    for (std::size_t i = 0; i < input.stream().elements.size(); ++i)
        text += "\n" + backends::joined(backends::facts_of(input, metrics, input.stream().elements.id_at(i)), "\n");
    return text;
}

TEST_CASE("outputs show each property that the table says they show, under its label") {
    each_use([](const Row& row, Place place) {
        if (row.shown == 0) return;
        const Pair pair(row, place);
        const std::string text = facts_in(pair.with);
        CHECK(text.find(row.label) != std::string::npos);
        CHECK(text != facts_in(pair.without));
    });
}

std::string output_of(const ir::CheckedModel& model, std::string_view target) {
    const backends::BackendOptions options;
    Diagnostics ignored;
    return backends::find_backend(target)->emit({model, ir::StreamId{1}, options}, ignored).front().content;
}

TEST_CASE("spreadsheets have each column, and data boxes each line, that the table of properties names") {
    each_use([](const Row& row, Place place) {
        const Pair pair(row, place);
        const auto shows = [&](std::string_view target, const std::string& words) {
            const std::string output = output_of(pair.with, target);
            CHECK(output.find(words) != std::string::npos);
            CHECK(output != output_of(pair.without, target));
        };
        if (!row.column.empty()) shows("csv", fmt::format(",{},", row.column));
        if (!row.box.empty() && place == properties::on_step)
            shows("svg", row.box == "%C&A" ? "%C&amp;A" : std::string(row.box));
    });
}

/// A map whose only block with properties is that of one statement.
std::string map_around(Place place, const std::string& block) {
    switch (place) {
        case properties::on_stream: return "stream s {" + block + "}";
        case properties::on_team: return "team t {" + block + "}";
        case properties::on_kaizen: return "stream s { kaizen \"K\" {" + block + "} }";
        case properties::on_rework: return "stream s { step a { rework 10% {" + block + "} } }";
        case properties::on_branch: return "stream s { choose { branch b {" + block + "} } }";
        case properties::on_wait: return "stream s { wait w 1d {" + block + "} }";
        case properties::on_queue: return "stream s { queue q 7 {" + block + "} }";
        case properties::on_stage:
        case properties::on_step:
        case properties::on_parallel:
        case properties::on_choose:
        case properties::on_future: break;
    }
    return fmt::format("stream s {{ {} e {{{}}} }}", properties::article_name(place).substr(2), block);
}

std::vector<std::string> matches_of(const std::string& text, const char* pattern) {
    const std::regex expression(pattern);
    std::vector<std::string> found;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), expression); at != std::sregex_iterator(); ++at)
        found.push_back((*at)[1]);
    return found;
}

TEST_CASE("`vsm fmt` orders all properties of a place as the table does") {
    for (const Place place : properties::all_places) {
        const std::vector<std::string_view> names = properties::names_in_order(place);
        if (names.empty()) continue;
        std::string reversed = "\n";
        for (auto name = names.rbegin(); name != names.rend(); ++name)
            reversed += written(*properties::find_row(place, *name)) + "\n";
        const std::string text = map_around(place, reversed);
        INFO(text);
        Diagnostics diagnostics;
        const auto formatted = format::format(SourceFile(FileId{0}, "map.vsm", text), diagnostics);
        REQUIRE(formatted.has_value());
        const std::vector<std::string> order = matches_of(formatted->text, "([a-z_]+): ");
        CHECK(std::ranges::equal(order, names));
    }
}

TEST_CASE("each property of a step or kaizen begins the block whose braces are missing") {
    std::size_t tried = 0;
    const auto try_statement = [&](const std::string& statement) {
        const std::string said =
            tests::diagnose("stream s {\n" + statement + "\nstep b { process: 1h, wait: 1h }\n}\n");
        INFO(statement, "\n", said);
        CHECK(said.find("missing-brace") != std::string::npos);
        CHECK(matches_of(said, "(error)\\[").size() == 1);
        ++tried;
    };
    each_use([&](const Row& row, Place place) {
        if (place == properties::on_kaizen) try_statement("kaizen \"K\" " + written(row));
        if (place != properties::on_step) return;
        std::string rest;
        for (const std::string_view name : {"process", "wait"})
            if (row.name != name && !(row.name == "lead" && name == "wait")) rest += fmt::format(", {}: 1h", name);
        try_statement("step a \"A\" " + written(row) + rest);
    });
    CHECK(tried > 15);
}

TEST_CASE("each property is known where it is misplaced or misspelt") {
    each_use([](const Row& row, Place place) {
        const std::string misspelt = map_around(place, fmt::format("\n{}{}: ?\n", row.name, row.name.back()));
        INFO(misspelt);
        CHECK(tests::diagnose(misspelt).find("unknown-property") != std::string::npos);
        Diagnostics diagnostics;
        tests::compile_text(misspelt, &diagnostics);
        const auto meant = [&](const Diagnostic& one) {
            return one.help.find(fmt::format("did you mean `{}`", row.name)) != std::string::npos;
        };
        CHECK(std::ranges::any_of(diagnostics.all(), meant));
        if (properties::has_property(properties::on_team, row.name)) return;
        Diagnostics misplaced;
        tests::compile_text(map_around(properties::on_team, "\n" + written(row) + "\n"), &misplaced);
        const auto elsewhere = [&](const Diagnostic& one) {
            return one.help.find(properties::article_name(place)) != std::string::npos;
        };
        CHECK(std::ranges::any_of(misplaced.all(), elsewhere));
    });
}

std::string page(const char* path) {
    std::ifstream file(tests::project_root() / path, std::ios::binary);
    REQUIRE(file);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST_CASE("the page on the language lists the properties of the table in their order") {
    const std::string text = page("docs/language.md");
    const std::size_t begin = text.find("| on | property |");
    REQUIRE(begin != std::string::npos);
    std::map<std::string, std::vector<std::string>> listed;
    std::istringstream lines(text.substr(begin, text.find("\n\n", begin) - begin));
    for (std::string line; std::getline(lines, line);) {
        const std::size_t second = line.find(" | ", 2), third = line.find(" | ", second + 3);
        for (const std::string& place : matches_of(line.substr(0, second), "([a-z]+)"))
            for (const std::string& name : matches_of(line.substr(second, third - second), "`([a-z_]+)`"))
                listed[place].push_back(name);
    }
    for (const Place place : properties::all_places) {
        const std::string_view statement = properties::article_name(place).substr(2);
        CAPTURE(statement);
        const std::vector<std::string_view> names = properties::names_in_order(place);
        const std::vector<std::string>& shown = listed[std::string(statement)];
        for (const std::string_view name : names) {
            CAPTURE(name);
            CHECK(std::ranges::count(shown, name) == 1);
        }
        CHECK(std::ranges::equal(shown, names));
    }
}

TEST_CASE("the schema of the model requires the member of each property") {
    const json definitions = json::parse(page("docs/schema/ir.schema.json"))["$defs"];
    const auto require = [&](std::string object, std::string_view name, std::string_view key) {
        CAPTURE(object);
        CAPTURE(name);
        std::ranges::transform(object, object.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
        REQUIRE(definitions.contains(object));
        CHECK(definitions[object]["properties"].contains(key));
        CHECK(std::ranges::count(definitions[object]["required"], json(key)) == 1);
    };
#define VSM_PROPERTY(name, places, kind, owner, member, key, ...)                                     \
    for (const char* object :                                                                         \
         std::string_view(#owner) == "Timings" ? std::vector{"Step", "Repair"} : std::vector{#owner}) \
        require(object, #name, key);
#include "ir/properties/properties.def"
#undef VSM_PROPERTY
}

}  // namespace
}  // namespace vsm
