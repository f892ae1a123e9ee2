// Values as texts: as they were written, and described in messages. Does not read them. Private to compiler/lower.
#pragma once

#include <string>
#include <string_view>

#include "compiler/ast/nodes.h"

namespace vsm::lower {

/// The text, or an empty one if it has only blanks and invisible characters, because such a text names nothing.
std::string unless_blank(std::string_view text);

std::string quoted(std::string_view text);

/// A value as written, close enough to be parsed again.
std::string text_of(const ast::Value& value);
std::string text_of(const ast::SpanValue& span);

/// A value as written; a text without its quotes.
std::string written(const ast::Value& value);

/// `the plain number `12``, `a text in quotes`, `a list`.
std::string describe(const ast::Value& value);

}  // namespace vsm::lower
