// Computes signatures of stretches of routes, so that equal ones share a solution.
#include <algorithm>
#include <cstring>

#include "runtime/rework/routes.h"

namespace vsm::runtime {
namespace {

/// Concatenates numbers as bytes.
class Bytes {
public:
    template <class T>
    void add(T number) {
        char bytes[sizeof(T)];
        std::memcpy(bytes, &number, sizeof(T));
        text_.append(bytes, sizeof(T));
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

}  // namespace

Routes::Origin Routes::origin_of(std::uint32_t first, std::uint32_t last) const {
    Origin origin{nowhere, nowhere};
    visit_stops(0, first, last, [&](std::uint32_t, const Stop& stop) {
        if (stop.unit != nowhere) origin.unit = std::min(origin.unit, stop.unit);
        if (!stop.element.valid()) return;
        origin.order = std::min(origin.order, order_of(stop.element));
        for (const Back& back : backs_[stop.element.index])
            origin.order = std::min(origin.order, order_of(back.target));
    });
    return origin;
}

/// Visits the stops of a stretch and of all nested units.
template <class Visit>
void Routes::visit_stops(std::uint32_t number, std::uint32_t first, std::uint32_t last, const Visit& visit) const {
    const Chain& chain = chains_[number];
    for (std::uint32_t at = first; at <= last && at < chain.stops.size(); ++at) {
        const Stop& stop = chain.stops[at];
        visit(number, stop);
        if (stop.unit == nowhere || stop.variant != 0) continue;
        for (const Member& member : units_[stop.unit].members)
            visit_stops(member.chain, 0, static_cast<std::uint32_t>(chains_[member.chain].stops.size()), visit);
    }
}

std::string Routes::signature_of(std::uint32_t first, std::uint32_t last) const {
    if (simplified_ || once_steps_.empty()) return "";
    const Origin origin = origin_of(first, last);
    bool any = false, exact = true;
    Bytes bytes;
    const auto order = [&](ir::ElementId id) { return order_of(id) - origin.order; };
    const auto add_backs = [&](ir::ElementId id) {
        for (const Back& back : backs_[id.index]) {
            any = any || back.once != nowhere;
            exact = exact && (back.once == nowhere || bits_[back.once] != nowhere);
            bytes.add(order(back.target));
            bytes.add(back.parts);
            bytes.add(back.once == nowhere ? nowhere : bits_[back.once]);
        }
    };
    const auto add_unit = [&](std::uint32_t number) {
        const Unit& unit = units_[number];
        bytes.add(number - origin.unit);
        bytes.add(unit.used);
        bytes.add(unit.exact);
        for (const Variant& variant : unit.variants) {
            bytes.add(variant.start.valid() ? order(variant.start) : nowhere);
            bytes.add(variant.member);
        }
        for (const Member& member : unit.members) {
            bytes.add(chains_[member.chain].stops.size());
            bytes.add(chains_[member.chain].group == nowhere);
            for (const Loop& loop : chains_[member.chain].loops) bytes.add(loop.first), bytes.add(loop.last);
            for (const std::size_t b : member.before) bytes.add(b);
            bytes.add(nowhere);
        }
    };
    visit_stops(0, first, last, [&](std::uint32_t number, const Stop& stop) {
        const std::uint32_t begin = number == 0 ? first : 0;
        const Chain& chain = chains_[number];
        bytes.add(stop.kind);
        bytes.add(stop.next - begin);
        bytes.add(stop.depth);
        bytes.add(stop.variant);
        if (stop.element.valid()) bytes.add(order(stop.element));
        for (std::uint32_t i = stop.turns; i < stop.turns + stop.turn_count; ++i)
            bytes.add(chain.turns[i].to - begin), bytes.add(chain.turns[i].share);
        if (stop.kind == Stop::Kind::leaf) add_backs(stop.element);
        if (stop.unit != nowhere && stop.variant == 0) add_unit(stop.unit);
    });
    return any && exact ? bytes.take() : "";
}

}  // namespace vsm::runtime
