#include "runtime/diff/file_pairs.h"

#include <algorithm>
#include <map>
#include <set>

#include "runtime/diff/stream_changes.h"
#include "runtime/diff/stream_pairs.h"

namespace vsm::runtime {
namespace {

using ir::StreamId;

/// A stream and its file, within a version.
struct Place {
    std::size_t file;
    StreamId id;
};

struct Version {
    explicit Version(std::span<const FileSide> all) : files(all), streams_of(all.size()) {
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (files[i].model == nullptr) continue;
            for (const StreamId id : own_streams(*files[i].model)) {
                streams_of[i].push_back(streams.size());
                streams.push_back({i, id});
                sketches.push_back(sketch_of(*files[i].model, id, files[i].path));
            }
        }
    }

    /// Marks the streams whose file does not compile in the other version.
    void mark_unread_in(std::span<const FileSide> other) {
        std::set<std::string_view> unread;
        for (const FileSide& file : other)
            if (file.model == nullptr) unread.insert(file.path);
        for (StreamSketch& sketch : sketches) sketch.may_be_unread = unread.contains(sketch.path);
    }

    StreamSide side(std::size_t stream) const {
        const ir::CheckedModel& model = *files[streams[stream].file].model;
        return {model.model(), model.stream(streams[stream].id)};
    }

    std::span<const FileSide> files;
    std::vector<Place> streams;
    std::vector<StreamSketch> sketches;
    std::vector<std::vector<std::size_t>> streams_of;  ///< by file
};

std::set<std::string_view> teams_of(const FileSide& file) {
    std::set<std::string_view> names;
    if (file.model == nullptr) return names;
    for (const ir::Team& team : file.model->model().teams)
        if (team.declared && !team.imported) names.insert(team.name.value);
    return names;
}

/// The words of a text that does not compile, and those that it seems to declare as streams or futures.
struct Words {
    explicit Words(std::string_view text) {
        const auto in_name = [](char c) {
            return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        };
        std::string_view last;
        for (std::size_t i = 0; i < text.size();) {
            std::size_t end = i;
            while (end < text.size() && in_name(text[end])) ++end;
            if (end > i) {
                const std::string_view word = text.substr(i, end - i);
                if (last == "stream" || last == "future") declared.insert(word);
                all.insert(word);
                last = word;
            }
            i = end + 1;
        }
    }
    std::set<std::string_view> all, declared;
};

class FilePairer {
public:
    FilePairer(std::span<const FileSide> before, std::span<const FileSide> after)
        : before_(before), after_(after), after_of_(before.size()), before_of_(after.size()) {
        before_.mark_unread_in(after);
        after_.mark_unread_in(before);
    }

    std::vector<FilePair> run() {
        pair_streams_of_all();
        pair_by_path();
        find_unread();
        pair_gone();
        for (std::size_t i = 0; i < after_.files.size(); ++i) add_after(i);
        for (std::size_t i = 0; i < before_.files.size(); ++i) add_gone(i);
        return std::move(pairs_);
    }

private:
    void pair_streams_of_all() {
        const auto same_content = [&](std::size_t a, std::size_t b) {
            const StreamSketch &old = before_.sketches[a], &fresh = after_.sketches[b];
            if (old.title != fresh.title || old.elements != fresh.elements) return false;
            StreamChange change;
            StreamComparer(before_.side(a), after_.side(b)).run(change);
            return change.elements.empty() && change.values.empty();
        };
        stream_after_ = pair_streams(before_.sketches, after_.sketches, same_content);
        stream_before_.resize(after_.streams.size());
        for (std::size_t i = 0; i < stream_after_.size(); ++i)
            if (stream_after_[i]) stream_before_[*stream_after_[i]] = i;
    }

    void pair(std::size_t before, std::size_t after) {
        after_of_[before] = after;
        before_of_[after] = before;
    }

    void pair_by_path() {
        std::map<std::string_view, std::size_t> fresh;
        for (std::size_t i = 0; i < after_.files.size(); ++i) fresh.emplace(after_.files[i].path, i);
        for (std::size_t i = 0; i < before_.files.size(); ++i)
            if (const auto found = fresh.find(before_.files[i].path); found != fresh.end()) pair(i, found->second);
    }

    /// Finds the streams that may be in a file that does not compile now: it declares, or at least mentions, their
    /// name.
    void find_unread() {
        unread_in_.resize(before_.streams.size());
        std::map<std::size_t, Words> broken;
        for (std::size_t i = 0; i < after_.files.size(); ++i) {
            const FileSide& file = after_.files[i];
            const bool same = before_of_[i] && before_.files[*before_of_[i]].text == file.text;
            if (file.model == nullptr && !same) broken.emplace(i, Words(file.text));
        }
        for (std::size_t i = 0; i < before_.streams.size() && !broken.empty(); ++i) {
            if (stream_after_[i] || before_.sketches[i].may_be_unread) continue;
            const std::string& name = before_.sketches[i].name;
            for (const bool declared : {true, false})
                for (const auto& [file, words] : broken)
                    if (!unread_in_[i] && (declared ? words.declared : words.all).contains(name) &&
                        !had_own(file, name))
                        unread_in_[i] = file;
        }
    }

    /// Whether a file had a stream of that name before: the name is its own.
    bool had_own(std::size_t file, const std::string& name) const {
        if (!before_of_[file]) return false;
        const auto& own = before_.streams_of[*before_of_[file]];
        return std::any_of(own.begin(), own.end(), [&](std::size_t one) { return before_.sketches[one].name == name; });
    }

    /// Pairs deleted with new files.
    void pair_gone() {
        std::multimap<std::string_view, std::size_t> by_text, by_team;
        for (std::size_t i = 0; i < after_.files.size(); ++i) {
            if (before_of_[i]) continue;
            by_text.emplace(after_.files[i].text, i);
            if (after_.streams_of[i].empty())
                for (const std::string_view name : teams_of(after_.files[i])) by_team.emplace(name, i);
        }
        const auto first_free = [&](const auto& places, std::string_view key) -> std::optional<std::size_t> {
            for (auto [at, end] = places.equal_range(key); at != end; ++at)
                if (!before_of_[at->second]) return at->second;
            return std::nullopt;
        };
        for (std::size_t i = 0; i < before_.files.size(); ++i) {
            if (after_of_[i]) continue;
            std::optional<std::size_t> other = first_free(by_text, before_.files[i].text);
            if (!other) other = holder_of_most(i);
            if (before_.streams_of[i].empty())
                for (const std::string_view name : teams_of(before_.files[i]))
                    if (!other) other = first_free(by_team, name);
            if (other) pair(i, *other);
        }
    }

    /// The new file that received more than half of the streams.
    std::optional<std::size_t> holder_of_most(std::size_t file) const {
        std::map<std::size_t, std::size_t> counts;
        for (const std::size_t stream : before_.streams_of[file]) {
            if (stream_after_[stream]) ++counts[after_.streams[*stream_after_[stream]].file];
            if (unread_in_[stream]) ++counts[*unread_in_[stream]];
        }
        std::optional<std::size_t> best;
        for (const auto& [other, count] : counts)
            if (!before_of_[other] && 2 * count > before_.streams_of[file].size()) best = other;
        return best;
    }

    /// Adds a file with its predecessor, and with what moved into it from other files.
    void add_after(std::size_t file) {
        std::map<std::size_t, CompareScope> from;
        FilePair whole;
        whole.after = file;
        whole.before = before_of_[file];
        whole.moved = whole.before && before_.files[*whole.before].path != after_.files[file].path;
        for (const std::size_t stream : after_.streams_of[file]) {
            const StreamId id = after_.streams[stream].id;
            const auto old = stream_before_[stream];
            const bool here = !old || before_.streams[*old].file == whole.before;
            CompareScope& scope = here ? whole.scope : from[before_.streams[*old].file];
            scope.after.push_back(id);
            if (old) scope.pairs.emplace(before_.streams[*old].id, id);
        }
        if (whole.before) {
            for (const std::size_t stream : before_.streams_of[*whole.before])
                if (stream_after_[stream] ? after_.streams[*stream_after_[stream]].file == file : !unread_in_[stream])
                    whole.scope.before.push_back(before_.streams[stream].id);
        }
        const bool may_hold = add_unread(whole);
        const bool came = !whole.before;
        // A new file that contains only moved streams is reported by the pairs of its moves.
        const bool requested = after_.files[file].requested;
        const bool told = requested || may_hold || (whole.before && before_.files[*whole.before].requested);
        if (told && (!came || from.empty() || !whole.scope.after.empty())) pairs_.push_back(std::move(whole));
        for (auto& [old, scope] : from) {
            if (!requested && !before_.files[old].requested) continue;
            FilePair moved;
            moved.before = old;
            moved.after = file;
            moved.whole = false;
            moved.moved = came || !after_of_[old];
            for (const auto& [before, after] : scope.pairs) scope.before.push_back(before);
            scope.streams_alone = true;
            moved.scope = std::move(scope);
            pairs_.push_back(std::move(moved));
        }
    }

    /// Adds the streams that may be in the file. Returns whether any is of a requested file.
    bool add_unread(FilePair& pair) const {
        bool requested = false;
        for (std::size_t i = 0; i < before_.streams.size(); ++i) {
            if (unread_in_[i] != pair.after || before_.streams[i].file == pair.before) continue;
            pair.may_hold.emplace_back(before_.streams[i].file, before_.streams[i].id);
            requested = requested || before_.files[before_.streams[i].file].requested;
        }
        return requested;
    }

    /// Adds a deleted file, unless all its streams moved elsewhere.
    void add_gone(std::size_t file) {
        if (after_of_[file] || !before_.files[file].requested) return;
        FilePair gone;
        gone.before = file;
        for (const std::size_t stream : before_.streams_of[file])
            if (!stream_after_[stream] && !unread_in_[stream]) gone.scope.before.push_back(before_.streams[stream].id);
        if (gone.scope.before.empty() && !before_.streams_of[file].empty()) return;
        pairs_.push_back(std::move(gone));
    }

    Version before_, after_;
    std::vector<std::optional<std::size_t>> after_of_, before_of_;          ///< files
    std::vector<std::optional<std::size_t>> stream_after_, stream_before_;  ///< streams
    std::vector<std::optional<std::size_t>> unread_in_;  ///< by stream before: the file after that may hold it
    std::vector<FilePair> pairs_;
};

}  // namespace

std::vector<FilePair> pair_files(std::span<const FileSide> before, std::span<const FileSide> after) {
    return FilePairer(before, after).run();
}

}  // namespace vsm::runtime
