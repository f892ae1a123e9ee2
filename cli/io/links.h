// Resolves symbolic links in paths and restricts where they may lead: links must stay in their repository. Opens the
// resulting files if they are regular. Does not depend on maps.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/io/descriptor.h"

namespace vsm::cli {

/// A map to process.
struct FoundMap {
    std::string path;  ///< as given by the user, or as found below a given folder; `-` for standard input
    std::string real;  ///< without links; `-` is unchanged
};

/// Whether links may lead anywhere. The author of a repository chooses its links, but is not the person who runs vsm.
enum class Links { held, followed };

/// The path without links, whether or not it exists. A link in a repository may lead anywhere in it except into `.git`.
/// A link outside all repositories may lead into its own folder or, if its target is a repository or an ancestor of
/// one, into that repository. Fails at other links with a phrase that follows a path, and with `advice`. Components
/// that are no links are not restricted: the user named them.
Result<std::string> real_path(const std::string& path, Links links,
                              std::string_view advice = "name what it leads to, or give `--follow`");

/// Whether the path is a link, even a dangling one.
bool is_link(const std::string& path);

/// The root of the git repository around a real folder, else the folder itself.
std::filesystem::path repository_of(const std::filesystem::path& folder);

/// Whether a real path is the folder or below it.
bool is_inside(const std::filesystem::path& folder, const std::filesystem::path& path);

/// Whether a real path is in a real folder, but not in a `.git`, which may contain secrets and contains no maps.
bool is_held_by(const std::filesystem::path& folder, const std::filesystem::path& path);

/// Opens a regular on-disk file for reading, by a path without links; does not follow links created in the meantime.
/// Does not block on FIFOs or open devices. Fails with a phrase that follows a path.
Result<Descriptor> open_regular(const std::string& real);

}  // namespace vsm::cli
