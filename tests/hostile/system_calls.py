"""Kills vsm at each of its system calls, or lets the call fail, by strace."""

import re
import subprocess
import tempfile
from collections import Counter
from typing import NamedTuple

from scenes import check, counts

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
