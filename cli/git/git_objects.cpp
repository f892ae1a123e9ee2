#include "cli/git/git_objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "cli/git/objects.h"

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;

const Item* find_in(const Folder& folder, std::string_view name) {
    const auto found = std::lower_bound(folder.begin(), folder.end(), name,
                                        [](const Item& one, std::string_view wanted) { return one.name < wanted; });
    return found != folder.end() && found->name == name ? &*found : nullptr;
}

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

bool is_map_in_sight(std::string_view path) {
    const std::string_view folder = path.substr(0, path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/'));
    return path.ends_with(".vsm") && !folder.starts_with(".") && folder.find("/.") == std::string_view::npos;
}

Result<std::optional<Item>> Tree::item_at(const std::string& path) const {
    std::string object = root_;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = path.find('/', begin);
        const auto inside = objects_->folder(object);
        if (!inside) return Failure{inside.error()};
        const Item* item = find_in(*inside.value(),
                                   std::string_view(path).substr(begin, end == std::string::npos ? end : end - begin));
        if (item == nullptr) return std::optional<Item>();
        if (end == std::string::npos) return std::optional(*item);
        if (item->kind == Item::Kind::submodule) return objects_->lack_in_submodule(path.substr(0, end));
        if (item->kind != Item::Kind::folder) return std::optional<Item>();
        object = item->object;
        begin = end + 1;
    }
}

Result<std::optional<Tree::Entry>> Tree::find(const std::string& path) const {
    const auto found = item_at(path);
    if (!found) return Failure{found.error()};
    const auto& item = found.value();
    if (!item || (item->kind != Item::Kind::file && item->kind != Item::Kind::link)) return std::optional<Entry>();
    return std::optional(Entry{item->object, item->kind == Item::Kind::link});
}

Result<std::string> Tree::look_up(const std::string& path) const {
    const auto found = item_at(path);
    if (!found) return Failure{found.error()};
    if (!found.value()) return std::string();
    return found.value()->kind == Item::Kind::folder || found.value()->kind == Item::Kind::submodule
               ? std::string("/")
               : found.value()->object;
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
    if (found.value()) {
        if (lookups != nullptr) (*lookups)[real.value()] = found.value()->object;
        return objects_->file(hexadecimal(found.value()->object));
    }
    if (lookups != nullptr) (*lookups)[real.value()] = "";
    return Failure{"no such file"};
}

Result<std::vector<std::string>> Tree::maps_below(const std::string& folder, bool hidden) const {
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
            object, folder, hidden, left, [&](const std::string& path, const Item&) { paths.push_back(path); }))
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
        const auto found = look_up(one.first);
        return found && found.value() == one.second;
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
std::size_t ObjectReader::in_submodules() const { return objects_->in_submodules(); }
const std::string& ObjectReader::submodule() const { return objects_->submodule(); }
const std::string& ObjectReader::why_lacking() const { return objects_->why_lacking(); }

}  // namespace vsm::cli
