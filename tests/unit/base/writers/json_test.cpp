#include "base/writers/json.h"

#include <doctest/doctest.h>

namespace vsm {
namespace {

TEST_CASE("a JSON document is laid out in blocks, or on one line where asked") {
    JsonWriter json;
    json.object().member("a", 1).key("b").array().value("x").value(true).null().close();
    json.key("c").object(JsonWriter::Layout::line).member("d", 0.5).key("e").array().value(1).value(2).close().close();
    json.key("f").array().close().key("g").object().close().close();
    CHECK(json.finish() == R"({
  "a": 1,
  "b": [
    "x",
    true,
    null
  ],
  "c": { "d": 0.5, "e": [1, 2] },
  "f": [],
  "g": {}
}
)");
}

TEST_CASE("numbers in JSON are exact") {
    JsonWriter json;
    json.array(JsonWriter::Layout::line);
    json.value(Ratio{Ratio::whole})
        .value(Ratio{85'000'000'000})
        .value(Ratio{1})
        .value(Decimal{125, 2})
        .value(Decimal{1200, 2});
    json.value(0.1).value(1e300).value(std::int64_t{3153600000000000}).close();
    CHECK(json.finish() == "[1, 0.85, 0.00000000001, 1.25, 12, 0.1, 1e+300, 3153600000000000]\n");
}

TEST_CASE("text in JSON is escaped, and an absent value is null") {
    JsonWriter json;
    json.object(JsonWriter::Layout::line)
        .member("a\"b", "x\\y\n\x1b")
        .member("c", std::optional<std::int64_t>())
        .close();
    CHECK(json.finish() == "{ \"a\\\"b\": \"x\\\\y\\n\\u001b\", \"c\": null }\n");
}

}  // namespace
}  // namespace vsm
