// The tokens that the parser reads, while they can still be edited. Private to compiler/parse.
#pragma once

#include <cstddef>

#include "compiler/parse/tokens/tokens.h"

namespace vsm::parse {

/// The tokens that the parser reads. The last is the end of the file, which at() also returns for any later position;
/// positions count tokens.
class TokenEditor {
public:
    virtual ~TokenEditor() = default;
    virtual const Token& at(std::size_t position) const = 0;
    virtual std::size_t count() const = 0;
    virtual void put_in(std::size_t position, TokenKind kind) = 0;
    virtual void take_out(std::size_t position) = 0;
    virtual void retype(std::size_t position, TokenKind kind) = 0;
    /// While tokens are withheld, the parser sees none, so it leaves all rules of an item without matching more of it.
    virtual void withhold(bool withheld) = 0;
};

}  // namespace vsm::parse
