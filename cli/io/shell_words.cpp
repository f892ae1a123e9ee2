#include "cli/io/shell_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace vsm::cli {
namespace {

bool is_plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '/' ||
           c == '_' || c == '-';
}

/// Encodes a name that contains unprintable characters: `"$(printf 'nl\012x.yml')"`.
std::string printed_by_shell(const std::string& path) {
    std::string text = "\"$(printf '";
    for (const char c : path)
        text += is_plain(c) ? std::string(1, c) : fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    return text + "')\"";
}

/// Prefixes `./` to a leading `-`, so that no command takes it for a flag.
std::string no_flag(const std::string& path) { return path.starts_with("-") ? "./" + path : path; }

}  // namespace

std::string shell_quoted(const std::string& path) {
    const std::string name = no_flag(path);
    if (log_text(name) != name) return printed_by_shell(name);
    std::string text = "'";
    for (const char c : name) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

std::string shell_word(const std::string& path) {
    return !path.empty() && std::all_of(path.begin(), path.end(), is_plain) ? no_flag(path) : shell_quoted(path);
}

}  // namespace vsm::cli
