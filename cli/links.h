// Where a path leads once the links on its way are followed, and whether it may: links are held to the repository that
// they lie in. Opens files that are found so, and only regular ones. Knows no maps.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/descriptor.h"

namespace vsm::cli {

/// Whether a link may lead anywhere. Who wrote a repository decides where its links lead, and is not who runs vsm.
enum class Links { held, followed };

/// The path without links, whether anything is there or not. A link that is met on the way may lead to what lies in
/// its repository, but not in `.git`; outside of all repositories to what lies in its own folder, and, as a folder
/// above it, to a whole repository. Fails, in words that follow a path, at one that leads elsewhere, with what to do
/// then. Not at what was named without links: that is meant.
Result<std::string> real_path(const std::string& path, Links links,
                              std::string_view advice = "name what it leads to, or give `--follow`");

/// Whether a link is there, wherever it leads.
bool is_link(const std::string& path);

/// The folder of the git repository that holds for a folder; without one, the folder alone. Both real.
std::filesystem::path repository_of(const std::filesystem::path& folder);

/// Whether a path lies in a folder; both real.
bool is_inside(const std::filesystem::path& folder, const std::filesystem::path& path);

/// Whether a real path lies in a real folder, and not in what git keeps for itself: that may hold secrets, and no maps.
bool is_held_by(const std::filesystem::path& folder, const std::filesystem::path& path);

/// Opens a regular file of a disk for reading, by a path without links: a link that came in between is not followed.
/// Neither waits for anybody nor wakes a device. Fails in words that follow a path.
Result<Descriptor> open_regular(const std::string& real);

}  // namespace vsm::cli
