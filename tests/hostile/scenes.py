"""Commands that write files, with the contents of their folder before and after; counts what is tried on them."""

import os
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

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
