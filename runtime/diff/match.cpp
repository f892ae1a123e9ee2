#include "runtime/diff/match.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "runtime/diff/written_properties.h"

namespace vsm::runtime {
namespace {

using ir::Element;
using ir::ElementId;
using Ids = std::vector<ElementId>;

// Similarity score of a pair of elements with different names, 100 at most.
constexpr double for_title = 40, for_no_titles = 15, for_properties = 35, for_place = 20, for_name = 5;
constexpr double enough = 52;
constexpr std::size_t few = 8;  ///< up to this many on each side, all pairs are compared
constexpr int rounds = 4;       ///< a matched holder reveals more of its content

/// A possible match.
struct Candidate {
    ElementId before, after;
    bool same_place = false;
};

struct Scored {
    double score;
    Candidate candidate;
};

bool same_kind(const Element& a, const Element& b) { return a.what.index() == b.what.index(); }

std::set<std::string> words_of(std::string_view text) {
    std::set<std::string> words;
    const std::string lower = lower_case(text);
    for (std::size_t begin = 0; begin < lower.size();) {
        const std::size_t end = std::min(lower.find_first_of(" _-,.:;/()", begin), lower.size());
        if (end > begin) words.insert(lower.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

class Matcher {
public:
    Matcher(const StreamSide& before, const StreamSide& after) : before_(before), after_(after) {
        match_.after_of.resize(before.stream.elements.size());
        match_.before_of.resize(after.stream.elements.size());
    }

    Match run() {
        by_name();
        for (int round = 0; round < rounds; ++round) {
            candidates_.clear();
            by_what_they_hold(before_.stream.body.elements);
            by_place(before_.stream.body.elements, after_.stream.body.elements);
            by_title();
            add_alike();
            if (!take_renamed()) break;
        }
        return std::move(match_);
    }

private:
    const Element& old(ElementId id) const { return before_.stream.elements[id]; }
    const Element& fresh(ElementId id) const { return after_.stream.elements[id]; }
    bool open(const Candidate& one) const {
        return !match_.after_of[one.before].valid() && !match_.before_of[one.after].valid();
    }

    void by_name() {
        std::unordered_map<std::string_view, ElementId> named;
        for (std::size_t i = 0; i < after_.stream.elements.size(); ++i) {
            const ElementId id = after_.stream.elements.id_at(i);
            if (!fresh(id).name.value.empty()) named.emplace(fresh(id).name.value, id);
        }
        for (std::size_t i = 0; i < before_.stream.elements.size(); ++i) {
            const ElementId id = before_.stream.elements.id_at(i);
            const auto found = named.find(old(id).name.value);
            if (found != named.end()) match_.pair(id, found->second);
        }
    }

    /// Matches an unnamed element with the holder of most of its matched children, innermost first.
    void by_what_they_hold(const Ids& elements) {
        for (const ElementId id : elements) {
            const Ids& children = ir::children_of(old(id));
            by_what_they_hold(children);
            if (!old(id).name.value.empty() || match_.after_of[id].valid()) continue;
            std::unordered_map<std::uint32_t, std::size_t> votes;
            Candidate best{id, {}};
            for (const ElementId child : children) {
                if (!match_.after_of[child].valid()) continue;
                const ElementId holder = fresh(match_.after_of[child]).parent;
                if (!holder.valid() || !fresh(holder).name.value.empty() || !same_kind(old(id), fresh(holder)))
                    continue;
                if (++votes[holder.index] > (best.after.valid() ? votes[best.after.index] : 0)) best.after = holder;
            }
            if (best.after.valid() && open(best)) match_.pair(id, best.after);
        }
    }

    /// Pairs elements between the same neighbours in two matched bodies.
    void by_place(const Ids& before, const Ids& after) {
        std::unordered_map<std::uint32_t, std::size_t> position;
        for (std::size_t i = 0; i < after.size(); ++i) position[after[i].index] = i;
        Ids kept;
        std::vector<std::size_t> places;
        for (const ElementId id : before) {
            const auto found = position.find(match_.after_of[id].index);
            if (!match_.after_of[id].valid() || found == position.end()) continue;
            kept.push_back(id);
            places.push_back(found->second);
        }
        const std::vector<bool> anchors = longest_increasing(places);
        std::size_t from = 0, to = 0;
        const auto gap_until = [&](std::size_t end_before, std::size_t end_after) {
            gap(unmatched(before, from, end_before, match_.after_of),
                unmatched(after, to, end_after, match_.before_of));
        };
        for (std::size_t i = 0, at = 0; i < kept.size(); ++i) {
            while (before[at] != kept[i]) ++at;
            if (!anchors[i]) continue;
            gap_until(at, places[i]);
            from = at + 1;
            to = places[i] + 1;
        }
        gap_until(before.size(), after.size());
        for (const ElementId id : before)
            if (match_.after_of[id].valid())
                by_place(ir::children_of(old(id)), ir::children_of(fresh(match_.after_of[id])));
    }

    static Ids unmatched(const Ids& all, std::size_t begin, std::size_t end,
                         const IdVector<ElementId, ElementId>& partner_of) {
        Ids found;
        for (std::size_t i = begin; i < end; ++i)
            if (!partner_of[all[i]].valid()) found.push_back(all[i]);
        return found;
    }

    void gap(const Ids& before, const Ids& after) {
        if (before.empty() || after.empty()) return;
        pair_nameless(before, after, true);
        pair_nameless(before, after, false);
        const std::size_t count = std::min(before.size(), after.size());
        if (before.size() <= few && after.size() <= few) {
            for (const ElementId a : before)
                for (const ElementId b : after) add({a, b, true});
            return;
        }
        for (std::size_t i = 0; i < count; ++i) {
            add({before[i], after[i], true});
            add({before[before.size() - count + i], after[after.size() - count + i], true});
        }
    }

    /// Pairs unnamed elements in order; if `equal`, only those with the same properties.
    void pair_nameless(const Ids& before, const Ids& after, bool equal) {
        std::size_t next = 0;
        for (const ElementId a : before) {
            if (!old(a).name.value.empty() || match_.after_of[a].valid()) continue;
            for (std::size_t i = next; i < after.size() && i < next + few; ++i) {
                const Element& other = fresh(after[i]);
                if (!other.name.value.empty() || !open({a, after[i]}) || !same_kind(old(a), other)) continue;
                if (equal && likeness(a, after[i]) < 1) continue;
                match_.pair(a, after[i]);
                next = i + 1;
                break;
            }
        }
    }

    /// Matches unnamed elements of equal title that changed their place.
    void by_title() {
        std::map<std::pair<std::size_t, std::string_view>, Ids> titled;
        for (std::size_t i = 0; i < after_.stream.elements.size(); ++i) {
            const ElementId id = after_.stream.elements.id_at(i);
            if (is_titled_alone(fresh(id)) && !match_.before_of[id].valid())
                titled[{fresh(id).what.index(), fresh(id).title.value}].push_back(id);
        }
        for (std::size_t i = before_.stream.elements.size(); i-- > 0;) {
            const ElementId id = before_.stream.elements.id_at(i);
            if (!is_titled_alone(old(id)) || match_.after_of[id].valid()) continue;
            Ids& same = titled[{old(id).what.index(), old(id).title.value}];
            if (same.empty()) continue;
            match_.pair(id, same.back());
            same.pop_back();
        }
    }

    static bool is_titled_alone(const Element& one) { return one.name.value.empty() && !one.title.value.empty(); }

    void add(const Candidate& one) {
        const bool nameless = old(one.before).name.value.empty() && fresh(one.after).name.value.empty();
        if (open(one) && !nameless && same_kind(old(one.before), fresh(one.after))) candidates_.push_back(one);
    }

    /// Adds pairs of equal title, and pairs of equal properties, in source order and anywhere in the stream.
    void add_alike() {
        std::unordered_map<std::string, std::pair<Ids, Ids>> alike;
        const auto sort_in = [&](const StreamSide& side, const IdVector<ElementId, ElementId>& partner_of,
                                 auto member) {
            for (std::size_t i = 0; i < side.stream.elements.size(); ++i) {
                const ElementId id = side.stream.elements.id_at(i);
                const Element& element = side.stream.elements[id];
                if (partner_of[id].valid() || element.name.value.empty()) continue;
                if (!element.title.value.empty()) (alike["t" + element.title.value].*member).push_back(id);
                std::string all = "p";
                for (const Property& one : said(side, id)) all += one.name + '\0' + one.exact + '\0';
                (alike[all].*member).push_back(id);
            }
        };
        using Pair = std::pair<Ids, Ids>;
        sort_in(before_, match_.after_of, &Pair::first);
        sort_in(after_, match_.before_of, &Pair::second);
        for (const auto& [key, ids] : alike)
            for (std::size_t i = 0; i < std::min(ids.first.size(), ids.second.size()); ++i)
                add({ids.first[i], ids.second[i]});
    }

    /// Takes the best pairs first; ties go to the one written first. Returns whether it took any.
    bool take_renamed() {
        std::vector<Scored> scored;
        for (const Candidate& one : candidates_)
            if (const double score = score_of(one); score >= enough) scored.push_back({score, one});
        std::sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) {
            if (a.score != b.score) return a.score > b.score;
            if (a.candidate.before != b.candidate.before) return a.candidate.before < b.candidate.before;
            return a.candidate.after < b.candidate.after;
        });
        bool some = false;
        for (const Scored& one : scored) {
            if (!open(one.candidate)) continue;
            match_.pair(one.candidate.before, one.candidate.after);
            some = true;
        }
        return some;
    }

    double score_of(const Candidate& one) const {
        const Element &a = old(one.before), &b = fresh(one.after);
        const bool untitled = a.title.value.empty() && b.title.value.empty();
        double score = untitled ? for_no_titles : for_title * likeness_of(a.title.value, b.title.value);
        score += for_properties * (ir::children_of(a).empty() ? likeness(one.before, one.after) : held_alike(a, b));
        score += for_name * likeness_of(a.name.value, b.name.value);
        return score + (one.same_place ? for_place : 0);
    }

    /// The share of the content of either element that is in both.
    double held_alike(const Element& a, const Element& b) const {
        std::size_t both = 0;
        for (const ElementId child : ir::children_of(a)) {
            const ElementId other = match_.after_of[child];
            both += other.valid() && fresh(other).parent.valid() && &fresh(fresh(other).parent) == &b;
        }
        const std::size_t all = ir::children_of(a).size() + ir::children_of(b).size() - both;
        return all == 0 ? 1 : static_cast<double>(both) / static_cast<double>(all);
    }

    /// The share of the properties of either element that both have, apart from titles and names.
    double likeness(ElementId before, ElementId after) const {
        const std::vector<Property> a = said(before_, before), b = said(after_, after);
        std::size_t both = 0;
        for (const Property& one : a) both += std::find(b.begin(), b.end(), one) != b.end();
        const std::size_t all = a.size() + b.size() - both;
        return all == 0 ? 1 : static_cast<double>(both) / static_cast<double>(all);
    }

    static std::vector<Property> said(const StreamSide& side, ElementId id) {
        std::vector<Property> all = properties_of(side.model, side.stream, id,
                                                  [&](ElementId other) { return side.stream.elements[other].label; });
        std::erase_if(all, [](const Property& one) { return one.name == "title" || one.name == "statement"; });
        return all;
    }

    const StreamSide &before_, &after_;
    Match match_;
    std::vector<Candidate> candidates_;
};

}  // namespace

Match match_elements(const StreamSide& before, const StreamSide& after) { return Matcher(before, after).run(); }

double likeness_of(std::string_view a, std::string_view b) {
    if (a == b) return 1;
    const std::set<std::string> words = words_of(a), others = words_of(b);
    std::size_t both = 0;
    for (const std::string& word : words) both += others.count(word);
    const std::size_t all = words.size() + others.size() - both;
    return all == 0 ? 0 : static_cast<double>(both) / static_cast<double>(all);
}

std::vector<bool> longest_increasing(const std::vector<std::size_t>& values) {
    std::vector<std::size_t> ends, before(values.size());
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto at = std::lower_bound(ends.begin(), ends.end(), values[i],
                                         [&](std::size_t end, std::size_t value) { return values[end] < value; });
        before[i] = at == ends.begin() ? none : *(at - 1);
        if (at == ends.end())
            ends.push_back(i);
        else
            *at = i;
    }
    std::vector<bool> belongs(values.size());
    for (std::size_t i = ends.empty() ? none : ends.back(); i != none; i = before[i]) belongs[i] = true;
    return belongs;
}

}  // namespace vsm::runtime
