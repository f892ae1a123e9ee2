"""changed_time.py --vsm BINARY --output OUTPUT --reader READER MAP...: the outputs show the metrics of the changed map.

Sets one time of each map to 30 days and builds TARGET from it; READER, which compares an output with the metrics, must
accept it. Also fails if the metrics do not change, or if the reader accepts the new output beside the old metrics,
because it then compares nothing.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from outputs import build, streams
from readers import READERS, call

TIME = re.compile(r"\b(lead|wait): \d+(?:min|h|d)\b(?!\.)")


def figures(folder, name):
    return json.loads((folder / "metrics" / f"{name}.json").read_text(encoding="utf-8"))["streams"]


def problems(vsm, vsm_map, target, reader, folder):
    """Yields the findings for one map. Writes to `folder` only."""
    here = folder / "map"
    here.mkdir()
    for file in vsm_map.parent.glob("*.vsm"):
        shutil.copy(file, here)
    changed = here / vsm_map.name
    wanted = {target: ["-t", target], "mermaid": ["-t", "mermaid"]}
    old, new = folder / "old" / vsm_map.stem, folder / "new" / vsm_map.stem
    yield from build(vsm, changed, wanted, old, {})
    changed.write_text(TIME.sub(r"\1: 30d", changed.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    yield from build(vsm, changed, wanted, new, {})
    if figures(old, vsm_map.stem) == figures(new, vsm_map.stem):
        yield f"{vsm_map}: its figures stay as they are"
    files = reader.files(folder / "new")
    code, output = call(reader, [*reader.before, *files])
    if code != 0 or not files:
        yield f"{vsm_map}: with another time: {output}"
    shutil.rmtree(old / target)
    shutil.copytree(new / target, old / target)
    code, output = call(reader, [*reader.before, *reader.files(folder / "old")])
    if code != 1:
        yield f"{vsm_map}: the reader takes an output with other figures: exit {code}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vsm", type=Path, required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--reader", required=True)
    parser.add_argument("maps", type=Path, nargs="+")
    arguments = parser.parse_args()
    maps = [file for file in arguments.maps if streams(file) and TIME.search(file.read_text(encoding="utf-8"))]
    found = [] if maps else ["no map holds a time"]
    for vsm_map in maps:
        with tempfile.TemporaryDirectory() as folder:
            found += problems(arguments.vsm, vsm_map, arguments.output, READERS[arguments.reader], Path(folder))
    for problem in found:
        print(problem)
    print(f"{arguments.output}: {len(maps)} maps with another time, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
