// The lexer's side of the ANTLR boundary.
#include <CharStream.h>
#include <CommonToken.h>
#include <VsmLexer.h>

#include <array>

#include "base/codes.h"
#include "base/text.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/tokens.h"

namespace vsm::parse {
namespace {

using grammar::VsmLexer;

static_assert(static_cast<std::size_t>(TokenKind::open) == VsmLexer::OPEN && static_cast<std::size_t>(TokenKind::unknown) == VsmLexer::UNKNOWN &&
                  static_cast<std::size_t>(TokenKind::minus) == VsmLexer::MINUS && static_cast<std::size_t>(TokenKind::name) == VsmLexer::NAME &&
                  static_cast<std::size_t>(TokenKind::unexpected) == VsmLexer::UNEXPECTED,
              "TokenKind follows the order of the tokens in grammar/Vsm.g4");

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// What the lexer is shown for a byte. It works out what follows each character when it first meets it, at each start anew, and caches that
/// for ASCII only. So characters that the grammar does not tell apart look alike: letters, but for those of `n/a`, digits, and all beyond ASCII.
constexpr std::array<unsigned char, 256> look_of = [] {
    std::array<unsigned char, 256> look{};
    for (std::size_t byte = 0; byte < look.size(); ++byte) {
        const bool letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '_' || byte >= 0x7F;
        const bool digit = byte >= '0' && byte <= '9';
        const bool apart = byte == 'n' || byte == 'a';
        look[byte] = static_cast<unsigned char>(apart ? byte : letter ? 'x' : digit ? '0' : byte);
    }
    return look;
}();

/// The bytes of valid UTF-8 as ANTLR's lexer wants them, without a copy: its indices are byte offsets.
class ByteStream final : public antlr4::CharStream {
public:
    explicit ByteStream(std::string_view text) : text_(text) {}

    void consume() override {
        ++at_;
        while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0) == 0x80) ++at_;
    }
    size_t LA(ssize_t ahead) override {
        if (ahead <= 0) return 0;
        std::size_t at = at_;
        while (--ahead > 0 && at < text_.size()) ++at;
        if (at >= text_.size()) return antlr4::IntStream::EOF;
        return look_of[static_cast<unsigned char>(text_[at])];
    }
    ssize_t mark() override { return -1; }
    void release(ssize_t) override {}
    size_t index() override { return at_; }
    void seek(size_t index) override { at_ = index; }
    size_t size() override { return text_.size(); }
    std::string getSourceName() const override { return {}; }
    std::string getText(const antlr4::misc::Interval& interval) override {
        const auto begin = static_cast<std::size_t>(interval.a), end = static_cast<std::size_t>(interval.b) + 1;
        return begin < end && end <= text_.size() ? std::string(text_.substr(begin, end - begin)) : std::string();
    }
    std::string toString() const override { return std::string(text_); }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

/// Blanks out what cannot be seen, so that the lexer passes over it; inside text and comments it only reports.
std::string without_invisible(const SourceFile& source, Diagnostics& diagnostics) {
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
            const SourceRange range{source.id(), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + found.length)};
            const std::string escape = fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(found.character));
            diagnostics.report(diag::invisible_character, range, static_cast<std::uint32_t>(found.character))
                .help("take it out, or write `" + escape + "` in a text where it is meant");
        }
        if (hidden) std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(at), found.length, ' ');
        at += found.length;
    }
    return text;
}

/// The quotes that word processors put in the place of `"`, and the single one.
std::uint32_t odd_quote_at(std::string_view text, std::size_t at) {
    for (const std::string_view quote : {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x98", "\xE2\x80\x99", "\xC2\xAB", "\xC2\xBB", "'"})
        if (text.substr(at).starts_with(quote)) return static_cast<std::uint32_t>(quote.size());
    return 0;
}

/// Where a text in such quotes ends, behind its closing one on the same line; 0 when none begins here.
std::uint32_t end_of_odd_quotes(std::string_view text, std::uint32_t begin) {
    const std::uint32_t opening = odd_quote_at(text, begin);
    if (opening == 0) return 0;
    for (std::size_t at = begin + opening; at < text.size() && !is_line_end(text[at]); ++at) {
        const std::uint32_t closing = text[at] == '"' ? 1 : odd_quote_at(text, at);
        if (closing > 0) return static_cast<std::uint32_t>(at + closing);
    }
    return 0;
}

void report_odd_quotes(const SourceFile& source, SourceRange range, Diagnostics& diagnostics) {
    const std::string_view text = source.text(range);
    const std::uint32_t opening = odd_quote_at(text, 0);
    std::size_t closing = 1;
    while (odd_quote_at(text, text.size() - closing) != closing && text.back() != '"' && closing < 3) ++closing;
    const std::string straight = fmt::format("\"{}\"", text.substr(opening, text.size() - opening - closing));
    diagnostics.report(diag::unexpected_character, range, text.substr(0, opening)).help(fmt::format("text stands between straight double quotes: {}", straight)).fix(range, straight);
}

struct OtherComment {
    std::string_view opening, closing;
    bool begins_line = false;  ///< only there
};

constexpr auto other_comments = std::to_array<OtherComment>({{"//", "", false}, {"/*", "*/", false}, {"<!--", "-->", false}, {"-- ", "", true}, {";", "", true}});

/// The kind of comment of another language that begins here; nothing when none does. `line_begins`: nothing stands before it on its line.
const OtherComment* other_comment_at(std::string_view text, std::uint32_t begin, bool line_begins) {
    const bool apart = line_begins || begin == 0 || std::string_view(" \t{}()[],").find(text[begin - 1]) != std::string_view::npos;
    for (const OtherComment& one : other_comments)
        if (text.substr(begin).starts_with(one.opening)) return (one.begins_line ? line_begins : apart) ? &one : nullptr;
    return nullptr;
}

/// Behind its closing mark, or at the end of its line.
std::uint32_t end_of(const OtherComment& comment, std::string_view text, std::uint32_t begin) {
    const std::size_t closing = comment.closing.empty() ? std::string_view::npos : text.find(comment.closing, begin + comment.opening.size());
    if (closing != std::string_view::npos) return static_cast<std::uint32_t>(closing + comment.closing.size());
    return static_cast<std::uint32_t>(std::min(text.find_first_of("\r\n", begin), text.size()));
}

void report_other_comment(const SourceFile& source, const OtherComment& comment, std::uint32_t begin, Diagnostics& diagnostics) {
    const std::string_view mark = comment.opening.substr(0, comment.opening.find(' '));
    const SourceRange opening{source.id(), begin, static_cast<std::uint32_t>(begin + mark.size())};
    auto report = diagnostics.report(diag::unexpected_character, opening, mark);
    report.help("a comment starts with `#`, and ends with its line");
    if (comment.closing.empty()) report.fix(opening, "#");
}

void report_unexpected(const SourceFile& source, SourceRange range, Diagnostics& diagnostics) {
    const std::string_view text = source.text(range);
    const bool run = text.size() > 12;
    auto report = diagnostics.report(diag::unexpected_character, range, run ? shortened(text, 9) : std::string(text));
    if (text.front() == '\'' || text.starts_with("“") || text.starts_with("”") || text.starts_with("„")) {
        report.help("text stands between straight double quotes: \"…\"");
    } else if (text.front() == ';') {
        report.help("nothing needs a semicolon here; a comma may follow an item").fix(range, ",");
    } else if (text.starts_with("/") || text.starts_with("*")) {
        report.help("a comment starts with `#`");
    } else {
        report.help("take it out, or put the words in quotes: \"…\"");
    }
}

}  // namespace

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
        diagnostics.report(diag::bad_encoding, {source.id(), at, at + 1}, static_cast<unsigned>(static_cast<unsigned char>(source.text()[at])))
            .help("save the file as UTF-8");
        tokens.readable = false;
        return tokens;
    }
    const std::string text = without_invisible(source, diagnostics);
    ByteStream stream(text);
    VsmLexer lexer(&stream);
    lexer.removeErrorListeners();
    std::uint32_t last_end = 0;
    for (;;) {
        const std::unique_ptr<antlr4::Token> found = lexer.nextToken();
        if (found->getType() == antlr4::Token::EOF) break;
        Token token;
        token.kind = static_cast<TokenKind>(found->getType());
        token.begin = static_cast<std::uint32_t>(found->getStartIndex());
        token.end = static_cast<std::uint32_t>(found->getStopIndex() + 1);
        const SourceRange range{source.id(), token.begin, token.end};
        if (token.kind == TokenKind::name) token.kind = keyword_kind(source.text(range)).value_or(TokenKind::name);
        if (token.kind == TokenKind::comment) {
            tokens.comments.push_back(range);
            continue;
        }
        token.first_on_line = tokens.items.empty();
        for (std::uint32_t at = last_end; at < token.begin && !token.first_on_line; ++at) token.first_on_line = is_line_end(text[at]);
        if (const OtherComment* comment = other_comment_at(text, token.begin, token.first_on_line)) {
            report_other_comment(source, *comment, token.begin, diagnostics);
            if (diagnostics.error_count() > most_mistakes) {
                tokens.readable = false;
                return tokens;
            }
            stream.seek(end_of(*comment, text, token.begin));
            continue;
        }
        if (token.kind == TokenKind::unclosed_text) {
            diagnostics.report(diag::unclosed_text, range).help("close it with `\"` on the same line; write `\\n` for a new line");
            token.kind = TokenKind::string;
            token.repaired = true;
        }
        if (const std::uint32_t end = end_of_odd_quotes(text, token.begin); end > 0) {
            report_odd_quotes(source, {source.id(), token.begin, end}, diagnostics);
            token.kind = TokenKind::string;
            token.repaired = true;
            token.end = end;
            stream.seek(end);
        }
        if (token.kind == TokenKind::unexpected) {
            // A run of stray characters is one mistake.
            std::uint32_t end = token.end;
            while (stream.index() == end && end < text.size() && stream.LA(1) != 0x20 && !is_line_end(text[end]) && text[end] == text[token.begin]) {
                stream.consume();
                end = static_cast<std::uint32_t>(stream.index());
            }
            report_unexpected(source, {source.id(), token.begin, end}, diagnostics);
            last_end = end;
            if (diagnostics.error_count() > most_mistakes) {
                tokens.readable = false;
                return tokens;
            }
            continue;
        }
        last_end = token.end;
        tokens.items.push_back(token);
    }
    return tokens;
}

}  // namespace vsm::parse
