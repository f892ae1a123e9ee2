// Maps a stream to the stages and actions of CodePipeline and orders them. CodePipeline has no graph: stages run in
// sequence, and within a stage all actions of one run order wait for all of the previous one. Does not depend on the
// template's syntax.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backends/backend.h"
#include "backends/mock/mock_plan.h"
#include "backends/support/names.h"
#include "runtime/metrics.h"

namespace vsm::backends::codepipeline {

/// What runs again, once, when an action fails.
enum class Retry { none, failed_actions, all_actions };

/// A unit of execution: the work of a step, the wait before it, or a wait or queue.
struct Action {
    mock::MockStep step;                     ///< its time includes that of `waits`
    std::size_t run_order = 1;               ///< from 1, without gaps
    std::string stage_prefix;                ///< for a stage inside another: `Verify.`
    std::string name;                        ///< valid for CodePipeline, with metrics; unique in the stage
    std::vector<mock::MockStep> waits = {};  ///< waits and queues merged into the step after them
    std::string defect = {};    ///< value of the variable `defect` for which the step fails, once; empty: never
    Retry retry = Retry::none;  ///< that of its stage, if the step may find a defect
};

/// A branch of a choose: runs if the variable has this value.
struct ChoiceBranch {
    std::string variable;
    std::string word;
};

struct Stage {
    std::string name;
    ir::ElementId element;  ///< the stage or branch, or the element that a run outside any stage is named after
    std::vector<Action> actions;
    std::optional<ChoiceBranch> only_if;
    Retry retry = Retry::none;
};

/// A pipeline variable, which can be set at the start of an execution.
struct Variable {
    std::string name;
    std::vector<std::string> words;  ///< its possible values
    std::string usual;
    std::string purpose;  ///< contains only our own words and names of the map
};

struct Layout {
    std::vector<Stage> stages;  ///< without the source stage
    std::vector<Variable> variables;
};

/// The variable that selects the step that finds a defect, and its value for none.
inline constexpr std::string_view defect_variable = "defect";
inline constexpr std::string_view no_defect = "none";

/// Assigns the steps of a plan to stages. Reports what cannot be shown in the map's order or time.
Layout lay_out(const BackendInput& input, const runtime::StreamMetrics& metrics, const mock::Plan& plan,
               Diagnostics& diagnostics);

/// Whether a person plays the step in the console.
bool by_hand(const BackendInput& input, const ir::Step& step);

/// Who plays an action or a whole pipeline; `approval` for a pipeline with approvals only.
MockKind player_of(const BackendInput& input, const Action& action);
MockKind player_of(const BackendInput& input, const Layout& layout);

/// The base of names for an element: its title if it contains an allowed character, else its label.
const std::string& name_stem(const ir::Element& element);

/// For names of stages and actions, and for values of the variable `defect`.
inline constexpr NameRule name_rule{"._-", 100, false};

/// Name of the source stage, and of its action.
inline constexpr std::string_view source_stage = "Source";
std::string source_action(const BackendInput& input);

}  // namespace vsm::backends::codepipeline
