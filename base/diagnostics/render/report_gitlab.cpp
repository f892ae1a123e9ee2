#include <algorithm>
#include <set>

#include "base/diagnostics/line_hashes.h"
#include "base/diagnostics/render/render.h"
#include "base/diagnostics/render/reports.h"
#include "base/text.h"
#include "base/writers/json.h"

namespace vsm {
namespace {

std::string_view severity_of(Severity severity) {
    switch (severity) {
        case Severity::error: return "major";
        case Severity::warning: return "minor";
        case Severity::note: return "info";
    }
    return "";
}

struct Place {
    std::string path = ".";
    std::uint32_t line = 1;
    std::string text;  ///< of the line
};

Place place_of(const Diagnostic& d, const SourceSet& sources, const ReportSetting& setting) {
    if (!d.range.valid()) return {};
    const SourceFile& file = sources[d.range.file];
    const std::uint32_t line = file.line_of(d.range.begin);
    return {setting.path_of(file.path()), line, std::string(file.line_text(line))};
}

/// A hash of code, path, line and message; hashed again for each earlier finding with the same hash.
std::string fingerprint_of(const Diagnostic& d, const Place& place, std::set<std::string>& taken) {
    std::string line;
    for (const char c : place.text)
        if (c != ' ' && c != '\t') line += c;
    std::string made = digest(fmt::format("{}\n{}\n{}\n{}", text_of(d.code), json_string(place.path), json_string(line),
                                          json_string(d.message)));
    while (!taken.insert(made).second) made = digest(made);
    return made;
}

std::string description_of(const Diagnostic& d) {
    std::string text = d.help.empty() ? d.message : fmt::format("{}; {}", d.message, d.help);
    std::replace(text.begin(), text.end(), '\n', ' ');
    return printable(text);
}

}  // namespace

std::string render_gitlab(std::span<const Diagnostic> diagnostics, const SourceSet& sources,
                          const ReportSetting& setting) {
    JsonWriter json;
    std::set<std::string> taken;
    json.array();
    for (const Diagnostic& d : diagnostics) {
        const Place place = place_of(d, sources, setting);
        json.object();
        json.member("check_name", fmt::format("{} {}", text_of(d.code), info_of(d.code).name));
        json.member("description", description_of(d));
        json.member("fingerprint", fingerprint_of(d, place, taken));
        json.member("severity", severity_of(d.severity));
        json.key("location").object(JsonWriter::Layout::line).member("path", place.path);
        json.key("lines").object().member("begin", static_cast<std::size_t>(place.line)).close().close();
        json.close();
    }
    return json.close().finish();
}

}  // namespace vsm
