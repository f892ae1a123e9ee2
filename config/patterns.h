// Path patterns in the syntax of .gitignore. Works on path names only; does not read files.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vsm::config {

/// One pattern: `*.tmp`, `/build/`, `docs/**/old-*`, `!keep.vsm`. Without a slash, except at its end, it matches names
/// at any depth; otherwise it matches whole paths.
class Pattern {
public:
    explicit Pattern(std::string_view written);

    bool negated() const { return negated_; }
    /// `path` is relative to the folder of the pattern, with `/` between names.
    bool matches(std::string_view path, bool is_folder) const;

private:
    enum class Kind { character, any, set, star, folders, rest };
    struct Token {
        Kind kind;
        char character = 0;
        std::uint32_t set = 0;  ///< index into sets_
    };

    void read(std::string_view glob);
    std::size_t read_stars(std::string_view glob, std::size_t at);
    std::size_t read_set(std::string_view glob, std::size_t at);
    bool matches_text(std::string_view text) const;
    void step(const Token& token, std::string_view text, const std::vector<bool>& before,
              std::vector<bool>& after) const;

    std::vector<Token> tokens_;
    std::vector<std::bitset<256>> sets_;
    bool negated_ = false, folders_only_ = false, whole_path_ = false;
    bool never_ = false;  ///< an invalid pattern matches nothing
};

/// A list of patterns; the last match decides.
class Patterns {
public:
    /// One pattern per line; skips blank lines and lines that start with `#`.
    static Patterns from_lines(std::string_view text);
    void add(std::string_view pattern) { patterns_.emplace_back(pattern); }
    bool empty() const { return patterns_.empty(); }

    /// Whether a path is selected; nothing if no pattern matches it.
    std::optional<bool> find(std::string_view path, bool is_folder) const;
    /// Whether a file is selected, by its own path or by that of a folder above it.
    bool cover(std::string_view file) const;

private:
    std::vector<Pattern> patterns_;
};

}  // namespace vsm::config
