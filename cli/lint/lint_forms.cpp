#include "cli/lint/lint_forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <span>

#include "base/diagnostics/render/render.h"
#include "base/diagnostics/render/reports.h"
#include "cli/explanation_pages.h"
#include "cli/io/files.h"
#include "cli/workers/threads.h"

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;

/// The folder that other programs resolve paths against: the repository root, else the current folder.
fs::path repository_root() {
    std::error_code failed;
    const fs::path here = fs::current_path(failed);
    for (fs::path at = here; !failed; at = at.parent_path()) {
        if (fs::exists(at / ".git", failed)) return at;
        if (at == at.parent_path()) break;
    }
    return here;
}

bool leaves(const fs::path& path) { return path.empty() || *path.begin() == ".."; }

/// The path relative to `root`, with links resolved, since sites do not follow links; unresolved if the real path is
/// outside.
std::string path_from(const fs::path& root, const std::string& path) {
    if (path == "<stdin>") return path;
    std::error_code failed;
    const fs::path real = fs::weakly_canonical(path, failed).lexically_relative(root);
    if (!failed && !leaves(real)) return real.generic_string();
    const fs::path shown = fs::absolute(path, failed).lexically_normal().lexically_relative(root);
    return shown.empty() ? path : shown.generic_string();
}

DiagnosticText text_of_page(const DiagnosticInfo& info) {
    const Page page = page_of(info);
    return {page.text, as_text(page), as_markdown(page)};
}

ReportSetting setting() {
    return {[root = repository_root()](const std::string& path) { return path_from(root, path); }, text_of_page};
}

/// A text near the beginning of every report with findings.
std::string_view mark_of(LintFormat format) {
    switch (format) {
        case LintFormat::text:
        case LintFormat::concise: return "[VSM";
        case LintFormat::json: return "{ \"version\": 1, \"diagnostics\": [";
        case LintFormat::sarif: return "\"name\": \"vsm\"";
        case LintFormat::github: return "title=VSM";
        case LintFormat::gitlab: return "\"check_name\": \"VSM";
        case LintFormat::markdown: return "### vsm lint: ";
    }
    return "";
}

bool is_report(LintFormat format, std::string_view old) {
    constexpr std::size_t beginning = 4096;
    return old == "[]\n" || old.substr(0, beginning).find(mark_of(format)) != std::string_view::npos;
}

std::string path_of(const Diagnostic& finding, const Findings& findings) {
    return finding.range.valid() ? findings.sources[finding.range.file].path() : std::string();
}

/// Renders findings one after the other, in several threads if there are many.
template <class Render>
std::vector<std::string> in_pieces(const Findings& findings, std::size_t jobs, const Render& render) {
    constexpr std::size_t most_in_piece = 256;
    const std::span<const Diagnostic> items = findings.items;
    const auto first_of = [](std::size_t piece) { return piece * most_in_piece; };
    std::vector<std::string> texts((items.size() + most_in_piece - 1) / most_in_piece);
    SharedWork work;
    work.count = texts.size();
    work.workers = workers_for(work.count, jobs);
    work.make = [&](std::size_t piece, std::size_t) {
        const std::size_t count = std::min(most_in_piece, items.size() - first_of(piece));
        texts[piece] = render(items.subspan(first_of(piece), count));
    };
    work.name = [&](std::size_t piece) {
        const std::size_t last = std::min(first_of(piece + 1), items.size()) - 1;
        const std::string from = path_of(items[first_of(piece)], findings), to = path_of(items[last], findings);
        return from == to ? from : fmt::format("one of the maps from {} to {}", from, to);
    };
    share_out(work);
    return texts;
}

}  // namespace

std::vector<std::string> rendered(const Findings& findings, LintFormat format, bool color, std::size_t jobs) {
    const auto& items = findings.items;
    const SourceSet& sources = findings.sources;
    switch (format) {
        case LintFormat::text:
            return in_pieces(findings, jobs, [&](auto piece) { return render_text(piece, sources, {color}); });
        case LintFormat::concise:
            return in_pieces(findings, jobs, [&](auto piece) { return render_concise(piece, sources); });
        case LintFormat::json: return {render_json(items, sources)};
        case LintFormat::sarif: return {render_sarif(items, sources, setting())};
        case LintFormat::github: return {render_github(items, sources, setting())};
        case LintFormat::gitlab: return {render_gitlab(items, sources, setting())};
        case LintFormat::markdown: return {render_markdown(items, sources, setting())};
    }
    return {};
}

Result<bool> write_report(const Findings& findings, const ReportFile& report, Links links, std::size_t jobs) {
    const auto old = read_file(report.path, links);
    if (!old) return Failure{old.error()};
    const bool fresh = !old.value() || (old.value()->empty() && !is_link(report.path));
    if (!fresh && !is_report(report.format, *old.value()))
        return Failure{fmt::format("cannot write {}: it is there already and is no such report of vsm", report.path)};
    std::string text;
    for (const std::string& piece : rendered(findings, report.format, false, jobs)) text += piece;
    return write_file(report.path, text, {true, links});
}

}  // namespace vsm::cli
