"""git_faults.py VSM: `diff --against` and `history` with git missing, repositories incomplete, unusual or hostile.

The exit code is the documented one, the message names a remedy, no program that a repository or the environment names
is run, and nothing is written. Exit 0 no findings, 1 findings.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ledger import check, closed

MAP = "stream s {{ step a {{ process: 1h, lead: {lead}h, ca: 90% }} }}\n"
ROOT = os.geteuid() == 0


class Place:
    """A folder for repositories, whose git sees neither this machine's configuration nor a repository above."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": str(folder),
            "GIT_AUTHOR_NAME": "n",
            "GIT_AUTHOR_EMAIL": "n@example.org",
            "GIT_COMMITTER_NAME": "n",
            "GIT_COMMITTER_EMAIL": "n@example.org",
        } | {name: value for name, value in os.environ.items() if re.match("ASAN_|UBSAN_|LSAN_", name)}

    def git(self, *words, at):
        subprocess.run(["git", *map(str, words)], cwd=at, env=self.environment, check=True, capture_output=True)

    def repository(self, name, commits=4):
        """A map that gets an hour slower with each commit; in the work tree it takes 9h."""
        made = self.folder / name
        made.mkdir()
        self.git("init", "-q", "-b", "main", at=made)
        for lead in range(2, 2 + commits):
            (made / "m.vsm").write_text(MAP.format(lead=lead))
            self.git("add", "-A", at=made)
            self.git("commit", "-q", "-m", f"lead {lead}", at=made)
        (made / "m.vsm").write_text(MAP.format(lead=9))
        return made

    def run(self, at, *words, **environment):
        return subprocess.run(
            [self.binary, *words], cwd=at, env=self.environment | environment, capture_output=True, text=True
        )

    def expect(self, what, at, words, code, pattern, **environment):
        """Checks the exit code and the message; on failure (2), standard output must be empty."""
        done = self.run(at, *words, **environment)
        said = done.stderr if code == 2 else done.stdout
        check(
            done.returncode == code and re.search(pattern, said),
            f"{what}: exit {done.returncode}: {done.stdout}{done.stderr}",
        )
        check(code != 2 or not done.stdout, f"{what}: says half of it: {done.stdout}")
        return done


def cut_short(place):
    origin = place.repository("origin")
    plain = place.folder / "plain"
    plain.mkdir()
    shutil.copy(origin / "m.vsm", plain)
    for words in (["diff", "--against", "main", "."], ["history", "."]):
        place.expect(f"no repository, {words[0]}", plain, words, 2, "no git repository.*vsm diff OLD NEW")
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


def against_the_user(place):
    """Programs named by the configuration or the environment are not run."""
    hostile = place.repository("hostile")
    pwned = place.folder / "PWNED"
    trap = place.folder / "trap"
    trap.write_text(f"#!/bin/sh\necho $0 >> {pwned}\ncat\n")
    trap.chmod(0o755)
    (hostile / ".gitattributes").write_text("*.vsm diff=evil filter=evil\n")
    hooks = place.folder / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "fsmonitor-watchman", "reference-transaction", "post-checkout"):
        shutil.copy(trap, hooks / hook)
    settings = {
        "core.fsmonitor": trap,
        "core.pager": trap,
        "core.editor": trap,
        "core.sshCommand": trap,
        "core.askPass": trap,
        "core.hooksPath": hooks,
        "diff.external": trap,
        "diff.evil.textconv": trap,
        "diff.evil.command": trap,
        "filter.evil.smudge": trap,
        "filter.evil.clean": trap,
        "filter.evil.process": trap,
        "pager.log": trap,
        "pager.diff": trap,
        "gpg.program": trap,
        "log.showSignature": "true",
        "credential.helper": f"!{trap}",
        "alias.log": f"!{trap}",
        "alias.rev-parse": f"!{trap}",
        "alias.cat-file": f"!{trap}",
        "alias.ls-tree": f"!{trap}",
        "alias.merge-base": f"!{trap}",
        "color.ui": "always",
        "log.date": "relative",
        "core.quotePath": "true",
        "log.follow": "true",
        "diff.renames": "false",
    }
    clean = {
        tuple(words): place.run(hostile, *words).stdout
        for words in (["diff", "--against", "main", "."], ["history", "."])
    }
    for name, value in settings.items():
        place.git("config", name, value, at=hostile)
    pwned.unlink(missing_ok=True)  # the configuration may have run some of them
    traps = {
        name: str(trap)
        for name in (
            "GIT_EXTERNAL_DIFF",
            "GIT_PAGER",
            "PAGER",
            "GIT_SSH",
            "GIT_SSH_COMMAND",
            "GIT_ASKPASS",
            "GIT_EDITOR",
            "GIT_PROXY_COMMAND",
        )
    }
    strays = {
        name: "/nonexistent"
        for name in (
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_COMMON_DIR",
            "GIT_OBJECT_DIRECTORY",
            "GIT_SHALLOW_FILE",
            "GIT_GRAFT_FILE",
        )
    }
    trace = place.folder / "trace"
    for words, expected in clean.items():
        for what, environment in (
            ("configuration", {}),
            ("programs", traps),
            ("other repository", strays),
            ("trace", {"GIT_TRACE": str(trace), "GIT_TRACE2": str(trace)}),
        ):
            done = place.run(hostile, *words, **environment)
            check(
                done.returncode == 0 and done.stdout == expected,
                f"{words[0]}, hostile {what}: exit {done.returncode}: {done.stdout}{done.stderr}",
            )
            check(not pwned.exists(), f"{words[0]}, hostile {what}: ran {pwned.exists() and pwned.read_text()}")
            check(not trace.exists(), f"{words[0]}, hostile {what}: traces into a file")
    check(expected.count("lead ") >= 4, f"the history that is compared is none: {expected}")
    # proves that the traps work
    subprocess.run(
        ["git", "--paginate", "log", "-p", "--ext-diff"],
        cwd=hostile,
        env=place.environment | traps,
        capture_output=True,
    )
    check(pwned.exists(), "the traps catch nothing: git itself ran none of them")


def embedded(place):
    """A bare repository embedded in a folder, as ordinary tracked files, is not used."""
    outer = place.repository("outer")
    inner = outer / "maps"
    pwned = place.folder / "PWNED-embedded"
    place.git("init", "-q", "--bare", inner, at=outer)
    (inner / "config").write_text(
        f'[core]\n\tbare = false\n\tworktree = ..\n\tfsmonitor = "touch {pwned}"\n[diff]\n\texternal = "touch {pwned}"\n'
    )
    (inner / "m.vsm").write_text(MAP.format(lead=9))
    for words in (["history", "maps"], ["history", "maps/m.vsm"], ["diff", "--against", "main", "maps"]):
        done = place.run(outer, *words)
        check(
            done.returncode == 2 and "bare repository" in done.stderr and not pwned.exists(),
            f"a repository made of files, {words}: exit {done.returncode}: {done.stdout}{done.stderr}",
        )


def promised(place):
    """A partial clone fetches no missing objects, by none of the programs that the repository names."""
    origin = place.repository("promising")
    place.git("config", "uploadpack.allowFilter", "true", at=origin)
    place.git(
        "clone", "-q", "--no-local", "--filter=blob:none", origin.as_uri(), place.folder / "partial", at=place.folder
    )
    partial = place.folder / "partial"
    pwned = place.folder / "PWNED-fetch"
    trap = place.folder / "git-remote-trap"
    trap.write_text(f"#!/bin/sh\ntouch {pwned}\n")
    trap.chmod(0o755)
    for settings in (
        {"remote.origin.url": f"ext::touch {pwned}"},
        {"remote.origin.vcs": "trap"},
        {"remote.origin.uploadpack": f"touch {pwned};"},
    ):
        for name, value in settings.items():
            place.git("config", name, value, at=partial)
        for words in (["history", "m.vsm"], ["diff", "--against", "HEAD~2", "m.vsm"]):
            done = place.run(partial, *words, PATH=f"{place.folder}:{os.environ['PATH']}")
            check(not pwned.exists(), f"a clone without objects, {settings}, {words}: runs what it names")
            check(
                done.returncode in (0, 2) and "bug" not in done.stderr,
                f"a clone without objects, {settings}, {words}: exit {done.returncode}: {done.stderr}",
            )


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


def rewritten(place):
    """Other line ends, filters and Git LFS pointers do not change the metrics."""
    made = place.repository("lines", 1)
    place.git("checkout", "-q", "--", ".", at=made)
    (made / "m.vsm").write_bytes((made / "m.vsm").read_bytes().replace(b"\n", b"\r\n"))
    place.expect("CRLF in the work tree", made, ["diff", "--against", "HEAD", "--exit-code"], 0, "^$")
    place.git("commit", "-q", "-am", "CRLF", at=made)
    done = place.expect("CRLF, history", made, ["history", "m.vsm"], 0, "lead 2")
    check("CRLF" not in done.stdout, f"CRLF is no change: {done.stdout}")
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "a" * 64 + "\nsize 123\n"
    (made / "m.vsm").write_text(pointer)
    place.git("commit", "-q", "-am", "pointer", at=made)
    place.expect("a pointer of Git LFS", made, ["lint", "m.vsm"], 1, "Git LFS pointer.*\n(.*\n)*.*git lfs pull")
    (made / "m.vsm").write_text(MAP.format(lead=2))
    done = place.expect(
        "a map that was a pointer", made, ["diff", "--against", "HEAD", "m.vsm"], 0, "did not compile before"
    )
    check("git lfs pull" in done.stderr, f"a map that was a pointer: {done.stderr}")


def conflicts(place):
    """Conflict markers of a merge are one error, in maps, baselines and configurations."""
    made = place.repository("conflict", 1)
    place.git("checkout", "-q", "--", ".", at=made)
    place.git("checkout", "-q", "-b", "other", at=made)
    for branch, lead in (("other", 3), ("main", 4)):
        place.git("checkout", "-q", branch, at=made)
        (made / "m.vsm").write_text(
            "stream s {\n  step b { lead: 1h }\n" + f"  step a {{ process: 1h, lead: {lead}h }}\n" + "}\n"
        )
        place.git("commit", "-q", "-am", branch, at=made)
    for style, one, other in (("merge", "line 4", "line 6"), ("diff3", "line 3", "line 9")):
        place.git("config", "merge.conflictStyle", style, at=made)
        subprocess.run(["git", "merge", "-q", "other"], cwd=made, env=place.environment, capture_output=True)
        done = place.run(made, "lint", "-q", "--format", "concise")
        check(
            done.returncode == 1
            and done.stdout.count("\n") == 1
            and "unresolved-conflict" in done.stdout
            and "one side is line" in done.stdout,
            f"{style}: exit {done.returncode}: {done.stdout}",
        )
        place.expect(f"{style}, diff", made, ["diff", "--against", "HEAD"], 1, "does not compile")
        place.git("merge", "--abort", at=made)
    (made / "known.json").write_text(
        '{\n  "version": 1,\n<<<<<<< HEAD\n  "findings": []\n=======\n  "findings": [1]\n>>>>>>> other\n}\n'
    )
    place.expect("marks in a baseline", made, ["lint", "--baseline", "known.json"], 2, "unresolved merge conflict")
    (made / ".vsm.yaml").write_text("version: 1\n<<<<<<< HEAD\nprocess: true\n=======\n>>>>>>> other\n")
    place.expect("marks in a configuration", made, ["lint"], 2, "unresolved merge conflict.*the other nothing")


def crossed(place):
    """Crossed branches have several merge bases; vsm uses one and reports that."""
    made = place.repository("crossed", 1)
    place.git("checkout", "-q", "--", ".", at=made)
    for branch in ("left", "right"):
        place.git("checkout", "-q", "-b", branch, "main", at=made)
        (made / f"{branch}.vsm").write_text(MAP.format(lead=3).replace("stream s", f"stream {branch}"))
        place.git("add", "-A", at=made)
        place.git("commit", "-q", "-m", branch, at=made)
    place.git("checkout", "-q", "-b", "both", "left", at=made)
    place.git("merge", "-q", "--no-ff", "-m", "both", "right", at=made)
    place.git("checkout", "-q", "right", at=made)
    place.git("merge", "-q", "--no-ff", "-m", "again", "left", at=made)
    done = place.expect("crossed branches", made, ["diff", "--against", "both", "."], 0, "")
    check(
        re.search("parted at 2 commits.*compared with [0-9a-f]{8}, not with [0-9a-f]{8}", done.stderr),
        f"crossed branches: {done.stderr}",
    )


def tracked_and_ignored(place):
    """Tracked maps count even if `.gitignore` matches them; links that lead out are skipped."""
    made = place.repository("ignored", 1)
    place.git("checkout", "-q", "--", ".", at=made)
    (made / "gen").mkdir()
    (made / "gen/kept.vsm").write_text(MAP.format(lead=3).replace("stream s", "stream kept"))
    (made / ".gitignore").write_text("gen/\n")
    (made / "gen/left.vsm").write_text("stream {\n")
    place.git("add", "-f", "gen/kept.vsm", ".gitignore", at=made)
    place.git("commit", "-q", "-m", "kept", at=made)
    done = place.run(made, "lint", "--format", "concise")
    check(
        "gen/kept.vsm" in done.stdout and "gen/left.vsm" not in done.stdout and "2 maps" in done.stderr,
        f"tracked and ignored: {done.stdout}{done.stderr}",
    )
    (made / "out.vsm").symlink_to("/etc/hostname")
    (made / "dangling.vsm").symlink_to("nothing.vsm")
    place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "links", at=made)
    (made / "gen/kept.vsm").write_text(MAP.format(lead=5).replace("stream s", "stream kept"))
    place.expect("a link that leads out", made, ["diff", "--against", "HEAD", "."], 0, "3h → 5h")
    place.git("rm", "-q", "out.vsm", "dangling.vsm", at=made)
    done = place.expect("a link that led out", made, ["diff", "--against", "HEAD", "."], 0, "3h → 5h")
    check("out.vsm" not in done.stdout, f"a link that led out: {done.stdout}")
    done = place.run(made, "lint", "--tracked", "--format", "concise")
    check("2 maps" in done.stderr, f"--tracked: {done.stdout}{done.stderr}")


def moved_text(place):
    """Streams are followed to other files."""
    made = place.repository("moved", 1)
    two = (
        'stream {0} "{0}" {{\n  step {0}_a {{ process: 1h, lead: {1}h }}\n  target lead_time <= 4h by 2027-03-31\n}}\n'
    )
    (made / "m.vsm").write_text(two.format("one", 3) + two.format("two", 3))
    (made / "n.vsm").write_text(two.format("three", 3))
    place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "three", at=made)
    (made / "m.vsm").write_text(two.format("one", 3))
    (made / "two.vsm").write_text(two.format("two", 30))
    done = place.expect(
        "worse, and elsewhere", made, ["diff", "--against", "HEAD", "--fail-on", "worse"], 1, "two gets .*slower"
    )
    check("two moved from m.vsm to two.vsm" in done.stdout, f"worse, and elsewhere: {done.stdout}")
    place.git("checkout", "-q", "--", ".", at=made)
    (made / "two.vsm").unlink()
    inner = made / "inner"
    inner.mkdir()
    place.git("checkout", "-q", "-f", ".", at=made)
    (inner / "i.vsm").write_text(two.format("four", 3) + two.format("five", 3))
    place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "inner", at=made)
    (inner / "i.vsm").write_text(two.format("four", 3) + two.format("one", 31))
    (made / "m.vsm").write_text(two.format("two", 3))
    (made / "outer.vsm").write_text(two.format("five", 32))
    done = place.expect(
        "from and to places that were not asked for",
        made,
        ["diff", "--against", "HEAD", "--fail-on", "worse", "inner"],
        1,
        "one gets .*slower",
    )
    check(
        "five gets" in done.stdout and "new" not in done.stdout and "removed" not in done.stdout,
        f"from and to places that were not asked for: {done.stdout}",
    )
    (made / "broken.vsm").write_text("stream {")
    done = place.expect(
        "a broken map that was not asked for", made, ["diff", "--against", "HEAD", "inner"], 0, "one gets"
    )
    check(not done.stderr, f"a broken map that was not asked for: {done.stderr}")
    (made / "broken.vsm").unlink()
    place.expect("elsewhere alone", made, ["diff", "--against", "HEAD", "--exit-code", "n.vsm"], 0, "^$")
    place.git("checkout", "-q", "-f", ".", at=made)
    (made / "outer.vsm").unlink()
    (made / "m.vsm").rename(made / "x")
    (made / "n.vsm").rename(made / "m.vsm")
    (made / "x").rename(made / "n.vsm")
    place.expect("two files swapped", made, ["diff", "--against", "HEAD", "--exit-code"], 0, "^$")


def bombs(place):
    """Trees that contain each other many times: a few objects, a vast number of files."""
    made = place.repository("bomb", 1)

    def hashed(kind, text):
        done = subprocess.run(
            ["git", "mktree"] if kind == "tree" else ["git", "hash-object", "-w", "--stdin"],
            cwd=made,
            env=place.environment,
            input=text,
            text=True,
            capture_output=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(name, leaf, text, levels=12):
        tree = hashed("tree", f"100644 blob {hashed('blob', text)}\t{leaf}\n")
        for _ in range(levels):
            tree = hashed("tree", "".join(f"040000 tree {tree}\tf{i}\n" for i in range(10)))
        done = subprocess.run(
            ["git", "commit-tree", tree, "-p", "HEAD", "-m", name],
            cwd=made,
            env=place.environment,
            text=True,
            capture_output=True,
            check=True,
        )
        place.git("update-ref", "HEAD", done.stdout.strip(), at=made)

    for text in ("one", "two"):
        commit(f"files, {text}", "f.txt", text)
    place.expect("a trillion files", made, ["history", "m.vsm"], 0, "removed")
    place.expect("a trillion files, folder", made, ["history", "."], 0, "removed")
    commit("maps", "m.vsm", MAP.format(lead=3))
    place.expect("a trillion maps", made, ["history", "."], 2, "over 100000 maps")
    place.expect("a trillion maps, diff", made, ["diff", "--against", "HEAD", "."], 2, "over 100000 maps")
    deep = hashed("tree", f"100644 blob {hashed('blob', MAP.format(lead=3))}\tm.vsm\n")
    for _ in range(2100):
        deep = hashed("tree", f"040000 tree {deep}\td\n")
    done = subprocess.run(
        ["git", "commit-tree", deep, "-p", "HEAD", "-m", "deep"],
        cwd=made,
        env=place.environment,
        text=True,
        capture_output=True,
        check=True,
    )
    place.git("update-ref", "HEAD", done.stdout.strip(), at=made)
    place.expect("folders in folders", made, ["history", "m.vsm"], 0, "removed")
    place.git("checkout", "-q", "-f", "-B", "plain", "main~4", at=made)
    (made / "teams.vsm").write_text('team qa "QA"\n')
    place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "teams", at=made)
    place.expect("a map without streams", made, ["history", "teams.vsm"], 2, "declares no stream")


def large(place):
    """A text of 512 MiB that compresses to almost nothing must not be loaded into memory."""
    made = place.repository("large")
    with (made / "m.vsm").open("wb") as file:
        file.truncate(512 << 20)
    place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "half a gigabyte", at=made)
    (made / "m.vsm").write_text(MAP.format(lead=9))
    limit = ["prlimit", f"--as={400 << 20}"] if not any(name.startswith("ASAN_") for name in place.environment) else []
    for words in (["history", "m.vsm"], ["diff", "--against", "HEAD", "m.vsm"]):
        done = subprocess.run(
            [*limit, place.binary, *words], cwd=made, env=place.environment, capture_output=True, text=True
        )
        check(
            done.returncode in (0, 1) and "memory" not in done.stderr,
            f"half a gigabyte, {words}: exit {done.returncode}: {done.stdout[:200]}{done.stderr[:200]}",
        )


def strange_settings(place):
    """Settings for git's output have no effect, and the files they name are not read."""
    made = place.repository("strange")
    (made / "m.vsm").write_text(MAP.format(lead=7))
    place.git("commit", "-q", "-a", "-m", "größer", at=made)
    pipe = place.folder / "pipe"
    os.mkfifo(pipe)
    clean = place.run(made, "history", "m.vsm")
    check(
        clean.returncode == 0 and "größer" in clean.stdout,
        f"history: exit {clean.returncode}: {clean.stdout}{clean.stderr}",
    )
    for name, value in {
        "i18n.logOutputEncoding": "ISO-8859-1",
        "mailmap.file": pipe,
        "diff.orderFile": pipe,
        "log.showRoot": "false",
        "diff.relative": "true",
        "log.decorate": "full",
        "format.pretty": "raw",
        "log.diffMerges": "combined",
        "diff.mnemonicPrefix": "true",
        "core.abbrev": "4",
        "diff.renameLimit": "1",
    }.items():
        place.git("config", name, value, at=made)
        done = subprocess.run(
            [place.binary, "history", "m.vsm"],
            cwd=made,
            env=place.environment,
            capture_output=True,
            text=True,
            timeout=30,
        )
        check(
            (done.returncode, done.stdout) == (0, clean.stdout),
            f"history, {name}: exit {done.returncode}: {done.stdout}{done.stderr}",
        )
    done = place.run(made, "diff", "--against", "HEAD")
    check(done.returncode == 0, f"diff, strange settings: exit {done.returncode}: {done.stderr}")


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
    return closed("git faults", "" if ROOT else "; another owner is tested as root only")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
