#include <algorithm>
#include <map>

#include "base/diagnostics/render/reports.h"
#include "base/text.h"

namespace vsm {
namespace {

constexpr std::size_t most_of_a_severity = 10;

std::string_view command_of(Severity severity) {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::note: return "notice";
    }
    return "";
}

/// Escapes text for a workflow command; the runner reverses it.
std::string escaped(std::string_view text, std::string_view also) {
    std::string made;
    for (const char c : text) {
        if (c == '%' || c == '\r' || c == '\n' || also.find(c) != std::string_view::npos)
            made += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        else
            made += c;
    }
    return made;
}

std::string data_text(std::string_view text) { return escaped(text, ""); }
std::string property_text(std::string_view text) { return escaped(text, ":,"); }

/// Keeps line ends, so that the runner finds the file after unescaping; makes other control characters visible.
std::string file_name(std::string_view path) {
    std::string made;
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = std::min(path.find_first_of("\r\n", at), path.size());
        made += printable(path.substr(at, end - at));
        if (end < path.size()) made += path[end];
        at = end + 1;
    }
    return made;
}

std::string lines_of(std::string_view text) {
    std::string lines;
    while (true) {
        const std::size_t end = text.find('\n');
        lines += printable(text.substr(0, end));
        if (end == std::string_view::npos) return lines;
        lines += '\n';
        text.remove_prefix(end + 1);
    }
}

std::string place_of(const Diagnostic& d, const SourceSet& sources, const ReportSetting& setting) {
    if (!d.range.valid()) return {};
    const SourceFile& file = sources[d.range.file];
    const Position begin = file.position(d.range.begin), end = file.position(d.range.end);
    std::string place = fmt::format("file={},line={},endLine={}",
                                    property_text(file_name(setting.path_of(file.path()))), begin.line, end.line);
    // The site rejects columns for a range of several lines.
    if (begin.line == end.line) place += fmt::format(",col={},endColumn={}", begin.column, end.column);
    return place + ",";
}

std::string message_of(const Diagnostic& d, const SourceSet& sources, const ReportSetting& setting) {
    std::string message = printable(d.message);
    for (const Label& label : d.labels) {
        if (label.text.empty()) continue;
        const SourceFile& file = sources[label.range.file];
        message += fmt::format("\n{}:{}: {}", printable(setting.path_of(file.path())),
                               file.position(label.range.begin).line, printable(label.text));
    }
    if (!d.help.empty()) message += "\nhelp: " + lines_of(d.help);
    return message;
}

std::string command(const Diagnostic& d, const SourceSet& sources, const ReportSetting& setting) {
    return fmt::format("::{} {}title={} {}::{}\n", command_of(d.severity), place_of(d, sources, setting),
                       text_of(d.code), info_of(d.code).name, data_text(message_of(d, sources, setting)));
}

}  // namespace

std::string render_github(std::span<const Diagnostic> diagnostics, const SourceSet& sources,
                          const ReportSetting& setting) {
    const auto ordered = by_severity(diagnostics);
    std::map<Severity, std::size_t> found;
    for (const Diagnostic* d : ordered) ++found[d->severity];
    const bool too_many =
        std::any_of(found.begin(), found.end(), [](const auto& of) { return of.second > most_of_a_severity; });
    std::string text;
    std::vector<Diagnostic> left_out;
    std::map<Severity, std::size_t> shown;
    for (const Diagnostic* d : ordered) {
        // The closing notice counts towards the notices.
        const std::size_t most = most_of_a_severity - (too_many && d->severity == Severity::note ? 1 : 0);
        if (shown[d->severity] == most) {
            left_out.push_back(*d);
        } else {
            ++shown[d->severity];
            text += command(*d, sources, setting);
        }
    }
    if (too_many)
        text += fmt::format("::notice title=vsm lint::{} more: a step shows ten annotations of each kind, `vsm lint` "
                            "shows all of them\n",
                            counts_of(left_out));
    return text;
}

}  // namespace vsm
