#include "backends/svg/text_around.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "backends/support/facts.h"
#include "backends/support/headline.h"
#include "backends/svg/tags.h"
#include "backends/svg/text_fit.h"

namespace vsm::backends::svg {
namespace {

constexpr double header_size = 18;
constexpr double note_size = 12;
constexpr double summary_height = 52;
constexpr double note_height = 14;
constexpr double line_step = 17;

std::vector<std::string> notes_of(const Headline& headline) {
    std::vector<std::string> notes = headline.notes;
    if (!headline.now.empty()) notes.insert(notes.begin(), fmt::format("now {}", headline.now));
    return notes;
}

}  // namespace

void TextAround::add_header() {
    picture_.height = margin;
    if (extent_.bare) return;
    const std::string title = called(stream_);
    constexpr std::size_t most_lines = 3;
    constexpr double step = 22;
    picture_.height = margin + 19 - step;
    for (const std::string& line : wrapped(title, picture_.width - margin, header_size, most_lines, Weight::bold)) {
        picture_.height += step;
        picture_.title.push_back({{margin, picture_.height - 5}, line, line.ends_with("…") ? title : line, 0, false});
    }
    if (stream_.future)
        add_subtitle(fmt::format("Future of {}{}", called(input_.model.stream(stream_.future->of)),
                                 stream_.future->by ? ", by " + format_date(*stream_.future->by) : ""));
    if (!stream_.outcome.value.empty()) add_subtitle(stream_.outcome.value);
    for (const Goal& goal : goals_of(input_, metrics_))
        add_subtitle(fmt::format("Target {}: {}", goal.verdict, goal.sentence));
    std::string basis = "Working time, " + format_calendar(stream_.calendar);
    if (stream_.demand)
        basis += fmt::format("; demand {}/{}", format_number(stream_.demand->count), name_of(stream_.demand->unit));
    add_subtitle(basis + abbreviations());
    picture_.height += 14;
}

std::string TextAround::abbreviations() const {
    static constexpr std::pair<std::string_view, std::string_view> known[] = {
        {"PT", "process time"}, {"LT", "lead time"}, {"%C&A", "complete and accurate"}};
    std::string text;
    for (const auto& [label, meaning] : known) {
        const auto shows = [label = label](const DataLine& line) { return line.label == label; };
        const bool used = std::any_of(blocks_.begin(), blocks_.end(), [&](const Block& block) {
            return std::any_of(block.content.data.begin(), block.content.data.end(), shows);
        });
        if (used) text += fmt::format("; {} is {}", label, meaning);
    }
    return text;
}

void TextAround::add_subtitle(const std::string& text) {
    constexpr std::size_t most_lines = 3;
    for (const std::string& line : wrapped(text, picture_.width - margin, note_size, most_lines)) {
        picture_.height += line_step;
        picture_.subtitles.push_back({{margin, picture_.height}, line, line.ends_with("…") ? text : line, 0, false});
    }
}

void TextAround::add_summary() {
    const std::vector<Headline> headlines = headlines_of(input_, metrics_);
    const double width =
        std::max(190.0, std::min(320.0, (picture_.width - margin) / static_cast<double>(headlines.size())));
    const auto per_row = static_cast<std::size_t>(std::max(1.0, std::floor((picture_.width - margin) / width)));
    for (std::size_t first = 0; first < headlines.size(); first += per_row) {
        const auto begin = headlines.begin() + static_cast<std::ptrdiff_t>(first);
        const auto end = headlines.begin() + static_cast<std::ptrdiff_t>(std::min(first + per_row, headlines.size()));
        std::size_t notes = 0;
        for (auto one = begin; one != end; ++one) notes = std::max(notes, notes_of(*one).size());
        const double height = summary_height + static_cast<double>(notes) * note_height;
        double x = margin;
        for (auto one = begin; one != end; ++one) {
            picture_.summary.push_back({one->label,
                                        one->value,
                                        notes_of(*one),
                                        one->tone == Headline::Tone::work,
                                        {x, picture_.height, width, height}});
            x += width;
        }
        picture_.width = std::max(picture_.width, x);
        picture_.height += height;
    }
}

void TextAround::add_legend() {
    if (!extent_.bare) {
        add_sentences("Where it is held up", constraints_of(input_, metrics_));
        add_sentences("What would help most", levers_of(input_, metrics_));
    }
    if (!contents_.bursts().empty()) add_heading("Kaizens");
    for (std::size_t i = 0; i < contents_.bursts().size(); ++i) {
        picture_.height += 3;
        add_legend_text(kaizen_text(input_, *contents_.bursts()[i].kaizen), i + 1);
    }
    if (contents_.removed().empty()) return;
    add_heading("Removed");
    add_legend_text(fmt::format("{}", fmt::join(contents_.removed(), ", ")), 0);
}

void TextAround::add_sentences(std::string_view heading, const std::vector<std::string>& sentences) {
    if (sentences.empty()) return;
    add_heading(heading);
    for (const std::string& sentence : sentences) add_legend_text(sentence, 0);
}

void TextAround::add_heading(std::string_view heading) {
    picture_.height += 24;
    picture_.legend.push_back({{margin, picture_.height}, std::string(heading), std::string(heading), 0, true});
}

void TextAround::add_legend_text(const std::string& text, std::size_t burst) {
    constexpr std::size_t most_lines = 4;
    const double indent = burst > 0 ? burst_width + 6 : 0;
    for (const std::string& line : wrapped(text, picture_.width - margin - indent, note_size, most_lines)) {
        picture_.height += line_step;
        picture_.legend.push_back({{margin + (burst > 0 ? 0 : indent), picture_.height},
                                   line,
                                   line.ends_with("…") ? text : line,
                                   burst,
                                   false});
        burst = 0;
    }
}

}  // namespace vsm::backends::svg
