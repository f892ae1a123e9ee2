// What `vsm build -t codepipeline` can be told.
#pragma once

#include "backends/options/flag_row.h"

namespace vsm::backends {

/// How the template is serialized.
enum class Syntax { yaml, json };

/// What runs the steps of a mock AWS pipeline: an inline function, shell commands in a container, or a person who
/// approves each.
enum class MockKind { lambda, commands, approval };

/// Whether a wait is drawn separately or merged into the step that follows it.
enum class Waits { separate, merge };

struct CodepipelineOptions {
    Syntax syntax = Syntax::yaml;
    MockKind mock = MockKind::lambda;
    Waits waits = Waits::separate;

    static std::vector<FlagRow<CodepipelineOptions>> flags();
};

}  // namespace vsm::backends
