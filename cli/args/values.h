// Parses values that several commands take. Error messages name the flag.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/backend.h"
#include "base/diagnostics/diagnostics.h"
#include "cli/args/flags.h"

namespace vsm::cli {

/// A suggestion for a mistyped word, `; did you mean `lint`?`; empty if none is close.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

/// A suggestion, else the list of all known words.
std::string suggestion_or_list(std::string_view word, const std::vector<std::string>& known);

/// `a, b or c`.
std::string listed(const std::vector<std::string>& words);

/// The error for a value that is none of the accepted words.
std::string not_one_of(std::string_view flag, std::string_view found, const std::vector<std::string>& words);

/// Splits the values of a repeatable, comma-separated flag: each word once, in order, trimmed. `example` is a valid
/// list for the error message about an empty word.
UsageError read_list(std::string_view flag, std::string_view example, const std::vector<std::string>& given,
                     std::vector<std::string>& words);

/// Parses `error`, `warning` or `note`; `off` and `never` set `off`. Returns nothing for these two and for any other
/// word.
std::optional<Severity> read_level(const std::string& word, bool& off);

using Backends = std::vector<const backends::Backend*>;

std::vector<std::string> output_names();

/// `-t mermaid,svg`: each backend once, in order; rejects unknown names.
UsageError read_outputs(const std::vector<std::string>& given, Backends& outputs);

/// The names of all diagnostics, or only those of rules.
std::vector<std::string> diagnostic_names(bool rules_only);

}  // namespace vsm::cli
