// Path patterns. tests/hostile/ignored_maps.py compares them with git.
#include "config/patterns.h"

#include <doctest/doctest.h>

using vsm::config::Pattern;
using vsm::config::Patterns;

namespace {

bool matches(std::string_view pattern, std::string_view path, bool is_folder = false) {
    return Pattern(pattern).matches(path, is_folder);
}

}  // namespace

TEST_CASE("a pattern without a slash is of names anywhere, one with a slash of whole paths") {
    CHECK(matches("a.vsm", "maps/a.vsm"));
    CHECK_FALSE(matches("/a.vsm", "maps/a.vsm"));
    CHECK(matches("/a.vsm", "a.vsm"));
    CHECK(matches("maps/*.vsm", "maps/a.vsm"));
    CHECK_FALSE(matches("maps/*.vsm", "old/maps/a.vsm"));
    CHECK_FALSE(matches("maps/*.vsm", "maps/deep/a.vsm"));
}

TEST_CASE("two stars go across folders, and only where they stand alone between slashes") {
    CHECK(matches("**/a", "a"));
    CHECK(matches("**/a", "x/y/a"));
    CHECK(matches("a/**/b", "a/b"));
    CHECK(matches("a/**/b", "a/x/y/b"));
    CHECK_FALSE(matches("a/**/b", "ab"));
    CHECK(matches("a/**", "a/x/y"));
    CHECK_FALSE(matches("a/**", "a"));
    CHECK_FALSE(matches("a/b**c", "a/b/c"));
    CHECK(matches("a/b**c", "a/bxc"));
}

TEST_CASE("sets, escapes, and what cannot be read") {
    CHECK(matches("[a-c]x", "bx"));
    CHECK_FALSE(matches("[!a-c]x", "bx"));
    CHECK(matches("[]a]", "]"));
    CHECK(matches("[[:digit:]-]", "-"));
    CHECK_FALSE(matches("a[!b]c", "a/c"));
    CHECK(matches("\\*", "*"));
    CHECK_FALSE(matches("\\*", "a"));
    CHECK_FALSE(matches("[a", "[a"));
    CHECK_FALSE(matches("a\\", "a\\"));
    CHECK_FALSE(matches("", ""));
}

TEST_CASE("the last pattern that matches decides; a folder that is meant takes all below it along") {
    const Patterns patterns = Patterns::from_lines("# a comment\n*.vsm\n!keep.vsm\nold/\n\\#a  \n");
    CHECK(patterns.find("a.vsm", false) == true);
    CHECK(patterns.find("keep.vsm", false) == false);
    CHECK(patterns.find("# a comment", false) == std::nullopt);
    CHECK(patterns.find("#a", false) == true);
    CHECK(patterns.find("old", false) == std::nullopt);
    CHECK(patterns.cover("old/keep.vsm"));
    CHECK_FALSE(patterns.cover("new/keep.vsm"));
}

TEST_CASE("no pattern takes long") {
    std::string stars, text(2000, 'a');
    for (int i = 0; i < 200; ++i) stars += "*a";
    CHECK_FALSE(matches(stars + "b", text));
    CHECK(matches(stars, text));
}
