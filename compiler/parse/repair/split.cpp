// Splits a file into tokens, and repairs words and quotes that the scanner cannot handle.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/repair/broken_item.h"
#include "compiler/parse/tokens/scanner.h"
#include "compiler/parse/tokens/texts.h"
#include "compiler/parse/tokens/tokens.h"
#include "diag/parse.h"

namespace vsm::parse {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

/// Replaces invisible characters with blanks, which the lexer skips, and reports them, also inside text and comments.
std::string blank_invisible(const SourceFile& source, Diagnostics& diagnostics) {
    std::string text(source.text());
    const bool marked = text.starts_with(byte_order_mark);
    if (marked) std::fill_n(text.begin(), byte_order_mark.size(), ' ');
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x20 && byte < 0x7F) {
            ++at;
            continue;
        }
        const Decoded found = *decode_utf8(text, at);
        const bool hidden = is_invisible(found.character);
        if (hidden && diagnostics.error_count() <= most_mistakes) {
            const SourceRange range{source.id(), static_cast<std::uint32_t>(at),
                                    static_cast<std::uint32_t>(at + found.length)};
            const std::string escape = fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(found.character));
            diagnostics.report(diag::invisible_character, range, static_cast<std::uint32_t>(found.character))
                .help("remove it, or write `" + escape + "` in a text that needs it");
        }
        if (hidden) std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(at), found.length, ' ');
        at += found.length;
    }
    return text;
}

/// Blanks that no keyboard types; they come with text copied from a web page or a word processor.
bool is_odd_blank(std::string_view character) {
    constexpr std::string_view all[] = {"\u00A0", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005",
                                        "\u2006", "\u2007", "\u2008", "\u2009", "\u200A", "\u202F", "\u205F"};
    return std::find(std::begin(all), std::end(all), character) != std::end(all);
}

/// Reports all of them as one mistake: the text was copied from somewhere.
void report_odd_blanks(const SourceFile& source, const std::vector<SourceRange>& blanks, Diagnostics& diagnostics) {
    if (blanks.empty()) return;
    const SourceRange first = blanks.front(), whole{source.id(), first.begin, blanks.back().end};
    std::string repaired;
    std::uint32_t done = whole.begin;
    for (const SourceRange blank : blanks) {
        repaired += source.text({source.id(), done, blank.begin});
        repaired += ' ';
        done = blank.end;
    }
    const auto character = decode_utf8(source.text(first), 0);
    diagnostics
        .report(diag::invisible_character, first, static_cast<std::uint32_t>(character ? character->character : U' '))
        .help(blanks.size() == 1 ? std::string("it looks like a space: use a plain one")
                                 : fmt::format("it looks like a space: use a plain one, here and at {} more places",
                                               blanks.size() - 1))
        .fix(whole, repaired);
}

struct OtherComment {
    std::string_view opening, closing;
    bool begins_line = false;  ///< only at the beginning of a line
};

constexpr auto other_comments = std::to_array<OtherComment>(
    {{"//", "", false}, {"/*", "*/", false}, {"<!--", "-->", false}, {"-- ", "", true}, {";", "", true}});

/// `; wait 3d`, `; lead: 1d`: whether a semicolon at the beginning of a line precedes an item, and so may separate it
/// from the one before.
bool begins_item(std::string_view behind) {
    Scanner scanner(behind);
    const Lexeme first = scanner.next();
    if (first.kind != TokenKind::name) return false;
    const auto keyword = keyword_kind(behind.substr(first.begin, first.end - first.begin));
    return scanner.next().kind == TokenKind::colon || (keyword && begins_statement(*keyword));
}

/// The kind of comment of another language that begins here; null if none does. `line_begins`: it is first on its line.
const OtherComment* other_comment_at(std::string_view text, std::uint32_t begin, bool line_begins) {
    for (const OtherComment& one : other_comments) {
        if (text[begin] != one.opening.front() || !text.substr(begin).starts_with(one.opening)) continue;
        if (one.opening == ";" && begins_item(text.substr(begin + 1))) return nullptr;
        const bool apart =
            line_begins || begin == 0 || std::string_view(" \t{}()[],").find(text[begin - 1]) != std::string_view::npos;
        return (one.begins_line ? line_begins : apart) ? &one : nullptr;
    }
    return nullptr;
}

/// The position after its closing mark, or the end of its line.
std::uint32_t end_of(const OtherComment& comment, std::string_view text, std::uint32_t begin) {
    const std::size_t closing =
        comment.closing.empty() ? std::string_view::npos : text.find(comment.closing, begin + comment.opening.size());
    if (closing != std::string_view::npos) return static_cast<std::uint32_t>(closing + comment.closing.size());
    return static_cast<std::uint32_t>(std::min(text.find_first_of("\r\n", begin), text.size()));
}

void report_other_comment(const SourceFile& source, const OtherComment& comment, std::uint32_t begin,
                          Diagnostics& diagnostics) {
    const std::string_view mark = comment.opening.substr(0, comment.opening.find(' '));
    const SourceRange opening{source.id(), begin, static_cast<std::uint32_t>(begin + mark.size())};
    auto report = diagnostics.report(diag::unexpected_character, opening, mark);
    report.help("a comment starts with `#`, and ends with its line");
    if (comment.closing.empty()) report.fix(opening, "#");
}

// ---- words that an invisible character splits ----

bool splits_word(const Tokens& tokens, const Token& next, const SourceFile& source) {
    if (tokens.items.empty() || tokens.items.back().end == next.begin) return false;
    const std::string_view between = source.text({source.id(), tokens.items.back().end, next.begin});
    return between.find_first_of(" \t\r\n#") == std::string_view::npos;
}

/// Joins two halves into one token, if that makes a word or an amount.
bool join_halves(Tokens& tokens, const Token& next, const SourceFile& source) {
    Token& last = tokens.items.back();
    const bool number = last.kind == TokenKind::number || last.kind == TokenKind::quantity;
    const bool word = is_word(last.kind);
    if (number && (is_word(next.kind) || next.kind == TokenKind::quantity || next.kind == TokenKind::number)) {
        last.kind = last.kind == next.kind ? last.kind : TokenKind::quantity;
    } else if (number && next.kind == TokenKind::percent_sign) {
        last.kind = TokenKind::percent;
    } else if (number && next.kind == TokenKind::percent) {
        last.kind = TokenKind::percent;
    } else if (!word || !(is_word(next.kind) || next.kind == TokenKind::number || next.kind == TokenKind::quantity)) {
        return false;
    }
    last.end = next.end;
    last.repaired = true;
    if (word)
        last.kind =
            keyword_kind(without_invisible(source.text({source.id(), last.begin, last.end}))).value_or(TokenKind::name);
    return true;
}

// ---- a text without its opening quote ----

/// `step qa Test the release" {`: the words before an unopened quote, after the name of a statement or the colon of a
/// property.
bool join_unopened(Tokens& tokens, std::uint32_t quote, const SourceFile& source, Diagnostics& diagnostics) {
    auto& items = tokens.items;
    std::size_t first = items.size();
    while (first > 0 && is_word(items[first - 1].kind)) {
        --first;
        if (items[first].first_on_line) break;
    }
    if (first == items.size() || items.back().end != quote) return false;
    const bool begins = items[first].first_on_line || first == 0 || items[first - 1].kind == TokenKind::open ||
                        items[first - 1].kind == TokenKind::close || items[first - 1].kind == TokenKind::comma;
    if (items[first].first_on_line || (begins && begins_statement(items[first].kind)))
        first += 2;  // the keyword and the name
    if (first >= items.size()) return false;
    const SourceRange whole{source.id(), items[first].begin, quote + 1};
    const std::string text = fmt::format("\"{}", source.text(whole));
    diagnostics
        .report(diag::unexpected_word, whole, "`\"` at both ends of a text", fmt::format("`{}`", source.text(whole)))
        .help(fmt::format("write `{}`", text))
        .fix(whole, text);
    items.resize(first + 1);
    items.back().kind = TokenKind::string;
    items.back().repaired = true;
    items.back().end = quote + 1;
    return true;
}

/// The tokens of a readable text, one after the other.
class Splitter {
public:
    Splitter(const SourceFile& source, Diagnostics& diagnostics)
        : source_(source), diagnostics_(diagnostics), text_(blank_invisible(source, diagnostics)),
          hides_(diagnostics.has_errors()), scanner_(text_) {}

    Tokens run() {
        for (;;) {
            const Lexeme found = scanner_.next();
            if (found.kind == TokenKind::end) break;
            Token token = read(found);
            const SourceRange range{source_.id(), token.begin, token.end};
            if (token.kind == TokenKind::comment) {
                tokens_.comments.push_back(range);
                continue;
            }
            token.first_on_line = tokens_.items.empty();
            for (std::uint32_t at = last_end_; at < token.begin && !token.first_on_line; ++at)
                token.first_on_line = is_line_end(text_[at]);
            if (const OtherComment* comment = other_comment_at(text_, token.begin, token.first_on_line)) {
                report_other_comment(source_, *comment, token.begin, diagnostics_);
                if (diagnostics_.error_count() > most_mistakes) {
                    tokens_.readable = false;
                    return std::move(tokens_);
                }
                scanner_.go_on_at(end_of(*comment, text_, token.begin));
                continue;
            }
            if (joins_last(token)) continue;
            repair_quotes(token, range);
            if (token.kind == TokenKind::unexpected && takes_odd_blanks(token, range)) continue;
            last_end_ = token.end;
            tokens_.items.push_back(token);
        }
        report_odd_blanks(source_, odd_blanks_, diagnostics_);
        return std::move(tokens_);
    }

private:
    Token read(const Lexeme& found) const {
        Token token;
        token.kind = found.kind;
        token.begin = found.begin;
        token.end = found.end;
        const SourceRange range{source_.id(), token.begin, token.end};
        if (token.kind == TokenKind::name) token.kind = keyword_kind(source_.text(range)).value_or(TokenKind::name);
        return token;
    }

    /// Whether a token became part of the one before.
    bool joins_last(const Token& token) {
        if (hides_ && splits_word(tokens_, token, source_) && join_halves(tokens_, token, source_)) {
            last_end_ = token.end;
            return true;
        }
        if (token.kind == TokenKind::unclosed_text && !token.first_on_line &&
            join_unopened(tokens_, token.begin, source_, diagnostics_)) {
            last_end_ = token.begin + 1;
            scanner_.go_on_at(last_end_);
            return true;
        }
        return false;
    }

    /// Ends a text where it was meant to end.
    void repair_quotes(Token& token, SourceRange range) {
        if (token.kind == TokenKind::unclosed_text) {
            token.end = report_unclosed(source_, text_, range, diagnostics_);
            scanner_.go_on_at(token.end);
            token.kind = TokenKind::string;
            token.repaired = true;
        } else if (token.kind == TokenKind::string) {
            if (const std::uint32_t end = end_of_inner_quotes(text_, token.end); end > 0) {
                report_inner_quotes(source_, {source_.id(), token.begin, end}, token.end - 1, diagnostics_);
                token.repaired = true;
                token.end = end;
                scanner_.go_on_at(end);
            }
        }
        if (const std::uint32_t end = end_of_odd_quotes(text_, token.begin); end > 0) {
            report_odd_quotes(source_, {source_.id(), token.begin, end}, diagnostics_);
            token.kind = TokenKind::string;
            token.repaired = true;
            token.end = end;
            scanner_.go_on_at(end);
        }
    }

    /// Extends a stray character to the run of it, which is reported as one mistake. Returns whether these are blanks.
    bool takes_odd_blanks(Token& token, SourceRange range) {
        const std::string_view character = source_.text(range), text = source_.text();
        std::uint32_t end = token.end;
        while (text.substr(end).starts_with(character) && text_[end] != ' ') end += range.end - range.begin;
        scanner_.go_on_at(end);
        token.end = end;
        if (!is_odd_blank(source_.text(range))) return false;
        odd_blanks_.push_back({source_.id(), token.begin, end});
        return true;
    }

    const SourceFile& source_;
    Diagnostics& diagnostics_;
    const std::string text_;
    const bool hides_;  ///< the text had invisible characters
    Scanner scanner_;
    Tokens tokens_;
    std::vector<SourceRange> odd_blanks_;
    std::uint32_t last_end_ = 0;
};

}  // namespace

void report_unexpected(const SourceFile& source, SourceRange range, Diagnostics& diagnostics) {
    const std::string_view text = source.text(range);
    const bool run = text.size() > 12;
    auto report = diagnostics.report(diag::unexpected_character, range, run ? shortened(text, 9) : std::string(text));
    if (text.front() == '\'' || text.starts_with("“") || text.starts_with("”") || text.starts_with("„")) {
        report.help("text is written between straight double quotes: \"…\"");
    } else if (text.front() == ';') {
        report.help("a semicolon is not needed here; a comma may follow an item");
        const std::string_view before = source.text().substr(0, range.begin);
        const std::size_t last = before.find_last_not_of(" \t");
        const bool first_on_line = last == std::string_view::npos || is_line_end(before[last]);
        if (!first_on_line) report.fix(range, ",");  // else it may also begin a comment
    } else if (text.front() == '!') {
        report.help("a goal compares with `<=`, `>=`, `<`, `>` or `=`");
    } else if (text.starts_with("/") || text.starts_with("*")) {
        report.help("a comment starts with `#`");
    } else {
        report.help("remove it, or put the words in quotes: \"…\"");
    }
}

Tokens split(const SourceFile& source, Diagnostics& diagnostics) {
    Tokens tokens;
    if (source.text().size() > most_bytes) {
        diagnostics.report(diag::file_too_large, {source.id(), 0, 0}, source.text().size(), most_bytes)
            .help("split the map into files and use `import`");
        tokens.readable = false;
        return tokens;
    }
    if (const auto wrong = find_invalid_utf8(source.text())) {
        const auto at = static_cast<std::uint32_t>(*wrong);
        diagnostics
            .report(diag::bad_encoding, {source.id(), at, at + 1},
                    static_cast<unsigned>(static_cast<unsigned char>(source.text()[at])))
            .help("save the file as UTF-8");
        tokens.readable = false;
        return tokens;
    }
    return Splitter(source, diagnostics).run();
}

}  // namespace vsm::parse
