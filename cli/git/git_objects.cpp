#include "cli/git/git_objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>
#include <unordered_map>
#include <utility>

#include "cli/git/git_command.h"
#include "compiler/parse/parse.h"

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_path = 4096;   ///< PATH_MAX: no longer path can be a file
constexpr std::size_t most_maps = 100'000;   ///< of a commit: a few trees nested in each other can stand for any number
constexpr std::size_t most_known = 400'000;  ///< cached tree items, some 50 MB

struct Item {
    enum class Kind { folder, file, link, submodule } kind;
    std::string name;
    std::string object;
};

/// Sorted by name, byte by byte.
using Folder = std::vector<Item>;

const Item* find_in(const Folder& folder, std::string_view name) {
    const auto found = std::lower_bound(folder.begin(), folder.end(), name,
                                        [](const Item& one, std::string_view wanted) { return one.name < wanted; });
    return found != folder.end() && found->name == name ? &*found : nullptr;
}

std::optional<Item::Kind> kind_of(std::string_view mode) {
    if (mode == "40000") return Item::Kind::folder;
    if (mode == "120000") return Item::Kind::link;
    if (mode == "160000") return Item::Kind::submodule;
    return mode.starts_with("100") ? std::optional(Item::Kind::file) : std::nullopt;
}

/// `40000 name<NUL><object>`, one behind the other.
Folder read_folder(std::string_view bytes, std::size_t object_bytes) {
    Folder folder;
    while (!bytes.empty()) {
        const std::size_t space = bytes.find(' '), end = bytes.find('\0');
        if (space == std::string_view::npos || end == std::string_view::npos || space > end ||
            bytes.size() < end + 1 + object_bytes)
            break;
        const std::string_view mode = bytes.substr(0, space);
        if (const auto kind = kind_of(mode))
            folder.push_back({*kind, std::string(bytes.substr(space + 1, end - space - 1)),
                              std::string(bytes.substr(end + 1, object_bytes))});
        bytes.remove_prefix(end + 1 + object_bytes);
    }
    std::sort(folder.begin(), folder.end(), [](const Item& a, const Item& b) { return a.name < b.name; });
    return folder;
}

std::string hexadecimal(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return text;
}

std::string joined(const std::string& folder, const std::string& name) {
    return folder.empty() ? name : folder + "/" + name;
}

bool is_map(const Item& item) {
    return (item.kind == Item::Kind::file || item.kind == Item::Kind::link) && item.name.ends_with(".vsm");
}

}  // namespace

bool is_map_in_sight(std::string_view path) {
    const std::string_view folder = path.substr(0, path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/'));
    return path.ends_with(".vsm") && !folder.starts_with(".") && folder.find("/.") == std::string_view::npos;
}

/// Reads objects and caches trees.
class Objects {
public:
    explicit Objects(std::string folder) : folder_(std::move(folder)) {}

    /// An object by any name, at most `most` bytes of it. Fails if the clone lacks it or git ended.
    Result<std::string> read(const std::string& name, std::string_view type, std::size_t most) {
        if (!child_) {
            auto started = start_git(folder_, {"cat-file", "--batch"});
            if (!started) return Failure{started.error()};
            child_ = std::make_unique<Child>(std::move(started.value()));
        }
        // `<object> <type> <size>`, the bytes, a line end; or `<name> missing`. If a partial clone lacks it, git
        // wants to fetch, may not, and ends.
        const auto head = child_->write(name + "\n") ? child_->read_line() : std::nullopt;
        if (!head) {
            child_.reset();
            return is_partial() ? lacking_one() : Failure{"git ended before all of it was read"};
        }
        const std::size_t space = head->rfind(' ');
        std::size_t size = 0;
        if (space == std::string::npos ||
            std::from_chars(head->data() + space + 1, head->data() + head->size(), size).ec != std::errc())
            return lacking_one();
        auto text = child_->read(std::min(size, most));
        if (!text || !child_->skip(size - text->size() + 1)) {
            child_.reset();
            return Failure{"git ended before all of it was read"};
        }
        if (head->find(fmt::format(" {} ", type)) == std::string::npos)
            return Failure{fmt::format("git keeps it as something else than a {}", type)};
        return std::move(*text);
    }

    /// A file by its hash in hexadecimal digits.
    Result<std::string> file(const std::string& name) { return read(name, "blob", parse::most_bytes + 1); }

    Result<std::shared_ptr<const Folder>> folder(const std::string& object) {
        if (const auto known = folders_.find(object); known != folders_.end()) return known->second;
        auto bytes = read(hexadecimal(object), "tree", std::string::npos);
        if (!bytes) return Failure{bytes.error()};
        auto made = std::make_shared<const Folder>(read_folder(bytes.value(), object.size()));
        known_ += made->size();
        if (known_ > most_known) folders_.clear(), known_ = made->size();
        folders_.emplace(object, made);
        return made;
    }

    /// The object of a commit's tree, by the commit's full hash.
    Result<std::string> root(const std::string& commit) {
        auto text = read(commit, "commit", 200);
        if (!text) return Failure{text.error()};
        // `tree <object>` is its first line.
        const std::string_view line = std::string_view(text.value()).substr(0, text.value().find('\n'));
        std::string object;
        for (std::size_t i = 5; i + 1 < line.size(); i += 2) {
            unsigned char byte = 0;
            std::from_chars(line.data() + i, line.data() + i + 2, byte, 16);
            object += static_cast<char>(byte);
        }
        return object;
    }

    /// Whether any `*.vsm` is below a folder.
    Result<bool> holds_maps(const std::string& object, std::size_t path_bytes) {
        if (const auto known = holds_maps_.find(object); known != holds_maps_.end()) return known->second;
        bool holds = false;
        if (path_bytes < longest_path) {
            const auto inside = folder(object);
            if (!inside) return Failure{inside.error()};
            for (const Item& item : *inside.value()) {
                if (holds) break;
                holds = is_map(item);
                if (item.kind != Item::Kind::folder) continue;
                const auto below = holds_maps(item.object, path_bytes + 1 + item.name.size());
                if (!below) return below;
                holds = below.value();
            }
        }
        holds_maps_.emplace(object, holds);
        return holds;
    }

    /// Calls `use(path, item)` for each `*.vsm` below a folder. Fails if the clone lacks an object or there are too
    /// many maps.
    template <class Use>
    std::optional<Failure> for_each_map(const std::string& object, const std::string& path, bool hidden,
                                        std::size_t& left, Use use) {
        const auto holds = holds_maps(object, path.size());
        if (!holds) return Failure{holds.error()};
        if (!holds.value()) return std::nullopt;
        const auto inside = folder(object);
        if (!inside) return Failure{inside.error()};
        for (const Item& item : *inside.value()) {
            if (!hidden && item.kind == Item::Kind::folder && item.name.starts_with(".")) continue;
            const std::string here = joined(path, item.name);
            if (here.size() > longest_path) continue;
            if (item.kind == Item::Kind::folder) {
                if (const auto failed = for_each_map(item.object, here, hidden, left, use)) return failed;
            } else if (is_map(item)) {
                if (left-- == 0) return Failure{fmt::format("there are over {} maps in a commit", most_maps)};
                use(here, item);
            }
        }
        return std::nullopt;
    }

    const std::string& top() const { return folder_; }

    /// Counts a read that failed for want of an object.
    Failure lack(std::string why) {
        ++lacking_;
        why_ = std::move(why);
        return Failure{why_};
    }
    std::size_t lacking() const { return lacking_; }
    const std::string& why_lacking() const { return why_; }

private:
    Failure lacking_one() { return lack(lacks_content); }

    bool is_partial() {
        if (!partial_) {
            const auto said =
                run_git(folder_, {"config", "--get-regexp", "^(remote\\..*\\.promisor|extensions\\.partialclone)$"});
            partial_ = said && !said.value().out.empty();
        }
        return *partial_;
    }

    std::string folder_;
    std::unique_ptr<Child> child_;
    std::optional<bool> partial_;
    std::unordered_map<std::string, std::shared_ptr<const Folder>> folders_;
    std::unordered_map<std::string, bool> holds_maps_;
    std::size_t known_ = 0;
    std::size_t lacking_ = 0;
    std::string why_;
};

namespace {

/// Finds the maps that differ between two trees.
class Comparer {
public:
    explicit Comparer(Objects& objects) : objects_(objects) {}

    /// Either side may be null.
    std::optional<Failure> compare(const std::string* before, const std::string* after, const std::string& path) {
        if ((before != nullptr && after != nullptr && *before == *after) || path.size() > longest_path)
            return std::nullopt;
        if (before == nullptr || after == nullptr) {
            return objects_.for_each_map(before != nullptr ? *before : *after, path, true, left_,
                                         [&](const std::string& here, const Item& item) {
                                             changes_.push_back({here, before != nullptr ? item.object : "",
                                                                 before != nullptr ? "" : item.object});
                                         });
        }
        // The same pair of trees may occur very many times.
        std::pair<std::string, std::string> both(*before, *after);
        if (alike_.contains(both)) return std::nullopt;
        const auto old = objects_.folder(*before), fresh = objects_.folder(*after);
        if (!old || !fresh) return Failure{old ? fresh.error() : old.error()};
        const std::size_t known = changes_.size();
        if (const auto failed = compare(*old.value(), *fresh.value(), path)) return failed;
        if (changes_.size() == known) alike_.insert(std::move(both));
        return std::nullopt;
    }

    std::vector<ChangedFile> take() { return std::move(changes_); }

private:
    std::optional<Failure> compare(const Folder& old, const Folder& fresh, const std::string& path) {
        for (auto a = old.begin(), b = fresh.begin(); a != old.end() || b != fresh.end();) {
            const bool only_old = b == fresh.end() || (a != old.end() && a->name < b->name);
            const bool only_fresh = a == old.end() || (b != fresh.end() && b->name < a->name);
            const Item* was = only_fresh ? nullptr : &*a;
            const Item* is = only_old ? nullptr : &*b;
            if (const auto failed = compare(was, is, joined(path, was != nullptr ? was->name : is->name)))
                return failed;
            if (!only_fresh) ++a;
            if (!only_old) ++b;
        }
        return std::nullopt;
    }

    /// Handles a file that became a folder, and the reverse.
    std::optional<Failure> compare(const Item* was, const Item* is, const std::string& path) {
        const auto folder_of = [](const Item* item) {
            return item != nullptr && item->kind == Item::Kind::folder ? &item->object : nullptr;
        };
        const auto map_of = [](const Item* item) {
            return item != nullptr && is_map(*item) ? item->object : std::string();
        };
        if (const std::string before = map_of(was), after = map_of(is); before != after) {
            if (left_-- == 0) return Failure{fmt::format("over {} maps change in a commit", most_maps)};
            changes_.push_back({path, before, after});
        }
        const std::string *before = folder_of(was), *after = folder_of(is);
        return before != nullptr || after != nullptr ? compare(before, after, path) : std::nullopt;
    }

    Objects& objects_;
    std::vector<ChangedFile> changes_;
    std::set<std::pair<std::string, std::string>> alike_;  ///< pairs of trees with equal maps
    std::size_t left_ = most_maps;
};

}  // namespace

Result<std::optional<Tree::Entry>> Tree::find(const std::string& path) const {
    std::string object = root_;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = path.find('/', begin);
        const auto inside = objects_->folder(object);
        if (!inside) return Failure{inside.error()};
        const Item* item = find_in(*inside.value(),
                                   std::string_view(path).substr(begin, end == std::string::npos ? end : end - begin));
        if (item == nullptr) return std::optional<Entry>();
        if (end == std::string::npos)
            return item->kind == Item::Kind::file || item->kind == Item::Kind::link
                       ? std::optional(Entry{item->object, item->kind == Item::Kind::link})
                       : std::nullopt;
        if (item->kind == Item::Kind::submodule)
            return objects_->lack(
                fmt::format("it lies in the submodule `{}`, which has a history of its own", path.substr(0, end)));
        if (item->kind != Item::Kind::folder) return std::optional<Entry>();
        object = item->object;
        begin = end + 1;
    }
}

Result<std::string> Tree::follow(const std::string& path, Lookups* lookups) const {
    const Failure leads_out{"it is a link that leads out of the repository"};
    constexpr int most_links = 40;  // as many as the kernel follows
    std::vector<std::string> left;  // the next name last
    const auto add_names = [&](const fs::path& names) {
        const std::vector<fs::path> all(names.begin(), names.end());
        for (auto name = all.rbegin(); name != all.rend(); ++name) left.push_back(name->string());
    };
    add_names(path);
    fs::path at;
    for (int links = 0; !left.empty();) {
        const std::string name = std::move(left.back());
        left.pop_back();
        if (name.empty() || name == ".") continue;
        if (name == "..") {
            if (at.empty()) return leads_out;
            at = at.parent_path();
            continue;
        }
        at /= name;
        const auto found = find(at.generic_string());
        if (!found) return Failure{found.error()};
        if (!found.value()) continue;  // a folder, or nothing
        if (!found.value()->link) continue;
        if (lookups != nullptr) (*lookups)[at.generic_string()] = found.value()->object;
        const auto to = objects_->file(hexadecimal(found.value()->object));
        if (!to) return to;
        if (++links > most_links) return Failure{"too many links"};
        const fs::path target = to.value();
        const fs::path below =
            target.is_absolute() ? target.lexically_normal().lexically_relative(objects_->top()) : target;
        if (target.is_absolute() && (below.empty() || *below.begin() == "..")) return leads_out;
        at = target.is_absolute() ? fs::path() : at.parent_path();
        add_names(below);
    }
    return at.generic_string();
}

Result<std::string> Tree::read(const std::string& path, Lookups* lookups) const {
    const auto real = follow(path, lookups);
    if (!real) return real;
    const auto found = find(real.value());
    if (!found) return Failure{found.error()};
    if (lookups != nullptr) (*lookups)[real.value()] = found.value() ? found.value()->object : "";
    if (!found.value()) return Failure{"no such file"};
    return objects_->file(hexadecimal(found.value()->object));
}

Result<std::vector<std::string>> Tree::maps_below(const std::string& folder) const {
    std::string object = root_;
    for (const fs::path& name : fs::path(folder)) {
        const auto inside = objects_->folder(object);
        if (!inside) return Failure{inside.error()};
        const Item* item = find_in(*inside.value(), name.string());
        if (item == nullptr || item->kind != Item::Kind::folder) return std::vector<std::string>();
        object = item->object;
    }
    std::vector<std::string> paths;
    std::size_t left = most_maps;
    if (const auto failed = objects_->for_each_map(
            object, folder, false, left, [&](const std::string& path, const Item&) { paths.push_back(path); }))
        return *failed;
    std::sort(paths.begin(), paths.end());
    return paths;
}

Result<std::vector<ChangedFile>> Tree::maps_changed_since(const Tree& before) const {
    Comparer comparer(*objects_);
    if (const auto failed = comparer.compare(&before.root_, &root_, "")) return *failed;
    auto changes = comparer.take();
    std::sort(changes.begin(), changes.end(),
              [](const ChangedFile& a, const ChangedFile& b) { return a.path < b.path; });
    return changes;
}

bool Tree::answers(const Lookups& lookups) const {
    return std::all_of(lookups.begin(), lookups.end(), [&](const auto& one) {
        const auto found = find(one.first);
        return found && (found.value() ? found.value()->object : "") == one.second;
    });
}

ObjectReader::ObjectReader(const std::string& folder) : objects_(std::make_shared<Objects>(folder)) {}

Result<Tree> ObjectReader::tree(const std::string& commit) const {
    auto root = objects_->root(commit);
    if (!root) return Failure{root.error()};
    return Tree(objects_, std::move(root.value()));
}

Result<std::string> ObjectReader::file(const std::string& object) const { return objects_->file(object); }

std::size_t ObjectReader::lacking() const { return objects_->lacking(); }
const std::string& ObjectReader::why_lacking() const { return objects_->why_lacking(); }

}  // namespace vsm::cli
