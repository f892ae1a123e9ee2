#include <algorithm>

#include "base/diagnostics/render/reports.h"
#include "base/text.h"
#include "base/writers/markdown.h"

namespace vsm {
namespace {

constexpr std::size_t most_rows = 400;

/// Inline code, in which the sites find no mentions or references. Character references keep Markdown out of it.
std::string code(std::string_view text) {
    std::string shown;
    for (const char c : printable(text)) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           static_cast<unsigned char>(c) >= 0x80 || c == ' ';
        shown += plain ? std::string(1, c) : fmt::format("&#{};", static_cast<int>(c));
    }
    return "<code>" + shown + "</code>";
}

/// Renders quoted parts as code. A back quote in the user's text shifts the parts, which is harmless: text and code are
/// both escaped.
std::string message_text(std::string_view message) {
    if (std::count(message.begin(), message.end(), '`') % 2 != 0) return markdown_text(message);
    std::string text;
    for (bool quoted = false;; quoted = !quoted) {
        const std::string_view part = message.substr(0, message.find('`'));
        if (!part.empty()) text += quoted ? code(part) : markdown_text(part);
        if (part.size() == message.size()) return text;
        message.remove_prefix(part.size() + 1);
    }
}

std::string place_of(const Diagnostic& d, const SourceSet& sources, const ReportSetting& setting) {
    if (!d.range.valid()) return {};
    const SourceFile& file = sources[d.range.file];
    const Position at = file.position(d.range.begin);
    return code(fmt::format("{}:{}:{}", setting.path_of(file.path()), at.line, at.column));
}

std::string row(const Diagnostic& d, const SourceSet& sources, const ReportSetting& setting) {
    std::string what = fmt::format("{} ({})", message_text(d.message), info_of(d.code).name);
    if (!d.help.empty()) what += "<br>" + message_text(d.help);
    return fmt::format("| {} | {} | {} |\n", name_of(d.severity), place_of(d, sources, setting), what);
}

}  // namespace

std::string render_markdown(std::span<const Diagnostic> diagnostics, const SourceSet& sources,
                            const ReportSetting& setting) {
    std::string text = fmt::format("### vsm lint: {}\n", counts_of(diagnostics));
    if (diagnostics.empty()) return text;
    text += "\n| | where | what |\n|---|---|---|\n";
    const auto ordered = by_severity(diagnostics);
    for (std::size_t i = 0; i < ordered.size() && i < most_rows; ++i) text += row(*ordered[i], sources, setting);
    if (ordered.size() > most_rows)
        text +=
            fmt::format("\n{} more are not in this table; `vsm lint` shows all of them.\n", ordered.size() - most_rows);
    return text;
}

}  // namespace vsm
