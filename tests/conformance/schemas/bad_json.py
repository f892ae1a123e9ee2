"""JSON that schema_check.mjs accepts, and JSON that it must refuse."""

from inputs import without

SCHEMA = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {"name": {"type": "string"}, "day": {"type": "string", "format": "date"}},
  "required": ["name"],
  "additionalProperties": false
}"""


def under_schema(value, schema=SCHEMA):
    return {"schema.json": schema, "a.json": value}


GOOD = {
    "json-schema": under_schema('{"name": "review"}'),
    "ir-schema": under_schema('{"name": "review", "day": "2026-11-02"}'),
    "metrics-schema": under_schema('{"name": "review"}'),
}

BAD_JSON = {
    "must have required property 'name'": under_schema("{}"),
    "must NOT have additional properties": under_schema('{"name": "review", "nmae": "review"}'),
    "/name: must be string": under_schema('{"name": 1}'),
    'must match format "date"': under_schema('{"name": "review", "day": "2026-13-02"}'),
    "is not valid JSON": under_schema("name: review"),
    'unknown keyword: "propertys"': under_schema("{}", without(SCHEMA, '"properties"', '"propertys"')),
}

BAD = {
    "json-schema": BAD_JSON,
    "ir-schema": BAD_JSON,
    "metrics-schema": BAD_JSON,
}
