"""generated.py --vsm BINARY --backends backends.def --out FOLDER --some FOLDER: builds the maps of generated_maps.py.

Runs vsm as outputs.py does, on the streams and their futures, into FOLDER/<map>/<way>/, one way for each set of build
options; the second folder gets a sample for the slow readers. Fails if a run fails.
"""

import argparse
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generated_maps import maps
from outputs import ways_to_build

SOME = 40
# the other ways build the current streams only
FUTURES_TOO = (
    "codepipeline",
    "codepipeline-json",
    "github",
    "gitlab",
    "mermaid",
    "mermaid-gantt",
    "dot",
    "svg",
    "json",
    "csv",
)


def build(vsm, name, text, wanted, folder):
    """Builds one map; returns the problems."""
    place = folder / name
    place.mkdir()
    (place / "map.vsm").write_text(text, encoding="utf-8")
    has_future = "\nfuture " in text
    commands = []
    for way, options in wanted.items():
        of_futures = "--future" in options
        if has_future or not of_futures:
            commands.append(["build", "map.vsm", *options, "-o", f"{way}/", "-q"])
        if has_future and not of_futures and way in FUTURES_TOO:
            commands.append([*commands[-1], "--future", "all"])
    problems = []
    for command in commands:
        done = subprocess.run([vsm, *command], cwd=place, capture_output=True, text=True)
        if done.returncode != 0:
            problems.append(f"{name}: {' '.join(command)}: exit {done.returncode}\n{done.stderr}")
    for what, words in {"ir": ["ir", "--no-ranges"], "metrics": ["metrics", "--format", "json"]}.items():
        done = subprocess.run([vsm, *words, "map.vsm"], cwd=place, capture_output=True, text=True)
        (place / what).mkdir()
        (place / what / f"{name}.json").write_text(done.stdout, encoding="utf-8")
        if done.returncode != 0:
            problems.append(f"{name}: {what}: exit {done.returncode}\n{done.stderr}")
    return problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vsm", type=Path, required=True)
    parser.add_argument("--backends", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--some", type=Path, required=True)
    arguments = parser.parse_args()
    wanted = ways_to_build(arguments.backends)
    made = maps()
    for folder in (arguments.out, arguments.some):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with ThreadPoolExecutor(2) as pool:
        every = pool.map(lambda item: build(arguments.vsm.resolve(), *item, wanted, arguments.out), made.items())
        problems = [problem for one in every for problem in one]
    # the slow readers get, of the first maps, the github output and one codepipeline output, each way in turn
    pipelines = [way for way in wanted if way.startswith("codepipeline")]
    for number, name in enumerate(list(made)[:SOME]):
        way = pipelines[number % len(pipelines)]
        shutil.copytree(arguments.out / name / way, arguments.some / name / way)
        shutil.copytree(arguments.out / name / "github", arguments.some / name / "github")
    for problem in problems:
        print(problem)
    files = sum(1 for file in arguments.out.glob("*/*/*") if file.is_file())
    print(f"generated: {len(made)} maps, {len(wanted)} ways to build, {files} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
