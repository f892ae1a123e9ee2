"""yaml_roundtrip.py YAML JSON [YAML JSON ...]: checks that each YAML file has the values of the JSON file beside it.

Three readers must agree with the JSON: PyYAML (YAML 1.1), and npm's `yaml` as YAML 1.1 and as YAML 1.2. Types count:
the text "no" is not False, and 1 is neither 1.0 nor True; duplicate keys are refused; mappings keep their order. Exit 0
all equal, 1 findings, 2 cannot run.
"""

import json
import math
import subprocess
import sys
from pathlib import Path

import yaml


class Refused(Exception):
    """The file does not have one unambiguous set of values."""


class StrictLoader(yaml.SafeLoader):
    """SafeLoader that refuses duplicate keys, merge keys and aliases."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            raise Refused(f"an alias{self.peek_event().start_mark}")
        return super().compose_node(parent, index)

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise Refused(f"key {key!r} twice{key_node.start_mark}")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def unique_pairs(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise Refused(f"a key twice among {[key for key, _ in pairs]}")
    return dict(pairs)


def load_json(path):
    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique_pairs)


def load_yaml(path):
    try:
        return yaml.load(path.read_text(encoding="utf-8"), StrictLoader)
    except yaml.YAMLError as error:
        raise Refused(f"PyYAML: {error}") from error


def same_kind(a, b, numbers_have_one_type):
    number = (int, float)
    if numbers_have_one_type and isinstance(a, number) and isinstance(b, number):
        return isinstance(a, bool) == isinstance(b, bool)
    return type(a) is type(b)


def differences(found, wanted, where="$", numbers_have_one_type=False):
    """Yields a line for each place where `found` differs from `wanted`."""
    if not same_kind(found, wanted, numbers_have_one_type):
        yield f"{where}: {type(found).__name__} {found!r}, not {type(wanted).__name__} {wanted!r}"
    elif isinstance(wanted, dict):
        if list(found) != list(wanted):
            yield f"{where}: keys {list(found)}, not {list(wanted)}"
        for key in wanted.keys() & found.keys():
            yield from differences(found[key], wanted[key], f"{where}.{key}", numbers_have_one_type)
    elif isinstance(wanted, list):
        if len(found) != len(wanted):
            yield f"{where}: {len(found)} items, not {len(wanted)}"
        for position, (a, b) in enumerate(zip(found, wanted)):
            yield from differences(a, b, f"{where}[{position}]", numbers_have_one_type)
    elif found != wanted and not (isinstance(wanted, float) and math.isnan(wanted) and math.isnan(found)):
        yield f"{where}: {found!r}, not {wanted!r}"


def npm_values(paths):
    driver = Path(__file__).with_name("yaml_load.mjs")
    output = subprocess.run(["node", driver, *paths], check=True, capture_output=True, text=True).stdout
    return json.loads(output)


def findings(yaml_path, json_path, npm):
    try:
        wanted = load_json(json_path)
        yield from (f"PyYAML: {line}" for line in differences(load_yaml(yaml_path), wanted))
    except (Refused, json.JSONDecodeError) as refused:
        yield str(refused)
        return
    for version, loaded in npm.items():
        if "error" in loaded:
            yield f"npm yaml, YAML {version}: {loaded['error']}"
        else:  # JavaScript has a single number type
            lines = differences(loaded["value"], wanted, numbers_have_one_type=True)
            yield from (f"npm yaml, YAML {version}: {line}" for line in lines)


def main(names):
    if not names or len(names) % 2:
        print("usage: yaml_roundtrip.py YAML JSON [YAML JSON ...]", file=sys.stderr)
        return 2
    pairs = list(zip(map(Path, names[::2]), map(Path, names[1::2])))
    missing = [path for pair in pairs for path in pair if not path.is_file()]
    if missing:
        print("error: no such file:", *missing, file=sys.stderr)
        return 2
    bad = 0
    for (yaml_path, json_path), npm in zip(pairs, npm_values([pair[0] for pair in pairs])):
        for finding in findings(yaml_path, json_path, npm):
            print(f"{yaml_path}: {finding}")
            bad += 1
    print(f"yaml: {len(pairs)} pairs, {bad} findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
