"""git_faults.py VSM: `diff --against` and `history` with git missing, repositories incomplete, unusual or hostile.

The exit code is the documented one, the message names a remedy, no program that a repository or the environment names
is run, and nothing is written. Exit 0 no findings, 1 findings.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from git_attacks import against_the_user, bombs, embedded, large, promised, strange_settings
from git_changes import conflicts, crossed, moved_text, rewritten, tracked_and_ignored
from git_lineages import lineages
from git_place import MAP, Place
from git_silence import silence
from git_traps import baselines, odd_files, odd_places, refused, same_names, submodule_imports, unreadable
from ledger import check, closed

ROOT = os.geteuid() == 0


def cut_short(place):
    origin = place.repository("origin")
    plain = place.folder / "plain"
    plain.mkdir()
    shutil.copy(origin / "m.vsm", plain)
    for words in (["diff", "--against", "main", "."], ["history", "."]):
        remedy = "vsm diff OLD NEW" if words[0] == "diff" else "vsm metrics"
        place.expect(f"no repository, {words[0]}", plain, words, 2, f"no git repository.*{remedy}")
        place.expect(f"no git, {words[0]}", origin, words, 2, "Install git", PATH=str(plain))
    place.git("clone", "-q", "--depth", "1", origin.as_uri(), place.folder / "shallow", at=place.folder)
    shallow = place.folder / "shallow"
    (shallow / "m.vsm").write_text(MAP.format(lead=9))
    place.expect("shallow, what it holds", shallow, ["diff", "--against", "main", "."], 0, "5h → 1d1h")
    place.expect(
        "shallow, what it lacks",
        shallow,
        ["diff", "--against", "HEAD~2", "."],
        2,
        "shallow.*fetch --unshallow.*fetch-depth: 0",
    )
    done = place.expect("shallow, history", shallow, ["history", "m.vsm"], 0, "lead 5")
    check("shallow" in done.stderr, "shallow, history: does not say that it is cut short")
    empty = place.folder / "empty"
    empty.mkdir()
    place.git("init", "-q", "-b", "main", at=empty)
    shutil.copy(origin / "m.vsm", empty)
    place.expect("no commit", empty, ["diff", "--against", "main", "."], 2, "no commit yet")
    for word in ("--output=x", "nothing", ""):
        place.expect(f"against {word!r}", origin, ["diff", f"--against={word}", "."], 2, "revision|--against")


def others(place):
    """Submodules, which have a history of their own, and repositories of another owner."""
    super_ = place.repository("super")
    place.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", "../origin", "sub", at=super_)
    place.git("commit", "-q", "-m", "sub", at=super_)
    (super_ / "sub/m.vsm").write_text(MAP.format(lead=8))
    done = place.expect("submodule, from above", super_, ["diff", "--against", "main", "."], 0, "5h → 1d1h|9h")
    check("sub" not in done.stdout, f"submodule, from above: tells its maps: {done.stdout}")
    place.expect("submodule, by itself", super_, ["diff", "--against", "main", "sub"], 0, "5h → 1d")
    place.expect(
        "two repositories",
        super_,
        ["diff", "--against", "main", "sub/m.vsm", "m.vsm"],
        2,
        "lies outside the repository",
    )
    if ROOT:
        foreign = place.repository("foreign")
        for path in [foreign, *foreign.rglob("*")]:
            os.chown(path, 65534, 65534)
        place.expect(
            "somebody else's",
            foreign,
            ["diff", "--against", "main", "."],
            2,
            "belongs to somebody else.*safe.directory",
        )
        place.expect("somebody else's, history", foreign, ["history", "."], 2, "safe.directory")


def clones(place):
    """Clones and work trees of every kind: the expected result, or a message that names a remedy."""
    origin = place.repository("whole")
    (origin / "away").mkdir()
    (origin / "away/other.vsm").write_text(MAP.format(lead=3).replace("stream s", "stream other"))
    place.git("add", "-A", at=origin)
    place.git("commit", "-q", "-m", "other", at=origin)
    place.git("config", "uploadpack.allowFilter", "true", at=origin)
    remedy = "git fetch --refetch --no-filter"
    for name, flags in {"blobless": ["--filter=blob:none"], "treeless": ["--filter=tree:0"]}.items():
        place.git("clone", "-q", "--no-local", *flags, origin.as_uri(), place.folder / name, at=place.folder)
        clone = place.folder / name
        done = place.expect(f"{name}, history", clone, ["history", "m.vsm"], 0, "other")
        check(
            remedy in done.stderr and "broken" not in done.stdout and "could not be read" in done.stderr,
            f"{name}, history: {done.stdout}{done.stderr}",
        )
        place.expect(f"{name}, diff", clone, ["diff", "--against", "HEAD~3", "m.vsm"], 2, remedy)
        place.git("fetch", "-q", "--refetch", "--no-filter", at=clone)
        done = place.expect(f"{name}, once fetched", clone, ["history", "m.vsm"], 0, "lead 2")
        check(not done.stderr, f"{name}, once fetched: {done.stderr}")
    sparse(place, origin)
    linked = place.folder / "linked"
    place.git("worktree", "add", "-q", linked, at=origin)
    (linked / "m.vsm").write_text(MAP.format(lead=12))
    place.expect("a work tree beside it", linked, ["diff", "--against", "main", "."], 0, "1d1h → 1d4h")
    place.expect("a work tree beside it, history", linked, ["history", "m.vsm"], 0, "lead 2")
    (linked / "draft.vsm").write_text("stream {\n")
    (origin / ".git/info").mkdir(exist_ok=True)
    (origin / ".git/info/exclude").write_text("draft.vsm\n")
    place.expect(
        "a work tree beside it, what its repository excludes", linked, ["lint", "-q", "--fail-on", "error"], 0, ""
    )
    os.remove(linked / "draft.vsm")
    os.remove(origin / ".git/info/exclude")
    place.git("checkout", "-q", "-f", "--detach", "HEAD~1", at=linked)
    place.expect("detached", linked, ["history", "m.vsm"], 0, "lead 2")
    bare = place.folder / "bare.git"
    place.git("clone", "-q", "--bare", origin.as_uri(), bare, at=place.folder)
    for words in (["history", "."], ["diff", "--against", "main", "."]):
        place.expect(
            "bare",
            bare,
            words,
            2,
            "bare repository.*[Rr]un it in a clone",
            GIT_DIR=str(bare),
            GIT_WORK_TREE=str(linked),
        )
    modern = place.folder / "modern"
    modern.mkdir()
    place.git("init", "-q", "-b", "main", "--object-format=sha256", at=modern)
    for lead in (2, 4):
        (modern / "m.vsm").write_text(MAP.format(lead=lead))
        place.git("add", "-A", at=modern)
        place.git("commit", "-q", "-m", f"lead {lead}", at=modern)
    done = place.expect("SHA-256, history", modern, ["history", "m.vsm"], 0, "lead 2")
    check("lead 4" in done.stdout, f"SHA-256, history: {done.stdout}")
    place.expect("SHA-256, diff", modern, ["diff", "--against", "HEAD~1", "m.vsm"], 0, "2h → 4h")


def sparse(place, origin):
    """Files left out by a sparse checkout do not count as removed."""
    for name, words in {"cone": ["--cone", "away"], "no cone": ["--no-cone", "/away/", "!/m.vsm"]}.items():
        clone = place.folder / f"sparse {name}"
        place.git("clone", "-q", origin.as_uri(), clone, at=place.folder)
        place.git("sparse-checkout", "set", *words, at=clone)
        done = place.expect(f"sparse, {name}", clone, ["diff", "--against", "HEAD", "--exit-code"], 0, "^$")
        check(not done.stdout, f"sparse, {name}: {done.stdout}")
        (clone / "away/other.vsm").write_text(MAP.format(lead=7).replace("stream s", "stream other"))
        done = place.expect(f"sparse, {name}, a change", clone, ["diff", "--against", "HEAD", "."], 0, "3h → 7h")
        check("removed" not in done.stdout, f"sparse, {name}: {done.stdout}")
        (clone / "away/importer.vsm").write_text('import "../m.vsm"\nfuture f of s { change a { lead: 1h } }\n')
        if name == "no cone":
            place.expect(
                "sparse, lint of one whose import is left out",
                clone,
                ["lint", "away/importer.vsm"],
                1,
                r"git sparse-checkout add \.`",
            )
        place.expect(
            f"sparse, {name}, an import that is left out", clone, ["diff", "--against", "HEAD", "."], 0, "is new"
        )
        place.expect(
            f"sparse, {name}, history", clone, ["history", "m.vsm"], 0, "lead 2"
        ) if name == "no cone" else None
        os.remove(clone / "away/other.vsm")
        place.expect(
            f"sparse, {name}, one that is removed", clone, ["diff", "--against", "HEAD", "."], 0, "other is removed"
        )


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(arguments[0]).resolve(), Path(name).resolve())
        cut_short(place)
        others(place)
        against_the_user(place)
        embedded(place)
        promised(place)
        clones(place)
        rewritten(place)
        conflicts(place)
        crossed(place)
        tracked_and_ignored(place)
        moved_text(place)
        bombs(place)
        large(place)
        strange_settings(place)
        lineages(place)
        silence(place)
        odd_places(place)
        same_names(place)
        unreadable(place)
        submodule_imports(place)
        odd_files(place)
        refused(place)
        baselines(place)
    return closed("git faults", "" if ROOT else "; another owner is tested as root only")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
