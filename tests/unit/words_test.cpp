// Keeps words that are no longer used out of the product.
#include <doctest/doctest.h>

#include <cctype>
#include <map>
#include <set>
#include <string>

#include "tests/support/sources.h"

namespace {

using vsm::tests::product_sources;
using vsm::tests::SourceText;

/// Words that had a private sense, and what is written instead.
const std::map<std::string, std::string>& retired_words() {
    static const std::map<std::string, std::string> words{
        {"Turn", "ChoiceBranch"},
        {"Going", "Transition"},
        {"Stop", "State"},
        {"Onward", "ForwardSink"},
        {"pour", "merge"},
        {"Habits", "foreign syntax"},
        {"Mender", "repair"},
        {"mend_", "repair_"},
        {"gravest", "severe"},
        {"anew", "again"},
        {"-t TARGET", "-t OUTPUT"},
        {"target_names", "outputs"},
        {"targets.md", "outputs.md"},
    };
    return words;
}

/// The retired words in a text: whole words, or prefixes of names that end in `_`.
std::set<std::string> retired_in(const std::string& text) {
    const auto is_part = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    std::set<std::string> found;
    for (const auto& [word, instead] : retired_words())
        for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
            const std::size_t end = at + word.size();
            const bool begins = at == 0 || !is_part(text[at - 1]);
            const bool ends = word.ends_with("_") || end == text.size() || !is_part(text[end]);
            if (begins && ends) found.insert(word);
        }
    return found;
}

}  // namespace

TEST_CASE("no retired word is in use") {
    for (const SourceText& source : product_sources()) {
        for (const std::string& word : retired_in(source.text)) {
            INFO(source.path, ": write `", retired_words().at(word), "` instead of `", word, "`");
            CHECK(false);
        }
    }
    CHECK(retired_in("class Going; void mend_colon(); // pours\nint Stopped;") ==
          std::set<std::string>{"Going", "mend_"});
}
