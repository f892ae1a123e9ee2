#include "tests/support/mutants.h"

#include <fstream>
#include <sstream>

#include "compiler/parse/tokens.h"
#include "tests/support/project.h"

namespace vsm::tests {

std::string read_sample(const std::string& name) {
    std::ifstream file(tests::project_root() / "samples" / name);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::variant<LoadedSource, ImportRefusal> SampleReader::read_import(const std::string&, const std::string& written) {
    const std::string text = read_sample(written);
    if (text.empty()) return ImportRefusal{false, "no such file"};
    return LoadedSource{written, text};
}

std::vector<Mutant> deletions(const std::string& text) {
    SourceSet sources;
    const SourceFile& source = sources.add("sample", text);
    Diagnostics ignored;
    std::vector<Mutant> made;
    for (const parse::Token& token : parse::split(source, ignored).items) {
        const std::string word = text.substr(token.begin, token.end - token.begin);
        std::string without = text;
        without.erase(token.begin, token.end - token.begin);
        made.push_back({without, source.line_of(token.begin), "without " + word});
    }
    return made;
}

std::vector<Mutant> misspellings(const std::string& text) {
    SourceSet sources;
    const SourceFile& source = sources.add("sample", text);
    Diagnostics ignored;
    std::vector<Mutant> made;
    for (const parse::Token& token : parse::split(source, ignored).items) {
        if (!parse::is_word(token.kind)) continue;
        const std::uint32_t length = token.end - token.begin;
        std::string other = text;
        char& letter = other[token.begin + length / 2];
        letter = letter == 'q' ? 'z' : 'q';
        made.push_back({other, source.line_of(token.begin), "misspelt " + other.substr(token.begin, length)});
    }
    return made;
}

}  // namespace vsm::tests
