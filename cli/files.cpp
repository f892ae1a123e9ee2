#include "cli/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>

#include "cli/descriptor.h"
#include "cli/replace.h"
#include "compiler/parse/parse.h"

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;

/// All bytes, or one more than a map may hold.
Result<std::string> read_all(int descriptor) {
    std::string text;
    std::string buffer(64 * 1024, '\0');
    while (text.size() <= parse::most_bytes) {
        const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return Failure{system_reason()};
        if (count == 0) break;
        text.append(buffer, 0, static_cast<std::size_t>(count));
    }
    return text;
}

Result<std::string> read_path(const std::string& path, bool regular_only) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | (regular_only ? O_NONBLOCK : 0)));
    if (file.get() < 0) return Failure{system_reason()};
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return Failure{system_reason()};
    if (S_ISDIR(status.st_mode)) return Failure{"is a folder"};
    if (regular_only && !S_ISREG(status.st_mode)) return Failure{"is not a regular file"};
    return read_all(file.get());
}

Result<std::vector<std::string>> maps_below(const std::string& folder) {
    std::vector<std::string> found;
    std::error_code failed;
    auto at = fs::recursive_directory_iterator(folder, failed);
    if (failed) return Failure{fmt::format("cannot read the folder {}: {}", folder, failed.message())};
    for (; at != fs::recursive_directory_iterator(); at.increment(failed)) {
        if (failed) return Failure{fmt::format("cannot read below {}: {}", folder, failed.message())};
        const std::string name = at->path().filename().string();
        std::error_code ignored;
        if (at->is_directory(ignored)) {
            if (name.starts_with(".")) at.disable_recursion_pending();
        } else if (name.ends_with(".vsm") && at->is_regular_file(ignored)) {
            found.push_back(folder == "." ? at->path().lexically_normal().string() : at->path().string());
        }
    }
    std::sort(found.begin(), found.end());
    if (found.empty()) return Failure{fmt::format("there is no map (*.vsm) in {}", folder == "." ? "this folder" : folder)};
    return found;
}

/// The folder that imports may not leave.
fs::path root_of(const fs::path& folder) {
    for (fs::path at = folder;; at = at.parent_path()) {
        std::error_code ignored;
        if (fs::exists(at / ".vsm.yaml", ignored) || fs::exists(at / ".git", ignored)) return at;
        if (at == at.parent_path()) return folder;
    }
}

bool inside(const fs::path& root, const fs::path& path) {
    const auto [left, unused] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
    return left == root.end();
}

/// What vsm wrote for a target begins as what it writes now; any other file is somebody's work. JSON documents of other tools begin alike
/// for longer than other texts do.
bool made_by_vsm(const std::string& old, const std::string& content) {
    const auto [differs, unused] = std::mismatch(old.begin(), old.end(), content.begin(), content.end());
    return old.empty() || differs - old.begin() >= (content.starts_with("{") ? 80 : 24);
}

}  // namespace

bool is_folder(const std::string& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

bool exists(const std::string& path) {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(path, ignored));
}

Result<std::vector<InputFile>> read_inputs(const std::vector<std::string>& paths) {
    std::vector<InputFile> inputs;
    std::set<std::string> seen;
    for (const std::string& path : paths) {
        if (path == "-") {
            if (!seen.insert(path).second) continue;
            auto text = read_all(0);
            if (!text) return Failure{fmt::format("cannot read the standard input: {}", text.error())};
            inputs.push_back({"<stdin>", std::move(text.value())});
            continue;
        }
        std::vector<std::string> files{path};
        if (is_folder(path)) {
            auto found = maps_below(path);
            if (!found) return Failure{found.error()};
            files = std::move(found.value());
        }
        for (const std::string& file : files) {
            std::error_code ignored;
            const fs::path real = fs::weakly_canonical(file, ignored);
            if (!seen.insert(ignored ? file : real.string()).second) continue;
            auto text = read_path(file, false);
            if (!text) return Failure{fmt::format("cannot read {}: {}", file, text.error())};
            inputs.push_back({file, std::move(text.value())});
        }
    }
    return inputs;
}

std::variant<LoadedSource, ImportRefusal> ImportReader::read_import(const std::string& from, const std::string& written) {
    std::error_code failed;
    const bool from_stdin = from == "<stdin>";
    const fs::path from_real = from_stdin ? fs::current_path(failed) / "-" : fs::weakly_canonical(from, failed);
    if (failed) return ImportRefusal{false, failed.message()};
    const fs::path folder = from_real.parent_path();
    const fs::path root = root_of(folder);
    const ImportRefusal outside{true, fmt::format("the folder `{}`", root.filename().empty() ? root.string() : root.filename().string())};
    if (written.find('\0') != std::string::npos) return ImportRefusal{false, "no such file"};
    if (fs::path(written).is_absolute() || !inside(root, (folder / written).lexically_normal())) return outside;
    const fs::path real = fs::weakly_canonical(folder / written, failed);
    if (failed) return ImportRefusal{false, failed.message()};
    if (!inside(root, real)) return outside;
    auto text = read_path(real.string(), true);
    if (!text) return ImportRefusal{false, text.error()};
    if (!from_stdin) shown_.try_emplace(from_real.string(), from);
    const fs::path beside = from_stdin ? fs::path(written) : fs::path(from).parent_path() / written;
    const auto [shown, added] = shown_.try_emplace(real.string(), beside.lexically_normal().string());
    return LoadedSource{shown->second, std::move(text.value())};
}

Result<std::optional<std::string>> read_file(const std::string& path) {
    if (!exists(path)) return std::optional<std::string>();
    auto text = read_path(path, true);
    if (!text) return Failure{fmt::format("cannot read {}: {}", path, text.error())};
    return std::optional<std::string>(std::move(text.value()));
}

Result<bool> make_folder(const std::string& path) {
    std::error_code failed;
    fs::create_directories(path, failed);
    if (failed) return Failure{fmt::format("cannot make the folder {}: {}", path, failed.message())};
    return true;
}

Result<bool> write_file(const std::string& path, const std::string& content, WriteOptions options) {
    const auto refuse = [&](const std::string& why) { return Failure{fmt::format("cannot write {}: {}", path, why)}; };
    if (exists(path)) {
        auto old = read_path(path, true);
        if (!old) return refuse(old.error());
        if (old.value() == content) return true;
        if (!options.force && !made_by_vsm(old.value(), content)) return refuse("it is there already and was not made by vsm; `--force` replaces it");
    }
    // A link at the place stays a link: what it points to is replaced.
    std::error_code ignored;
    const fs::path target = fs::is_symlink(fs::symlink_status(path, ignored)) ? fs::weakly_canonical(path, ignored) : fs::path(path);
    if (const auto replaced = replace_file(target.string(), content); !replaced) return refuse(replaced.error());
    return true;
}

}  // namespace vsm::cli
