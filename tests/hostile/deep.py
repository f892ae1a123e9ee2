#!/usr/bin/env python3
"""The depth of a map does not depend on the stack that the shell provides: deep.py VSM

Runs every command with a stack of 256 KB (`ulimit -s 256`) on maps with the deepest nesting of each kind that the
language allows, and on deeper ones, which are refused. vsm allocates its own stack then; without it, a build without
optimisation needs some 600 KB for these maps.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

STACK = 256 * 1024
DEEPEST = 64  # compiler/parse/parse.h
TIMES = "process: 1h, lead: 2h"


def nested(opening, closing, depth, inside):
    return opening * depth + inside + closing * depth


def stream(body):
    return "stream s {\n" + body + "\n}\n"


def step(name):
    return f"step {name} {{ {TIMES} }} "


def counted(kind, depth):
    """Nested blocks of one kind, each with a step before the next."""
    return "".join(f"{kind} b{i} {{ {step(f'a{i}')}" for i in range(depth)) + "}" * depth


def chooses(depth):
    opening = "".join(
        f"choose c{i} {{ branch 50% {{ {step(f'y{i}')} }} branch 50% {{ {step(f'a{i}')}" for i in range(depth // 2)
    )
    return opening + "}}" * (depth // 2)


def edits(word, depth):
    return stream(step("a") + step("b")) + "future f of s {\n" + word * depth + step("c") + "\n}\n"


# maps with the given depth of nesting
LEGAL = {
    "stages": lambda depth: stream(counted("stage", depth - 2)),
    "parallels": lambda depth: stream(counted("parallel", depth - 2)),
    "chooses": lambda depth: stream(chooses(depth - 2)),
    "stages in an edit": lambda depth: (
        stream(step("x")) + "future f of s { add after x " + counted("stage", depth - 3) + " }\n"
    ),
    "lists": lambda depth: stream("x_deep: " + nested("[", "]", depth - 1, "1") + "\n" + step("a")),
}
# maps that are too deep, or meaningless at any depth
REFUSED = {
    **LEGAL,
    "distributions": lambda depth: stream("x_deep: " + nested("lognormal(", ")", depth, "1h") + "\n" + step("a")),
    "lists that never end": lambda depth: stream("x_deep: " + "[" * depth),
    "blocks that never end": lambda depth: "stream s { " + "stage a { " * depth,
    "ends of blocks": lambda depth: "}" * depth,
    "additions to additions": lambda depth: edits("add after a ", depth),
    "replacements of replacements": lambda depth: edits("replace a with ", depth),
}
READERS = [["lint", "-q"], ["fmt", "--check"]]
COMMANDS = [
    *READERS,
    ["ir"],
    ["metrics"],
    ["diff", "map.vsm"],
    ["build", "-q", "--force", "-o", "out/", "-t", "codepipeline,github,gitlab,mermaid,dot,svg,html,markdown,json,csv"],
]


def run(vsm, words, file):
    limit = lambda: resource.setrlimit(resource.RLIMIT_STACK, (STACK, STACK))
    return subprocess.run(
        [vsm, *words, file.name], cwd=file.parent, capture_output=True, text=True, timeout=120, preexec_fn=limit
    )


def wrong_ends(vsm, folder, name, text, codes, commands):
    """Runs the commands on one map; returns the unexpected exit codes."""
    file = folder / "map.vsm"
    file.write_text(text, encoding="utf-8")
    wrong = []
    for words in commands:
        done = run(vsm, words, file)
        if done.returncode not in codes:
            wrong.append(f"{name}: exit {done.returncode} of vsm {' '.join(words)}\n{done.stderr[:500]}")
    return wrong


def config_files(vsm, folder):
    """Checks that deeply nested configurations and baselines are refused."""
    (folder / "map.vsm").write_text(stream(step("a")), encoding="utf-8")
    wrong = []
    for name, text in {
        "lists": "[" * 100_000,
        "members": "a: {" * 100_000,
        "blocks": "".join(" " * i + "a:\n" for i in range(2000)),
    }.items():
        (folder / "deep.yaml").write_text(text, encoding="utf-8")
        for words in (["lint", "--config", "deep.yaml"], ["lint", "--baseline", "deep.yaml"]):
            done = run(vsm, words, folder / "map.vsm")
            if done.returncode != 2:
                wrong.append(f"{' '.join(words)}, {name}: exit {done.returncode}\n{done.stderr[:500]}")
    return wrong


def imports(vsm, folder, length):
    """Checks a chain of files in which each imports the next."""
    for i in range(length):
        (folder / f"{i}.vsm").write_text(f'import "{i + 1}.vsm"\nteam t{i} {{ people: 1 }}\n', encoding="utf-8")
    (folder / f"{length}.vsm").write_text("team last { people: 1 }\n", encoding="utf-8")
    done = run(vsm, ["lint", "-q"], folder / "0.vsm")
    return [] if done.returncode in (0, 1) else [f"{length} imports: exit {done.returncode}\n{done.stderr[:500]}"]


def main(vsm):
    vsm = str(Path(vsm).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wrong = [
            one
            for name, make in LEGAL.items()
            for one in wrong_ends(vsm, folder, name, make(DEEPEST), (0, 1), COMMANDS)
        ]
        wrong += [
            one
            for name, make in LEGAL.items()
            for one in wrong_ends(vsm, folder, name, make(DEEPEST), (0,), READERS[:1])
        ]
        for depth in (DEEPEST + 2, 50_000):
            wrong += [
                one
                for name, make in REFUSED.items()
                for one in wrong_ends(vsm, folder, f"{name}, {depth}", make(depth), (1, 2), READERS)
            ]
        wrong += config_files(vsm, folder)
        wrong += imports(vsm, folder, 5000)
    print("\n".join(wrong) or "as deep as maps may be, and refused beyond")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
