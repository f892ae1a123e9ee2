// Writes the news of a diff as sentences: what gets faster or slower, and how the targets fare.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/quotient.h"
#include "runtime/reports/diff/diff_words.h"
#include "runtime/reports/diff/telling_figures.h"
#include "runtime/rework/rework.h"
#include "runtime/words/figure_words.h"

namespace vsm::runtime {
namespace {

using ir::Metric;

// The weight of a stream that is new or removed equals that of a change by half.
constexpr double whole_weight = 0.5;
/// Streams with targets come first.
constexpr double targeted_weight = 1;
constexpr double broken_weight = 1e9, lost_weight = 1e8, worse_weight = 1e6;

/// A change of a stream in both versions.
struct Told {
    const DiffedMap& map;
    const StreamChange& change;
    std::string name;

    const ir::Stream& before() const { return map.before.model->stream(change.before); }
    const ir::Stream& after() const { return map.after.model->stream(change.after); }
    bool rework() const { return has_rework(before()) || has_rework(after()); }
    std::string from_to(const FigureChange& one) const {
        const ApartTexts texts = value_texts(map, change, one);
        return fmt::format("{} → {}", texts.before, texts.after);
    }
};

/// `3d2h faster`.
std::string speed_of(const FigureChange& one, const ir::Stream& after) {
    const double difference = *one.after.value - *one.before.value;
    return fmt::format("{} {}", format_duration(std::fabs(difference), after.calendar),
                       difference < 0 ? "faster" : "slower");
}

/// `Checkout gets 3d2h faster: 8d4h → 5d2h working time.`
std::string speed_sentence(const Told& told, const FigureChange& lead) {
    const std::string basis = !told.rework()                              ? ""
                              : lead.metric == Metric::expected_lead_time ? ", with rework"
                                                                          : ", as drawn";
    const std::string change = told.from_to(lead);
    if (!is_known(lead))
        return fmt::format("{}: the lead time{} {}: {}.", told.name, basis.empty() ? "" : basis.substr(1),
                           knowledge_of(lead), change);
    const bool same_calendar = told.before().calendar == told.after().calendar;
    const std::string calendar = same_calendar ? ""
                                               : fmt::format(" ({}, then {})", format_calendar(told.before().calendar),
                                                             format_calendar(told.after().calendar));
    return fmt::format("{} gets {}: {} working time{}{}.", told.name, speed_of(lead, told.after()), change, basis,
                       calendar);
}

/// Whether two figures, both known before and after, move in opposite directions.
bool contradict(const FigureChange& a, const FigureChange& b) {
    if (!is_known(a) || !is_known(b)) return false;
    return (*a.after.value - *a.before.value) * (*b.after.value - *b.before.value) < 0;
}

/// `Checkout gets 2d3h slower with rework, but 1h faster as drawn: 17d3h → 19d5h working time.`
std::string contradiction_sentence(const Told& told, const FigureChange& drawn, const FigureChange& expected) {
    return fmt::format("{} gets {} with rework, but {} as drawn: {} working time with rework.", told.name,
                       speed_of(expected, told.after()), speed_of(drawn, told.after()), told.from_to(expected));
}

std::string what_changed(const StreamChange& change) {
    std::size_t added = 0, removed = 0, renamed = 0, moved = 0, changed = 0;
    for (const ElementChange& one : change.elements) {
        added += one.kind() == ChangeKind::added;
        removed += one.kind() == ChangeKind::removed;
        renamed += one.renamed;
        moved += one.moved();
        changed += !one.values.empty();
    }
    std::vector<std::string> parts;
    const auto add = [&](std::size_t count, std::string_view what) {
        if (count > 0) parts.push_back(fmt::format("{} {}", counted(count, "element"), what));
    };
    add(added, "added");
    add(removed, "removed");
    add(renamed, "renamed");
    add(moved, "moved");
    add(changed, "changed");
    if (change.renamed) parts.emplace_back("renamed");
    if (!change.values.empty())
        parts.push_back(fmt::format("{} of the stream changed", counted(change.values.size(), "property")));
    return fmt::format("{}", fmt::join(parts, ", "));
}

/// `Target 3d by 2027-03-31: not yet.`
std::string target_sentence(const TargetChange& change, const ir::Stream& stream) {
    const ir::Target& target = *change.target;
    const bool plain =
        target.metric.metric == Metric::lead_time && target.relation == ir::Relation::at_most && !target.metric.drawn;
    std::string text = "Target ";
    if (target.metric.element.valid()) text += title_of(stream.elements[target.metric.element]) + " ";
    if (!plain)
        text += figure_name(target.metric.metric) + (target.metric.drawn ? " as drawn " : " ") +
                relation_text(target.relation) + " ";
    text += target.bound.text;
    if (target.by) text += " by " + format_date(*target.by);
    const bool own = stream.future.has_value();
    const auto word = [own](Verdict verdict) -> std::string {
        switch (verdict) {
            case Verdict::met: return "met";
            case Verdict::met_by_future: return "met by a future";
            case Verdict::met_too_late: return own ? "met, but too late" : "met by a future, but too late";
            case Verdict::not_met: return "not yet";
            case Verdict::unknown: return "unknown";
        }
        return "";
    };
    const auto past = [&](Verdict verdict) { return verdict == Verdict::not_met ? "not met" : word(verdict); };
    if (!change.after) return text + " is removed; it was " + past(*change.before) + ".";
    if (!change.before) return text + " is new: " + word(*change.after) + ".";
    if (change.rebased) return fmt::format("{}: reached; as a part of the new figure, {}.", text, word(*change.after));
    if (change.relaxed) return fmt::format("{}: met because its value changed (was {}).", text, past(*change.before));
    if (change.tightened) return fmt::format("{}: tightened, {}.", text, past(*change.after));
    if (*change.before == *change.after) return text + ": " + word(*change.after) + ".";
    if (*change.after == Verdict::unknown) return fmt::format("{}: unknown (was {}).", text, past(*change.before));
    if (*change.before == Verdict::met && *change.after == Verdict::not_met) return text + ": no longer met.";
    if (*change.before == Verdict::met) return text + ": no longer met, " + word(*change.after) + ".";
    return fmt::format("{}: {} (was {}).", text, *change.after == Verdict::met ? "met now" : word(*change.after),
                       past(*change.before));
}

void add_targets(News& news, const StreamChange& change, const ir::Stream& before, const ir::Stream& after) {
    constexpr std::size_t most = 2;
    std::vector<const TargetChange*> told;
    for (const TargetChange& one : change.targets) told.push_back(&one);
    std::stable_sort(told.begin(), told.end(), [](const TargetChange* a, const TargetChange* b) {
        return (a->before != a->after) > (b->before != b->after);
    });
    for (std::size_t i = 0; i < std::min(told.size(), most); ++i)
        news.further.push_back(target_sentence(*told[i], told[i]->after ? after : before));
    if (told.size() > most) news.further.push_back(fmt::format("And {}.", counted(told.size() - most, "more target")));
    for (const TargetChange& one : change.targets) news.weight += one.worse ? worse_weight : 0;
    if (std::any_of(change.targets.begin(), change.targets.end(), is_lost)) news.weight += lost_weight;
}

/// `Bottleneck: Approve the change (was Test).` Omitted if nothing holds the stream up.
void add_bottleneck(News& news, const Told& told) {
    const auto name = [](const MapSide& side, ir::StreamId id) {
        return name_of_constraint(side.model->stream(id), *metrics_of(*side.metrics, id));
    };
    const std::string before = name(told.map.before, told.change.before),
                      after = name(told.map.after, told.change.after);
    const bool moved = change_of(told.change, Metric::time_constraint) != nullptr && before != after;
    const bool known = !metrics_of(*told.map.after.metrics, told.change.after)->longest.empty();
    if (!after.empty())
        news.further.push_back(
            fmt::format("Bottleneck: {}{}.", after, moved && !before.empty() ? fmt::format(" (was {})", before) : ""));
    else if (moved && known)
        news.further.push_back(fmt::format("Bottleneck: no longer {}.", before));
}

/// The first sentence and its weight.
News headline_of(const Told& told) {
    const FigureChange *drawn = change_of(told.change, Metric::lead_time),
                       *expected = change_of(told.change, Metric::expected_lead_time);
    const FigureChange* lead = expected != nullptr && told.rework() ? expected : drawn;
    if (drawn != nullptr && expected != nullptr && told.rework() && contradict(*drawn, *expected))
        return {contradiction_sentence(told, *drawn, *expected), {}, weight_of(*expected)};
    if (lead != nullptr) return {speed_sentence(told, *lead), {}, weight_of(*lead)};
    if (const FigureChange* figure = most_telling(told.change))
        return {fmt::format("{}: {} {}; the lead time stays.", told.name, figure_name(figure->metric),
                            told.from_to(*figure)),
                {},
                1e-3};
    const std::string what = what_changed(told.change);
    return {what.empty() ? fmt::format("{}: the same, but the verdicts on its targets change.", told.name)
                         : fmt::format("{}: {}; the figures stay.", told.name, what),
            {},
            0};
}

News news_of_changed(const DiffedMap& map, const StreamChange& change) {
    const Told told{map, change, called(*map.after.model, change.after)};
    News news = headline_of(told);
    add_targets(news, change, told.before(), told.after());
    if (!change.targets.empty()) news.weight += targeted_weight;
    if (!change.figures.empty()) add_bottleneck(news, told);
    if (change.follows) news.weight -= worse_weight;
    return news;
}

}  // namespace

News news_of(const DiffedMap& map, const StreamChange& change) {
    switch (change.kind()) {
        case ChangeKind::added:
            return {fmt::format("{} is new: {}.", called(*map.after.model, change.after),
                                quick_figures(map.after, change.after)),
                    {},
                    whole_weight};
        case ChangeKind::removed:
            return {fmt::format("{} is removed; it was {}.", called(*map.before.model, change.before),
                                quick_figures(map.before, change.before)),
                    {},
                    whole_weight};
        case ChangeKind::changed: break;
    }
    return news_of_changed(map, change);
}

namespace {

/// `Checkout`, or `Checkout and 2 more`.
std::string names_of_moved(const DiffedMap& map) {
    const std::string first = called(*map.after.model, map.moved_streams.front());
    return map.moved_streams.size() == 1 ? first : fmt::format("{} and {} more", first, map.moved_streams.size() - 1);
}

/// ` It may contain Checkout, which was in old.vsm.`; empty if nothing may have moved into it.
std::string what_it_may_hold(const DiffedMap& map) {
    if (map.may_hold.empty()) return "";
    const auto& [name, file] = map.may_hold.front();
    const std::string others =
        map.may_hold.size() == 1 ? "" : fmt::format(", and {} more that moved", map.may_hold.size() - 1);
    return fmt::format(" It may contain {}, which was in {}{}.", name, file, others);
}

}  // namespace

std::vector<News> news_of_file(const DiffedMap& map) {
    std::vector<News> all;
    if (map.after_broken)
        all.push_back(
            {fmt::format("{} does not compile, so it cannot be compared.{}", map.after_path, what_it_may_hold(map)),
             {},
             broken_weight});
    if (map.before_broken)
        all.push_back(
            {fmt::format("{} did not compile before, so it cannot be compared.", map.before_path), {}, worse_weight});
    if (map.moved && map.moved_streams.empty())
        all.push_back({fmt::format("{} is now called {}.", map.before_path, map.after_path), {}, -1});
    if (map.moved && !map.moved_streams.empty())
        all.push_back(
            {fmt::format("{} moved from {} to {}.", names_of_moved(map), map.before_path, map.after_path), {}, -1});
    const MapChange& change = map.change;
    if (!all.empty() || !change.streams.empty()) return all;
    if (map.before_path.empty() || map.after_path.empty())
        all.push_back(
            {fmt::format("{} is {}; it declares no stream.", map.path(), map.before_path.empty() ? "new" : "removed"),
             {},
             0});
    else if (!change.teams.empty())
        all.push_back({fmt::format("{}: {} changed.", map.path(), counted(change.teams.size(), "declaration")), {}, 0});
    else if (!change.empty())
        all.push_back({fmt::format("{}: no figure changes; {} new, {} fixed.", map.path(),
                                   counted(change.new_findings.size(), "finding"), change.fixed_findings.size()),
                       {},
                       0});
    return all;
}

std::vector<News> news_of(std::span<const DiffedMap> maps) {
    std::vector<News> all;
    for (const DiffedMap& map : maps) {
        for (News& one : news_of_file(map)) all.push_back(std::move(one));
        for (const StreamChange& change : map.change.streams) all.push_back(news_of(map, change));
    }
    std::stable_sort(all.begin(), all.end(), [](const News& a, const News& b) { return a.weight > b.weight; });
    return all;
}

}  // namespace vsm::runtime
