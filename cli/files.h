// Files: reading maps and what they import, writing outputs whole or not at all.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/links.h"
#include "cli/walk.h"
#include "compiler/compile.h"

namespace vsm::cli {

/// A map and its bytes; `-` is called `<stdin>` then.
struct InputFile {
    std::string path;
    std::string text;
};

/// Reads a map. Says why it cannot be read.
Result<InputFile> read_map(const FoundMap& map);

/// Reads imports: relative to the importing file and inside its root, the folder of the nearest `.vsm.yaml` or `.git` above it, else
/// its own. Only regular files. What a file is called depends on where it is and on the maps of the run, not on who imports it first.
class ImportReader final : public SourceReader {
public:
    /// A map of the run: an import of it is shown by the path that the user knows.
    void add_map(const FoundMap& map);

    std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from, const std::string& written) override;

private:
    std::string shown(const std::string& real, const std::string& from) const;
    Result<std::filesystem::path> real_of(const std::string& shown) const;

    std::map<std::string, std::string> maps_;   ///< how the maps of the run are shown, by their real paths
    std::map<std::string, std::string> reals_;  ///< where what was read lies, by how it is shown
};

struct WriteOptions {
    bool force = false;  ///< also over what vsm did not make
    Links links = Links::held;
};

/// Makes a file or replaces it in one step (replace.h). Refuses what is there and was not made by vsm, what may not be written to, and
/// what is not a regular file. Where a link stands for it, the file behind the link is replaced, but none is filled or made there.
Result<bool> write_file(const std::string& path, const std::string& content, WriteOptions options);

/// Replaces a file that people write by its new text in one step (replace.h), unless it no longer holds the text that was read. Where a link
/// stands for it, the file behind the link is replaced.
Result<bool> rewrite_file(const std::string& path, std::string_view read, const std::string& content, Links links);

/// The same, whatever it holds; makes it where there is none.
Result<bool> edit_file(const std::string& path, const std::string& content, Links links);

/// What a file holds now; nothing when there is none. Only regular files.
Result<std::optional<std::string>> read_file(const std::string& path, Links links);

/// Makes a folder and those above it.
Result<bool> make_folder(const std::string& path, Links links);

/// The folder of the nearest `.vsm.yaml` or `.git` at or above a real folder, else that folder.
std::filesystem::path root_of(const std::filesystem::path& folder);

/// A real path as it is shown to somebody in the current folder.
std::string shown_from_here(const std::filesystem::path& real);

bool is_folder(const std::string& path);

/// The folder at a path or the nearest above it that is there.
std::string nearest_folder(const std::string& path);

bool exists(const std::string& path);

}  // namespace vsm::cli
