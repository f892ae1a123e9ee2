#include "cli/io/replace.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "cli/io/descriptor.h"

namespace vsm::cli {
namespace {

/// Processes that can write the same file concurrently, each with its own temporary name.
constexpr int most_writers = 4;

enum class Outcome { done, impossible_here, failed };

struct Place {
    std::string path;
    std::string folder;  ///< the folder that contains it
    bool taken = false;
    mode_t mode = 0;  ///< mode of the existing file
};

Place place_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    Place place{path, slash == std::string::npos ? "." : path.substr(0, slash + 1)};
    struct stat status{};
    place.taken = ::stat(path.c_str(), &status) == 0;
    place.mode = status.st_mode & 07777;
    return place;
}

/// A temporary name beside the file, with room for the suffix even if the file's name has the maximum length.
std::string name_beside(const Place& place, int number) {
    constexpr std::size_t longest = 240;
    const std::size_t name_at = place.path.rfind('/') + 1;
    return fmt::format("{}.vsm-{}.tmp", place.path.substr(0, name_at + longest), number);
}

/// Writers lock their temporary files: an unlocked one belongs to a killed process.
bool is_left_over(const Descriptor& file) { return ::flock(file.get(), LOCK_EX | LOCK_NB) == 0; }

/// Locks the file; false if another process holds the lock. File systems without locks are accepted.
bool hold(const Descriptor& file) { return ::flock(file.get(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK; }

void remove_leftovers(const Place& place) {
    for (int number = 1; number <= most_writers; ++number) {
        const std::string name = name_beside(place, number);
        const Descriptor left(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
        struct stat status{};
        const bool a_file = left.get() >= 0 && ::fstat(left.get(), &status) == 0 && S_ISREG(status.st_mode);
        if (a_file && is_left_over(left)) ::unlink(name.c_str());
    }
}

bool fill(const Descriptor& file, const Place& place, std::string_view content) {
    if (place.taken && ::fchmod(file.get(), place.mode) != 0) return false;
    return write_all(file.get(), content) && ::fsync(file.get()) == 0;
}

bool rename_or_remove(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) == 0) return true;
    const int why = errno;
    ::unlink(from.c_str());
    errno = why;
    return false;
}

/// Links an unnamed file to a new name. Otherwise returns `impossible_here`, with errno EEXIST if the name exists.
Outcome name_file(const Descriptor& file, const std::string& name) {
    // The only way without privileges; fails if /proc is not mounted.
    const std::string nameless = fmt::format("/proc/self/fd/{}", file.get());
    if (::linkat(AT_FDCWD, nameless.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) return Outcome::done;
    return Outcome::impossible_here;
}

Outcome by_nameless_file(const Place& place, std::string_view content) {
    const Descriptor file(::open(place.folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666));
    if (file.get() < 0 || !hold(file)) return Outcome::impossible_here;
    if (!fill(file, place, content)) return Outcome::failed;
    if (!place.taken) {
        if (name_file(file, place.path) == Outcome::done) return Outcome::done;
        if (errno != EEXIST) return Outcome::impossible_here;
    }
    for (int number = 1; number <= most_writers; ++number) {
        const std::string name = name_beside(place, number);
        if (name_file(file, name) == Outcome::done)
            return rename_or_remove(name, place.path) ? Outcome::done : Outcome::failed;
        if (errno != EEXIST) return Outcome::impossible_here;
    }
    return Outcome::failed;
}

/// Whether a file that was just created still has its name: another process may have removed it as a leftover.
bool kept(const Descriptor& file) {
    struct stat status{};
    return hold(file) && ::fstat(file.get(), &status) == 0 && status.st_nlink == 1;
}

Outcome by_named_file(const Place& place, std::string_view content) {
    for (int number = 1; number <= most_writers; ++number) {
        const std::string name = name_beside(place, number);
        const Descriptor file(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
        if (file.get() < 0 && errno == EEXIST) continue;
        if (file.get() < 0) return Outcome::failed;
        if (!kept(file)) continue;
        if (fill(file, place, content)) return rename_or_remove(name, place.path) ? Outcome::done : Outcome::failed;
        const int why = errno;
        ::unlink(name.c_str());
        errno = why;
        return Outcome::failed;
    }
    return Outcome::failed;
}

}  // namespace

Result<bool> replace_file(const std::string& path, std::string_view content) {
    const Place place = place_of(path);
    // Renaming needs only permission on the folder, so check the file's own: a read-only file is not replaced, even by
    // root.
    constexpr mode_t anybody_writes = 0222;
    if (place.taken && (place.mode & anybody_writes) == 0) errno = EACCES;
    if (place.taken && ((place.mode & anybody_writes) == 0 || ::access(path.c_str(), W_OK) != 0))
        return Failure{system_reason()};
    remove_leftovers(place);
    Outcome outcome = by_nameless_file(place, content);
    if (outcome == Outcome::impossible_here) outcome = by_named_file(place, content);
    if (outcome != Outcome::done) return Failure{system_reason()};
    return true;
}

}  // namespace vsm::cli
