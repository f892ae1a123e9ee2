#include "cli/git/versions.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "cli/git/find_maps.h"

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;

/// The maps that one path stands for. Imports of a map among them are shown with the same path.
Result<std::vector<InputFile>> read_maps(const std::string& path, Links links, ImportReader& reader,
                                         std::vector<std::string>& passed_over) {
    const auto found = find_maps({path}, links, Which::all, passed_over);
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

/// Whether any map is below a folder; also in hidden folders if `hidden`.
bool has_maps(const std::string& folder, bool hidden) {
    std::error_code failed;
    std::error_code none;
    for (auto at = fs::recursive_directory_iterator(folder, failed);
         !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
        if (!hidden && at->path().filename().string().starts_with(".")) at.disable_recursion_pending();
        if (at->path().filename().string().ends_with(".vsm") && at->is_regular_file(none)) return true;
    }
    return static_cast<bool>(failed);
}

/// Reads imports of the work tree, and from the index those that a sparse checkout leaves out.
class WorkTreeReader final : public SourceReader {
public:
    WorkTreeReader(Repository repository, Index index) : repository_(std::move(repository)), index_(std::move(index)) {}

    ImportReader& files() { return files_; }
    const Index& index() const { return index_; }

    std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from,
                                                          const std::string& written) override {
        auto read = files_.read_import(from, written);
        const ImportRefusal* refusal = std::get_if<ImportRefusal>(&read);
        if (refusal == nullptr || refusal->outside_root || written.find('\0') != std::string::npos) return read;
        const std::string path = (fs::path(from).parent_path() / written).lexically_normal().string();
        const auto name = repository_.inside(path);
        const auto entry = name ? index_.find(name.value()) : index_.end();
        if (entry == index_.end() || !entry->second.left_out) return read;
        auto text = repository_.objects().file(entry->second.object);
        if (!text) return ImportRefusal{false, text.error()};
        return LoadedSource{path, std::move(text.value())};
    }

private:
    Repository repository_;
    Index index_;
    ImportReader files_;
};

/// Collects the maps of the work tree and of a tree, by path from the top of the repository.
class Gatherer {
public:
    Gatherer(const Repository& repository, const Tree& tree, Links links, WorkTreeReader& reader)
        : repository_(repository), tree_(tree), links_(links), reader_(reader) {}

    std::optional<Failure> add(const std::string& path) {
        if (path == "-") return Failure{"--against takes files of the repository, not the standard input"};
        const auto inside = repository_.inside(path);
        if (!inside) return Failure{inside.error()};
        const std::size_t before = before_.size(), after = after_.size();
        if (const auto failed = add_before(path, inside.value())) return failed;
        if (const auto failed = add_left_out(path, inside.value())) return failed;
        // A folder that lost all its maps is a change, not an error.
        const bool known = before_.size() > before || after_.size() > after;
        if (known && (!exists(path) || (is_folder(path) && !has_maps(path, false)))) return std::nullopt;
        return add_after(path);
    }

    /// Adds the other changed maps of the repository, because streams may have moved from or to them.
    void add_elsewhere() {
        if (is_unchanged()) return;
        std::map<std::string, VersionedMap> old, fresh;
        if (const auto all = tree_.maps_below("", true))
            for (const std::string& name : files_among(all.value()))
                if (auto text = before_.contains(name) || after_.contains(name) ? Result<std::string>(Failure{})
                                                                                : tree_.read(name))
                    old[name] = {
                        name, {name, std::move(text.value())}, shown_from_here(in_tree(name)), place_of(name), false};
        std::vector<std::string> ignored;
        if (const auto found = find_maps({repository_.top()}, links_, Which::all, ignored))
            for (const FoundMap& one : found.value()) add_elsewhere(one, fresh);
        // a hidden folder may be the new place of a stream, or its old one
        for (const auto& [name, tracked] : reader_.index())
            if (!is_map_in_sight(name) && name.ends_with(".vsm") && exists(in_tree(name)))
                if (const auto found = named_map(in_tree(name), links_)) add_elsewhere(found.value(), fresh);
        for (auto& [name, map] : old) {
            const auto now = fresh.find(name);
            const bool left_out = now == fresh.end() && is_there(name);
            if (left_out || (now != fresh.end() && now->second.file.text == map.file.text)) {
                fresh.erase(name);
                continue;
            }
            before_.emplace(name, std::move(map));
        }
        for (auto& [name, map] : fresh) after_.emplace(name, std::move(map));
    }

    void take(Versions& versions) {
        // what is neither a file nor a folder now has a note
        std::erase_if(before_, [&](const auto& one) { return !after_.contains(one.first) && is_special(one.first); });
        for (auto& [name, map] : before_) versions.before.push_back(std::move(map));
        for (auto& [name, map] : after_) versions.after.push_back(std::move(map));
        versions.notes = std::move(passed_over_);
    }

private:
    static std::string shown(const std::string& folder, const std::string& below) {
        return folder == "." ? below : (fs::path(folder) / below).string();
    }
    static Failure cannot_read(const std::string& path, const std::string& why) {
        return Failure{fmt::format("cannot read {} as it was: {}", path, why)};
    }

    FoundMap place_of(const std::string& name) const { return map_at(in_tree(name)); }
    std::string in_tree(const std::string& name) const { return (fs::path(repository_.top()) / name).string(); }

    /// A pipe, a socket or a device.
    bool is_special(const std::string& name) const {
        std::error_code none;
        return fs::is_other(in_tree(name), none);
    }

    /// True as well for files that a sparse checkout leaves out.
    bool is_there(const std::string& name) const {
        const auto tracked = reader_.index().find(name);
        return exists(in_tree(name)) || (tracked != reader_.index().end() && tracked->second.left_out);
    }

    /// The maps that exist, each once, as the folder walk finds them: without dangling links and links to a file
    /// that is there itself.
    std::vector<std::string> files_among(const std::vector<std::string>& names) const {
        std::vector<std::string> files, links;
        for (const std::string& name : names) {
            const auto entry = tree_.find(name);
            (entry && entry.value() && entry.value()->link ? links : files).push_back(name);
        }
        std::set<std::string> seen(files.begin(), files.end());
        for (const std::string& name : links) {
            const auto real = tree_.follow(name);
            if (real && tree_.read(name) && seen.insert(real.value()).second) files.push_back(name);
        }
        std::sort(files.begin(), files.end());
        return files;
    }

    std::optional<Failure> add_before(const std::string& path, const std::string& top) {
        const auto named = tree_.find(top);
        if (!named) return cannot_read(path, named.error());
        if (named.value())
            if (const auto failed = add_version(top, path, true)) return failed;
        if (fs::is_regular_file(path)) return std::nullopt;
        const auto below = tree_.maps_below(top);
        if (!below) return cannot_read(path, below.error());
        for (const std::string& name : files_among(below.value())) {
            if (const auto failed = add_version(name, shown(path, below_of(name, top)), true)) return failed;
        }
        return std::nullopt;
    }

    bool is_unchanged() const {
        return std::equal(before_.begin(), before_.end(), after_.begin(), after_.end(),
                          [](const auto& a, const auto& b) {
                              return a.first == b.first && a.second.file.text == b.second.file.text;
                          });
    }

    /// Skips maps that cannot be read: nobody requested them.
    void add_elsewhere(const FoundMap& found, std::map<std::string, VersionedMap>& fresh) {
        const auto name = repository_.inside(found.path);
        if (!name || before_.contains(name.value()) || after_.contains(name.value()) ||
            repository_.is_in_another(name.value()))
            return;
        auto input = read_map(found);
        if (!input) return;
        const std::string here = shown_from_here(found.path);
        fresh[name.value()] = {
            name.value(), {here, std::move(input.value().text)}, here, place_of(name.value()), false};
    }

    static std::string below_of(const std::string& name, const std::string& top) {
        return top.empty() ? name : name.substr(top.size() + 1);
    }

    std::optional<Failure> add_version(const std::string& name, const std::string& path, bool requested) {
        auto text = tree_.read(name);
        if (!text) return cannot_read(path, text.error());
        before_[name] = {name, {name, std::move(text.value())}, path, place_of(name), requested};
        return std::nullopt;
    }

    /// Adds maps that a sparse checkout leaves out: they were not removed.
    std::optional<Failure> add_left_out(const std::string& path, const std::string& top) {
        for (const auto& [name, tracked] : reader_.index()) {
            const bool below = top.empty() || name.starts_with(top + "/");
            if (!tracked.left_out || (name != top && !(below && is_map_in_sight(below_of(name, top))))) continue;
            const std::string here = name == top ? path : shown(path, below_of(name, top));
            if (exists(here)) continue;
            auto text = repository_.objects().file(tracked.object);
            if (!text)
                return Failure{fmt::format("cannot read {}, which this checkout leaves out: {}", here, text.error())};
            after_[name] = {name, {here, std::move(text.value())}, here, place_of(name)};
        }
        return std::nullopt;
    }

    std::optional<Failure> add_after(const std::string& path) {
        auto inputs = read_maps(path, links_, reader_.files(), passed_over_);
        if (!inputs) return Failure{inputs.error()};
        for (InputFile& input : inputs.value()) {
            const auto name = repository_.inside(input.path);
            if (!name) return Failure{name.error()};
            // A submodule has its own history; here each of its maps would look new.
            if (repository_.is_in_another(name.value())) continue;
            const std::string here = input.path;
            after_[name.value()] = {name.value(), std::move(input), here, place_of(name.value())};
        }
        return std::nullopt;
    }

    const Repository& repository_;
    const Tree& tree_;
    Links links_;
    WorkTreeReader& reader_;
    std::map<std::string, VersionedMap> before_, after_;
    std::vector<std::string> passed_over_;
};

/// The paths of the command line that are not folders, relative to the top.
Result<std::vector<std::string>> named_files(const Repository& repository, const std::vector<std::string>& paths) {
    std::vector<std::string> files;
    for (const std::string& path : paths) {
        if (path == "-" || is_folder(path)) continue;
        auto inside = repository.inside(path);
        if (!inside) return Failure{inside.error()};
        files.push_back(std::move(inside.value()));
    }
    return files;
}

std::string crossed(const std::string& revision, const std::vector<Revision>& bases) {
    std::string others;
    for (std::size_t i = 1; i < bases.size(); ++i) others += (i == 1 ? "" : ", ") + bases[i].id.substr(0, 8);
    return fmt::format("HEAD and `{}` parted at {} commits, for their branches crossed; compared with {}, not with {} "
                       "(`--against {}` does)",
                       revision, bases.size(), bases.front().id.substr(0, 8), others, bases[1].id.substr(0, 8));
}

}  // namespace

Result<Versions> versions_of_paths(const std::string& before, const std::string& after, Links links) {
    if (before == "-" && after == "-") return Failure{"only one of the two can come from the standard input"};
    for (const std::string& path : {before, after})
        if (path != "-" && !exists(path))
            return Failure{fmt::format("cannot read {}: no such file or directory", path.empty() ? "``" : path)};
    if (is_folder(before) != is_folder(after))
        return Failure{fmt::format("{} is a folder and {} is none; give two files or two folders",
                                   is_folder(before) ? before : after, is_folder(before) ? after : before)};
    const bool folders = is_folder(before);
    Versions versions;
    const auto read = [&](const std::string& path,
                          std::unique_ptr<SourceReader>& reader) -> Result<std::vector<VersionedMap>> {
        auto imports = std::make_unique<ImportReader>();
        reader = std::move(imports);
        auto inputs = read_maps(path, links, static_cast<ImportReader&>(*reader), versions.notes);
        // A folder without maps is fine if the other one has some.
        if (!inputs && folders && !has_maps(path, true)) return std::vector<VersionedMap>();
        if (!inputs) return Failure{inputs.error()};
        std::vector<VersionedMap> maps;
        for (InputFile& input : inputs.value()) {
            const std::string here = input.path;
            // Two named files are always one pair; standard input takes the place of the other file.
            const std::string& place = folders ? here : after == "-" ? before : after;
            maps.push_back({folders ? fs::path(here).lexically_relative(path).generic_string() : "", std::move(input),
                            here, map_at(place)});
        }
        return maps;
    };
    auto old = read(before, versions.before_reader);
    if (!old) return Failure{old.error()};
    auto fresh = read(after, versions.after_reader);
    if (!fresh) return Failure{fresh.error()};
    if (old.value().empty() && fresh.value().empty())
        return Failure{fmt::format("there is no map (*.vsm) in {} or {}", before, after)};
    versions.before = std::move(old.value());
    versions.after = std::move(fresh.value());
    return versions;
}

Result<Versions> versions_since(const std::string& revision, const std::vector<std::string>& paths, Links links) {
    for (const std::string& path : paths)
        if (const auto named = named_map(path, links); !named) return Failure{named.error()};
    const auto repository = Repository::open(nearest_folder(paths.front()), Purpose::diff);
    if (!repository) return Failure{repository.error()};
    const auto bases = repository.value().merge_bases(revision);
    if (!bases) return Failure{bases.error()};
    const auto tree = repository.value().tree(bases.value().front());
    if (!tree) return Failure{tree.error()};
    const auto files = named_files(repository.value(), paths);
    if (!files) return Failure{files.error()};
    auto index = repository.value().index(files.value());
    if (!index) return Failure{index.error()};
    auto reader = std::make_unique<WorkTreeReader>(repository.value(), std::move(index.value()));
    Gatherer gatherer(repository.value(), tree.value(), links, *reader);
    for (const std::string& path : paths)
        if (const auto failed = gatherer.add(path)) return *failed;
    gatherer.add_elsewhere();
    Versions versions;
    gatherer.take(versions);
    versions.before_reader = std::make_unique<RevisionReader>(tree.value());
    versions.after_reader = std::move(reader);
    versions.objects = repository.value().objects();
    if (bases.value().size() > 1) versions.notes.push_back(crossed(revision, bases.value()));
    return versions;
}

}  // namespace vsm::cli
