// Classifies a run of tokens in place of a value: a value, a value with a mistake that is repaired elsewhere, or the
// next statement.
// Private to compiler/parse; reports nothing.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "base/source.h"
#include "compiler/parse/tokens/tokens.h"

namespace vsm::parse {

class ValueShapes {
public:
    ValueShapes(const std::vector<Token>& items, const SourceFile& source) : items_(items), source_(source) {}

    using Shape = std::vector<TokenKind>;
    static bool is_value(const Shape& shape);
    /// Whether a value has a mistake that the repairs of single tokens handle (mistakes.cpp).
    bool is_repaired_later(std::size_t from, std::size_t end) const;
    /// Whether a keyword and what its statement needs begin here, and not a word of a phrase.
    bool statement_at(std::size_t at) const;
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

    const std::vector<Token>& items_;
    const SourceFile& source_;
};

}  // namespace vsm::parse
