#include "cli/io/links.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <vector>

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
    struct stat status{};
    return ::lstat(path.c_str(), &status) == 0;
}

std::optional<fs::path> git_root_of(const fs::path& folder) {
    for (fs::path at = folder;; at = at.parent_path()) {
        if (is_there(at / ".git")) return at;
        if (at == at.parent_path()) return std::nullopt;
    }
}

/// A link met while resolving a path.
struct Met {
    fs::path typed;   ///< the part of the given path up to the link
    fs::path folder;  ///< the folder of the link
    fs::path target;  ///< its target, without links
};

/// Resolves a path component by component, like the kernel, and records the links.
class Way {
public:
    Result<fs::path> follow(fs::path at, const fs::path& names, const fs::path& typed_before) {
        fs::path typed = typed_before;
        for (const fs::path& name : names) {
            if (!in_link_) typed /= name;
            if (name.empty() || name == ".") continue;
            if (name == "..") {
                at = at.parent_path();
                continue;
            }
            const fs::path next = at / name;
            if (!is_link(next.string())) {
                at = next;
                continue;
            }
            auto target = behind(at, next, typed);
            if (!target) return target;
            at = std::move(target.value());
        }
        return at;
    }

    const std::vector<Met>& met() const { return met_; }

private:
    Result<fs::path> behind(const fs::path& folder, const fs::path& link, const fs::path& typed) {
        // the kernel's limit
        constexpr std::size_t most = 40;
        if (++count_ > most) return Failure{"too many levels of symbolic links"};
        std::error_code failed;
        const fs::path to = fs::read_symlink(link, failed);
        if (failed) return Failure{failed.message()};
        const bool outer = in_link_;
        in_link_ = true;
        auto target = follow(to.is_absolute() ? fs::path("/") : folder, to.relative_path(), typed);
        in_link_ = outer;
        if (target) met_.push_back({typed, folder, target.value()});
        return target;
    }

    std::vector<Met> met_;
    std::size_t count_ = 0;
    bool in_link_ = false;
};

/// Why a link may not lead to the resolved path; nothing if it may.
std::optional<std::string> refusal(const Met& link, const fs::path& real) {
    const auto repository = git_root_of(link.folder);
    if (!repository) {
        const auto other = git_root_of(real.parent_path());
        const bool above_a_repository = other && is_inside(link.target, *other);
        if (above_a_repository || is_inside(link.folder, real)) return std::nullopt;
        return "leads out of its folder";
    }
    if (!is_inside(*repository, real)) return "leads out of the repository";
    if (!is_held_by(*repository, real)) return "leads into `.git`, which holds no maps";
    return std::nullopt;
}

/// Whether the file system is virtual: reading such a file may block, have side effects or never end.
bool is_made_up(int file) {
    struct statfs system{};
    if (::fstatfs(file, &system) != 0) return true;
    constexpr long of_the_kernel[] = {PROC_SUPER_MAGIC, SYSFS_MAGIC,        DEBUGFS_MAGIC,       TRACEFS_MAGIC,
                                      SECURITYFS_MAGIC, CGROUP_SUPER_MAGIC, CGROUP2_SUPER_MAGIC, BPF_FS_MAGIC,
                                      EFIVARFS_MAGIC,   PSTOREFS_MAGIC,     SELINUX_MAGIC};
    return std::find(std::begin(of_the_kernel), std::end(of_the_kernel), static_cast<long>(system.f_type)) !=
           std::end(of_the_kernel);
}

Failure not_regular(mode_t mode) { return Failure{S_ISDIR(mode) ? "is a folder" : "is not a regular file"}; }

}  // namespace

Result<std::string> real_path(const std::string& path, Links links, std::string_view advice) {
    std::error_code failed;
    const fs::path given = path;
    const fs::path start = given.is_absolute() ? fs::path("/") : fs::current_path(failed);
    if (failed) return Failure{failed.message()};
    Way way;
    auto real = way.follow(start, given.is_absolute() ? given.relative_path() : given, {});
    if (!real) return Failure{real.error()};
    if (links == Links::followed) return real.value().string();
    for (const Met& link : way.met()) {
        const auto refused = refusal(link, real.value());
        if (!refused) continue;
        const fs::path typed = given.is_absolute() ? "/" / link.typed : link.typed;
        return Failure{fmt::format("{} a link that {}; {}",
                                   typed == given ? "it is" : fmt::format("`{}` is", typed.string()), *refused,
                                   advice)};
    }
    return real.value().string();
}

bool is_link(const std::string& path) {
    struct stat status{};
    return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

fs::path repository_of(const fs::path& folder) { return git_root_of(folder).value_or(folder); }

bool is_inside(const fs::path& folder, const fs::path& path) {
    const auto [left, unused] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return left == folder.end();
}

bool is_held_by(const fs::path& folder, const fs::path& path) {
    if (!is_inside(folder, path)) return false;
    const fs::path inner = path.lexically_relative(folder);
    return std::find(inner.begin(), inner.end(), ".git") == inner.end();
}

Result<Descriptor> open_regular(const std::string& real) {
    const fs::path path = real;
    std::optional<Descriptor> folder;
    folder.emplace(::open(path.is_absolute() ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC));
    const fs::path above = path.parent_path().relative_path();
    for (const fs::path& name : above) {
        if (folder->get() < 0) break;
        folder.emplace(::openat(folder->get(), name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    }
    const std::string name = path.filename().string();
    struct stat status{};
    if (folder->get() < 0 || ::fstatat(folder->get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return Failure{system_reason()};
    if (!S_ISREG(status.st_mode)) return not_regular(status.st_mode);
    Descriptor file(::openat(folder->get(), name.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC));
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) return Failure{system_reason()};
    if (!S_ISREG(status.st_mode)) return not_regular(status.st_mode);
    if (is_made_up(file.get())) return Failure{"is made up by the kernel, not a file of a disk"};
    return file;
}

}  // namespace vsm::cli
