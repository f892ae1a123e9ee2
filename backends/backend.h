// The interface of every backend: a checked stream in, output files out, in memory. Does not depend on file names, the
// disk, the clock or the environment: the same input gives the same bytes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/options/options.h"
#include "base/diagnostics/diagnostics.h"
#include "base/units.h"
#include "ir/checked_model.h"
#include "runtime/metrics.h"

namespace vsm::backends {

/// One stream of a checked model, or one of its futures.
struct BackendInput {
    const ir::CheckedModel& model;
    ir::StreamId stream_id;
    const BackendOptions& options;
    runtime::Measurements* measured = nullptr;  ///< cache shared with other backends of the same model; null: no cache

    /// The metrics of this stream or another of the model.
    runtime::StreamMetrics figures(ir::StreamId id) const {
        return measured != nullptr ? measured->of(id) : runtime::measure(model, id);
    }
    const ir::Stream& stream() const { return model.stream(stream_id); }
};

/// A suggestion for using a file. `command` is a line for a POSIX shell, in which `{file}` stands for the file's quoted
/// path; if it is empty, `purpose` is complete advice. If the command needs the file at a fixed place of the
/// repository, `place` names it: a folder, with `/` at its end, or a file.
struct NextStep {
    std::string purpose;
    std::string command;
    std::string place = {};
};

/// A file to write; `suffix` (`.codepipeline.yaml`) is appended to the stream's name.
struct OutputFile {
    std::string suffix;
    std::string content;
    std::vector<NextStep> next_steps;
};

struct Backend {
    std::string_view name;
    std::string_view summary;
    /// Total: returns valid files and reports each construct that the backend cannot carry. Returns no files if a
    /// diagnostic is an error. The stream must belong to the model.
    std::vector<OutputFile> (*emit)(const BackendInput&, Diagnostics&);
};

/// In the order of backends.def.
std::span<const Backend> all_backends();

/// Returns null if no backend has that name.
const Backend* find_backend(std::string_view name);

}  // namespace vsm::backends
