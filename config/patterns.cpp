#include "config/patterns.h"

#include <algorithm>
#include <array>

namespace vsm::config {
namespace {

struct NamedSet {
    std::string_view name;
    bool (*holds)(unsigned char);
};

bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
bool is_graph(unsigned char c) { return c > ' ' && c < 0x7F; }
bool is_letter_or_digit(unsigned char c) { return is_upper(c) || is_lower(c) || is_digit(c); }

constexpr std::array<NamedSet, 12> named_sets{{
    {"alnum", is_letter_or_digit},
    {"alpha", [](unsigned char c) { return is_upper(c) || is_lower(c); }},
    {"blank", [](unsigned char c) { return c == ' ' || c == '\t'; }},
    {"cntrl", [](unsigned char c) { return c < ' ' || c == 0x7F; }},
    {"digit", is_digit},
    {"graph", is_graph},
    {"lower", is_lower},
    {"print", [](unsigned char c) { return c == ' ' || is_graph(c); }},
    {"punct", [](unsigned char c) { return is_graph(c) && !is_letter_or_digit(c); }},
    {"space", [](unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }},
    {"upper", is_upper},
    {"xdigit", [](unsigned char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }},
}};

/// Adds a set such as `[:digit:]`; `at` is its first colon. Returns its end, or nothing if there is no such set.
std::optional<std::size_t> add_named(std::string_view glob, std::size_t at, std::bitset<256>& set) {
    const std::size_t end = glob.find(']', at + 1);
    if (end == std::string_view::npos || glob[end - 1] != ':' || end - 1 <= at) return std::nullopt;
    const std::string_view name = glob.substr(at + 1, end - at - 2);
    const auto found =
        std::find_if(named_sets.begin(), named_sets.end(), [&](const NamedSet& one) { return one.name == name; });
    if (found == named_sets.end()) return std::nullopt;
    for (unsigned c = 0; c < 256; ++c)
        if (found->holds(static_cast<unsigned char>(c))) set.set(c);
    return end + 1;
}

/// Removes trailing spaces that no backslash escapes.
std::string_view without_spaces_at_end(std::string_view line) {
    std::size_t end = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '\\' && at + 1 < line.size())
            ++at;
        else if (line[at] == ' ')
            continue;
        end = at + 1;
    }
    return line.substr(0, end);
}

}  // namespace

Pattern::Pattern(std::string_view written) {
    if (written.starts_with('!')) {
        negated_ = true;
        written.remove_prefix(1);
    }
    if (written.ends_with('/')) {
        folders_only_ = true;
        written.remove_suffix(1);
    }
    whole_path_ = written.find('/') != std::string_view::npos;
    if (written.starts_with('/')) written.remove_prefix(1);
    never_ = written.empty();
    read(written);
}

void Pattern::read(std::string_view glob) {
    for (std::size_t at = 0; at < glob.size() && !never_;) {
        const char c = glob[at];
        if (c == '*') {
            at = read_stars(glob, at);
        } else if (c == '[') {
            at = read_set(glob, at);
        } else if (c == '?') {
            tokens_.push_back({Kind::any});
            ++at;
        } else {
            if (c == '\\' && ++at == glob.size())
                never_ = true;
            else
                tokens_.push_back({Kind::character, glob[at++]});
        }
    }
}

/// Two stars between slashes, or at an end, match across folders; any other run of stars stays within a name.
std::size_t Pattern::read_stars(std::string_view glob, std::size_t at) {
    const std::size_t end = std::min(glob.find_first_not_of('*', at), glob.size());
    const bool several = end - at >= 2 && (at == 0 || glob[at - 1] == '/');
    if (several && end == glob.size()) {
        tokens_.push_back({Kind::rest});
    } else if (several && glob[end] == '/') {
        tokens_.push_back({Kind::folders});
        return end + 1;
    } else {
        tokens_.push_back({Kind::star});
    }
    return end;
}

std::size_t Pattern::read_set(std::string_view glob, std::size_t at) {
    std::bitset<256> set;
    ++at;
    const bool others = at < glob.size() && (glob[at] == '!' || glob[at] == '^');
    if (others) ++at;
    int before = -1;  // the character that may start a range
    const auto literal = [&]() -> int {
        if (at < glob.size() && glob[at] == '\\') ++at;
        return at < glob.size() ? static_cast<unsigned char>(glob[at++]) : -1;
    };
    for (bool first = true;; first = false) {
        if (at >= glob.size()) break;
        if (glob[at] == ']' && !first) {
            if (others) set.flip();
            set.reset('/');
            tokens_.push_back({Kind::set, 0, static_cast<std::uint32_t>(sets_.size())});
            sets_.push_back(set);
            return at + 1;
        }
        if (glob.substr(at).starts_with("[:")) {
            const auto end = add_named(glob, at + 1, set);
            if (!end) break;
            at = *end;
            before = -1;
        } else if (glob[at] == '-' && before >= 0 && at + 1 < glob.size() && glob[at + 1] != ']') {
            ++at;
            const int last = literal();
            for (int c = before; c <= last; ++c) set.set(static_cast<std::size_t>(c));
            before = -1;
        } else {
            before = literal();
            if (before >= 0) set.set(static_cast<std::size_t>(before));
        }
    }
    never_ = true;
    return glob.size();
}

bool Pattern::matches(std::string_view path, bool is_folder) const {
    if (never_ || (folders_only_ && !is_folder)) return false;
    return matches_text(whole_path_ ? path : path.substr(path.rfind('/') + 1));
}

/// Follows all alternatives at once, so that the time is at most proportional to the length of the pattern times that
/// of the text.
bool Pattern::matches_text(std::string_view text) const {
    std::vector<bool> now(text.size() + 1), next(text.size() + 1);
    now[0] = true;
    for (const Token& token : tokens_) {
        std::fill(next.begin(), next.end(), false);
        step(token, text, now, next);
        now.swap(next);
    }
    return now[text.size()];
}

void Pattern::step(const Token& token, std::string_view text, const std::vector<bool>& before,
                   std::vector<bool>& after) const {
    bool reached = false;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const bool here = before[at];
        const char c = at < text.size() ? text[at] : '\0';
        const bool more = at < text.size();
        switch (token.kind) {
            case Kind::character:
                if (here && more && c == token.character) after[at + 1] = true;
                break;
            case Kind::any:
                if (here && more && c != '/') after[at + 1] = true;
                break;
            case Kind::set:
                if (here && more && sets_[token.set][static_cast<unsigned char>(c)]) after[at + 1] = true;
                break;
            case Kind::star:
                reached = here || (reached && at > 0 && text[at - 1] != '/');
                after[at] = reached;
                break;
            case Kind::folders:
                after[at] = here || (reached && at > 0 && text[at - 1] == '/');
                reached = reached || here;
                break;
            case Kind::rest:
                reached = reached || here;
                after[at] = reached;
                break;
        }
    }
}

Patterns Patterns::from_lines(std::string_view text) {
    Patterns made;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.starts_with('#')) continue;
        line = without_spaces_at_end(line);
        if (!line.empty()) made.add(line);
    }
    return made;
}

std::optional<bool> Patterns::find(std::string_view path, bool is_folder) const {
    for (auto at = patterns_.rbegin(); at != patterns_.rend(); ++at)
        if (at->matches(path, is_folder)) return !at->negated();
    return std::nullopt;
}

bool Patterns::cover(std::string_view file) const {
    for (std::size_t slash = file.find('/'); slash != std::string_view::npos; slash = file.find('/', slash + 1))
        if (find(file.substr(0, slash), true).value_or(false)) return true;
    return find(file, false).value_or(false);
}

}  // namespace vsm::config
