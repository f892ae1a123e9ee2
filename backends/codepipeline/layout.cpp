#include "backends/codepipeline/layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/codepipeline/series.h"
#include "backends/codepipeline/waves.h"
#include "backends/support/facts.h"
#include "backends/support/names.h"

namespace vsm::backends::codepipeline {
namespace {

using ir::ElementId;
using Part = std::vector<ElementId>;

constexpr NameRule name_rule{"._-", 100, false};

bool is_stage(const ir::Stream& stream, ElementId id) {
    return std::holds_alternative<ir::Stage>(stream.elements[id].what);
}

/// The first step in an element, in the order written; else its first wait or queue; else the element itself.
ElementId first_leaf(const ir::Stream& stream, ElementId id, bool step_wanted) {
    const std::vector<ElementId>& children = children_of(stream.elements[id]);
    if (children.empty()) return id;
    for (const ElementId child : children) {
        const ElementId leaf = first_leaf(stream, child, step_wanted);
        const ir::Element& element = stream.elements[leaf];
        const bool found = step_wanted ? std::holds_alternative<ir::Step>(element.what) : children_of(element).empty();
        if (found) return leaf;
    }
    return id;
}

class Layout {
public:
    Layout(const BackendInput& input, const runtime::StreamMetrics& metrics, Diagnostics& diagnostics)
        : input_(input), stream_(input.map()), metrics_(metrics), diagnostics_(diagnostics) {
        names_.claim(source_stage, source_stage);
    }

    std::vector<Stage> run() {
        add_body(stream_.body, {}, {});
        return std::move(stages_);
    }

private:
    /// Stages for a body; `name` and `owner` are those of the stage it belongs to, if it does.
    void add_body(const ir::Body& body, const std::string& name, ElementId owner) {
        const std::size_t before = stages_.size();
        std::vector<Part> open;
        for (const Part& part : in_series(stream_, body)) {
            const bool with_stage =
                std::any_of(part.begin(), part.end(), [&](ElementId id) { return is_stage(stream_, id); });
            if (!with_stage) {
                open.push_back(part);
                continue;
            }
            close(open, name, owner);
            if (part.size() == 1) {
                const ir::Element& element = stream_.elements[part.front()];
                const std::string full =
                    name.empty() ? name_stem(element) : fmt::format("{}-{}", name, name_stem(element));
                add_body(std::get_if<ir::Stage>(&element.what)->body, full, part.front());
            } else {
                add_side_by_side(part, name);
            }
        }
        close(open, name, owner);
        if (stages_.size() == before && owner.valid()) report_empty(owner);
    }

    /// One stage for the parts gathered so far.
    void close(std::vector<Part>& parts, const std::string& name, ElementId owner) {
        if (parts.empty()) return;
        const ElementId first = named_after(parts);
        add_stage(parts, name.empty() ? name_stem(stream_.elements[first]) : name, owner.valid() ? owner : first);
        parts.clear();
    }

    ElementId named_after(const std::vector<Part>& parts) const {
        for (const bool step_wanted : {true, false}) {
            for (const Part& part : parts) {
                for (const ElementId id : part) {
                    const ElementId leaf = first_leaf(stream_, id, step_wanted);
                    if (!step_wanted || std::holds_alternative<ir::Step>(stream_.elements[leaf].what)) return leaf;
                }
            }
        }
        return parts.front().front();
    }

    void add_side_by_side(const Part& part, const std::string& name) {
        std::string joint = name;
        std::string listed;
        ElementId first;
        for (const ElementId id : part) {
            if (!is_stage(stream_, id)) continue;
            const ir::Element& element = stream_.elements[id];
            joint += (first.valid() ? "-and-" : joint.empty() ? "" : "-") + name_stem(element);
            listed += fmt::format("{}`{}`", first.valid() ? ", " : "", element.label);
            if (!first.valid()) first = id;
        }
        diagnostics_.report(diag::merged_stages, stream_.elements[first].range, "codepipeline", listed)
            .help("its stages run one after the other; actions side by side need to be in the same one");
        add_stage({part}, joint, first);
    }

    void add_stage(const std::vector<Part>& parts, const std::string& name, ElementId element) {
        Waves waves(input_, metrics_, diagnostics_);
        for (const Part& part : parts) waves.place_part(part);
        std::vector<Action> actions = waves.take();
        if (actions.empty()) return;
        name_actions(actions);
        stages_.push_back({names_.claim(name, stream_.elements[element].label), element, std::move(actions)});
    }

    void report_empty(ElementId id) {
        diagnostics_
            .report(diag::not_carried, stream_.elements[id].range, "codepipeline",
                    fmt::format("stage `{}`, in which nothing happens", stream_.elements[id].label))
            .help("a stage of CodePipeline holds at least one action");
    }

    void name_actions(std::vector<Action>& actions) {
        Names names(name_rule);
        for (Action& action : actions) {
            const ir::Element& element = stream_.elements[action.element];
            const bool wait = action.kind == Action::Kind::wait;
            // a wait without title or name is just called Wait: its label would say so twice
            const bool nameless = element.title.value.empty() && element.name.value.empty();
            const std::string own = wait && nameless ? "" : name_stem(element);
            action.name = names.claim(fmt::format("{}{}{}", wait ? "Wait-" : "", action.stage_prefix, own),
                                      element.label, wait ? wait_tag(action) : step_tags(action));
        }
    }

    /// `_WT1d`; nothing when unknown.
    std::string wait_tag(const Action& action) const {
        return action.known ? "_WT" + format_duration(action.microseconds, stream_.calendar) : "";
    }

    /// `_70pct_PT30min_WT1d_CA85`: what is known of a step.
    std::string step_tags(const Action& action) const {
        const ir::ElementFacts& facts = input_.model.facts(input_.stream).elements[action.element];
        std::string tags;
        if (facts.share < 1) tags += fmt::format("_{}pct", percent_digits(facts.share));
        const Play play = play_of(input_, action.element);
        if (play.lead_alone) {
            tags += "_LT" + format_duration(play.work, stream_.calendar);
        } else {
            if (facts.timings.process.known) tags += "_PT" + format_duration(play.work, stream_.calendar);
            if (facts.timings.wait.known) tags += "_WT" + format_duration(play.wait, stream_.calendar);
        }
        if (const auto ca = metrics_.elements[action.element].ca) tags += "_CA" + percent_digits(*ca);
        return tags;
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
    Diagnostics& diagnostics_;
    Names names_{name_rule};
    std::vector<Stage> stages_;
};

}  // namespace

std::vector<Stage> lay_out(const BackendInput& input, const runtime::StreamMetrics& metrics, Diagnostics& diagnostics) {
    return Layout(input, metrics, diagnostics).run();
}

const std::string& name_stem(const ir::Element& element) {
    return name_from(called(element), name_rule).empty() ? element.label : called(element);
}

std::string source_action(const BackendInput& input) {
    return Names(name_rule).claim(input.map().trigger.value, "Trigger");
}

}  // namespace vsm::backends::codepipeline
