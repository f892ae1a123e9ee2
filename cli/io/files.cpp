#include "cli/io/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>

#include "cli/io/descriptor.h"
#include "cli/io/replace.h"
#include "cli/io/shell_words.h"
#include "compiler/parse/parse.h"

namespace vsm::cli {
namespace {

namespace fs = std::filesystem;

/// Reads everything, or stops after more than `parse::most_bytes` bytes.
Result<std::string> read_all(int descriptor) {
    std::string text;
    constexpr std::size_t bytes = 64 * 1024;
    const auto buffer = std::make_unique_for_overwrite<char[]>(bytes);
    while (text.size() <= parse::most_bytes) {
        const ssize_t count = ::read(descriptor, buffer.get(), bytes);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return Failure{system_reason()};
        if (count == 0) break;
        text.append(buffer.get(), static_cast<std::size_t>(count));
    }
    return text;
}

bool is_as_before(const struct stat& a, const struct stat& b) {
    return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

/// Returns nothing if the file changed during the read.
Result<std::optional<std::string>> read_once(const std::string& real) {
    const auto file = open_regular(real);
    if (!file) return Failure{file.error()};
    struct stat status{};
    if (::fstat(file.value().get(), &status) != 0) return Failure{system_reason()};
    auto text = read_all(file.value().get());
    if (!text) return Failure{text.error()};
    struct stat after{};
    if (::fstat(file.value().get(), &after) != 0) return Failure{system_reason()};
    const bool whole =
        text.value().size() > parse::most_bytes || text.value().size() == static_cast<std::size_t>(status.st_size);
    if (!whole || !is_as_before(status, after)) return std::optional<std::string>();
    return std::optional<std::string>(std::move(text.value()));
}

/// Reads a file by a path without links. Retries while the file changes, since a mix of an old and a new text is no
/// valid map.
Result<std::string> read_real(const std::string& real) {
    for (int attempt = 0; attempt < 10; ++attempt) {
        auto text = read_once(real);
        if (!text) return Failure{text.error()};
        if (text.value()) return std::move(*text.value());
        ::usleep(1000u << attempt);
    }
    return Failure{"it changes all the time while it is read"};
}

/// Whether the checkout that contains a folder has sparse-checkout patterns.
bool is_sparse(const fs::path& folder) {
    for (fs::path at = folder;; at = at.parent_path()) {
        if (const auto git = git_folder(at)) return exists((*git / "info" / "sparse-checkout").string());
        if (at == at.parent_path()) return false;
    }
}

/// Advice for a file that a sparse checkout may have left out; empty if the checkout is not sparse or the file exists.
std::string brought_by(const fs::path& root, const fs::path& missing) {
    if (exists(missing.string()) || !is_sparse(root)) return "";
    return fmt::format("if the sparse checkout leaves it out, this brings it: `git sparse-checkout add {}`",
                       shell_word(shown_from_here(missing.parent_path())));
}

/// The length of the beginning that identifies vsm's output: up to its mark, else the first line, or the first two if
/// files of other tools may start with the first.
std::size_t own_head(std::string_view content) {
    for (const std::string_view mark : {"class=\"vsm\"", "name=\"generator\" content=\"vsm\""})
        if (const std::size_t at = content.substr(0, 200).find(mark); at != std::string_view::npos)
            return at + mark.size();
    if (content.starts_with("{")) return 80;
    const std::size_t first = content.find('\n');
    // `# Title: ` and a name from the map
    if (content.starts_with("# ")) return std::min(content.find(": "), first);
    constexpr std::size_t telling = 40;
    return first < telling ? content.find('\n', first + 1) : first;
}

/// Whether a file starts like the output that would replace it, or is empty; any other file belongs to a user.
bool made_by_vsm(const std::string& old, const std::string& content) {
    const auto [differs, unused] = std::mismatch(old.begin(), old.end(), content.begin(), content.end());
    return old.empty() ||
           static_cast<std::size_t>(differs - old.begin()) >= std::min(own_head(content), content.size());
}

}  // namespace

fs::path root_of(const fs::path& folder) {
    for (fs::path at = folder;; at = at.parent_path()) {
        if (exists((at / ".vsm.yaml").string()) || exists((at / ".git").string())) return at;
        if (at == at.parent_path()) return folder;
    }
}

std::string shown_from_here(const fs::path& real) {
    std::error_code failed;
    const fs::path here = fs::current_path(failed);
    return failed ? real.string() : real.lexically_relative(here).string();
}

bool is_folder(const std::string& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

std::string nearest_folder(const std::string& path) {
    fs::path folder = path;
    while (!folder.empty() && !is_folder(folder.string())) folder = folder.parent_path();
    return folder.empty() ? "." : folder.string();
}

bool exists(const std::string& path) {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(path, ignored));
}

Result<InputFile> read_map(const FoundMap& map) {
    const bool from_input = map.path == "-";
    auto text = from_input ? read_all(0) : read_real(map.real);
    if (!text)
        return Failure{fmt::format("cannot read {}: {}", from_input ? "the standard input" : map.path, text.error())};
    return InputFile{from_input ? "<stdin>" : map.path, std::move(text.value())};
}

void ImportReader::add_map(const FoundMap& map) {
    if (map.path == "-") return;
    maps_.try_emplace(map.real, map.path);
    reals_.try_emplace(map.path, map.real);
}

/// Maps of the run keep their displayed paths. Other files are shown relative to the current folder, or absolutely if
/// the importing file was named absolutely.
std::string ImportReader::shown(const std::string& real, const std::string& from) const {
    if (const auto known = maps_.find(real); known != maps_.end()) return known->second;
    return fs::path(from).is_absolute() ? real : shown_from_here(real);
}

/// The real path of an importing file, recorded when it was read.
Result<fs::path> ImportReader::real_of(const std::string& shown) const {
    if (const auto known = reals_.find(shown); known != reals_.end()) return fs::path(known->second);
    std::error_code failed;
    const fs::path real = shown == "<stdin>" ? fs::current_path(failed) / "-" : fs::weakly_canonical(shown, failed);
    if (failed) return Failure{failed.message()};
    return real;
}

std::variant<LoadedSource, ImportRefusal> ImportReader::read_import(const std::string& from,
                                                                    const std::string& written) {
    const auto from_real = real_of(from);
    if (!from_real) return ImportRefusal{false, from_real.error()};
    const fs::path folder = from_real.value().parent_path();
    const fs::path root = root_of(folder);
    const ImportRefusal outside{
        true, fmt::format("the folder `{}`", root.filename().empty() ? root.string() : root.filename().string())};
    if (written.find('\0') != std::string::npos) return ImportRefusal{false, "no such file"};
    if (fs::path(written).is_absolute() || !is_inside(root, (folder / written).lexically_normal())) return outside;
    std::error_code failed;
    const fs::path real = fs::weakly_canonical(folder / written, failed);
    if (failed) return ImportRefusal{false, failed.message()};
    if (!is_inside(root, real)) return outside;
    if (!is_held_by(root, real)) return ImportRefusal{false, "it lies in `.git`, which holds no maps"};
    auto text = read_real(real.string());
    if (!text) return ImportRefusal{false, text.error(), brought_by(root, real)};
    std::string name = shown(real.string(), from);
    reals_.try_emplace(name, real.string());
    return LoadedSource{std::move(name), std::move(text.value())};
}

Result<std::optional<std::string>> read_file(const std::string& path, Links links) {
    const auto refuse = [&](const std::string& why) { return Failure{fmt::format("cannot read {}: {}", path, why)}; };
    if (!exists(path)) return std::optional<std::string>();
    const auto real = real_path(path, links);
    if (!real) return refuse(real.error());
    auto text = read_real(real.value());
    if (!text) return refuse(text.error());
    if (text.value().size() > parse::most_bytes)
        return refuse(fmt::format("it is larger than {} MiB", parse::most_bytes / 1024 / 1024));
    return std::optional<std::string>(std::move(text.value()));
}

std::optional<fs::path> git_folder(const fs::path& top) {
    const fs::path git = top / ".git";
    if (is_folder(git.string())) return git;
    constexpr std::string_view link = "gitdir: ";
    const auto text = exists(git.string()) ? read_real(git.string()) : Result<std::string>(Failure{});
    if (!text || !text.value().starts_with(link)) return std::nullopt;
    return (top / text.value().substr(link.size(), text.value().find('\n') - link.size())).lexically_normal();
}

Result<bool> make_folder(const std::string& path, Links links) {
    const auto refuse = [&](const std::string& why) {
        return Failure{fmt::format("cannot make the folder {}: {}", path, why)};
    };
    const auto real = real_path(path, links);
    if (!real) return refuse(real.error());
    std::error_code failed;
    fs::create_directories(real.value(), failed);
    if (failed) return refuse(failed.message());
    return true;
}

Result<bool> write_file(const std::string& path, const std::string& content, WriteOptions options) {
    const auto refuse = [&](const std::string& why) { return Failure{fmt::format("cannot write {}: {}", path, why)}; };
    const auto real = real_path(path, options.links);
    if (!real) return refuse(real.error());
    const bool there = exists(real.value());
    if (there) {
        auto old = read_real(real.value());
        if (!old) return refuse(old.error());
        if (old.value() == content) return true;
        if (!options.force && !made_by_vsm(old.value(), content))
            return refuse("it is there already and was not made by vsm; `--force` replaces it");
        if (!options.force && old.value().empty() && is_link(path))
            return refuse("it is a link to an empty file, which somebody else may have made; `--force` fills it");
    }
    if (!there && !options.force && is_link(path))
        return refuse("it is a link to what is not there; `--force` makes that");
    if (const auto replaced = replace_file(real.value(), content); !replaced) return refuse(replaced.error());
    return true;
}

Result<bool> rewrite_file(const std::string& path, std::string_view read, const std::string& content, Links links) {
    const auto now = read_file(path, links);
    if (!now) return Failure{now.error()};
    if (now.value() != read) return Failure{fmt::format("cannot write {}: it has changed since it was read", path)};
    return edit_file(path, content, links);
}

Result<bool> edit_file(const std::string& path, const std::string& content, Links links) {
    const auto refuse = [&](const std::string& why) { return Failure{fmt::format("cannot write {}: {}", path, why)}; };
    const auto real = real_path(path, links);
    if (!real) return refuse(real.error());
    if (const auto replaced = replace_file(real.value(), content); !replaced) return refuse(replaced.error());
    return true;
}

}  // namespace vsm::cli
