#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "backends/mermaid/changes.h"
#include "base/render.h"
#include "cli/commands.h"
#include "cli/git.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "runtime/diff_report.h"

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;

/// The two texts of a map. Nothing: there is no such file in that version.
struct Pair {
    std::optional<InputFile> before, after;
    std::string before_shown;  ///< its path for people
    bool moved = false;        ///< the file has another path than before
    bool only_if_moved = false;  ///< was not asked for: of interest if it is what a file that was asked for was before
    FoundMap place;              ///< whose configuration holds for both texts: where the map is now, or was
};

/// What a version of a map came to.
struct Compiled {
    std::optional<ir::CheckedModel> model;
    std::vector<runtime::StreamMetrics> metrics;
    std::vector<Diagnostic> findings;
    bool broken = false;
};

/// All maps of one version, compiled in one workspace.
class Version {
public:
    explicit Version(SourceReader& reader) : workspace_(reader) {}

    Compiled compile(const InputFile& file, const lint::RuleSet& rules) {
        Compiled made;
        Diagnostics own;
        made.model = workspace_.compile(file.path, file.text, own).checked;
        made.broken = !made.model;
        if (made.model) {
            made.metrics = runtime::measure(*made.model);
            Diagnostics found;
            lint::lint(*made.model, rules, found);
            made.findings = sorted(found, workspace_.sources());
        }
        if (own.has_errors()) diagnostics_.append(own);
        return made;
    }

    const SourceSet& sources() const { return workspace_.sources(); }
    void show_errors(const CommonOptions& common, std::string_view of) const {
        if (!diagnostics_.has_errors()) return;
        print_error(fmt::format("vsm: {}:\n", of));
        print_error(render_text(sorted(diagnostics_, sources()), sources(), {use_color(common.color, 2)}));
    }

private:
    Workspace workspace_;
    Diagnostics diagnostics_;
};

class Differ {
public:
    Differ(SourceReader& before, SourceReader& after, const DiffOptions& options) : options_(options), before_(before), after_(after) {}

    int run(std::vector<Pair> pairs, const CommonOptions& common) {
        std::erase_if(pairs, is_same);
        const auto settings = settings_of(pairs, common);
        if (!settings) return exit_trouble;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const lint::RuleSet rules = (*settings)[i].rules({});
            sides_.push_back({pairs[i].before ? before_.compile(*pairs[i].before, rules) : Compiled{}, pairs[i].after ? after_.compile(*pairs[i].after, rules) : Compiled{}});
        }
        join_renamed(pairs);
        for (std::size_t i = 0; i < pairs.size(); ++i) add(pairs[i], sides_[i]);
        tell_teams_once();
        std::erase_if(maps_, [](const runtime::DiffedMap& map) { return map.empty(); });
        report(common);
        return exit_code();
    }

private:
    struct Sides {
        Compiled before, after;
    };

    std::optional<std::vector<MapSettings>> settings_of(const std::vector<Pair>& pairs, const CommonOptions& common) const {
        std::vector<FoundMap> places;
        for (const Pair& pair : pairs) places.push_back(pair.place);
        return cli::settings_of(places, options_.config, common);
    }

    /// What imports may have changed although its own text has not.
    static bool is_same(const Pair& pair) {
        return pair.before && pair.after && pair.before->text == pair.after->text && pair.after->text.find("import") == std::string::npos;
    }

    /// Its streams, or else its teams.
    static std::set<std::string> names_of(const Compiled& side) {
        std::set<std::string> names;
        if (side.model)
            for (std::string& name : stream_names(*side.model)) names.insert(std::move(name));
        if (side.model && names.empty())
            for (const ir::Team& team : side.model->model().teams)
                if (team.declared && !team.imported) names.insert("team " + team.name.value);
        return names;
    }

    /// A file that is gone and one that came are one if they have the same text, or a stream (else a team) of the same name.
    void join_renamed(std::vector<Pair>& pairs) {
        std::map<std::string, std::size_t> by_text, by_stream;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            if (!pairs[i].after || pairs[i].before) continue;
            by_text.emplace(pairs[i].after->text, i);
            for (const std::string& name : names_of(sides_[i].after)) by_stream.emplace(name, i);
        }
        std::set<std::size_t> joined;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            if (!pairs[i].before || pairs[i].after) continue;
            std::optional<std::size_t> other;
            if (const auto found = by_text.find(pairs[i].before->text); found != by_text.end()) other = found->second;
            for (const std::string& name : names_of(sides_[i].before))
                if (const auto found = by_stream.find(name); !other && found != by_stream.end()) other = found->second;
            if (!other || !joined.insert(*other).second) continue;
            pairs[*other].before = std::move(pairs[i].before);
            pairs[*other].before_shown = std::move(pairs[i].before_shown);
            pairs[*other].moved = true;
            sides_[*other].before = std::move(sides_[i].before);
            pairs[i] = {};
            sides_[i] = {};
        }
        for (Pair& pair : pairs)
            if (pair.only_if_moved && !pair.after) pair = {};
    }

    void add(const Pair& pair, const Sides& sides) {
        if (!pair.before && !pair.after) return;
        runtime::DiffedMap map;
        if (pair.before) map.before_path = pair.before_shown;
        if (pair.after) map.after_path = pair.after->path;
        map.moved = pair.moved;
        const bool unchanged = pair.before && pair.after && pair.before->text == pair.after->text;
        map.before_broken = sides.before.broken && !(unchanged && sides.after.broken);
        map.after_broken = sides.after.broken && !(unchanged && sides.before.broken);
        broken_ = broken_ || sides.after.broken;
        map.before = side_of(sides.before);
        map.after = side_of(sides.after);
        map.before_sources = &before_.sources();
        map.after_sources = &after_.sources();
        // Of a map that is broken now nothing is known; one that was broken is all new.
        if (map.after.model != nullptr || (map.before.model != nullptr && !sides.after.broken)) map.change = runtime::compare_maps(map.before, map.after);
        if (options_.format == DiffFormat::markdown) draw(map);
        maps_.push_back(std::move(map));
    }

    /// A team is told where it is declared, if that file is among the maps.
    void tell_teams_once() {
        std::vector<runtime::TeamChange> told;
        for (const runtime::DiffedMap& map : maps_)
            for (const runtime::TeamChange& one : map.change.teams)
                if (!one.imported) told.push_back(one);
        for (runtime::TeamChange& one : told) one.imported = true;
        for (runtime::DiffedMap& map : maps_)
            std::erase_if(map.change.teams, [&](const runtime::TeamChange& one) { return one.imported && std::find(told.begin(), told.end(), one) != told.end(); });
    }

    static runtime::MapSide side_of(const Compiled& side) { return {side.model ? &*side.model : nullptr, &side.metrics, side.findings}; }

    static void draw(runtime::DiffedMap& map) {
        const backends::BackendOptions defaults;
        for (const runtime::StreamChange& change : map.change.streams) {
            std::string picture;
            if (change.kind() == runtime::ChangeKind::changed) {
                const auto metrics = std::find_if(map.after.metrics->begin(), map.after.metrics->end(), [&](const auto& one) { return one.stream == change.after; });
                picture = backends::mermaid::draw_changes({*map.after.model, change.after, defaults}, *metrics, *map.before.model, change);
            }
            map.pictures.push_back(std::move(picture));
        }
    }

    void report(const CommonOptions& common) const {
        switch (options_.format) {
            case DiffFormat::text: print(runtime::diff_text(maps_, {use_color(common.color, 1)})); break;
            case DiffFormat::markdown: print(runtime::diff_markdown(maps_)); break;
            case DiffFormat::json: print(runtime::diff_json(maps_)); break;
        }
        before_.show_errors(common, "the old version does not compile");
        after_.show_errors(common, "the new version does not compile");
    }

    int exit_code() const {
        const bool worse = std::any_of(maps_.begin(), maps_.end(), [](const runtime::DiffedMap& map) { return map.change.worse(); });
        return broken_ || (options_.fail_on_worse && worse) || (options_.exit_code && !maps_.empty()) ? exit_findings : exit_clean;
    }

    const DiffOptions& options_;
    Version before_, after_;
    std::vector<Sides> sides_;
    std::vector<runtime::DiffedMap> maps_;
    bool broken_ = false;
};

/// The maps behind one path; what they import is shown by these paths.
Result<std::vector<InputFile>> read_maps(const std::string& path, Links links, ImportReader& reader) {
    const auto found = find_maps({path}, links);
    if (!found) return Failure{found.error()};
    std::vector<InputFile> maps;
    for (const FoundMap& one : found.value()) {
        auto map = read_map(one);
        if (!map) return Failure{map.error()};
        reader.add_map(one);
        maps.push_back(std::move(map.value()));
    }
    return maps;
}

/// Two files, or two folders whose maps are paired by their paths below them.
Result<std::vector<Pair>> pairs_of(const std::string& before, const std::string& after, Links links, ImportReader& before_reader, ImportReader& after_reader) {
    if (before == "-" && after == "-") return Failure{"only one of the two can come from the standard input"};
    if (is_folder(before) != is_folder(after)) return Failure{fmt::format("{} is a folder and {} is none; give two files or two folders", is_folder(before) ? before : after, is_folder(before) ? after : before)};
    const bool folders = is_folder(before);
    std::map<std::string, Pair> pairs;
    for (const bool old : {true, false}) {
        const std::string& path = old ? before : after;
        auto inputs = read_maps(path, links, old ? before_reader : after_reader);
        if (!inputs) return Failure{inputs.error()};
        for (InputFile& input : inputs.value()) {
            Pair& pair = pairs[folders ? fs::path(input.path).lexically_relative(path).generic_string() : ""];
            if (old) pair.before_shown = input.path;
            if (input.path != "-" || pair.place.path.empty()) pair.place = map_at(input.path);
            (old ? pair.before : pair.after) = std::move(input);
        }
    }
    std::vector<Pair> all;
    for (auto& [path, pair] : pairs) all.push_back(std::move(pair));
    return all;
}

bool is_map_in_sight(std::string_view path) { return path.ends_with(".vsm") && !path.starts_with(".") && path.find("/.") == std::string_view::npos; }

/// Maps of the work tree beside those of a tree, by their paths from the top of the repository.
class Gatherer {
public:
    Gatherer(const Repository& repository, Tree& tree, Links links, ImportReader& reader) : repository_(repository), tree_(tree), links_(links), reader_(reader) {}

    std::optional<Failure> add(const std::string& path) {
        if (path == "-") return Failure{"--against takes files of the repository, not the standard input"};
        auto inside = repository_.inside(path);
        if (!inside) return Failure{inside.error()};
        const bool folder = is_folder(path);
        const std::string& top = inside.value();
        const std::string prefix = top.empty() ? "" : top + "/";
        bool found = false;
        for (const auto& [name, entry] : tree_.entries()) {
            const bool below = name.starts_with(prefix) && is_map_in_sight(std::string_view(name).substr(prefix.size()));
            if (name != top && (!below || fs::is_regular_file(path) || leads_out(name, entry))) continue;
            if (const auto failed = add_before(name, name == top ? path : shown(path, name.substr(prefix.size())))) return failed;
            found = true;
        }
        return exists(path) || !found ? add_after(path, folder, found) : std::nullopt;
    }

    /// A file that is new may be one that is gone from a place that was not asked for.
    std::optional<Failure> add_gone() {
        if (std::none_of(pairs_.begin(), pairs_.end(), [](const auto& one) { return !one.second.before; })) return std::nullopt;
        for (const auto& [name, entry] : tree_.entries()) {
            if (!is_map_in_sight(name) || leads_out(name, entry) || pairs_.contains(name) || exists((fs::path(repository_.top()) / name).string())) continue;
            if (const auto failed = add_before(name, name)) return failed;
            pairs_[name].only_if_moved = true;
        }
        return std::nullopt;
    }

    std::vector<Pair> take() {
        std::vector<Pair> all;
        for (auto& [name, pair] : pairs_) all.push_back(std::move(pair));
        return all;
    }

private:
    static std::string shown(const std::string& folder, const std::string& below) { return folder == "." ? below : (fs::path(folder) / below).string(); }

    /// A link that comes to nothing in the tree is no map of a folder, as in a walk.
    bool leads_out(const std::string& name, const Tree::Entry& entry) { return entry.link && !tree_.read(name); }

    FoundMap place_of(const std::string& name) const { return map_at((fs::path(repository_.top()) / name).string()); }

    std::optional<Failure> add_before(const std::string& name, const std::string& path) {
        auto text = tree_.read(name);
        if (!text) return Failure{fmt::format("cannot read {} as it was: {}", path, text.error())};
        Pair& pair = pairs_[name];
        pair.before = InputFile{name, std::move(text.value())};
        pair.before_shown = path;
        pair.place = place_of(name);
        return std::nullopt;
    }

    std::optional<Failure> add_after(const std::string& path, bool folder, bool there_before) {
        auto inputs = read_maps(path, links_, reader_);
        if (!inputs) {
            // A folder from which all maps were taken away is one that changed.
            if (folder && there_before && !has_maps(path)) return std::nullopt;
            return Failure{inputs.error()};
        }
        for (InputFile& input : inputs.value()) {
            auto name = repository_.inside(input.path);
            if (!name) return Failure{name.error()};
            // It has a history of its own; beside this one every map of it would be new.
            if (repository_.is_in_another(name.value())) continue;
            Pair& pair = pairs_[name.value()];
            pair.after = std::move(input);
            pair.place = place_of(name.value());
        }
        return add_passed_over();
    }

    /// What git tracks is there, also if the files to ignore name it.
    std::optional<Failure> add_passed_over() {
        for (auto& [name, pair] : pairs_) {
            if (!pair.before || pair.after || !fs::is_regular_file(pair.before_shown)) continue;
            const auto map = named_map(pair.before_shown, links_);
            if (!map) return Failure{map.error()};
            auto text = read_map(map.value());
            if (!text) return Failure{text.error()};
            pair.after = std::move(text.value());
        }
        return std::nullopt;
    }

    static bool has_maps(const std::string& folder) {
        std::error_code failed;
        for (auto at = fs::recursive_directory_iterator(folder, failed); !failed && at != fs::recursive_directory_iterator(); at.increment(failed))
            if (at->path().extension() == ".vsm") return true;
        return static_cast<bool>(failed);
    }

    const Repository& repository_;
    Tree& tree_;
    Links links_;
    ImportReader& reader_;
    std::map<std::string, Pair> pairs_;
};

/// The folder to ask git in: that of the first path, or the nearest above it that is there.
std::string folder_of(const std::string& path) {
    std::error_code failed;
    fs::path folder = is_folder(path) ? fs::path(path) : fs::path(path).parent_path();
    while (!folder.empty() && !is_folder(folder.string())) folder = folder.parent_path();
    return folder.empty() ? "." : folder.string();
}

int diff_against(const DiffOptions& options, const CommonOptions& common) {
    for (const std::string& path : options.paths)
        if (const auto named = named_map(path, common.links); !named) return trouble(named.error());
    auto repository = Repository::open(folder_of(options.paths.front()));
    if (!repository) return trouble(repository.error());
    const auto base = repository.value().merge_base(options.against);
    if (!base) return trouble(base.error());
    auto tree = repository.value().tree(base.value());
    if (!tree) return trouble(tree.error());
    ImportReader after;
    Gatherer gatherer(repository.value(), tree.value(), common.links, after);
    for (const std::string& path : options.paths)
        if (const auto failed = gatherer.add(path)) return trouble(failed->message);
    if (const auto failed = gatherer.add_gone()) return trouble(failed->message);
    RevisionReader before(tree.value());
    return Differ(before, after, options).run(gatherer.take(), common);
}

}  // namespace

int run_diff(const DiffOptions& options, const CommonOptions& common) {
    if (!options.against.empty()) return diff_against(options, common);
    ImportReader before, after;
    auto pairs = pairs_of(options.paths[0], options.paths[1], common.links, before, after);
    if (!pairs) return trouble(pairs.error());
    return Differ(before, after, options).run(std::move(pairs.value()), common);
}

}  // namespace vsm::cli
