#include "backends/gitlab/gitlab_stages.h"

#include <fmt/format.h>

#include <optional>

#include "backends/support/facts.h"
#include "diag/outputs.h"

namespace vsm::backends::gitlab {
namespace {

using ir::ElementId;

constexpr std::size_t longest_stage = 100;  ///< UTF-16 units

bool is_stage(const ir::Element& element) { return std::holds_alternative<ir::Stage>(element.what); }

/// The innermost stage around an element; invalid if there is none.
ElementId stage_around(const ir::Stream& stream, ElementId id) {
    ElementId at = stream.elements[id].parent;
    while (at.valid() && !is_stage(stream.elements[at])) at = stream.elements[at].parent;
    return at;
}

/// `Release / Approval`.
std::string stage_title(const ir::Stream& stream, ElementId stage) {
    std::string title;
    for (ElementId at = stage; at.valid(); at = stage_around(stream, at))
        title = cut(called(stream.elements[at]), longest_stage) + (title.empty() ? "" : " / " + title);
    return title;
}

void report_empty(const ir::Stream& stream, const std::vector<ElementId>& elements, Diagnostics& diagnostics) {
    for (const ElementId id : elements) {
        const ir::Element& element = stream.elements[id];
        report_empty(stream, ir::children_of(element), diagnostics);
        if (!is_stage(element) || mock::is_played(stream, id)) continue;
        diagnostics
            .report(diag::not_carried, element.range, "gitlab",
                    fmt::format("stage `{}`, in which nothing happens", element.label))
            .help("a GitLab stage needs at least one job");
    }
}

}  // namespace

/// Jobs are topologically sorted, and each change of the map's stage opens a new stage, so no job needs one of a later
/// stage.
StageOrder stages_of(const BackendInput& input, const mock::Plan& plan, Diagnostics& diagnostics) {
    const ir::Stream& stream = input.stream();
    report_empty(stream, stream.body.elements, diagnostics);
    StageOrder order;
    std::optional<ElementId> open;  // the map's stage of the previous job
    for (const mock::MockJob& job : plan.jobs) {
        if (!job.element.valid()) {
            order.titles.push_back(job.kind == mock::MockJob::Kind::start ? "Start" : "Figures");
            open = std::nullopt;
        } else if (const ElementId around = stage_around(stream, job.element); open != around) {
            const std::string title =
                around.valid() ? stage_title(stream, around) : called(stream.elements[job.element]);
            order.titles.push_back(cut(title, longest_stage));
            open = around;
        }
        order.of_job.push_back(order.titles.size() - 1);
    }
    return order;
}

}  // namespace vsm::backends::gitlab
