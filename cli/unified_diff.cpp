#include "cli/unified_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/text.h"

namespace vsm::cli {
namespace {

using Texts = std::vector<std::string_view>;

/// Lines [from, to) of one text.
struct Part {
    std::size_t from = 0, to = 0;
    bool empty() const { return from == to; }
};

/// Replaced lines.
struct Change {
    Part before, after;
};

Texts lines_of(std::string_view text) {
    Texts lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

/// Patience diff: keeps the longest increasing sequence of lines that are unique in both texts, and recurses between
/// them.
class Comparison {
public:
    Comparison(const Texts& before, const Texts& after) : before_(before), after_(after) {}

    std::vector<Change> run() {
        compare({0, before_.size()}, {0, after_.size()}, 0);
        return std::move(changes_);
    }

private:
    struct Pair {
        std::size_t before, after;
    };

    void compare(Part before, Part after, int depth) {
        while (!before.empty() && !after.empty() && before_[before.from] == after_[after.from])
            ++before.from, ++after.from;
        while (!before.empty() && !after.empty() && before_[before.to - 1] == after_[after.to - 1])
            --before.to, --after.to;
        if (before.empty() && after.empty()) return;
        const std::vector<Pair> kept = depth < deepest ? in_order(once_in_both(before, after)) : std::vector<Pair>();
        if (kept.empty()) return changes_.push_back({before, after});
        for (const Pair& pair : kept) {
            compare({before.from, pair.before}, {after.from, pair.after}, depth + 1);
            before.from = pair.before + 1;
            after.from = pair.after + 1;
        }
        compare(before, after, depth + 1);
    }

    std::vector<Pair> once_in_both(Part before, Part after) const {
        struct Count {
            std::size_t before = 0, after = 0, at_before = 0, at_after = 0;
        };
        std::map<std::string_view, Count> counts;
        for (std::size_t i = before.from; i < before.to; ++i)
            counts[before_[i]].before++, counts[before_[i]].at_before = i;
        for (std::size_t i = after.from; i < after.to; ++i) counts[after_[i]].after++, counts[after_[i]].at_after = i;
        std::vector<Pair> pairs;
        for (const auto& [line, count] : counts)
            if (count.before == 1 && count.after == 1) pairs.push_back({count.at_before, count.at_after});
        std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.before < b.before; });
        return pairs;
    }

    /// The longest subsequence of pairs that increases in both texts.
    static std::vector<Pair> in_order(const std::vector<Pair>& pairs) {
        std::vector<std::size_t> last_of_length, previous(pairs.size());
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const auto place =
                std::lower_bound(last_of_length.begin(), last_of_length.end(), pairs[i].after,
                                 [&](std::size_t at, std::size_t wanted) { return pairs[at].after < wanted; });
            previous[i] = place == last_of_length.begin() ? i : *(place - 1);
            if (place == last_of_length.end()) {
                last_of_length.push_back(i);
            } else {
                *place = i;
            }
        }
        std::vector<Pair> row;
        for (std::size_t left = last_of_length.size(), at = left == 0 ? 0 : last_of_length.back(); left > 0;
             --left, at = previous[at])
            row.push_back(pairs[at]);
        std::reverse(row.begin(), row.end());
        return row;
    }

    static constexpr int deepest = 64;

    const Texts& before_;
    const Texts& after_;
    std::vector<Change> changes_;
};

void add_line(std::string& text, char mark, std::string_view line) {
    const bool ended = line.ends_with('\n');
    line.remove_suffix(ended ? 1 : 0);
    const bool returned = line.ends_with('\r');
    line.remove_suffix(returned ? 1 : 0);
    text += mark;
    for (std::size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
        text += log_text(line.substr(0, tab)) + '\t';
        line.remove_prefix(tab + 1);
    }
    text += log_text(line);
    text += returned ? "\r\n" : "\n";
    if (!ended) text += "\\ No newline at end of file\n";
}

constexpr std::size_t lines_around = 3;

std::string place(Part part) {
    const std::size_t count = part.to - part.from, first = count == 0 ? part.from : part.from + 1;
    return count == 1 ? fmt::format("{}", first) : fmt::format("{},{}", first, count);
}

/// Adds a hunk: nearby changes with their context.
void add_hunk(std::string& text, const Texts& before, const Texts& after, const Change* first, const Change* last) {
    const std::size_t lead = std::min(lines_around, first->before.from),
                      tail = std::min(lines_around, before.size() - last->before.to);
    text += fmt::format("@@ -{} +{} @@\n", place({first->before.from - lead, last->before.to + tail}),
                        place({first->after.from - lead, last->after.to + tail}));
    std::size_t at = first->before.from - lead;
    for (const Change* change = first; change <= last; ++change) {
        for (; at < change->before.from; ++at) add_line(text, ' ', before[at]);
        for (; at < change->before.to; ++at) add_line(text, '-', before[at]);
        for (std::size_t i = change->after.from; i < change->after.to; ++i) add_line(text, '+', after[i]);
    }
    for (const std::size_t end = at + tail; at < end; ++at) add_line(text, ' ', before[at]);
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
    const Texts old_lines = lines_of(before), new_lines = lines_of(after);
    const std::vector<Change> changes = Comparison(old_lines, new_lines).run();
    if (changes.empty()) return {};
    std::string text = fmt::format("--- {0}\n+++ {0}\n", log_text(path));
    for (std::size_t first = 0; first < changes.size();) {
        std::size_t last = first;
        while (last + 1 < changes.size() && changes[last + 1].before.from - changes[last].before.to <= 2 * lines_around)
            ++last;
        add_hunk(text, old_lines, new_lines, &changes[first], &changes[last]);
        first = last + 1;
    }
    return text;
}

}  // namespace vsm::cli
