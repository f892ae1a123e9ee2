#include "runtime/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "cli/commands.h"
#include "cli/git.h"
#include "cli/session.h"

namespace vsm::cli {
namespace {

using runtime::History;
using runtime::HistoryPoint;
using State = HistoryPoint::State;

/// A map at one commit: its own streams, none when it does not compile.
struct Moment {
    bool compiles = false;
    struct Stream {
        std::string name, title;
        HistoryPoint point;
    };
    std::vector<Stream> streams;
};

/// Puts the moments together, stream by stream.
class Chronicle {
    struct Known {
        std::string key;     ///< what a file is called from commit to commit: its first path
        std::string object;  ///< its text
    };

public:
    /// `paths` of the maps at a commit; `known_as` the one map that is followed, whatever its path; empty: any.
    void add(const Commit& commit, Tree& tree, const std::vector<std::string>& paths, const std::string& known_as) {
        history_.commits.push_back({commit.revision.id, commit.date, commit.subject});
        RevisionReader reader(tree);
        std::map<std::string, Known> there;
        std::vector<std::pair<std::string, Moment>> fresh;
        for (const std::string& path : paths) {
            const auto found = tree.entries().find(path);
            if (found == tree.entries().end()) continue;
            Moment moment = moment_of(reader, tree, path, found->second.object);
            const auto old = files_.find(known_as.empty() ? path : known_as);
            if (old == files_.end() && known_as.empty()) {
                fresh.emplace_back(path, std::move(moment));
                continue;
            }
            const std::string key = old == files_.end() ? known_as : old->second.key;
            record(moment, key, path, old != files_.end() && old->second.object == found->second.object);
            there[known_as.empty() ? path : known_as] = {key, found->second.object};
        }
        for (auto& [path, moment] : fresh) {
            const std::string key = key_of_renamed(path, moment, there, tree.entries().at(path).object);
            record(moment, key, path, false);
            there[path] = {key, tree.entries().at(path).object};
        }
        for (const auto& [path, known] : files_)
            if (std::none_of(there.begin(), there.end(), [&](const auto& one) { return one.second.key == known.key; })) end(known.key);
        files_ = std::move(there);
    }

    History take() {
        for (auto& [key, stream] : streams_) history_.streams.push_back(std::move(stream));
        return std::move(history_);
    }

private:
    std::size_t now() const { return history_.commits.size() - 1; }

    /// A new path is that of a map that is gone when it has the same text, or a stream of the same name.
    std::string key_of_renamed(const std::string& path, const Moment& moment, const std::map<std::string, Known>& there, const std::string& object) const {
        for (const auto& [old_path, known] : files_) {
            if (there.contains(old_path) || std::any_of(there.begin(), there.end(), [&, key = known.key](const auto& one) { return one.second.key == key; })) continue;
            const bool same_stream = std::any_of(moment.streams.begin(), moment.streams.end(), [&, key = known.key](const Moment::Stream& one) { return streams_.contains({key, one.name}); });
            if (known.object == object || same_stream) return known.key;
        }
        return path;
    }

    /// A map that imports nothing is the same wherever its text is.
    Moment moment_of(RevisionReader& reader, Tree& tree, const std::string& path, const std::string& object) {
        if (const auto known = known_.find(object); known != known_.end()) return known->second;
        Moment moment;
        auto text = tree.read(path);
        if (!text) return moment;
        const bool alone = text.value().find("import") == std::string::npos;
        Workspace workspace(reader);
        Diagnostics ignored;
        const auto checked = workspace.compile(path, std::move(text.value()), ignored).checked;
        moment.compiles = checked.has_value();
        if (checked)
            for (const runtime::StreamMetrics& metrics : runtime::measure(*checked)) {
                const ir::Stream& stream = checked->stream(metrics.stream);
                moment.streams.push_back({stream.name.value, stream.title.value, {0, State::measured, "", stream.calendar, runtime::history_figures(*checked, metrics)}});
            }
        if (alone) known_.emplace(object, moment);
        return moment;
    }

    /// A stream whose file and figures are as they were has nothing new to say.
    void record(const Moment& moment, const std::string& key, const std::string& path, bool same_text) {
        if (!moment.compiles) return void(record_broken(key, path, same_text));
        std::vector<std::string> there;
        for (const Moment::Stream& one : moment.streams) {
            there.push_back(one.name);
            runtime::StreamHistory& stream = streams_[{key, one.name}];
            stream.name = one.name;
            stream.title = one.title;
            HistoryPoint point = one.point;
            point.commit = now();
            point.path = path;
            const bool told = same_text && !stream.points.empty() && stream.points.back().state == State::measured && stream.points.back().figures == point.figures;
            if (!told) stream.points.push_back(std::move(point));
        }
        for (auto& [id, stream] : streams_)
            if (id.first == key && std::find(there.begin(), there.end(), id.second) == there.end()) add_end(stream);
    }

    void record_broken(const std::string& key, const std::string& path, bool same_text) {
        bool known = false;
        for (auto& [id, stream] : streams_) {
            if (id.first != key || stream.points.back().state == State::gone) continue;
            known = true;
            if (!(same_text && stream.points.back().state == State::broken)) stream.points.push_back({now(), State::broken, path, {}, {}});
        }
        if (!known) streams_[{key, ""}].points.push_back({now(), State::broken, path, {}, {}});
    }

    void end(const std::string& key) {
        for (auto& [id, stream] : streams_)
            if (id.first == key) add_end(stream);
    }
    void add_end(runtime::StreamHistory& stream) {
        if (!stream.name.empty() && stream.points.back().state != State::gone) stream.points.push_back({now(), State::gone, stream.points.back().path, {}, {}});
    }

    History history_;
    std::map<std::pair<std::string, std::string>, runtime::StreamHistory> streams_;  ///< by file and name
    std::map<std::string, Known> files_;  ///< those of the last commit, by path
    std::map<std::string, Moment> known_;
};

/// The maps below a folder, or the one that is followed.
std::vector<std::string> maps_in(const Tree& tree, const Commit& commit, const std::string& inside, bool file) {
    if (file) return {commit.path};
    std::vector<std::string> maps;
    const std::string prefix = inside.empty() ? "" : inside + "/";
    for (const auto& [path, entry] : tree.entries()) {
        const std::string below = "/" + (path.starts_with(prefix) ? path.substr(prefix.size()) : std::string());
        if (below.ends_with(".vsm") && below.find("/.") == std::string::npos) maps.push_back(path);
    }
    return maps;
}

std::string folder_of(const std::string& path) {
    if (is_folder(path)) return path;
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

int no_such_stream(const History& all, const std::string& name) {
    std::vector<std::string> names;
    for (const runtime::StreamHistory& one : all.streams) names.push_back(one.name);
    return trouble(fmt::format("no stream was called `{}`{}", name, names.empty() ? "" : fmt::format("; there are {}", fmt::join(names, ", "))));
}

}  // namespace

int run_history(const HistoryOptions& options, const CommonOptions& common) {
    if (options.path == "-") return trouble("history takes a file or folder of a repository, not the standard input");
    if (const auto named = named_map(options.path, common.links); !named) return trouble(named.error());
    auto repository = Repository::open(folder_of(options.path));
    if (!repository) return trouble(repository.error());
    const auto inside = repository.value().inside(options.path);
    if (!inside) return trouble(inside.error());
    const bool file = !is_folder(options.path);
    const auto commits = repository.value().commits(inside.value(), file, options.last);
    if (!commits) return trouble(commits.error());
    if (commits.value().empty()) return trouble(fmt::format("no commit has changed {}{}", file ? options.path : "a map in " + options.path, exists(options.path) ? "; commit it first" : ", and there is no such file"));
    Chronicle chronicle;
    for (const Commit& commit : commits.value()) {
        auto tree = repository.value().tree(commit.revision);
        if (!tree) return trouble(tree.error());
        chronicle.add(commit, tree.value(), maps_in(tree.value(), commit, inside.value(), file), file ? inside.value() : "");
    }
    History history = chronicle.take();
    if (!options.stream.empty()) {
        const History all = history;
        std::erase_if(history.streams, [&](const runtime::StreamHistory& one) { return one.name != options.stream; });
        if (history.streams.empty()) return no_such_stream(all, options.stream);
    }
    switch (options.format) {
        case HistoryFormat::text: print(runtime::history_text(history, {use_color(common.color, 1)})); break;
        case HistoryFormat::csv: print(runtime::history_csv(history)); break;
        case HistoryFormat::json: print(runtime::history_json(history)); break;
    }
    if (repository.value().is_shallow() && commits.value().size() < options.last && !common.quiet)
        print_error("vsm: this clone is shallow: earlier commits are not here; get them with `git fetch --unshallow`\n");
    return exit_clean;
}

}  // namespace vsm::cli
