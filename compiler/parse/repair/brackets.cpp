// Balances brackets, so that the parser never sees one without its partner. Indentation shows which one is missing.
#include <algorithm>

#include "compiler/parse/parse.h"
#include "compiler/parse/tokens/tokens.h"
#include "diag/parse.h"

namespace vsm::parse {
namespace {

/// An open bracket.
struct Open {
    Token token;
    std::uint32_t line = 0;
    std::uint32_t indent = 0;  ///< of its line
    std::string what;          ///< `step`, `stage`, …
};

class Balancer {
public:
    Balancer(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics)
        : tokens_(tokens), source_(source), diagnostics_(diagnostics) {}

    /// Nothing is missing and nothing is too deep.
    bool is_balanced() {
        if (!small_brackets_match() || too_deep() != nullptr) return false;
        count_braces();
        return excess_ == 0 && !closes_early_;
    }

    void run() {
        if (!small_brackets_match()) close_small_brackets();
        if (diagnostics_.error_count() > most_mistakes) return;
        if (const Token* deep = too_deep()) {
            diagnostics_.report(diag::nesting_too_deep, range(*deep), deepest_nesting)
                .help("few maps nest deeper than a stage inside a stage: look for a block that was never closed");
            tokens_.readable = false;
            return;
        }
        count_braces();
        if (excess_ != 0 || closes_early_) place_braces();
    }

private:
    SourceRange range(const Token& token) const { return {source_.id(), token.begin, token.end}; }
    const Token& item(std::size_t at) const { return token_at(tokens_.items, at); }
    const Token& out(std::size_t at) const { return token_at(out_, at); }
    std::uint32_t line_of(const Token& token) const { return source_.line_of(token.begin); }

    // ---- ( ) and [ ]: they contain only values, so anything else ends them ----

    static bool fits_in_list(TokenKind kind, bool arguments) {
        if (kind == TokenKind::comma || is_word(kind) || is_amount(kind)) return true;
        if (arguments) return false;
        return kind == TokenKind::string || kind == TokenKind::date || kind == TokenKind::unknown ||
               kind == TokenKind::not_applicable || kind == TokenKind::guess || kind == TokenKind::range ||
               kind == TokenKind::per || kind == TokenKind::open_list || kind == TokenKind::open_arguments ||
               kind == TokenKind::close_arguments;
    }

    /// Whether a property or statement begins here, so that an open list was meant to end before.
    bool item_begins(std::size_t at) const {
        const Token& here = item(at);
        const TokenKind next = item(at + 1).kind;
        if (!is_word(here.kind)) return false;
        if (next == TokenKind::colon) return true;
        return here.first_on_line && begins_statement(here.kind) && next != TokenKind::comma &&
               next != TokenKind::close_list;
    }

    /// Whether `token` cannot be in the open bracket `open`, so that this was meant to end before.
    bool ends(const Token& token, std::size_t at, TokenKind open) const {
        return !fits_in_list(token.kind, open == TokenKind::open_arguments) || item_begins(at);
    }

    static bool opens_small(TokenKind kind) {
        return kind == TokenKind::open_list || kind == TokenKind::open_arguments;
    }
    static bool closes_small(TokenKind kind) {
        return kind == TokenKind::close_list || kind == TokenKind::close_arguments;
    }
    static TokenKind opener_of(TokenKind closing) {
        return closing == TokenKind::close_list ? TokenKind::open_list : TokenKind::open_arguments;
    }

    bool small_brackets_match() const {
        std::vector<TokenKind> open;
        for (std::size_t at = 0; at < tokens_.items.size(); ++at) {
            const Token& token = item(at);
            if (closes_small(token.kind)) {
                if (open.empty() || open.back() != opener_of(token.kind)) return false;
                open.pop_back();
            } else {
                if (!open.empty() && ends(token, at, open.back())) return false;
                if (opens_small(token.kind)) open.push_back(token.kind);
            }
        }
        return open.empty();
    }

    void close_small_brackets() {
        std::vector<Token> out;
        out.reserve(tokens_.items.size());
        std::vector<Token> open;
        const auto close_missing = [&](const Token& before) {
            const bool list = open.back().kind == TokenKind::open_list;
            Token closing{list ? TokenKind::close_list : TokenKind::close_arguments, true, false, out.back().end,
                          out.back().end};
            if (out.back().kind == TokenKind::comma) closing.begin = closing.end = out.back().begin;
            diagnostics_.report(diag::unclosed_block, range(out.back()), list ? "list" : "parenthesis")
                .label(range(open.back()), "opens here")
                .help(fmt::format("close it with `{}` before {}", list ? "]" : ")", describe(before, source_)));
            const bool comma = out.back().kind == TokenKind::comma;
            out.insert(comma ? out.end() - 1 : out.end(), closing);
            open.pop_back();
        };
        for (std::size_t at = 0; at < tokens_.items.size(); ++at) {
            if (diagnostics_.error_count() > most_mistakes) return;
            const Token& token = item(at);
            const bool closes = closes_small(token.kind);
            while (!open.empty() && !closes && ends(token, at, open.back().kind)) close_missing(token);
            if (opens_small(token.kind)) open.push_back(token);
            if (closes && !close_matches(token, open)) continue;
            out.push_back(token);
        }
        while (!open.empty() && diagnostics_.error_count() <= most_mistakes) close_missing(Token{});
        tokens_.items = std::move(out);
    }

    bool close_matches(const Token& token, std::vector<Token>& open) {
        if (!open.empty() && open.back().kind == opener_of(token.kind)) {
            open.pop_back();
            return true;
        }
        diagnostics_.report(diag::unmatched_closing, range(token), token.kind == TokenKind::close_list ? "]" : ")")
            .help("remove it, or open the list before the first value");
        return false;
    }

    // ---- { } ----

    /// The first token that is nested deeper than allowed; null if none is.
    const Token* too_deep() const {
        std::size_t depth = 0, edits = 0, next_edit = 0;
        for (std::size_t at = 0; at < tokens_.items.size(); ++at) {
            const Token& token = item(at);
            if (const std::size_t words = words_of_edit(at); words > 0) {
                edits = at == next_edit ? edits + 1 : 1;
                next_edit = at + words;
            }
            const bool opens = token.kind == TokenKind::open || opens_small(token.kind);
            const bool closes = token.kind == TokenKind::close || closes_small(token.kind);
            if (closes && depth > 0) --depth;
            if (opens) ++depth;
            if (depth > deepest_nesting || edits > deepest_nesting) return &token;
        }
        return nullptr;
    }

    /// The number of words in `add after NAME` or `replace NAME with`, else 0. The added item may be another edit,
    /// without brackets of its own.
    std::size_t words_of_edit(std::size_t at) const {
        const TokenKind kind = item(at).kind, next = item(at + 1).kind;
        if (kind == TokenKind::add && (next == TokenKind::after || next == TokenKind::before) &&
            is_word(item(at + 2).kind))
            return 3;
        return kind == TokenKind::replace && is_word(next) && item(at + 2).kind == TokenKind::with ? 3 : 0;
    }

    /// Counts opening minus closing braces.
    void count_braces() {
        for (const Token& token : tokens_.items) {
            if (token.kind == TokenKind::open) ++excess_;
            if (token.kind == TokenKind::close) --excess_;
            closes_early_ = closes_early_ || excess_ < 0;
        }
    }

    void place_braces() {
        for (std::size_t at = 0; at < tokens_.items.size(); ++at) {
            const Token token = item(at);
            if (token.kind == TokenKind::close) {
                if (excess_ < 0 && closes_nothing_of_ours(token) && open_missing_block(token)) ++excess_;
                while (excess_ > 0 && open_.size() > 1 && token.first_on_line &&
                       indent_of(source_, line_of(token)) < open_.back().indent)
                    close_missing(token);
                if (open_.empty()) {
                    diagnostics_.report(diag::unmatched_closing, range(token), "}")
                        .help("remove it, or open its block before it");
                    ++excess_;
                    continue;
                }
                open_.pop_back();
            } else if (token.first_on_line) {
                const std::uint32_t line = line_of(token);
                while (excess_ > 0 && !open_.empty() && open_.back().line < line &&
                       indent_of(source_, line) <= open_.back().indent)
                    close_missing(token);
            }
            out_.push_back(token);
            if (token.kind == TokenKind::open) open_.push_back(opened(token));
        }
        while (!open_.empty()) close_missing(Token{});
        tokens_.items = std::move(out_);
    }

    Open opened(const Token& token) const {
        const std::uint32_t line = line_of(token);
        std::string what = "block";
        // The nearest keyword before the brace whose statement can have a block.
        for (std::size_t back = out_.size() - 1; back-- > 0 && out_.size() - back < 12;) {
            const Token& before = out(back);
            if (before.kind == TokenKind::open || before.kind == TokenKind::close || before.kind == TokenKind::colon)
                break;
            if (!may_have_block(before.kind)) continue;
            what = fmt::format("`{}`", keyword_text(before.kind));
            if (before.first_on_line) break;
        }
        return {token, line, indent_of(source_, line), what};
    }

    void close_missing(const Token& before) {
        const Open& open = open_.back();
        const Token& last = out_.back();
        diagnostics_.report(diag::unclosed_block, range(last), open.what)
            .label(range(open.token), "opens here")
            .help(fmt::format("close it with `}}` before {}", describe(before, source_)));
        out_.push_back({TokenKind::close, true, false, last.end, last.end});
        open_.pop_back();
        --excess_;
    }

    /// Whether a `}` does not fit the block that it would close: that block was opened on another line, with another
    /// indentation.
    bool closes_nothing_of_ours(const Token& token) const {
        if (open_.empty()) return true;
        const std::uint32_t line = line_of(token);
        if (open_.back().line == line) return false;
        return !token.first_on_line || indent_of(source_, line) > open_.back().indent;
    }

    /// Finds the statement whose block was meant to open: on the same line, or on the last line with the indentation of
    /// the `}`.
    bool open_missing_block(const Token& closing) {
        const std::uint32_t line = line_of(closing);
        const std::uint32_t indent = indent_of(source_, line);
        for (std::size_t at = out_.size(); at-- > 0;) {
            const Token& head = out(at);
            if (!head.first_on_line) continue;
            const std::uint32_t head_line = line_of(head);
            if (closing.first_on_line ? head_line == line || indent_of(source_, head_line) != indent
                                      : head_line != line) {
                if (!closing.first_on_line && head_line < line) return false;
                if (closing.first_on_line && indent_of(source_, head_line) < indent) return false;
                continue;
            }
            return put_opening_after(at);
        }
        return false;
    }

    /// Inserts the `{` after the keyword, name and title of a statement on the line, before its first property or
    /// element. Tries the last statement of the line without a block first.
    bool put_opening_after(std::size_t head) {
        std::size_t line_end = head + 1;
        while (line_end < out_.size() && !out(line_end).first_on_line) ++line_end;
        for (std::size_t keyword = line_end; keyword-- > head;) {
            if (may_have_block(out(keyword).kind) && begins_statement_at(keyword, head) && put_opening_for(keyword))
                return true;
        }
        return false;
    }

    bool begins_statement_at(std::size_t keyword, std::size_t head) const {
        if (out(keyword + 1).kind == TokenKind::colon) return false;
        if (keyword == head) return true;
        const TokenKind before = out(keyword - 1).kind;
        if (before == TokenKind::open || before == TokenKind::close || before == TokenKind::comma ||
            before == TokenKind::with)
            return true;
        const TokenKind side = out(keyword - 2).kind;  // `add after NAME step …`
        return keyword >= head + 3 && (side == TokenKind::after || side == TokenKind::before);
    }

    bool put_opening_for(std::size_t keyword) {
        std::size_t at = keyword + 1;
        while (at < out_.size() && !out(at).first_on_line && out(at).kind != TokenKind::open &&
               out(at).kind != TokenKind::close && !(begins_statement(out(at).kind) && at > keyword + 1) &&
               !(is_word(out(at).kind) && out(at + 1).kind == TokenKind::colon))
            ++at;
        if (out(at).kind == TokenKind::open) return false;
        const Token last = out(at - 1);
        const SourceRange place = range_of(source_, out(keyword), last);
        diagnostics_.report(diag::missing_brace, place, source_.text(place))
            .help("open its block with `{`")
            .fix({source_.id(), last.end, last.end}, " {");
        const Token opening{TokenKind::open, true, false, last.end, last.end};
        open_.push_back({opening, line_of(last), indent_of(source_, line_of(last)), "block"});
        out_.insert(out_.begin() + static_cast<std::ptrdiff_t>(at), opening);
        return true;
    }

    Tokens& tokens_;
    const SourceFile& source_;
    Diagnostics& diagnostics_;
    std::ptrdiff_t excess_ = 0;
    bool closes_early_ = false;  ///< a `}` comes before its `{`
    std::vector<Open> open_;
    std::vector<Token> out_;
};

}  // namespace

bool is_balanced(Tokens& tokens, const SourceFile& source) {
    Diagnostics none;
    return Balancer(tokens, source, none).is_balanced();
}

void balance(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics) {
    Balancer(tokens, source, diagnostics).run();
}

}  // namespace vsm::parse
