#include "compiler/parse/tokens/tokens.h"

#include <array>
#include <unordered_map>

#include "base/text.h"

namespace vsm::parse {
namespace {

enum class Role { statement, element, edit, connecting };

struct Keyword {
    TokenKind kind;
    std::string_view text;
    Role role;
    bool block;
};

constexpr auto keywords = std::to_array<Keyword>({
#define VSM_KEYWORD(kind, token, text, role, block) {TokenKind::kind, text, Role::role, block},
#include "compiler/parse/tokens/keywords.def"
#undef VSM_KEYWORD
});

/// The row of a keyword; null for other tokens.
const Keyword* row_of(TokenKind kind) {
    const auto index = static_cast<std::size_t>(kind) - static_cast<std::size_t>(keywords.front().kind);
    return index < keywords.size() ? &keywords[index] : nullptr;
}

bool has_role(TokenKind kind, Role role) {
    const Keyword* keyword = row_of(kind);
    return keyword != nullptr && keyword->role == role;
}

}  // namespace

bool begins_statement(TokenKind kind) { return row_of(kind) != nullptr && !has_role(kind, Role::connecting); }

bool is_element(TokenKind kind) { return has_role(kind, Role::element); }

bool is_edit(TokenKind kind) { return has_role(kind, Role::edit); }

bool is_connecting_keyword(TokenKind kind) { return has_role(kind, Role::connecting); }

bool is_word(TokenKind kind) { return kind == TokenKind::name || row_of(kind) != nullptr; }

bool is_amount(TokenKind kind) {
    return kind == TokenKind::number || kind == TokenKind::quantity || kind == TokenKind::percent;
}

bool is_relation(TokenKind kind) {
    switch (kind) {
        case TokenKind::at_most:
        case TokenKind::at_least:
        case TokenKind::below:
        case TokenKind::above:
        case TokenKind::equal: return true;
        default: return false;
    }
}

bool may_have_block(TokenKind kind) {
    const Keyword* keyword = row_of(kind);
    return keyword != nullptr && keyword->block;
}

std::string_view keyword_text(TokenKind kind) {
    const Keyword* keyword = row_of(kind);
    return keyword == nullptr ? std::string_view() : keyword->text;
}

std::optional<TokenKind> keyword_kind(std::string_view text) {
    static const std::unordered_map<std::string_view, TokenKind> kinds = [] {
        std::unordered_map<std::string_view, TokenKind> made;
        for (const Keyword& keyword : keywords) made.emplace(keyword.text, keyword.kind);
        return made;
    }();
    const auto found = kinds.find(text);
    return found == kinds.end() ? std::nullopt : std::optional(found->second);
}

std::span<const std::string_view> statement_keywords() {
    static const std::vector<std::string_view> texts = [] {
        std::vector<std::string_view> made;
        for (const Keyword& keyword : keywords)
            if (keyword.role != Role::connecting) made.push_back(keyword.text);
        return made;
    }();
    return texts;
}

std::uint32_t indent_of(const SourceFile& source, std::uint32_t line) {
    std::uint32_t indent = 0;
    for (const char c : source.line_text(line)) {
        if (c != ' ' && c != '\t') break;
        indent += c == '\t' ? 4 : 1;
    }
    return indent;
}

std::string describe(const Token& token, const SourceFile& source) {
    if (token.kind == TokenKind::end) return "the end of the file";
    const std::string_view text = source.text({source.id(), token.begin, token.end});
    if (token.kind == TokenKind::string)
        return "the text " + std::string(text.size() > 40 ? text.substr(0, 1) : text) + (text.size() > 40 ? "…\"" : "");
    return "`" + std::string(text) + "`";
}

}  // namespace vsm::parse
