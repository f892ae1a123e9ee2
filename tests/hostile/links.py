"""links.py VSM: symbolic links, and files that are not regular.

The author of a repository decides where its links lead and what its files are. Whoever runs vsm on it must not reveal
or write any other file, or wait for anything. Exit 0 no findings, 1 findings.
"""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from ledger import check, closed
from linked_outputs import outputs

MAP = """\
stream s "Stream" {
  trigger: "asked"
  customer: "people"
  step a { process: 1h, lead: 2h, ca: 90% }
  step b { process: 2h, lead: 4h, ca: 90% }
}
future f of s { change a { lead: 1h } }
"""
SECRET = "hunter2"
FOREIGN = f"password: {SECRET}\n" + MAP.replace("Stream", SECRET)
SECONDS = 20
COMMANDS = {
    "lint": ["lint", "{}"],
    "lint json": ["lint", "--format", "json", "{}"],
    "lint sarif": ["lint", "--format", "sarif", "{}"],
    "lint fix": ["lint", "--fix", "{}"],
    "metrics": ["metrics", "{}"],
    "build": ["build", "-t", "mermaid", "{}"],
    "ir": ["ir", "{}"],
    "fmt check": ["fmt", "--check", "{}"],
    "fmt diff": ["fmt", "--diff", "{}"],
    "fmt": ["fmt", "{}"],
    "apply": ["apply", "f", "{}", "--diff"],
    "diff old": ["diff", "{}", "{good}"],
    "diff new": ["diff", "{good}", "{}"],
    "diff against": ["diff", "--against", "HEAD", "{}"],
    "history": ["history", "{}"],
    "preview": ["preview", "--port", "1", "{}"],
    "baseline": ["lint", "--baseline", "{}", "{good}"],
    "write baseline": ["lint", "--baseline", "{}", "--write-baseline", "{good}"],
    "config": ["lint", "--config", "{}", "{good}"],
    "inject": ["build", "-t", "mermaid", "--inject", "{}", "{good}"],
    "inject check": ["build", "-t", "mermaid", "--check", "--inject", "{}", "{good}"],
}


class Place:
    """A repository, and beside it a folder with foreign files."""

    def __init__(self, vsm, folder, git=True):
        self.vsm, self.folder = vsm, folder
        self.repo, self.foreign = folder / "repo", folder / "foreign"
        (self.repo / "maps/deep").mkdir(parents=True)
        self.foreign.mkdir()
        for name in ("map.vsm", "secret.vsm", "map.txt"):
            (self.foreign / name).write_text(FOREIGN)
        (self.repo / "maps/good.vsm").write_text(MAP)
        (self.repo / "maps/deep/also.vsm").write_text(MAP)
        self.before = self.contents()
        if git:
            for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "maps"]):
                subprocess.run(
                    ["git", "-c", "user.name=n", "-c", "user.email=n@example.org", *words], cwd=self.repo, check=True
                )

    def contents(self):
        return {file: file.read_bytes() for file in self.foreign.rglob("*") if file.is_file()}

    def run(self, words, at=None, **options):
        options = {
            "timeout": SECONDS,
            "stdin": subprocess.DEVNULL,
            "env": os.environ | {"GIT_CEILING_DIRECTORIES": str(self.folder)},
        } | options
        try:
            return subprocess.run(
                [self.vsm, *map(str, words)],
                cwd=at or self.repo,
                capture_output=True,
                text=True,
                errors="replace",
                **options,
            )
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(words, "no end", "", "")

    def link(self, name, target):
        path = self.repo / name
        path.unlink(missing_ok=True)
        path.symlink_to(target)
        return path


def words_of(command, named, good):
    return [str(word).replace("{good}", str(good)).replace("{}", str(named)) for word in COMMANDS[command]]


def refused(place, what, named, at=None, good="maps/good.vsm", pattern="link"):
    for command in COMMANDS:
        done = place.run(words_of(command, named, good), at)
        said = f"{done.stdout}{done.stderr}"
        check(
            done.returncode == 2 and pattern in done.stderr, f"{what}, {command}: exit {done.returncode}: {said[:300]}"
        )
        check(
            SECRET not in said and "password" not in said,
            f"{what}, {command}: tells what is in a foreign file: {said[:300]}",
        )
        check(place.contents() == place.before, f"{what}, {command}: a foreign file is another one")


def leading_out(place):
    foreign = place.foreign / "secret.vsm"
    place.link("maps/direct.vsm", foreign)
    place.link("maps/relative.vsm", "../../foreign/secret.vsm")
    place.link("maps/first.vsm", "second.vsm")
    place.link("maps/second.vsm", "deep/third.vsm")
    place.link("maps/deep/third.vsm", foreign)
    place.link("maps/folder", place.foreign)
    place.link("maps/up", "../..")
    place.link("maps/dangling.vsm", place.folder / "nothing.vsm")
    place.link("maps/round.vsm", "round.vsm")
    place.link("maps/kept.vsm", "../.git/config")
    (place.repo / ".git/config").write_text(
        (place.repo / ".git/config").read_text() + f"[user]\n\tpassword = {SECRET}\n"
    )
    for name in (
        "direct.vsm",
        "relative.vsm",
        "first.vsm",
        "folder/secret.vsm",
        "up/foreign/secret.vsm",
        "dangling.vsm",
        "round.vsm",
        "kept.vsm",
    ):
        refused(place, name, f"maps/{name}")
    refused(place, "absolute", place.repo / "maps/direct.vsm", place.folder, place.repo / "maps/good.vsm")
    refused(place, "from above", "repo/maps/direct.vsm", place.folder, "repo/maps/good.vsm", "link")
    refused(place, "from inside", "direct.vsm", place.repo / "maps", "good.vsm")
    refused(place, "from the other side", "../repo/maps/direct.vsm", place.foreign, "../repo/maps/good.vsm")
    # the folder itself, as in the action's `paths`
    for command in ("lint", "metrics", "build", "fmt", "history", "diff against"):
        for name in ("maps/folder", "maps/folder/", "maps/up/foreign"):
            done = place.run(words_of(command, name, "maps/good.vsm"))
            check(
                done.returncode == 2 and "link" in done.stderr and SECRET not in done.stdout + done.stderr,
                f"{command} {name}: exit {done.returncode}: {done.stdout}{done.stderr}",
            )
    done = place.run(["lint", "maps/folder/secret.vsm"])
    check(
        "`maps/folder` is a link that leads out of the repository" in done.stderr and "--follow" in done.stderr,
        f"does not say which link, and what to do: {done.stderr}",
    )


def replaced_in_a_change(place):
    """A change replaces a map of the repository by a link."""
    good = place.repo / "maps/good.vsm"
    good.unlink()
    good.symlink_to("../../foreign/secret.vsm")
    for words in (
        ["diff", "--against", "HEAD"],
        ["diff", "--against", "HEAD", "maps"],
        ["lint", "maps"],
        ["metrics", "maps"],
    ):
        done = place.run(words)
        check(SECRET not in done.stdout + done.stderr, f"{words}, a map that became a link: {done.stdout}{done.stderr}")
    good.unlink()
    good.write_text(MAP)


def staying_inside(place):
    place.link("maps/inner.vsm", "deep/also.vsm")
    place.link("maps/again.vsm", place.repo / "maps/inner.vsm")
    place.link("maps/below", "deep")
    above = place.folder / "above"
    above.symlink_to(place.repo)
    rows = [
        ("maps/inner.vsm", None),
        ("maps/again.vsm", None),
        ("maps/below/also.vsm", None),
        (place.repo / "maps/below/../good.vsm", place.folder),
        (above / "maps/good.vsm", place.foreign),
        ("../foreign/map.vsm", None),
        (place.foreign / "map.vsm", None),
    ]
    for named, at in rows:
        done = place.run(["metrics", named], at)
        expected = (
            1 if "foreign" in str(named) else 0
        )  # a path without a link may lead anywhere; this file has an error
        check(done.returncode == expected, f"{named}: exit {done.returncode}: {done.stderr}")
    also = place.repo / "maps/deep/also.vsm"
    also.write_text(MAP.replace("{ process", "{process"))
    done = place.run(["fmt", "maps/inner.vsm"])
    check(
        (place.repo / "maps/inner.vsm").is_symlink() and done.returncode == 0 and also.read_text() == MAP,
        f"fmt of a link inside: exit {done.returncode}: {done.stderr}",
    )


def meant(place):
    """--follow permits links that lead out."""
    (place.foreign / "shared.vsm").write_text(MAP)
    place.before = place.contents()
    place.link("maps/shared.vsm", place.foreign / "shared.vsm")
    place.link("maps/elsewhere", place.foreign)
    for words in (
        ["lint", "maps/shared.vsm"],
        ["metrics", "maps/elsewhere/shared.vsm"],
        ["build", "-t", "csv", "maps/shared.vsm"],
        ["ir", "maps/shared.vsm"],
        ["fmt", "--diff", "maps/shared.vsm"],
        ["diff", "maps/good.vsm", "maps/shared.vsm"],
        ["apply", "f", "maps/shared.vsm", "--diff"],
    ):
        done = place.run([*words, "--follow"])
        check(
            done.returncode in (0, 1) and "link" not in done.stderr,
            f"{words} --follow: exit {done.returncode}: {done.stderr}",
        )
    (place.foreign / "shared.vsm").unlink()
    (place.repo / "maps/elsewhere").unlink()
    (place.repo / "maps/shared.vsm").unlink()
    place.before = place.contents()


def outside_git(vsm, folder):
    """Without a repository, links must stay in their folder."""
    place = Place(vsm, folder, git=False)
    place.link("maps/out.vsm", place.foreign / "secret.vsm")
    place.link("maps/beside.vsm", "good.vsm")
    place.link("maps/below.vsm", "deep/also.vsm")
    place.link("away", place.foreign)
    for at, named in (
        (None, "maps/out.vsm"),
        (place.folder, "repo/maps/out.vsm"),
        (place.foreign, place.repo / "maps/out.vsm"),
        (None, "away/secret.vsm"),
        (Path("/"), place.repo / "maps/out.vsm"),
    ):
        done = place.run(["lint", named], at)
        check(
            done.returncode == 2 and "out of its folder" in done.stderr and SECRET not in done.stdout + done.stderr,
            f"no repository, {named}: exit {done.returncode}: {done.stderr}",
        )
    for named in ("maps/beside.vsm", "maps/below.vsm"):
        done = place.run(["metrics", named])
        check(done.returncode == 0, f"no repository, {named}: exit {done.returncode}: {done.stderr}")


def no_regular_files(place):
    pipe, sock = place.repo / "maps/pipe.vsm", socket.socket(socket.AF_UNIX)
    os.mkfifo(pipe)
    here = os.getcwd()
    os.chdir(place.repo / "maps")  # socket paths must be short
    sock.bind("socket.vsm")
    os.chdir(here)
    (place.repo / "maps/folder.vsm").mkdir()
    rows = [
        ("maps/pipe.vsm", "is not a regular file"),
        ("maps/socket.vsm", "is not a regular file"),
        ("/dev/zero", "is not a regular file"),
        ("/dev/tty", "is not a regular file"),
        ("/proc/self/environ", "made up by the kernel"),
        ("/proc/kmsg", "made up by the kernel"),
        ("/proc/cpuinfo", "made up by the kernel"),
        ("/sys/kernel/uevent_seqnum", "made up by the kernel"),
        ("/dev/stdin", "is read as `-`"),
    ]
    for named, pattern in rows:
        if not Path(named).is_absolute() or (os.path.lexists(named) and os.access(named, os.R_OK)):
            for command in COMMANDS:
                if command in ("diff against", "history") and not str(named).startswith("maps"):
                    continue
                if command == "history" or (
                    command in ("baseline", "write baseline", "config", "inject", "inject check", "preview")
                    and named == "/dev/stdin"
                ):
                    continue
                done = place.run(words_of(command, named, "maps/good.vsm"))
                check(
                    done.returncode == 2 and pattern in done.stderr,
                    f"{named}, {command}: exit {done.returncode}: {done.stdout[:200]}{done.stderr[:300]}",
                )
    done = place.run(["lint", "maps/folder.vsm"])
    check(
        done.returncode == 2 and "no map" in done.stderr,
        f"a folder called like a map: exit {done.returncode}: {done.stderr}",
    )
    done = place.run(["lint", "maps", "--format", "concise"])
    check(done.returncode in (0, 1), f"a folder that holds such files: exit {done.returncode}: {done.stderr}")
    for path in (pipe, place.repo / "maps/socket.vsm"):
        path.unlink()
    (place.repo / "maps/folder.vsm").rmdir()


def umask():
    now = os.umask(0)
    os.umask(now)
    return now


def imports(place):
    """Imports must stay in the repository even with --follow, because the map chooses them, not the user."""
    place.link("maps/out.vsm", place.foreign / "secret.vsm")
    place.link("maps/away", place.foreign)
    for written in ("out.vsm", "away/secret.vsm", "../../foreign/secret.vsm", "../.git/config", "pipe.vsm"):
        (place.repo / "maps/importing.vsm").write_text(f'import "{written}"\n{MAP}')
        if not (place.repo / "maps/pipe.vsm").exists():
            os.mkfifo(place.repo / "maps/pipe.vsm")
        for more in ([], ["--follow"]):
            done = place.run(["lint", "maps/importing.vsm", *more])
            check(
                done.returncode == 1 and SECRET not in done.stdout + done.stderr,
                f"import {written} {more}: exit {done.returncode}: {done.stdout}{done.stderr}",
            )
    for name in ("out.vsm", "importing.vsm", "pipe.vsm", "away"):
        (place.repo / "maps" / name).unlink()


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    vsm = Path(arguments[0]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        place = Place(vsm, folder / "git")
        leading_out(place)
        for path in (place.repo / "maps").rglob("*"):
            if path.is_symlink():
                path.unlink()
        replaced_in_a_change(place)
        staying_inside(place)
        meant(place)
        no_regular_files(place)
        imports(place)
        outputs(place)
        outside_git(vsm, folder / "plain")
    return closed("links")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
