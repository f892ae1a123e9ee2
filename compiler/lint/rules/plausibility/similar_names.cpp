#include "diag/rules/similar_names.h"
#include "base/text.h"
#include "compiler/lint/traverse.h"

namespace vsm::lint::rules {
namespace {

/// A name with characters that look alike replaced by one of them.
std::string skeleton_of(const std::string& name) {
    std::string text;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (c == 'I' || c == '1' || c == '|')
            text += 'l';
        else if (c == '0')
            text += 'o';
        else if (c == '-')
            text += '_';
        else if (c == 'r' && i + 1 < name.size() && name[i + 1] == 'n')
            text += 'm', ++i;
        else
            text += c;
    }
    return lower_case(text);
}

/// Reports names that look like an earlier one in the same namespace.
class Names {
public:
    explicit Names(Reporter& reporter) : reporter_(reporter) {}

    void add(const ir::Text& name, Place place) {
        if (name.value.empty() || !name.range.valid()) return;
        const auto [first, added] = seen_.try_emplace(skeleton_of(name.value), &name);
        if (added || first->second->value == name.value) return;
        reporter_.report(diag::similar_names, place, name.range, first->second->value, name.value)
            .label(first->second->range, "the other one")
            .help("if they are the same, use one name; otherwise rename one of them");
    }

private:
    Reporter& reporter_;
    std::map<std::string, const ir::Text*> seen_;
};

void check(const LintInput& input, Reporter& reporter) {
    const ir::Model& model = input.model.model();
    Names teams(reporter), streams(reporter);
    for (const ir::Team& team : model.teams) teams.add(team.name, {});
    each_stream(model, [&](ir::StreamId id, const ir::Stream& stream) {
        streams.add(stream.name, {id, {}});
        Names elements(reporter);
        for (std::size_t i = 0; i < stream.elements.size(); ++i)
            elements.add(stream.elements[stream.elements.id_at(i)].name, {id, stream.elements.id_at(i)});
    });
}

}  // namespace

extern const Rule similar_names;
const Rule similar_names{
    .code = diag::similar_names.code,
    .what = "Two names of teams, of streams, or of elements of one stream that differ only in characters that look "
            "alike: `l`, `I` and `1`; `o`, `O` and `0`; `-` and `_`; `m` and `rn`.",
    .why = "They are easily confused, both in reading and in typing. Of two such team names, one is most likely a "
           "typo: its steps are counted for a team that does not exist.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step build "Build" { team: dev, kind: automated, process: 12min, lead: 20min, ca: 95% }
  step load_test "Load test" { team: qa, process: 2h, lead: 1d, ca: 90% }
  step load-test "Test again" { team: qa, process: 1h, lead: 1d, ca: 90% }
  step deploy "Deploy" { team: dev, process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { team: dev, process: 45min, lead: 1d, ca: 85% }
  step build "Build" { team: dev, kind: automated, process: 12min, lead: 20min, ca: 95% }
  step load_test "Load test" { team: qa, process: 2h, lead: 1d, ca: 90% }
  step second_test "Test again" { team: qa, process: 1h, lead: 1d, ca: 90% }
  step deploy "Deploy" { team: dev, process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
