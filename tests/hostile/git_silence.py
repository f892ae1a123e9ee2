"""What `history` and `diff` say when git is silent or ends, when objects are damaged, and where there is no history."""

import json
import os
import shutil
import subprocess

from git_place import MAP
from ledger import check

COMMANDS = (["history", "."], ["diff", "--against", "HEAD~1", "."])


def fake_git(place, name, script):
    """A folder with a `git` that does something else for some commands; `$real` is git."""
    folder = place.folder / f"git that is {name}"
    folder.mkdir()
    (folder / "git").write_text(f'#!/bin/sh\nreal={shutil.which("git")}\n{script}\nexec "$real" "$@"\n')
    (folder / "git").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def silent(place):
    """A git that prints nothing and succeeds is an error, never a crash or an empty history."""
    made = place.repository("silent")
    for mute in ("log", "cat-file", "rev-parse", "merge-base"):
        script = f'for word in "$@"; do [ "$word" = {mute} ] && exit 0; done'
        path = fake_git(place, f"silent {mute}", script)
        for words in COMMANDS:
            if (mute, words[0]) not in {("log", "diff"), ("merge-base", "history")}:
                place.expect(f"silent {mute}, {words[0]}", made, words, 2, "git", PATH=path)


def dying(place):
    """A git that ends in the middle is asked again; one that always does is told."""
    made = place.repository("dying")
    truth = {tuple(words): place.run(made, *words).stdout for words in COMMANDS}
    cut = '[ "$(eval echo \\${$#})" = --batch ] && { sed -u 4q | "$real" "$@"; exit 0; }'
    path = fake_git(place, "dying", cut)
    for words in COMMANDS:
        done = place.run(made, *words, PATH=path)
        check(
            (done.returncode, done.stdout) == (0, truth[tuple(words)]) or done.returncode == 2,
            f"git dies, {words[0]}: exit {done.returncode}: {done.stdout}{done.stderr}",
        )


def damaged(place):
    """A missing or damaged object of a full repository is no want of a partial clone."""
    for name in ("lacking", "damaged"):
        made = place.repository(name)
        found = subprocess.check_output(["git", "rev-parse", "HEAD~2:m.vsm"], cwd=made, text=True)
        path = made / ".git/objects" / found[:2] / found[2:].strip()
        path.chmod(0o644)
        path.unlink() if name == "lacking" else path.write_bytes(b"no object")
        done = place.expect(f"{name}, history", made, ["history", "m.vsm"], 0, "lead 2(.*\n)*.*lead 4")
        for said in (done.stderr, place.expect(name, made, ["diff", "--against", "HEAD~2"], 2, "").stderr):
            check("git fsck" in said and "refetch" not in said, f"{name}: {said}")
        check("1 commit could not be read" in done.stderr and "lead 3" not in done.stdout, f"{name}: {done.stdout}")


def nowhere(place):
    """Outside a repository, before the first commit, and in clones of one branch."""
    plain = place.folder / "no repository"
    plain.mkdir()
    (plain / "m.vsm").write_text(MAP.format(lead=1))
    done = place.expect("history, no repository", plain, ["history"], 2, "no git repository.*vsm metrics")
    check("vsm diff" not in done.stderr, f"history, no repository: {done.stderr}")
    place.git("init", "-q", "-b", "main", at=plain)
    done = place.expect("history, no commit", plain, ["history"], 2, "no commit yet.*commit the maps")
    check("compare" not in done.stderr, f"history, no commit: {done.stderr}")
    origin = place.repository("two branches")
    place.git("checkout", "-q", "-f", "-b", "br", at=origin)
    place.git("commit", "-q", "--allow-empty", "-m", "br", at=origin)
    place.git("checkout", "-q", "main", at=origin)
    for name, flags in {"shallow one": ["--depth", "1"], "single": ["--single-branch"]}.items():
        clone = place.folder / name
        place.git("clone", "-q", *flags, origin.as_uri(), clone, at=place.folder)
        words = ["diff", "--against", "origin/br"]
        place.expect(f"{name}, another branch", clone, words, 2, "git remote set-branches origin '\\*'`, then `git f")
        place.git("remote", "set-branches", "origin", "*", at=clone)
        place.git("fetch", "-q", *(["--unshallow"] if "--depth" in flags else []), "origin", at=clone)
        place.expect(f"{name}, another branch, once fetched", clone, words, 0, "")


def undated(place):
    """A commit without a valid date has none in JSON."""
    made = place.repository("undated", 1)

    def git(*words, text=None):
        done = subprocess.run(
            ["git", *words], cwd=made, env=place.environment, input=text, text=True, capture_output=True, check=True
        )
        return done.stdout.strip()

    tree = git("write-tree")
    text = f"tree {tree}\nauthor nobody\ncommitter nobody\n\nby hand\n"
    git("reset", "-q", git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", text=text))
    done = place.expect("undated", made, ["history", "--format", "json"], 0, "by hand")
    dates = [one["date"] for one in json.loads(done.stdout or '{"commits": []}')["commits"]]
    check(dates == [None], f"undated: {dates}")


def silence(place):
    silent(place)
    dying(place)
    damaged(place)
    nowhere(place)
    undated(place)
