#!/usr/bin/env python3
"""The time for long maps of odd shapes is linear in their length, not quadratic: growth.py [--absolute] VSM [WORD…]

Measures the processor time for each shape twice, the second time with a map four times as long, and compares the two,
so that the speed and load of the machine do not matter. A factor of 4 is linear, a factor of 16 quadratic.

Also runs every list of the language (lists.py), alone and beside what multiplies it: each map must be processed within
the limits of MAP, or refused with a location. --absolute, for a release build, takes half an hour: a megabyte of each
combination, within one second and 256 MB. Otherwise a sixteenth of that, each list with one multiplier, within two
seconds, which the preset dev achieves on a busy machine. WORDs select the maps with one of them in their name.
"""

import itertools
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import lists

TIMES = 4
TOO_MUCH = 9  # the factor for quadratic time is 16
WARM = 0.03  # seconds to add to the short time, as tolerance


def steps(count, more=lambda i: "", each=""):
    lines = [f'  step s{i} "Step" {{ team: t{i % 5}, process: 5min, lead: 1h{more(i)} }}' for i in range(count)]
    return 'stream a "A" {\n' + each + "\n".join(lines) + "\n}\n"


def futures(count, base):
    return "".join(f"future f{i} of {base(i)} {{ change s1 {{ process: 2min }} }}\n" for i in range(count))


def streams(count, more=lambda i: ""):
    return "".join(
        f"stream a{i} {{ {more(i)} target lead_time < 5h step s {{ process: 5min, lead: 1h }} }}\n"
        for i in range(count)
    )


def tangled():
    """A graph of steps, each with `rework once` to the first: exact results take as long as thousands of steps."""
    after = lambda i: ", ".join(f"s{k}" for k in range(max(0, i - 2), i))
    more = "\n".join(
        f"  step s{i} {{ process: 1h, lead: 2h, after: [{after(i)}] rework 1% once to s0 }}" for i in range(1, 8)
    )
    return "stream a {\n  step s0 { process: 1h, lead: 2h }\n" + more + "\n}\n"


# name, length, map, arguments before the file
SHAPES = [
    ("streams with targets", 500, streams, ["metrics"]),
    (
        "streams that recover one another",
        500,
        lambda n: streams(n, lambda i: f"recovers: a{i - 1}" if i % 2 else ""),
        ["metrics"],
    ),
    ("pictures of many streams", 200, streams, ["build", "-q", "-t", "svg", "--force", "-o", "OUT"]),
    ("futures of futures", 900, lambda n: steps(2) + futures(n, lambda i: f"f{i - 1}" if i else "a"), ["lint", "-q"]),
    ("futures of one stream", 500, lambda n: steps(2) + futures(n, lambda i: "a"), ["lint", "-q"]),
    (
        "teams",
        1000,
        lambda n: "".join(f"team t{i} {{ people: 3 }}\n" for i in range(n)) + steps(n, lambda i: ""),
        ["metrics"],
    ),
    (
        "names that are not there",
        1000,
        lambda n: steps(n, lambda i: f", after: other{i * 7919 % 10007}"),
        ["lint", "-q"],
    ),
    (
        "rework to the step before",
        500,
        lambda n: steps(n, lambda i: f", rework 5% to s{i - 1}" if i else ""),
        ["metrics"],
    ),
    (
        "second passes",
        300,
        lambda n: steps(n, lambda i: "".join(f", rework 0.05% to s{k}" for k in range(min(i, 12)))),
        ["build", "-q", "-t", "gitlab", "--force", "-o", "OUT"],
    ),
    ("rework once", 300, lambda n: steps(n, lambda i: f", rework 5% once to s{i - 3}" if i > 3 else ""), ["metrics"]),
    ("futures with much rework once", 20, lambda n: tangled() + futures(n, lambda i: "a"), ["metrics"]),
    (
        "waits on one line",
        2000,
        lambda n: "stream a { step s { process: 5min, lead: 1h } " + "wait 1h " * n + "}\n",
        ["lint", "-q"],
    ),
]

# Maps that would take quadratic time are refused: the map, and part of the message.
REFUSED = [
    (
        "edits",
        lambda: (
            steps(4000) + "future f of a {\n" + "".join(f"  move s{i} after s{i + 1}\n" for i in range(3000)) + "}\n"
        ),
        "a future with 3000 edits of a stream of 4000 elements",
    ),
    (
        "targets in futures",
        lambda: steps(2, each="target lead_time < 5h\n" * 2000) + futures(1000, lambda i: "a"),
        "targets to judge in its futures",
    ),
]
# Syntax of other languages and stray characters, 1 MiB of each: refused quickly.
NOISE = [
    "-",
    "- ",
    "-\n",
    "->",
    "-> ",
    "=> ",
    "→ ",
    "(",
    "step a (",
    "step a ((((",
    'step a (process: "',
    "step a: {}\n",
    "step a process: 1h ",
    "/* ",
    "// ",
    ";",
    "a -> b\n",
]
LIMIT = 5  # seconds until a refusal, in any build


def run(folder, vsm, words, text):
    """Returns the processor seconds and the output."""
    file = folder / "map.vsm"
    file.write_text(text, encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [vsm, *[str(folder / "out") + "/" if word == "OUT" else word for word in words], file],
        capture_output=True,
        text=True,
        timeout=300,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"exit {done.returncode} of vsm {' '.join(words)}\n{done.stderr[:2000]}")
    return after.ru_utime - before.ru_utime, done.stdout + done.stderr


def grows(folder, vsm, name, length, make, words):
    short = min(run(folder, vsm, words, make(length))[0] for _ in range(2))
    long = min(run(folder, vsm, words, make(TIMES * length))[0] for _ in range(2))
    times = long / (short + WARM)
    print(f"{name}: {short:.2f} s, {TIMES} times as long {long:.2f} s")
    return [f"{name}: {times:.1f} times as long for {TIMES} times as much"] if times > TOO_MUCH else []


def refuses(folder, vsm, name, make, words):
    seconds, said = run(folder, vsm, ["lint", "-q"], make())
    print(f"{name}: refused after {seconds:.2f} s")
    wrong = [] if words in said else [f"{name}: `{words}` is not said:\n{said[:1000]}"]
    return wrong + ([f"{name}: {seconds:.1f} s until it was refused"] if seconds > LIMIT else [])


def ends(folder, vsm, mark):
    return refuses(
        folder, vsm, repr(mark), lambda: "stream s {\n" + mark * ((1 << 20) // len(mark.encode())) + "\n}\n", "error["
    )


# The size of a map in bytes; the limits in processor seconds and megabytes for a list beside a multiplier, and for a
# list alone, of which commands print every entry.
MAP = {"release": (lists.MIB, (1.0, 256), (5.0, 768)), "any": (lists.MIB // 16, (2.0, 96), (2.0, 96))}
LOCATED = re.compile(r"error\[VSM\d{4} [a-z-]+\]: .*\n +--> .*map\.vsm:\d+:\d+")
COMMANDS = [
    ["lint", "-q"],
    ["lint", "-q", "--process", "--format", "json"],
    ["lint", "-q", "--format", "sarif"],
    ["metrics", "-q"],
    ["metrics", "-q", "--format", "json"],
    ["metrics", "-q", "--format", "csv"],
    ["metrics", "-q", "--format", "markdown"],
    ["metrics", "-q", "--sort", "lead_time"],
    ["ir"],
    ["fmt", "--check"],
    ["diff", "OTHER"],
    ["diff", "--format", "json", "OTHER"],
    ["diff", "--format", "markdown", "OTHER"],
    *[
        ["build", "-q", "--force", "-o", "OUT", "-t", target]
        for target in ["svg", "html", "mermaid", "dot", "csv", "markdown", "github", "gitlab", "codepipeline"]
    ],
    ["build", "-q", "--force", "-o", "OUT", "-t", "mermaid", "--diagram", "gantt"],
]


def measured(words, limit):
    """Runs one process; returns its exit code, processor seconds, megabytes and the beginning of its output.

    The output goes to a file: a child's peak memory is never below its parent's, so the parent must stay small.
    """
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(words, stdout=output, stderr=subprocess.STDOUT)
        stop = threading.Timer(limit, process.kill)
        stop.start()
        _, status, used = os.wait4(process.pid, 0)
        stop.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read(1 << 20).decode(errors="replace")
    return process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def bounded(folder, vsm, name, text, command, seconds, megabytes):
    """Runs one command on one map; returns the violated limits."""
    file, other = folder / "map.vsm", folder / "other.vsm"
    file.write_text(text, encoding="utf-8")
    other.write_text(text.replace("lead: 2h", "lead: 3h", 1) + "# and a comment\n", encoding="utf-8")
    words = [{"OUT": str(folder / "out") + "/", "OTHER": str(other)}.get(word, word) for word in command]
    code, took, used, said = measured([vsm, *words, str(file)], 60 * seconds)
    refused = LOCATED.search(said) is not None
    print(f"{name}: {' '.join(command)}: {took:.2f} s, {used:.0f} MB{', refused' if refused else ''}", flush=True)
    wrong = []
    if code not in (0, 1):
        wrong.append(f"ends with {code}: {said[-300:]}")
    if took > seconds:
        wrong.append(f"takes {took:.2f} s")
    if used > megabytes:
        wrong.append(f"takes {used:.0f} MB")
    if command[0] == "lint" and "error[" in said and not refused:
        wrong.append(f"refused without a place: {said[:300]}")
    return [f"{name}: {' '.join(command)} {one}" for one in wrong]


def all_bounded(folder, vsm, kind, words):
    size, of_crossed, of_alone = MAP[kind]
    wrong = []
    # one text at a time, to keep this process small
    crossed = lists.crossed(size) if kind == "release" else lists.crossed_once(size)
    for name, text in itertools.chain(lists.alone(size), crossed):
        if words and not any(word in name for word in words):
            continue
        alone = " × " not in name
        commands = COMMANDS if kind == "release" and alone else [["lint", "-q"], ["metrics", "-q"]]
        for command in commands:
            wrong += bounded(folder, vsm, name, text, command, *(of_alone if alone else of_crossed))
    return wrong


def main(arguments):
    kind = "release" if "--absolute" in arguments else "any"
    vsm, *words = [one for one in arguments if one != "--absolute"]
    vsm = str(Path(vsm).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wrong = all_bounded(folder, vsm, kind, words)
        if kind == "any" and not words:
            wrong += [one for shape in SHAPES for one in grows(folder, vsm, *shape)]
            wrong += [one for refused in REFUSED for one in refuses(folder, vsm, *refused)]
            wrong += [one for mark in NOISE for one in ends(folder, vsm, mark)]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
