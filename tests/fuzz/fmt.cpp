// Formats any text: the canonical form parses, has the same model and errors, and is its own canonical form.
#include "compiler/format/format.h"
#include "tests/fuzz/map.h"
#include "tests/fuzz/targets.h"

namespace vsm::fuzz {
namespace {

std::optional<std::string> formatted(const std::string& text, std::string_view what) {
    SourceSet sources;
    Diagnostics said;
    const SourceFile& source = sources.add("map.vsm", text);
    const auto made = format::format(source, said);
    hold(made.has_value() || said.has_errors(), "fmt refuses with an error", what);
    if (!made) return std::nullopt;
    hold(made->sound, "fmt writes the words and comments it read", what);
    return made->text;
}

}  // namespace

bool try_fmt(const Input& input) {
    const auto first = formatted(input.bytes, "the input");
    if (!first) return false;
    hold_output(*first, "fmt");
    const auto second = formatted(*first, *first);
    hold(second.has_value(), "what fmt writes can be read", *first);
    hold_same(*first, *second, "fmt of what fmt wrote");
    const Map before(input.bytes), after(*first);
    hold(after.errors() == before.errors(), "fmt changes no error",
         "before: " + before.errors() + "\nafter: " + after.errors() + "\n" + *first);
    if (before.compiles()) hold_same(*before.ir(), *after.ir(), "the model before and after fmt");
    return before.compiles();
}

}  // namespace vsm::fuzz
