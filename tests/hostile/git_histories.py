"""git_histories.py VSM [REPOSITORIES [SEED]]: compares `history` of generated repositories with each commit.

Branches, merges with results of their own, octopuses, reverts, files that are renamed, split, deleted, broken and
repaired, metrics that change by an import or by the location of a `.vsm.yaml`. For single files and for folders, the
rows of `history` must be the commits at which a stream's metrics differ from those at each parent, with the metrics
that `metrics` prints for that commit; `diff` of two commits must be the difference of their metrics. Exit 0 no
findings, 1 findings.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from git_commits import Maker, reachable, text_of
from ledger import check, closed

FIGURES = [
    "lead_time",
    "process_time",
    "wait_time",
    "activity_ratio",
    "steps",
    "handoffs",
    "expected_lead_time",
    "first_pass_yield",
]


def import_into(folder, commits, git):
    """Writes the commits; returns their ids."""
    stream = []
    for i, (parents, files) in enumerate(commits):
        stream.append(
            f"commit refs/heads/main\nmark :{i + 1}\ncommitter n <n@example.org> {1767225600 + i * 3600} +0000\ndata {len(f'c{i}')}\nc{i}\n"
        )
        for k, parent in enumerate(parents):
            stream.append(f"{'merge' if k else 'from'} :{parent + 1}\n")
        stream.append("deleteall\n")
        for path, one in files.items():
            text = text_of(one)
            stream.append(f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n")
        stream.append("\n")
    git("init", "-q", "-b", "main")
    git("fast-import", "--quiet", "--force", "--export-marks=marks", input="".join(stream))
    marks = dict(line.split() for line in (folder / "marks").read_text().splitlines())
    (folder / "marks").unlink()
    git("reset", "-q", "--hard", "main")
    return [marks[f":{i + 1}"] for i in range(len(commits))]


def figures_of(stream):
    plain = {}
    for key in FIGURES:
        value = stream[key]
        plain[key] = value["seconds"] if isinstance(value, dict) else value
    return tuple(sorted(plain.items()))


class Truth:
    """The metrics of each commit, measured separately."""

    def __init__(self, binary, folder, commits):
        self.commits = commits
        self.measured = {}
        self.binary, self.folder = binary, folder
        self.values, self.paths, self.broken = [], [], []
        for parents, files in commits:
            self.measure(parents, files)

    def measure(self, parents, files):
        values, paths = {}, {}
        broken = []
        for path, one in files.items():
            if not path.endswith(".vsm"):
                continue
            streams = self.streams(path, files)
            if streams is None:
                broken.append(path)
                continue
            for name, figures in streams.items():
                values[name], paths[name] = figures, path
        for path in broken:
            held = set()
            for parent in parents:
                before = self.commits[parent][1]
                for name, old in self.paths[parent].items():
                    same_text = (
                        old not in files
                        and old != path
                        and old in before
                        and self.values[parent][name] == "broken"
                        and text_of(before[old]) == text_of(files[path])
                    )
                    if (old == path or same_text) and name not in values:
                        held.add(name)
            for name in held:
                values[name], paths[name] = "broken", path
        self.broken.append(bool(broken))
        self.values.append(values)
        self.paths.append(paths)

    def streams(self, path, files):
        """The metrics of a map's streams, or None if it does not compile; equal trees are measured once."""
        key = (path, text_of(files[path]), text_of(files["base.vsm"]), "maps/.vsm.yaml" in files)
        if key not in self.measured:
            with tempfile.TemporaryDirectory() as name:
                root = Path(name)
                (root / ".git").mkdir()  # makes this the root for imports
                for other, one in files.items():
                    (root / other).parent.mkdir(parents=True, exist_ok=True)
                    (root / other).write_text(text_of(one))
                done = subprocess.run(
                    [self.binary, "metrics", "--format", "json", path], cwd=root, capture_output=True, text=True
                )
            self.measured[key] = (
                {one["name"]: figures_of(one) for one in json.loads(done.stdout)["streams"]}
                if done.returncode == 0
                else None
            )
        return self.measured[key]

    def reachable(self):
        return reachable(self.commits, len(self.commits) - 1)

    def rows(self, asked):
        """(commit, stream, value) for all streams that were ever at one of the requested paths."""
        commits = self.reachable()
        names = {name for i in commits for name, path in self.paths[i].items() if asked(path)}
        rows = set()
        for i in commits:
            parents = self.commits[i][0]
            for name in names:
                value = self.values[i].get(name)
                before = [self.values[parent].get(name) for parent in parents]
                if all(one != value for one in before) and (value is not None or parents):
                    rows.add((i, name, value or "removed"))
        return rows

    def kept(self, name):
        seen, left = set(), [len(self.commits) - 1]
        while left:
            one = left.pop()
            if one in seen:
                continue
            seen.add(one)
            parents = self.commits[one][0]
            same = [parent for parent in parents if self.values[parent].get(name) == self.values[one].get(name)]
            left += same or parents
        return seen


def told(binary, folder, environment, path, ids):
    done = subprocess.run(
        [binary, "history", path, "--last", "10000", "--format", "json"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode == 2 and "no commit has changed" in done.stderr:
        return set(), set()
    if done.returncode != 0:
        return {(-1, f"exit {done.returncode}", done.stderr)}, set()
    rows, kept = set(), set()
    places = {one: i for i, one in enumerate(ids)}
    for stream in json.loads(done.stdout)["streams"]:
        if stream["name"] is None:
            continue
        for point in stream["points"]:
            figures = point["figures"]
            value = (
                tuple(sorted((key, figures[key]) for key in FIGURES))
                if point["state"] == "measured"
                else point["state"]
            )
            rows.add((places[point["commit"]], stream["name"], value))
            if point["kept"]:
                kept.add((places[point["commit"]], stream["name"]))
    return rounded(rows), kept


def rounded(rows):
    """Rounds the metrics: one command prints 16 digits, the other 15."""
    return {
        (
            i,
            name,
            tuple((key, value if value is None else float(f"{value:.12g}")) for key, value in figures)
            if isinstance(figures, tuple)
            else figures,
        )
        for i, name, figures in rows
    }


def shown(rows):
    return sorted(
        f"c{i} {name} {dict(figures)['lead_time'] if isinstance(figures, tuple) else figures}"
        for i, name, figures in rows
    )[:5]


def try_one(binary, seed):
    chance = random.Random(seed * 7 + 1)
    commits = Maker(seed).run(chance.randrange(5, 61))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": name,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": str(folder.parent),
        }
        environment |= {key: value for key, value in os.environ.items() if key.startswith(("ASAN_", "UBSAN_", "LSAN_"))}

        def git(*words, input=None):
            subprocess.run(
                ["git", *words], cwd=folder, env=environment, input=input, text=True, check=True, capture_output=True
            )

        ids = import_into(folder, commits, git)
        truth = Truth(binary, folder, commits)
        commit = truth.reachable()
        files = sorted({path for i in commit for path in commits[i][1] if path.endswith(".vsm")})
        compared = 0
        for path in [".", "maps", *chance.sample(files, min(len(files), 4))]:
            if path == "maps" and not (folder / "maps").is_dir():
                continue
            asked = (
                (lambda one: True)
                if path == "."
                else (lambda one, path=path: one == path or one.startswith(path + "/"))
            )
            rows, kept = told(binary, folder, environment, path, ids)
            expected = truth.rows(asked)
            compared += len(expected)
            expected = rounded(expected)
            check(
                rows == expected,
                f"seed {seed}, history {path}: only told {shown(rows - expected)}, only true {shown(expected - rows)}",
            )
            true_kept = {(i, stream) for i, stream, _ in expected if i in truth.kept(stream)}
            check(
                kept == true_kept or rows != expected, f"seed {seed}, history {path}: kept {sorted(kept ^ true_kept)}"
            )
        for _ in range(3):
            compared += diff_one(binary, folder, environment, git, ids, truth, chance, seed)
        return compared


def diff_one(binary, folder, environment, git, ids, truth, chance, seed):
    """Compares `diff` of two commits with their metrics. A new name may be a rename: the old name's metrics count."""
    new = chance.choice([i for i in truth.reachable() if truth.commits[i][0]])
    old = chance.choice(sorted(reachable(truth.commits, new) - {new}))
    before, after = truth.values[old], truth.values[new]
    if truth.broken[old] or truth.broken[new]:
        return 0
    git("checkout", "-q", "-f", "--detach", ids[new])
    done = subprocess.run(
        [binary, "diff", "--against", ids[old], "--format", "json"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    what = f"seed {seed}, diff c{old} c{new}"
    if not check_that(done.returncode == 0, f"{what}: exit {done.returncode}: {done.stderr}"):
        return 0
    told = [stream for one in json.loads(done.stdout)["maps"] for stream in one["streams"]]
    gone = {stream["name"] for stream in told if stream["change"] == "removed"}
    come = {stream["name"] for stream in told if stream["change"] == "added"}
    pairs = {stream["name"]: stream["name_before"] for stream in told if stream["change"] == "changed"}
    check(
        all(name == was or (name not in before and was not in after) for name, was in pairs.items()),
        f"{what}: pairs {pairs}",
    )
    for stream in told:
        if stream["change"] != "changed":
            continue
        was, now = dict(before[stream["name_before"]]), dict(after[stream["name"]])
        figures = {
            one["key"]: (one["before"]["value"], one["after"]["value"])
            for one in stream["figures"]
            if one["key"] in FIGURES
        }
        expected = {key: (was[key], now[key]) for key in FIGURES if was[key] != now[key]}
        same = figures.keys() == expected.keys() and all(
            abs(a - b) < 1e-9 * max(1, abs(b)) for key in figures for a, b in zip(figures[key], expected[key])
        )
        check(same, f"{what}, {stream['name']}: tells {figures} instead of {expected}")
    for name, value in after.items():
        check(name in come or name in pairs or before.get(name) == value, f"{what}: says nothing of {name}")
    for name, value in before.items():
        check(
            name in gone or name in pairs.values() or after.get(name) == value,
            f"{what}: says nothing of {name}, which was",
        )
    check(
        come.isdisjoint(before) and gone.isdisjoint(after),
        f"{what}: {come & before.keys()} are not new, {gone & after.keys()} are not gone",
    )
    return len(told)


def check_that(holds, said):
    check(holds, said)
    return holds


def main(arguments):
    if not 1 <= len(arguments) <= 3:
        print(__doc__, file=sys.stderr)
        return 2
    binary = str(Path(arguments[0]).resolve())
    count, seed = (int(one) for one in (arguments[1:] + ["20", "1"][len(arguments) - 1 :]))
    rows = sum(try_one(binary, seed + i) for i in range(count))
    check(rows > 20 * count, f"only {rows} rows were compared")
    return closed("git histories", f"; {count} repositories, {rows} rows")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
