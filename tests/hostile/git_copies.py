"""git_copies.py VSM [REPOSITORIES [SEED]]: `history` of generated repositories in which streams of one name meet.

Files are moved, copied and deleted on branches whose merges keep any of them. The last kept rows must be the figures of
`HEAD`, no series may have two rows of a commit, and a file must have the series of its folder that were ever in it.
Exit 0 no findings, 1 findings.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from git_place import MAP
from ledger import check, closed

FILES = ["a.vsm", "b.vsm", "d/c.vsm"]


def parents_of(chance, commits, last):
    """One or more earlier commits; the last commit merges what is left."""
    here = len(commits)
    if last:
        used = {parent for parents, _ in commits for parent in parents}
        heads = [one for one in range(here) if one not in used]
        return heads[:3] if len(heads) > 1 else [here - 1]
    if chance.random() < 0.6:
        return [chance.randrange(max(0, here - 3), here)]
    near = list(range(max(0, here - 5), here))
    return chance.sample(near, min(len(near), chance.choice([2, 2, 3])))


def change(chance, files):
    """Adds, edits, moves, removes or copies a file."""
    kind, new = chance.random(), chance.choice(FILES)
    if not files or kind < 0.1:
        files[new] = {chance.choice("st"): chance.randrange(2, 60)}
        return
    old = chance.choice(sorted(files))
    if kind < 0.5:
        files[old][chance.choice(sorted(files[old]))] = chance.randrange(2, 60)
    elif kind < 0.75 and new not in files:
        files[new] = files.pop(old)
    elif 0.75 <= kind < 0.85:
        del files[old]
    elif new not in files:
        files[new] = dict(files[old])


def made(seed):
    """Commits: their parents, and their files with the hours of each stream."""
    chance = random.Random(seed)
    commits = [([], {"a.vsm": {"s": 2}})]
    count = chance.randrange(4, 14)
    while len(commits) < count:
        parents = parents_of(chance, commits, len(commits) + 1 == count)
        files = {}
        for parent in parents:
            for path, streams in commits[parent][1].items():
                if path not in files or chance.random() < 0.5:
                    files[path] = dict(streams)
        for _ in range(chance.choice([0, 1, 1, 2])):
            change(chance, files)
        commits.append((parents, files))
    return commits


def written(commits):
    """The commits for `git fast-import`."""
    lines = []
    for i, (parents, files) in enumerate(commits):
        lines.append(f"commit refs/heads/main\nmark :{i + 1}\ncommitter n <n@e> {1767225600 + i * 3600} +0000\n")
        lines.append(f"data {len(f'c{i}')}\nc{i}\n")
        lines += [f"{'merge' if k else 'from'} :{parent + 1}\n" for k, parent in enumerate(parents)]
        lines.append("deleteall\n")
        for path, streams in files.items():
            text = "".join(
                MAP.format(lead=lead).replace("stream s", f"stream {name}") for name, lead in sorted(streams.items())
            )
            lines.append(f"M 100644 inline {path}\ndata {len(text)}\n{text}\n")
    return "".join(lines)


def history(binary, folder, environment, path):
    """The series, or what was said instead."""
    words = [binary, "history", "--last", "10000", "--format", "json", path]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 2 and "no commit has changed" in done.stderr:
        return []
    return json.loads(done.stdout)["streams"] if done.returncode == 0 else done.stderr


def lead_of(point):
    return round(point["figures"]["lead_time"] / 3600) if point["figures"] else point["state"]


def places_of(one):
    moves = {place for move in one["moves"] for place in (move["from"], move["to"])}
    return moves | {point["file"] for point in one["points"]}


def try_one(binary, seed):
    commits = made(seed)
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1"}
        environment |= {key: value for key, value in os.environ.items() if key.startswith(("ASAN_", "UBSAN_", "LSAN_"))}
        for words in (["init", "-q", "-b", "main"], ["fast-import", "--quiet"], ["reset", "-q", "--hard", "main"]):
            text = written(commits) if words[0] == "fast-import" else ""
            subprocess.run(["git", *words], cwd=folder, env=environment, input=text, text=True, check=True)
        told = history(binary, folder, environment, ".")
        if isinstance(told, str):
            check(False, f"seed {seed}: {told}")
            return
        last = []
        for one in told:
            rows = [point["commit"] for point in one["points"]]
            check(len(rows) == len(set(rows)), f"seed {seed}: two rows of a commit: {one}")
            kept = [(one["name"], lead_of(point)) for point in one["points"] if point["kept"]]
            last += [row for row in kept[-1:] if row[1] != "removed"]
        now = sorted(row for streams in commits[-1][1].values() for row in streams.items())
        check(sorted(last) == now, f"seed {seed}: the last rows are {sorted(last)}, at HEAD is {now}")
        for path in FILES:
            expected = [one for one in told if path in places_of(one)]
            of_file = history(binary, folder, environment, path)
            check(of_file == expected, f"seed {seed}, {path}: {of_file} instead of {expected}")


def main(arguments):
    if not 1 <= len(arguments) <= 3:
        print(__doc__, file=sys.stderr)
        return 2
    binary = str(Path(arguments[0]).resolve())
    count, seed = (int(one) for one in (arguments[1:] + ["40", "1"][len(arguments) - 1 :]))
    for i in range(count):
        try_one(binary, seed + i)
    return closed("git copies", f"; {count} repositories")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
