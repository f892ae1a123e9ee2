#include <fmt/format.h>

#include <algorithm>

#include "base/markdown.h"
#include "base/text.h"
#include "runtime/diff_report.h"
#include "runtime/diff_words.h"
#include "runtime/text_table.h"

namespace vsm::runtime {
namespace {

constexpr std::size_t longest_cell = 200, longest_news = 700;  ///< columns of a text as it is written in the map
constexpr std::size_t room_for_end = 400;                      ///< for saying what was cut, and for closing what is open

std::string cell(const std::string& text) { return markdown_text(cut_to(one_line(text), longest_cell)); }

/// The document being written: takes what fits, and counts what does not.
class Page {
public:
    bool fits(const std::string& text) const { return text_.size() + text.size() + room_for_end <= markdown_limit; }
    bool add(const std::string& text) {
        if (!fits(text)) return false;
        text_ += text;
        return true;
    }
    /// Rows under a head, as many as fit.
    void table(const std::string& head, const std::vector<std::string>& rows) {
        if (rows.empty() || !add(head)) return void(cut_ += rows.size());
        std::size_t taken = 0;
        while (taken < rows.size() && add(rows[taken])) ++taken;
        if (taken < rows.size()) text_ += fmt::format("\n…and {}.\n", counted(rows.size() - taken, "more row"));
        text_ += "\n";
    }
    /// What is folded. What does not fit with its head is left out.
    template <class Inside>
    void details(const std::string& summary, Inside inside) {
        if (!add(fmt::format("<details><summary>{}</summary>\n\n", summary))) return void(++cut_);
        inside();
        text_ += "</details>\n\n";
    }
    void cut(std::size_t count = 1) { cut_ += count; }
    std::string finish() {
        if (cut_ > 0) text_ += fmt::format("The rest is left out, for a comment has no room for it ({}); `vsm diff` shows it.\n", counted(cut_, "part"));
        while (text_.ends_with("\n\n")) text_.pop_back();
        return std::move(text_);
    }

private:
    std::string text_;
    std::size_t cut_ = 0;
};

/// The first sentence strong, the rest as it is.
std::string news_line(const News& one) {
    std::string rest;
    for (const std::string& further : one.further) rest += " " + further;
    return fmt::format("**{}**{}", markdown_text(cut_to(one_line(one.first), longest_news)), markdown_text(cut_to(one_line(rest), longest_news)));
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

struct Drawn {
    const DiffedMap* map;
    const StreamChange* change;
    const std::string* picture;
};

std::vector<Drawn> pictures_of(std::span<const DiffedMap> maps) {
    std::vector<Drawn> all;
    for (const DiffedMap& map : maps)
        for (std::size_t i = 0; i < map.pictures.size(); ++i)
            if (!map.pictures[i].empty()) all.push_back({&map, &map.change.streams[i], &map.pictures[i]});
    std::stable_sort(all.begin(), all.end(), [](const Drawn& a, const Drawn& b) { return news_of(*a.map, *a.change).weight > news_of(*b.map, *b.change).weight; });
    return all;
}

std::string block_of(const std::string& picture) { return markdown_block("mermaid", picture) + "\n"; }

std::string name_of(const Drawn& one) { return cell(called(model_of(*one.map, *one.change), one.change->after)); }

bool is_drawable(const StreamChange& change) { return change.kind() == ChangeKind::changed && !change.elements.empty(); }

/// The first in sight, the others folded.
void add_pictures(Page& page, std::span<const DiffedMap> maps, const std::vector<Drawn>& all) {
    constexpr std::size_t room = markdown_limit / 2;
    const bool drawable = std::any_of(maps.begin(), maps.end(), [](const DiffedMap& map) {
        return std::any_of(map.change.streams.begin(), map.change.streams.end(), is_drawable);
    });
    if (!drawable) return;
    if (all.empty() || all.front().picture->size() > room || !page.add(block_of(*all.front().picture)))
        page.add("The picture is too large for a comment; the table says what changed.\n\n");
}

void add_folded_pictures(Page& page, const std::vector<Drawn>& all) {
    for (std::size_t i = 1; i < all.size(); ++i) {
        const std::string text = fmt::format("<details><summary>Picture: {}</summary>\n\n{}</details>\n\n", name_of(all[i]), block_of(*all[i].picture));
        if (!page.add(text)) page.cut();
    }
}

std::string row_text(const ChangeRow& row) {
    return fmt::format("| {} | {} | {} | {} |\n", cell(row.subject), cell(row.what), cell(row.before), cell(row.after));
}

void add_changes(Page& page, std::span<const DiffedMap> maps) {
    std::vector<std::string> rows;
    const bool several = std::count_if(maps.begin(), maps.end(), [](const DiffedMap& map) { return !map.empty(); }) > 1;
    for (const DiffedMap& map : maps) {
        std::vector<ChangeRow> all = rows_of_file(map);
        for (const StreamChange& change : map.change.streams) {
            std::vector<ChangeRow> own = rows_of(map, change);
            const bool further = several || map.change.streams.size() > 1;
            const std::string stream = called(model_of(map, change), change.after.valid() ? change.after : change.before);
            for (ChangeRow& row : own)
                if (further && row.subject != stream) row.subject = stream + ": " + row.subject;
            all.insert(all.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
        }
        for (const ChangeRow& row : all) rows.push_back(row_text(row));
    }
    page.table("| What | Changed | Before | After |\n|---|---|---|---|\n", rows);
}

void add_figures(Page& page, const DiffedMap& map, const StreamChange& change) {
    std::vector<std::string> figures;
    for (const FigureRow& row : figure_rows(map, change))
        figures.push_back(fmt::format("| {} | {} | {} | {} | {} |\n", cell(row.name), cell(row.before), cell(row.after), cell(row.change), row.judgement));
    if (figures.empty() && change.targets.empty()) return;
    const std::string name = cell(called(model_of(map, change), change.after.valid() ? change.after : change.before));
    page.details(fmt::format("Figures and targets: {}", name), [&] {
        page.table("| Figure | Before | After | Change | |\n|---|---:|---:|---:|---|\n", figures);
        std::vector<std::string> targets;
        for (const TargetChange& one : change.targets) targets.push_back(fmt::format("- {}\n", cell(target_text(one))));
        page.table("**Targets**\n\n", targets);
    });
}

void add_findings(Page& page, std::span<const DiffedMap> maps) {
    std::vector<std::string> fresh, fixed;
    const auto line = [](const std::string& path, const Diagnostic& one, const SourceSet& sources) { return fmt::format("- {}\n", cell(path + ", " + finding_text(one, sources))); };
    for (const DiffedMap& map : maps) {
        for (const Diagnostic& one : map.change.new_findings) fresh.push_back(line(map.after_path, one, *map.after_sources));
        for (const Diagnostic& one : map.change.fixed_findings) fixed.push_back(line(map.before_path, one, *map.before_sources));
    }
    if (fresh.empty() && fixed.empty()) return;
    page.details(fmt::format("Findings: {} new, {} fixed", fresh.size(), fixed.size()), [&] {
        page.table("**New**\n\n", fresh);
        page.table("**Fixed**\n\n", fixed);
    });
}

}  // namespace

std::string diff_markdown(std::span<const DiffedMap> maps) {
    Page page;
    add_news(page, news_of(maps));
    const std::vector<Drawn> pictures = pictures_of(maps);
    add_pictures(page, maps, pictures);
    add_changes(page, maps);
    for (const DiffedMap& map : maps)
        for (const StreamChange& change : map.change.streams) add_figures(page, map, change);
    add_findings(page, maps);
    add_folded_pictures(page, pictures);
    return page.finish();
}

}  // namespace vsm::runtime
