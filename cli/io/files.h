// Reads maps and their imports, and writes outputs atomically.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/io/links.h"
#include "compiler/compile.h"

namespace vsm::cli {

/// A map and its content. The path of the standard input is `<stdin>`.
struct InputFile {
    std::string path;
    std::string text;
};

/// Reads a map. Fails with a message if it cannot be read.
Result<InputFile> read_map(const FoundMap& map);

/// Reads imports, relative to the importing file and inside its root: the folder of the nearest `.vsm.yaml` or `.git`
/// at or above it, else its own. Reads only regular files. The displayed path of a file depends on its location and on
/// the maps of the run, not on which file imports it first.
class ImportReader final : public SourceReader {
public:
    /// Registers a map of the run, so that imports of it are shown under the path that the user gave.
    void add_map(const FoundMap& map);

    std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from, const std::string& written) override;

private:
    std::string shown(const std::string& real, const std::string& from) const;
    Result<std::filesystem::path> real_of(const std::string& shown) const;

    std::map<std::string, std::string> maps_;   ///< displayed paths of the run's maps, by real path
    std::map<std::string, std::string> reals_;  ///< real paths of everything read, by displayed path
};

struct WriteOptions {
    bool force = false;  ///< overwrite files that vsm did not write
    Links links = Links::held;
};

/// Creates a file or replaces it atomically (replace.h). Without `force`, fails if the existing file is neither empty
/// nor written by vsm. Fails if the file is read-only or not regular. Replaces the target of a link; fails, without
/// `force`, if that is missing or empty.
Result<bool> write_file(const std::string& path, const std::string& content, WriteOptions options);

/// Atomically replaces a user's file (replace.h). Fails if it no longer contains the text `read`. Replaces the target
/// of a link.
Result<bool> rewrite_file(const std::string& path, std::string_view read, const std::string& content, Links links);

/// The same, whatever the file contains; creates it if it does not exist.
Result<bool> edit_file(const std::string& path, const std::string& content, Links links);

/// The content of a regular file; nothing if it does not exist. Fails for files larger than `parse::most_bytes`.
Result<std::optional<std::string>> read_file(const std::string& path, Links links);

/// The git directory of a work tree: its folder `.git`, or the one that a file `.git` names, as in worktrees and
/// submodules. Nothing if there is neither.
std::optional<std::filesystem::path> git_folder(const std::filesystem::path& top);

/// Creates a folder and its parents.
Result<bool> make_folder(const std::string& path, Links links);

/// The nearest folder at or above a real folder that contains `.vsm.yaml` or `.git`, else the folder itself.
std::filesystem::path root_of(const std::filesystem::path& folder);

/// A real path relative to the current folder, for messages.
std::string shown_from_here(const std::filesystem::path& real);

bool is_folder(const std::string& path);

/// The path itself if it is a folder, else its nearest existing ancestor.
std::string nearest_folder(const std::string& path);

bool exists(const std::string& path);

}  // namespace vsm::cli
