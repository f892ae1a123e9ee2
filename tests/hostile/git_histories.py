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

from ledger import check, closed

BROKEN = "stream {\n"
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


class Map:
    """A file: its streams by name with the hours of their step, and its import."""

    def __init__(self, streams, base=None, note="", broken=False):
        self.streams, self.base, self.note, self.broken = dict(streams), base, note, broken

    def copy(self, **changed):
        return Map(**({"streams": self.streams, "base": self.base, "note": self.note, "broken": self.broken} | changed))

    def text(self):
        if self.broken:
            return BROKEN + self.note
        lines = [f'import "{self.base[0]}"\n'] if self.base else []
        for name, hours in self.streams.items():
            if self.base:
                lines.append(f'future {name} "{name}" of {self.base[1]} {{\n  change a {{ lead: {hours}h }}\n}}\n')
            else:
                lines.append(
                    f'stream {name} "{name}" {{\n  step a {{ process: 1h, lead: {hours}h }}\n  step b {{ lead: 3h, process: 30min }}\n}}\n'
                )
        return self.note + "".join(lines)


class Maker:
    """Generates commits, whose trees map paths to files."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.commits = []  # (parents, {path: Map or text})
        self.names = 0

    def name(self):
        self.names += 1
        return f"s{self.names}"

    def hours(self):
        return self.random.randrange(2, 60)

    def begin(self):
        files = {
            f"{self.random.choice(['', 'maps/', 'maps/deep/'])}m{i}.vsm": Map({self.name(): self.hours()})
            for i in range(self.random.randrange(1, 4))
        }
        files["base.vsm"] = Map({"base": self.hours()})
        files["maps/future.vsm"] = Map({"later": self.hours()}, base=("../base.vsm", "base"))
        files["README"] = "maps\n"
        self.commits.append(([], files))

    def maps(self, files):
        return [
            path for path, one in files.items() if isinstance(one, Map) and path not in ("base.vsm", "maps/future.vsm")
        ]

    def changed(self, files):
        """The tree after one random change."""
        files = dict(files)
        maps = self.maps(files)
        kind = self.random.choice(
            ["edit"] * 6
            + ["base"] * 2
            + [
                "note",
                "rename",
                "split",
                "join",
                "delete",
                "birth",
                "break",
                "configuration",
                "nothing",
                "swap",
                "stream",
            ]
        )
        path = self.random.choice(maps) if maps else None
        one = files.get(path)
        whole = [name for name in maps if not files[name].broken]
        if kind == "base":
            files["base.vsm"] = files["base.vsm"].copy(streams={"base": self.hours()})
        elif kind == "birth" or path is None:
            files[f"maps/n{self.name()}.vsm"] = Map({self.name(): self.hours()})
        elif kind == "note":
            files[path] = one.copy(note=f"# {self.hours()}\n")
        elif kind == "rename":
            del files[path]
            files[f"maps/r{self.name()}.vsm"] = one
        elif kind == "delete":
            del files[path]
        elif kind == "break" and not (one.broken and self.holds(files, one.streams, path)):
            files[path] = one.copy(broken=not one.broken, note="" if one.broken else f"# {self.name()}\n")
        elif kind == "configuration":
            if files.pop("maps/.vsm.yaml", None) is None:
                files["maps/.vsm.yaml"] = "version: 1\n"
        elif kind == "nothing":
            files["README"] = f"{self.hours()}\n"
        elif one.broken:
            files[path] = one.copy(note=f"# still {self.hours()}\n")
        elif kind == "edit":
            name = self.random.choice(list(one.streams))
            files[path] = one.copy(streams=one.streams | {name: self.hours()})
        elif kind == "stream":
            files[path] = one.copy(streams=one.streams | {self.name(): self.hours()})
        elif kind == "split" and len(one.streams) > 1:
            name = self.random.choice(list(one.streams))
            files[path] = one.copy(streams={other: hours for other, hours in one.streams.items() if other != name})
            files[f"p{self.name()}.vsm"] = Map({name: one.streams[name]})
        elif kind in ("join", "swap") and len(whole) > 1:
            other = self.random.choice([name for name in whole if name != path])
            if kind == "swap":
                files[path], files[other] = files[other], files[path]
            else:
                files[path] = one.copy(streams=one.streams | files.pop(other).streams)
        return files

    def holds(self, files, names, path):
        """Whether another file has a stream of one of these names."""
        return any(name in files[other].streams for other in self.maps(files) if other != path for name in names)

    def ancestors(self, commit):
        seen, left = set(), [commit]
        while left:
            one = left.pop()
            if one not in seen:
                seen.add(one)
                left += self.commits[one][0]
        return seen

    def picked(self, parent):
        """An earlier tree, as by a revert or a cherry-pick. Deleted streams return only to a path that they had."""
        tree = dict(self.commits[self.random.randrange(len(self.commits))][1])
        places = {
            (name, path)
            for one in self.ancestors(parent)
            for path in self.maps(self.commits[one][1])
            for name in self.commits[one][1][path].streams
        }
        known = {name for path in self.maps(self.commits[parent][1]) for name in self.commits[parent][1][path].streams}
        fits = all(name in known or (name, path) in places for path in self.maps(tree) for name in tree[path].streams)
        return tree if fits else dict(self.commits[parent][1])

    def merged(self, parents):
        """For each file the version of one parent, or a new one; stream names stay unique."""
        trees = [self.commits[one][1] for one in parents]
        files = {}
        for path in sorted({path for tree in trees for path in tree}):
            taken = self.random.choice(trees).get(path)
            if taken is not None:
                files[path] = taken
        for path in self.maps(files):
            if self.random.random() < 0.2 and not files[path].broken:
                files[path] = files[path].copy(streams={name: self.hours() for name in files[path].streams})
        names = [name for path in self.maps(files) if not files[path].broken for name in files[path].streams]
        return files if len(names) == len(set(names)) and "base.vsm" in files else dict(self.random.choice(trees))

    def run(self, count):
        self.begin()
        heads = [0]
        while len(self.commits) < count:
            dice = self.random.random()
            if dice < 0.2 and len(heads) > 1:
                parents = self.random.sample(heads, 3 if len(heads) > 2 and self.random.random() < 0.3 else 2)
                tree = self.merged(parents)
                heads = [one for one in heads if one != parents[0]]
            elif dice < 0.3:
                parents = [self.random.choice(heads)]
                tree = self.picked(parents[0])
                heads = [one for one in heads if one not in parents]
            elif dice < 0.4 and len(heads) < 4:
                parents = [self.random.randrange(len(self.commits))]
                tree = self.changed(self.commits[parents[0]][1])
            else:
                parents = [self.random.choice(heads)]
                tree = self.changed(self.commits[parents[0]][1])
                heads = [one for one in heads if one not in parents]
            self.commits.append((parents, tree))
            heads.append(len(self.commits) - 1)
        last = [heads[-1]] + [one for one in heads[:-1]]
        if len(last) > 1:
            self.commits.append((last, self.merged(last)))
        return self.commits


def text_of(one):
    return one.text() if isinstance(one, Map) else one


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
        seen, left = set(), [len(self.commits) - 1]
        while left:
            one = left.pop()
            if one not in seen:
                seen.add(one)
                left += self.commits[one][0]
        return seen

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


def ancestors(commits, commit):
    seen, left = set(), list(commits[commit][0])
    while left:
        one = left.pop()
        if one not in seen:
            seen.add(one)
            left += commits[one][0]
    return sorted(seen)


def diff_one(binary, folder, environment, git, ids, truth, chance, seed):
    """Compares `diff` of two commits with their metrics. A new name may be a rename: the old name's metrics count."""
    new = chance.choice([i for i in truth.reachable() if truth.commits[i][0]])
    old = chance.choice(ancestors(truth.commits, new))
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
