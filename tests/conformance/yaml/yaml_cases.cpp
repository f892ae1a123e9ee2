// yaml_cases YAML JSON: writes one document in both forms, for yaml_roundtrip.py: texts that readers of YAML take for
// something else, as keys, as values and as blocks of lines; every character up to U+02FF; and all pairs of the
// characters that mean something in YAML.
#include <fmt/format.h>

#include <fstream>

#include "backends/support/document.h"
#include "base/text.h"
#include "tests/unit/backends/tricky_texts.h"

namespace {

using namespace vsm;
using backends::ListOf;
using backends::MapOf;
using backends::PlainText;

std::vector<std::string> all_texts() {
    std::vector<std::string> texts = tests::tricky_texts;
    for (char32_t character = 1; character < 0x300; ++character) {
        std::string text;
        append_utf8(text, character);
        texts.push_back(text);
        texts.push_back("a" + text + "b");
    }
    const std::string_view special = " \n\t-?:,[]{}#&*!|>'\"%@`~=<.0ay\\";
    for (const char first : special)
        for (const char second : special) texts.push_back({first, second});
    return texts;
}

backends::Value document() {
    ListOf<PlainText> values;
    ListOf<PlainText> blocks;
    MapOf<PlainText> keys;
    std::size_t number = 0;
    for (const std::string& text : all_texts()) {
        values.add(text);
        blocks.add(MapOf<PlainText>().add_block("text", text).add_block("lines", text + "\nnext\n"));
        ++number;
        // with the number to be unique, and a letter so that JavaScript does not take it for an index
        keys.add(fmt::format("{}{}x", text, number),
                 MapOf<PlainText>().add("number", number).add("even", number % 2 == 0));
    }
    MapOf<PlainText> root;
    root.add("values", values).add("blocks", blocks).add("keys", keys);
    root.add("nothing", ListOf<PlainText>().add(ListOf<PlainText>()).add(MapOf<PlainText>()).add(""));
    return root.add("numbers", ListOf<PlainText>().add(0.5).add(-3).add(true).add(nullptr)).value();
}

bool write(const char* path, const std::string& content) {
    std::ofstream file(path, std::ios::binary);
    file << content;
    return static_cast<bool>(file.flush());
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) return 2;
    const std::vector<std::string> head = {"a comment", "that\nstays a: comment", "- so"};
    const backends::Value root = document();
    const bool yaml = write(arguments[1], backends::write_yaml(root, {.head = head, .bare_key = {}}));
    return yaml && write(arguments[2], backends::write_json(root)) ? 0 : 2;
}
