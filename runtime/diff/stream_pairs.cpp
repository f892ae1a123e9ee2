#include "runtime/diff/stream_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "runtime/diff/stream_likeness.h"

namespace vsm::runtime {
namespace {

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
        constexpr double least = 0.5;
        std::vector<std::size_t> old, fresh;
        for (std::size_t i = 0; i < before_.size(); ++i)
            if (!after_of_[i] && !before_[i].may_be_unread) old.push_back(i);
        for (std::size_t i = 0; i < after_.size(); ++i)
            if (!taken_[i] && !after_[i].may_be_unread) fresh.push_back(i);
        pair_most_alike(old, fresh, [&](std::size_t a, std::size_t b) {
            const double height = alike(before_[a], after_[b]);
            return height >= least ? height : 0;
        });
    }

    StreamPairs take() { return std::move(after_of_); }

private:
    using Places = std::vector<std::size_t>;

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
        pair_most_alike(before, after, [&](std::size_t a, std::size_t b) { return nearness(before_[a], after_[b]); });
        pair_where(before, after, [](std::size_t, std::size_t) { return true; });
    }

    /// Pairs what is left, the highest pairs first; those of height 0 are none.
    template <class HeightOf>
    void pair_most_alike(Places before, Places after, HeightOf height_of) {
        std::erase_if(before, [&](std::size_t one) { return after_of_[one].has_value(); });
        std::erase_if(after, [&](std::size_t one) { return taken_[one]; });
        if (before.empty() || after.empty()) return;
        struct Likeness {
            std::size_t before, after;
            double height, contents;
            bool same_file;
        };
        std::vector<Likeness> all;
        const PairCandidates candidates(before_, before, after_, after);
        for (const std::size_t a : before)
            for (const std::size_t b : candidates.of(a))
                if (const double height = height_of(a, b); height > 0)
                    all.push_back(
                        {a, b, height, shared_contents(before_[a], after_[b]), before_[a].path == after_[b].path});
        std::stable_sort(all.begin(), all.end(), [](const Likeness& a, const Likeness& b) {
            return std::tie(a.height, a.same_file, a.contents) > std::tie(b.height, b.same_file, b.contents);
        });
        for (const Likeness& one : all)
            if (!after_of_[one.before] && !taken_[one.after]) pair(one.before, one.after);
    }

    std::span<const StreamSketch> before_, after_;
    const SameContent& same_content_;
    StreamPairs after_of_;
    std::vector<bool> taken_;
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
