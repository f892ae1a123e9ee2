#include "cli/lint/baseline_filter.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "base/diagnostics/render/render.h"
#include "base/text.h"
#include "cli/git/find_maps.h"
#include "cli/git/repository.h"
#include "cli/io/files.h"
#include "cli/session.h"

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;
using config::Baseline;

class Application {
public:
    Application(const LintOptions& options, const std::vector<FoundMap>& maps, const std::vector<MapSettings>& settings)
        : options_(options), settings_(settings) {
        folder_ = fs::path(map_at(options.baseline).real).parent_path();
        for (const std::string& path : options.paths)
            if (path != "-") named_.push_back(map_at(path).real);
        for (std::size_t i = 0; i < maps.size(); ++i) looked_at_.emplace(printable(name_of_real(maps[i].real)), i);
    }

    BaselineOutcome apply(const Baseline& listed_then, std::vector<Diagnostic> found, const SourceSet& sources) {
        const Baseline baseline = with_renamed(listed_then, found, sources);
        BaselineOutcome outcome;
        Baseline left = baseline, now;
        for (Diagnostic& one : found) {
            const bool may_hide = config::may_be_in_baseline(one);
            const config::BaselineKey key =
                may_hide ? config::baseline_key(one, sources, name_of(sources[one.range.file].path()))
                         : config::BaselineKey();
            if (may_hide) ++now[key];
            const auto listed = left.find(key);
            const bool hidden = may_hide && (options_.write_baseline || (listed != left.end() && listed->second > 0));
            if (hidden && listed != left.end() && listed->second > 0) --listed->second;
            if (hidden)
                ++outcome.hidden;
            else
                outcome.left.push_back(std::move(one));
        }
        if (options_.write_baseline) {
            outcome.text = config::write_baseline(with_others(std::move(now), baseline));
            return outcome;
        }
        Baseline pruned = baseline;
        for (const auto& [key, count] : left) {
            if (count == 0 || !is_gone(key)) continue;
            outcome.gone += count;
            if ((pruned[key] -= count) == 0) pruned.erase(key);
        }
        if (options_.prune_baseline) outcome.text = config::write_baseline(pruned);
        return outcome;
    }

private:
    using Counts = std::map<std::pair<Code, std::string>, std::size_t>;  ///< per file: counts by code and text

    /// Moves the entries of missing maps to new, unlisted maps with similar findings: the file was renamed.
    Baseline with_renamed(const Baseline& baseline, const std::vector<Diagnostic>& found, const SourceSet& sources) {
        std::map<std::string, Counts> gone, fresh;
        std::set<std::string> listed;
        for (const auto& [key, count] : baseline) {
            listed.insert(key.file);
            if (!looked_at_.contains(key.file) && !is_there(key.file)) gone[key.file][{key.code, key.at}] = count;
        }
        if (gone.empty()) return baseline;
        for (const Diagnostic& one : found) {
            if (!config::may_be_in_baseline(one)) continue;
            const config::BaselineKey key = config::baseline_key(one, sources, name_of(sources[one.range.file].path()));
            if (looked_at_.contains(key.file) && !listed.contains(key.file)) ++fresh[key.file][{key.code, key.at}];
        }
        std::map<std::string, std::string> renamed;
        for (const auto& [file, counts] : fresh)
            if (const auto was = most_alike(counts, gone); !was.empty()) {
                renamed.emplace(was, file);
                gone.erase(was);
            }
        Baseline now;
        for (const auto& [key, count] : baseline) {
            const auto found_as = renamed.find(key.file);
            now[found_as == renamed.end() ? key : config::BaselineKey{found_as->second, key.code, key.at}] += count;
        }
        return now;
    }

    /// The file that shares the most findings, provided that these are at least half of its own; empty if there is
    /// none.
    static std::string most_alike(const Counts& counts, const std::map<std::string, Counts>& files) {
        std::string best;
        std::size_t most = 0;
        for (const auto& [file, listed] : files) {
            std::size_t shared = 0, all = 0;
            for (const auto& [what, count] : listed) {
                const auto here = counts.find(what);
                shared += here == counts.end() ? 0 : std::min(here->second, count);
                all += count;
            }
            if (shared > most && 2 * shared >= all) best = file, most = shared;
        }
        return best;
    }

    std::string name_of_real(const fs::path& real) const { return real.lexically_relative(folder_).generic_string(); }
    const std::string& name_of(const std::string& shown) {
        const auto [known, added] = names_.try_emplace(shown);
        if (added) known->second = name_of_real(map_at(shown).real);
        return known->second;
    }
    /// True as well for files that a sparse checkout leaves out.
    bool is_there(const std::string& file) const {
        return exists((folder_ / file).string()) || is_left_out((folder_ / file).lexically_normal());
    }
    bool is_left_out(const fs::path& file) const {
        if (!left_out_) left_out_ = files_left_out(repository_of(folder_));
        return left_out_->contains(file.string());
    }

    /// Without an answer of git, no file is known to be left out.
    static std::set<std::string> files_left_out(const fs::path& top) {
        std::set<std::string> files;
        std::error_code none;
        if (!fs::exists(top / ".git", none)) return files;
        const auto repository = Repository::open(top.string(), Purpose::diff);
        const auto index = repository ? repository.value().index({}) : Result<Index>(Failure{});
        if (!index) return files;
        for (const auto& [name, tracked] : index.value())
            if (tracked.left_out) files.insert((fs::path(repository.value().top()) / name).string());
        return files;
    }

    /// Whether the run would have looked at a map of that name, if there was one.
    bool is_of_this_run(const std::string& file) const {
        const fs::path real = (folder_ / file).lexically_normal();
        return std::any_of(named_.begin(), named_.end(), [&](const fs::path& one) { return is_inside(one, real); });
    }

    /// Whether the finding no longer occurs. False if its rule did not run.
    bool is_gone(const config::BaselineKey& key) const {
        const auto map = looked_at_.find(key.file);
        if (map == looked_at_.end()) return is_of_this_run(key.file) && !is_there(key.file);
        for (const lint::Rule* rule : lint::all_rules())
            if (rule->code == key.code) return settings_[map->second].rules(options_.rules).level_of(*rule).has_value();
        return false;
    }

    /// Keeps the entries of maps that this run did not lint, unless it would have and they are gone.
    Baseline with_others(Baseline now, const Baseline& before) const {
        for (const auto& [key, count] : before)
            if (!looked_at_.contains(key.file) && (!is_of_this_run(key.file) || is_there(key.file)))
                now.try_emplace(key, count);
        return now;
    }

    const LintOptions& options_;
    const std::vector<MapSettings>& settings_;
    fs::path folder_;
    std::vector<fs::path> named_;                            ///< the paths of the run
    mutable std::optional<std::set<std::string>> left_out_;  ///< by a sparse checkout; read on demand
    std::map<std::string, std::size_t> looked_at_;
    std::map<std::string, std::string> names_;
};

/// Reads the baseline file; empty if it does not exist and is to be written.
std::optional<Baseline> read(const LintOptions& options, const CommonOptions& common) {
    auto text = read_file(options.baseline, common.links);
    if (!text) return trouble(text.error()), std::nullopt;
    if (!text.value()) {
        if (options.write_baseline) return Baseline();
        trouble(fmt::format("cannot read the baseline {}: no such file; --write-baseline makes it", options.baseline));
        return std::nullopt;
    }
    SourceSet sources;
    Diagnostics diagnostics;
    auto made = config::read_baseline(sources.add(options.baseline, std::move(*text.value())), diagnostics);
    if (!made) print_error(render_text(sorted(diagnostics, sources), sources, {use_color(common.color, 2)}));
    return made;
}

}  // namespace

std::optional<BaselineOutcome> apply_baseline(const LintOptions& options, const CommonOptions& common,
                                              std::vector<Diagnostic> found, const SourceSet& sources,
                                              const std::vector<FoundMap>& maps,
                                              const std::vector<MapSettings>& settings) {
    const auto baseline = read(options, common);
    if (!baseline) return std::nullopt;
    return Application(options, maps, settings).apply(*baseline, std::move(found), sources);
}

}  // namespace vsm::cli
