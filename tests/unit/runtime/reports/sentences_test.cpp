// Checks the sentences of reports, news and pictures on generated maps, their next versions, and maps for rare cases:
// no sentence has an empty name, reports a change that is none, or contradicts its own figures; and every sentence
// template in the sources is covered.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "backends/backend.h"
#include "backends/mermaid/changes.h"
#include "base/text.h"
#include "compiler/compile.h"
#include "compiler/lint/lint.h"
#include "compiler/lint/observe.h"
#include "runtime/diff/stream_pairs.h"
#include "runtime/figures/absent.h"
#include "runtime/reports/diff/diff_report.h"
#include "runtime/reports/diff/diff_words.h"
#include "runtime/reports/history/history.h"
#include "runtime/reports/metrics/report.h"
#include "runtime/reports/metrics/report_sections.h"
#include "tests/support/project.h"
#include "tests/support/rounds.h"
#include "tests/unit/runtime/reports/telling_map.h"

namespace vsm {
namespace {

using runtime::DiffedMap;
using Lines = std::vector<std::string>;

class NoImports final : public SourceReader {
public:
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string&, const std::string&) override {
        return ImportRefusal{false, "no such file"};
    }
};

/// A version of a map, as a file.
struct Version {
    NoImports reader;
    Workspace workspace{reader};
    Diagnostics diagnostics, findings;
    std::optional<ir::CheckedModel> model;
    std::vector<runtime::StreamMetrics> metrics;
    runtime::Observations observations;

    explicit Version(const std::string& text) {
        model = workspace.compile("map.vsm", text, diagnostics).checked;
        if (!model) return;
        metrics = runtime::measure(*model);
        lint::lint(*model, {}, findings);
        lint::SharedFigures figures(*model);
        for (const lint::Finding& one : lint::observe(*model, {}, figures)) {
            const Diagnostic& found = one.diagnostic;
            observations[one.place.stream].push_back(
                {std::string(info_of(found.code).name), found.severity, found.message, ""});
        }
    }
    Version(const Version&) = delete;
    Version& operator=(const Version&) = delete;

    runtime::FileMetrics file(std::string path = "map.vsm") const {
        return {std::move(path), &*model, metrics, {}, observations};
    }
    runtime::MapSide side() const { return {model ? &*model : nullptr, &metrics, findings.all()}; }
};

Lines lines_of(const std::string& text) {
    Lines lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// The texts between the tags of a drawing or a page, one per line.
std::string words_between_tags(const std::string& markup) {
    static constexpr std::pair<std::string_view, std::string_view> entities[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
    std::string text;
    bool inside = false;
    for (const char c : markup) {
        if (c == '<') inside = true, text += '\n';
        if (!inside) text += c;
        if (c == '>') inside = false;
    }
    for (const auto& [entity, plain] : entities)
        for (std::size_t at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1))
            text.replace(at, entity.size(), plain);
    return text;
}

/// Decodes Mermaid's `#37;`.
std::string decoded(const std::string& diagram) {
    std::string text;
    for (std::size_t at = 0; at < diagram.size(); ++at) {
        const std::size_t end = diagram.find(';', at);
        const bool code =
            diagram[at] == '#' && end != std::string::npos && end > at + 1 && end < at + 8 &&
            std::all_of(
                diagram.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                diagram.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c >= '0' && c <= '9'; });
        if (!code) {
            text += diagram[at];
            continue;
        }
        const int number = std::stoi(diagram.substr(at + 1, end - at - 1));
        if (number < 128) text += static_cast<char>(number);
        at = end;
    }
    return text;
}

// ---- faults of a line ----

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `-0`, `+0.0 points`, `-0s`: a signed zero.
bool has_signed_zero(std::string_view line) {
    for (std::size_t at = 0; at + 1 < line.size(); ++at) {
        if ((line[at] != '-' && line[at] != '+') || line[at + 1] != '0') continue;
        if (at > 0 && std::string_view(" (|;,").find(line[at - 1]) == std::string_view::npos) continue;
        std::size_t end = at + 1;
        while (end < line.size() && (line[end] == '0' || line[end] == '.')) ++end;
        if (end == line.size() || !is_digit(line[end])) return true;
    }
    return false;
}

/// `0.0% more`, `-65.0% more`.
bool has_empty_more(std::string_view line) {
    for (std::size_t at = line.find("% more"); at != std::string_view::npos; at = line.find("% more", at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && (is_digit(line[begin - 1]) || line[begin - 1] == '.')) --begin;
        if (begin > 0 && line[begin - 1] == '-') return true;
        if (line.substr(begin, at - begin).find_first_of("123456789") == std::string_view::npos) return true;
    }
    return false;
}

constexpr std::string_view arrow = " → ";

/// `5d6h → 5d6h`.
bool has_same_twice(std::string_view line) {
    for (std::size_t at = line.find(arrow); at != std::string_view::npos; at = line.find(arrow, at + 1)) {
        const std::size_t from = line.rfind(' ', at - 1), begin = from == std::string_view::npos ? 0 : from + 1;
        const std::string_view before = line.substr(begin, at - begin), rest = line.substr(at + arrow.size());
        std::string_view after = rest.substr(0, std::min(rest.find(' '), rest.size()));
        while (!after.empty() && std::string_view(".,;:)").find(after.back()) != std::string_view::npos)
            after.remove_suffix(1);
        // `step, 2 → step`: longer values that end in the same word
        const bool whole = begin < 2 || std::string_view(":,|").find(line[begin - 2]) != std::string_view::npos ||
                           is_digit(before.front());
        if (before == after && whole) return true;
    }
    return false;
}

std::string_view fault_of(std::string_view line) {
    for (const std::string_view empty : {"(was )", "``", "<code></code>", "unknown → unknown", " ()", ": .", "(, ",
                                         "; )", " with .", " nan", " inf", "-nan", "-inf"})
        if (line.find(empty) != std::string_view::npos && line.find("```") == std::string_view::npos) return empty;
    if (line.ends_with(": ") && line.find("```") == std::string_view::npos) return "ends with nothing";
    if (has_signed_zero(line)) return "a sign before nothing";
    if (has_empty_more(line)) return "no more, or less, as more";
    if (has_same_twice(line)) return "a change to the same";
    return "";
}

// ---- contradictions between a sentence and its figures ----

/// A printed time in seconds of a calendar; empty for other texts.
std::optional<double> seconds_in(std::string_view text, double hours_per_day) {
    double sum = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t end = at;
        while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
        if (end == at || !is_digit(text[at])) return std::nullopt;
        const double number = std::stod(std::string(text.substr(at, end - at)));
        const std::string_view rest = text.substr(end);
        const bool minutes = rest.starts_with("min");
        if (rest.empty() || std::string_view("dhms").find(rest.front()) == std::string_view::npos ||
            (rest.front() == 'm' && !minutes))
            return std::nullopt;
        sum += number * (rest.front() == 'd' ? hours_per_day * 3600 : rest.front() == 'h' ? 3600 : minutes ? 60 : 1);
        at = end + (minutes ? 3 : 1);
    }
    return at == 0 ? std::nullopt : std::optional(sum);
}

/// A printed time or share.
std::optional<double> number_in(std::string_view text, double hours_per_day) {
    if (text.ends_with('%') && is_digit(text.front()) &&
        text.find_first_not_of("0123456789.%") == std::string_view::npos)
        return std::stod(std::string(text.substr(0, text.size() - 1))) / 100;
    return seconds_in(text, hours_per_day);
}

std::string_view word_behind(std::string_view line, std::string_view before, std::size_t from = 0) {
    const std::size_t at = line.find(before, from);
    if (at == std::string_view::npos) return "";
    std::string_view rest = line.substr(at + before.size());
    rest = rest.substr(0, std::min(rest.find_first_of(" ,;)"), rest.size()));
    while (rest.ends_with('.')) rest.remove_suffix(1);
    return rest;
}

bool satisfies(double figure, std::string_view relation, double bound) {
    if (relation == "at most") return figure <= bound;
    if (relation == "at least") return figure >= bound;
    return relation == "below" ? figure < bound : figure > bound;
}

/// `not met: …; now 50d1h; 100% of the way from 100d`, `now 99d7h; 0% of the way from 100d`.
bool contradicts_progress(std::string_view line) {
    if (line.find("not met") == std::string_view::npos) return false;
    return line.find(" 100% of the way") != std::string_view::npos ||
           (line.find(" 0% of the way") != std::string_view::npos &&
            word_behind(line, "; now ") != word_behind(line, " of the way from "));
}

/// `not met: lead time at most 3d by 2027-03-31; now 8d4h, `spring` 2d4h`.
bool contradicts_verdict(std::string_view line, double hours_per_day) {
    for (const std::string_view relation : {"at most", "at least", "below", "above"}) {
        const std::size_t at = line.find(fmt::format(" {} ", relation));
        if (at == std::string_view::npos) continue;
        std::string_view written = word_behind(line, fmt::format(" {} ", relation));
        if (line.find(" of now (") != std::string_view::npos) written = word_behind(line, " of now (");
        const auto bound = number_in(written, hours_per_day);
        const std::size_t end = line.find("; ", at);
        if (contradicts_progress(line)) return true;
        const bool own = end != std::string_view::npos && !line.substr(end).starts_with("; now ");
        const auto now = number_in(own ? word_behind(line, "; ", end) : word_behind(line, "; now ", at), hours_per_day);
        if (!bound || !now) return false;
        const bool reached = satisfies(*now, relation, *bound);
        std::string verdict(line.substr(0, line.find(": ")));
        std::erase(verdict, '*');
        if (verdict.starts_with("Target ")) verdict.erase(0, 7);
        if (verdict == "met" || verdict.find(" meets ") != std::string::npos) return !reached;
        return !own && reached &&
               (verdict == "not met" || verdict == "met by future" || verdict == "met too late" ||
                verdict.find(" misses ") != std::string::npos);
    }
    return false;
}

/// `S gets 3d faster: 6d4h → 3d4h working time.`
bool contradicts_speed(std::string_view news) {
    if (news.find(" then ") != std::string_view::npos || news.find(" as drawn, but") != std::string_view::npos ||
        news.find("but ") != std::string_view::npos)
        return false;
    const bool faster = news.find(" faster: ") != std::string_view::npos,
               slower = news.find(" slower: ") != std::string_view::npos;
    if (!faster && !slower) return false;
    const auto from = seconds_in(word_behind(news, faster ? " faster: " : " slower: "), 8),
               to = seconds_in(word_behind(news, arrow), 8);
    return !from || !to || *from == *to || (*to < *from) != faster;
}

/// `2d4h to 2d5h` at the end of a line of figures: whether the range is inverted or empty.
bool is_inverted(std::string_view line) {
    const std::size_t at = line.find(" to ");
    if (at == std::string_view::npos || at == 0) return false;
    const std::size_t begin = line.rfind(' ', at - 1);
    const auto from = number_in(line.substr(begin == std::string_view::npos ? 0 : begin + 1, at - begin - 1), 8),
               to = number_in(word_behind(line, " to ", at - 1), 8);
    return from && to && *from >= *to;
}

bool overstates(std::string_view line) {
    const std::size_t at = line.find("ost of the time goes to ");
    if (at == std::string_view::npos) return false;
    const std::size_t end = line.find('%', at);
    if (end == std::string_view::npos) return true;
    const std::size_t begin = line.rfind(' ', end) + 1;
    return std::stod(std::string(line.substr(begin, end - begin))) < 25;
}

// ---- templates in the sources ----

/// A sentence in the sources: the words between placeholders.
struct Template {
    std::string written;
    Lines pieces;
    std::size_t seen = 0;
};

Lines pieces_of(std::string_view written) {
    Lines pieces(1);
    int depth = 0;
    for (std::size_t at = 0; at < written.size(); ++at) {
        if (written[at] == '{') ++depth;
        if (depth == 0) pieces.back() += written[at];
        if (written[at] == '}' && --depth == 0) pieces.emplace_back();
    }
    std::erase_if(pieces, [](const std::string& piece) {
        return std::none_of(piece.begin(), piece.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    });
    return pieces;
}

/// Adds the string literals of a source file that contain words: letters and a blank.
void add_templates(const std::string& path, std::map<std::string, Template>& all) {
    std::ifstream file(tests::project_root() / path);
    REQUIRE(file);
    for (std::string line; std::getline(file, line);) {
        const std::size_t text = line.find_first_not_of(' ');
        if (text == std::string::npos || line.compare(text, 2, "//") == 0 || line.compare(text, 1, "#") == 0) continue;
        for (std::size_t at = line.find('"'); at != std::string::npos; at = line.find('"', at + 1)) {
            std::string literal;
            for (++at; at < line.size() && line[at] != '"'; ++at) {
                if (line[at] == '\\') ++at;
                literal += line[at - 1] == '\\' && line[at] == 'n' ? '\n' : line[at];
            }
            Lines pieces = pieces_of(literal);
            if (pieces.empty() || literal.find(' ') == std::string::npos || literal.find('\n') != std::string::npos)
                continue;
            all.emplace(literal, Template{literal, std::move(pieces)});
        }
    }
}

class Sentences {
public:
    Sentences() {
        for (const std::string_view path :
             {"runtime/reports/diff/diff_news.cpp", "runtime/reports/diff/diff_words.cpp",
              "runtime/reports/diff/diff_text.cpp", "runtime/reports/metrics/report_sections.cpp",
              "runtime/reports/metrics/report_comparison.cpp", "runtime/reports/metrics/report_summary.cpp",
              "runtime/reports/metrics/report_overview.cpp", "runtime/reports/metrics/report_markdown.cpp",
              "runtime/reports/metrics/report_table.cpp", "backends/support/headline.cpp"})
            add_templates(std::string(path), templates_);
    }

    void look(const std::string& text, double hours_per_day = 8) {
        for (const std::string& line : lines_of(text)) {
            if (!looked_.insert(line).second) continue;
            const std::string_view fault = fault_of(line);
            CHECK_MESSAGE(fault.empty(), fault, " in: ", line);
            CHECK_MESSAGE(
                !contradicts_verdict(line.substr(std::min(line.find_first_not_of(" -*"), line.size())), hours_per_day),
                line);
            CHECK_MESSAGE(!is_inverted(line), line);
            CHECK_MESSAGE(!overstates(line), line);
            count(line);
        }
    }

    void look_at_news(const std::string& news) {
        CHECK_MESSAGE(fault_of(news).empty(), fault_of(news), " in: ", news);
        CHECK_MESSAGE(!contradicts_speed(news), news);
        count(news);
    }

    /// The templates that match no line.
    Lines unseen() const {
        Lines all;
        for (const auto& [written, one] : templates_)
            if (one.seen == 0) all.push_back(written);
        return all;
    }

private:
    void count(std::string_view line) {
        for (auto& [written, one] : templates_) {
            if (one.seen > 0) continue;
            std::size_t at = 0;
            const bool made = std::all_of(one.pieces.begin(), one.pieces.end(), [&](const std::string& piece) {
                const std::size_t found = line.find(piece, at);
                if (found == std::string_view::npos) return false;
                at = found + piece.size();
                return true;
            });
            one.seen += made;
        }
    }

    std::map<std::string, Template> templates_;
    std::set<std::string> looked_;
};

// ---- maps in all outputs ----

void look_at_pictures(const Version& version, Sentences& sentences) {
    for (std::size_t i = 0; i < version.model->model().streams.size(); ++i) {
        const ir::StreamId id = version.model->model().streams.id_at(i);
        for (const std::string_view target : {"svg", "html", "mermaid", "dot", "markdown"}) {
            const backends::Backend* backend = backends::find_backend(target);
            REQUIRE(backend != nullptr);
            Diagnostics refused;
            for (const backends::OutputFile& file : backend->emit({*version.model, id, {}}, refused)) {
                const bool markup = target == "svg" || target == "html";
                sentences.look(markup ? words_between_tags(file.content) : decoded(file.content),
                               version.model->model().streams[id].calendar.day == Calendar{}.day ? 8 : 4);
            }
        }
    }
}

void look_at_reports(const Version& version, Sentences& sentences) {
    std::vector<runtime::FileMetrics> files{version.file()};
    const double hours = version.model->model().streams[ir::StreamId{0}].calendar.day == Calendar{}.day ? 8 : 4;
    sentences.look(runtime::metrics_text(files), hours);
    sentences.look(runtime::metrics_markdown(files), hours);
    for (const runtime::StreamMetrics& one : version.metrics) {
        files.front().only = one.stream;
        sentences.look(runtime::metrics_markdown(files), hours);
    }
    files.front().only = {};
    for (const runtime::StreamMetrics& one : version.metrics)
        for (const runtime::Lever& lever : one.levers)
            sentences.look(runtime::sentence_of(lever, {files.front(), one}), hours);
    files.push_back(version.file("other.vsm"));
    sentences.look(runtime::metrics_text(files), hours);
    sentences.look(runtime::metrics_markdown(files), hours);
    runtime::sort_by(files, "wip");
    sentences.look(runtime::metrics_text(files, {false, "wip"}), hours);
}

/// Checks the rows of the table of figures: their texts differ, and the judgement fits the direction of the change.
void look_at_figures(const DiffedMap& map, const runtime::StreamChange& change) {
    for (const runtime::FigureRow& row : runtime::figure_rows(map, change)) {
        CAPTURE(row.name);
        CHECK(row.before != row.after);
        CHECK(!row.before.empty());
        CHECK(!row.after.empty());
        CHECK(row.change.find_first_of("123456789") != (row.change.empty() ? 0 : std::string::npos));
        const bool endless =
            row.before == runtime::grows_without_end_text || row.after == runtime::grows_without_end_text;
        if (!row.judgement.empty() && !endless) CHECK(!row.change.empty());
    }
    for (const runtime::FigureChange& one : change.figures) {
        const auto better = runtime::is_better(map, change, one);
        if (!better) continue;
        if (one.before.endless || one.after.endless) {
            CHECK(*better == one.before.endless);
            continue;
        }
        const auto both =
            runtime::comparable(one.metric, *one.before.value, map.before.model->stream(change.before).calendar,
                                *one.after.value, map.after.model->stream(change.after).calendar);
        const bool larger = both.after > both.before;
        CHECK(*better ==
              (runtime::better_of(one.metric) == (larger ? runtime::Better::larger : runtime::Better::smaller)));
    }
}

void look_at_diff(const Version& before, const Version& after, Sentences& sentences, bool moved = false) {
    std::vector<DiffedMap> maps(1);
    DiffedMap& map = maps.front();
    map.before_path = "map.vsm";
    map.after_path = moved ? "renamed.vsm" : "map.vsm";
    map.moved = moved;
    map.before_broken = !before.model;
    map.after_broken = !after.model;
    map.before = before.side();
    map.after = after.side();
    map.before_sources = &before.workspace.sources();
    map.after_sources = &after.workspace.sources();
    if (before.model || after.model) map.change = runtime::compare_maps(map.before, map.after);
    for (const runtime::StreamChange& change : map.change.streams) {
        const runtime::News news = runtime::news_of(map, change);
        sentences.look_at_news(news.first);
        for (const std::string& further : news.further) sentences.look_at_news(further);
        if (change.kind() != runtime::ChangeKind::changed || !before.model || !after.model) continue;
        look_at_figures(map, change);
        Diagnostics none;
        const auto* metrics = &*std::find_if(after.metrics.begin(), after.metrics.end(),
                                             [&](const auto& one) { return one.stream == change.after; });
        sentences.look(decoded(
            backends::mermaid::draw_changes({*after.model, change.after, {}}, *metrics, *before.model, change)));
    }
    for (const runtime::News& one : runtime::news_of_file(map)) sentences.look_at_news(one.first);
    sentences.look(runtime::diff_text(maps));
    sentences.look(runtime::diff_markdown(maps));
    if (!moved || !after.model) return;
    // several maps, with streams moved out of one of them
    maps.push_back(map);
    maps.back().moved_streams = runtime::own_streams(*after.model);
    if (maps.back().moved_streams.empty()) return;
    for (const runtime::News& one : runtime::news_of_file(maps.back())) sentences.look_at_news(one.first);
    sentences.look(runtime::diff_markdown(maps));
}

/// A new file, and a deleted one.
void look_at_file_alone(const std::string& text, Sentences& sentences) {
    const Version version(text);
    for (const bool fresh : {true, false}) {
        DiffedMap map;
        (fresh ? map.after_path : map.before_path) = "map.vsm";
        (fresh ? map.after : map.before) = version.side();
        map.before_sources = map.after_sources = &version.workspace.sources();
        map.change = runtime::compare_maps(map.before, map.after);
        for (const runtime::News& one : runtime::news_of_file(map)) sentences.look_at_news(one.first);
        sentences.look(runtime::diff_text({&map, 1}));
    }
}

/// Only findings change, as with an unused import.
void look_at_findings_alone(Sentences& sentences) {
    const Version version("stream s { step a { process: 1h, wait: 1h } }");
    REQUIRE(!version.findings.all().empty());
    DiffedMap map;
    map.before_path = map.after_path = "map.vsm";
    map.before = map.after = version.side();
    map.before_sources = map.after_sources = &version.workspace.sources();
    map.change.new_findings = version.findings.all();
    for (const runtime::News& one : runtime::news_of_file(map)) sentences.look_at_news(one.first);
    sentences.look(runtime::diff_text({&map, 1}));
    sentences.look(runtime::diff_markdown({&map, 1}));
}

void look_at_history(const Version& before, const Version& after, Sentences& sentences) {
    runtime::History history{{{"0000000000", "2026-01-01", "First"}, {"1111111111", "2026-01-02", "Second"}}, {}, {}};
    runtime::StreamHistory stream{"s", "Stream", {}, {}};
    for (const Version* version : {&before, &after}) {
        runtime::HistoryPoint point;
        point.commit = stream.points.size();
        point.path = "map.vsm";
        point.calendar = version->model->stream(ir::StreamId{0}).calendar;
        point.figures = runtime::history_figures(*version->model, version->metrics.front());
        stream.points.push_back(std::move(point));
    }
    history.streams.push_back(std::move(stream));
    sentences.look(runtime::history_text(history));
}

/// A map that random maps rarely produce, and perhaps its next version.
struct Rare {
    const char* map;
    const char* next = nullptr;
};

const Rare rare[] = {
    // several equally long
    {"stream s { step a \"Code\" { process: 4d, lead: 4d } step b \"Approve\" { kind: approval, process: 0min, lead: "
     "4d } step c { process: 1h, wait: 1h } }",
     "stream s { step a \"Code\" { process: 4d, lead: 4d } step b \"Approve\" { kind: approval, process: 0min, lead: "
     "1d } step c { process: 1h, wait: 1h } }"},
    // none stands out
    {"stream s { step a { process: 1h, lead: 1d } step b { process: 1h, lead: 1d } step c { process: 1h, lead: 1d } "
     "step d { process: 1h, lead: 1d } step e { process: 1h, lead: 1d } }",
     "stream s { step a { process: 1h, lead: 9d } step b { process: 1h, lead: 1d } step c { process: 1h, lead: 1d } "
     "step d { process: 1h, lead: 1d } step e { process: 1h, lead: 1d } }"},
    {"stream s { step a { process: 1h, lead: 9d } step b { process: 1h, lead: 1d } step c { process: 1h, lead: 1d } "
     "step d { process: 1h, lead: 1d } step e { process: 1h, lead: 1d } }",
     "stream s { step a { process: 1h, lead: 1d } step b { process: 1h, lead: 1d } step c { process: 1h, lead: 1d } "
     "step d { process: 1h, lead: 1d } step e { process: 1h, lead: 1d } }"},
    {"stream s { step a { process: 1h, lead: 5d } step b { process: 1h, lead: 4d } step c { process: 1h, lead: 4d } "
     "step d { process: 1h, lead: 4d } step e { process: 1h, lead: 4d } }"},
    // endless rework
    {"stream s { step a { process: 1h, wait: 1h, rework 99.99999999% to a } target lead_time <= 1d }",
     "stream s { step a { process: 1h, wait: 1h } target lead_time <= 1d }"},
    {"stream s { step a { process: 1h, wait: 1h, ca: 90% } }",
     "stream s { step a { process: 1h, wait: 1h, ca: 90%, rework 99.99999999% to a } }"},
    {"stream s { step a { process: 1h, wait: 1h, rework 99.99999999% to a } }"},
    // rework makes another path the longest, with less process time
    {"stream s { parallel p { step a { process: 3d, lead: 4d } step b { process: 1h, lead: 3d, rework 50% to b } } }"},
    {"stream s { parallel p { step a { process: 1h, lead: 4d } step b { process: 2d, lead: 3d, rework 50% to b } } }"},
    {"stream s { parallel p { step a { process: 1h..9h, wait: 1h, rework 50% to a } step b { process: 1h..8h, wait: 1h "
     "} } }"},
    // faster in one way, slower in the other
    {"stream s { step a { process: 1h, wait: 5h, rework 10% to a } }",
     "stream s { step a { process: 1h, wait: 4h, rework 70% to a } }"},
    {"stream s { parallel p { step a { process: 1h, lead: 4d } step b { process: 2d, lead: 3d, rework 90% to b } } }",
     "stream s { parallel p { step a { process: 1h, lead: 5d } step b { process: 2d, lead: 3d, rework 90% to b } } }"},
    // targets
    {"stream s { step a { process: 1d, wait: 1d, ca: 90% } target lead_time <= 3d target rolled_ca >= 80% }"},
    {"stream s { step a { process: 1d, wait: 1d, ca: 90% } target lead_time <= 1d target rolled_ca >= 95% target "
     "process_time <= 1h }"},
    {"stream s { step a { process: ?, wait: 1d, ca: 90% } target lead_time <= 3d target process_time <= 1h }"},
    {"stream s { step a { process: 1d, wait: 1d } target lead_time from 1d to <= 12h }"},
    {"stream s { step a { process: 1d, wait: 1d } target lead_time <= 1d by 2027-01-01 } future f of s by 2028-01-01 { "
     "change a { process: 1h, wait: 1h } target lead_time <= 4h by 2027-01-01 }",
     "stream s { step a { process: 1d, wait: 1d } target lead_time <= 1d by 2027-01-01 } future f of s by 2026-01-01 { "
     "change a { process: 1h, wait: 1h } target lead_time <= 4h by 2027-01-01 }"},
    {"stream s { step a { process: 1d, wait: 1d } target lead_time <= 1d by 2027-01-01 target lead_time = 2d } future "
     "f of s { change a { process: 1h, wait: 1h } target lead_time <= 4h by 2027-01-01 }"
     " future g of f { change a { process: 30min, wait: 30min } }"},
    {"stream s { step a { process: 1d, wait: 4h } step b { process: 1d, wait: 4h } step c { process: 1d, wait: 4h } "
     "step d { process: 1d, wait: 4h } step e { process: 1d, wait: 4h }\n"
     "target lead_time <= 5.1d }\nfuture f of s { change a { wait: 1min } change b { wait: 1min } change c { wait: "
     "1min } change d { wait: 1min } change e { wait: 1min } remove e }"},
    {"stream s { step a { process: 1d, wait: 4h } step b { process: 1d, wait: 4h } target lead_time <= 1d }\nfuture f "
     "of s { change a { wait: ? } }"},
    {"stream s { step a { process: 1d, wait: 4h } target process_time <= 1d }\nfuture f of s { kaizen \"All\" { change "
     "a { wait: 0min } move a before b replace b with step c { process: 1h, wait: 1h } } change a { process: 1h } "
     "change a { ca: 90% } change a { ca: 91% } }"},
    // a target that is easier, one that is still met, one whose figure becomes known
    {"stream s { step a { process: 1d, wait: 1d } target lead_time <= 1d } stream t { step b { process: 1h, wait: 1h } "
     "target lead_time <= 1d } stream u { step c { process: ?, wait: 1h } target lead_time <= 1d }",
     "stream s { step a { process: 1d, wait: 1d } target lead_time <= 3d } stream t { step b { process: 1h, wait: 2h } "
     "target lead_time <= 1d } stream u { step c { process: 1h, wait: 1h } target lead_time <= 1d }"},
    // a future has come true, and its target refers to the new figure
    {"stream s { step a { process: 1d, wait: 1d } target lead_time <= 50% } future f of s { change a { process: 1h, "
     "wait: 1h } }",
     "stream s { step a { process: 1h, wait: 1h } target lead_time <= 50% }"},
    // many teams, one of them overloaded
    {"team a { people: 1 } team b { people: 1 } team c { people: 1 } team d { people: 1 } team e { people: 1 } team f "
     "{ people: 1 } team g { people: 1 } team h { people: 1 } team i { people: 1 } team j { people: 1 }\n"
     "stream s { demand: 10/w step sa { team: a, process: 5h, wait: 1h } step sb { team: b, process: 2h, wait: 1h } "
     "step sc { team: c, process: 1h, wait: 1h } step sd { team: d, process: 1h, wait: 1h }"
     " step se { team: e, process: 1h, wait: 1h } step sf { team: f, process: 1h, wait: 1h } step sg { team: g, "
     "process: 1h, wait: 1h } step sh { team: h, process: 1h, wait: 1h }"
     " step si { team: i, process: 1h, wait: 1h } step sj { team: j, process: 1h, wait: 1h } }"},
    {"team a { people: 1 } team b { people: 1 } stream s { demand: 10/w step sa { team: a, process: 2h, wait: 1h } "
     "step sb { team: b, process: 2h, wait: 1h } }"},
    // some times are known, with the longest among them
    {"stream s { step a { process: ?, lead: 4d } step b { process: ?, lead: 4d } step c { process: ?, wait: ? } }"},
    // recovery and failures in production
    {"stream s { demand: 10/w step a { process: 1h, wait: 1h, milestone: commit } step b { process: 1h, wait: 1h, "
     "milestone: production } step c { process: 1h, wait: 1h, rework 20% to b } }"},
    {"stream s { demand: 10/w change_failure: 10% deploys: 5/w step a { process: 1h, wait: 1h, milestone: commit } "
     "step b { process: 1h, wait: 1h, ca: 80%, milestone: production } }\n"
     "stream r { recovers: s step x { process: 1h, wait: 1h } }"},
    // software, with hints
    {"stream s \"Deploy\" { step a \"Code\" { team: dev, process: 1h, lead: 1d } step b \"Approve\" { team: cab, kind: "
     "approval, process: 1h, lead: 9d, ca: 90% } step c \"Test\" { team: dev, process: 1h, lead: 3d, ca: 80%, rework "
     "20% to a } }"},
    {"stream s { outcome: \"More\" step a { process: 1h, wait: 1h, class: va } step b { process: 1h, wait: 1h, class: "
     "nva } }",
     "stream s { outcome: \"More\" step a { process: 1h, wait: 1h, class: va } step b { process: 1h, wait: 1h, class: "
     "nva } }\nstream t { step x { process: ?, wait: ? } }"},
    // more than is listed
    {"stream s { step a_name_of_some_length { process: ?, wait: 1h } step b_name_of_some_length { process: ?, wait: 1h "
     "} step c_name_of_some_length { process: ?, wait: 1h }"
     " step d_name_of_some_length { process: ?, wait: 1h } step e_name_of_some_length { process: ?, wait: 1h } }"},
    {"stream s { step a { kind: approval, process: 1min, wait: 1d } step b { kind: approval, process: 1min, wait: 1d } "
     "step c { kind: approval, process: 1min, wait: 1d } step d { kind: approval, process: 1min, wait: 1d }"
     " step e { kind: approval, process: 1min, wait: 1d } step f { kind: approval, process: 1min, wait: 1d } step g { "
     "kind: approval, process: 1min, wait: 1d } }"},
    {"stream s { choose c { branch 25% a { step wa { process: 1h, wait: 1h } } branch 25% b { step wb { process: 2h, "
     "wait: 1h } } branch 25% d { step wd { process: 3h, wait: 1h } } branch 25% e { step we { process: 4h, wait: 1h } "
     "} } }\n"
     "future f of s { change a { share: 10% } change b { share: 20% } change d { share: 30% } change e { share: 40% } "
     "}"},
    // only names, files, findings or declarations
    {"team a { people: 1 }\nstream s { step a { team: a, process: 1h, wait: 1h } }",
     "team a { people: 1 }\nteam b { people: 1 }\nstream s { step a { team: a, process: 1h, wait: 1h } }"},
    {"team a { people: 1 }\nstream s { step a { team: a, process: 1h, wait: 1h } }",
     "team a \"Title\" { people: 1 }\nstream s { step a { team: a, process: 1h, wait: 1h } }"},
    {"stream s { step a { process: 1h, wait: 1h } step b { process: 1h, wait: 1h } }",
     "stream s \"T\" { step a { process: 1h, wait: 1h } step c \"b\" { process: 1h, wait: 1h } }"},
    {"stream s { step a { process: 1h, wait: 1h } step b { process: 1h, wait: 2h } step c { process: 2h, wait: 1h } }",
     "stream s { step b { process: 1h, wait: 2h } step c { process: 2h, wait: 1h } step a { process: 1h, wait: 1h } }"},
    {"stream s { step a { process: 1h, wait: 1h } }", "stream t { step z { process: 3h, wait: 9h } }"},
    {"stream s { step a { process: 1h, wait: 1h } }", "stream s { step a { process: 1h, wait: }"},
    {"stream s { step a { process: 1h, wait: }", "stream s { step a { process: 1h, wait: 1h } }"},
    {"stream s { step a { process: 1h, wait: 400h, ca: 0.3% } target lead_time from 800h to <= 400h }"},
    {"team a { people: 1 }", "team a { people: 2 }"},
    {"stream s { step a { process: ?, wait: ? } step b { process: ?, lead: ?, ca: ? } wait ? }",
     "stream s { step a { process: ?, wait: 1h } step b { process: ?, lead: ?, ca: ? } wait ? }"},
    {"stream s { timings: unknown step a { } step b { } }",
     "stream s { timings: unknown step a { } step b { process: ?, wait: 1d } }"},
    {"stream s { calendar: 8h/d 5d/w step a { process: 1d, wait: 1d } }",
     "stream s { calendar: 4h/d 5d/w step a { process: 1d, wait: 1d } }"},
    {"stream s { step a { process: 1h, wait: 40h, ca: 99.97%, rework 0.02% to a } step b { process: 5h, wait: 0s, ca: "
     "100% } target rolled_ca >= 100% target lead_time <= 5d5h }\nfuture f of s { change a { ca: 99.98% } change b { "
     "wait: 10s } }",
     "stream s { step a { process: 1h, wait: 144001s, ca: 99.98%, rework 0.02% to a } step b { process: 5h, wait: 0s, "
     "ca: 100% } target rolled_ca >= 100% target lead_time <= 5d5h }\nfuture f of s { change a { ca: 99.98% } change b "
     "{ wait: 10s } }"},
};

/// More futures per target, and more targets per future, than reports list.
std::string crowd() {
    std::string text = "stream s { step a { process: 1d, wait: 1d }";
    for (int i = 1; i <= 22; ++i) text += fmt::format(" target lead_time <= {}h", i);
    text += " }\n";
    for (int i = 1; i <= 14; ++i) text += fmt::format("future f{} of s {{ change a {{ wait: {}h }} }}\n", i, i);
    return text;
}

}  // namespace

TEST_CASE("no sentence names nobody, tells a change that is none, or contradicts its figures, and every one has been "
          "looked at") {
    Sentences sentences;
    std::size_t sound = 0, tried = 0;
    for (const Rare& one : rare) {
        CAPTURE(std::string(one.map));
        const Version version(one.map);
        if (!version.metrics.empty()) {
            look_at_reports(version, sentences);
            look_at_pictures(version, sentences);
        }
        if (one.next == nullptr) continue;
        const Version next(one.next);
        look_at_diff(version, next, sentences);
        look_at_diff(next, version, sentences, true);
    }
    look_at_reports(Version(crowd()), sentences);
    look_at_file_alone("team a { people: 1 }", sentences);
    look_at_findings_alone(sentences);
    const std::uint64_t rounds = tests::rounds(120);
    for (std::uint64_t seed = 0; seed < rounds; ++seed) {
        tests::TellingMap map(seed);
        auto before = std::make_unique<Version>(map.text());
        for (int version = 0; version < 4; ++version) {
            map.change();
            CAPTURE(map.text());
            auto after = std::make_unique<Version>(map.text());
            ++tried;
            if (!after->model) continue;
            ++sound;
            if (before->model) {
                look_at_diff(*before, *after, sentences);
                look_at_history(*before, *after, sentences);
            }
            if (version == 0) look_at_reports(*after, sentences);
            if (version == 0 && seed % 4 == 0) look_at_pictures(*after, sentences);
            before = std::move(after);
        }
    }
    CHECK(sound > tried / 2);
    for (const std::string& one : sentences.unseen()) FAIL_CHECK("no map makes this sentence: ", one);
}

}  // namespace vsm
