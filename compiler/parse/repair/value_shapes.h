// Says where a value ends, and classifies a run of tokens in its place: a value, a value with a mistake that is
// repaired elsewhere, or the next statement.
// Private to compiler/parse; reports nothing.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source.h"
#include "compiler/parse/tokens/tokens.h"

namespace vsm::parse {

inline bool is_opening(TokenKind kind) { return kind == TokenKind::open_list || kind == TokenKind::open_arguments; }
inline bool is_closing(TokenKind kind) { return kind == TokenKind::close_list || kind == TokenKind::close_arguments; }

/// Longer values are not intended as one.
inline constexpr std::size_t longest_value = 500;

class ValueShapes {
public:
    ValueShapes(const std::vector<Token>& items, const SourceFile& source) : items_(items), source_(source) {}

    using Shape = std::vector<TokenKind>;
    static bool is_value(const Shape& shape);
    /// Whether a value is a time or a number, such as `2d`, `~1d..2d`, `?`, `exponential(1d)`.
    bool is_time(std::size_t from, std::size_t end) const;
    /// Whether a value has a mistake that the repairs of single tokens handle (mistakes.cpp).
    bool is_repaired_later(std::size_t from, std::size_t end) const;
    /// Whether a keyword and what its statement needs begin here, and not a word of a phrase.
    bool statement_at(std::size_t at) const;
    /// The end of the value that begins at `from`; `texts`: it may contain texts.
    std::size_t end_of_value(std::size_t from, bool texts = true) const;
    /// `[`…`]` and `lognormal(`…`)`: their content is processed separately.
    bool is_bracketed(std::size_t from, std::size_t end) const;
    /// The end of `{dev, qa}` on one line, a list in another language; `from` if there is none.
    std::size_t end_of_set(std::size_t from) const;
    /// Whether a comma has digits on both sides: `1,5d`, `1,200/w`.
    bool decimal_comma(std::size_t at) const {
        return at > 0 && touching(at - 1) && touching(at) && is_amount(kind(at - 1)) && is_amount(kind(at + 1));
    }

    TokenKind kind(std::size_t at) const { return at < items_.size() ? items_[at].kind : TokenKind::end; }
    bool ends_line(std::size_t at) const { return at >= items_.size() || items_[at].first_on_line; }
    bool touching(std::size_t at) const { return at + 1 < items_.size() && items_[at].end == items_[at + 1].begin; }
    std::string_view text(std::size_t at) const {
        return source_.text({source_.id(), token_at(items_, at).begin, token_at(items_, at).end});
    }

private:
    bool begins_time(std::size_t at) const;
    /// The shape of a value after its units and decimal commas are repaired, and the number of repairs.
    std::pair<Shape, std::size_t> repaired(std::size_t from, std::size_t end) const;
    bool spaced_unit(std::size_t at) const;
    /// `1,200`: three digits after the comma.
    bool may_be_thousands(std::size_t at) const;

    /// `1,5-2 days`, in which the lexer reads `5-2` as a date.
    bool ends_of_decimals(std::size_t comma) const;
    /// `40/` and its unit on the next line.
    bool goes_on_below(std::size_t at) const;
    /// `8h/d, 5d/w` and `March 31, 2027`: no item begins with an amount.
    bool amount_goes_on(std::size_t from, std::size_t comma) const;

    const std::vector<Token>& items_;
    const SourceFile& source_;
};

}  // namespace vsm::parse
