// What kind of value was written. Reports nothing. Private to compiler/lower/values.
#pragma once

#include <algorithm>

#include "compiler/ast/nodes.h"

namespace vsm::lower {

/// Whether a value was reported already.
inline bool silent(const ast::Value& value) { return value.repaired || std::holds_alternative<ast::Hole>(value.what); }

/// The span of a value that is one amount; else null.
inline const ast::SpanValue* single_span(const ast::Value& value) {
    const auto* span = std::get_if<ast::SpanValue>(&value.what);
    return span != nullptr && span->parts.size() == 1 ? span : nullptr;
}

inline bool is_phrase(const ast::Amount& amount) { return amount.kind == ast::Amount::Kind::phrase; }

inline bool holds_phrase(const ast::SpanValue& span) {
    return std::any_of(span.parts.begin(), span.parts.end(), is_phrase);
}

}  // namespace vsm::lower
