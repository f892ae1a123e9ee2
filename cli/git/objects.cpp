#include "cli/git/objects.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "cli/git/git_objects.h"

namespace vsm::cli {
namespace {

constexpr std::size_t most_known = 400'000;  ///< cached tree items, some 50 MB

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

}  // namespace

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

Result<std::string> Objects::read(const std::string& name, std::string_view type, std::size_t most) {
    if (const auto known = unreadable_.find(name); known != unreadable_.end()) return lack(known->second);
    // Git ends at a damaged object, and where a partial clone lacks one: it wants to fetch and may not. Otherwise
    // something else ended it.
    auto text = try_to_read(name, type, most);
    if (!text && !is_partial()) text = try_to_read(name, type, most);
    return text ? std::move(*text) : unreadable(name, "git ended when it read the object");
}

std::optional<Result<std::string>> Objects::try_to_read(const std::string& name, std::string_view type,
                                                        std::size_t most) {
    if (!child_) {
        auto started = start_git(folder_, {"cat-file", "--batch"});
        if (!started) return Failure{started.error()};
        child_ = std::make_unique<Child>(std::move(started.value()));
    }
    // `<object> <type> <size>`, the bytes, a line end; or `<name> missing`
    const auto head = child_->write(name + "\n") ? child_->read_line() : std::nullopt;
    if (!head) {
        child_.reset();
        return std::nullopt;
    }
    const std::size_t space = head->rfind(' ');
    std::size_t size = 0;
    if (space == std::string::npos ||
        std::from_chars(head->data() + space + 1, head->data() + head->size(), size).ec != std::errc())
        return unreadable(name, "this repository lacks the object");
    auto text = child_->read(std::min(size, most));
    if (!text || !child_->skip(size - text->size() + 1)) {
        child_.reset();
        return std::nullopt;
    }
    if (head->find(fmt::format(" {} ", type)) == std::string::npos)
        return Failure{fmt::format("git keeps it as something else than a {}", type)};
    return std::move(*text);
}

Result<std::shared_ptr<const Folder>> Objects::folder(const std::string& object) {
    if (const auto known = folders_.find(object); known != folders_.end()) return known->second;
    auto bytes = read(hexadecimal(object), "tree", std::string::npos);
    if (!bytes) return Failure{bytes.error()};
    auto made = std::make_shared<const Folder>(read_folder(bytes.value(), object.size()));
    known_ += made->size();
    if (known_ > most_known) folders_.clear(), known_ = made->size();
    folders_.emplace(object, made);
    return made;
}

Result<std::string> Objects::root(const std::string& commit) {
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

Result<bool> Objects::holds_maps(const std::string& object, std::size_t path_bytes) {
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

Failure Objects::unreadable(const std::string& name, std::string_view what) {
    std::string why = is_partial()
                          ? lacks_content
                          : fmt::format("{} {}; `git fsck` lists what is missing or damaged", what, name.substr(0, 8));
    return lack(unreadable_.emplace(name, std::move(why)).first->second);
}

bool Objects::is_partial() {
    if (!partial_) {
        const auto said =
            run_git(folder_, {"config", "--get-regexp", "^(remote\\..*\\.promisor|extensions\\.partialclone)$"});
        partial_ = said && !said.value().out.empty();
    }
    return *partial_;
}

}  // namespace vsm::cli
