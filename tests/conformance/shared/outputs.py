"""outputs.py --vsm BINARY --backends backends.def --out FOLDER MAP...: builds the outputs that the readers read.

Runs vsm as a user does: every map through every output, `ir` and `metrics`, into FOLDER/<map>/<what>/. Fails if a run
fails, if there is no file for a stream, or if a second run with another locale, time zone and home writes other bytes.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EVENTS = ["push", "pull_request", "merge_group", "release", "deployment", "workflow_call"]
ELSEWHERE = {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "HOME": "/nonexistent"}


def ways_to_build(table):
    """The build options for each output in the table; some outputs appear with several sets of options."""
    names = re.findall(r"^VSM_BACKEND\((\w+),", table.read_text(encoding="utf-8"), re.MULTILINE)
    wanted = {name: ["-t", name] for name in names}
    if "codepipeline" in wanted:
        wanted["codepipeline-json"] = ["-t", "codepipeline", "--template", "json"]
        for mock in ("commands", "approval"):
            wanted[f"codepipeline-{mock}"] = ["-t", "codepipeline", "--mock", mock]
        wanted["codepipeline-merged"] = ["-t", "codepipeline", "--waits", "merge"]
    if "svg" in wanted:
        wanted["svg-futures"] = ["-t", "svg", "--future", "all", "--compare"]
    if "mermaid" in wanted:
        wanted["mermaid-gantt"] = ["-t", "mermaid", "--diagram", "gantt"]
    if "gitlab" in wanted:
        wanted["gitlab-fast"] = ["-t", "gitlab", "--time-scale", "1d=0.1s"]
    if "github" in wanted:
        wanted["github-environments"] = ["-t", "github", "--environments"]
        wanted["github-on-push"] = ["-t", "github", "--on", "push", "--time-scale", "1d=0.001s"]
        wanted["github-on-all"] = [
            "-t",
            "github",
            "--on",
            ",".join(EVENTS),
            "--runs-on",
            "self-hosted,linux",
            "--time-scale",
            "0",
        ]
    return wanted


def streams(vsm_map):
    """The streams of a map; a file that only declares teams has none and is not built."""
    return re.findall(r"^stream\s+([A-Za-z_][\w-]*)", vsm_map.read_text(encoding="utf-8"), re.MULTILINE)


def run(command, environment):
    """Yields one problem if the command fails."""
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True)
    if done.returncode != 0:
        yield f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}{done.stderr}"


def write_stdout(command, target, environment):
    with open(target, "wb") as file:
        done = subprocess.run(command, env=os.environ | environment, stdout=file, stderr=subprocess.PIPE)
    if done.returncode != 0:
        yield f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr.decode(errors='replace')}"


def build(vsm, vsm_map, wanted, folder, environment):
    futures = re.search(r"^future\s", vsm_map.read_text(encoding="utf-8"), re.MULTILINE)
    for what, options in wanted.items():
        if "--future" in options and not futures:
            continue
        target = folder / what
        target.mkdir(parents=True)
        yield from run([vsm, "build", vsm_map, *options, "-o", target], environment)
        written = [file.name for file in target.iterdir() if file.stat().st_size > 0]
        if not written:
            yield f"{vsm_map}: {what}: no file"
        for stream in streams(vsm_map):
            if "--future" not in options and not any(name.startswith(f"{stream}.") for name in written):
                yield f"{vsm_map}: {what}: no file for stream {stream} among {written}"
    for what, options in {"ir": ["ir"], "metrics": ["metrics", "--format", "json"]}.items():
        (folder / what).mkdir()
        yield from write_stdout([vsm, *options, vsm_map], folder / what / f"{vsm_map.stem}.json", environment)


def contents(folder):
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vsm", type=Path, required=True)
    parser.add_argument("--backends", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("maps", type=Path, nargs="+")
    arguments = parser.parse_args()
    wanted = ways_to_build(arguments.backends)
    maps = [vsm_map for vsm_map in arguments.maps if streams(vsm_map)]
    shutil.rmtree(arguments.out, ignore_errors=True)
    problems = [] if wanted and maps else [f"{len(wanted)} outputs, {len(maps)} maps: nothing to build"]
    for vsm_map in maps:
        folder = arguments.out / vsm_map.stem
        problems += build(arguments.vsm, vsm_map, wanted, folder, {})
        with tempfile.TemporaryDirectory() as again:
            problems += build(arguments.vsm, vsm_map, wanted, Path(again), ELSEWHERE)
            first, second = contents(folder), contents(Path(again))
            differing = [
                str(name) for name in sorted(first.keys() | second.keys()) if first.get(name) != second.get(name)
            ]
            problems += [f"{vsm_map}: a second run gives other bytes: {name}" for name in differing]
    for problem in problems:
        print(problem)
    print(
        f"outputs: {len(maps)} maps, {len(wanted)} outputs, {len(contents(arguments.out))} files, {len(problems)} problems"
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
