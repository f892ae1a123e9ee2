#include "cli/git/forked_streams.h"

#include <algorithm>
#include <set>
#include <utility>

namespace vsm::cli {
namespace {

using Fresh = std::map<std::string, std::shared_ptr<FileSnapshot>>;

class Forker {
public:
    Forker(std::vector<const Snapshot*> before, Lineages& lineages, Snapshot& shared, const Fresh& fresh)
        : before_(std::move(before)), lineages_(lineages), shared_(shared), fresh_(fresh) {
        for (const auto& [path, file] : shared.files()) add(path, file->streams);
        for (const auto& [path, file] : fresh) add(path, file->streams);
    }

    /// The forks, with positions among the parents instead of their commits.
    std::vector<Fork> run() {
        std::vector<Fork> forks;
        const auto all = places_;
        for (const auto& [lineage, places] : all) {
            // A branch from before a fork knows the copy under the old lineage.
            if (places.size() == 1 && is_copy(lineage, places.front()))
                forks.push_back(fork(lineage, places.front(), nullptr));
            if (places.size() < 2) continue;
            const std::size_t kept = kept_of(lineage, places);
            for (std::size_t i = 0; i < places.size(); ++i)
                if (i != kept) forks.push_back(fork(lineage, places[i], &places[kept]));
        }
        return forks;
    }

private:
    /// A stream of the merge.
    struct Place {
        std::string path;
        std::size_t position;  ///< in its file
    };

    void add(const std::string& path, const std::vector<StreamSnapshot>& streams) {
        for (std::size_t i = 0; i < streams.size(); ++i)
            if (streams[i].lineage != absent) places_[lineages_.find(streams[i].lineage)].push_back({path, i});
    }

    const StreamSnapshot& at(const Place& place) const {
        const auto found = fresh_.find(place.path);
        const auto& streams =
            found != fresh_.end() ? found->second->streams : shared_.files().find(place.path)->second->streams;
        return streams[place.position];
    }

    /// Another lineage that a parent has there under the same name, and nothing of the merge has yet.
    std::size_t heir_at(std::size_t lineage, const Place& place) const {
        const runtime::StreamSketch& sketch = at(place).sketch;
        for (const Snapshot* parent : before_) {
            const auto file = parent->files().find(place.path);
            if (file == parent->files().end()) continue;
            for (const StreamSnapshot& one : file->second->streams) {
                const std::size_t other = lineages_.find(one.lineage);
                if (one.sketch.name == sketch.name && other != lineage && !places_.contains(other)) return other;
            }
        }
        return absent;
    }

    std::size_t kept_of(std::size_t lineage, const std::vector<Place>& places) const {
        std::size_t kept = places.size();
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (heir_at(lineage, places[i]) != absent) continue;
            if (kept == places.size()) kept = i;
            if (at_first_parent(lineage, places[i])) return i;
        }
        return kept == places.size() ? 0 : kept;
    }

    bool at_first_parent(std::size_t lineage, const Place& place) const {
        for (const Snapshot* parent : before_)
            if (const StreamSnapshot* was = parent->find(lineage, lineages_)) return was->sketch.path == place.path;
        return false;
    }

    bool is_copy(std::size_t lineage, const Place& place) const {
        const std::size_t heir = heir_at(lineage, place);
        return heir != absent && std::any_of(before_.begin(), before_.end(), [&](const Snapshot* parent) {
                   const StreamSnapshot* was = parent->find(lineage, lineages_);
                   return was != nullptr && was->sketch.path != place.path && parent->find(heir, lineages_) != nullptr;
               });
    }

    /// `kept` is where the old lineage goes on, if anywhere.
    Fork fork(std::size_t lineage, const Place& place, const Place* kept) {
        Fork made;
        made.from = lineage;
        made.to = heir_at(lineage, place);
        if (made.to == absent) made.to = lineages_.add();
        places_[made.to].push_back(place);
        for (std::size_t i = 0; i < before_.size(); ++i) {
            const StreamSnapshot* was = before_[i]->find(lineage, lineages_);
            if (was != nullptr && was->sketch.path == place.path && (kept == nullptr || was->sketch.path != kept->path))
                made.parents.push_back(i);
        }
        if (kept != nullptr) made.kept = at(*kept);
        made.copy = with_lineage(place, made.to);
        return made;
    }

    StreamSnapshot with_lineage(const Place& place, std::size_t lineage) {
        if (const auto found = fresh_.find(place.path); found != fresh_.end()) {
            found->second->streams[place.position].lineage = lineage;
            return found->second->streams[place.position];
        }
        auto copy = std::make_shared<FileSnapshot>(*shared_.files().find(place.path)->second);
        copy->streams[place.position].lineage = lineage;
        shared_.add(place.path, copy);
        return copy->streams[place.position];
    }

    const std::vector<const Snapshot*> before_;
    Lineages& lineages_;
    Snapshot& shared_;
    const Fresh& fresh_;
    std::map<std::size_t, std::vector<Place>> places_;  ///< by lineage
};

}  // namespace

std::vector<Fork> fork_copies(std::size_t commit, const std::vector<std::size_t>& parents,
                              const std::vector<std::shared_ptr<const Snapshot>>& snapshots, Lineages& lineages,
                              Snapshot& shared, const Fresh& fresh) {
    std::vector<const Snapshot*> before;
    for (const std::size_t one : parents) before.push_back(snapshots[one].get());
    auto forks = Forker(std::move(before), lineages, shared, fresh).run();
    for (Fork& one : forks) {
        one.commit = commit;
        for (std::size_t& parent : one.parents) parent = parents[parent];
    }
    return forks;
}

}  // namespace vsm::cli
