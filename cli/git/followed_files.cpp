#include "cli/git/followed_files.h"

#include <algorithm>

namespace vsm::cli {
namespace {

using runtime::StreamSketch;

class FileFinder {
public:
    FileFinder(const Followed& followed, const std::vector<Commit>& commits, const std::vector<Tree>& trees,
               MapCache& maps)
        : followed_(followed), commits_(commits), trees_(trees), maps_(maps) {}

    Result<std::set<std::string>> run() {
        if (followed_.is_file) {
            files_.insert(followed_.path);
        } else {
            const auto now = trees_.back().maps_below(followed_.path);
            if (!now) return Failure{now.error()};
            files_.insert(now.value().begin(), now.value().end());
        }
        // Whether two commits have the same stream may depend on files that nobody asked for.
        add_all(trees_.back());
        // First find where streams came from, newest commit first; then where they moved to.
        for (std::size_t i = commits_.size(); i-- > 0;)
            for (const std::size_t parent : commits_[i].parents) look_back(parent, i);
        for (std::size_t i = 0; i < commits_.size(); ++i)
            for (const std::size_t parent : commits_[i].parents)
                if (const auto changed = changes(parent, i))
                    add_related(changed.value(), trees_[parent], &ChangedFile::before, trees_[i], &ChangedFile::after);
        return std::move(files_);
    }

private:
    void add_all(const Tree& tree) {
        if (const auto all = tree.maps_below("")) files_.insert(all.value().begin(), all.value().end());
    }

    /// Takes all maps where the clone lacks objects: reading the figures reports them.
    void look_back(std::size_t before, std::size_t after) {
        const auto changed = changes(before, after);
        if (!changed) return add_all(trees_[before]), add_all(trees_[after]);
        for (const ChangedFile& one : changed.value())
            if (is_requested(followed_, one.path) || is_map_in_sight(one.path)) files_.insert(one.path);
        add_related(changed.value(), trees_[after], &ChangedFile::after, trees_[before], &ChangedFile::before);
    }

    Result<std::vector<ChangedFile>> changes(std::size_t before, std::size_t after) const {
        if (trees_[before].is_same(trees_[after])) return std::vector<ChangedFile>();
        auto changed = trees_[after].maps_changed_since(trees_[before]);
        if (!changed || !followed_.is_file || followed_.path.ends_with(".vsm")) return changed;
        const auto was = trees_[before].find(followed_.path), is = trees_[after].find(followed_.path);
        if (!was || !is) return Failure{was ? is.error() : was.error()};
        const auto object_of = [](const auto& found) { return found.value() ? found.value()->object : std::string(); };
        if (object_of(was) != object_of(is)) changed.value().push_back({followed_.path, object_of(was), object_of(is)});
        return changed;
    }

    /// The streams of files on one side of a commit.
    struct Side {
        std::vector<StreamSketch> sketches;
        std::vector<std::size_t> values;

        void add(const MeasuredMapPtr& map, const std::string& path) {
            if (map == nullptr) return;
            for (const MeasuredMap::Stream& one : map->streams) {
                sketches.push_back(one.sketch_at(path));
                values.push_back(one.value);
            }
        }
    };

    /// Adds the files there that contain streams of followed files here.
    void add_related(const std::vector<ChangedFile>& changed, const Tree& here, std::string ChangedFile::* object_here,
                     const Tree& there, std::string ChangedFile::* object_there) {
        bool followed = false;
        for (const ChangedFile& one : changed) {
            if (!files_.contains(one.path) || (one.*object_here).empty()) continue;
            followed = true;
            if ((one.*object_there).empty())
                for (const ChangedFile& same : changed)
                    if ((same.*object_here).empty() && same.*object_there == one.*object_here) files_.insert(same.path);
        }
        if (!followed || changed.size() == 1) return;
        Side own, other;
        for (const ChangedFile& one : changed) {
            if (!(one.*object_here).empty()) own.add(maps_.at(here, one.path), one.path);
            if (!(one.*object_there).empty()) other.add(maps_.at(there, one.path), one.path);
        }
        const auto pairs = runtime::pair_by_name(own.sketches, other.sketches, [&](std::size_t a, std::size_t b) {
            return own.values[a] == other.values[b] && own.sketches[a].elements == other.sketches[b].elements;
        });
        for (std::size_t i = 0; i < pairs.size(); ++i)
            if (pairs[i] && files_.contains(own.sketches[i].path)) files_.insert(other.sketches[*pairs[i]].path);
    }

    const Followed& followed_;
    const std::vector<Commit>& commits_;
    const std::vector<Tree>& trees_;
    MapCache& maps_;
    std::set<std::string> files_;
};

}  // namespace

bool is_requested(const Followed& followed, const std::string& path) {
    if (followed.is_file) return path == followed.path;
    if (followed.path.empty()) return is_map_in_sight(path);
    // a file may have had the folder's name
    if (path == followed.path) return true;
    return path.starts_with(followed.path + "/") &&
           is_map_in_sight(std::string_view(path).substr(followed.path.size() + 1));
}

Result<std::set<std::string>> files_of(const Followed& followed, const std::vector<Commit>& commits,
                                       const std::vector<Tree>& trees, MapCache& maps) {
    return FileFinder(followed, commits, trees, maps).run();
}

}  // namespace vsm::cli
