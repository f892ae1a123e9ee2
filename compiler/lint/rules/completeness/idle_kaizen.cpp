#include "diag/rules/idle_kaizen.h"
#include "compiler/lint/traverse.h"

namespace vsm::lint::rules {
namespace {

std::string advice_for(const ir::Kaizen& kaizen, bool in_future) {
    if (in_future && kaizen.edits == 0) return "move the edits that belong to it into its block, or remove it";
    if (kaizen.owner.given()) return "add `due: 2027-02-28`, the date by which it is done";
    return kaizen.due ? "add `owner: NAME`, the person responsible for it"
                      : "add `owner: NAME, due: 2027-02-28`, the person responsible and the date by which it is done";
}

/// What is wrong with a kaizen; empty if nothing is. In a future, a kaizen exists for its edits.
std::string fault_of(const ir::Kaizen& kaizen, bool in_future) {
    if (in_future && kaizen.edits == 0) return "changes nothing";
    if (!kaizen.owner.given() && !kaizen.due) return "has neither an owner nor a due date";
    if (!kaizen.owner.given()) return "has no owner";
    return kaizen.due ? "" : "has no due date";
}

bool within(SourceRange inner, SourceRange outer) {
    return inner.file == outer.file && inner.begin >= outer.begin && inner.end <= outer.end;
}

void check_all(const std::vector<ir::Kaizen>& kaizens, Place place, const ir::Stream& stream, Reporter& reporter) {
    for (const ir::Kaizen& kaizen : kaizens) {
        // A future also has the kaizens of the elements that it takes over.
        const bool in_future = stream.future && within(kaizen.range, stream.block_range);
        const std::string fault = fault_of(kaizen, in_future);
        if (fault.empty()) continue;
        reporter.report(diag::idle_kaizen, place, kaizen.range, kaizen.title.value, fault)
            .help(advice_for(kaizen, in_future));
    }
}

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        check_all(stream.remarks.kaizens, {id, {}}, stream, reporter);
        for (std::size_t i = 0; i < stream.elements.size(); ++i) {
            const ir::ElementId element = stream.elements.id_at(i);
            check_all(stream.elements[element].remarks.kaizens, {id, element}, stream, reporter);
        }
    });
}

}  // namespace

extern const Rule idle_kaizen;
const Rule idle_kaizen{
    .code = diag::idle_kaizen.code,
    .what = "A kaizen without an owner or a due date, or one in a future that edits nothing.",
    .why = "An improvement that has no owner and no date does not get done. In a future, the edits of a kaizen "
           "describe its effect; without them, no figure shows what it achieves.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
  kaizen "Automate the tests" on test { owner: qa }
  target lead_time <= 2d by 2027-03-31
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
  kaizen "Automate the tests" on test { owner: qa, due: 2027-02-28 }
  target lead_time <= 2d by 2027-03-31
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
