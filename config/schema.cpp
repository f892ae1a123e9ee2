#include "backends/backend.h"
#include "base/writers/json.h"
#include "config/config.h"

namespace vsm::config {
namespace {

using Layout = JsonWriter::Layout;

void one_of(JsonWriter& json, std::initializer_list<std::string_view> words) {
    json.object(Layout::line).key("enum").array();
    for (const std::string_view word : words) json.value(word);
    json.close().close();
}

JsonWriter& open_object(JsonWriter& json, std::string_view description) {
    json.object().member("description", description).member("type", "object").member("additionalProperties", false);
    return json.key("properties").object();
}

void rules(JsonWriter& json) {
    open_object(json, "Levels of rules; `vsm explain RULE` describes each.");
    for (const lint::Rule* rule : lint::all_rules()) {
        json.key(info_of(rule->code).name);
        one_of(json, {"off", "note", "warning", "error"});
    }
    json.close().close();
}

void thresholds(JsonWriter& json) {
    open_object(json, "Thresholds of rules.");
    const auto rows = lint::all_thresholds();
    for (const lint::Rule* rule : lint::all_rules()) {
        bool any = false;
        for (const lint::ThresholdInfo& row : rows) {
            if (row.rule != rule->code) continue;
            if (!any) open_object(json.key(info_of(rule->code).name), rule->what);
            any = true;
            json.key(row.key)
                .object()
                .member("description", fmt::format("In {}: {}.", name_of(row.kind), row.what))
                .member("type", "integer");
            json.member("minimum", row.lowest).member("maximum", row.highest).member("default", row.standard).close();
        }
        if (any) json.close().close();
    }
    json.close().close();
}

void outputs(JsonWriter& json) {
    json.object()
        .member("description", "Outputs that `vsm build` writes by default, and whose limits `vsm lint` checks.")
        .member("type", "array")
        .member("uniqueItems", true);
    json.key("items").object(Layout::line).key("enum").array();
    for (const backends::Backend& backend : backends::all_backends()) json.value(backend.name);
    json.close().close().close();
}

/// Keys that a configuration and an override share.
void settings(JsonWriter& json) {
    for (const std::string_view name : {"rules", "thresholds", "outputs"})
        json.key(name).object(Layout::line).member("$ref", fmt::format("#/$defs/{}", name)).close();
    json.key("targets")
        .object(Layout::line)
        .member("description", "The former name of outputs.")
        .member("deprecated", true)
        .member("$ref", "#/$defs/outputs")
        .close();
    json.key("process")
        .object()
        .member("description", "Run the rules about the process that a map shows, too.")
        .member("type", "boolean")
        .close();
}

/// Excludes the key for outputs together with its former name.
void not_both(JsonWriter& json) {
    json.key("not").object(Layout::line).member("type", "object");
    json.key("required").array(Layout::line).value("outputs").value("targets").close();
    json.key("properties").object(Layout::line);
    for (const std::string_view name : {"outputs", "targets"}) json.key(name).object(Layout::line).close();
    json.close().close();
}

void overrides(JsonWriter& json) {
    json.object()
        .member("description", "Other settings for some maps; if several apply to a map, the later ones win.")
        .member("type", "array")
        .key("items")
        .object();
    json.member("type", "object")
        .member("additionalProperties", false)
        .key("required")
        .array(Layout::line)
        .value("files")
        .close();
    not_both(json);
    json.member("minProperties", 2).key("properties").object();
    json.key("files")
        .object()
        .member("description", "Patterns as in .gitignore, relative to the folder of this file.")
        .member("type", "array")
        .member("minItems", 1)
        .member("uniqueItems", true);
    json.key("items")
        .object(Layout::line)
        .member("type", "string")
        .member("pattern", "^(?!(.*/)?\\.\\.(/|$)).")
        .close()
        .close();
    settings(json);
    json.close().close().close();
}

}  // namespace

std::string config_schema() {
    JsonWriter json;
    json.object()
        .member("$schema", "https://json-schema.org/draft/2020-12/schema")
        .member("title", "Configuration of vsm, .vsm.yaml");
    json.member("type", "object")
        .member("additionalProperties", false)
        .key("required")
        .array(Layout::line)
        .value("version")
        .close();
    not_both(json);
    json.key("properties").object().key("version").object(Layout::line).member("const", 1).close();
    json.key("fail_on");
    one_of(json, {"error", "warning", "note", "never"});
    settings(json);
    overrides(json.key("overrides"));
    json.close().key("$defs").object();
    rules(json.key("rules"));
    thresholds(json.key("thresholds"));
    outputs(json.key("outputs"));
    return json.close().close().finish();
}

}  // namespace vsm::config
