// What every target has in common: a checked stream goes in, files come out, in memory. Knows neither file names nor the disk,
// the clock or the environment; same input, same bytes.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/units.h"
#include "ir/checked_model.h"
#include "runtime/metrics.h"

namespace vsm::backends {

/// How targets that are a tree of values (codepipeline) are written.
enum class Syntax { yaml, json };

/// How long a mock takes for one working day of the stream's calendar, in clock time, at most `longest`. Zero: it never sleeps.
struct TimeScale {
    static constexpr Duration longest{24LL * 3600 * microseconds_per_second};
    Duration mock_per_working_day{microseconds_per_second};
};

/// What plays the steps of a mock AWS pipeline: an inline function, shell commands in a container, or a person for every one.
enum class MockKind { lambda, commands, approval };

/// Whether a wait is drawn as something of its own or told with the step that follows it.
enum class Waits { separate, merge };

enum class Diagram { flowchart, gantt };

/// What may start a workflow besides a person, without more to say about it (GitHub's names).
inline constexpr std::array<std::string_view, 6> workflow_events{"push", "pull_request", "merge_group", "release", "deployment", "workflow_call"};

/// What the command line can ask of a target; each one reads what concerns it.
struct BackendOptions {
    Syntax syntax = Syntax::yaml;                        ///< codepipeline
    TimeScale time_scale;                                ///< codepipeline, github, gitlab
    MockKind mock = MockKind::lambda;                    ///< codepipeline
    Waits waits = Waits::separate;                       ///< codepipeline
    std::vector<std::string> events;                     ///< github: some of workflow_events, each once
    std::vector<std::string> runner{"ubuntu-latest"};    ///< github: labels that a machine must have, at least one
    bool environments = false;                           ///< github: approvals wait for the reviewers of an environment
    bool compare = false;                                ///< svg: a future below the stream it is based on
    Diagram diagram = Diagram::flowchart;                ///< mermaid
};

/// One stream of a checked model, or one of its futures.
struct BackendInput {
    const ir::CheckedModel& model;
    ir::StreamId stream;
    const BackendOptions& options;
    runtime::Measurements* measured = nullptr;  ///< where figures are kept for other targets of the same model; nothing: nowhere

    /// Of this stream, or another of the model.
    runtime::StreamMetrics figures(ir::StreamId id) const { return measured != nullptr ? measured->of(id) : runtime::measure(model, id); }
    const ir::Stream& map() const { return model.stream(stream); }
};

/// One thing to do with a file: `purpose` says what for, `command` is a line for a POSIX shell in which `{file}` stands
/// for the file's quoted path. Without a command, `purpose` is all there is to say.
struct NextStep {
    std::string purpose;
    std::string command;
};

/// A file to write: `suffix` follows the stream's name (`.codepipeline.yaml`).
struct OutputFile {
    std::string suffix;
    std::string content;
    std::vector<NextStep> next_steps;
};

struct Backend {
    std::string_view name;
    std::string_view summary;
    /// Total: valid files, and a diagnostic at each construct that the target cannot carry; with an error among the
    /// diagnostics, no files. The stream must be one of the model's.
    std::vector<OutputFile> (*emit)(const BackendInput&, Diagnostics&);
};

/// The rows of backends.def in their order.
std::span<const Backend> all_backends();

/// Nothing when no target has that name.
const Backend* find_backend(std::string_view name);

}  // namespace vsm::backends
