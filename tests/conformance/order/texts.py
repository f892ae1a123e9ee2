"""texts.py --vsm BINARY --backends backends.def: hostile texts in every place of a map that takes a text.

Each map is built for every output with every set of options, and read by a reader of its format. The result must have
the structure that a map with harmless words has, and contain each text in the place of the word, apart from the changes
that docs/outputs.md lists for the output. Then whatever runs in a shell is run, and must not create a file. Exit 0 no
findings, 1 findings, 2 cannot run.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gitlab_run
from hostile_texts import LONG, TEXTS, invisible, map_of
from outputs import ways_to_build
from text_reader import VALUES, Reading, Refused

HERE = Path(__file__).resolve().parent.parent

WORD = re.compile(r"Zq(\d+)zq")

# Build options besides those of outputs.py.
WAYS = {
    "github-on": ["-t", "github", "--on", "push,workflow_call"],
    "github-environments": ["-t", "github", "--environments", "--runs-on", "self-hosted,linux"],
}


def visible(text):
    return "".join(f"\\u{{{ord(c):X}}}" if invisible(c) else c for c in text)


def line(text):
    return visible(text.replace("\n", " "))


def in_aws(text):
    return re.sub(r"(?i)([$#])(?=\{)|(\{)(?=\{resolve)", lambda found: found.group(0) + " ", line(text))


def without_variables(text):
    return re.sub(r"\$(?=[A-Za-z_{])|%(?=[A-Za-z_][A-Za-z0-9_]*%)", lambda found: found.group(0) + " ", text)


def formula_apart(text):
    return "'" + text if re.match(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", text) else text


# How each output writes a text according to docs/outputs.md; the others write it unchanged on one line.
WRITTEN = {
    "codepipeline": in_aws,
    "github": lambda text: line(text).replace("##[", "## ["),
    "dot": lambda text: line(text).replace("\t", " "),
    "gitlab": lambda text: line(text).replace("\t", " "),
    "json": lambda text: text,
    "csv": visible,
    "svg": visible,
    "html": visible,
}
# Places in which the reader evaluates nothing, so an escape cannot be undone there.
UNEVALUATED = {
    "github": (re.compile(r"name"), lambda text: WRITTEN["github"](text).replace("${{", "$ {{")),
    "gitlab": (
        re.compile(r"(.*/)?(name|stage|job|stages/\[\d+\]|needs/\[\d+\])"),
        lambda text: without_variables(WRITTEN["gitlab"](text)),
    ),
}
# Applied to a complete value, after its texts are inserted.
WHOLE = {"csv": formula_apart}
# Undoes the escapes that an output's own reader undoes in each text.
UNDONE = {
    "github": lambda text: text.replace("${{ '${{' }}", "${{"),
    # (by printf, in the jobs)
    "gitlab": lambda text: re.sub(
        r"\\(\\|0044|0045)", lambda found: {"\\": "\\", "0044": "$", "0045": "%"}[found.group(1)], text
    ),
}
# Places of names that an output derives from texts, and the pattern they must match.
NAMES = {
    "codepipeline": (
        re.compile(r"(Stages|Actions|OutputArtifacts|InputArtifacts)/\[\d+\]/(Name|Namespace)$"),
        re.compile(r"[A-Za-z0-9.@_-]{1,100}"),
    ),
    "github": (re.compile(r"/environment$"), re.compile(r"vsm-mock-[A-Za-z0-9_-]{1,90}")),
}
WORD_JOINER = "\u2060"


def same(now, want):
    """Whether the texts are equal, or the first is the second cut with an ellipsis."""
    kept = now.split("…")
    return now == want or (
        len(kept) > 1
        and len(kept[0]) >= 10
        and re.fullmatch(".*".join(map(re.escape, kept)), want, re.DOTALL) is not None
    )


def squeezed(text):
    """The text without what HTML collapses, and without word joiners."""
    return re.sub(r"\s+", " ", text.replace(WORD_JOINER, "")).strip()


def compare(target, expected, found, texts, exact):
    """Yields differences from the output with harmless words: added or lost places, and wrong texts."""
    names, rule = NAMES.get(target, (re.compile(r"$^"), None))
    written, whole = WRITTEN.get(target, line), WHOLE.get(target, str)
    if [place for place, _ in expected] != [place for place, _ in found]:
        added = sorted({place for place, _ in found} - {place for place, _ in expected})[:5]
        lost = sorted({place for place, _ in expected} - {place for place, _ in found})[:5]
        yield f"another shape: added {added}, lost {lost}"
        return
    for (place, harmless), (_, now) in zip(expected, found):
        where = "/".join(place)
        in_page = re.search(r"/text\d+$", where)
        in_diagram = re.search(r"/(node|edge|frame|task|section|title)\b.*/text\d+$", where)
        if WORD.search(harmless) is None:
            if now != harmless:
                yield f"{where}: {harmless!r} became {now!r}"
        elif names.search(where):
            if not rule.fullmatch(now):
                yield f"{where}: not a name: {now!r}"
        elif exact:
            unevaluated, instead = UNEVALUATED.get(target, (re.compile(r"$^"), str))
            write = line if in_diagram else instead if unevaluated.fullmatch(where) else written
            want = whole(WORD.sub(lambda found: write(texts[int(found.group(1))]), harmless))
            if not (same(squeezed(now), squeezed(want)) if in_page else same(now, want)):
                yield f"{where}: {now!r} is not {want!r}"


def ways(table):
    for way, options in (WAYS | ways_to_build(table)).items():
        yield options[options.index("-t") + 1], way, options


class Maps:
    """The maps, built for all outputs; the first contains the harmless words."""

    def __init__(self, vsm, table, folder):
        self.vsm, self.folder = vsm, folder
        self.ways = list(ways(table))
        self.texts = {}
        self.problems = []
        self.add("harmless", lambda number: f"Zq{number}zq")
        for turn in range(len(TEXTS)):
            self.add(f"turn-{turn}", lambda number: TEXTS[(number + turn) % len(TEXTS)])
        for number, text in enumerate(LONG):
            self.add(f"long-{number}", lambda _: text)
        with ThreadPoolExecutor(2) as pool:
            for problems in pool.map(self.build, self.texts):
                self.problems += problems

    def add(self, name, texts):
        text, self.texts[name] = map_of(texts)
        place = self.folder / name
        place.mkdir()
        (place / "map.vsm").write_text(text, encoding="utf-8")

    def build(self, name):
        problems = []
        for target, way, options in self.ways:
            for future in ([], ["--future", "all"]) if way == target else ([],):
                command = [self.vsm, "build", "map.vsm", *options, *future, "-o", f"{way}/", "-q"]
                done = subprocess.run(command, cwd=self.folder / name, capture_output=True, text=True)
                if done.returncode != 0:
                    problems.append(f"{name}: {way}: exit {done.returncode}: {done.stderr}")
        return problems

    def files(self, name, way):
        return sorted((self.folder / name / way).iterdir()) if (self.folder / name / way).is_dir() else []


def read_all(maps):
    """The places and texts of each file, by map and file."""
    reading = Reading()
    keys, taken = [], []
    for name in maps.texts:
        for target, way, _ in maps.ways:
            for file in maps.files(name, way):
                try:
                    taken.append(reading.take(file, UNDONE.get(target, str)))
                    keys.append((name, target, way, file.name))
                except Refused as refused:
                    maps.problems.append(f"{name}: {way}: {refused}")
    return dict(zip(keys, reading.finish(taken)))


def shell_runs(maps, names):
    """Runs what machines would run: workflows and GitLab pipelines in runners, commands of CodePipeline in a shell."""
    # (a workflow with other triggers falls back to defaults where the runner expects a refusal)
    workflows = [file for name in names for way in ("github", "github-environments") for file in maps.files(name, way)]
    done = subprocess.run(
        ["node", HERE / "github/workflow_run.mjs", "--alone", *workflows], capture_output=True, text=True
    )
    if done.returncode != 0:
        yield f"workflows: {done.stdout}{done.stderr}"
    pipelines = [file for name in names for file in maps.files(name, "gitlab-fast")]
    for file in pipelines:
        yield from (f"{file}: {finding}" for finding in gitlab_run.alone_findings(file))
    ran = 0
    for name in names:
        for file in maps.files(name, "codepipeline-commands"):
            template = VALUES[file.suffix](file.read_text(encoding="utf-8"))
            for stage in template["Resources"]["Pipeline"]["Properties"]["Stages"]:
                for action in stage["Actions"]:
                    if "Commands" not in action:
                        continue
                    ran += 1
                    variables = {
                        one["Name"]: one["Value"] if isinstance(one["Value"], str) else "0"
                        for one in action["EnvironmentVariables"]
                    }
                    with tempfile.TemporaryDirectory() as empty:
                        script = "\n".join(action["Commands"])
                        done = subprocess.run(
                            ["sh", "-ec", script],
                            cwd=empty,
                            env={"PATH": os.environ["PATH"], **variables},
                            capture_output=True,
                            text=True,
                        )
                        if done.returncode != 0 or os.listdir(empty):
                            yield f"{file}: {action['Name']}: exit {done.returncode}, left {os.listdir(empty)}: {done.stderr}"
    if not workflows or not pipelines or ran == 0:
        yield f"{len(workflows)} workflows, {len(pipelines)} pipelines and {ran} actions ran: nothing was shown"


def differences_seen(read, texts):
    """Checks the test itself: a changed text and an extra or missing place are found in every output."""
    for (name, target, way, file), items in read.items():
        if name != "harmless" or not items:
            continue
        last = max(number for number, (_, text) in enumerate(items) if WORD.search(text) or number == 0)
        place, text = items[last]
        for wrong in (
            items[:-1],
            [*items, (("more",), "x")],
            [*items[:last], (place, text + " " + "§"), *items[last + 1 :]],
        ):
            if not list(compare(target, items, wrong, texts, True)):
                yield f"{way}: {file}: a difference is not seen"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vsm", type=Path, required=True)
    parser.add_argument("--backends", type=Path, required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        maps = Maps(arguments.vsm.resolve(), arguments.backends, Path(folder))
        problems = maps.problems
        read = read_all(maps)
        for (name, target, way, file), found in read.items():
            if name == "harmless":
                continue
            expected = read.get(("harmless", target, way, file))
            if expected is None:
                problems.append(f"{name}: {way}: {file} is not among the files of harmless words")
                continue
            problems += [
                f"{name}: {way}: {file}: {one}"
                for one in compare(target, expected, found, maps.texts[name], name.startswith("turn"))
            ]
        problems += differences_seen(read, maps.texts["harmless"])
        words = {
            number
            for (name, target, way, _), items in read.items()
            if name == "harmless"
            for _, text in items
            for number in WORD.findall(text)
        }
        missing = set(map(str, range(len(maps.texts["harmless"])))) - words
        if missing:
            problems.append(f"the texts {sorted(missing)} of the map are in no output")
        problems += shell_runs(maps, ["turn-0", "turn-1", "long-2"])
    for problem in problems[:200]:
        print(problem)
    print(
        f"texts: {len(TEXTS) + len(LONG)} texts in {len(maps.texts['harmless'])} places, {len(maps.ways)} ways to build, {len(read)} files read, {len(problems)} findings"
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
