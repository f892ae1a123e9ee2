// The published schema of the JSON report. Conformance tests check the reports against it.
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "ir/metric.h"
#include "tests/support/project.h"

namespace vsm::runtime {
namespace {

using Json = nlohmann::json;

Json schema() { return Json::parse(std::ifstream(tests::project_root() / "docs/schema/metrics.schema.json")); }

/// Calls `see(key, what)` for each property of any object of a schema.
void each_property(const Json& part, const auto& see) {
    if (part.is_object() && part.contains("properties"))
        for (const auto& [key, what] : part["properties"].items()) see(key, what);
    if (part.is_structured())
        for (const Json& inside : part) each_property(inside, see);
}

TEST_CASE("every key of the JSON report is described in its schema") {
    std::size_t seen = 0;
    each_property(schema(), [&](const std::string& key, const Json& what) {
        CAPTURE(key);
        CHECK(what.contains("description"));
        ++seen;
    });
    CHECK(seen > 100);
}

TEST_CASE("every figure that a goal can name stands in the JSON report under its key") {
    const Json stream = schema()["$defs"]["stream"]["properties"], ends = schema()["$defs"]["figures"]["properties"],
               element = schema()["$defs"]["element"]["properties"];
    for (const ir::MetricInfo& info : ir::all_metrics()) {
        const std::string key(info.key);
        CAPTURE(key);
        const std::size_t point = key.find('.');
        const std::string holder = point == std::string::npos ? "" : key.substr(0, point),
                          name = point == std::string::npos ? key : key.substr(point + 1);
        const Json& where = holder.empty()     ? stream
                            : holder == "*"    ? element
                            : holder == "dora" ? stream["dora"]["properties"]
                                               : ends;
        CHECK((holder.empty() || holder == "*" || stream.contains(holder)));
        CHECK(where.contains(name));
    }
}

}  // namespace
}  // namespace vsm::runtime
