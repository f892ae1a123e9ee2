#include "runtime/diff/stream_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace vsm::runtime {
namespace {

template <class Values>
std::size_t count_common(const Values& a, const Values& b) {
    Values both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both.size();
}

/// Similarity, 0 to 1, of element names and titles. Across files, a single common element name does not count, and a
/// third of the common elements must be the same.
double alike(const StreamSketch& a, const StreamSketch& b) {
    if (a.of.empty() != b.of.empty()) return 0;
    const std::size_t both = count_common(a.elements, b.elements);
    const std::size_t all = a.elements.size() + b.elements.size() - both;
    const double held = all == 0 ? 0 : static_cast<double>(both) / static_cast<double>(all);
    const bool titled = !a.title.empty() && a.title == b.title;
    if (a.path != b.path) {
        const std::size_t same = count_common(a.contents, b.contents);
        if (same == 0 || 3 * same < both || (!titled && both < 2)) return 0;
    }
    return std::max(held, titled ? 0.5 + held / 2 : 0);
}

/// Equal for elements of equal name, times, %C&A and teams.
std::size_t content_of(const ir::CheckedModel& model, ir::StreamId id, ir::ElementId element) {
    const ir::Element& written = model.stream(id).elements[element];
    const ir::ResolvedTimings& times = model.facts(id).elements[element].timings;
    std::string text = written.name.value;
    for (const ir::ResolvedTime* time : {&times.process, &times.wait, &times.lead})
        text += time->known ? fmt::format(" {}", time->spread.mean) : " ?";
    if (const auto* step = ir::step_of(written)) {
        if (step->quality) text += fmt::format(" {}", step->quality->mean());
        for (const ir::TeamId team : step->teams) text += " " + model.model().teams[team].name.value;
    }
    return std::hash<std::string>()(text);
}

class Pairer {
public:
    Pairer(std::span<const StreamSketch> before, std::span<const StreamSketch> after, const SameContent& same_content)
        : before_(before), after_(after), same_content_(same_content), after_of_(before.size()), taken_(after.size()) {}

    void by_names() {
        by_name([](const StreamSketch& one) { return one.of + '\0' + one.name; });
        // The base of a future may have been renamed.
        by_name([](const StreamSketch& one) { return one.path + '\0' + one.name; });
    }

    void by_likeness() {
        index();
        std::vector<Likeness> all;
        for (std::size_t i = 0; i < before_.size(); ++i)
            if (!after_of_[i] && !before_[i].may_be_unread) gather_alike(i, all);
        std::stable_sort(all.begin(), all.end(), [](const Likeness& a, const Likeness& b) {
            return std::tie(a.height, a.same_file) > std::tie(b.height, b.same_file);
        });
        for (const Likeness& one : all)
            if (!after_of_[one.before] && !taken_[one.after]) pair(one.before, one.after);
    }

    StreamPairs take() { return std::move(after_of_); }

private:
    using Places = std::vector<std::size_t>;

    /// Two streams that may be the same.
    struct Likeness {
        std::size_t before, after;
        double height;
        bool same_file;
    };

    void pair(std::size_t before, std::size_t after) {
        after_of_[before] = after;
        taken_[after] = true;
    }

    template <class NameOf>
    void by_name(NameOf name_of) {
        std::map<std::string, std::pair<Places, Places>> named;
        for (std::size_t i = 0; i < before_.size(); ++i)
            if (!after_of_[i]) named[name_of(before_[i])].first.push_back(i);
        for (std::size_t i = 0; i < after_.size(); ++i)
            if (!taken_[i]) named[name_of(after_[i])].second.push_back(i);
        for (const auto& [name, both] : named) {
            if (both.first.size() == 1 && both.second.size() == 1)
                pair(both.first.front(), both.second.front());
            else
                of_one_name(both.first, both.second);
        }
    }

    template <class Fits>
    void pair_where(const Places& before, const Places& after, Fits fits) {
        for (const std::size_t one : before) {
            if (after_of_[one]) continue;
            const auto found = std::find_if(after.begin(), after.end(),
                                            [&](std::size_t other) { return !taken_[other] && fits(one, other); });
            if (found != after.end()) pair(one, *found);
        }
    }

    /// Prefers the same file: a copy in a new file is not the successor of the original.
    void of_one_name(const Places& before, const Places& after) {
        std::set<std::string_view> old, fresh;
        for (const std::size_t one : before) old.insert(before_[one].path);
        for (const std::size_t one : after) fresh.insert(after_[one].path);
        const auto in_place = [&](std::size_t a, std::size_t b) { return before_[a].path == after_[b].path; };
        const auto swapped = [&](std::size_t a, std::size_t b) {
            return old.contains(after_[b].path) && fresh.contains(before_[a].path) && same_content_(a, b);
        };
        pair_where(before, after, [&](std::size_t a, std::size_t b) { return in_place(a, b) && same_content_(a, b); });
        pair_where(before, after, swapped);
        pair_where(before, after, in_place);
        pair_where(before, after, same_content_);
        pair_where(before, after, [](std::size_t, std::size_t) { return true; });
    }

    /// Indexes the unpaired streams after by title and element name; of very common ones, only the first 50 streams.
    void index() {
        constexpr std::size_t most = 50;
        const auto add = [&](std::string key, std::size_t i) {
            Places& places = holders_[std::move(key)];
            if (places.size() < most) places.push_back(i);
        };
        for (std::size_t i = 0; i < after_.size(); ++i) {
            if (taken_[i] || after_[i].may_be_unread) continue;
            if (!after_[i].title.empty()) add("\"" + after_[i].title, i);
            for (const std::string& name : after_[i].elements) add(name, i);
        }
    }

    void gather_alike(std::size_t before, std::vector<Likeness>& all) const {
        constexpr double least = 0.5;
        const StreamSketch& sketch = before_[before];
        std::set<std::size_t> candidates;
        const auto gather = [&](const std::string& key) {
            if (const auto found = holders_.find(key); found != holders_.end())
                candidates.insert(found->second.begin(), found->second.end());
        };
        gather("\"" + sketch.title);
        for (const std::string& name : sketch.elements) gather(name);
        for (const std::size_t i : candidates)
            if (const double height = alike(sketch, after_[i]); height >= least)
                all.push_back({before, i, height, sketch.path == after_[i].path});
    }

    std::span<const StreamSketch> before_, after_;
    const SameContent& same_content_;
    StreamPairs after_of_;
    std::vector<bool> taken_;
    std::map<std::string, Places> holders_;
};

}  // namespace

std::vector<ir::StreamId> own_streams(const ir::CheckedModel& model) {
    std::vector<ir::StreamId> own;
    for (std::size_t i = 0; i < model.model().streams.size(); ++i) {
        const ir::StreamId id = model.model().streams.id_at(i);
        if (!model.stream(id).imported) own.push_back(id);
    }
    return own;
}

StreamSketch sketch_of(const ir::CheckedModel& model, ir::StreamId id, const std::string& path) {
    const ir::Stream& stream = model.stream(id);
    StreamSketch sketch;
    sketch.path = path;
    sketch.name = stream.name.value;
    if (stream.future) sketch.of = model.stream(stream.future->of).name.value;
    sketch.title = stream.title.value;
    std::set<std::string> names;
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ir::ElementId element = stream.elements.id_at(i);
        const std::string& name = stream.elements[element].name.value;
        if (!name.empty() && names.insert(name).second) sketch.contents.push_back(content_of(model, id, element));
    }
    sketch.elements.assign(names.begin(), names.end());
    std::sort(sketch.contents.begin(), sketch.contents.end());
    return sketch;
}

StreamPairs pair_by_name(std::span<const StreamSketch> before, std::span<const StreamSketch> after,
                         const SameContent& same_content) {
    Pairer pairer(before, after, same_content);
    pairer.by_names();
    return pairer.take();
}

StreamPairs pair_streams(std::span<const StreamSketch> before, std::span<const StreamSketch> after,
                         const SameContent& same_content) {
    Pairer pairer(before, after, same_content);
    pairer.by_names();
    pairer.by_likeness();
    return pairer.take();
}

}  // namespace vsm::runtime
