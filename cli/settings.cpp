#include "cli/settings.h"

#include <filesystem>
#include <map>

#include "base/diagnostics/render/render.h"
#include "cli/io/files.h"
#include "cli/session.h"

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;

/// The configurations of a run, each read once.
class Configurations {
public:
    Configurations(const ConfigChoice& choice, const CommonOptions& common) : choice_(choice), common_(common) {}

    std::optional<MapSettings> of(const FoundMap& map) {
        const fs::path real = map.path == "-" ? here() / "-" : fs::path(map.real);
        const fs::path file = file_for(real.parent_path());
        if (file.empty()) return MapSettings{};
        const config::Config* config = read(file);
        if (config == nullptr) return std::nullopt;
        return MapSettings{config->settings_for(real.lexically_relative(file.parent_path()).generic_string()),
                           config->fail_on};
    }

private:
    static fs::path here() {
        std::error_code none;
        return fs::current_path(none);
    }

    /// The configuration for a folder; empty if there is none.
    fs::path file_for(const fs::path& folder) {
        if (choice_.none) return {};
        if (!choice_.file.empty()) {
            std::error_code none;
            return fs::absolute(choice_.file, none).lexically_normal();
        }
        const auto [known, added] = files_.try_emplace(folder.string());
        const fs::path file = added ? root_of(folder) / ".vsm.yaml" : fs::path();
        if (added && exists(file.string())) known->second = file;
        return known->second;
    }

    const config::Config* read(const fs::path& file) {
        if (const auto known = read_.find(file.string()); known != read_.end()) return &known->second;
        const std::string shown = choice_.file.empty() ? shown_from_here(file) : choice_.file;
        const auto real = choice_.file.empty()
                              ? real_path(file.string(), common_.links, "to use that file, name it with --config")
                              : real_path(choice_.file, common_.links);
        if (!real) return trouble(fmt::format("cannot read the configuration {}: {}", shown, real.error())), nullptr;
        auto text = read_file(real.value(), Links::held);
        if (!text || !text.value())
            return trouble(fmt::format("cannot read the configuration {}: {}", shown,
                                       text ? "no such file" : text.error().substr(text.error().rfind(": ") + 2))),
                   nullptr;
        SourceSet sources;
        Diagnostics diagnostics;
        auto made = config::read_config(sources.add(shown, std::move(*text.value())), diagnostics);
        if (!made) {
            print_error(render_text(sorted(diagnostics, sources), sources, {use_color(common_.color, 2)}));
            return nullptr;
        }
        return &read_.emplace(file.string(), std::move(*made)).first->second;
    }

    const ConfigChoice& choice_;
    const CommonOptions& common_;
    std::map<std::string, fs::path> files_;  ///< by folder
    std::map<std::string, config::Config> read_;
};

}  // namespace

lint::RuleSet MapSettings::rules(const lint::RuleSet& flags) const {
    lint::RuleSet made = flags;
    for (const auto& level : settings.levels) made.levels.insert(level);
    made.process_rules = flags.process_rules || settings.process_rules.value_or(false);
    for (const auto& [row, value] : settings.thresholds) made.thresholds.set(*row, value);
    return made;
}

Backends MapSettings::outputs() const {
    Backends found;
    for (const std::string& name : settings.outputs.value_or(std::vector<std::string>()))
        found.push_back(backends::find_backend(name));
    return found;
}

std::optional<std::vector<MapSettings>> settings_of(const std::vector<FoundMap>& maps, const ConfigChoice& choice,
                                                    const CommonOptions& common) {
    Configurations configurations(choice, common);
    std::vector<MapSettings> all;
    for (const FoundMap& map : maps) {
        auto one = configurations.of(map);
        if (!one) return std::nullopt;
        all.push_back(std::move(*one));
    }
    return all;
}

}  // namespace vsm::cli
