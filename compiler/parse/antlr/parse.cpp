#include "compiler/parse/parse.h"

#include <BailErrorStrategy.h>
#include <Exceptions.h>
#include <Token.h>
#include <TokenStream.h>
#include <VsmParser.h>

#include <deque>

#include "base/check.h"
#include "base/diagnostics/conflicts.h"
#include "compiler/parse/antlr/build_ast.h"
#include "compiler/parse/antlr/recovery.h"
#include "compiler/parse/antlr/token_types.h"
#include "compiler/parse/repair/as_written.h"
#include "compiler/parse/tokens/tokens.h"
#include "diag/lower.h"
#include "diag/parse.h"

namespace vsm::parse {
namespace {

using grammar::VsmParser;

/// Adapts one of our tokens to the parser, with its index and its type in the grammar.
class ParserToken final : public antlr4::Token {
public:
    explicit ParserToken(const parse::Token& viewed) : token(viewed) {}

    size_t getType() const override { return static_cast<size_t>(type); }
    size_t getTokenIndex() const override { return index; }
    size_t getStartIndex() const override { return token.begin; }
    size_t getStopIndex() const override { return token.end - 1; }
    size_t getChannel() const override { return antlr4::Token::DEFAULT_CHANNEL; }
    size_t getLine() const override { return 0; }
    size_t getCharPositionInLine() const override { return 0; }
    std::string getText() const override { return {}; }
    antlr4::TokenSource* getTokenSource() const override { return nullptr; }
    antlr4::CharStream* getInputStream() const override { return nullptr; }
    std::string toString() const override { return {}; }

    parse::Token token;
    std::uint32_t index = 0;
    std::int32_t type = 0;  ///< that of the end of the file is -1
};
static_assert(sizeof(ParserToken) == 32, "a map has more of them than of anything else");

/// Our tokens as a stream that can be edited while it is parsed. Tokens keep their address; their positions shift.
class EditableStream final : public antlr4::TokenStream, public TokenEditor {
public:
    explicit EditableStream(const Tokens& tokens, std::uint32_t end) {
        order_.reserve(tokens.items.size() + 8);
        for (const parse::Token& token : tokens.items) append(token);
        append({TokenKind::end, false, true, end, end});
        set_types(0, order_.size());
    }

    void consume() override {
        if (at_ + 1 < order_.size()) ++at_;
    }
    size_t LA(ssize_t ahead) override {
        return withheld_ ? antlr4::Token::INVALID_TYPE : static_cast<size_t>(seen(ahead)->type);
    }
    antlr4::Token* LT(ssize_t ahead) override { return seen(ahead); }
    antlr4::Token* get(size_t position) const override { return order_[std::min(position, order_.size() - 1)]; }
    ssize_t mark() override { return 0; }
    void release(ssize_t) override {}
    size_t index() override { return at_; }
    void seek(size_t position) override { at_ = std::min(position, order_.size() - 1); }
    size_t size() override { return order_.size(); }
    std::string getSourceName() const override { return {}; }
    antlr4::TokenSource* getTokenSource() const override { return nullptr; }
    std::string getText(const antlr4::misc::Interval&) override { return {}; }
    std::string getText() override { return {}; }
    std::string getText(antlr4::RuleContext*) override { return {}; }
    std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }

    const parse::Token& at(std::size_t position) const override {
        return order_[std::min(position, order_.size() - 1)]->token;
    }
    std::size_t count() const override { return order_.size(); }
    void put_in(std::size_t position, TokenKind kind) override {
        position = std::min(position, order_.size() - 1);
        const std::uint32_t place = position > 0 ? order_[position - 1]->token.end : order_[position]->token.begin;
        arena_.emplace_back(parse::Token{kind, true, order_[position]->token.first_on_line, place, place});
        if (position > 0 && !begins_statement(kind)) arena_.back().token.first_on_line = false;
        order_.insert(order_.begin() + static_cast<std::ptrdiff_t>(position), &arena_.back());
        renumber(position);
        set_types_around(position);
    }
    void take_out(std::size_t position) override {
        VSM_CHECK(position + 1 < order_.size());
        order_.erase(order_.begin() + static_cast<std::ptrdiff_t>(position));
        renumber(position);
        set_types_around(position);
    }
    void retype(std::size_t position, TokenKind kind) override {
        VSM_CHECK(position + 1 < order_.size());
        order_[position]->token.kind = kind;
        order_[position]->token.repaired = true;
        set_types_around(position);
    }
    void withhold(bool withheld) override { withheld_ = withheld; }

private:
    /// The token at 1, 2, … or -1, -2, … from here, as the runtime counts; null before the first.
    ParserToken* seen(ssize_t ahead) const {
        const auto wanted = static_cast<ssize_t>(at_) + (ahead > 0 ? ahead - 1 : ahead);
        if (wanted < 0) return nullptr;
        return order_[std::min(static_cast<std::size_t>(wanted), order_.size() - 1)];
    }
    void append(const parse::Token& token) {
        arena_.emplace_back(token);
        arena_.back().index = static_cast<std::uint32_t>(order_.size());
        order_.push_back(&arena_.back());
    }
    void renumber(std::size_t from) {
        for (std::size_t i = from; i < order_.size(); ++i) order_[i]->index = static_cast<std::uint32_t>(i);
    }
    TokenKind kind(std::size_t position) const {
        return position < order_.size() ? order_[position]->token.kind : TokenKind::end;
    }
    void set_types(std::size_t from, std::size_t to) {
        for (std::size_t at = from; at < to; ++at)
            order_[at]->type = static_cast<std::int32_t>(type_of({kind(at - 2), kind(at - 1), kind(at), kind(at + 1)}));
    }
    void set_types_around(std::size_t position) {
        set_types(position - std::min(position, types_before), std::min(position + types_after + 1, order_.size()));
    }

    std::deque<ParserToken> arena_;
    std::vector<ParserToken*> order_;
    std::size_t at_ = 0;
    bool withheld_ = false;
};

/// Ends parsing at the first error, and reports nothing: there are no tables to say what was expected.
class GiveUp final : public antlr4::BailErrorStrategy {
    void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}
};

struct Attempt {
    ast::Block block;
    Diagnostics diagnostics;
    bool gave_up = false;
};

/// Without `recovery`, stops at the first error.
Attempt attempt(const Tokens& tokens, const SourceFile& source, bool recovery) {
    Attempt result;
    EditableStream stream(tokens, static_cast<std::uint32_t>(source.text().size()));
    ParseOutcome outcome;
    VsmParser parser(&stream);
    parser.removeErrorListeners();
    parser.setBuildParseTree(false);  // only the labelled parts of each rule are used
    try {
        if (recovery) {
            VsmParser::build_tables();
            parser.setErrorHandler(make_recovery(stream, source, result.diagnostics, outcome));
            result.block = build_ast(*parser.file(), stream, outcome, source, result.diagnostics);
        } else {
            parser.setErrorHandler(std::make_shared<GiveUp>());
            result.block = build_while_parsing(parser, stream, source, result.diagnostics);
        }
    } catch (const antlr4::ParseCancellationException&) {
        result.gave_up = true;
    }
    return result;
}

/// Rejects files with too many tokens for their size: a token takes much more memory than one or two letters.
void refuse_dense(Tokens& tokens, const SourceFile& source, Diagnostics& diagnostics) {
    constexpr std::size_t few = 400'000, letters = 2;
    const std::size_t count = tokens.items.size(), bytes = source.text().size();
    if (!tokens.readable || count <= few || count * letters <= bytes) return;
    tokens.readable = false;
    const Token& at = tokens.items[few];
    diagnostics
        .report(diag::out_of_range, {source.id(), at.begin, at.end},
                fmt::format("a map of {} words and marks in {} bytes", count, bytes),
                fmt::format("the limit of {}, or half as many as it has bytes", few))
        .help("remove what is repeated again and again");
}

/// Parses a map that is valid and intended as written. Then no name or line break is mistaken for the syntax of another
/// language.
std::optional<ast::Block> read_as_written(Tokens& tokens, const SourceFile& source) {
    if (!tokens.readable || !is_balanced(tokens, source)) return std::nullopt;
    Attempt read = attempt(tokens, source, false);
    ast::File file;
    file.block = std::move(read.block);
    if (read.gave_up || !read.diagnostics.all().empty() || looks_foreign(file)) return std::nullopt;
    return std::move(file.block);
}

}  // namespace

Reading read(const SourceFile& source, Diagnostics& diagnostics) {
    Reading reading;
    ast::File& file = reading.file;
    file.id = source.id();
    Diagnostics local;
    Tokens tokens = split(source, local);
    file.comments = tokens.comments;
    refuse_dense(tokens, source, local);
    if (auto block = local.all().empty() ? read_as_written(tokens, source) : std::nullopt) {
        file.block = std::move(*block);
        reading.words = std::move(tokens.items);
        return reading;
    }
    if (Diagnostics conflict; report_conflict(source, conflict)) {
        local = std::move(conflict);
        tokens.readable = false;
    } else if (const auto foreign = foreign_document(source); foreign && (tokens.readable || !tokens.items.empty())) {
        local = {};
        local.report(diag::foreign_document, foreign->range, foreign->looks_like).help(std::string(foreign->help));
        tokens.readable = false;
    }
    for (const auto step : {repair_phrases, repair_statements, repair_foreign_syntax, repair_tokens, balance}) {
        if (tokens.readable) step(tokens, source, local);
        if (local.error_count() > most_mistakes) tokens.readable = false;
    }
    if (tokens.readable) {
        Attempt read = attempt(tokens, source, true);
        file.block = std::move(read.block);
        file.block.damaged = file.block.damaged || read.gave_up;
        local.append(read.diagnostics);
    } else {
        file.block.damaged = true;
    }
    diagnostics.append(local);
    reading.words = std::move(tokens.items);
    return reading;
}

ast::File parse(const SourceFile& source, Diagnostics& diagnostics) { return read(source, diagnostics).file; }

}  // namespace vsm::parse
