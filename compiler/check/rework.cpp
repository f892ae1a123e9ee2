#include <algorithm>
#include <map>

#include "compiler/check/all_checks.h"
#include "diag/check.h"

namespace vsm::check {
namespace {

class ReworkCheck {
public:
    ReworkCheck(const ir::Stream& stream, Diagnostics& diagnostics) : stream_(stream), diagnostics_(diagnostics) {}

    void run() {
        for (std::size_t i = 0; i < stream_.elements.size(); ++i) {
            const ir::ElementId id = stream_.elements.id_at(i);
            const auto* step = ir::step_of(stream_.elements[id]);
            if (step == nullptr || step->reworks.empty()) continue;
            check_rates(stream_.elements[id], *step);
            check_twice(stream_.elements[id], *step);
            for (const ir::Rework& rework : step->reworks)
                if (const auto* to = std::get_if<ir::ElementId>(&rework.to)) check_target(id, *to, rework);
        }
    }

private:
    void check_rates(const ir::Element& element, const ir::Step& step) {
        std::int64_t all = 0, repeating = 0;
        for (const ir::Rework& rework : step.reworks) {
            const bool on_the_spot = std::holds_alternative<ir::Repair>(rework.to);
            if (on_the_spot && !rework.once && rework.rate >= Ratio::one())
                diagnostics_
                    .report(diag::endless_rework, rework.range,
                            fmt::format("the rework of `{}` never ends: every repair is repaired again", element.label))
                    .help("write `once`, or a rate below 100%");
            if (on_the_spot) continue;
            all += rework.rate.parts;
            if (!rework.once) repeating += rework.rate.parts;
        }
        if (all > Ratio::whole) {
            const std::vector<SourceRange> places = sent_back(step, true);
            auto report = diagnostics_.report(diag::rework_over_whole, places.front(), name_of(element),
                                              format_exactly(Ratio{all}));
            for (std::size_t i = 1; i < places.size(); ++i) report.label(places[i], "and this");
            report.help("an item is sent back to one place at a time: all rates add up to the share of items that are "
                        "sent back");
        } else if (repeating == Ratio::whole) {
            const std::vector<SourceRange> places = sent_back(step, false);
            auto report = diagnostics_.report(
                diag::endless_rework, places.front(),
                fmt::format("no item ever leaves `{}`: all of them are sent back, every time", element.label));
            for (std::size_t i = 1; i < places.size(); ++i) report.label(places[i], "and this");
            report.help("write a rate below 100%, or `once` if each item is sent back at most once");
        }
    }

    /// The statements of a step that send items back, with or without those that do so once.
    static std::vector<SourceRange> sent_back(const ir::Step& step, bool with_once) {
        std::vector<SourceRange> places;
        for (const ir::Rework& rework : step.reworks)
            if ((with_once || !rework.once) && rework.rate.parts > 0 &&
                std::holds_alternative<ir::ElementId>(rework.to))
                places.push_back(rework.range);
        return places;
    }

    void check_twice(const ir::Element& element, const ir::Step& step) {
        std::map<ir::ElementId, SourceRange> seen;
        for (const ir::Rework& rework : step.reworks) {
            const auto* to = std::get_if<ir::ElementId>(&rework.to);
            if (to == nullptr || !to->valid()) continue;
            const auto [first, is_new] = seen.try_emplace(*to, rework.target_range);
            if (is_new) continue;
            diagnostics_
                .report(diag::duplicate_rework, rework.target_range, name_of(element), stream_.elements[*to].label)
                .label(first->second, "the first time")
                .help("write one rate that counts both");
        }
    }

    bool is_branch(ir::ElementId id) const { return std::holds_alternative<ir::Branch>(stream_.elements[id].what); }

    /// The element and its ancestors, outermost first.
    std::vector<ir::ElementId> chain(ir::ElementId id) const {
        std::vector<ir::ElementId> up;
        for (ir::ElementId at = id; at.valid(); at = stream_.elements[at].parent) up.push_back(at);
        std::reverse(up.begin(), up.end());
        return up;
    }

    void check_target(ir::ElementId from, ir::ElementId to, const ir::Rework& rework) {
        const auto source = chain(from), target = chain(to);
        std::size_t common = 0;
        while (common < source.size() && common < target.size() && source[common] == target[common]) ++common;
        // Back to itself, or to the start of an element that contains it.
        if (common == target.size()) return;
        for (std::size_t i = common; i < target.size(); ++i) {
            if (!is_branch(target[i])) continue;
            const ir::Element& whole = stream_.elements[stream_.elements[target[i]].parent];
            diagnostics_
                .report(diag::rework_into_branch, rework.target_range, name_of(whole), stream_.elements[to].label,
                        target[i] == to ? "one of" : "in one of")
                .label(stream_.elements[to].range, "declared here")
                .help(whole.name.given()
                          ? fmt::format("send it back to all of `{}`, or to an element before it", whole.label)
                          : fmt::format(
                                "give the `{}` a name and send it back to that, or send it to an element before it",
                                keyword_of(whole)));
            return;
        }
        if (before(target[common], source[common])) return;
        diagnostics_
            .report(diag::rework_forward, rework.target_range, stream_.elements[to].label, stream_.elements[from].label)
            .label(stream_.elements[to].range, "declared here")
            .help("name the step itself or one before it; to skip steps, use `choose`");
    }

    /// Whether an element comes before another one of the same body.
    bool before(ir::ElementId first, ir::ElementId second) {
        // Ids grow with the text: without `after`, an element comes before those with larger ids.
        if (!graph_in(stream_.elements[second].parent)) return first < second;
        std::vector<ir::ElementId> open{second};
        if (seen_.size() != stream_.elements.size()) seen_.assign(stream_.elements.size(), 0);
        ++round_;
        while (!open.empty()) {
            const ir::ElementId at = open.back();
            open.pop_back();
            if (at == first) return true;
            if (seen_[at.index] == round_) continue;
            seen_[at.index] = round_;
            for (const ir::ElementId previous : stream_.elements[at].predecessors) open.push_back(previous);
        }
        return false;
    }

    /// Whether any element of a body has an `after`.
    bool graph_in(ir::ElementId parent) {
        if (graphs_.size() != stream_.elements.size() + 1) find_graphs();
        return graphs_[parent.valid() ? parent.index : stream_.elements.size()];
    }
    void find_graphs() {
        graphs_.assign(stream_.elements.size() + 1, false);
        for (const ir::Element& element : stream_.elements)
            if (element.after_given)
                graphs_[element.parent.valid() ? element.parent.index : stream_.elements.size()] = true;
    }

    const ir::Stream& stream_;
    Diagnostics& diagnostics_;
    std::vector<std::uint32_t> seen_;
    std::uint32_t round_ = 0;
    std::vector<bool> graphs_;
};

}  // namespace

void check_rework(const ir::Stream& stream, Diagnostics& diagnostics) { ReworkCheck(stream, diagnostics).run(); }

}  // namespace vsm::check
