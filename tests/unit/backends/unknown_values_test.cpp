// Every output shows an unknown time as `?` or `at least`, never as `0s` or as rework, and a known zero as `0s`.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>

#include "runtime/reports/metrics/report.h"
#include "tests/unit/backends/build.h"

namespace vsm::tests {
namespace {

/// The times of one step in some format; empty if the format does not show it.
struct Cells {
    std::optional<std::string> process, wait, lead;
};

/// A map with a step `x`, and the stream or future to check.
struct Case {
    std::string text;
    std::size_t stream = 0;
};

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

/// Decodes Mermaid's character codes: `#63;` is a question mark.
std::string decoded(std::string text) {
    for (char c = '!'; c <= '~'; ++c)
        text = replaced(std::move(text), "#" + std::to_string(static_cast<int>(c)) + ";", std::string(1, c));
    return text;
}

/// The text between `label` and the first of `ends`, within the part from the title to the first of `over`.
std::optional<std::string> behind(const std::string& text, std::string_view title, std::string_view label,
                                  std::string_view ends, std::string_view over) {
    const std::size_t begin = text.find(title);
    if (begin == std::string::npos) return std::nullopt;
    const std::size_t stop = std::min(text.find_first_of(over, begin + title.size()), text.size());
    const std::size_t at = text.find(label, begin);
    if (at == std::string::npos || at >= stop) return std::nullopt;
    const std::size_t from = at + label.size();
    return text.substr(from, std::min(text.find_first_of(ends, from), stop) - from);
}

/// Parses `Xstep. process time: ?; wait before: 1h; lead time: 4d`, the form of tooltips and mocks.
Cells in_sentence(std::string text) {
    text = replaced(std::move(text), " Before: ", "<");  // the part that a future changes
    const auto part = [&](std::string_view label) { return behind(text, "Xstep. ", label, ";<\"\\'\n", "<\"\\'\n"); };
    return {part("process time: "), part("wait before: "), part("lead time: ")};
}

/// Parses `Xstep / PT ?, wait 1h / lead 4d`, the form of flowchart boxes.
Cells in_box(std::string text) {
    text = std::regex_replace(text, std::regex("[0-9]+% repaired here"), "\"");
    const auto part = [&](std::string_view label) { return behind(text, "Xstep", label, ",<\"\\", "\""); };
    return {part("PT "), part("wait "), part("lead ")};
}

/// The columns of a line, separated by two or more blanks.
std::vector<std::string> columns_of(std::string line) {
    line.erase(0, line.find_first_not_of(" ╎?"));
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t end = std::min(line.find("  ", at), line.size());
        if (end > at) parts.push_back(line.substr(at, end - at));
        at = line.find_first_not_of(' ', end);
    }
    return parts;
}

std::string line_with(const std::string& text, std::string_view part) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (holds(line, part)) return line;
    return "";
}

std::vector<std::string> split(const std::string& line, char apart) {
    std::vector<std::string> parts;
    std::istringstream in(line);
    for (std::string part; std::getline(in, part, apart);) {
        part.erase(0, std::min(part.find_first_not_of(' '), part.size()));
        part.erase(part.find_last_not_of(' ') + 1);
        parts.push_back(part);
    }
    return parts;
}

/// The cells of the step's row in the columns of these names.
Cells in_table(const std::string& text, char apart, std::string_view process, std::string_view wait,
               std::string_view lead) {
    const std::vector<std::string> heading = split(line_with(text, process), apart),
                                   row = split(line_with(text, "Xstep"), apart);
    const auto at = [&](std::string_view name) -> std::optional<std::string> {
        const auto found = std::find(heading.begin(), heading.end(), name);
        const auto column = static_cast<std::size_t>(found - heading.begin());
        return column < row.size() ? std::optional(row[column]) : std::nullopt;
    };
    return {at(process), at(wait), at(lead)};
}

class Outputs {
public:
    Outputs(const ir::CheckedModel& model, ir::StreamId stream)
        : model_(model), stream_(stream), file_{"map.vsm", &model, runtime::measure(model), stream, {}} {}

    std::string built(std::string_view target, std::string_view diagram = "") const {
        backends::BackendOptions options;
        if (diagram == "gantt") options.diagram = backends::Diagram::gantt;
        Diagnostics diagnostics;
        const auto files = backends::find_backend(target)->emit({model_, stream_, options}, diagnostics);
        REQUIRE(files.size() == 1);
        return files.front().content;
    }

    std::string text() const { return runtime::metrics_text(std::vector{file_}); }
    std::string markdown() const { return runtime::metrics_markdown(std::vector{file_}); }
    std::string json() const { return runtime::metrics_json(std::vector{file_}); }

private:
    const ir::CheckedModel& model_;
    ir::StreamId stream_;
    runtime::FileMetrics file_;
};

struct Truth {
    const ir::ResolvedTimings& times;
    const Calendar& calendar;
};

void check_cell(std::string_view name, const std::optional<std::string>& cell, const ir::ResolvedTime& time,
                bool must_be_there, const Calendar& calendar) {
    CAPTURE(name);
    if (must_be_there) CHECK(cell.has_value());
    if (!cell) return;
    CAPTURE(*cell);
    if (time.known) {
        CHECK(*cell == format_duration(time.spread.mean, calendar));
        return;
    }
    CHECK((*cell == "?" || holds(*cell, "at least ") || holds(*cell, "≥ ")));
    CHECK_FALSE(holds(*cell, "0s"));
    CHECK_FALSE(holds(*cell, "ework"));
}

void check_cells(std::string_view format, const Cells& cells, const Truth& truth) {
    CAPTURE(format);
    const auto& [process, wait, lead] = truth.times;
    check_cell("process", cells.process, process, true, truth.calendar);
    check_cell("wait", cells.wait, wait, !wait.known || wait.spread.mean > 0, truth.calendar);
    check_cell("lead", cells.lead, lead, lead.known && !(process.known && wait.known), truth.calendar);
}

std::string text_of_time(const ir::ResolvedTime& time, const Calendar& calendar) {
    return time.known ? format_duration(time.spread.mean, calendar) : "?";
}

/// From a row of title, team if any, process, wait, lead.
Cells in_text(const std::string& report) {
    std::vector<std::string> parts = columns_of(line_with(report, "Xstep"));
    REQUIRE(parts.size() >= 4);
    return {parts[1], parts[2], parts[3]};
}

/// Checks ` · lead 4d · process ? · wait 1h` in the name of a job. In GitLab, a known wait has a job of its own.
void check_job(std::string_view format, const std::string& yaml, const Truth& truth, bool waits_apart) {
    CAPTURE(format);
    const std::string line = line_with(yaml, "Xstep ·");
    CAPTURE(line);
    const auto& [process, wait, lead] = truth.times;
    if (!process.known && !wait.known && !lead.known) {
        CHECK(holds(line, " · times ?"));
        return;
    }
    const std::string work = text_of_time(process, truth.calendar);
    CHECK(holds(line, process.known ? " · " + work : " · process ?"));
    if (!wait.known) CHECK(holds(line, " · wait ?"));
    if (wait.known && wait.spread.mean > 0 && !waits_apart)
        CHECK(holds(line, " · wait " + text_of_time(wait, truth.calendar)));
    if (lead.known && !(process.known && wait.known))
        CHECK(holds(line, " · lead " + text_of_time(lead, truth.calendar)));
    if (!process.known && lead.spread.mean > 0 && !(wait.known && wait.spread.mean <= 0))
        CHECK_FALSE(holds(line, " 0s"));
}

void check_gantt(const std::string& gantt, const Truth& truth) {
    const auto& [process, wait, lead] = truth.times;
    std::string bars;
    std::istringstream lines(gantt);
    for (std::string line; std::getline(lines, line);)
        if (const std::string bar = decoded(line.substr(0, line.find(" :"))); holds(bar, "Xstep,")) bars += bar + "\n";
    CAPTURE(bars);
    CHECK(holds(bars, process.known ? ", " + text_of_time(process, truth.calendar) : ", process ?"));
    if (!wait.known) CHECK(holds(bars, ", wait ?"));
    if (wait.known && wait.spread.mean > 0) CHECK(holds(bars, ", wait " + text_of_time(wait, truth.calendar)));
    if (lead.known && !process.known && !wait.known) CHECK(holds(bars, ", lead " + text_of_time(lead, truth.calendar)));
}

void check_json(const std::string& json, const Truth& truth) {
    const YAML::Node element = [&] {
        for (const YAML::Node& one : YAML::Load(json)["streams"][0]["elements"])
            if (one["name"].as<std::string>() == "x") return one;
        return YAML::Node();
    }();
    const auto check = [&](const std::string& key, const ir::ResolvedTime& time) {
        CAPTURE(key);
        REQUIRE(element[key].IsDefined());
        CHECK(element[key].IsNull() == !time.known);
        CHECK(element[key + "_at_least"].IsDefined() == !time.known);
        if (time.known)
            CHECK(element[key]["text"].as<std::string>() == format_duration(time.spread.mean, truth.calendar));
    };
    check("process_time", truth.times.process);
    check("wait_time", truth.times.wait);
    check("lead_time", truth.times.lead);
}

void check_csv(const std::string& csv, const Truth& truth) {
    const std::vector<std::string> heading = split(line_with(csv, "process_low"), ','),
                                   row = split(line_with(csv, "Xstep"), ',');
    const auto check = [&](std::string_view name, const ir::ResolvedTime& time) {
        CAPTURE(name);
        const auto column = static_cast<std::size_t>(std::find(heading.begin(), heading.end(), name) - heading.begin());
        REQUIRE(column < row.size());
        CHECK(row[column] ==
              (time.known ? format_number(time.spread.mean / microseconds_per_second) : std::string("?")));
    };
    check("process", truth.times.process);
    check("wait", truth.times.wait);
    check("lead", truth.times.lead);
}

/// Checks the tooltips and the table of times; a browser checks the data boxes and the timeline
/// (tests/conformance/svg/unknown_check.mjs).
void check_page(const std::string& page, const Truth& truth, bool on_timeline, double share) {
    check_cells("html, pointing at the step", in_sentence(page), truth);
    const std::size_t table = page.find("<h2>Where the time goes</h2>");
    if (table == std::string::npos || !on_timeline) return;
    const std::size_t row = page.find("<th scope=\"row\">Xstep", table);
    if (row == std::string::npos) {
        CHECK(truth.times.lead.known);
        CHECK(truth.times.lead.spread.mean <= 0);
        return;
    }
    const std::size_t first = page.find("<td", row), second = page.find("<td", first + 1);
    const auto cell = [&](std::size_t at) {
        const std::size_t from = page.find('>', at) + 1;
        return page.substr(from, page.find('<', from) - from);
    };
    Cells cells{cell(second), cell(first), {}};
    if (page.find(">Together</th>", table) < row) cells.lead = cell(page.find("<td", second + 1));
    // a row covers all items, of which a branch gets only a share
    ir::ResolvedTimings times = truth.times;
    for (ir::ResolvedTime* time : {&times.process, &times.wait, &times.lead}) time->spread.mean *= share;
    check_cells("html, where the time goes", cells, {times, truth.calendar});
}

void check_case(const Case& one) {
    CAPTURE(one.text);
    Diagnostics errors;
    const std::optional<ir::CheckedModel> model = compile_text(one.text, &errors);
    for (const Diagnostic& diagnostic : errors.all()) CAPTURE(diagnostic.message);
    REQUIRE(model.has_value());
    const ir::StreamId stream = model->model().streams.id_at(one.stream);
    const ir::Stream& map = model->stream(stream);
    ir::ElementId x;
    for (std::size_t i = 0; i < map.elements.size(); ++i)
        if (map.elements[map.elements.id_at(i)].name.value == "x") x = map.elements.id_at(i);
    REQUIRE(x.valid());
    const Truth truth{model->facts(stream).elements[x].timings, map.calendar};
    const Outputs outputs(*model, stream);
    check_cells("text", in_text(outputs.text()), truth);
    check_cells("markdown", in_table(outputs.markdown(), '|', "process", "wait", "lead"), truth);
    check_json(outputs.json(), truth);
    check_csv(outputs.built("csv"), truth);
    check_cells("svg", in_sentence(outputs.built("svg")), truth);
    check_page(outputs.built("html"), truth,
               runtime::measure(*model, stream).elements[x].on_timeline != runtime::OnTimeline::no,
               model->facts(stream).elements[x].share);
    check_cells("mermaid", in_box(decoded(outputs.built("mermaid"))), truth);
    check_cells("dot", in_box(outputs.built("dot")), truth);
    check_gantt(outputs.built("mermaid", "gantt"), truth);
    const std::string github = outputs.built("github"), gitlab = outputs.built("gitlab");
    check_cells("github", in_sentence(github), truth);
    check_cells("gitlab", in_sentence(gitlab), truth);
    check_cells("codepipeline", in_sentence(outputs.built("codepipeline")), truth);
    check_job("github", github, truth, false);
    check_job("gitlab", gitlab, truth, true);
}

/// A step `x` with these times, in every position that a step can have.
std::vector<Case> cases_with(const std::string& times) {
    const std::string x = "step x \"Xstep\" { " + times + " }", known = "{ process: 1h, wait: 2h }";
    const std::string before = "stream s {\n step a " + known + "\n",
                      after = "\n step z { process: 3h, lead: 2d }\n}\n";
    return {
        {before + x + after},
        {before + "stage st { " + x + " step b " + known + " }" + after},
        {before + "parallel { " + x + " step b " + known + " }" + after},
        {before + "choose { branch 40% { " + x + " } branch 60% { step b " + known + " } }" + after},
        {before + "step x \"Xstep\" { " + times + " rework 20% to a }" + after},
        {before + "step x \"Xstep\" { " + times + " rework 20% { process: ?, wait: 1h } }" + after},
        {before + x + " step y { process: 1h, wait: 0s, rework 50% to x }" + after},
        {"stream s {\n timings: unknown\n step n step a " + known + "\n" + x + after},
        {before + x + after + "future f of s { change a { wait: 1h } }\n", 1},
        {before + "step x \"Xstep\" { process: 5min, wait: 10min }" + after + "future f of s { replace x with " + x +
             " }\n",
         1},
        {before + x + after + "future f of s { replace x with step x \"Xstep\" { process: 5min, wait: 10min } }\n", 0},
        {before + x + after + "future f of s { replace x with step x \"Xstep\" { process: 5min, wait: 10min } }\n", 1},
    };
}

constexpr std::array<std::string_view, 3> values{"?", "0s", "45min"};

TEST_CASE("an unknown time of a step is shown as unknown in every format, and a known zero as zero") {
    std::vector<std::string> all;
    for (const std::string_view first : values) {
        for (const std::string_view second : values) {
            all.push_back(std::string("process: ").append(first) + ", wait: " + std::string(second));
            if (second != "0s" || first != "45min")
                all.push_back(std::string("process: ").append(first) + ", lead: " + std::string(second));
            if (second != "0s" || first != "45min")
                all.push_back(std::string("wait: ").append(first) + ", lead: " + std::string(second));
        }
    }
    for (const std::string& times : all)
        for (const Case& one : cases_with(times)) check_case(one);
}

}  // namespace
}  // namespace vsm::tests
