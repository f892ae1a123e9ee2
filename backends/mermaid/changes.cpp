#include "backends/mermaid/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "backends/flow/flow_graph.h"
#include "backends/mermaid/flowchart.h"
#include "backends/support/facts.h"
#include "runtime/diff/moves.h"

namespace vsm::backends::mermaid {
namespace {

using ir::ElementId;
using runtime::ChangeKind;
using runtime::ElementChange;
using Mark = Picture::Mark;

// A margin below the 500 edges that Mermaid draws by default (maxEdges); limits that keep a box readable in a comment.
constexpr std::size_t most_edges = 480, most_lines = 4, longest_line = 60;

class Marker {
public:
    Marker(Picture& picture, const ir::Stream& before, const ir::Stream& after, const runtime::StreamChange& change)
        : picture_(picture), before_(before), after_(after), change_(change) {
        for (std::size_t i = 0; i < picture.nodes.size(); ++i)
            if (picture.nodes[i].element.valid()) node_of_.emplace(picture.nodes[i].element.index, i);
        std::unordered_map<std::string_view, ElementId> named;
        for (std::size_t i = 0; i < after.elements.size(); ++i)
            named.emplace(after.elements[after.elements.id_at(i)].label, after.elements.id_at(i));
        // Unchanged elements keep their labels; all others are listed in the changes.
        for (std::size_t i = 0; i < before.elements.size(); ++i)
            if (const auto found = named.find(before.elements[before.elements.id_at(i)].label); found != named.end())
                now_[before.elements.id_at(i).index] = found->second;
        for (const ElementChange& one : change.elements)
            if (one.before.valid()) now_[one.before.index] = one.after;
    }

    bool run() {
        for (const ElementChange& one : change_.elements)
            if (one.after.valid()) mark(one);
        for (const ElementChange& one : change_.elements)
            if (!one.after.valid()) add_removed(one.before);
        return std::any_of(picture_.nodes.begin(), picture_.nodes.end(),
                           [](const Picture::Node& node) { return node.mark != Mark::none; });
    }

private:
    /// The node of an element; a branch has none and uses its parent's.
    std::size_t node_of(ElementId id) const {
        for (; id.valid(); id = after_.elements[id].parent)
            if (const auto found = node_of_.find(id.index); found != node_of_.end()) return found->second;
        return 0;  // the trigger
    }

    void mark(const ElementChange& one) {
        const bool own_box = node_of_.contains(one.after.index);
        if (!own_box && one.kind() == ChangeKind::added) return;  // its children are marked
        Picture::Node& node = picture_.nodes[node_of(one.after)];
        const std::string name = own_box ? "" : called(after_.elements[one.after]) + " ";
        if (own_box && one.kind() == ChangeKind::added) {
            node.mark = Mark::added;
            return add(node, {"NEW"});
        }
        if (node.mark == Mark::none) node.mark = Mark::changed;
        std::vector<std::string> lines;
        if (one.renamed) lines.push_back("RENAMED, was " + before_.elements[one.before].label);
        if (one.moved()) lines.push_back("MOVED, was " + one.moved_from);
        for (const runtime::ValueChange& value : one.values) lines.push_back(name + text_of(value));
        add(node, lines);
    }

    static std::string text_of(const runtime::ValueChange& value) {
        if (value.before.empty()) return fmt::format("NEW {}: {}", value.name, value.after);
        if (value.after.empty()) return fmt::format("GONE {}: {}", value.name, value.before);
        return fmt::format("CHANGED {}: {} → {}", value.name, value.before, value.after);
    }

    static void add(Picture::Node& node, const std::vector<std::string>& lines) {
        for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i)
            node.lines.push_back(cut(lines[i], longest_line));
        if (lines.size() > most_lines) node.lines.push_back(fmt::format("{} more changes", lines.size() - most_lines));
    }

    /// Skips elements that were removed together with their parent.
    void add_removed(ElementId old) {
        const ir::Element& element = before_.elements[old];
        if (element.parent.valid() && !now_[element.parent.index].valid() &&
            !is_implicit(before_.elements[element.parent]))
            return;
        std::vector<std::string> lines{cut(called(element), longest_line),
                                       fmt::format("REMOVED {}", ir::keyword_of(element))};
        picture_.nodes.push_back({Picture::Kind::manual, std::move(lines), false, {}, Mark::removed});
        const std::size_t node = picture_.nodes.size() - 1;
        picture_.places.push_back({Picture::Place::What::node, node});
        picture_.edges.push_back({stood_after(old), node, "", Picture::Way::gone});
        removed_.emplace(old.index, node);
    }

    static bool is_implicit(const ir::Element& element) {
        const auto* branch = std::get_if<ir::Branch>(&element.what);
        return branch != nullptr && branch->implicit;
    }

    /// The node of the element that it followed, else of the closest remaining ancestor, else the trigger.
    std::size_t stood_after(ElementId old) {
        const ir::Element& element = before_.elements[old];
        for (const ElementId one : element.predecessors) {
            if (const ElementId now = now_[one.index]; now.valid()) return node_of(now);
            if (const auto found = removed_.find(one.index); found != removed_.end()) return found->second;
        }
        for (ElementId holder = element.parent; holder.valid(); holder = before_.elements[holder].parent)
            if (const ElementId now = now_[holder.index]; now.valid()) return node_of(now);
        return 0;
    }

    Picture& picture_;
    const ir::Stream &before_, &after_;
    const runtime::StreamChange& change_;
    std::unordered_map<std::uint32_t, std::size_t> node_of_, removed_;
    std::unordered_map<std::uint32_t, ElementId> now_;  ///< by the old id; invalid if the element was removed
};

}  // namespace

std::string draw_changes(const BackendInput& after, const runtime::StreamMetrics& metrics,
                         const ir::CheckedModel& before, const runtime::StreamChange& change) {
    if (change.kind() != ChangeKind::changed || change.elements.empty()) return "";
    if (after.stream().elements.size() > most_edges) return "";
    Picture picture = picture_of(after, metrics);
    if (!Marker(picture, before.stream(change.before), after.stream(), change).run()) return "";
    return picture.edges.size() > most_edges ? "" : draw_flowchart(picture);
}

}  // namespace vsm::backends::mermaid
