#!/usr/bin/env python3
"""Maps for measurements, byte-identical on every run.

generate.py steps N          prints a stream of N steps: stages of 20, a parallel every 50 steps, rework every 10, waits
generate.py maps N FOLDER    writes N maps of 12 steps each, 100 per folder
generate.py commits N MAPS   prints N commits for `git fast-import`: the first adds MAPS maps of 12 steps,
                             each other changes one
generate.py braces N         prints a stream followed by N braces that are never closed
generate.py signs N          prints N bytes of `@`
"""

import random
import sys
from pathlib import Path

TEAMS = ["dev", "qa", "ci", "ops", "cab", "security"]
VERBS = ["Review", "Build", "Test", "Approve", "Deploy", "Scan", "Measure", "Package", "Sign", "Verify"]
NOUNS = ["change", "release", "image", "service", "schema", "configuration", "contract", "report"]
CLASSES = ["va", "nnva", "nva"]
STAGE = 20
PARALLEL_EVERY = 50
REWORK_EVERY = 10
BRANCHES = 3
REWORK_BACK = REWORK_EVERY - BRANCHES  # never into a branch


class Writer:
    """Writes the steps of one stream. Uses only random(), which is the same in every version of Python."""

    def __init__(self, seed):
        self.chance = random.Random(seed).random
        self.lines = []

    def pick(self, items):
        return items[int(self.chance() * len(items))]

    def between(self, low, high):
        return low + int(self.chance() * (high - low + 1))

    def step(self, number, indent, may_rework):
        process = self.between(5, 240)
        title = f"{self.pick(VERBS)} the {self.pick(NOUNS)}"
        facts = f"team: {self.pick(TEAMS)}, process: {process}min, lead: {process + self.between(10, 2000)}min"
        facts += f", ca: {self.between(70, 99)}%, class: {self.pick(CLASSES)}"
        if may_rework and number % REWORK_EVERY == 0:
            facts += f", rework {self.between(1, 20)}% to s{number - self.between(0, REWORK_BACK)}"
        self.lines.append(f'{indent}step s{number} "{title}" {{ {facts} }}')

    def parallel(self, first, indent):
        self.lines.append(f"{indent}parallel p{first} {{")
        for number in range(first, first + BRANCHES):
            self.step(number, indent + "  ", may_rework=False)
        self.lines.append(f"{indent}}}")

    def stage(self, first, last, indent):
        """Writes steps first..last; a parallel starts at multiples of PARALLEL_EVERY if its branches fit."""
        self.lines.append(f'{indent}stage g{first} "Part {first}" {{')
        number = first
        while number <= last:
            if number % PARALLEL_EVERY == 0 and number + BRANCHES - 1 <= last:
                self.parallel(number, indent + "  ")
                number += BRANCHES
                continue
            if self.chance() < 0.05:
                self.lines.append(f'{indent}  wait {self.between(1, 40)}h "In a queue for the next team"')
            self.step(number, indent + "  ", may_rework=number - first >= REWORK_EVERY - 1)
            number += 1
        self.lines.append(f"{indent}}}")

    def stream(self, name, steps):
        self.lines.append(f'stream {name} "A map of {steps} steps" {{')
        self.lines.append('  trigger: "Change committed"\n  customer: "Online shoppers"\n  demand: 40/w')
        for first in range(1, steps + 1, STAGE):
            self.stage(first, min(first + STAGE - 1, steps), "  ")
        self.lines.append("}\n")
        return "\n".join(self.lines)


def write_maps(count, folder):
    for number in range(count):
        target = folder / f"team{number // 100}"
        target.mkdir(parents=True, exist_ok=True)
        (target / f"map{number}.vsm").write_text(Writer(number).stream(f"map{number}", 12), encoding="utf-8")


def write_commits(count, maps, out):
    chance = random.Random(count).random
    for number in range(count):
        words = f"Change {number}"
        out.write(
            f"commit refs/heads/main\ncommitter A <a@example.org> {1_700_000_000 + 3600 * number} +0000\ndata {len(words)}\n{words}\n"
        )
        for changed in range(maps) if number == 0 else [int(chance() * maps)]:
            text = Writer(changed + number * maps).stream(f"map{changed}", 12)
            out.write(f"M 100644 inline team{changed // 20}/map{changed}.vsm\ndata {len(text)}\n{text}\n")


def main(arguments):
    match arguments:
        case ["steps", count]:
            sys.stdout.write(Writer(int(count)).stream("generated", int(count)))
        case ["maps", count, folder]:
            write_maps(int(count), Path(folder))
        case ["commits", count, maps]:
            write_commits(int(count), int(maps), sys.stdout)
        case ["braces", count]:
            sys.stdout.write("stream a " + "{" * int(count))
        case ["signs", count]:
            sys.stdout.write("@" * int(count))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
