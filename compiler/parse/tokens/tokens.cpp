#include "compiler/parse/tokens/tokens.h"

#include <array>

#include "base/text.h"

namespace vsm::parse {
namespace {

constexpr std::array keywords = std::to_array<std::string_view>(
    {"import", "team",   "stream", "future", "stage",  "step",  "parallel", "choose", "branch", "wait",    "queue",
     "rework", "target", "expect", "note",   "kaizen", "allow", "change",   "remove", "add",    "replace", "move",
     "of",     "by",     "once",   "to",     "from",   "on",    "before",   "after",  "with"});

constexpr std::size_t first_keyword = static_cast<std::size_t>(TokenKind::import_);
constexpr std::size_t index_of(TokenKind keyword) { return static_cast<std::size_t>(keyword) - first_keyword; }

static_assert(keywords.size() == index_of(TokenKind::with) + 1,
              "each keyword of TokenKind has its text, in the same order");

}  // namespace

bool begins_statement(TokenKind kind) { return kind >= TokenKind::import_ && kind <= TokenKind::move; }

bool is_word(TokenKind kind) {
    return kind == TokenKind::name || (kind >= TokenKind::import_ && kind <= TokenKind::with);
}

bool is_amount(TokenKind kind) {
    return kind == TokenKind::number || kind == TokenKind::quantity || kind == TokenKind::percent;
}

bool is_connecting_keyword(TokenKind kind) { return kind >= TokenKind::of && kind <= TokenKind::with; }

bool may_have_block(TokenKind kind) {
    return (kind >= TokenKind::team && kind <= TokenKind::rework) || kind == TokenKind::kaizen ||
           kind == TokenKind::change;
}

std::string_view keyword_text(TokenKind kind) {
    return kind >= TokenKind::import_ && kind <= TokenKind::with ? keywords[index_of(kind)] : std::string_view();
}

std::optional<TokenKind> keyword_kind(std::string_view text) {
    for (std::size_t i = 0; i < keywords.size(); ++i)
        if (keywords[i] == text) return static_cast<TokenKind>(first_keyword + i);
    return std::nullopt;
}

std::span<const std::string_view> statement_keywords() {
    return std::span<const std::string_view>(keywords).first(index_of(TokenKind::move) + 1);
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
