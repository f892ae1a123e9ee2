#include "base/writers/markdown.h"

#include <doctest/doctest.h>

namespace vsm {
namespace {

TEST_CASE("plain text stays as it is") {
    CHECK(markdown_text("Review the change, 50% of it") == "Review the change, 50% of it");
    CHECK(markdown_text("Prüfen") == "Prüfen");
}

TEST_CASE("markup becomes character references") {
    CHECK(markdown_text("a | b") == "a &#124; b");
    CHECK(markdown_text("<b> `c`") == "&#60;b&#62; &#96;c&#96;");
    CHECK(markdown_text("**a**").find('*') == std::string::npos);
}

TEST_CASE("a text is one line, and what cannot be seen is shown") {
    CHECK(markdown_text("a\n# b") == "a &#35; b");
    CHECK(markdown_text("a\x1b[1m").find('\x1b') == std::string::npos);
}

TEST_CASE("what calls somebody or something is taken apart") {
    CHECK(markdown_text("@octocat") == "&#64;&#8288;octocat");
    CHECK(markdown_text("#123") == "&#35;&#8288;123");
    CHECK(markdown_text("GH-123") == "G&#8288;H-123");
    CHECK(markdown_text("www.example.com") == "w&#8288;ww.example.com");
    CHECK(markdown_text("https://example.com") == "https&#58;&#8288;//example.com");
    CHECK(markdown_text("fixed by 1234567") == "fixed by 123456&#8288;7");
    CHECK(markdown_text("deadbeef1234567") == "deadbe&#8288;ef1234&#8288;567");
    CHECK(markdown_text(":tada:") == "&#58;&#8288;tada&#58;");
    CHECK(markdown_text("5 of 123456") == "5 of 123456");
}

}  // namespace
}  // namespace vsm
