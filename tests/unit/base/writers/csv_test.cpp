#include "base/writers/csv.h"

#include <doctest/doctest.h>

namespace vsm {
namespace {

std::string field(std::string_view text) { return CsvWriter().text(text).finish(); }

TEST_CASE("a field of CSV is quoted only where it must be") {
    CHECK(field("plain text") == "plain text");
    CHECK(field("a,b") == "\"a,b\"");
    CHECK(field("say \"hi\"") == "\"say \"\"hi\"\"\"");
    CHECK(field("two\nlines") == "\"two\nlines\"");
    CHECK(field("") == "");
}

TEST_CASE("what a spreadsheet would take for a formula gets an apostrophe") {
    CHECK(field("=1+1") == "'=1+1");
    CHECK(field("+1") == "'+1");
    CHECK(field("-1") == "'-1");
    CHECK(field("@sum") == "'@sum");
    CHECK(field("＝1") == "'＝1");
    CHECK(field("\t=1") == "'\t=1");
    CHECK(field("\r=1") == "\"'\r=1\"");
    CHECK(field("1=1") == "1=1");
}

TEST_CASE("what cannot be seen is written out") {
    CHECK(field("a\x1b[2J\xE2\x80\xAE!") == "a\\u{1B}[2J\\u{202E}!");
    CHECK(field("\xFF") == "\xEF\xBF\xBD");
}

TEST_CASE("rows end in a line feed, fields are separated by commas") {
    CsvWriter csv;
    csv.plain("a").text("b").end_row().plain("").text("=").end_row();
    CHECK(csv.finish() == "a,b\n,'=\n");
}

}  // namespace
}  // namespace vsm
