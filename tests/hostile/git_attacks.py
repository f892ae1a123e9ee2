"""Hostile repositories and environments: programs that they name, objects that must be fetched or become vast, settings
for git's output.
"""

import os
import shutil
import subprocess

from git_place import MAP
from ledger import check


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
