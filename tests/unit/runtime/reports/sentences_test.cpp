// Checks the sentences of reports, news and pictures on generated maps, their next versions, and maps for rare cases:
// no sentence has an empty name, reports a change that is none, or contradicts its own figures; and every sentence
// template in the sources is covered.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

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
#include "tests/support/rounds.h"
#include "tests/unit/runtime/reports/rare_maps.h"
#include "tests/unit/runtime/reports/sentences.h"
#include "tests/unit/runtime/reports/telling_map.h"

namespace vsm {
namespace {

using runtime::DiffedMap;
using tests::Sentences;

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

/// A map that does not compile, into which streams may have moved.
void look_at_unread(Sentences& sentences) {
    const Version before("stream s { step a { process: 1h, wait: 1h } }"), after("stream s { step");
    DiffedMap map;
    map.after_path = "map.vsm";
    map.after_broken = true;
    map.before_sources = &before.workspace.sources();
    map.after_sources = &after.workspace.sources();
    for (const char* name : {"Checkout", "Claims"}) {
        map.may_hold.emplace_back(name, "old.vsm");
        for (const runtime::News& one : runtime::news_of_file(map)) sentences.look_at_news(one.first);
        sentences.look(runtime::diff_text({&map, 1}));
        sentences.look(runtime::diff_markdown({&map, 1}));
        const std::vector<DiffedMap> both(2, map);
        sentences.look(runtime::diff_markdown(both));
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

}  // namespace

TEST_CASE("no sentence names nobody, tells a change that is none, or contradicts its figures, and every one has been "
          "looked at") {
    Sentences sentences;
    std::size_t sound = 0, tried = 0;
    for (const tests::Rare& one : tests::rare) {
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
    look_at_reports(Version(tests::crowd()), sentences);
    look_at_file_alone("team a { people: 1 }", sentences);
    look_at_findings_alone(sentences);
    look_at_unread(sentences);
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
