#include "runtime/rework/solutions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <unordered_set>

namespace vsm::runtime {
namespace {

std::string key_of(const Routes& routes, const Stretch& part, ir::ElementId without, Routes::Origin origin) {
    std::string key = routes.signature_of(part.first, part.last);
    if (key.empty() || !without.valid()) return key;
    const std::uint32_t order = routes.order_of(without) - origin.order;
    char bytes[sizeof(order)];
    std::memcpy(bytes, &order, sizeof(order));
    return key + "-" + std::string(bytes, sizeof(order));
}

/// Translates unit numbers and target orders from one origin to another.
std::uint32_t moved(std::uint32_t number, std::uint32_t from, std::uint32_t to) {
    return number == none ? none : number - from + to;
}

Visits moved(const Visits& visits, std::uint32_t from, std::uint32_t to) {
    Visits there{visits.states, {}};
    for (const auto& [unit, transitions] : visits.units) there.units.emplace(moved(unit, from, to), transitions);
    return there;
}

Kernels moved(const Kernels& kernels, Routes::Origin from, Routes::Origin to) {
    Kernels there;
    for (const auto& [begun, kernel] : kernels) {
        Kernel one{{}, kernel.runs, kernel.outcomes};
        for (const Visits& visits : kernel.members) one.members.push_back(moved(visits, from.unit, to.unit));
        for (Outcome& outcome : one.outcomes) outcome.target = moved(outcome.target, from.order, to.order);
        there.emplace(begun, std::move(one));
    }
    return there;
}

constexpr Routes::Origin zero{0, 0};

bool has_once(const ir::Stream& stream) {
    return std::any_of(stream.elements.begin(), stream.elements.end(), [](const ir::Element& element) {
        const auto* step = ir::step_of(element);
        return step != nullptr && std::any_of(step->reworks.begin(), step->reworks.end(),
                                              [](const ir::Rework& rework) { return rework.once; });
    });
}

/// A canonical text of everything that determines the routes of a stream; empty without `once`.
std::string shape_of(const ir::Stream& stream) {
    fmt::memory_buffer shape;
    const auto out = fmt::appender(shape);
    bool any = false;
    for (const ir::Element& element : stream.elements) {
        fmt::format_to(out, "{}:{}", element.what.index(), element.parent.index);
        for (const ir::ElementId id : element.predecessors) fmt::format_to(out, "<{}", id.index);
        if (const auto* branch = std::get_if<ir::Branch>(&element.what); branch != nullptr && branch->share)
            fmt::format_to(out, "%{}", branch->share->parts);
        const auto* step = ir::step_of(element);
        if (step == nullptr) continue;
        for (const ir::Rework& rework : step->reworks) {
            const auto* to = std::get_if<ir::ElementId>(&rework.to);
            if (to == nullptr || rework.rate.parts == 0) continue;
            any = any || rework.once;
            fmt::format_to(out, "{}{}>{}", rework.once ? '!' : '*', rework.rate.parts, to->index);
        }
    }
    return any ? fmt::to_string(shape) : "";
}

/// Streams and futures share shapes; the intermediate maps of a future share them only among themselves.
std::size_t count_shapes(const ir::Model& model) {
    std::unordered_set<std::string> shapes;
    if (std::none_of(model.streams.begin(), model.streams.end(), has_once)) return 0;
    for (const ir::Stream& stream : model.streams)
        if (std::string shape = shape_of(stream); !shape.empty()) shapes.insert(std::move(shape));
    for (const ir::Interim& interim : model.interims)
        if (const std::string shape = shape_of(interim.stream); !shape.empty())
            shapes.insert(fmt::format("{}/{}", interim.future.index, shape));
    return shapes.size();
}

}  // namespace

Solutions::Solutions(const ir::Model& model)
    : budget_share_(1.0 / static_cast<double>(std::max<std::size_t>(1, count_shapes(model)))) {}

bool Solutions::take(Router& router, Stretch& part, ir::ElementId without) const {
    if (!part.loop || known_.empty()) return false;
    const Routes::Origin origin = router.routes().origin_of(part.first, part.last);
    const auto found = known_.find(key_of(router.routes(), part, without, origin));
    if (found == known_.end()) return false;
    const Solution& known = found->second;
    part.visits = moved(known.visits, 0, origin.unit);
    part.exits = known.exits;
    for (auto& [state, share] : part.exits) state += part.first;
    std::map<std::uint32_t, Kernels> kernels;
    for (const auto& [unit, transitions] : known.kernels)
        kernels.emplace(moved(unit, 0, origin.unit), moved(transitions, zero, origin));
    router.accept(std::move(kernels), known.work, known.endless);
    return true;
}

void Solutions::keep(const Router& router, const Stretch& part, ir::ElementId without, std::size_t work) {
    if (!part.loop) return;
    const Routes::Origin origin = router.routes().origin_of(part.first, part.last);
    std::string key = key_of(router.routes(), part, without, origin);
    if (key.empty()) return;
    Solution found{moved(part.visits, origin.unit, 0), part.exits, {}, work, router.endless()};
    for (auto& [state, share] : found.exits) state -= part.first;
    for (const auto& [unit, transitions] : router.kernels_in(part, without.valid()))
        found.kernels.emplace(moved(unit, origin.unit, 0), moved(*transitions, origin, zero));
    known_.emplace(std::move(key), std::move(found));
}

}  // namespace vsm::runtime
