"""YAML with its JSON that yaml_roundtrip.py accepts, and pairs that it must refuse."""

from inputs import without

TYPED_YAML = 'a: "no"\nb: [1, true, null, "1e3", "2024-01-01"]\n'
TYPED_JSON = '{"a": "no", "b": [1, true, null, "1e3", "2024-01-01"]}'


def pair(yaml, json=TYPED_JSON):
    return {"a.yaml": yaml, "a.json": json}


GOOD = {
    "yaml-values": pair(TYPED_YAML),
}

BAD = {
    "yaml-values": {
        "bool False, not str 'no'": pair(without(TYPED_YAML, '"no"', "no")),
        "PyYAML: $.b[4]: date": pair(without(TYPED_YAML, '"2024-01-01"', "2024-01-01")),
        "YAML 1.2: $.b[3]": pair(without(TYPED_YAML, '"1e3"', "1e3")),
        "bool True, not int 1": pair(without(TYPED_YAML, "[1, true", "[true, true")),
        "int 1, not float 1.0": pair(TYPED_YAML, without(TYPED_JSON, "[1,", "[1.0,")),
        "4 items, not 5": pair(without(TYPED_YAML, "[1, ", "[")),
        "key 'a' twice": pair(TYPED_YAML + "a: 1\n"),
        "keys ['b', 'a']": pair("b: 1\na: 1\n", '{"a": 1, "b": 1}'),
        "an alias": pair('a: &x "no"\nb: *x\n'),
        "but found another document": pair("---\na: 1\n---\na: 1\n", '{"a": 1}'),
    },
}
