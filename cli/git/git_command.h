// Runs git with a safe environment: no hooks, no filters, no fetches and no prompts, whatever a repository or the
// environment configures.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/io/subprocess.h"

namespace vsm::cli {

/// Runs `git -C FOLDER ARGUMENT…` and waits for it. Fails only if there is no git; errors of git itself are in the
/// output.
Result<ChildOutput> run_git(const std::string& folder, std::vector<std::string> arguments);

/// Starts `git -C FOLDER ARGUMENT…` with pipes to its input and output.
Result<Child> start_git(const std::string& folder, std::vector<std::string> arguments);

/// The first line of an error message of git, without its prefix.
std::string first_line_of_git(const std::string& text);

/// The same; with the remedy if the repository belongs to another user.
std::string reason_of_git(const std::string& text);

}  // namespace vsm::cli
