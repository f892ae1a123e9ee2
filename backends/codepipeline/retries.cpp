#include "backends/codepipeline/retries.h"

#include <fmt/format.h>

#include <algorithm>

#include "backends/support/facts.h"
#include "diag/outputs.h"

namespace vsm::backends::codepipeline {
namespace {

using ir::ElementId;

class Retries {
public:
    Retries(const BackendInput& input, Diagnostics& diagnostics)
        : input_(input), stream_(input.stream()), diagnostics_(diagnostics) {
        words_.claim(no_defect, no_defect);
    }

    std::optional<Variable> run(std::vector<Stage>& stages) {
        Variable defect{std::string(defect_variable),
                        {std::string(no_defect)},
                        std::string(no_defect),
                        "Step that finds a defect, once: "};
        for (Stage& stage : stages) {
            for (const Action& action : stage.actions)
                if (const ir::Step* step = reworking(action)) settle(stage, action.step.element, *step);
            for (Action& action : stage.actions)
                if (const ir::Step* step = reworking(action)) prepare(stage, action, *step, defect);
        }
        if (defect.words.size() == 1) return std::nullopt;
        defect.purpose += fmt::format("{}", fmt::join(defect.words, ", "));
        return defect;
    }

private:
    /// The step whose work an action plays, if it may find a defect; else null.
    const ir::Step* reworking(const Action& action) const {
        const auto* step = ir::step_of(stream_.elements[action.step.element]);
        return step != nullptr && !action.step.pause && !step->reworks.empty() ? step : nullptr;
    }

    void prepare(const Stage& stage, Action& action, const ir::Step& step, Variable& defect) {
        action.retry = stage.retry;
        report_repeated(stage, action, step);
        if (by_hand(input_, step)) return;  // a rejection is the defect
        action.defect =
            words_.claim(stream_.elements[action.step.element].name.value, stream_.elements[action.step.element].label);
        defect.words.push_back(action.defect);
    }

    /// Whether a rework repeats only the step itself.
    static bool on_the_spot(const ir::Rework& rework, ElementId id) {
        const auto* to = std::get_if<ElementId>(&rework.to);
        return to == nullptr || *to == id;
    }

    void settle(Stage& stage, ElementId id, const ir::Step& step) {
        if (stage.retry == Retry::none) stage.retry = Retry::failed_actions;
        for (const ir::Rework& rework : step.reworks) {
            if (on_the_spot(rework, id)) continue;
            stage.retry = Retry::all_actions;
            report_elsewhere(stage, id, rework);
        }
    }

    void report_elsewhere(const Stage& stage, ElementId id, const ir::Rework& rework) {
        const ElementId to = *std::get_if<ElementId>(&rework.to);
        const bool here = std::any_of(stage.actions.begin(), stage.actions.end(),
                                      [&](const Action& action) { return holds(to, action.step.element); });
        if (here) return;
        diagnostics_
            .report(diag::not_carried, rework.target_range, "codepipeline",
                    fmt::format("that `{}` sends items back to `{}`, in another stage", stream_.elements[id].label,
                                stream_.elements[to].label))
            .help(fmt::format("a pipeline cannot go back: stage `{}` runs again, and the text of the action is: {}",
                              stage.name, rework_text(input_, rework)));
    }

    /// Reports reworks that should repeat just the step, in a stage that repeats all its actions because of another
    /// rework.
    void report_repeated(const Stage& stage, const Action& action, const ir::Step& step) {
        const bool others = std::any_of(stage.actions.begin(), stage.actions.end(), [&](const Action& other) {
            return other.run_order <= action.run_order && other.step.element != action.step.element;
        });
        if (stage.retry != Retry::all_actions || !others) return;
        const std::string& label = stream_.elements[action.step.element].label;
        for (const ir::Rework& rework : step.reworks) {
            if (!on_the_spot(rework, action.step.element)) continue;
            diagnostics_
                .report(diag::not_carried, rework.target_range, "codepipeline",
                        fmt::format("that only `{}` runs again when it finds a defect", label))
                .help(fmt::format("another rework goes back in stage `{}`, and a stage can only run again as a whole",
                                  stage.name));
        }
    }

    /// Whether `outer` is or contains `inner`.
    bool holds(ElementId outer, ElementId inner) const {
        for (ElementId at = inner; at.valid(); at = stream_.elements[at].parent)
            if (at == outer) return true;
        return false;
    }

    const BackendInput& input_;
    const ir::Stream& stream_;
    Diagnostics& diagnostics_;
    Names words_{name_rule};
};

}  // namespace

std::optional<Variable> settle_retries(const BackendInput& input, std::vector<Stage>& stages,
                                       Diagnostics& diagnostics) {
    return Retries(input, diagnostics).run(stages);
}

}  // namespace vsm::backends::codepipeline
