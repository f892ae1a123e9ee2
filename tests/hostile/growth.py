#!/usr/bin/env python3
"""What vsm takes for long maps of odd shapes grows with their length, not with its square: growth.py VSM

Each shape is made twice, the second time four times as long, and the processor time of the two compared, so that neither a slow
machine nor one with other work on it matters. Four times as much is linear, sixteen times quadratic.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

TIMES = 4
TOO_MUCH = 9  # a quadratic one takes 16 times as long
WARM = 0.03  # seconds that any run may take


def steps(count, more=lambda i: "", each=""):
    lines = [f"  step s{i} \"Step\" {{ team: t{i % 5}, process: 5min, lead: 1h{more(i)} }}" for i in range(count)]
    return "stream a \"A\" {\n" + each + "\n".join(lines) + "\n}\n"


def futures(count, base):
    return "".join(f"future f{i} of {base(i)} {{ change s1 {{ process: 2min }} }}\n" for i in range(count))


def streams(count, more=lambda i: ""):
    return "".join(f"stream a{i} {{ {more(i)} target lead_time < 5h step s {{ process: 5min, lead: 1h }} }}\n" for i in range(count))


def tangled():
    """Steps in a graph, each with rework once to the first: to follow all of it exactly takes as long as thousands of steps."""
    after = lambda i: ", ".join(f"s{k}" for k in range(max(0, i - 2), i))
    more = "\n".join(f"  step s{i} {{ process: 1h, lead: 2h, after: [{after(i)}] rework 1% once to s0 }}" for i in range(1, 8))
    return "stream a {\n  step s0 { process: 1h, lead: 2h }\n" + more + "\n}\n"


# name, length, the map, its words before the file
SHAPES = [
    ("streams with targets", 500, streams, ["metrics"]),
    ("streams that recover one another", 500, lambda n: streams(n, lambda i: f"recovers: a{i - 1}" if i % 2 else ""), ["metrics"]),
    ("pictures of many streams", 200, streams, ["build", "-q", "-t", "svg", "--force", "-o", "OUT"]),
    ("futures of futures", 1000, lambda n: steps(2) + futures(n, lambda i: f"f{i - 1}" if i else "a"), ["lint", "-q"]),
    ("futures of one stream", 500, lambda n: steps(2) + futures(n, lambda i: "a"), ["lint", "-q"]),
    ("teams", 1000, lambda n: "".join(f"team t{i} {{ people: 3 }}\n" for i in range(n)) + steps(n, lambda i: ""), ["metrics"]),
    ("names that are not there", 1000, lambda n: steps(n, lambda i: f", after: other{i * 7919 % 10007}"), ["lint", "-q"]),
    ("rework to the step before", 500, lambda n: steps(n, lambda i: f", rework 5% to s{i - 1}" if i else ""), ["metrics"]),
    ("rework once", 300, lambda n: steps(n, lambda i: f", rework 5% once to s{i - 3}" if i > 3 else ""), ["metrics"]),
    ("futures with much rework once", 20, lambda n: tangled() + futures(n, lambda i: "a"), ["metrics"]),
    ("waits on one line", 2000, lambda n: "stream a { step s { process: 5min, lead: 1h } " + "wait 1h " * n + "}\n", ["lint", "-q"]),
]

# What would be quadratic is refused: the map, and what is said.
REFUSED = [
    ("edits", lambda: steps(4000) + "future f of a {\n" + "".join(f"  move s{i} after s{i + 1}\n" for i in range(3000)) + "}\n", "a future with 3000 edits of a stream of 4000 elements"),
    ("targets in futures", lambda: steps(2, each="target lead_time < 5h\n" * 2000) + futures(1000, lambda i: "a"), "targets to judge in its futures"),
]
# Habits of other languages and stray marks, as many as a file of 1 MiB holds: a refusal, and soon.
NOISE = ["-", "- ", "-\n", "->", "-> ", "=> ", "→ ", "(", "step a (", "step a ((((", "step a (process: \"", "step a: {}\n", "step a process: 1h ", "/* ", "// ", ";", "a -> b\n"]
LIMIT = 10  # seconds for what is refused, in any build


def run(folder, vsm, words, text):
    """Processor seconds, and what was printed."""
    file = folder / "map.vsm"
    file.write_text(text, encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([vsm, *[str(folder / "out") + "/" if word == "OUT" else word for word in words], file], capture_output=True, text=True, timeout=300)
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
    return refuses(folder, vsm, repr(mark), lambda: "stream s {\n" + mark * ((1 << 20) // len(mark.encode())) + "\n}\n", "error[")


def main(vsm):
    vsm = str(Path(vsm).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wrong = [one for shape in SHAPES for one in grows(folder, vsm, *shape)]
        wrong += [one for refused in REFUSED for one in refuses(folder, vsm, *refused)]
        wrong += [one for mark in NOISE for one in ends(folder, vsm, mark)]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
