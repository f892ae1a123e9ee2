#include <algorithm>
#include <map>
#include <set>

#include "base/diagnostics/line_hashes.h"
#include "base/diagnostics/render/reports.h"
#include "base/text.h"
#include "base/writers/json.h"

namespace vsm {
namespace {

using Layout = JsonWriter::Layout;

/// A relative URI. Percent-encodes every byte that some reader could take as special.
std::string uri_of(std::string_view path) {
    std::string uri;
    for (const char c : path) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           std::string_view("-._~/").find(c) != std::string_view::npos;
        uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
    return uri;
}

/// Readers of SARIF take `[words](target)` in a message for a link; escapes it.
std::string message_text(std::string_view message) {
    std::string text(message);
    std::replace(text.begin(), text.end(), '\n', ' ');
    text = printable(text);
    for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 3))
        text.insert(at + 1, 1, '\\');
    return text;
}

std::string first_sentence(const std::string& text) {
    return text.substr(0, std::min(text.find(". "), text.size() - 1) + 1);
}

/// As many whole sentences as fit into the 1024 characters that the site keeps.
std::string sentences(const std::string& text) {
    constexpr std::size_t most = 1000;
    return text.size() <= most ? text : text.substr(0, text.rfind(". ", most) + 1);
}

class Log {
public:
    Log(const SourceSet& sources, const ReportSetting& setting) : sources_(sources), setting_(setting) {}

    std::string write(std::span<const Diagnostic> all) {
        std::vector<const Diagnostic*> kept = by_severity(all);
        const std::size_t left_out = kept.size() > most_sarif_results ? kept.size() - most_sarif_results : 0;
        kept.resize(kept.size() - left_out);
        std::sort(kept.begin(), kept.end());  // restores the given order
        for (const Diagnostic* d : kept) rules_.insert(d->code);
        json_.object().member("$schema", "https://json.schemastore.org/sarif-2.1.0.json").member("version", "2.1.0");
        json_.key("runs").array().object().key("tool").object().key("driver").object().member("name", "vsm");
        json_.key("rules").array();
        for (const Code code : rules_) rule(info_of(code));
        json_.close().close().close();
        if (left_out > 0) notify(left_out);
        json_.member("columnKind", "unicodeCodePoints").key("results").array();
        for (const Diagnostic* d : kept) result(*d);
        return json_.close().close().close().close().finish();
    }

private:
    void text(std::string_view key, const std::string& words) {
        json_.key(key).object(Layout::line).member("text", words).close();
    }

    void notify(std::size_t left_out) {
        json_.key("invocations")
            .array()
            .object()
            .member("executionSuccessful", true)
            .key("toolExecutionNotifications")
            .array()
            .object()
            .member("level", "warning");
        text("message", fmt::format("{} less severe findings are left out, because a run has at most {}", left_out,
                                    most_sarif_results));
        json_.close().close().close().close();
    }

    void rule(const DiagnosticInfo& info) {
        const DiagnosticText said = setting_.text_of(info);
        json_.object().member("id", text_of(info.code)).member("name", info.name);
        text("shortDescription", first_sentence(said.about));
        text("fullDescription", sentences(said.about));
        json_.key("help").object().member("text", said.help).member("markdown", said.help_markdown).close();
        json_.key("defaultConfiguration").object(Layout::line).member("level", name_of(info.severity)).close();
        json_.key("properties").object(Layout::line);
        json_.key("tags").array().value("value-stream-map").value(kind_of(info)).close();
        json_.member("problem.severity", info.severity == Severity::note ? "recommendation" : name_of(info.severity))
            .close()
            .close();
    }

    static std::string_view kind_of(const DiagnosticInfo& info) {
        switch (info.rule_class) {
            case RuleClass::none: return "correctness";
            case RuleClass::map: return "map";
            case RuleClass::process: return "process";
        }
        return "";
    }

    void result(const Diagnostic& d) {
        json_.object().member("ruleId", text_of(d.code));
        json_.member("ruleIndex", static_cast<std::size_t>(std::distance(rules_.begin(), rules_.find(d.code))));
        json_.member("level", name_of(d.severity));
        text("message", message_text(d.help.empty() ? d.message : fmt::format("{}. {}", d.message, d.help)));
        json_.key("locations").array();
        if (d.range.valid()) json_.object(), location(d.range), json_.close();
        json_.close();
        if (!d.labels.empty()) related(d);
        if (d.range.valid())
            json_.key("partialFingerprints")
                .object(Layout::line)
                .member("primaryLocationLineHash", line_hash(d.range))
                .close();
        if (d.fix) fix(*d.fix);
        json_.close();
    }

    void location(SourceRange range) {
        json_.key("physicalLocation").object();
        artifact(range.file);
        json_.key("region"), region(range);
        json_.close();
    }

    void artifact(FileId file) {
        json_.key("artifactLocation")
            .object(Layout::line)
            .member("uri", uri_of(setting_.path_of(sources_[file].path())))
            .close();
    }

    void region(SourceRange range) {
        const Position begin = sources_[range.file].position(range.begin),
                       end = sources_[range.file].position(range.end);
        json_.object(Layout::line)
            .member("startLine", std::size_t{begin.line})
            .member("startColumn", std::size_t{begin.column});
        json_.member("endLine", std::size_t{end.line}).member("endColumn", std::size_t{end.column}).close();
    }

    void related(const Diagnostic& d) {
        json_.key("relatedLocations").array();
        for (std::size_t i = 0; i < d.labels.size(); ++i) {
            json_.object().member("id", i + 1);
            location(d.labels[i].range);
            if (!d.labels[i].text.empty()) text("message", message_text(d.labels[i].text));
            json_.close();
        }
        json_.close();
    }

    void fix(const Fix& fix) {
        json_.key("fixes").array().object().key("artifactChanges").array().object();
        artifact(fix.range.file);
        json_.key("replacements").array().object().key("deletedRegion"), region(fix.range);
        text("insertedContent", fix.replacement);
        json_.close().close().close().close().close().close();
    }

    const std::string& line_hash(SourceRange range) {
        const SourceFile& file = sources_[range.file];
        const auto [known, fresh] = hashes_.try_emplace(range.file);
        if (fresh) known->second = line_hashes(file.text());
        return known->second.at(file.line_of(range.begin) - 1);
    }

    const SourceSet& sources_;
    const ReportSetting& setting_;
    JsonWriter json_;
    std::set<Code> rules_;
    std::map<FileId, std::vector<std::string>> hashes_;
};

}  // namespace

std::string render_sarif(std::span<const Diagnostic> diagnostics, const SourceSet& sources,
                         const ReportSetting& setting) {
    return Log(sources, setting).write(diagnostics);
}

}  // namespace vsm
