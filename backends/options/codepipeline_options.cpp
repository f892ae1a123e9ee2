#include "backends/options/codepipeline_options.h"

namespace vsm::backends {

std::vector<FlagRow<CodepipelineOptions>> CodepipelineOptions::flags() {
    return {
        {{.name = "--template",
          .kind = FlagKind::word,
          .value = "FORMAT",
          .help = "codepipeline: yaml or json",
          .words = {"yaml", "json"}},
         to_word(&CodepipelineOptions::syntax)},
        {{.name = "--format", .kind = FlagKind::word, .value = "FORMAT", .words = {"yaml", "json"}, .hidden = true},
         to_word(&CodepipelineOptions::syntax)},
        {{.name = "--mock",
          .kind = FlagKind::word,
          .value = "KIND",
          .help = "codepipeline: what plays the steps: lambda (a function), commands or approval",
          .words = {"lambda", "commands", "approval"}},
         to_word(&CodepipelineOptions::mock)},
        {{.name = "--waits",
          .kind = FlagKind::word,
          .value = "HOW",
          .help = "codepipeline: a wait is an action (separate) or told with its step (merge)",
          .words = {"separate", "merge"}},
         to_word(&CodepipelineOptions::waits)},
    };
}

}  // namespace vsm::backends
