#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "backends/mermaid/changes.h"
#include "base/diagnostics/render/render.h"
#include "cli/args/command.h"
#include "cli/git/versions.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "runtime/diff/file_pairs.h"
#include "runtime/reports/diff/diff_report.h"

namespace vsm::cli {
namespace {

enum class DiffFormat { text, markdown, json };
constexpr std::array<std::string_view, 3> format_names{"text", "markdown", "json"};
enum class FailOn { worse, never };
constexpr std::array<std::string_view, 2> fail_on_names{"worse", "never"};

struct DiffOptions {
    std::vector<std::string> paths;      ///< two versions; with `against`, maps and folders of the work tree
    std::optional<std::string> against;  ///< a revision; without one, the two paths are compared
    DiffFormat format = DiffFormat::text;
    FailOn fail_on = FailOn::never;
    bool exit_code = false;  ///< exit with 1 if anything changed
    ConfigChoice config;
};

/// The result of compiling one version of a map.
struct Compiled {
    std::optional<ir::CheckedModel> model;
    std::vector<runtime::StreamMetrics> metrics;
    std::vector<Diagnostic> findings;
    std::string first_error;  ///< in its own text; may be empty
    std::string submodule;    ///< that it imports from, so that it cannot be compiled; else empty
};

/// All maps of one version, compiled in one workspace.
class Version {
public:
    /// `objects` is what a version of a commit is read from.
    Version(std::vector<VersionedMap> maps, SourceReader& reader, const ObjectReader* objects = nullptr)
        : maps_(std::move(maps)), objects_(objects), workspace_(reader) {}

    /// Drops the maps with these keys, since they are the same in both versions and import nothing.
    void leave_out(const std::set<std::string>& keys) {
        std::erase_if(maps_, [&](const VersionedMap& one) { return keys.contains(one.key); });
    }

    /// Compiles all maps. Reports an invalid configuration on standard error and returns false.
    bool compile(const ConfigChoice& config, const CommonOptions& common) {
        std::vector<FoundMap> places;
        for (const VersionedMap& one : maps_) places.push_back(one.place);
        const auto settings = settings_of(places, config, common);
        if (!settings) return false;
        for (std::size_t i = 0; i < maps_.size(); ++i) made_.push_back(compile(maps_[i], (*settings)[i].rules({})));
        return true;
    }

    /// Drops the compiled maps that import from a submodule. Returns their keys, and adds a note for each.
    std::set<std::string> drop_unreadable(std::vector<std::string>& notes) {
        std::set<std::string> keys;
        for (std::size_t i = 0; i < maps_.size(); ++i) {
            if (made_[i].submodule.empty()) continue;
            keys.insert(maps_[i].key);
            if (maps_[i].requested)
                notes.push_back(fmt::format(
                    "{} is passed over: as it was, it imports from the submodule `{}`, which has a history of "
                    "its own; compare it in two checkouts: `vsm diff OLD NEW`",
                    maps_[i].shown, made_[i].submodule));
        }
        std::erase_if(made_, [](const Compiled& one) { return !one.submodule.empty(); });
        leave_out(keys);
        return keys;
    }

    std::vector<runtime::FileSide> files() const {
        std::vector<runtime::FileSide> all;
        for (std::size_t i = 0; i < maps_.size(); ++i)
            all.push_back({maps_[i].key, maps_[i].file.text, model(i), maps_[i].requested});
        return all;
    }

    const std::vector<VersionedMap>& maps() const { return maps_; }
    const ir::CheckedModel* model(std::size_t i) const { return made_[i].model ? &*made_[i].model : nullptr; }
    const std::string& first_error(std::size_t i) const { return made_[i].first_error; }
    runtime::MapSide side(std::size_t i) const { return {model(i), &made_[i].metrics, made_[i].findings}; }
    const SourceSet& sources() const { return workspace_.sources(); }

    void show_errors(const CommonOptions& common, std::string_view of) const {
        if (!diagnostics_.has_errors()) return;
        print_error(fmt::format("vsm: {}:\n", of));
        print_error(render_text(sorted(diagnostics_, sources()), sources(), {use_color(common.color, 2)}));
    }

private:
    Compiled compile(const VersionedMap& map, const lint::RuleSet& rules) {
        Compiled made;
        Diagnostics own;
        const std::size_t in_submodules = objects_ == nullptr ? 0 : objects_->in_submodules();
        made.model = workspace_.compile(map.file.path, map.file.text, own).checked;
        if (objects_ != nullptr && objects_->in_submodules() > in_submodules) {
            made.submodule = objects_->submodule();
            return made;
        }
        if (made.model) {
            made.metrics = runtime::measure(*made.model);
            Diagnostics found;
            lint::lint(*made.model, rules, found);
            made.findings = sorted(found, workspace_.sources());
        }
        if (!made.model) made.first_error = first_error(own, map.file.path);
        if (own.has_errors() && map.requested) diagnostics_.append(own);
        return made;
    }

    std::string first_error(const Diagnostics& own, const std::string& path) const {
        for (const Diagnostic& one : sorted(own, workspace_.sources()))
            if (one.severity == Severity::error && workspace_.sources()[one.range.file].path() == path)
                return runtime::finding_text(one, workspace_.sources());
        return "";
    }

    std::vector<VersionedMap> maps_;
    std::vector<Compiled> made_;
    const ObjectReader* objects_;
    Workspace workspace_;
    Diagnostics diagnostics_;
};

class Differ {
public:
    Differ(Versions versions, const DiffOptions& options)
        : options_(options), readers_{std::move(versions.before_reader), std::move(versions.after_reader)},
          notes_(std::move(versions.notes)), objects_(std::move(versions.objects)),
          before_(std::move(versions.before), *readers_[0], objects_ ? &*objects_ : nullptr),
          after_(std::move(versions.after), *readers_[1]) {}

    int run(const CommonOptions& common) {
        leave_out_same();
        const std::size_t lacking = lacking_content();
        if (!before_.compile(options_.config, common)) return exit_trouble;
        after_.leave_out(before_.drop_unreadable(notes_));
        if (!after_.compile(options_.config, common)) return exit_trouble;
        // Better to fail than to print a wrong result, above all a false "no worse".
        if (lacking_content() > lacking) return trouble("cannot read what a map imported: " + objects_->why_lacking());
        const auto old = before_.files(), fresh = after_.files();
        for (const runtime::FilePair& pair : runtime::pair_files(old, fresh)) add(pair);
        tell_teams_once();
        std::erase_if(maps_, [](const runtime::DiffedMap& map) { return map.empty(); });
        report(common);
        return exit_code();
    }

private:
    /// How many reads failed because the clone lacks an object.
    std::size_t lacking_content() const { return objects_ ? objects_->lacking() - objects_->in_submodules() : 0; }

    /// Keeps maps with imports: these may have changed although the map's own text has not.
    void leave_out_same() {
        std::map<std::string_view, std::string_view> old;
        for (const VersionedMap& one : before_.maps()) old.emplace(one.key, one.file.text);
        std::set<std::string> same;
        for (const VersionedMap& one : after_.maps()) {
            const auto was = old.find(one.key);
            if (was != old.end() && was->second == one.file.text && one.file.text.find("import") == std::string::npos)
                same.insert(one.key);
        }
        before_.leave_out(same);
        after_.leave_out(same);
    }

    void add(const runtime::FilePair& pair) {
        runtime::DiffedMap map;
        if (pair.before) map.before_path = before_.maps()[*pair.before].shown, map.before = before_.side(*pair.before);
        if (pair.after) map.after_path = after_.maps()[*pair.after].shown, map.after = after_.side(*pair.after);
        const bool was_broken = pair.before && map.before.model == nullptr,
                   is_broken = pair.after && map.after.model == nullptr;
        const bool unchanged =
            pair.before && pair.after && before_.maps()[*pair.before].file.text == after_.maps()[*pair.after].file.text;
        map.before_broken = was_broken && !(unchanged && is_broken);
        map.after_broken = is_broken && !(unchanged && was_broken);
        if (is_broken) map.first_error = after_.first_error(*pair.after);
        for (const auto& [file, id] : pair.may_hold) {
            const ir::Stream& stream = before_.model(file)->stream(id);
            map.may_hold.emplace_back(stream.title.value.empty() ? stream.name.value : stream.title.value,
                                      before_.maps()[file].shown);
        }
        broken_ = broken_ || is_broken;
        map.before_sources = &before_.sources();
        map.after_sources = &after_.sources();
        // a map that is broken now has no comparison; one that was broken before is all new
        if (map.after.model != nullptr || (map.before.model != nullptr && !is_broken))
            map.change = runtime::compare_maps(map.before, map.after, pair.scope);
        map.moved = pair.moved;
        if (!pair.whole) {
            map.moved = pair.moved || !map.change.empty();
            for (const ir::StreamId id : pair.scope.after) map.moved_streams.push_back(id);
        }
        if (options_.format == DiffFormat::markdown) draw(map);
        maps_.push_back(std::move(map));
    }

    /// Reports a changed team only where it is declared, if that file is among the maps.
    void tell_teams_once() {
        std::vector<runtime::TeamChange> told;
        for (const runtime::DiffedMap& map : maps_)
            for (const runtime::TeamChange& one : map.change.teams)
                if (!one.imported) told.push_back(one);
        for (runtime::TeamChange& one : told) one.imported = true;
        for (runtime::DiffedMap& map : maps_)
            std::erase_if(map.change.teams, [&](const runtime::TeamChange& one) {
                return one.imported && std::find(told.begin(), told.end(), one) != told.end();
            });
    }

    static void draw(runtime::DiffedMap& map) {
        const backends::BackendOptions defaults;
        for (const runtime::StreamChange& change : map.change.streams) {
            std::string picture;
            if (change.kind() == runtime::ChangeKind::changed) {
                const auto metrics = std::find_if(map.after.metrics->begin(), map.after.metrics->end(),
                                                  [&](const auto& one) { return one.stream == change.after; });
                picture = backends::mermaid::draw_changes({*map.after.model, change.after, defaults}, *metrics,
                                                          *map.before.model, change);
            }
            map.pictures.push_back(std::move(picture));
        }
    }

    void report(const CommonOptions& common) const {
        for (const std::string& note : notes_)
            if (!common.quiet) remark(note);
        switch (options_.format) {
            case DiffFormat::text: print(runtime::diff_text(maps_, {use_color(common.color, 1)})); break;
            case DiffFormat::markdown: print(runtime::diff_markdown(maps_)); break;
            case DiffFormat::json: print(runtime::diff_json(maps_)); break;
        }
        before_.show_errors(common, "the old version does not compile");
        after_.show_errors(common, "the new version does not compile");
    }

    int exit_code() const {
        const bool worse =
            std::any_of(maps_.begin(), maps_.end(), [](const runtime::DiffedMap& map) { return map.change.worse(); });
        return broken_ || (options_.fail_on == FailOn::worse && worse) || (options_.exit_code && !maps_.empty())
                   ? exit_findings
                   : exit_clean;
    }

    const DiffOptions& options_;
    std::unique_ptr<SourceReader> readers_[2];
    std::vector<std::string> notes_;
    std::optional<ObjectReader> objects_;
    Version before_, after_;
    std::vector<runtime::DiffedMap> maps_;
    bool broken_ = false;
};

int run(const DiffOptions& options, const CommonOptions& common) {
    auto versions = options.against ? versions_since(*options.against, options.paths, common.links)
                                    : versions_of_paths(options.paths[0], options.paths[1], common.links);
    if (!versions) return trouble(versions.error());
    return Differ(std::move(versions.value()), options).run(common);
}

class Diff final : public Command {
    void declare(Flags& flags) override {
        flags
            .arguments("PATH", options_.paths,
                       "Two versions, OLD NEW; with --against, maps and folders (default: this folder)")
            .completes(Candidates::Files::maps);
        flags
            .parsed("--against", "REV", "Compare the current files with the merge base of HEAD and this revision",
                    [this](const std::string& given) {
                        options_.against = given;
                        return std::nullopt;
                    })
            .completes(Lookup::revisions);
        flags.choice("--format", "FORMAT", options_.format, format_names,
                     "Output format: text, markdown (for a comment) or json");
        flags.choice("--fail-on", "WHAT", options_.fail_on, fail_on_names,
                     "worse: exit with 1 if a figure that has a target got worse; never (default)");
        flags.toggle("--exit-code", options_.exit_code, "Exit with 1 if anything changed");
        flags.config(options_.config);
        flags.follow();
        flags.common();
    }
    UsageError settle() override {
        if (!options_.against && options_.paths.size() != 2)
            return "diff takes two versions, `vsm diff OLD NEW`, or `--against REV` to compare with another revision";
        if (options_.against && options_.against->empty()) return "--against takes a revision, such as `origin/main`";
        if (options_.paths.empty()) options_.paths = {"."};
        return std::nullopt;
    }
    int run(const CommonOptions& common) override { return cli::run(options_, common); }

    DiffOptions options_;
};

}  // namespace

extern const CommandInfo diff_command;
const CommandInfo diff_command{"diff",
                               "Compare two versions of maps and their figures",
                               {"vsm diff --against main", "vsm diff old.vsm checkout.vsm",
                                "vsm diff --against main --format markdown --fail-on worse"},
                               make_command<Diff>};

}  // namespace vsm::cli
