#include <algorithm>

#include "compiler/lint/traverse.h"
#include "diag/rules/handoff_ping_pong.h"

namespace vsm::lint::rules {
namespace {

using ir::ElementId;

/// Consecutive steps that share a team; `teams` are those of the first.
struct Run {
    std::vector<ir::TeamId> teams;
    ElementId first;
};

bool share(const std::vector<ir::TeamId>& a, const std::vector<ir::TeamId>& b) {
    return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

/// Follows every unbroken sequence of steps. Skips waits and automated steps; a fork begins a new sequence.
class StreamCheck {
public:
    StreamCheck(const ir::Model& model, ir::StreamId id, Reporter& reporter)
        : model_(model), id_(id), stream_(model.streams[id]), reporter_(reporter) {}

    void run() {
        walk(stream_.body.elements);
        end();
    }

private:
    void walk(const std::vector<ElementId>& elements) {
        for (const ElementId id : elements) {
            const ir::Element& element = stream_.elements[id];
            if (element.after_given) end();
            if (const auto* step = ir::step_of(element)) {
                add(id, *step);
            } else if (std::holds_alternative<ir::Stage>(element.what)) {
                walk(ir::children_of(element));
            } else if (!is_pause(element)) {
                end();
                for (const ElementId branch : ir::children_of(element)) {
                    walk(ir::children_of(stream_.elements[branch]));
                    end();
                }
            }
        }
    }

    void add(ElementId id, const ir::Step& step) {
        if (step.kind == ir::StepKind::automated) return;
        if (step.teams.empty()) return end();
        if (!runs_.empty() && share(runs_.back().teams, step.teams)) return;
        runs_.push_back({step.teams, id});
    }

    void end() {
        for (std::size_t i = 0; i + 2 < runs_.size(); ++i) {
            if (!share(runs_[i].teams, runs_[i + 2].teams)) continue;
            report(runs_[i], runs_[i + 1], runs_[i + 2]);
            ++i;
        }
        runs_.clear();
    }

    void report(const Run& from, const Run& over, const Run& back) {
        reporter_
            .report(diag::handoff_ping_pong, {id_, back.first}, stream_.elements[back.first].range,
                    teams_called(model_, from.teams), teams_called(model_, over.teams))
            .label(stream_.elements[over.first].range, "over here")
            .help("let one of the two do all of it, or both of them do it together");
    }

    const ir::Model& model_;
    ir::StreamId id_;
    const ir::Stream& stream_;
    Reporter& reporter_;
    std::vector<Run> runs_;
};

void check(const LintInput& input, Reporter& reporter) {
    each_current(input.model.model(),
                 [&](ir::StreamId id, const ir::Stream&) { StreamCheck(input.model.model(), id, reporter).run(); });
}

}  // namespace

extern const Rule handoff_ping_pong;
const Rule handoff_ping_pong{
    .code = diag::handoff_ping_pong.code,
    .what = "Work that goes from one team to another and back again. Steps of machines in between are ignored.",
    .why = "Every time work changes hands it waits, and some of the knowledge about it is lost. A team that can do all "
           "of it gains most where work goes back and forth.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step test "Test" { team: qa, process: 3h, lead: 2d, ca: 75% }
  step mend "Mend what was found" { team: dev, process: 1h, lead: 1d, ca: 90% }
  step deploy "Deploy" { team: ops, process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step test "Test" { team: qa, process: 3h, lead: 2d, ca: 75% }
  step mend "Mend what was found" { team: qa, process: 1h, lead: 1d, ca: 90% }
  step deploy "Deploy" { team: ops, process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
