#include "runtime/figures/absent.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace vsm::runtime {
namespace {

using ir::Metric;

struct Row {
    std::string_view name, words;
};

constexpr std::array rows{
#define VSM_ABSENT(identifier, words) Row{#identifier, words},
#include "runtime/absent.def"
#undef VSM_ABSENT
};

const Row& row_of(Lack lack) { return rows[static_cast<std::size_t>(lack)]; }

std::string called(const ir::Model& model, const ir::Stream& stream, const Absent& absent) {
    if (!absent.of) return "somebody";
    if (const auto* team = std::get_if<ir::TeamId>(&*absent.of))
        return fmt::format("team `{}`", model.teams[*team].name.value);
    return fmt::format("step `{}`", stream.elements[*std::get_if<ir::ElementId>(&*absent.of)].label);
}

bool is_unknown(const StreamMetrics& metrics, Metric metric) {
    return std::any_of(metrics.unknown.begin(), metrics.unknown.end(),
                       [&](const Unknown& one) { return one.metric == metric; });
}

}  // namespace

void leave_out(StreamMetrics& metrics, Metric metric, Lack lack,
               std::optional<std::variant<ir::ElementId, ir::TeamId>> of) {
    if (absence_of(metrics, metric) == nullptr) metrics.absent.push_back({metric, lack, of});
}

const Absent* absence_of(const StreamMetrics& metrics, Metric metric) {
    const auto found = std::find_if(metrics.absent.begin(), metrics.absent.end(),
                                    [&](const Absent& one) { return one.metric == metric; });
    return found == metrics.absent.end() ? nullptr : &*found;
}

void settle_absent(const Figures& mean, bool works, StreamMetrics& metrics) {
    const auto lacks = [&](Metric metric, bool given, Lack lack) {
        if (!given && !is_unknown(metrics, metric)) leave_out(metrics, metric, lack);
    };
    const bool passes = !mean.lead_time.known || mean.lead_time.microseconds > 0;
    lacks(Metric::activity_ratio, mean.activity_ratio.has_value(), Lack::no_time);
    lacks(Metric::pce, mean.pce.has_value(), !passes ? Lack::no_time : works ? Lack::no_class : Lack::no_work);
    lacks(Metric::rolled_ca, mean.rolled_ca.value.has_value(), Lack::no_ca);
    const bool open = !metrics.expected.lead_time.known;
    lacks(Metric::time_constraint, !metrics.longest.empty(),
          metrics.expected.endless ? Lack::endless_rework
          : open                   ? Lack::open_time
                                   : Lack::no_time);
    std::sort(metrics.absent.begin(), metrics.absent.end(),
              [](const Absent& a, const Absent& b) { return a.metric < b.metric; });
}

std::string text_of(const ir::Model& model, const ir::Stream& stream, const Absent& absent) {
    return fmt::format(fmt::runtime(row_of(absent.lack).words), called(model, stream, absent));
}

bool is_open(Lack lack) {
    return lack == Lack::open_time || lack == Lack::open_recovery || lack == Lack::open_recovery_work ||
           lack == Lack::open_ca_of;
}

bool grows_without_end(Lack lack) { return lack == Lack::over_capacity || lack == Lack::recovery_over_capacity; }

std::string_view name_of(Lack lack) { return row_of(lack).name; }

}  // namespace vsm::runtime
