// Files: reading maps and what they import, finding maps in folders, writing outputs whole or not at all.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "compiler/compile.h"

namespace vsm::cli {

/// A map to work on. `path` as the user gave it or as found below a folder that was given; `-` is read as `<stdin>`.
struct InputFile {
    std::string path;
    std::string text;
};

/// The maps behind paths: a file, `-`, or a folder with all its *.vsm in the order of their paths (hidden folders and links to
/// folders are passed over). A map given twice is one. Says what cannot be read, and that a folder holds no map.
Result<std::vector<InputFile>> read_inputs(const std::vector<std::string>& paths);

/// Reads imports: relative to the importing file and inside its root, the folder of the nearest `.vsm.yaml` or `.git` above it, else
/// its own. Only regular files.
class ImportReader final : public SourceReader {
public:
    std::variant<LoadedSource, ImportRefusal> read_import(const std::string& from, const std::string& written) override;

private:
    std::map<std::string, std::string> shown_;  ///< the path a file was first shown by, by its real path
};

struct WriteOptions {
    bool force = false;  ///< also over what vsm did not make
};

/// Replaces a file by new content in one step (replace.h). Refuses what is there and was not made by vsm, what may not be written to, and
/// what is not a regular file.
Result<bool> write_file(const std::string& path, const std::string& content, WriteOptions options);

/// What a file holds now; nothing when there is none. Only regular files.
Result<std::optional<std::string>> read_file(const std::string& path);

/// Makes a folder and those above it.
Result<bool> make_folder(const std::string& path);

bool is_folder(const std::string& path);
bool exists(const std::string& path);

}  // namespace vsm::cli
