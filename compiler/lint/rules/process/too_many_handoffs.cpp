#include "diag/rules/too_many_handoffs.h"
#include "compiler/lint/traverse.h"
#include "thresholds/too_many_handoffs.h"

namespace vsm::lint::rules {
namespace {

void check(const LintInput& input, Reporter& reporter) {
    const auto most = static_cast<std::size_t>(input.thresholds[threshold::too_many_handoffs_most]);
    each_current(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        const std::size_t count = input.figures.of(id).handoffs;
        if (count <= most) return;
        reporter.report(diag::too_many_handoffs, {id, {}}, stream.range, stream.name.value, count, most)
            .help("check which teams could also do the step before or after theirs");
    });
}

}  // namespace

extern const Rule too_many_handoffs;
const Rule too_many_handoffs{
    .code = diag::too_many_handoffs.code,
    .what = "A stream with more than 8 handoffs.",
    .why = "At each handoff, work waits for the next team to have time, and some of the knowledge about it is lost. "
           "Fewer, broader teams speed up a stream more than faster teams do.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step ask { team: a, process: 1h, lead: 1d, ca: 95% }
  step sketch { team: b, process: 1h, lead: 1d, ca: 95% }
  step plan { team: c, process: 1h, lead: 1d, ca: 95% }
  step build { team: d, process: 1h, lead: 1d, ca: 95% }
  step check { team: e, process: 1h, lead: 1d, ca: 95% }
  step pack { team: f, process: 1h, lead: 1d, ca: 95% }
  step sign { team: g, process: 1h, lead: 1d, ca: 95% }
  step file { team: h, process: 1h, lead: 1d, ca: 95% }
  step ship { team: i, process: 1h, lead: 1d, ca: 95% }
  step watch { team: j, process: 1h, lead: 1d, ca: 95% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step ask { team: a, process: 1h, lead: 1d, ca: 95% }
  step sketch { team: a, process: 1h, lead: 1d, ca: 95% }
  step plan { team: b, process: 1h, lead: 1d, ca: 95% }
  step build { team: b, process: 1h, lead: 1d, ca: 95% }
  step check { team: c, process: 1h, lead: 1d, ca: 95% }
  step pack { team: c, process: 1h, lead: 1d, ca: 95% }
  step sign { team: d, process: 1h, lead: 1d, ca: 95% }
  step file { team: d, process: 1h, lead: 1d, ca: 95% }
  step ship { team: e, process: 1h, lead: 1d, ca: 95% }
  step watch { team: e, process: 1h, lead: 1d, ca: 95% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
