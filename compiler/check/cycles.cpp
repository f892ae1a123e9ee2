#include <algorithm>

#include "compiler/check/all_checks.h"
#include "diag/check.h"

namespace vsm::check {
namespace {

enum class Mark : unsigned char { fresh, open, done };

class CycleFinder {
public:
    CycleFinder(const ir::Stream& stream, Diagnostics& diagnostics) : stream_(stream), diagnostics_(diagnostics) {
        marks_.resize(stream.elements.size());
    }

    bool run() {
        search(stream_.body);
        for (const ir::Element& element : stream_.elements) {
            if (const auto* stage = std::get_if<ir::Stage>(&element.what)) search(stage->body);
            if (const auto* branch = std::get_if<ir::Branch>(&element.what)) search(branch->body);
        }
        return clean_;
    }

private:
    /// Depth-first along predecessors, with a stack on the heap: a chain may be long.
    void search(const ir::Body& body) {
        for (const ir::ElementId root : body.elements) {
            if (marks_[root.index] != Mark::fresh) continue;
            path_.push_back({root, 0});
            marks_[root.index] = Mark::open;
            while (!path_.empty()) advance();
        }
    }

    void advance() {
        Step& top = path_.back();
        const auto& before = stream_.elements[top.element].predecessors;
        if (top.next == before.size()) {
            marks_[top.element.index] = Mark::done;
            path_.pop_back();
            return;
        }
        const ir::ElementId next = before[top.next++];
        if (marks_[next.index] == Mark::open) {
            report(next);
        } else if (marks_[next.index] == Mark::fresh) {
            marks_[next.index] = Mark::open;
            path_.push_back({next, 0});
        }
    }

    /// The path from `again` to the top of the stack, reversed, is the cycle in the order of the flow.
    void report(ir::ElementId again) {
        clean_ = false;
        const auto first =
            std::find_if(path_.begin(), path_.end(), [&](const Step& step) { return step.element == again; });
        std::vector<ir::ElementId> circle;
        for (auto step = path_.end(); step-- != first;) circle.push_back(step->element);
        std::rotate(circle.begin(), circle.begin() + (std::min_element(circle.begin(), circle.end()) - circle.begin()),
                    circle.end());
        std::string text;
        for (const ir::ElementId id : circle) text += stream_.elements[id].label + " -> ";
        text += stream_.elements[circle.front()].label;
        std::vector<Label> edges;
        for (std::size_t i = 0; i < circle.size(); ++i)
            edges.push_back(edge(circle[i], circle[(i + 1) % circle.size()]));
        // The edge that closes the cycle comes last and is most likely the wrong one.
        auto report = diagnostics_.report(diag::cycle, edges.back().range, text);
        for (std::size_t i = 0; i + 1 < edges.size(); ++i) report.label(edges[i].range, edges[i].text);
        report.help("remove one of these; to send items back, write `rework 15% to …`");
    }

    Label edge(ir::ElementId from, ir::ElementId to) const {
        const ir::Element& element = stream_.elements[to];
        const auto at =
            std::find(element.predecessors.begin(), element.predecessors.end(), from) - element.predecessors.begin();
        const auto index = static_cast<std::size_t>(at);
        const bool written = index < element.predecessor_ranges.size();
        return {written ? element.predecessor_ranges[index] : element.range,
                fmt::format("`{}` follows `{}`", element.label, stream_.elements[from].label)};
    }

    struct Step {
        ir::ElementId element;
        std::size_t next;
    };

    const ir::Stream& stream_;
    Diagnostics& diagnostics_;
    std::vector<Mark> marks_;
    std::vector<Step> path_;
    bool clean_ = true;
};

}  // namespace

bool check_cycles(const ir::Stream& stream, Diagnostics& diagnostics) { return CycleFinder(stream, diagnostics).run(); }

}  // namespace vsm::check
