"""drawing_maps.py --vsm BINARY --out FOLDER [--count N]: generates maps that are hard to draw, with drawing, metrics.

N maps of 2 to 60 steps from fixed seeds: nested stages, parallels and chooses, graphs built with `after`, rework, long
titles in several scripts, unknown times. Written as FOLDER/<map>/svg/*.svg and FOLDER/<map>/metrics/*.json for
svg_check.mjs.
"""

import argparse
import random
import shutil
import subprocess
import sys
from pathlib import Path

TITLES = [
    "Build",
    "Review the change that was made last week by somebody else",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "本番環境へのデプロイと動作確認を行い関係者に通知する",
    "مراجعة التغيير والموافقة عليه قبل النشر في بيئة الإنتاج",
    "🚀 Ship it 🚀 to everybody 👍🏽 who wants it ✨",
    "Проверка и согласование изменений с архитектурным комитетом",
    "A<b>&amp;\\\"'",
    "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "",
]
TIMES = ["5min", "45min", "1h30min", "3h", "1d", "2w", "30min..1h", "lognormal(p50 6h, p85 1d)", "0min"]


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.left = self.random.randint(2, 60)
        self.names = []
        self.count = 0

    def name(self):
        self.count += 1
        return f"n{self.count}"

    def title(self):
        title = self.random.choice(TITLES)
        return f' "{title}"' if title else ""

    def step(self, after=""):
        self.left -= 1
        name = self.name()
        pick = self.random
        times = pick.choice(
            [
                f"process: {pick.choice(TIMES)}, wait: {pick.choice(TIMES)}",
                "process: ?, wait: ?",
                "process: 1h, lead: 1d",
            ]
        )
        more = pick.choice(
            [
                "",
                ", kind: automated",
                ", kind: approval",
                ", kind: external",
                ', people: 3, batch: 12, tool: [jira, "GitHub Enterprise Server"]',
            ]
        )
        rework = ""
        if pick.random() < 0.25:
            rework = f", rework {pick.randint(1, 20)}% to {name}"
        if pick.random() < 0.25:
            rework += f", rework {pick.randint(1, 20)}% once {{ process: 1h, wait: 1h }}"
        back = [one for one in self.names if pick.random() < 0.1][:1]
        rework += "".join(f", rework {pick.randint(1, 20)}% to {one}" for one in back)
        kaizen = ' kaizen "Do it better" { owner: ops }' if pick.random() < 0.1 else ""
        return (
            name,
            f"step {name}{self.title()} {{ {after}team: t{pick.randint(1, 4)}, {times}, ca: {pick.randint(50, 99)}%{more}{rework}{kaizen} }}",
        )

    def body(self, depth, outer):
        """The lines of a body with one to five elements."""
        lines = []
        for _ in range(self.random.randint(1, 5)):
            if self.left <= 0:
                break
            lines += self.element(depth, outer)
        return lines or [self.step()[1]]

    def element(self, depth, outer):
        pick = self.random.random()
        if depth < 4 and pick < 0.12:
            return [f"stage {self.name()}{self.title()} {{", *self.body(depth + 1, outer), "}"]
        if depth < 4 and pick < 0.26:
            kept, self.names = self.names, list(self.names)
            lines = ["parallel {"]
            for _ in range(self.random.randint(2, 4)):
                before = list(self.names)
                lines += [f"branch {self.name()}{self.title()} {{", *self.body(depth + 1, False), "}"]
                self.names = before
            self.names = kept
            return [*lines, "}"]
        if depth < 4 and pick < 0.36:
            kept, self.names = self.names, list(self.names)
            lines = ["choose {"]
            for share in ([60, 40], [70, 20, 10])[self.random.randint(0, 1)]:
                before = list(self.names)
                inner = self.body(depth + 1, False) if self.random.random() < 0.8 else []
                lines += [f"branch {share}% {self.name()}{self.title()} {{", *inner, "}"]
                self.names = before
            self.names = kept
            return [*lines, "}"]
        if pick < 0.46:
            return [f"wait {self.random.choice(['1d', '?', '30min'])}{self.title()}"]
        if pick < 0.52:
            return [f"queue {self.random.randint(1, 40)}{self.title()}"]
        name, line = self.step()
        self.names.append(name)
        return [line]

    def graph(self):
        """Steps that each follow some of the earlier ones."""
        lines, made = [], []
        while self.left > 0 and len(made) < 14:
            after = sorted({self.random.choice(made) for _ in range(self.random.randint(1, 3))}) if made else []
            name, line = self.step(f"after: [{', '.join(after)}], " if after else "")
            made.append(name)
            lines.append(line)
        return lines

    def map(self, number):
        head = [f"stream s{number}{self.title()} {{", "  demand: 40/w"]
        for terminal in ("trigger", "customer"):
            title = self.random.choice(TITLES)
            if title:
                head.append(f'  {terminal}: "{title}"')
        if number % 5 == 4:
            body = self.graph()
        else:
            body = []
            while self.left > 0:
                body += self.element(0, True)
        if not any("step " in line for line in body):
            body.append(self.step()[1])
        return "\n".join([*head, *body, "}"]) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vsm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    arguments = parser.parse_args()
    shutil.rmtree(arguments.out, ignore_errors=True)
    for number in range(arguments.count):
        folder = arguments.out / f"s{number}"
        (folder / "metrics").mkdir(parents=True)
        source = folder / "map.vsm"
        source.write_text(Writer(number).map(number), encoding="utf-8")
        for command in (
            ["build", source, "-t", "svg", "-q", "-o", f"{folder}/svg/"],
            ["metrics", "--format", "json", source],
        ):
            done = subprocess.run([arguments.vsm, *command], capture_output=True, text=True)
            if done.returncode != 0:
                print(f"{source}: vsm {command[0]}: exit {done.returncode}\n{done.stderr}")
                return 1
            if command[0] == "metrics":
                (folder / "metrics/map.json").write_text(done.stdout, encoding="utf-8")
    print(f"drawing-maps: {arguments.count} maps drawn")
    return 0


if __name__ == "__main__":
    sys.exit(main())
