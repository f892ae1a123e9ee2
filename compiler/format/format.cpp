#include "compiler/format/format.h"

#include <fmt/format.h>

#include "compiler/format/text_layout.h"
#include "compiler/format/verify.h"
#include "diag/parse.h"

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

/// Rejects phrases in place of a value or name: nothing here can tell what they mean or how to write it.
void refuse_phrases(const parse::Reading& reading, const SourceFile& source, Diagnostics& diagnostics) {
    for (const parse::Token& word : reading.words) {
        if (!word.phrase) continue;
        const SourceRange range{source.id(), word.begin, word.end};
        diagnostics
            .report(diag::unexpected_word, range, word.kind == parse::TokenKind::name ? "a name" : "a value",
                    fmt::format("`{}`", source.text(range)))
            .help("`vsm lint` shows what to write");
    }
}

/// Rejects properties outside of any block: such a text is YAML, and would be read as YAML.
void refuse_loose_properties(const ast::File& file, Diagnostics& diagnostics) {
    for (const ast::Item& item : file.block.items)
        if (const auto* property = item.property())
            diagnostics.report(diag::misplaced_statement, property->name.range, property->name.text, "the file")
                .help("a property belongs in the block that it describes");
}

}  // namespace

std::optional<Formatted> format(const SourceFile& source, Diagnostics& diagnostics) {
    Diagnostics found;
    const parse::Reading reading = parse::read(source, found);
    refuse_phrases(reading, source, found);
    refuse_loose_properties(reading.file, found);
    diagnostics.append(found);
    if (found.has_errors()) return std::nullopt;
    Tree tree = build_tree(reading, source);
    Lines lines = lay_out(tree);
    align(lines.all);
    Formatted made{text_of(lines.all)};
    made.sound = says_the_same(tree, lines, comments_of(reading, source), source, made.text);
    return made;
}

}  // namespace vsm::format
