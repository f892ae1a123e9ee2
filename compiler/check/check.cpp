#include "compiler/check/check.h"

#include "compiler/check/checks.h"

namespace vsm::check {

/// The only maker of checked models.
class Minter {
public:
    static ir::CheckedModel mint(ir::Model model, IdVector<ir::StreamId, ir::StreamFacts> facts) {
        return ir::CheckedModel(std::move(model), std::move(facts));
    }
};

std::string name_of(const ir::Element& element) { return fmt::format("{} `{}`", keyword_of(element), element.label); }

std::optional<ir::CheckedModel> check(ir::Model model, Diagnostics& diagnostics) {
    IdVector<ir::StreamId, ir::StreamFacts> facts;
    for (const ir::Stream& stream : model.streams) {
        ir::StreamFacts own;
        own.elements.resize(stream.elements.size());
        const bool acyclic = check_cycles(stream, diagnostics);
        check_shape(stream, diagnostics);
        check_timings(stream, own, diagnostics);
        check_shares(stream, own, diagnostics);
        check_queues(stream, own, diagnostics);
        if (acyclic) check_rework(stream, diagnostics);
        facts.add(std::move(own));
    }
    if (diagnostics.has_errors()) return std::nullopt;
    return Minter::mint(std::move(model), std::move(facts));
}

}  // namespace vsm::check
