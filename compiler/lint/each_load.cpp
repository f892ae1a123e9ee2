#include "compiler/lint/each_load.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "compiler/lint/traverse.h"

namespace vsm::lint {
namespace {

/// The loads of one stream.
class StreamLoad {
public:
    StreamLoad(const LintInput& input, ir::StreamId id, const ir::Stream& stream)
        : model_(input.model.model()), id_(id), stream_(stream), metrics_(input.figures.of(id)) {}

    std::vector<LoadFound> all() const {
        std::vector<LoadFound> found;
        const std::map<ir::TeamId, ir::ElementId> first = first_steps();
        for (const runtime::TeamLoad& load : metrics_.load.teams)
            found.push_back(of_team(load.team, first, load.utilization));
        each_step(stream_, [&](ir::ElementId step_id, const ir::Element& element, const ir::Step& step) {
            const auto& utilization = metrics_.elements[step_id].utilization;
            if (step.people && utilization)
                found.push_back({{id_, step_id}, element.range, {}, called(element), *utilization});
        });
        add_open(first, found);
        return found;
    }

private:
    LoadFound of_team(ir::TeamId id, const std::map<ir::TeamId, ir::ElementId>& first, double utilization) const {
        const ir::Team& team = model_.teams[id];
        // A team without a step of its own in this stream works in the recovery.
        const auto own = first.find(id);
        const ir::ElementId step = own == first.end() ? ir::ElementId{} : own->second;
        const SourceRange range = step.valid() ? stream_.elements[step].range : stream_.range;
        return {{id_, step},
                range,
                team.declared ? team.name.range : SourceRange{},
                fmt::format("team `{}`", team.name.value),
                utilization};
    }

    void add_open(const std::map<ir::TeamId, ir::ElementId>& first, std::vector<LoadFound>& found) const {
        for (const runtime::OpenLoad& open : metrics_.load.open) {
            if (const auto* team = std::get_if<ir::TeamId>(&open.of)) {
                found.push_back(of_team(*team, first, open.at_least));
            } else {
                const ir::ElementId id = std::get<ir::ElementId>(open.of);
                const ir::Element& element = stream_.elements[id];
                found.push_back({{id_, id}, element.range, {}, called(element), open.at_least});
            }
            found.back().at_least = true;
        }
    }

    /// For each team, the first step that its people share.
    std::map<ir::TeamId, ir::ElementId> first_steps() const {
        std::map<ir::TeamId, ir::ElementId> first;
        each_step(stream_, [&](ir::ElementId id, const ir::Element&, const ir::Step& step) {
            if (step.people) return;
            for (const ir::TeamId team : step.teams) first.try_emplace(team, id);
        });
        return first;
    }

    const ir::Model& model_;
    ir::StreamId id_;
    const ir::Stream& stream_;
    const runtime::StreamMetrics& metrics_;
};

}  // namespace

std::string share_text(const LoadFound& found) {
    if (!found.at_least) return format_percent(found.utilization);
    return "at least " + format_percent(found.utilization, Rounding::down);
}

void each_load(const LintInput& input, const std::function<void(const LoadFound&)>& see) {
    const ir::Model& model = input.model.model();
    std::map<std::pair<ir::StreamId, std::string>, double> seen;
    each_stream(model, [&](ir::StreamId id, const ir::Stream& stream) {
        for (LoadFound& found : StreamLoad(input, id, stream).all()) {
            seen[{id, found.who}] = found.utilization;
            if (stream.future) {
                const auto before = seen.find({stream.future->of, found.who});
                if (before != seen.end() && std::fabs(before->second - found.utilization) <= 1e-9 * found.utilization)
                    continue;
                found.range = stream.range;
            }
            see(found);
        }
    });
}

}  // namespace vsm::lint
