#include "config/config.h"

#include <algorithm>
#include <charconv>

#include "backends/backend.h"
#include "config/yaml.h"
#include "diag/settings.h"

namespace vsm::config {
namespace {

constexpr YamlLimits limits{64 * 1024, 16};

const std::vector<std::string_view> levels{"off", "note", "warning", "error"};
const std::vector<std::string_view> fail_levels{"error", "warning", "note", "never"};

std::string found_in(const YamlNode& node) {
    switch (node.kind) {
        case YamlKind::nothing: return "nothing";
        case YamlKind::list: return "a list";
        case YamlKind::map: return "keys with values";
        case YamlKind::truth:
        case YamlKind::number:
        case YamlKind::decimal: return fmt::format("`{}`", node.text);
        case YamlKind::text: return fmt::format("the text `{}`", node.text);
    }
    return "";
}

std::string in_back_quotes(std::span<const std::string_view> words) {
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i)
        list += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == words.size() ? " or " : ", ", words[i]);
    return list;
}

std::vector<std::string_view> rule_names() {
    std::vector<std::string_view> names;
    for (const lint::Rule* rule : lint::all_rules()) names.push_back(info_of(rule->code).name);
    return names;
}

std::vector<std::string_view> output_names() {
    std::vector<std::string_view> names;
    for (const backends::Backend& backend : backends::all_backends()) names.push_back(backend.name);
    return names;
}

/// The key for outputs in earlier versions, still read.
constexpr std::string_view old_outputs = "targets";

/// Converts the tree of a file to values and reports every error.
class Reader {
public:
    explicit Reader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    Config read(const YamlNode& root) {
        Config made;
        const std::vector<std::string_view> keys{"version",    "fail_on", "rules",   "process",
                                                 "thresholds", "outputs", "targets", "overrides"};
        if (root.kind != YamlKind::nothing && !is_a(root, YamlKind::map, "configuration", "keys with values"))
            return made;
        read_version(root);
        for_each_key(root, "a configuration", keys, [&](std::string_view key, const YamlNode& value) {
            if (key == "fail_on") made.fail_on = read_fail_on(value);
            if (key == "overrides") read_overrides(value, made.overrides);
            read_setting(key, value, made.settings);
        });
        return made;
    }

private:
    void wrong(const YamlNode& node, std::string_view what, std::string_view takes, std::string help = {}) {
        diagnostics_.report(diag::wrong_setting, node.range, what, takes, found_in(node)).help(std::move(help));
    }

    bool is_a(const YamlNode& node, YamlKind kind, std::string_view what, std::string_view takes,
              std::string help = {}) {
        if (node.kind != kind) wrong(node, what, takes, std::move(help));
        return node.kind == kind;
    }

    template <class Read>
    void for_each_key(const YamlNode& map, std::string_view what, std::span<const std::string_view> known, Read read) {
        for (std::size_t i = 0; i < map.keys.size(); ++i) {
            const YamlNode& key = map.keys[i];
            if (std::find(known.begin(), known.end(), key.text) == known.end()) {
                const std::string guess = did_you_mean(key.text, known);
                diagnostics_.report(diag::unknown_key, key.range, what, key.text)
                    .help(guess.empty() ? "the keys are " + in_back_quotes(known) : guess);
            } else {
                read(std::string_view(key.text), map.items[i]);
            }
        }
    }

    void read_version(const YamlNode& root) {
        const auto key =
            std::find_if(root.keys.begin(), root.keys.end(), [](const YamlNode& one) { return one.text == "version"; });
        if (key == root.keys.end()) {
            diagnostics_.report(diag::missing_key, {root.range.file, 0, 0}, "a configuration", "version")
                .help("write `version: 1` on the first line");
            return;
        }
        const YamlNode& value = root.items[static_cast<std::size_t>(key - root.keys.begin())];
        if (value.kind != YamlKind::number || value.text != "1")
            wrong(value, "version", "`1`", "this vsm reads configurations of version 1");
    }

    std::optional<std::string_view> word_of(const YamlNode& node, std::string_view what,
                                            std::span<const std::string_view> words) {
        const auto found = std::find(words.begin(), words.end(), node.text);
        if (node.kind == YamlKind::text && found != words.end()) return *found;
        wrong(node, what, in_back_quotes(words), did_you_mean(node.text, words));
        return std::nullopt;
    }

    static std::optional<Severity> severity_of(std::string_view word) {
        for (const Severity severity : {Severity::note, Severity::warning, Severity::error})
            if (word == name_of(severity)) return severity;
        return std::nullopt;
    }

    std::optional<std::optional<Severity>> read_fail_on(const YamlNode& value) {
        const auto word = word_of(value, "fail_on", fail_levels);
        if (!word) return std::nullopt;
        return severity_of(*word);
    }

    void read_setting(std::string_view key, const YamlNode& value, Settings& into) {
        if (key == "rules") read_rules(value, into);
        if (key == "process") read_process(value, into);
        if (key == "thresholds") read_thresholds(value, into);
        if (key == "outputs" || key == old_outputs) read_outputs(key, value, into);
    }

    const DiagnosticInfo* rule_of(const YamlNode& key) {
        const DiagnosticInfo* info = find_diagnostic(key.text);
        const bool is_rule = info != nullptr && info->rule_class != RuleClass::none;
        if (is_rule && info->name == key.text) return info;
        const std::string guess =
            is_rule ? fmt::format("did you mean `{}`?", info->name) : did_you_mean(key.text, rule_names());
        diagnostics_.report(diag::unknown_rule, key.range, key.text)
            .help(guess.empty() ? "`vsm explain --list` names them all" : guess);
        return nullptr;
    }

    void read_rules(const YamlNode& map, Settings& into) {
        if (!is_a(map, YamlKind::map, "rules", "a level for each rule",
                  "for example `missing-ca: error`, on a line of its own"))
            return;
        for (std::size_t i = 0; i < map.keys.size(); ++i) {
            const DiagnosticInfo* rule = rule_of(map.keys[i]);
            if (rule == nullptr) continue;
            if (const auto word = word_of(map.items[i], map.keys[i].text, levels))
                into.levels[rule->code] = severity_of(*word);
        }
    }

    void read_process(const YamlNode& value, Settings& into) {
        if (is_a(value, YamlKind::truth, "process", "`true` or `false`"))
            into.process_rules = value.text.front() == 't' || value.text.front() == 'T';
    }

    void read_thresholds(const YamlNode& map, Settings& into) {
        if (!is_a(map, YamlKind::map, "thresholds", "rules with their thresholds", "docs/configuration.md lists them"))
            return;
        for (std::size_t i = 0; i < map.keys.size(); ++i) {
            const DiagnosticInfo* rule = rule_of(map.keys[i]);
            if (rule == nullptr) continue;
            std::vector<std::string_view> keys;
            for (const lint::ThresholdInfo& row : lint::all_thresholds())
                if (row.rule == rule->code) keys.push_back(row.key);
            if (keys.empty()) {
                diagnostics_.report(diag::unknown_key, map.keys[i].range, "thresholds", map.keys[i].text)
                    .help("this rule has no thresholds");
            } else if (is_a(map.items[i], YamlKind::map, map.keys[i].text, "thresholds by name",
                            fmt::format("the keys are {}", in_back_quotes(keys)))) {
                for_each_key(map.items[i], fmt::format("`{}`", rule->name), keys,
                             [&](std::string_view key, const YamlNode& value) {
                                 read_threshold(*lint::find_threshold(rule->code, key), value, into);
                             });
            }
        }
    }

    void read_threshold(const lint::ThresholdInfo& row, const YamlNode& value, Settings& into) {
        std::int64_t number = 0;
        const std::string& text = value.text;
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool whole = value.kind == YamlKind::number && failed == std::errc() && end == text.data() + text.size();
        if (whole && number >= row.lowest && number <= row.highest) {
            into.thresholds.emplace_back(&row, number);
            return;
        }
        const std::string unit = row.kind == lint::ThresholdKind::count ? "" : fmt::format(" ({})", name_of(row.kind));
        wrong(value, row.key, fmt::format("a whole number from {} to {}{}", row.lowest, row.highest, unit));
    }

    /// Calls `read` for each distinct text of a list; reports duplicates.
    template <class Read>
    void for_each_text(const YamlNode& list, std::string_view what, std::string_view example, Read read) {
        if (!is_a(list, YamlKind::list, what, "a list", fmt::format("for example `{}: {}`", what, example))) return;
        for (auto item = list.items.begin(); item != list.items.end(); ++item) {
            if (!is_a(*item, YamlKind::text, what, "texts")) continue;
            const auto twin =
                std::find_if(list.items.begin(), item, [&](const YamlNode& other) { return other.text == item->text; });
            if (twin == item)
                read(*item);
            else
                diagnostics_.report(diag::duplicate_key, item->range, item->text)
                    .label(twin->range, "already given here")
                    .help("keep one of them");
        }
    }

    void read_outputs(std::string_view key, const YamlNode& list, Settings& into) {
        if (into.outputs)
            diagnostics_.report(diag::duplicate_key, list.range, key)
                .help(fmt::format("`{}` is the former name of `outputs`: keep one of them", old_outputs));
        into.outputs.emplace();
        for_each_text(list, key, "[svg, mermaid]", [&](const YamlNode& item) {
            if (word_of(item, key, output_names())) into.outputs->push_back(item.text);
        });
    }

    void read_overrides(const YamlNode& list, std::vector<Override>& into) {
        if (!is_a(list, YamlKind::list, "overrides", "a list", "begin each with `- files: [\"old/**\"]`")) return;
        for (const YamlNode& item : list.items)
            if (is_a(item, YamlKind::map, "overrides", "files with their settings"))
                into.push_back(read_override(item));
    }

    Override read_override(const YamlNode& map) {
        Override made;
        // the former name of a key is last, and not suggested
        const std::vector<std::string_view> keys{"files", "rules", "process", "thresholds", "outputs", old_outputs};
        const bool has_files =
            std::any_of(map.keys.begin(), map.keys.end(), [](const YamlNode& key) { return key.text == "files"; });
        if (!has_files)
            diagnostics_.report(diag::missing_key, map.range, "this override", "files")
                .help("list the maps that it applies to, such as `files: [\"old/**\"]`");
        if (has_files && map.keys.size() == 1)
            diagnostics_.report(diag::missing_key, map.range, "this override", "rules")
                .help(fmt::format("it changes nothing: add {}",
                                  in_back_quotes(std::span(keys).subspan(1, keys.size() - 2))));
        for_each_key(map, "an override", keys, [&](std::string_view key, const YamlNode& value) {
            if (key == "files") read_files(value, made.files);
            read_setting(key, value, made.settings);
        });
        return made;
    }

    void read_files(const YamlNode& list, Patterns& into) {
        for_each_text(list, "files", "[\"old/**\"]", [&](const YamlNode& item) {
            const std::string slashed = "/" + item.text + "/";
            if (item.text.empty() || slashed.find("/../") != std::string::npos)
                wrong(item, "files", "patterns of paths below the folder of this file");
            else
                into.add(item.text);
        });
        if (list.kind == YamlKind::list && list.items.empty()) wrong(list, "files", "at least one pattern");
    }

    Diagnostics& diagnostics_;
};

}  // namespace

void Settings::overlay(const Settings& other) {
    for (const auto& [rule, level] : other.levels) levels[rule] = level;
    thresholds.insert(thresholds.end(), other.thresholds.begin(), other.thresholds.end());
    if (other.process_rules) process_rules = other.process_rules;
    if (other.outputs) outputs = other.outputs;
}

Settings Config::settings_for(std::string_view path) const {
    Settings made = settings;
    for (const Override& one : overrides)
        if (one.files.cover(path)) made.overlay(one.settings);
    return made;
}

std::optional<Config> read_config(const SourceFile& file, Diagnostics& diagnostics) {
    Diagnostics own;
    std::optional<Config> made;
    if (auto root = read_yaml(file, limits, own)) {
        root->range.file = file.id();
        made = Reader(own).read(*root);
    }
    diagnostics.append(own);
    if (own.has_errors()) return std::nullopt;
    return made;
}

}  // namespace vsm::config
