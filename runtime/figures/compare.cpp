#include "runtime/figures/compare.h"

#include <algorithm>

#include "base/quotient.h"
#include "runtime/figures/measure.h"
#include "runtime/rework/solutions.h"

namespace vsm::runtime {
namespace {

std::vector<Difference> differences_of(const ir::Model& model, const ir::Stream& from, const StreamMetrics& before,
                                       const ir::Stream& to, const StreamMetrics& after) {
    std::vector<Difference> differences;
    for (const ir::Metric metric : compared_metrics())
        differences.push_back({metric, value_of(model, from, before, metric), value_of(model, to, after, metric)});
    return differences;
}

void add_edits(const ir::FutureInfo& future, std::size_t first, std::size_t last, Contribution& contribution) {
    for (std::size_t i = first; i < last; ++i) {
        contribution.edits.push_back(i);
        const auto& kaizen = future.edits[i].kaizen;
        if (kaizen && (contribution.kaizens.empty() || contribution.kaizens.back() != *kaizen))
            contribution.kaizens.push_back(*kaizen);
    }
}

std::vector<ir::Metric> find_compared() {
    std::vector<ir::Metric> metrics;
    for (const ir::MetricInfo& info : ir::all_metrics()) {
        const bool end_of_range = info.key.starts_with("best.") || info.key.starts_with("worst.");
        if (!info.of_element() && !end_of_range && info.type != ir::MetricType::name) metrics.push_back(info.metric);
    }
    return metrics;
}

struct OfFuture {
    bool operator()(const ir::Interim& one, ir::StreamId future) const { return one.future < future; }
    bool operator()(ir::StreamId future, const ir::Interim& one) const { return future < one.future; }
};

/// The figures of a future's recovery stream; measured into `measured` if they are not in `known`.
const StreamMetrics* recovery_of(const ir::CheckedModel& model, ir::StreamId future,
                                 const std::vector<StreamMetrics>& known, std::optional<StreamMetrics>& measured) {
    const ir::StreamId recovery = model.recovery_of(future);
    if (!recovery.valid()) return nullptr;
    const auto found = std::lower_bound(known.begin(), known.end(), recovery,
                                        [](const StreamMetrics& one, ir::StreamId id) { return one.stream < id; });
    if (found != known.end() && found->stream == recovery) return &*found;
    measured = measure(model, recovery);
    return &*measured;
}

}  // namespace

std::optional<double> Difference::change() const {
    if (!now.value || !then.value) return std::nullopt;
    return *then.value - *now.value;
}

std::optional<double> Difference::ratio() const {
    if (!now.value || !then.value) return std::nullopt;
    return share_of(*then.value, *now.value);
}

const std::vector<ir::Metric>& compared_metrics() {
    static const std::vector<ir::Metric> metrics = find_compared();
    return metrics;
}

Comparison compare(const ir::CheckedModel& model, const StreamMetrics& future, const StreamMetrics& base,
                   const std::vector<StreamMetrics>& known) {
    const ir::Model& all = model.model();
    const ir::Stream& stream = model.stream(future.stream);
    const ir::FutureInfo& info = *stream.future;
    Comparison comparison{base.stream, differences_of(all, model.stream(base.stream), base, stream, future), {}};
    const auto [first, last] = std::equal_range(all.interims.begin(), all.interims.end(), future.stream, OfFuture{});
    std::optional<StreamMetrics> measured;
    const StreamMetrics* recovery = first == last ? nullptr : recovery_of(model, future.stream, known, measured);
    std::optional<Solutions> solutions;
    const ir::Stream* from = &model.stream(base.stream);
    StreamMetrics halfway;
    const StreamMetrics* before = &base;
    std::size_t made = 0;
    for (auto interim = first; interim != last; ++interim) {
        if (!solutions) solutions.emplace(all);
        StreamMetrics after = measure_figures(
            all, interim->stream, model.facts_of_interim(static_cast<std::size_t>(interim - all.interims.begin())),
            recovery, *solutions);
        Contribution contribution{{}, {}, differences_of(all, *from, *before, interim->stream, after)};
        add_edits(info, made, interim->edits, contribution);
        comparison.contributions.push_back(std::move(contribution));
        from = &interim->stream;
        halfway = std::move(after);
        before = &halfway;
        made = interim->edits;
    }
    if (made < info.edits.size()) {
        Contribution rest{{}, {}, differences_of(all, *from, *before, stream, future)};
        add_edits(info, made, info.edits.size(), rest);
        comparison.contributions.push_back(std::move(rest));
    }
    return comparison;
}

std::string text_of(const ir::Edit& edit) {
    const auto verb = [&] {
        switch (edit.kind) {
            case ir::EditKind::change: return "change";
            case ir::EditKind::remove: return "remove";
            case ir::EditKind::add: return "add";
            case ir::EditKind::replace: return "replace";
            case ir::EditKind::move: return "move";
        }
        return "";
    };
    return edit.element.empty() ? std::string(verb()) : std::string(verb()) + " " + edit.element;
}

}  // namespace vsm::runtime
