#include <algorithm>
#include <set>

#include "compiler/lint/traverse.h"
#include "diag/rules/unused_team.h"

namespace vsm::lint::rules {
namespace {

class Uses {
public:
    explicit Uses(const ir::Model& model) : used_(model.teams.size()) {
        each_stream(model, [&](ir::StreamId, const ir::Stream& stream) {
            names_.insert(stream.owner.value);
            add(stream.remarks);
            for (const ir::Element& element : stream.elements) add(element);
        });
    }

    bool has(ir::TeamId id, const ir::Team& team) const { return used_[id.index] || names_.contains(team.name.value); }

private:
    void add(const ir::Remarks& remarks) {
        for (const ir::Kaizen& kaizen : remarks.kaizens) names_.insert(kaizen.owner.value);
    }
    void add(const std::vector<ir::TeamId>& teams) {
        for (const ir::TeamId team : teams) used_[team.index] = true;
    }
    void add(const ir::Element& element) {
        add(element.remarks);
        const auto* step = ir::step_of(element);
        if (step == nullptr) return;
        add(step->teams);
        for (const ir::Rework& rework : step->reworks)
            if (const auto* repair = std::get_if<ir::Repair>(&rework.to)) add(repair->teams);
    }

    std::vector<bool> used_;
    std::set<std::string> names_;  ///< owners, which may be teams
};

bool holds_a_stream(const ir::Model& model) {
    return std::any_of(model.streams.begin(), model.streams.end(),
                       [](const ir::Stream& stream) { return !stream.imported; });
}

void check(const LintInput& input, Reporter& reporter) {
    const ir::Model& model = input.model.model();
    // A file with only teams exists to be imported.
    if (!holds_a_stream(model)) return;
    const Uses uses(model);
    for (std::size_t i = 0; i < model.teams.size(); ++i) {
        const ir::TeamId id = model.teams.id_at(i);
        const ir::Team& team = model.teams[id];
        if (!team.declared || team.imported || uses.has(id, team)) continue;
        reporter.report(diag::unused_team, {team.local_to, {}}, team.name.range, team.name.value)
            .help("remove it, or name it where it does work");
    }
}

}  // namespace

extern const Rule unused_team;
const Rule unused_team{
    .code = diag::unused_team.code,
    .what = "A team that is declared in a file with streams and does no work in any of them.",
    .why = "Either a step should name it, and the load of the team is too low, or it no longer has a part in the "
           "stream. Files that declare only teams are not reported: others import them.",
    .bad = R"(team dev "Developers"
team qa "Quality engineers"
team ops "Operations"

stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step build "Build" { team: dev, kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { team: qa, process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { team: dev, process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(team dev "Developers"
team qa "Quality engineers"
team ops "Operations"

stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step build "Build" { team: dev, kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { team: qa, process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { team: ops, process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
