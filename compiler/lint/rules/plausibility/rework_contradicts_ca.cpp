#include <algorithm>
#include <cmath>

#include "compiler/lint/traverse.h"
#include "diag/rules/rework_contradicts_ca.h"

namespace vsm::lint::rules {
namespace {

using ir::ElementId;

/// The share of items without a defect after each step: products of %C&A in topological order. All branches count, so
/// that the share of defects is rather overestimated than underestimated.
class Products {
public:
    explicit Products(const ir::Stream& stream)
        : stream_(stream), before_(stream.elements.size()), after_(stream.elements.size()) {
        walk(stream.body);
    }

    /// The share without a defect from the work between `from` and `to` (including `to` if `with_it`); nothing if a
    /// %C&A is missing.
    std::optional<double> between(ElementId from, ElementId to, bool with_it) const {
        const Sum& first = before_[from.index];
        const Sum& last = with_it ? after_[to.index] : before_[to.index];
        if (last.unknown > first.unknown) return std::nullopt;
        if (last.zeros > first.zeros) return 0.0;
        return std::exp(last.logarithm - first.logarithm);
    }

    /// The same for the work from the beginning up to and including `to`.
    std::optional<double> up_to(ElementId to) const {
        return after_[to.index].unknown > 0
                   ? std::nullopt
                   : std::optional(after_[to.index].zeros > 0 ? 0.0 : std::exp(after_[to.index].logarithm));
    }

private:
    struct Sum {
        double logarithm = 0;
        std::size_t zeros = 0, unknown = 0;
    };

    void walk(const ir::Body& body) {
        for (const ElementId id : ir::topological_order(stream_, body)) walk(id);
    }

    void walk(ElementId id) {
        before_[id.index] = sum_;
        const ir::Element& element = stream_.elements[id];
        if (const auto* step = ir::step_of(element)) add(*step);
        if (const auto* stage = std::get_if<ir::Stage>(&element.what)) walk(stage->body);
        if (const auto* branch = std::get_if<ir::Branch>(&element.what)) walk(branch->body);
        if (std::holds_alternative<ir::Parallel>(element.what) || std::holds_alternative<ir::Choose>(element.what))
            for (const ElementId inside : ir::children_of(element)) walk(inside);
        after_[id.index] = sum_;
    }

    void add(const ir::Step& step) {
        if (!step.quality || step.quality->state == ir::Quality::State::unknown) {
            ++sum_.unknown;
        } else if (step.quality->state == ir::Quality::State::known) {
            if (step.quality->low.parts == 0) {
                ++sum_.zeros;
            } else {
                sum_.logarithm += std::log(step.quality->low.value());
            }
        }
    }

    const ir::Stream& stream_;
    Sum sum_;
    std::vector<Sum> before_, after_;
};

void check_stream(ir::StreamId id, const ir::Stream& stream, Reporter& reporter) {
    const Products products(stream);
    each_step(stream, [&](ElementId step_id, const ir::Element& element, const ir::Step& step) {
        for (const ir::Rework& rework : step.reworks) {
            const auto* to = std::get_if<ElementId>(&rework.to);
            const bool here = to == nullptr || *to == step_id;
            const auto sound = here ? products.up_to(step_id) : products.between(*to, step_id, false);
            if (!sound || rework.rate.value() <= 1 - *sound + 1e-9) continue;
            reporter
                .report(diag::rework_contradicts_ca, {id, step_id}, rework.range, element.label,
                        format_percent(rework.rate.value()), format_percent(std::max(0.0, 1 - *sound)))
                .label(here ? SourceRange{} : stream.elements[*to].range,
                       "the defects come from this step or a later one")
                .help(here ? "lower the %C&A of the steps up to this one, or the rate"
                           : "lower the %C&A of that step or of later ones, or the rate");
        }
    });
}

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(), [&](ir::StreamId id, const ir::Stream& stream) {
        bool any = false;
        each_step(stream,
                  [&](ElementId, const ir::Element&, const ir::Step& step) { any = any || !step.reworks.empty(); });
        if (any) check_stream(id, stream, reporter);
    });
}

}  // namespace

extern const Rule rework_contradicts_ca;
const Rule rework_contradicts_ca{
    .code = diag::rework_contradicts_ca.code,
    .what = "A rework rate above the share of items that can have a defect, according to the %C&A of all the steps "
            "that could cause one.",
    .why = "If a test sends back 40 %, the work of the steps before it is not 95 % complete and accurate. One of the "
           "two figures is wishful. If a %C&A in between is missing or `?`, nothing is reported.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { rework 40% to review, process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { rework 15% to review, process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
