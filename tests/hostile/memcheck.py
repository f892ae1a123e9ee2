"""memcheck.py VSM PROJECT: valgrind finds no errors when vsm processes the samples and the maps of the golden tests.

`lint` and `fmt --check` read all of them, `metrics` those that compile, `build`, for every output, those of them with a
stream. VSM is a dynamically linked program, so that valgrind sees its allocations, without sanitizers. Exit 0 no
findings, 1 findings, 2 cannot run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ledger import check, closed

FOUND = 99
VALGRIND = ["valgrind", "-q", f"--error-exitcode={FOUND}", "--leak-check=full", "--errors-for-leak-kinds=definite"]
# Many maps per process, because valgrind takes a second to start.
MAPS_A_RUN = 60


def targets_of(project):
    return re.findall(r"^VSM_BACKEND\((\w+),", (project / "backends/backends.def").read_text(), re.MULTILINE)


def compiles(vsm, path):
    return subprocess.run([vsm, "ir", path], capture_output=True).returncode == 0


def has_stream(vsm, path):
    """Whether a map that compiles has a stream of its own, so that there is something to build."""
    command = [vsm, "build", "-q", "--no-config", path, "-t", "json", "-o", os.devnull]
    made = subprocess.run(command, capture_output=True, text=True)
    return "there is no stream to build" not in made.stderr


def commands(vsm, maps, good, with_streams, targets, out):
    """Each command with its permitted exit codes."""
    for begin in range(0, len(maps), MAPS_A_RUN):
        some = maps[begin : begin + MAPS_A_RUN]
        yield [vsm, "lint", "--no-config", "--process", "--jobs", "1", *some], (0, 1)
        yield [vsm, "fmt", "--check", *some], (0, 1)
    for begin in range(0, len(good), MAPS_A_RUN):
        some = good[begin : begin + MAPS_A_RUN]
        for form in ("text", "json", "csv", "markdown"):
            yield [vsm, "metrics", "--no-config", "--format", form, *some], (0,)
    for number, path in enumerate(with_streams):
        yield [vsm, "build", "-q", "--no-config", path, "-t", ",".join(targets), "-o", f"{out}/{number}/"], (0, 1)


def run(command, codes):
    done = subprocess.run([*VALGRIND, *command], capture_output=True, text=True, errors="replace")
    shown = " ".join(str(word) for word in command[1:4])
    check(done.returncode != FOUND, f"vsm {shown} …: valgrind found something\n{done.stderr[-4000:]}")
    check(done.returncode in (FOUND, *codes), f"vsm {shown} …: exit {done.returncode}\n{done.stderr[-1000:]}")


def main():
    if len(sys.argv) != 3 or shutil.which("valgrind") is None:
        print(__doc__ if len(sys.argv) != 3 else "there is no valgrind; scripts/setup --fuzz installs it")
        return 2
    vsm, project = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    maps = sorted([*project.glob("samples/**/*.vsm"), *project.glob("tests/golden/**/*.vsm")])
    with ThreadPoolExecutor(2) as pool, tempfile.TemporaryDirectory() as out:
        good = [path for path, well in zip(maps, pool.map(lambda path: compiles(vsm, path), maps)) if well]
        with_streams = [path for path, well in zip(good, pool.map(lambda path: has_stream(vsm, path), good)) if well]
        check(len(with_streams) > 100, f"only {len(with_streams)} maps compile and have a stream")
        list(pool.map(lambda one: run(*one), commands(vsm, maps, good, with_streams, targets_of(project), out)))
    return closed("memcheck", f", {len(maps)} maps")


if __name__ == "__main__":
    sys.exit(main())
