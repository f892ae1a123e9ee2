"""git_faults.py VSM: `diff --against` and `history` where git is absent, cut short, strange or against the user.

The exit code is the documented one, the message says what to do, nothing that a repository or the environment names is run, and nothing is
written. Exit 0 all of it held, 1 findings.
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
    """A folder for repositories, with a git that knows no configuration of this machine and no repository above."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": str(folder),
            "GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": "n@example.org", "GIT_COMMITTER_NAME": "n", "GIT_COMMITTER_EMAIL": "n@example.org",
        } | {name: value for name, value in os.environ.items() if re.match("ASAN_|UBSAN_|LSAN_", name)}

    def git(self, *words, at):
        subprocess.run(["git", *map(str, words)], cwd=at, env=self.environment, check=True, capture_output=True)

    def repository(self, name, commits=4):
        """Its map gets an hour slower with each commit; in the work tree it takes 9h."""
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
        return subprocess.run([self.binary, *words], cwd=at, env=self.environment | environment, capture_output=True, text=True)

    def expect(self, what, at, words, code, pattern, **environment):
        """Exit code and what is said on either output; nothing on the standard output of what could not be done."""
        done = self.run(at, *words, **environment)
        said = done.stderr if code == 2 else done.stdout
        check(done.returncode == code and re.search(pattern, said), f"{what}: exit {done.returncode}: {done.stdout}{done.stderr}")
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
    place.expect("shallow, what it lacks", shallow, ["diff", "--against", "HEAD~2", "."], 2, "shallow.*fetch --unshallow.*fetch-depth: 0")
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
    """A submodule has a history of its own."""
    super_ = place.repository("super")
    place.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", "../origin", "sub", at=super_)
    place.git("commit", "-q", "-m", "sub", at=super_)
    (super_ / "sub/m.vsm").write_text(MAP.format(lead=8))
    done = place.expect("submodule, from above", super_, ["diff", "--against", "main", "."], 0, "5h → 1d1h|9h")
    check("sub" not in done.stdout, f"submodule, from above: tells its maps: {done.stdout}")
    place.expect("submodule, by itself", super_, ["diff", "--against", "main", "sub"], 0, "5h → 1d")
    place.expect("two repositories", super_, ["diff", "--against", "main", "sub/m.vsm", "m.vsm"], 2, "lies outside the repository")
    if ROOT:
        foreign = place.repository("foreign")
        for path in [foreign, *foreign.rglob("*")]:
            os.chown(path, 65534, 65534)
        place.expect("somebody else's", foreign, ["diff", "--against", "main", "."], 2, "belongs to somebody else.*safe.directory")
        place.expect("somebody else's, history", foreign, ["history", "."], 2, "safe.directory")


def against_the_user(place):
    """What a configuration or the environment has git run is not run."""
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
        "core.fsmonitor": trap, "core.pager": trap, "core.editor": trap, "core.sshCommand": trap, "core.askPass": trap, "core.hooksPath": hooks,
        "diff.external": trap, "diff.evil.textconv": trap, "diff.evil.command": trap, "filter.evil.smudge": trap, "filter.evil.clean": trap,
        "filter.evil.process": trap, "pager.log": trap, "pager.diff": trap, "gpg.program": trap, "log.showSignature": "true", "credential.helper": f"!{trap}",
        "alias.log": f"!{trap}", "alias.rev-parse": f"!{trap}", "alias.cat-file": f"!{trap}", "alias.ls-tree": f"!{trap}", "alias.merge-base": f"!{trap}",
        "color.ui": "always", "log.date": "relative", "core.quotePath": "true", "log.follow": "true", "diff.renames": "false",
    }
    clean = {tuple(words): place.run(hostile, *words).stdout for words in (["diff", "--against", "main", "."], ["history", "."])}
    for name, value in settings.items():
        place.git("config", name, value, at=hostile)
    pwned.unlink(missing_ok=True)  # setting it up may have run some of it
    traps = {name: str(trap) for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "PAGER", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_EDITOR", "GIT_PROXY_COMMAND")}
    strays = {name: "/nonexistent" for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE")}
    trace = place.folder / "trace"
    for words, expected in clean.items():
        for what, environment in (("configuration", {}), ("programs", traps), ("other repository", strays), ("trace", {"GIT_TRACE": str(trace), "GIT_TRACE2": str(trace)})):
            done = place.run(hostile, *words, **environment)
            check(done.returncode == 0 and done.stdout == expected, f"{words[0]}, hostile {what}: exit {done.returncode}: {done.stdout}{done.stderr}")
            check(not pwned.exists(), f"{words[0]}, hostile {what}: ran {pwned.exists() and pwned.read_text()}")
            check(not trace.exists(), f"{words[0]}, hostile {what}: traces into a file")
    check(expected.count("lead ") >= 4, f"the history that is compared is none: {expected}")
    # what shows that the traps work
    subprocess.run(["git", "--paginate", "log", "-p", "--ext-diff"], cwd=hostile, env=place.environment | traps, capture_output=True)
    check(pwned.exists(), "the traps catch nothing: git itself ran none of them")


def embedded(place):
    """A folder of a repository that is a repository itself, made of files that git keeps like any others, is none that is asked."""
    outer = place.repository("outer")
    inner = outer / "maps"
    pwned = place.folder / "PWNED-embedded"
    place.git("init", "-q", "--bare", inner, at=outer)
    (inner / "config").write_text(f"[core]\n\tbare = false\n\tworktree = ..\n\tfsmonitor = \"touch {pwned}\"\n[diff]\n\texternal = \"touch {pwned}\"\n")
    (inner / "m.vsm").write_text(MAP.format(lead=9))
    for words in (["history", "maps"], ["history", "maps/m.vsm"], ["diff", "--against", "main", "maps"]):
        done = place.run(outer, *words)
        check(done.returncode == 2 and "bare repository" in done.stderr and not pwned.exists(), f"a repository made of files, {words}: exit {done.returncode}: {done.stdout}{done.stderr}")


def promised(place):
    """What a clone without all of its objects would fetch is not fetched, by whatever program the repository names."""
    origin = place.repository("promising")
    place.git("config", "uploadpack.allowFilter", "true", at=origin)
    place.git("clone", "-q", "--no-local", "--filter=blob:none", origin.as_uri(), place.folder / "partial", at=place.folder)
    partial = place.folder / "partial"
    pwned = place.folder / "PWNED-fetch"
    trap = place.folder / "git-remote-trap"
    trap.write_text(f"#!/bin/sh\ntouch {pwned}\n")
    trap.chmod(0o755)
    for settings in ({"remote.origin.url": f"ext::touch {pwned}"}, {"remote.origin.vcs": "trap"}, {"remote.origin.uploadpack": f"touch {pwned};"}):
        for name, value in settings.items():
            place.git("config", name, value, at=partial)
        for words in (["history", "m.vsm"], ["diff", "--against", "HEAD~2", "m.vsm"]):
            done = place.run(partial, *words, PATH=f"{place.folder}:{os.environ['PATH']}")
            check(not pwned.exists(), f"a clone without objects, {settings}, {words}: runs what it names")
            check(done.returncode in (0, 2) and "bug" not in done.stderr, f"a clone without objects, {settings}, {words}: exit {done.returncode}: {done.stderr}")


def large(place):
    """A text of half a gigabyte that takes no room in the repository takes no memory either."""
    made = place.repository("large")
    with (made / "m.vsm").open("wb") as file:
        file.truncate(512 << 20)
    place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "half a gigabyte", at=made)
    (made / "m.vsm").write_text(MAP.format(lead=9))
    limit = ["prlimit", f"--as={400 << 20}"] if not any(name.startswith("ASAN_") for name in place.environment) else []
    for words in (["history", "m.vsm"], ["diff", "--against", "HEAD", "m.vsm"]):
        done = subprocess.run([*limit, place.binary, *words], cwd=made, env=place.environment, capture_output=True, text=True)
        check(done.returncode in (0, 1) and "memory" not in done.stderr, f"half a gigabyte, {words}: exit {done.returncode}: {done.stdout[:200]}{done.stderr[:200]}")


def strange_settings(place):
    """Settings that are about what git prints change nothing, and files that they name are not read."""
    made = place.repository("strange")
    (made / "m.vsm").write_text(MAP.format(lead=7))
    place.git("commit", "-q", "-a", "-m", "größer", at=made)
    pipe = place.folder / "pipe"
    os.mkfifo(pipe)
    clean = place.run(made, "history", "m.vsm")
    check(clean.returncode == 0 and "größer" in clean.stdout, f"history: exit {clean.returncode}: {clean.stdout}{clean.stderr}")
    for name, value in {"i18n.logOutputEncoding": "ISO-8859-1", "mailmap.file": pipe, "diff.orderFile": pipe, "log.showRoot": "false", "diff.relative": "true", "log.decorate": "full",
                        "format.pretty": "raw", "log.diffMerges": "combined", "diff.mnemonicPrefix": "true", "core.abbrev": "4", "diff.renameLimit": "1"}.items():
        place.git("config", name, value, at=made)
        done = subprocess.run([place.binary, "history", "m.vsm"], cwd=made, env=place.environment, capture_output=True, text=True, timeout=30)
        check((done.returncode, done.stdout) == (0, clean.stdout), f"history, {name}: exit {done.returncode}: {done.stdout}{done.stderr}")
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
        large(place)
        strange_settings(place)
    return closed("git faults", "" if ROOT else "; another owner is tested as root only")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
