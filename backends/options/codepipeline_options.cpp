#include "backends/options/codepipeline_options.h"

namespace vsm::backends {

std::vector<FlagRow<CodepipelineOptions>> CodepipelineOptions::flags() {
    return {
        {{.name = "--template",
          .kind = FlagKind::word,
          .value = "FORMAT",
          .help = "codepipeline: syntax of the template, yaml or json",
          .words = {"yaml", "json"}},
         to_word(&CodepipelineOptions::syntax)},
        {{.name = "--format", .kind = FlagKind::word, .value = "FORMAT", .words = {"yaml", "json"}, .hidden = true},
         to_word(&CodepipelineOptions::syntax)},
        {{.name = "--mock",
          .kind = FlagKind::word,
          .value = "KIND",
          .help = "codepipeline: what plays the steps: lambda (functions), commands, or approval (people)",
          .words = {"lambda", "commands", "approval"}},
         to_word(&CodepipelineOptions::mock)},
        {{.name = "--waits",
          .kind = FlagKind::word,
          .value = "HOW",
          .help = "codepipeline: show a wait as an action of its own (separate) or with its step (merge)",
          .words = {"separate", "merge"}},
         to_word(&CodepipelineOptions::waits)},
    };
}

}  // namespace vsm::backends
