#include "config/baseline.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/text.h"
#include "base/writers/json.h"
#include "config/yaml.h"
#include "diag/settings.h"

namespace vsm::config {
namespace {

constexpr YamlLimits limits{16u << 20, 4};
constexpr std::size_t longest_text = 60;

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

/// The words of a text separated by single blanks. A long text is cut and followed by a hash of the whole text.
std::string in_short(std::string_view text) {
    std::string words;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank)
            words += c;
        else if (!words.empty() && words.back() != ' ')
            words += ' ';
    }
    if (words.ends_with(' ')) words.pop_back();
    if (words.size() <= longest_text) return printable(words);
    std::size_t cut = longest_text;
    while ((static_cast<unsigned char>(words[cut]) & 0xC0) == 0x80) --cut;
    return printable(fmt::format("{}… {:016x}", words.substr(0, cut), hash_of(words)));
}

/// Reads the entries and reports every error.
class Reader {
public:
    explicit Reader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    Baseline read(const YamlNode& root, SourceRange begin) {
        Baseline made;
        if (!is_a(root, root.kind == YamlKind::nothing ? begin : root.range, YamlKind::map, "a baseline")) return made;
        const YamlNode* version = member(root, "version", YamlKind::number);
        if (version != nullptr && version->text != "1")
            wrong(version->range, "version", "`1`", fmt::format("`{}`", version->text));
        if (const YamlNode* findings = member(root, "findings", YamlKind::list))
            for (const YamlNode& item : findings->items)
                if (is_a(item, item.range, YamlKind::map, "findings")) read_entry(item, made);
        return made;
    }

private:
    void wrong(SourceRange range, std::string_view what, std::string_view takes, std::string_view found) {
        diagnostics_.report(diag::wrong_setting, range, what, takes, found)
            .help("`vsm lint --baseline FILE --write-baseline` rewrites it");
    }
    bool is_a(const YamlNode& node, SourceRange range, YamlKind kind, std::string_view what) {
        if (node.kind != kind) wrong(range, what, "contents written by vsm", "something else");
        return node.kind == kind;
    }
    const YamlNode* member(const YamlNode& map, std::string_view key, YamlKind kind) {
        for (std::size_t i = 0; i < map.keys.size(); ++i)
            if (map.keys[i].text == key)
                return is_a(map.items[i], map.items[i].range, kind, key) ? &map.items[i] : nullptr;
        diagnostics_.report(diag::missing_key, map.range, "a baseline", key)
            .help("`vsm lint --baseline FILE --write-baseline` rewrites it");
        return nullptr;
    }
    /// Adds with saturation.
    static void add(std::size_t& count, std::size_t more) {
        count += std::min(more, std::numeric_limits<std::size_t>::max() - count);
    }
    void read_entry(const YamlNode& map, Baseline& into) {
        const YamlNode* file = member(map, "file", YamlKind::text);
        const YamlNode* rule = member(map, "rule", YamlKind::text);
        const YamlNode* at = member(map, "at", YamlKind::text);
        const YamlNode* count = member(map, "count", YamlKind::number);
        if (file == nullptr || rule == nullptr || at == nullptr || count == nullptr) return;
        const DiagnosticInfo* info = find_diagnostic(rule->text);
        std::size_t number = 0;
        const auto [end, failed] = std::from_chars(count->text.data(), count->text.data() + count->text.size(), number);
        if (info == nullptr)
            diagnostics_.report(diag::unknown_rule, rule->range, rule->text);
        else if (failed != std::errc() || *end != '\0' || number == 0)
            wrong(count->range, "count", "a number above 0", fmt::format("`{}`", count->text));
        else
            add(into[{file->text, info->code, at->text}], number);
    }

    Diagnostics& diagnostics_;
};

}  // namespace

bool may_be_in_baseline(const Diagnostic& diagnostic) {
    const DiagnosticInfo& info = info_of(diagnostic.code);
    return diagnostic.range.valid() && (info.rule_class != RuleClass::none || info.severity < Severity::error);
}

BaselineKey baseline_key(const Diagnostic& diagnostic, const SourceSet& sources, std::string file) {
    return {printable(file), diagnostic.code, in_short(sources[diagnostic.range.file].text(diagnostic.range))};
}

std::optional<Baseline> read_baseline(const SourceFile& file, Diagnostics& diagnostics) {
    Diagnostics own;
    std::optional<Baseline> made;
    if (const auto root = read_yaml(file, limits, own)) made = Reader(own).read(*root, {file.id(), 0, 0});
    diagnostics.append(own);
    if (own.has_errors()) return std::nullopt;
    return made;
}

std::string write_baseline(const Baseline& baseline) {
    using Layout = JsonWriter::Layout;
    JsonWriter json;
    json.object().member("version", 1).key("findings").array();
    for (const auto& [key, count] : baseline)
        json.object(Layout::line)
            .member("file", key.file)
            .member("rule", info_of(key.code).name)
            .member("at", key.at)
            .member("count", count)
            .close();
    return json.close().close().finish();
}

}  // namespace vsm::config
