// Measures the size of a stream, to enforce limits. Private to compiler/lower.
#pragma once

#include "compiler/lower/draft.h"

namespace vsm::lower {

struct StreamSize {
    std::size_t elements = 0;
    std::size_t entries = 0;  ///< of all lists, plus one for each hundred letters of text
};

StreamSize size_of(const Drafts& drafts);
StreamSize size_of(const DraftStream& stream);

}  // namespace vsm::lower
