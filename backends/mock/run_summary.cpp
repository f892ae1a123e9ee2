#include "backends/mock/run_summary.h"

#include <fmt/format.h>

#include "backends/mock/summary_markdown.h"
#include "backends/support/facts.h"

namespace vsm::backends::mock {
namespace {

using ir::ElementId;

constexpr std::size_t largest_part = 60'000;

MarkdownText cell(std::string_view text) { return MarkdownSink::cell(text); }

void add_totals(Markdown& page, const BackendInput& input, const runtime::StreamMetrics& metrics) {
    for (const Fact& fact : totals_of(input, metrics))
        page.add("- ").add(cell(fact.label)).add(": **").add(cell(fact.text)).add("**\n");
    page.add("- working time, ").add(cell(format_calendar(input.stream().calendar))).add("\n\n");
}

/// The stages around an element, outermost first: `Verify / Tests`.
std::string stages_around(const ir::Stream& stream, ElementId id) {
    std::string path;
    for (ElementId at = stream.elements[id].parent; at.valid(); at = stream.elements[at].parent) {
        const ir::Element& element = stream.elements[at];
        if (std::holds_alternative<ir::Stage>(element.what))
            path = called(element) + (path.empty() ? "" : " / " + path);
    }
    return path;
}

struct Row {
    std::string name, kind, stage, team, process, wait, lead, quality, share;
};

class Rows {
public:
    Rows(const BackendInput& input, const runtime::StreamMetrics& metrics) : input_(input), metrics_(metrics) {}

    std::vector<Row> take() {
        add_all(input_.stream().body.elements);
        return std::move(rows_);
    }

private:
    void add_all(const std::vector<ElementId>& elements) {
        for (const ElementId id : elements) {
            const ir::Element& element = input_.stream().elements[id];
            if (const auto* step = ir::step_of(element)) {
                add_step(id, *step);
            } else if (std::holds_alternative<ir::Wait>(element.what) ||
                       std::holds_alternative<ir::Queue>(element.what)) {
                add_wait(id);
            }
            add_all(children_of(element));
        }
    }

    void add_step(ElementId id, const ir::Step& step) {
        const ir::ResolvedTimings& timings = input_.model.facts(input_.stream_id).elements[id].timings;
        const Calendar& calendar = input_.stream().calendar;
        Row row = row_of(id);
        row.kind = name_of(step.kind);
        row.team = teams_of(input_, step.teams);
        if (!play_of(input_, id).lead_alone || !timings.process.known) {
            row.process = time_text(timings.process, calendar);
            row.wait = time_text(timings.wait, calendar);
        }
        row.lead = time_text(timings.lead, calendar);
        if (step.quality) row.quality = quality_text(*step.quality);
        rows_.push_back(std::move(row));
    }

    void add_wait(ElementId id) {
        const runtime::TimeFigure& time = metrics_.elements[id].lead_time;
        Row row = row_of(id);
        const bool waits = std::holds_alternative<ir::Wait>(input_.stream().elements[id].what);
        const ir::ResolvedTime& written = input_.model.facts(input_.stream_id).elements[id].timings.wait;
        row.wait = waits ? time_text(written, input_.stream().calendar) : at_least(time, input_.stream().calendar);
        row.lead = row.wait;
        rows_.push_back(std::move(row));
    }

    Row row_of(ElementId id) const {
        Row row;
        row.kind = keyword_of(input_.stream().elements[id]);
        row.name = called(input_.stream().elements[id]);
        row.stage = stages_around(input_.stream(), id);
        const double share = input_.model.facts(input_.stream_id).elements[id].share;
        if (share < 1) row.share = percent_digits(share) + "%";
        return row;
    }

    const BackendInput& input_;
    const runtime::StreamMetrics& metrics_;
    std::vector<Row> rows_;
};

void add_row(Markdown& page, const Row& row) {
    page.add("|");
    for (const std::string* text :
         {&row.name, &row.kind, &row.stage, &row.team, &row.process, &row.wait, &row.lead, &row.quality, &row.share})
        page.add(" ").add(cell(*text)).add(text->empty() ? MarkdownText("|") : MarkdownText(" |"));
    page.add("\n");
}

void add_table_head(Markdown& page) {
    page.add("| Step | Kind | Stage | Team | Process time | Wait before | Lead time | %C&amp;A | Share of items |\n");
    page.add("|---|---|---|---|--:|--:|--:|--:|--:|\n");
}

}  // namespace

std::string map_summary(const BackendInput& input, const std::string& diagram) {
    Markdown page;
    page.add("## ").add(cell(called(input.stream()))).add("\n\n");
    for (const Fact& fact : background_of(input))
        page.add("- ").add(cell(fact.label)).add(": ").add(cell(fact.text)).add("\n");
    page.add("\n");
    if (diagram.empty()) {
        page.add("The map is too large to draw here.\n");
    } else {
        page.add_fenced("mermaid", diagram);
    }
    return page.text();
}

std::vector<std::string> figure_tables(const BackendInput& input, const runtime::StreamMetrics& metrics) {
    std::vector<std::string> parts;
    Markdown page;
    page.add("## Figures of the map\n\n");
    add_totals(page, input, metrics);
    add_table_head(page);
    for (const Row& row : Rows(input, metrics).take()) {
        if (page.text().size() > largest_part) {
            parts.push_back(page.text());
            page = Markdown();
            add_table_head(page);
        }
        add_row(page, row);
    }
    parts.push_back(page.text());
    return parts;
}

}  // namespace vsm::backends::mock
