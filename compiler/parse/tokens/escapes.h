// Resolves the escapes of texts. Private to compiler/parse; does not depend on what a text is for.
#pragma once

#include <string>

#include "base/diagnostics/diagnostics.h"
#include "base/source.h"

namespace vsm::parse {

/// The text between the quotes with its escapes resolved; reports invalid escapes and keeps them as written.
std::string unescaped(const SourceFile& source, SourceRange whole, Diagnostics& diagnostics);

}  // namespace vsm::parse
