// Quotes in messages are limited in every format, and cut between characters as people count them.
#include <doctest/doctest.h>

#include "base/diagnostics/render/render.h"
#include "base/diagnostics/render/reports.h"
#include "base/text.h"
#include "diag/parse.h"

namespace {

using namespace vsm;

std::string times(std::string_view text, std::size_t count) {
    std::string made;
    for (std::size_t i = 0; i < count; ++i) made += text;
    return made;
}

ReportSetting setting() {
    return {[](const std::string& path) { return path; },
            [](const DiagnosticInfo&) { return DiagnosticText{"About.", "Help.", "Help."}; }};
}

struct Long {
    SourceSet sources;
    Diagnostics found;
    std::vector<Diagnostic> items;
};

/// A diagnostic on a line with one very long word, which it quotes in every part.
Long about(const std::string& word, std::size_t marked_at = 0) {
    Long made;
    const SourceFile& file = made.sources.add("map.vsm", "stream s {\n" + word + "\n}\n");
    const auto begin = static_cast<std::uint32_t>(11 + marked_at), end = static_cast<std::uint32_t>(11 + word.size());
    made.found
        .report(diag::unexpected_word, {file.id(), begin, end}, fmt::format("a value after `{}`", word),
                fmt::format("`{}`", word))
        .label({file.id(), 11, 12}, fmt::format("`{}` begins here", word))
        .help(fmt::format("write `{}` or `{}`", word, word))
        .fix({file.id(), begin, end}, word);
    made.items = sorted(made.found, made.sources);
    return made;
}

std::size_t longest_line(const std::string& text) {
    std::size_t longest = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        longest = std::max(longest, end - at);
        at = end + 1;
    }
    return longest;
}

}  // namespace

TEST_CASE("three megabytes of one word are quoted as one line, in every form") {
    for (const std::string& word :
         {std::string(3'000'000, 'a'), times("é", 1'000'000), times("`", 1'000'000), times("a` ", 1'000'000),
          times("e\u0301", 500'000), "e" + times("\u0301", 1'000'000)}) {
        for (const std::size_t at : {std::size_t{0}, word.size() / 2 / 12 * 12}) {
            const Long made = about(word, at);
            const std::vector<std::string> forms{render_text(made.items, made.sources),
                                                 render_concise(made.items, made.sources),
                                                 render_json(made.items, made.sources),
                                                 render_sarif(made.items, made.sources, setting()),
                                                 render_github(made.items, made.sources, setting()),
                                                 render_gitlab(made.items, made.sources, setting()),
                                                 render_markdown(made.items, made.sources, setting())};
            for (const std::string& form : forms) {
                CHECK(form.size() < 60'000);
                CHECK_FALSE(find_invalid_utf8(form).has_value());
            }
            CHECK(longest_line(forms.front()) < 9'000);
        }
    }
}

TEST_CASE("a long line is cut around its mark, and says so") {
    const Long made = about(std::string(500, 'a') + "!" + std::string(500, 'b'), 500);
    const std::string text = render_text(made.items, made.sources);
    CHECK(text.find("2 | …" + std::string(40, 'a') + "!" + std::string(118, 'b') + "…\n") != std::string::npos);
    CHECK(text.find("| -" + std::string(40, ' ') + std::string(119, '^')) != std::string::npos);
    // The label of text before the window is kept.
    CHECK(text.find("begins here") != std::string::npos);
}

TEST_CASE("a short line is shown whole") {
    const Long made = about(std::string(160, 'a'), 150);
    CHECK(render_text(made.items, made.sources).find("2 | " + std::string(160, 'a') + "\n") != std::string::npos);
}

TEST_CASE("a text is cut between characters as people count them") {
    CHECK(shortened("abc", 3) == "abc");
    CHECK(shortened("abcd", 3) == "ab…");
    CHECK(shortened("äöü", 3) == "äöü");
    CHECK(shortened("äöüß", 3) == "äö…");
    const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467", accented = "e\u0301";
    CHECK(shortened(family + "ab", 3) == family + "ab");
    CHECK(shortened(family + family + "ab", 3) == family + family + "…");
    CHECK(shortened(times(accented, 5), 3) == accented + accented + "…");
    CHECK(shortened("", 3).empty());
    CHECK(shortened("a\xFF\xFF\xFF", 3) == "a\xFF…");
}

TEST_CASE("quotes of a message are cut, its own words are not") {
    const std::string at_most = std::string(most_quoted, 'a');
    CHECK(with_short_quotes("`" + at_most + "` is no name; write `" + at_most + "`") ==
          "`" + at_most + "` is no name; write `" + at_most + "`");
    CHECK(with_short_quotes("`" + at_most + "b` is no name") ==
          "`" + std::string(most_quoted - 1, 'a') + "…` is no name");
    const std::string once = with_short_quotes("`" + times("word ", 100) + "` and `" + times("`", 5000));
    CHECK(with_short_quotes(once) == once);
}

TEST_CASE("a fix that is longer than anybody reads is left out, and never cut") {
    Diagnostics found;
    found.report(diag::missing_colon, {FileId{0}, 0, 1}, "a").fix({FileId{0}, 0, 1}, std::string(longest_fix + 1, 'a'));
    found.report(diag::missing_colon, {FileId{0}, 0, 1}, "a").fix({FileId{0}, 0, 1}, std::string(longest_fix, 'a'));
    CHECK_FALSE(found.all().front().fix.has_value());
    CHECK(found.all().back().fix->replacement.size() == longest_fix);
}

TEST_CASE("a misspelling is one slip from one word, and no other word is as near") {
    const std::vector<std::string_view> known{"process", "lead", "wait", "estimated", "measured",
                                              "kind",    "ca",   "wip",  "milestone"};
    const auto sure = [&](std::string_view word, std::string_view meant) { return is_misspelling(word, meant, known); };
    CHECK(sure("proces", "process"));
    CHECK(sure("proccess", "process"));
    CHECK(sure("porcess", "process"));
    CHECK(sure("procqss", "process"));
    CHECK(sure("leadd", "lead"));
    CHECK(sure("laed", "lead"));
    CHECK(sure("LEAD", "lead"));
    // different words, with other letters
    CHECK_FALSE(sure("automated", "estimated"));
    CHECK_FALSE(sure("load", "lead"));
    CHECK_FALSE(sure("head", "lead"));
    CHECK_FALSE(sure("cb", "ca"));
    CHECK_FALSE(sure("wp", "wip"));
    CHECK_FALSE(sure("rrocess", "process"));
    // a digit is significant
    CHECK_FALSE(is_misspelling("review1", "review2", std::vector<std::string_view>{"review2"}));
    CHECK_FALSE(is_misspelling("review", "review2", std::vector<std::string_view>{"review2"}));
    // two words are equally close
    CHECK_FALSE(is_misspelling("stagge", "stage", std::vector<std::string_view>{"stage", "staggs"}));
}
