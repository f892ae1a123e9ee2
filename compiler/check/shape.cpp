#include <algorithm>

#include "compiler/check/all_checks.h"
#include "diag/check.h"

namespace vsm::check {

namespace {

bool has_steps(const ir::Stream& stream) {
    return std::any_of(stream.elements.begin(), stream.elements.end(),
                       [](const ir::Element& element) { return ir::is_step(element); });
}

void check_milestones(const ir::Stream& stream, Diagnostics& diagnostics) {
    const ir::Element *commit = nullptr, *production = nullptr;
    for (const ir::Element& element : stream.elements) {
        const auto* step = ir::step_of(element);
        if (step == nullptr || !step->milestone) continue;
        const bool begins = *step->milestone == ir::Milestone::commit;
        const ir::Element*& first = begins ? commit : production;
        if (first == nullptr) {
            first = &element;
            continue;
        }
        diagnostics.report(diag::duplicate_milestone, element.range, begins ? "commit" : "production")
            .label(first->range, "the other one")
            .help(begins ? "leave it on the first step after the commit"
                         : "leave it on the step that brings the change to its users");
    }
}

}  // namespace

void check_shape(const ir::Model& model, const ir::Stream& stream, Diagnostics& diagnostics) {
    const bool empty_before =
        stream.future && stream.future->of.valid() && !has_steps(model.streams[stream.future->of]);
    if (!has_steps(stream) && !stream.damaged && !empty_before) {
        const std::string name = fmt::format("{} `{}`", stream.future ? "future" : "stream", stream.name.value);
        diagnostics.report(diag::empty_stream, stream.range, name)
            .help(stream.future ? "its edits remove every step: keep one, or put one in its place with `replace`"
                                : "add the first one: `step build \"Build\" { process: 10min, lead: 20min }`");
    }
    for (const ir::Element& element : stream.elements) {
        const bool container =
            std::holds_alternative<ir::Parallel>(element.what) || std::holds_alternative<ir::Choose>(element.what);
        if (!container || element.damaged || !children_of(element).empty()) continue;
        diagnostics.report(diag::no_branches, element.range, name_of(element))
            .help("add a branch: `branch { step … }`");
    }
    check_milestones(stream, diagnostics);
}

}  // namespace vsm::check
