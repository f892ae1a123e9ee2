// Which stages and actions a stream becomes in CodePipeline, and in which order. CodePipeline knows no graph: stages follow one another, and
// in a stage all actions of one run order wait for all of the one before. Does not know what a template looks like.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backends/backend.h"
#include "backends/support/names.h"
#include "runtime/metrics.h"

namespace vsm::backends::codepipeline {

/// What runs again when an action fails, once.
enum class Retry { none, failed_actions, all_actions };

/// An element that takes its turn: a step at work, or the wait before it, or a wait or queue of its own.
struct Action {
    enum class Kind { work, wait };
    ir::ElementId element;
    Kind kind = Kind::work;
    std::size_t run_order = 1;  ///< from 1, without gaps
    double microseconds = 0;    ///< what is known of its time
    bool known = true;
    std::string stage_prefix;  ///< of a stage drawn inside another, `Verify.`
    std::string name;          ///< as CodePipeline takes it, with the figures; no other of the stage has it
    std::vector<ir::ElementId> waits;  ///< waits and queues before a step that are told with it
    std::string defect;  ///< what the variable `defect` must say for the step to fail, once; empty: it never does
    Retry retry = Retry::none;  ///< of its stage, where the step may find a defect
};

/// A branch of a choose: it runs if the variable says so.
struct Way {
    std::string variable;
    std::string word;
};

struct Stage {
    std::string name;
    ir::ElementId element;  ///< the stage or branch, or the first element of a run outside any
    std::vector<Action> actions;
    std::optional<Way> only_if;
    Retry retry = Retry::none;
};

/// A variable of the pipeline, which whoever starts it may set.
struct Variable {
    std::string name;
    std::vector<std::string> words;  ///< what it may say
    std::string usual;
    std::string purpose;  ///< of our own words and names of the map
};

struct Layout {
    std::vector<Stage> stages;  ///< without the first, which holds the trigger
    std::vector<Variable> variables;
};

/// The variable that says which step finds a defect, and what it says when none does.
inline constexpr std::string_view defect_variable = "defect";
inline constexpr std::string_view no_defect = "none";

/// Reports what cannot be shown in the order or the time that the map says.
Layout lay_out(const BackendInput& input, const runtime::StreamMetrics& metrics, Diagnostics& diagnostics);

/// Whether a person plays the step, in the console.
bool by_hand(const BackendInput& input, const ir::Step& step);

/// What plays an action, or a whole pipeline: a person where there is nothing else to play.
MockKind player_of(const BackendInput& input, const Action& action);
MockKind player_of(const BackendInput& input, const Layout& layout);

/// The element's title where some of it can be part of a name here, else its name: what names are made of.
const std::string& name_stem(const ir::Element& element);

/// What names of stages and actions may hold; words of the variable `defect` too.
inline constexpr NameRule name_rule{"._-", 100, false};

/// Name of the stage that holds the trigger, and of the action in it.
inline constexpr std::string_view source_stage = "Source";
std::string source_action(const BackendInput& input);

}  // namespace vsm::backends::codepipeline
