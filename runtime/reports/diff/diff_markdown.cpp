#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "base/text.h"
#include "base/writers/markdown.h"
#include "runtime/reports/diff/diff_report.h"
#include "runtime/reports/diff/diff_words.h"
#include "runtime/reports/diff/telling_figures.h"
#include "runtime/reports/text_table.h"

namespace vsm::runtime {
namespace {

constexpr std::size_t longest_cell = 200, longest_news = 700;  ///< columns of a user text
constexpr std::size_t room_for_end = 400;                      ///< bytes for the note about cuts and for closing tags

std::string cell(const std::string& text) { return markdown_text(cut_to(one_line(text), longest_cell)); }

/// The document: accepts texts that fit and counts the others.
class Page {
public:
    bool fits(const std::string& text) const { return text_.size() + text.size() + room_for_end <= markdown_limit; }
    bool add(const std::string& text) {
        const bool added = fits(text);
        if (added) text_ += text;
        cut_ = cut_ || !added;
        return added;
    }
    /// Adds rows under a header, as many as fit while the page has at most `room` bytes. `one` names a row.
    void table(const std::string& head, const std::vector<std::string>& rows, std::size_t room = markdown_limit,
               std::string_view one = "row") {
        if (rows.empty()) return;
        if (text_.size() + head.size() + rows.front().size() > room || !add(head)) {
            cut_ = true;
            return leave_out(counted(rows.size(), one));
        }
        std::size_t taken = 0;
        while (taken < rows.size() && text_.size() + rows[taken].size() <= room && add(rows[taken])) ++taken;
        if (taken < rows.size()) {
            text_ += fmt::format("\n…and {}.\n", counted(rows.size() - taken, fmt::format("more {}", one)));
            cut_ = true;
        }
        text_ += "\n";
    }
    /// Adds a folded block. Returns false, and adds nothing, if the summary does not fit.
    template <class Inside>
    bool details(const std::string& summary, Inside inside) {
        if (!add(fmt::format("<details><summary>{}</summary>\n\n", summary))) return false;
        inside();
        text_ += "</details>\n\n";
        return true;
    }
    /// Adds a folded block if all of it fits; else adds nothing and returns false.
    template <class Inside>
    bool whole_details(const std::string& summary, Inside inside) {
        const std::size_t begin = text_.size(), left_out = left_out_.size();
        cut_ = false;
        if (details(summary, inside) && !cut_) return true;
        text_.resize(begin);
        left_out_.resize(left_out);
        return false;
    }
    /// Notes a part that has no room.
    void leave_out(std::string part) { left_out_.push_back(std::move(part)); }
    std::size_t size() const { return text_.size(); }
    /// Adds a short line, for which there always is room, at a place before the end.
    void insert(std::size_t at, const std::string& line) { text_.insert(at, line); }
    std::string finish() {
        if (!left_out_.empty())
            text_ += fmt::format("Left out to fit into a comment: {}. `vsm diff --against REVISION` shows "
                                 "everything in a terminal.\n",
                                 shortened());
        while (text_.ends_with("\n\n")) text_.pop_back();
        return std::move(text_);
    }

private:
    /// The parts left out, by name as long as they are few.
    std::string shortened() const {
        constexpr std::size_t most = 4;
        if (left_out_.size() <= most) return fmt::format("{}", fmt::join(left_out_, ", "));
        return fmt::format("{} and {}", fmt::join(left_out_.begin(), left_out_.begin() + most, ", "),
                           counted(left_out_.size() - most, "more part"));
    }

    std::string text_;
    std::vector<std::string> left_out_;
    bool cut_ = false;  ///< something did not fit
};

/// The first sentence in bold, then the others.
std::string news_line(const News& one) {
    std::string rest;
    for (const std::string& further : one.further) rest += " " + further;
    return fmt::format("**{}**{}", markdown_text(cut_to(one_line(one.first), longest_news)),
                       markdown_text(cut_to(one_line(rest), longest_news)));
}

void add_news(Page& page, const std::vector<News>& news) {
    constexpr std::size_t most = 10;
    if (news.empty()) return;
    page.add(news_line(news.front()) + "\n\n");
    std::size_t told = 1;
    for (; told < std::min(news.size(), most); ++told) page.add("- " + news_line(news[told]) + "\n");
    if (told < news.size()) page.add(fmt::format("- {}\n", counted(news.size() - told, "further change")));
    if (news.size() > 1) page.add("\n");
}

using Rows = std::vector<const Overview*>;

/// `- Worse: target no longer met (1); slower (2)`; empty without rows.
std::string kinds_of(const Rows& rows, std::string_view head) {
    std::vector<std::pair<std::string, std::size_t>> counts;  // in row order
    for (const Overview* one : rows) {
        const auto known =
            std::find_if(counts.begin(), counts.end(), [&](const auto& count) { return count.first == one->verdict; });
        if (known == counts.end())
            counts.emplace_back(one->verdict, 1);
        else
            ++known->second;
    }
    std::vector<std::string> parts;
    for (const auto& [verdict, count] : counts) parts.push_back(fmt::format("{} ({})", markdown_text(verdict), count));
    return parts.empty() ? "" : fmt::format("- {}: {}\n", head, fmt::join(parts, "; "));
}

/// The rows of many streams, by what their readers ask.
struct Sorted {
    Rows broken, worse, neither, better;

    explicit Sorted(const std::vector<Overview>& rows) {
        for (const Overview& one : rows)
            (one.of == nullptr ? broken : one.worse() ? worse : one.better() ? better : neither).push_back(&one);
    }
    std::size_t streams() const { return worse.size() + neither.size() + better.size(); }
};

/// What became of a target; empty if nothing did.
std::string_view fate_of(const TargetChange& one) {
    if (!one.before) return "added";
    if (!one.after || one.relaxed) return "removed or relaxed";
    if (one.tightened) return "tightened";
    if (is_lost(one)) return "no longer met";
    if (*one.before == *one.after) return "";
    if (*one.after == Verdict::unknown) return *one.before == Verdict::met ? "no longer known to be met" : "";
    if (*one.after != Verdict::met) return "";
    return *one.before == Verdict::unknown ? "now known to be met" : "met now";
}

/// ` Targets: 3 no longer met, 2 met now, 1 removed or relaxed.`; empty if none of these.
std::string targets_summary(const Sorted& sorted) {
    constexpr std::string_view fates[] = {"no longer met",
                                          "no longer known to be met",
                                          "met now",
                                          "now known to be met",
                                          "removed or relaxed",
                                          "tightened",
                                          "added"};
    std::map<std::string_view, std::size_t> counts;
    for (const Rows* rows : {&sorted.worse, &sorted.neither, &sorted.better})
        for (const Overview* row : *rows)
            for (const TargetChange& one : row->of->targets) ++counts[fate_of(one)];
    std::vector<std::string> parts;
    for (const std::string_view fate : fates)
        if (counts[fate] > 0) parts.push_back(fmt::format("{} {}", counts[fate], fate));
    return parts.empty() ? "" : fmt::format(" Targets: {}.", fmt::join(parts, ", "));
}

std::string summary_of(const Sorted& sorted) {
    const std::size_t streams = sorted.streams(), broken = sorted.broken.size();
    std::string text =
        fmt::format("**{}: {} worse, {} better.{}",
                    streams == 1 ? std::string("1 stream changes") : fmt::format("{} streams change", streams),
                    sorted.worse.size(), sorted.better.size(), targets_summary(sorted));
    if (broken > 0)
        text += broken == 1 ? std::string(" 1 map does not compile.") : fmt::format(" {} maps do not compile.", broken);
    return text + "**\n\n" + kinds_of(sorted.worse, "Worse") + kinds_of(sorted.neither, "Neither") +
           kinds_of(sorted.better, "Better") + "\n";
}

std::string verdict_text(const Overview& one) {
    return markdown_text(one.verdict) + (one.detail.empty() ? "" : fmt::format(" ({})", cell(one.detail)));
}

std::vector<std::string> lines_of(const Rows& rows) {
    std::vector<std::string> lines;
    for (const Overview* one : rows)
        lines.push_back(fmt::format("| {} | {} | {} | {} | {} | {} |\n", cell(one->name), verdict_text(*one),
                                    cell(one->lead), cell(one->change), cell(one->what), cell(one->file)));
    return lines;
}

std::string block_of(const std::string& picture) { return markdown_block("mermaid", picture) + "\n"; }

/// A changed stream.
struct Told {
    const DiffedMap* map;
    const StreamChange* change;
    const std::string* picture;  ///< null if not drawn

    std::string name() const {
        return called(model_of(*map, *change), change->after.valid() ? change->after : change->before);
    }
    bool is_drawable() const { return change->kind() == ChangeKind::changed && !change->elements.empty(); }
};

/// All changed streams by descending weight.
std::vector<Told> told_of(std::span<const DiffedMap> maps) {
    std::vector<std::pair<double, Told>> weighed;
    for (const DiffedMap& map : maps)
        for (std::size_t i = 0; i < map.change.streams.size(); ++i) {
            const StreamChange& change = map.change.streams[i];
            const bool drawn = i < map.pictures.size() && !map.pictures[i].empty();
            weighed.push_back({news_of(map, change).weight, {&map, &change, drawn ? &map.pictures[i] : nullptr}});
        }
    std::stable_sort(weighed.begin(), weighed.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Told> all;
    for (const auto& [weight, one] : weighed) all.push_back(one);
    return all;
}

std::string row_text(const ChangeRow& row) {
    return fmt::format("| {} | {} | {} | {} |\n", cell(row.subject), cell(row.what), cell(row.before), cell(row.after));
}

void add_rows(Page& page, const std::vector<ChangeRow>& rows) {
    std::vector<std::string> lines;
    for (const ChangeRow& row : rows) lines.push_back(row_text(row));
    page.table("| What | Changed | Before | After |\n|---|---|---|---|\n", lines);
}

void add_figures(Page& page, const Told& told) {
    std::vector<std::string> figures, targets;
    for (const FigureRow& row : figure_rows(*told.map, *told.change))
        figures.push_back(fmt::format("| {} | {} | {} | {} | {} |\n", cell(row.name), cell(row.before), cell(row.after),
                                      cell(row.change), row.judgement));
    for (const TargetChange& one : told.change->targets)
        targets.push_back(fmt::format("- {}\n", cell(target_text(one))));
    page.table("| Figure | Before | After | Change | |\n|---|---:|---:|---:|---|\n", figures);
    page.table("**Targets**\n\n", targets);
}

bool has_figures(const Told& told) {
    return !figure_rows(*told.map, *told.change).empty() || !told.change->targets.empty();
}

/// The changes of files beside their streams.
std::vector<ChangeRow> rows_of_files(std::span<const DiffedMap> maps, bool several) {
    std::vector<ChangeRow> all;
    for (const DiffedMap& map : maps)
        for (ChangeRow& row : rows_of_file(map)) {
            if (several && row.subject == "the file") row.subject = map.path();
            all.push_back(std::move(row));
        }
    return all;
}

/// One stream: everything unfolded except figures, including those of futures that follow it.
void add_one(Page& page, std::span<const DiffedMap> maps, const std::vector<Told>& all) {
    constexpr std::size_t room = markdown_limit / 2;
    const Told* told = all.empty() ? nullptr : &all.front();
    if (told != nullptr && told->is_drawable() &&
        (told->picture == nullptr || told->picture->size() > room || !page.add(block_of(*told->picture))))
        page.add("The picture is too large for a comment; the table lists the changes.\n\n");
    std::vector<ChangeRow> rows = rows_of_files(maps, false);
    if (told != nullptr) {
        std::vector<ChangeRow> own = rows_of(*told->map, *told->change);
        rows.insert(rows.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
    }
    add_rows(page, rows);
    for (const Told& one : all)
        if (has_figures(one) &&
            !page.details(fmt::format("Figures and targets: {}", cell(one.name())), [&] { add_figures(page, one); }))
            page.leave_out("figures of " + cell(one.name()));
}

/// Streams that a comment tells of without folding some.
constexpr std::size_t most_unfolded = 25;

/// A folded block of a stream: its news, picture, changes and figures; of many streams only as much as leaves room for
/// the others, and only whole blocks.
bool add_folded(Page& page, const Overview& row, const Told& told, std::size_t streams) {
    constexpr std::size_t most_pictures = 10, most_figures = 40;
    const std::string summary = fmt::format("{}: {}{}{}; {}", cell(row.name), cell(row.lead),
                                            row.lead.empty() ? "" : ", ", verdict_text(row), cell(row.file));
    const auto inside = [&] {
        page.add(news_line(news_of(*told.map, *told.change)) + "\n\n");
        if (streams <= most_pictures && told.picture != nullptr && told.picture->size() < markdown_limit / 4)
            page.add(block_of(*told.picture));
        add_rows(page, rows_of(*told.map, *told.change));
        if (streams <= most_figures) add_figures(page, told);
    };
    return streams > most_unfolded ? page.whole_details(summary, inside) : page.details(summary, inside);
}

/// A table of all streams; of many, the worst and those that moved a target, and folded tables of the others.
void add_tables(Page& page, const Sorted& sorted) {
    constexpr std::size_t room = markdown_limit * 2 / 3;
    constexpr std::string_view head =
        "| Stream | Verdict | Lead time | Change | What changed | Map |\n|---|---|---:|---:|---|---|\n";
    const bool folds = sorted.broken.size() + sorted.streams() > most_unfolded;
    Rows first = sorted.broken, worse, neither, better;
    for (const Overview* one : sorted.worse) (folds && first.size() >= most_unfolded ? worse : first).push_back(one);
    for (const Overview* one : sorted.neither) (folds && !one->moves_target() ? neither : first).push_back(one);
    for (const Overview* one : sorted.better) (folds ? better : first).push_back(one);
    page.table(std::string(head), lines_of(first), room);
    const auto fold = [&](std::string_view name, const Rows& rows, std::size_t all) {
        if (rows.empty()) return;
        const std::string streams = counted(rows.size(), "stream");
        const std::string title = fmt::format("{}: {}{}", name, all == rows.size() ? "" : "the other ", streams);
        if (!page.details(title, [&] { page.table(std::string(head), lines_of(rows), room); }))
            page.leave_out(fmt::format("the table of {}", streams));
    };
    fold("Worse", worse, sorted.worse.size());
    fold("Neither worse nor better", neither, sorted.neither.size());
    fold("Better", better, better.size());
}

/// The findings of all maps, most severe first, then in order of the maps.
class FindingLines {
public:
    void add(const std::string& path, const std::vector<Diagnostic>& findings, const SourceSet* sources) {
        for (const Diagnostic& one : findings)
            lines_[one.severity].push_back(fmt::format("- {}\n", cell(path + ", " + finding_text(one, *sources))));
    }
    std::vector<std::string> all() const {
        std::vector<std::string> all;
        for (const auto& [severity, lines] : lines_) all.insert(all.end(), lines.begin(), lines.end());
        return all;
    }

private:
    std::map<Severity, std::vector<std::string>, std::greater<>> lines_;
};

void add_findings(Page& page, std::span<const DiffedMap> maps, std::size_t room) {
    FindingLines fresh_lines, fixed_lines;
    for (const DiffedMap& map : maps) {
        fresh_lines.add(map.after_path, map.change.new_findings, map.after_sources);
        fixed_lines.add(map.before_path, map.change.fixed_findings, map.before_sources);
    }
    const std::vector<std::string> fresh = fresh_lines.all(), fixed = fixed_lines.all();
    if (fresh.empty() && fixed.empty()) return;
    const bool added = page.details(fmt::format("Findings: {} new, {} fixed", fresh.size(), fixed.size()), [&] {
        page.table("**New**\n\n", fresh, room, "new finding");
        page.table("**Fixed**\n\n", fixed, room, "fixed finding");
    });
    if (!added) page.leave_out(fmt::format("{} new and {} fixed findings", fresh.size(), fixed.size()));
}

/// Several streams: one row each, then a folded block each.
void add_many(Page& page, std::span<const DiffedMap> maps, const std::vector<Told>& all) {
    const std::vector<Overview> overview = overview_of(maps);
    const Sorted sorted(overview);
    page.add(summary_of(sorted));
    add_tables(page, sorted);
    const auto follows = static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const Told& one) { return one.change->follows; }));
    if (follows > 0)
        page.add(fmt::format("{} change{} only because {} base does.\n\n", counted(follows, "future"),
                             follows == 1 ? "s" : "", follows == 1 ? "its" : "their"));
    const std::size_t below_table = page.size();
    const std::vector<ChangeRow> of_files = rows_of_files(maps, true);
    if (!of_files.empty() && !page.details(fmt::format("Files and teams: {}", counted(of_files.size(), "change")),
                                           [&] { add_rows(page, of_files); }))
        page.leave_out("the changes of files and teams");
    add_findings(page, maps, markdown_limit * 3 / 4);
    std::map<const StreamChange*, const Told*> told;
    for (const Told& one : all) told.emplace(one.change, &one);
    std::size_t left_out = 0;
    for (const Overview& row : overview)
        if (row.of != nullptr && !add_folded(page, row, *told.at(row.of), overview.size())) ++left_out;
    if (left_out > 0)
        page.insert(
            below_table,
            fmt::format("The details of {} do not fit into a comment; `vsm diff --against REVISION` shows them.\n\n",
                        counted(left_out, "stream")));
}

}  // namespace

std::string diff_markdown(std::span<const DiffedMap> maps) {
    Page page;
    const std::vector<Told> all = told_of(maps);
    if (overview_of(maps).size() > 1) {
        add_many(page, maps, all);
    } else {
        add_news(page, news_of(maps));
        add_one(page, maps, all);
        add_findings(page, maps, markdown_limit);
    }
    return page.finish();
}

}  // namespace vsm::runtime
