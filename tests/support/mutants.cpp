#include "tests/support/mutants.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compiler/parse/tokens/tokens.h"
#include "tests/support/project.h"

namespace vsm::tests {

std::string read_sample(const std::string& name) {
    std::ifstream file(tests::project_root() / "samples" / name);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::variant<LoadedSource, ImportRefusal> SampleReader::read_import(const std::string&, const std::string& written) {
    const std::string text = read_sample(written);
    if (text.empty()) return ImportRefusal{false, "no such file"};
    return LoadedSource{written, text};
}

std::vector<std::string> small_maps(std::size_t most_bytes) {
    namespace fs = std::filesystem;
    std::vector<fs::path> paths;
    for (const char* folder : {"samples", "tests/golden/ir", "tests/golden/metrics", "tests/golden/lint"})
        for (const auto& entry : fs::recursive_directory_iterator(project_root() / folder))
            if (entry.path().extension() == ".vsm" && entry.file_size() <= most_bytes) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> maps;
    for (const fs::path& path : paths) {
        std::ifstream file(path);
        std::stringstream text;
        text << file.rdbuf();
        SampleReader reader;
        Workspace workspace(reader);
        Diagnostics diagnostics;
        if (workspace.compile("map.vsm", text.str(), diagnostics).checked) maps.push_back(text.str());
    }
    return maps;
}

std::vector<Mutant> deletions(const std::string& text) {
    SourceSet sources;
    const SourceFile& source = sources.add("sample", text);
    Diagnostics ignored;
    std::vector<Mutant> made;
    for (const parse::Token& token : parse::split(source, ignored).items) {
        const std::string word = text.substr(token.begin, token.end - token.begin);
        std::string without = text;
        without.erase(token.begin, token.end - token.begin);
        made.push_back({without, source.line_of(token.begin), "without " + word});
    }
    return made;
}

std::vector<Mutant> misspellings(const std::string& text) {
    SourceSet sources;
    const SourceFile& source = sources.add("sample", text);
    Diagnostics ignored;
    std::vector<Mutant> made;
    for (const parse::Token& token : parse::split(source, ignored).items) {
        if (!parse::is_word(token.kind)) continue;
        const std::uint32_t length = token.end - token.begin;
        std::string other = text;
        char& letter = other[token.begin + length / 2];
        letter = letter == 'q' ? 'z' : 'q';
        made.push_back({other, source.line_of(token.begin), "misspelt " + other.substr(token.begin, length)});
    }
    return made;
}

namespace {

using parse::Token;
using parse::TokenKind;

/// A kind of mistake: returns the replacement of a token, or nothing if it does not apply.
using Mistake = std::optional<std::string> (*)(const std::string& word, TokenKind kind, std::mt19937_64& random);

bool is_number(TokenKind kind) {
    return kind == TokenKind::quantity || kind == TokenKind::number || kind == TokenKind::percent;
}

std::size_t pick(std::size_t below, std::mt19937_64& random) { return static_cast<std::size_t>(random() % below); }

std::optional<std::string> left_out(const std::string&, TokenKind, std::mt19937_64&) { return ""; }
std::optional<std::string> doubled(const std::string& word, TokenKind, std::mt19937_64&) { return word + " " + word; }

std::optional<std::string> misspelt(const std::string& word, TokenKind kind, std::mt19937_64& random) {
    if (!parse::is_word(kind)) return std::nullopt;
    std::string other = word;
    const std::size_t at = pick(word.size(), random);
    switch (pick(4, random)) {
        case 0: other.erase(at, 1); break;
        case 1: other.insert(at, 1, word[at]); break;
        case 2: other[at] = static_cast<char>('a' + pick(26, random)); break;
        default:
            if (at + 1 < word.size()) std::swap(other[at], other[at + 1]);
    }
    return other;
}

std::optional<std::string> decimal_comma(const std::string& word, TokenKind kind, std::mt19937_64&) {
    const std::size_t point = word.find('.');
    if (!is_number(kind) || point == std::string::npos) return std::nullopt;
    return std::string(word).replace(point, 1, ",");
}

std::optional<std::string> thousands(const std::string& word, TokenKind kind, std::mt19937_64& random) {
    const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
    if (!is_number(kind) || digits < 4) return std::nullopt;
    return std::string(word).insert(digits - 3, 1, ",.' "[pick(4, random)]);
}

std::optional<std::string> spaced_unit(const std::string& word, TokenKind kind, std::mt19937_64&) {
    const std::size_t unit = word.find_first_not_of("0123456789.");
    if (!is_number(kind) || unit == std::string::npos || unit == 0) return std::nullopt;
    return std::string(word).insert(unit, 1, ' ');
}

std::optional<std::string> spelt_unit(const std::string& word, TokenKind kind, std::mt19937_64& random) {
    const std::size_t unit = word.find_first_not_of("0123456789.");
    if (kind != TokenKind::quantity || unit == std::string::npos) return std::nullopt;
    constexpr std::pair<std::string_view, std::string_view> spelt[]{{"min", "minutes"}, {"h", "hours"}, {"d", "days"},
                                                                    {"w", "weeks"},     {"s", "sec"},   {"min", "m"}};
    for (const auto& [ours, other] : spelt)
        if (word.substr(unit) == ours)
            return word.substr(0, unit) + (pick(2, random) == 0 ? " " : "") + std::string(other);
    return std::nullopt;
}

std::optional<std::string> odd_range(const std::string&, TokenKind kind, std::mt19937_64& random) {
    if (kind != TokenKind::range) return std::nullopt;
    constexpr std::string_view others[]{"-", " - ", "–", "…", " to ", "...", " .. "};
    return std::string(others[pick(std::size(others), random)]);
}

std::optional<std::string> odd_quotes(const std::string& word, TokenKind kind, std::mt19937_64& random) {
    if (kind != TokenKind::string || word.size() < 2) return std::nullopt;
    const std::string inside = word.substr(1, word.size() - 2);
    switch (pick(5, random)) {
        case 0: return "'" + inside + "'";
        case 1: return "“" + inside + "”";
        case 2: return "„" + inside + "“";
        case 3: return "\"" + inside;
        default: return inside + "\"";
    }
}

std::optional<std::string> odd_bracket(const std::string&, TokenKind kind, std::mt19937_64& random) {
    switch (kind) {
        case TokenKind::open: return pick(2, random) == 0 ? "(" : ":";
        case TokenKind::close: return pick(2, random) == 0 ? ")" : "end";
        case TokenKind::open_list: return "(";
        case TokenKind::close_list: return ")";
        default: return std::nullopt;
    }
}

std::optional<std::string> odd_colon(const std::string&, TokenKind kind, std::mt19937_64& random) {
    if (kind != TokenKind::colon) return std::nullopt;
    constexpr std::string_view others[]{"=", " =", "", "::", " :=", ";", " is", "\":"};
    return std::string(others[pick(std::size(others), random)]);
}

std::optional<std::string> colon_behind(const std::string& word, TokenKind kind, std::mt19937_64&) {
    return parse::begins_statement(kind) ? std::optional(word + ":") : std::nullopt;
}

std::optional<std::string> odd_separator(const std::string& word, TokenKind kind, std::mt19937_64& random) {
    constexpr std::string_view others[]{"", ";", ",,", " and", "/", " &", "|"};
    if (kind == TokenKind::comma) return std::string(others[pick(std::size(others), random)]);
    return pick(4, random) == 0 ? std::optional(word + std::string(others[1 + pick(std::size(others) - 1, random)]))
                                : std::nullopt;
}

std::optional<std::string> odd_comment(const std::string& word, TokenKind, std::mt19937_64& random) {
    constexpr std::string_view others[]{" // why\n", " /* why */ ", "\n-- why\n", " <!-- 12 --> "};
    return word + std::string(others[pick(std::size(others), random)]);
}

constexpr Mistake mistakes[]{left_out,    doubled,      misspelt,      decimal_comma, thousands,
                             spaced_unit, spelt_unit,   odd_range,     odd_quotes,    odd_bracket,
                             odd_colon,   colon_behind, odd_separator, odd_comment};
constexpr std::string_view mistake_names[]{
    "left out",  "doubled",    "misspelt",    "decimal comma", "thousands",    "spaced unit",   "spelt unit",
    "odd range", "odd quotes", "odd bracket", "odd colon",     "colon behind", "odd separator", "odd comment"};
static_assert(std::size(mistakes) == std::size(mistake_names));

}  // namespace

std::optional<Mutant> random_mutant(const std::string& text, std::mt19937_64& random) {
    SourceSet sources;
    const SourceFile& source = sources.add("map", text);
    Diagnostics ignored;
    const std::vector<Token> tokens = parse::split(source, ignored).items;
    if (tokens.empty()) return std::nullopt;
    const std::size_t kind = pick(std::size(mistakes) + 1, random), at = pick(tokens.size(), random);
    const Token& token = tokens[at];
    const std::string word = text.substr(token.begin, token.end - token.begin);
    Mutant made{text, source.line_of(token.begin), {}};
    if (kind == std::size(mistakes)) {
        if (at + 1 == tokens.size()) return std::nullopt;
        const Token& next = tokens[at + 1];
        const std::string between = text.substr(token.end, next.begin - token.end),
                          other = text.substr(next.begin, next.end - next.begin);
        made.text.replace(token.begin, next.end - token.begin, other + between + word);
        made.what = "swapped " + word + " and " + other;
    } else {
        const auto instead = mistakes[kind](word, token.kind, random);
        if (!instead || *instead == word) return std::nullopt;
        made.text.replace(token.begin, token.end - token.begin, *instead);
        made.what = std::string(mistake_names[kind]) + " " + word;
    }
    return made;
}

}  // namespace vsm::tests
