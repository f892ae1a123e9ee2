#include "tests/fuzz/mutations.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>

namespace vsm::fuzz {
namespace {

/// Boundary cases of the language, valid and invalid.
// clang-format off
constexpr auto edges = std::to_array<std::string_view>({
    "0s", "0%", "100%", "99.999999%", "1e9", "~2d", "1d..3d", "0s..0s", "3d..1d", "999999999999w", "?", "n/a",
    "1us", "0.000001s", "1w", "5/d", "0/d", "1000000/h", "0.5d", "1h30min", "1%..3%", "1.", "-1",
    "exponential(1d)", "normal(1d, 2d)", "triangular(1d, 2d, 3d)", "lognormal(p50 1d, p85 3d)",
    "2027-03-31", "0000-00-00", "9999-12-31", "18446744073709551616", "<=", "..", "~",
    "\"\"", "\"\\n\\u{202E}\"", "\"\\u{1F600}\"", "\"${{ x }}\"", "\"a\\\"b\\\\\"",
    "\"Ünïcödé 漢字 👩‍👩‍👧 مرحبا\"",
    "\xef\xbb\xbf", "\xc2\xa0", "\xff", "\x01", "\r\n", "\r", "\t", "# c\n", "#\n", "\n\n\n",
    ",", ",,", "{", "}", "[", "]", "(", ")", ":", "->",
    "import \"map.vsm\"", "import \"teams.vsm\"", "allow missing-ca \"x\"", "note \"n\"",
    "rework 10% to a", "after a"});
// clang-format on

constexpr std::string_view marks = "{}[]()\":,#\n \\~?./%<>=-";

bool is_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte >= 0x80 || c == '-' || c == '_' || c == '.' || c == '%';
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The lexical class of a token: number, word, quoted text, or other.
std::size_t look_of(std::string_view token) {
    return is_digit(token.front()) ? 0 : is_word(token.front()) ? 1 : token.front() == '"' ? 2 : 3;
}

/// The end of the token that begins at `at`.
std::size_t token_end(std::string_view text, std::size_t at) {
    const auto while_it_is = [&](auto test) {
        const auto end = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), test);
        return static_cast<std::size_t>(end - text.begin());
    };
    if (text[at] == '"') {
        std::size_t end = at + 1;
        while (end < text.size() && text[end] != '"' && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
        return std::min(end + 1, text.size());
    }
    if (text[at] == '#') return while_it_is([](char c) { return c != '\n'; });
    if (is_blank(text[at])) return while_it_is(is_blank);
    if (is_word(text[at])) return while_it_is(is_word);
    return at + 1;
}

/// Lines including their line ends.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

std::string joined(const std::vector<std::string_view>& parts) {
    std::string text;
    for (const std::string_view part : parts) text += part;
    return text;
}

}  // namespace

/// The changes to one text.
struct Change {
    const Mutations& words;
    const std::vector<std::string>& others;
    Random& random;

    std::string_view some_token() {
        if (random.one_in(3) || words.tokens_.empty()) return random.from(edges);
        return random.from(words.tokens_);
    }

    void replace_token(std::string& text) {
        auto parts = tokens_of(text);
        if (parts.empty()) return;
        parts[random.below(parts.size())] = some_token();
        text = joined(parts);
    }

    /// Replaces a token by one of its lexical class.
    void replace_by_alike(std::string& text) {
        auto parts = tokens_of(text);
        if (parts.empty()) return;
        std::string_view& part = parts[random.below(parts.size())];
        const auto& alike = words.alike_[look_of(part)];
        if (is_blank(part.front()) || alike.empty()) return;
        part = random.from(alike);
        text = joined(parts);
    }

    void remove_tokens(std::string& text) {
        auto parts = tokens_of(text);
        if (parts.empty()) return;
        const std::size_t from = random.below(parts.size());
        const std::size_t count = std::min(parts.size() - from, 1 + random.below(4));
        const auto first = parts.begin() + static_cast<std::ptrdiff_t>(from);
        parts.erase(first, first + static_cast<std::ptrdiff_t>(count));
        text = joined(parts);
    }

    void insert_token(std::string& text) {
        const auto parts = tokens_of(text);
        const std::size_t place = random.below(parts.size() + 1);
        std::size_t at = 0;
        for (std::size_t i = 0; i < place; ++i) at += parts[i].size();
        text.insert(at, " " + std::string(some_token()) + " ");
    }

    void swap_tokens(std::string& text) {
        auto parts = tokens_of(text);
        if (parts.empty()) return;
        std::swap(parts[random.below(parts.size())], parts[random.below(parts.size())]);
        text = joined(parts);
    }

    void swap_lines(std::string& text) {
        auto parts = lines_of(text);
        if (parts.empty()) return;
        std::swap(parts[random.below(parts.size())], parts[random.below(parts.size())]);
        text = joined(parts);
    }

    void insert_line(std::string& text) {
        auto parts = lines_of(text);
        const bool own = words.lines_.empty() || random.one_in(2);
        if (own && parts.empty()) return;
        const std::string_view line = own ? random.from(parts) : std::string_view(random.from(words.lines_));
        parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(random.below(parts.size() + 1)), line);
        text = joined(parts);
    }

    void remove_line(std::string& text) {
        auto parts = lines_of(text);
        if (parts.empty()) return;
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(random.below(parts.size())));
        text = joined(parts);
    }

    /// Inserts line ends, or removes them, in a part of the text.
    void break_lines(std::string& text) {
        const std::size_t from = random.below(text.size() + 1), to = std::min(text.size(), from + random.below(120));
        const bool join = random.one_in(2);
        for (std::size_t at = from; at < to; ++at)
            if (text[at] == (join ? '\n' : ' ') && random.one_in(2)) text[at] = join ? ' ' : '\n';
    }

    void change_byte(std::string& text) {
        if (!text.empty()) text[random.below(text.size())] = static_cast<char>(random.below(256));
    }

    void insert_mark(std::string& text) { text.insert(random.below(text.size() + 1), 1, random.from(marks)); }

    void append_other(std::string& text) {
        if (!others.empty()) text += "\n" + random.from(others);
    }

    /// Joins the beginning of this text to the end of another.
    void splice(std::string& text) {
        if (others.empty()) return;
        const std::string& other = random.from(others);
        const std::size_t cut = text.find('\n', random.below(text.size() + 1));
        const std::size_t from = other.find('\n', random.below(other.size() + 1));
        if (cut != std::string::npos && from != std::string::npos) text = text.substr(0, cut) + other.substr(from);
    }

    /// Replaces a word by another word of the text, once or everywhere.
    void rename(std::string& text) {
        auto parts = tokens_of(text);
        std::vector<std::size_t> names;
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (is_word(parts[i].front()) && !is_digit(parts[i].front())) names.push_back(i);
        if (names.size() < 2) return;
        const std::string_view from = parts[random.from(names)], to = parts[random.from(names)];
        if (random.one_in(2)) {
            std::replace(parts.begin(), parts.end(), from, to);
        } else {
            *std::find(parts.begin(), parts.end(), from) = to;
        }
        text = joined(parts);
    }

    /// Replaces numbers by boundary cases.
    void change_numbers(std::string& text) {
        auto parts = tokens_of(text);
        for (std::string_view& part : parts)
            if (is_digit(part.front()) && random.one_in(6)) part = random.from(edges);
        text = joined(parts);
    }

    /// Duplicates a block, including the line that it begins on.
    void copy_block(std::string& text) {
        const std::size_t open = text.find('{', random.below(text.size() + 1));
        if (open == std::string::npos) return;
        int depth = 0;
        std::size_t end = open;
        do {
            depth += text[end] == '{' ? 1 : text[end] == '}' ? -1 : 0;
            ++end;
        } while (end < text.size() && depth > 0);
        const std::size_t line = text.rfind('\n', open);
        const std::size_t begin = line == std::string::npos ? 0 : line;
        const std::string block = text.substr(begin, end - begin);
        text.insert(std::min(text.find('\n', random.below(text.size() + 1)), text.size()), block);
    }
};

namespace {

/// The kinds of changes; repeated entries are more likely.
// clang-format off
constexpr std::array changes{
    &Change::replace_by_alike, &Change::replace_by_alike, &Change::replace_by_alike, &Change::replace_by_alike,
    &Change::insert_line, &Change::insert_line, &Change::insert_line, &Change::rename, &Change::rename,
    &Change::replace_token, &Change::remove_tokens, &Change::insert_token, &Change::swap_tokens,
    &Change::swap_lines, &Change::remove_line, &Change::break_lines, &Change::change_byte, &Change::insert_mark,
    &Change::append_other, &Change::splice, &Change::change_numbers, &Change::copy_block};
// clang-format on

}  // namespace

std::vector<std::string_view> tokens_of(std::string_view text) {
    std::vector<std::string_view> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(token_end(text, at), text.size());
        tokens.push_back(text.substr(at, end - at));
        at = end;
    }
    return tokens;
}

std::vector<std::string> dictionary_of(const std::vector<std::string>& seeds) {
    constexpr std::size_t longest = 40, several = 3;
    std::map<std::string_view, std::set<const std::string*>> having;
    for (const std::string& seed : seeds)
        for (const std::string_view token : tokens_of(seed))
            if (!is_blank(token.front()) && token.size() <= longest) having[token].insert(&seed);
    std::set<std::string> words(edges.begin(), edges.end());
    for (const auto& [token, some] : having)
        if (some.size() >= several) words.emplace(token);
    return {words.begin(), words.end()};
}

Mutations::Mutations(const std::vector<std::string>& seeds) {
    std::set<std::string_view> tokens, lines;
    for (const std::string& seed : seeds) {
        for (const std::string_view token : tokens_of(seed))
            if (!is_blank(token.front()) && token.size() < 80) tokens.insert(token);
        for (const std::string_view line : lines_of(seed))
            if (line.size() < 200 && line.ends_with('\n')) lines.insert(line);
    }
    tokens_.assign(tokens.begin(), tokens.end());
    lines_.assign(lines.begin(), lines.end());
    for (const std::string& token : tokens_) alike_[look_of(token)].push_back(token);
    for (const std::string_view edge : edges) alike_[look_of(edge)].emplace_back(edge);
}

std::string Mutations::mutate(std::string text, const std::vector<std::string>& others, Random& random,
                              std::size_t most) const {
    constexpr std::size_t most_changes = 8;
    Change change{*this, others, random};
    for (std::size_t i = 0; i == 0 || (i < most_changes && random.one_in(2)); ++i) {
        (change.*random.from(changes))(text);
        if (text.size() > most) text.resize(most);
    }
    return text;
}

}  // namespace vsm::fuzz
