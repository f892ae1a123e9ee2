#include "compiler/format/format.h"

#include "compiler/format/layout.h"
#include "compiler/format/verify.h"

namespace vsm::format {
namespace {

std::vector<std::string_view> comments_of(const parse::Reading& reading, const SourceFile& source) {
    std::vector<std::string_view> comments;
    for (const SourceRange& range : reading.file.comments) {
        const std::string_view text = source.text(range);
        comments.push_back(text.substr(0, text.find_last_not_of(" \t") + 1));
    }
    return comments;
}

}  // namespace

std::optional<Formatted> format(const SourceFile& source, Diagnostics& diagnostics) {
    Diagnostics found;
    const parse::Reading reading = parse::read(source, found);
    diagnostics.append(found);
    if (found.has_errors()) return std::nullopt;
    Tree tree = build_tree(reading, source);
    Lines lines = lay_out(tree);
    align(lines.all);
    Formatted made{text_of(lines.all)};
    made.sound = says_the_same(tree, lines, comments_of(reading, source), made.text) && reads_back(tree, source, made.text);
    return made;
}

}  // namespace vsm::format
