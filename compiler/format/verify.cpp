#include "compiler/format/verify.h"

#include <algorithm>
#include <span>

namespace vsm::format {
namespace {

using parse::TokenKind;

/// Excludes braces, which the layout writes, and commas, which it may drop.
bool is_written(TokenKind kind) {
    return kind != TokenKind::open && kind != TokenKind::close && kind != TokenKind::comma;
}

/// Whether each word of the text was written once.
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

/// Whether the tokens are the written words in order, with the commas of lists.
bool same_words(const Lines& lines, const std::vector<parse::Token>& tokens, std::string_view text) {
    std::size_t next = 0;
    int lists = 0;
    for (const parse::Token& token : tokens) {
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
    return static_cast<std::size_t>(std::count_if(tree.words.begin(), tree.words.end(), [](const Word& word) {
        return word.kind == TokenKind::open || word.kind == TokenKind::close;
    }));
}

bool same_comments(std::vector<std::string_view> before, const std::vector<SourceRange>& comments,
                   const SourceFile& source) {
    std::vector<std::string_view> after;
    for (const SourceRange& range : comments) after.push_back(source.text(range));
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    return before == after;
}

/// Whether two heads have the same words, ignoring trailing commas in lists.
bool same_head(std::span<const Word> a, std::span<const Word> b) {
    const auto counts = [](std::span<const Word> words, std::size_t at) {
        return words[at].kind != TokenKind::comma ||
               (at + 1 < words.size() && words[at + 1].kind != TokenKind::close_list &&
                words[at + 1].kind != TokenKind::close_arguments);
    };
    std::size_t i = 0, j = 0;
    for (;; ++i, ++j) {
        while (i < a.size() && !counts(a, i)) ++i;
        while (j < b.size() && !counts(b, j)) ++j;
        if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
        if (a[i].kind != b[j].kind || a[i].text != b[j].text) return false;
    }
}

/// Compares kinds only: an item that an edit created has no content besides its words.
bool same_kind(const ast::Item& a, const ast::Item& b) {
    if (a.what.index() != b.what.index()) return false;
    const auto* statement = a.statement();
    return statement == nullptr || statement->index() == b.statement()->index();
}

/// Recurses no deeper than the parser's nesting limit.
bool same_items(const Block& a, const Block& b) {
    const auto is_item = [](const Node& node) { return node.item != nullptr; };
    auto left = a.items.begin(), right = b.items.begin();
    for (;; ++left, ++right) {
        left = std::find_if(left, a.items.end(), is_item);
        right = std::find_if(right, b.items.end(), is_item);
        if (left == a.items.end() || right == b.items.end()) return left == a.items.end() && right == b.items.end();
        if (!same_kind(*left->item, *right->item) || !same_head(left->head, right->head)) return false;
        if (left->block.given != right->block.given || !same_items(left->block, right->block)) return false;
    }
}

}  // namespace

bool says_the_same(const Tree& tree, const Lines& lines, const std::vector<std::string_view>& comments,
                   const SourceFile& source, const std::string& text) {
    if (!all_written(tree, lines)) return false;
    const SourceFile made(source.id(), source.path(), text);
    Diagnostics wrong;
    const parse::Reading reading = parse::read(made, wrong);
    if (!wrong.all().empty()) return false;
    const auto is_brace = [](const parse::Token& token) {
        return token.kind == TokenKind::open || token.kind == TokenKind::close;
    };
    if (static_cast<std::size_t>(std::count_if(reading.words.begin(), reading.words.end(), is_brace)) != braces(tree))
        return false;
    if (!same_words(lines, reading.words, text) || !same_comments(comments, reading.file.comments, made)) return false;
    Tree again = build_tree(reading, made);
    Lines laid_out = lay_out(again);
    align(laid_out.all);
    return text_of(laid_out.all) == text && same_items(tree.file, again.file);
}

}  // namespace vsm::format
