#include "compiler/format/verify.h"

#include <algorithm>

namespace vsm::format {
namespace {

using parse::TokenKind;

/// Braces are written by their blocks, commas between items by nobody.
bool is_written(TokenKind kind) { return kind != TokenKind::open && kind != TokenKind::close && kind != TokenKind::comma; }

/// Each word of the text once.
bool all_written(const Tree& tree, const Lines& lines) {
    std::vector<const Word*> written;
    for (const Word* word : lines.written)
        if (is_written(word->kind)) written.push_back(word);
    std::sort(written.begin(), written.end());
    std::vector<const Word*> wanted;
    for (const Word& word : tree.words)
        if (is_written(word.kind)) wanted.push_back(&word);
    return written == wanted;
}

/// The words in the order written, with the commas of lists.
bool same_words(const Lines& lines, const parse::Tokens& tokens, std::string_view text) {
    std::size_t next = 0;
    int lists = 0;
    for (const parse::Token& token : tokens.items) {
        if (token.kind == TokenKind::open_list || token.kind == TokenKind::open_arguments) ++lists;
        if (token.kind == TokenKind::close_list || token.kind == TokenKind::close_arguments) --lists;
        if (token.kind == TokenKind::comma ? lists == 0 : !is_written(token.kind)) continue;
        if (next == lines.written.size()) return false;
        const Word& word = *lines.written[next++];
        if (word.kind != token.kind || word.text != text.substr(token.begin, token.end - token.begin)) return false;
    }
    return next == lines.written.size();
}

std::size_t braces(const Tree& tree) {
    return static_cast<std::size_t>(std::count_if(tree.words.begin(), tree.words.end(), [](const Word& word) { return word.kind == TokenKind::open || word.kind == TokenKind::close; }));
}

bool same_comments(std::vector<std::string_view> before, const parse::Tokens& tokens, const SourceFile& source) {
    std::vector<std::string_view> after;
    for (const SourceRange& range : tokens.comments) after.push_back(source.text(range));
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    return before == after;
}

}  // namespace

bool says_the_same(const Tree& tree, const Lines& lines, const std::vector<std::string_view>& comments, const std::string& text) {
    if (!all_written(tree, lines)) return false;
    const SourceFile source(FileId{0}, "", text);
    Diagnostics wrong;
    parse::Tokens tokens = parse::split(source, wrong);
    parse::mend_mistakes(tokens, source, wrong);  // there are none
    if (!wrong.all().empty()) return false;
    const auto is_brace = [](const parse::Token& token) { return token.kind == TokenKind::open || token.kind == TokenKind::close; };
    return static_cast<std::size_t>(std::count_if(tokens.items.begin(), tokens.items.end(), is_brace)) == braces(tree) && same_words(lines, tokens, text) &&
           same_comments(comments, tokens, source);
}

}  // namespace vsm::format
