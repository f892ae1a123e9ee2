"""faults.py VSM: the files that vsm leaves when it is killed, when the disk is full, and without write permission.

In every case a file has its old or its new content, no file is left beside it, and vsm does not exit with 0 if it did
not write. Exit 0 no findings, 1 findings, 77 kills could not be tested here (1 in CI, with CI=true).
"""

import fcntl
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

MAP = """\
stream checkout "Checkout" {
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { process: 12min, lead: 20min, ca: 95% }
}
"""
OLD_MAP = MAP.replace("45min", "50min")
MISSPELT_MAP = MAP.replace("process", "proces")
MESSY_MAP = MAP.replace("{ process", "{process").replace(", ca", ",ca") + "# the end"
PAGE = "before\n<!-- vsm:begin checkout.mmd -->\n<!-- vsm:end -->\nafter\n"
LEFT = re.compile(r"\.vsm-[1-4]\.tmp$")
NOBODY = 65534
TARGETS = "mermaid,csv"
REPORTS = ["--report", "sarif=findings.sarif", "--report", "gitlab=quality.json"]
BASELINE = ["--baseline", "accepted.json", "--write-baseline"]
NEW = {"checkout.mmd", "checkout.csv"}

problems = []
counts = Counter()


def check(holds, said):
    counts["checks"] += 1
    if not holds:
        problems.append(said)


def vsm(*words, **options):
    # the leak sanitizer does not work under strace
    environment = os.environ | {"ASAN_OPTIONS": "detect_leaks=0"}
    return subprocess.run(words, env=environment, capture_output=True, **options)


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


class Scene:
    """A command and the contents of its folder before and after it. Each run starts with a fresh folder."""

    def __init__(self, name, binary, command, before):
        self.name = name
        self.folder = Path(tempfile.mkdtemp())
        self.folder.chmod(0o755)
        self.command = [binary, *command]
        self.prints = command[0] == "lint"
        self.before = before
        self.reset()
        done = self.run()
        check(done.returncode == 0, f"{name}: exit {done.returncode}: {done.stderr.decode()}")
        self.after = contents(self.folder)
        check(self.after != before, f"{name}: changes nothing")

    def reset(self):
        for file in self.folder.iterdir():
            file.unlink()
        for name, content in self.before.items():
            (self.folder / name).write_bytes(content)

    def run(self, *wrapper):
        return vsm(*wrapper, *self.command, cwd=self.folder)

    def look(self, what, leftovers):
        """Checks that files are old or new, with at most `leftovers` unfinished ones; returns whether all are new."""
        now = contents(self.folder)
        left = [name for name in now if LEFT.search(name)]
        check(len(left) <= leftovers, f"{self.name}, {what}: left behind {left}")
        for name in now.keys() - set(left) | self.before.keys():
            whole = now.get(name) is not None and now[name] in (self.before.get(name), self.after.get(name))
            check(whole, f"{self.name}, {what}: {name} is neither the old one nor the new one")
        counts["leftovers"] += len(left)
        return now == self.after

    def finishes(self, what):
        done = self.run()
        check(
            done.returncode == 0 and contents(self.folder) == self.after,
            f"{self.name}, {what}: the next run does not mend it",
        )


def scenes(binary, folder):
    source = folder / "map.vsm"
    source.write_text(MAP)
    old = folder / "old.vsm"
    old.write_text(OLD_MAP)
    built = folder / "built"
    done = vsm(binary, "build", old, "-t", TARGETS, "-o", f"{built}/", "-q")
    check(done.returncode == 0, f"the old files: {done.stderr.decode()}")
    before = contents(built)
    build = ["build", source, "-t", TARGETS, "-o", "./", "-q"]
    return [
        Scene("new files", binary, build, {}),
        Scene("files replaced", binary, build, before),
        Scene(
            "a page",
            binary,
            ["build", source, "-t", "mermaid", "--inject", "page.md", "-q"],
            {"page.md": PAGE.encode()},
        ),
        Scene("a map formatted", binary, ["fmt", "map.vsm", "-q"], {"map.vsm": MESSY_MAP.encode()}),
        Scene(
            "a future applied",
            binary,
            ["apply", "then", "map.vsm", "-q"],
            {"map.vsm": (MAP + "future then of checkout { change review { lead: 2d } }\n").encode()},
        ),
        Scene("a first map", binary, ["init", "map.vsm", "-q"], {}),
        Scene("findings fixed", binary, ["lint", "map.vsm", "--fix", "-q"], {"map.vsm": MISSPELT_MAP.encode()}),
        Scene("reports", binary, ["lint", source, *REPORTS, "-q"], lint_files(binary, folder, old, REPORTS)),
        Scene("first reports", binary, ["lint", source, *REPORTS[:2], "-q"], {}),
        Scene("a baseline", binary, ["lint", source, *BASELINE, "-q"], lint_files(binary, folder, old, BASELINE)),
        Scene("a first baseline", binary, ["lint", source, *BASELINE, "-q"], {}),
    ]


def lint_files(binary, folder, source, words):
    """The files that lint writes for another map."""
    place = folder / f"lint{len(list(folder.iterdir()))}"
    place.mkdir()
    done = vsm(binary, "lint", source, *words, "-W", "missing-customer=off", "-q", cwd=place)
    check(done.returncode == 0, f"the old files of lint: {done.stderr.decode()}")
    return contents(place)


CHANGES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE|^(unlink|rename|link|mkdir|flock|ftruncate)")


class Call(NamedTuple):
    name: str
    number: int  # among the calls of this name
    nameless: bool  # opens a file without a name
    changing: bool  # at this call, something may have changed already
    printing: bool  # writes to a standard stream


def calls_of(scene, extra=()):
    """The system calls on files, in order."""
    scene.reset()
    with tempfile.NamedTemporaryFile("r") as log:
        scene.run("strace", "-qq", "-o", log.name, "-e", "trace=%file,%desc,exit_group", *extra)
        lines = re.findall(r"^(\w+)\((.*)", log.read(), re.MULTILINE)
    seen = Counter()
    calls = []
    changing = False
    for name, rest in lines:
        if name == "execve":
            continue
        seen[name] += 1
        changing = changing or bool(CHANGES.search(f"{name}({rest}"))
        calls.append(
            Call(name, seen[name], "O_TMPFILE" in rest, changing, name == "write" and rest.startswith(("1,", "2,")))
        )
    return calls


def inject(name, fault, when):
    return ["-e", f"inject={name}:{fault}:when={when}"]


def killed_everywhere(scene, extra=()):
    calls = calls_of(scene, extra)
    check(any(call.name == "exit_group" for call in calls), f"{scene.name}: strace saw no end")
    faulty = {word.split("=")[1].split(":")[0] for word in extra if word.startswith("inject=")}
    kills = 0
    for name, number, _, changing, _ in calls:
        if name in faulty or not changing:
            continue
        what = f"killed at {name} {number}{' without nameless files' if extra else ''}"
        scene.reset()
        done = scene.run("strace", "-qq", "-o", "/dev/null", *extra, *inject(name, "signal=KILL", number))
        killed = done.returncode in (-9, 137)
        check(killed, f"{scene.name}, {what}: exit {done.returncode}, so nothing was killed")
        kills += killed
        left_before = counts["leftovers"]
        # a replacing file has a temporary name just before it is renamed, or all along without nameless files
        whole = scene.look(what, 1 if extra or name == "rename" else 0)
        # these do not write again after a complete run: the first map exists, the future has become the stream
        done_for_good = whole and scene.name in ("a first map", "a future applied")
        if counts["leftovers"] > left_before or (kills % 10 == 0 and not done_for_good):
            scene.finishes(what)
    counts["kills"] += kills


def nameless_refused(scene):
    """The strace options that make the first opening of a nameless file fail, as on a file system without them."""
    numbers = [call.number for call in calls_of(scene) if call.nameless]
    check(len(numbers) > 0, f"{scene.name}: no nameless file is opened")
    return inject("openat", "error=EOPNOTSUPP", numbers[0]) if numbers else []


WRITING = {
    "write": "ENOSPC",
    "fsync": "EIO",
    "fchmod": "EPERM",
    "linkat": "EIO",
    "rename": "EIO",
    "flock": "EWOULDBLOCK",
}


def refused_everywhere(scene):
    for name, number, nameless, _, printing in calls_of(scene):
        fault = "ENOSPC" if nameless else WRITING.get(name)
        if fault is None or printing:
            continue
        what = f"{fault} at {name} {number}"
        scene.reset()
        done = scene.run("strace", "-qq", "-o", "/dev/null", *inject(name, f"error={fault}", number))
        new = scene.look(what, 0)
        # findings are printed after the files are written, so printing may fail although the files are new
        unheard = new and scene.prints and name == "write" and done.returncode == 2
        check(
            new == (done.returncode == 0) or unheard,
            f"{scene.name}, {what}: exit {done.returncode}, and {'new' if new else 'old'} files",
        )
        counts["refusals"] += 1


def strace_works():
    try:
        done = subprocess.run(
            ["strace", "-qq", "-o", "/dev/null", *inject("exit_group", "signal=KILL", 1), "true"], capture_output=True
        )
    except FileNotFoundError:
        return "there is no strace; scripts/setup --tests installs it"
    return "" if done.returncode in (-9, 137) else f"strace cannot stop a process here: {done.stderr.decode().strip()}"


def size_limit(scene):
    """Simulates a full disk by a file-size limit, for machines that cannot mount one."""
    for limit in (0, 1, 100):
        scene.reset()
        done = vsm(
            *scene.command,
            cwd=scene.folder,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        )
        scene.look(f"files of at most {limit} bytes", 0)
        check(
            done.returncode == 2 and b"too large" in done.stderr,
            f"{scene.name}, files of at most {limit} bytes: exit {done.returncode}: {done.stderr}",
        )


def full_disk(scene):
    """Uses a disk of four pages with every possible number of blocks taken."""
    size = resource.getpagesize() * 4
    if (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", scene.folder], capture_output=True
        ).returncode
        != 0
    ):
        print("no disk can be mounted here: a full one is tested by file-size limits alone")
        return
    try:
        scene.reset()
        free = os.statvfs(scene.folder)
        for blocks in range(free.f_bavail + 1):
            scene.reset()
            filler = scene.folder / "filler"
            filler.write_bytes(b"x" * (blocks * free.f_frsize))
            done = scene.run()
            filler.unlink()
            new = scene.look(f"{blocks} blocks of the disk taken", 0)
            check(new == (done.returncode == 0), f"{scene.name}, {blocks} blocks taken: exit {done.returncode}")
            counts["full disks" if done.returncode else "disks with room"] += 1
    finally:
        subprocess.run(["umount", scene.folder], check=True)


def plain_user(binary, folder):
    """Drops root, whom permissions do not restrict: another user runs a copy of vsm in a readable folder."""
    reachable = Path(tempfile.mkdtemp())
    reachable.chmod(0o755)
    copy = shutil.copy(binary, reachable / "vsm")
    source = shutil.copy(folder / "map.vsm", reachable)
    old = contents(folder / "built")["checkout.mmd"]
    owner = NOBODY if os.geteuid() == 0 else os.geteuid()
    for name, mode, file_mode in [
        ("folder", 0o555, None),
        ("folder with a file", 0o555, 0o644),
        ("file", 0o755, 0o444),
        ("file nobody reads", 0o755, 0),
    ]:
        place = reachable / name.replace(" ", "-")
        place.mkdir()
        target = place / "checkout.mmd"
        if file_mode is not None:
            target.write_bytes(old)
            target.chmod(file_mode)
            os.chown(target, owner, -1)
        os.chown(place, owner, -1)
        place.chmod(mode)
        done = vsm(copy, "build", source, "-t", "mermaid", "-o", target, user=owner)
        place.chmod(0o755)
        if file_mode == 0:
            target.chmod(0o600)
        check(
            done.returncode == 2 and b"ermission denied" in done.stderr,
            f"read-only {name}: exit {done.returncode}: {done.stderr}",
        )
        check(
            contents(place) == ({} if file_mode is None else {"checkout.mmd": old}),
            f"read-only {name}: holds {list(contents(place))}",
        )
    shutil.rmtree(reachable)


def wait_for_sleep(process):
    """Waits until a process has slept for a while."""
    asleep = 0
    for _ in range(500):
        asleep = asleep + 1 if Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "S" else 0
        if asleep == 10:
            return
        time.sleep(0.02)


def changed_between(binary, folder, command, text, second):
    """Somebody saves the map while vsm works on it, held up by a second map from a pipe: their version stays."""
    place = folder / f"between-{command[0]}"
    place.mkdir()
    target = place / "map.vsm"
    target.write_text(text)
    running = subprocess.Popen(
        [binary, *command, target, "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    wait_for_sleep(running.pid)  # it has read the first map and waits for the second
    theirs = text.replace("45min", "46min")
    target.write_text(theirs)
    _, said = running.communicate(second.encode())
    check(
        running.returncode == 2 and b"has changed since it was read" in said,
        f"{command}, a map changed meanwhile: exit {running.returncode}: {said}",
    )
    check(target.read_text() == theirs, f"{command}, a map changed meanwhile: is not theirs any more")


def changed_while_read(binary, folder):
    """The map is rewritten, shorter and longer, while it is read repeatedly: vsm may refuse it, but not crash."""
    place = folder / "while-read"
    place.mkdir()
    target = place / "map.vsm"
    texts = [MAP, "", "".join(MAP.replace("checkout", f"s{number}") for number in range(2000))]
    target.write_text(MAP)
    for number in range(10):
        running = [
            subprocess.Popen([binary, *words, target], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            for words in (["lint"], ["lint", "--fix"], ["fmt", "--check"])
        ]
        while any(one.poll() is None for one in running):
            target.write_text(texts[number % 3])
            number += 1
        for one in running:
            said = one.stderr.read()
            check(
                one.returncode in (0, 1, 2) and b"bug in vsm" not in said,
                f"a map written while it is read: {one.args[1:-1]} exits {one.returncode}: {said[-300:]}",
            )


def read_only_map(binary, command, text):
    """A map in a read-only file or folder is left unchanged, and the other maps are written."""
    reachable = Path(tempfile.mkdtemp())
    reachable.chmod(0o755)
    copy = shutil.copy(binary, reachable / "vsm")
    owner = NOBODY if os.geteuid() == 0 else os.geteuid()
    for name, folder_mode, file_mode in [("folder", 0o555, 0o644), ("file", 0o755, 0o444)]:
        place, other = reachable / name, reachable / f"other-{name}"
        for one in (place, other):
            one.mkdir()
            (one / "map.vsm").write_text(text)
            os.chown(one / "map.vsm", owner, -1)
            os.chown(one, owner, -1)
        (place / "map.vsm").chmod(file_mode)
        place.chmod(folder_mode)
        done = vsm(copy, *command, place, other, user=owner)
        place.chmod(0o755)
        check(
            done.returncode == 2 and b"ermission denied" in done.stderr,
            f"{command}, read-only {name}: exit {done.returncode}: {done.stderr}",
        )
        check(
            contents(place) == {"map.vsm": text.encode()}, f"{command}, read-only {name}: holds {list(contents(place))}"
        )
        check(contents(other)["map.vsm"] != text.encode(), f"{command}, read-only {name}: the other map was not done")
    shutil.rmtree(reachable)


def read_only_lint_files(binary):
    """Reports and baselines that cannot be written, and baselines that cannot be read or are not baselines."""
    reachable = Path(tempfile.mkdtemp())
    reachable.chmod(0o755)
    copy = shutil.copy(binary, reachable / "vsm")
    source = reachable / "map.vsm"
    source.write_text(MAP)
    owner = NOBODY if os.geteuid() == 0 else os.geteuid()
    accept, read = ["--baseline", "file", "--write-baseline"], ["--baseline", "file"]
    made = reachable / "made"
    made.mkdir()
    vsm(binary, "lint", source, "--report", "sarif=report", "--baseline", "baseline", "--write-baseline", cwd=made)
    report, baseline = (made / name for name in ("report", "baseline"))
    for what, words, folder_mode, file_mode, old in [
        ("a report into a folder", ["--report", "sarif=file"], 0o555, 0o644, None),
        ("a report over one", ["--report", "sarif=file"], 0o755, 0o444, report),
        ("a report over one in a folder", ["--report", "sarif=file"], 0o555, 0o644, report),
        ("a report over one that nobody reads", ["--report", "sarif=file"], 0o755, 0, report),
        ("a baseline into a folder", accept, 0o555, 0o644, None),
        ("a baseline over one", [*accept, "-W", "missing-customer=off"], 0o755, 0o444, baseline),
        ("a baseline that nobody reads", read, 0o755, 0, baseline),
    ]:
        place = reachable / what.replace(" ", "-")
        place.mkdir()
        before = {} if old is None else {"file": old.read_bytes()}
        for name, content in before.items():
            (place / name).write_bytes(content)
            (place / name).chmod(file_mode)
            os.chown(place / name, owner, -1)
        os.chown(place, owner, -1)
        place.chmod(folder_mode)
        done = vsm(copy, "lint", source, *words, cwd=place, user=owner)
        place.chmod(0o755)
        for name in before:
            (place / name).chmod(0o600)
        check(
            done.returncode == 2 and b"ermission denied" in done.stderr and b"file" in done.stderr,
            f"{what}: exit {done.returncode}: {done.stderr}",
        )
        check(contents(place) == before, f"{what}: now holds {list(contents(place))}")
    for what, content in (
        ("a folder", None),
        ("nothing", b""),
        ("half of itself", baseline.read_bytes()[:-40]),
        ("a report", report.read_bytes()),
        ("no text", b"\xff\x00"),
    ):
        other = reachable / "other"
        other.mkdir() if content is None else other.write_bytes(content)
        for more in ([], ["--write-baseline"]):
            done = vsm(copy, "lint", source, "--baseline", other, *more)
            check(
                done.returncode == 2 and b"other" in done.stderr,
                f"a baseline that is {what}, {more}: exit {done.returncode}: {done.stderr}",
            )
            check(
                other.is_dir() if content is None else other.read_bytes() == content,
                f"a baseline that is {what}, {more}: is written over",
            )
        other.rmdir() if content is None else other.unlink()
    shutil.rmtree(reachable)


def unwritten_output(binary, folder):
    """Output that cannot be written is an error."""
    source = folder / "messy.vsm"
    source.write_text(MESSY_MAP)
    for words in (["fmt", "-"], ["fmt", "--diff", source], ["fmt", "--check", source]):
        with source.open() as map_text, open("/dev/full", "w") as full:
            done = subprocess.run([binary, *words], stdin=map_text, stdout=full, stderr=subprocess.PIPE)
        check(
            done.returncode == 2 and b"cannot write to the standard output" in done.stderr,
            f"{words[:2]} to a full disk: exit {done.returncode}",
        )
        with source.open() as map_text:
            done = subprocess.run(
                [binary, *words], stdin=map_text, stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1)
            )
        check(done.returncode == 2, f"{words[:2]} to a closed output: exit {done.returncode}")


def several_outputs(scene):
    scene.reset()
    (scene.folder / "checkout.csv").unlink(missing_ok=True)
    (scene.folder / "checkout.csv").mkdir()
    done = scene.run()
    (scene.folder / "checkout.csv").rmdir()
    check(done.returncode == 2, f"a folder in the place of the second output: exit {done.returncode}")
    now = contents(scene.folder)
    check(
        now == {"checkout.mmd": scene.after["checkout.mmd"]}, f"a folder in the place of the second output: {list(now)}"
    )


def closed_streams(scene):
    """A file opened while a standard stream is closed must not take its place."""
    for stream in (0, 1, 2):
        scene.reset()
        done = subprocess.run(scene.command, cwd=scene.folder, preexec_fn=lambda: os.close(stream))
        scene.look(f"stream {stream} closed", 0)
        check(
            contents(scene.folder) == scene.after and done.returncode == 0,
            f"{scene.name}, stream {stream} closed: exit {done.returncode}",
        )


def leftovers(scene):
    """Leftovers of dead processes are removed; locked ones and links are kept."""
    scene.reset()
    gone, held, link = (scene.folder / f"checkout.mmd.vsm-{number}.tmp" for number in (1, 2, 3))
    gone.write_text("half")
    held.write_text("half")
    link.symlink_to("checkout.mmd")
    with held.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = scene.run()
    check(
        done.returncode == 0 and not gone.exists() and held.exists() and link.is_symlink(),
        "leftovers: not those of processes that are gone",
    )
    link.unlink()
    (scene.folder / "checkout.mmd").write_bytes(scene.before["checkout.mmd"])
    scene.finishes("leftovers")
    longest = "x" * 250
    (scene.folder / longest).write_bytes(scene.before["checkout.mmd"])
    done = vsm(*scene.command[:3], "-t", "mermaid", "-o", longest, "-q", cwd=scene.folder)
    check(
        done.returncode == 0 and (scene.folder / longest).read_bytes() == scene.after["checkout.mmd"],
        f"a name of 250 characters: {done.stderr}",
    )


def at_once(scene):
    """Several processes write the same files: each succeeds, and readers always see one complete version."""
    scene.reset()
    for _ in range(10):
        scene.reset()
        running = [subprocess.Popen(scene.command, cwd=scene.folder) for _ in range(4)]
        while any(one.poll() is None for one in running):
            for name in NEW:
                check(
                    (scene.folder / name).read_bytes() in (scene.before[name], scene.after[name]),
                    f"{name} is read in halves",
                )
        check([one.returncode for one in running] == [0] * 4, f"at once: exits {[one.returncode for one in running]}")
        check(contents(scene.folder) == scene.after, f"at once: {list(contents(scene.folder))}")


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    binary = Path(arguments[0]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        every = new, replaced, *_ = scenes(binary, folder)
        for scene in every:
            size_limit(scene)
        by_name = {scene.name: scene for scene in every}
        for scene in (
            (new, replaced, by_name["reports"], by_name["findings fixed"], by_name["a baseline"])
            if os.geteuid() == 0
            else ()
        ):
            full_disk(scene)
        plain_user(binary, folder)
        changed_between(binary, folder, ["fmt"], MESSY_MAP, "wait 1d\n")
        changed_while_read(binary, folder)
        read_only_map(binary, ["fmt"], MESSY_MAP)
        read_only_map(binary, ["lint", "--fix"], MISSPELT_MAP)
        read_only_lint_files(binary)
        unwritten_output(binary, folder)
        several_outputs(new)
        several_outputs(replaced)
        closed_streams(replaced)
        leftovers(replaced)
        at_once(replaced)
        untraced = strace_works()
        for scene in () if untraced else every:
            killed_everywhere(scene)
            refused_everywhere(scene)
            killed_everywhere(scene, nameless_refused(scene))
        for scene in every:
            shutil.rmtree(scene.folder)
    for problem in problems:
        print(problem)
    print(f"faults: {', '.join(f'{count} {what}' for what, count in counts.items())}; {len(problems)} findings")
    if untraced:
        print(f"NOT TESTED: what a kill leaves behind: {untraced}")
    if problems or (untraced and os.environ.get("CI") == "true"):
        return 1
    return 77 if untraced else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
