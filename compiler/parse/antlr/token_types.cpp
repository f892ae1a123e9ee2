#include "compiler/parse/antlr/token_types.h"

#include <VsmParser.h>

namespace vsm::parse {
namespace {

using grammar::VsmParser;

#define VSM_KEYWORD(kind, token, ...)                                            \
    static_assert(static_cast<std::size_t>(TokenKind::kind) == VsmParser::token, \
                  "keywords.def follows the order of the tokens in grammar/Vsm.g4");
#include "compiler/parse/tokens/keywords.def"
#undef VSM_KEYWORD

static_assert(static_cast<std::size_t>(TokenKind::open) == VsmParser::OPEN &&
                  static_cast<std::size_t>(TokenKind::unknown) == VsmParser::UNKNOWN &&
                  static_cast<std::size_t>(TokenKind::minus) == VsmParser::MINUS &&
                  static_cast<std::size_t>(TokenKind::name) == VsmParser::NAME &&
                  static_cast<std::size_t>(TokenKind::unexpected) == VsmParser::UNEXPECTED,
              "TokenKind follows the order of the tokens in grammar/Vsm.g4");

/// What precedes a value in a property, a list or a goal.
bool precedes_value(TokenKind kind) {
    return kind == TokenKind::colon || kind == TokenKind::open_list || kind == TokenKind::comma ||
           kind == TokenKind::from || is_relation(kind);
}

/// What ends the figure of a goal: an amount, or the unit of a rate.
bool ends_figure(TokenKind kind) { return is_amount(kind) || is_word(kind); }

}  // namespace

std::size_t type_of(const Neighbourhood& token) {
    const auto& [second_before, before, own, next] = token;
    if (own == TokenKind::end) return antlr4::Token::EOF;
    if (next == TokenKind::colon && is_word(own) && before == TokenKind::wait) return VsmParser::PROPERTY_AFTER_WAIT;
    if (next == TokenKind::colon && begins_statement(own)) return VsmParser::PROPERTY_NAME;
    if (next == TokenKind::open_arguments && is_word(own)) {
        const bool waits = before == TokenKind::wait || (second_before == TokenKind::wait && is_word(before));
        if (waits || (precedes_value(before) && before != TokenKind::comma)) return VsmParser::DISTRIBUTION_NAME;
    }
    if (next == TokenKind::per && is_amount(own)) {
        const bool second = is_word(before) && second_before == TokenKind::per;
        if (second || precedes_value(before)) return VsmParser::RATE_AMOUNT;
    }
    if (own == TokenKind::by && !(ends_figure(before) && next == TokenKind::date)) return VsmParser::LONE_BY;
    const bool continues_remark =
        before == TokenKind::string && (second_before == TokenKind::note || second_before == TokenKind::kaizen);
    if (own == TokenKind::on && !(continues_remark && is_word(next))) return VsmParser::LONE_ON;
    if (own == TokenKind::comma && (next == TokenKind::close_list || next == TokenKind::close_arguments))
        return VsmParser::TRAILING_COMMA;
    return static_cast<std::size_t>(own);
}

TokenKind kind_of_type(std::size_t type) {
    switch (type) {
        case VsmParser::PROPERTY_NAME:
        case VsmParser::PROPERTY_AFTER_WAIT:
        case VsmParser::DISTRIBUTION_NAME: return TokenKind::name;
        case VsmParser::RATE_AMOUNT: return TokenKind::number;
        case VsmParser::LONE_BY: return TokenKind::by;
        case VsmParser::LONE_ON: return TokenKind::on;
        case VsmParser::TRAILING_COMMA: return TokenKind::comma;
        default: return static_cast<TokenKind>(type);
    }
}

}  // namespace vsm::parse
