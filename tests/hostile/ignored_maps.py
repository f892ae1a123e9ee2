#!/usr/bin/env python3
"""ignored_maps.py VSM: compares the maps that vsm finds in a folder with git's interpretation of .gitignore files.

Repositories are generated with patterns of every kind in several .gitignore files. IGNORED_MAPS_ROUNDS sets their
number (default 40). Exit 0 vsm and git agree, 1 findings.
"""

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ["a", "b", "ab", "a b", "build", "Build", "x1", "x-2", "[a]", "a*", "ä", "#a", "!b", "a\\b"]
PIECES = [
    "*",
    "?",
    "**",
    "a",
    "b",
    "ab",
    "build",
    "x",
    "[ab]",
    "[!a]",
    "[^b]",
    "[a-z]",
    "[[:digit:]]",
    "[]a]",
    "[a",
    "\\a",
    "\\*",
    "\\[",
    "1",
    "-",
    "ä",
    " ",
    "#",
    "!",
    "[x-]",
    "[[:nope:]]",
    "[a-]",
    "[\\]a]",
]
GIT = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
}
MAP = "stream s { step a { process: 1h, lead: 2h } }\n"


def pattern(random_):
    parts = [
        "".join(random_.choices(PIECES, k=random_.randint(1, 3))) for _ in range(random_.choice([1, 1, 1, 2, 2, 3]))
    ]
    if random_.random() < 0.3:
        parts[random_.randrange(len(parts))] = "**"
    text = "/".join(parts)
    if random_.random() < 0.4:
        text += ".vsm"
    return (
        ("!" if random_.random() < 0.25 else "")
        + ("/" if random_.random() < 0.2 else "")
        + text
        + ("/" if random_.random() < 0.2 else "")
    )


def lines(random_):
    made = [pattern(random_) for _ in range(random_.randint(1, 5))] + random_.choices(
        ["", "# a", "  ", "a  ", "a\\ ", "\\#a*", "\\!b*", "a\\", "/", "*.vsm", "!*/", "*", "!a*"], k=2
    )
    random_.shuffle(made)
    end = random_.choice(["\n", "\n", "\r\n"])
    return random_.choice(["", "", "\ufeff"]) + end.join(made) + random_.choice(["", end])


def folders(random_):
    made = [""]
    for _ in range(random_.randint(3, 9)):
        made.append(random_.choice(made) + random_.choice(NAMES) + "/")
    return sorted(set(made))


def repository(root, random_):
    subprocess.run(["git", "init", "-q", root], check=True, env=GIT)
    for folder in folders(random_):
        place = root / folder
        place.mkdir(parents=True, exist_ok=True)
        for name in random_.sample(NAMES, 4):
            if not (place / f"{name}.vsm").is_dir():
                (place / f"{name}.vsm").write_text(MAP)
        if random_.random() < 0.5 or folder == "":
            (place / ".gitignore").write_text(lines(random_), newline="")
    if random_.random() < 0.3:
        (root / ".git/info/exclude").write_text(lines(random_), newline="")


def seen_by_git(root):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard", "--", ":(glob)**/*.vsm"],
        cwd=root,
        check=True,
        capture_output=True,
        env=GIT,
    )
    return {name for name in listed.stdout.decode().split("\0") if name}


def seen_by_vsm(vsm, root):
    done = subprocess.run(
        [vsm, "lint", "--format", "concise", "-W", "missing-ca=error", "-q"], cwd=root, capture_output=True
    )
    if done.returncode == 2 and b"there is no map" in done.stderr:
        return set()
    found = set()
    for line in done.stdout.decode().splitlines():
        path, severity, _ = line.partition(":1:")
        assert severity, line
        found.add(path)
    return found


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    vsm = Path(arguments[0]).resolve()
    rounds = int(os.environ.get("IGNORED_MAPS_ROUNDS", "40"))
    problems, maps, ignored = 0, 0, 0
    for seed in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            repository(root, random.Random(seed))
            git, ours = seen_by_git(root), seen_by_vsm(vsm, root)
            maps += len(git)
            ignored += len(list(root.rglob("*.vsm"))) - len(git)
            if git != ours:
                problems += 1
                print(f"seed {seed}: git alone sees {sorted(git - ours)}, vsm alone {sorted(ours - git)}")
                for file in root.rglob(".gitignore"):
                    print(f"  {file.relative_to(root)}: {file.read_bytes()}")
    print(f"ignored maps: {rounds} repositories, {maps} maps looked at, {ignored} passed over, {problems} findings")
    # a generator that ignores nothing, or everything, would prove nothing
    return 1 if problems or maps < rounds or ignored < rounds else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
