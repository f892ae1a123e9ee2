"""git_disguises.py VSM [CHANGES [SEED]]: moving text about does not change whether a change makes a target worse.

Applies random changes to maps with targets, plainly and disguised: the file renamed, the stream renamed with it,
streams split off, joined and swapped between files, the text formatted differently, teams moved into an import. `diff
--against HEAD --fail-on worse` must have the same exit code, and report the same streams as worse. Exit 0 no findings,
1 findings.
"""

import copy
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ledger import check, closed


def stream_text(stream, neat):
    """One stream, `neat` or sloppily formatted."""
    lines = []
    for step in stream["steps"]:
        rework = f", rework 10% to {step['rework']}" if step.get("rework") else ""
        if neat:
            lines.append(
                f"  step {step['name']} {{ team: {step['team']}, process: {step['process']}min, lead: {step['lead']}h{rework} }}\n"
            )
        else:
            lines.append(
                f"\n\n  # in a hurry\n  step {step['name']}\n  {{\n    lead: {step['lead'] * 60}min\n    process: {step['process']}min\n    team: {step['team']}{rework.replace(', ', chr(10) + '    ', 1)}\n  }}\n"
            )
    for metric, relation, bound in stream["targets"]:
        lines.append(f"  target {metric} {relation} {bound} by 2027-03-31\n")
    return f'stream {stream["name"]} "{stream["title"]}" {{\n{"".join(lines)}}}\n'


def texts_of(files, neat=True, imported=False):
    """The files of a version. Each declares the teams, or imports them."""
    teams = 'team dev "Dev"\nteam ops "Ops"\n'
    texts = {}
    for path, streams in files.items():
        up = "../" * path.count("/")
        texts[path] = (f'import "{up}teams.vsm"\n' if imported else teams) + "".join(
            stream_text(one, neat) for one in streams
        )
    if imported:
        texts["teams.vsm"] = teams
    return texts


def made(chance):
    files, number = {}, 0
    for path in ("a.vsm", "maps/b.vsm", "maps/c.vsm"):
        files[path] = []
        for _ in range(chance.randrange(1, 4)):
            number += 1
            steps = [
                {
                    "name": f"{word}{number}",
                    "team": chance.choice(["dev", "ops"]),
                    "process": chance.randrange(5, 60),
                    "lead": chance.randrange(2, 40),
                }
                for word in chance.sample(["plan", "build", "test", "review", "ship", "watch"], chance.randrange(3, 6))
            ]
            if chance.random() < 0.3:
                steps[-1]["rework"] = steps[0]["name"]
            targets = [("lead_time", "<=", f"{chance.randrange(5, 90)}h")]
            if chance.random() < 0.4:
                targets.append(("process_time", "<=", f"{chance.randrange(60, 300)}min"))
            files[path].append({"name": f"s{number}", "title": f"Stream {number}", "steps": steps, "targets": targets})
    return files


def changed(files, chance):
    files = copy.deepcopy(files)
    for _ in range(chance.randrange(1, 4)):
        stream = chance.choice([one for streams in files.values() for one in streams])
        step = chance.choice(stream["steps"])
        kind = chance.choice(["lead", "lead", "lead", "process", "drop", "add", "target", "no target", "tighter"])
        if kind == "lead":
            step["lead"] = max(1, step["lead"] + chance.choice([-2, -1, 1, 2, 5]))
        elif kind == "process":
            step["process"] = chance.randrange(5, 60)
        elif (
            kind == "drop"
            and len(stream["steps"]) > 3
            and not any(one.get("rework") == step["name"] for one in stream["steps"])
        ):
            stream["steps"].remove(step)
        elif kind == "add":
            stream["steps"].append(
                {"name": f"more_{len(stream['steps'])}", "team": "dev", "process": 5, "lead": chance.randrange(1, 9)}
            )
        elif kind == "target":
            stream["targets"] = [("lead_time", "<=", f"{chance.randrange(5, 90)}h")]
        elif kind == "no target":
            stream["targets"] = []
        elif kind == "tighter":
            stream["targets"].append(("lead_time", "<=", f"{chance.randrange(2, 20)}h"))
    return files


def disguises(files, chance):
    """Pairs of a name and texts with the same streams."""
    paths = list(files)
    one, other = chance.sample(paths, 2)
    renamed = {f"elsewhere/{path}" if path == one else path: streams for path, streams in files.items()}
    yield "renamed", texts_of(renamed)
    twice = copy.deepcopy(renamed)
    twice[f"elsewhere/{one}"][0]["name"] += "_called_otherwise"
    yield "renamed with its stream", texts_of(twice)
    split = {path: list(streams) for path, streams in files.items()}
    split["split.vsm"] = [split[one].pop()]
    if not split[one]:
        del split[one]
    yield "split", texts_of(split)
    joined = {path: list(streams) for path, streams in files.items()}
    joined[other] += joined.pop(one)
    yield "joined", texts_of(joined)
    yield (
        "swapped",
        texts_of(
            {other if path == one else one if path == other else path: streams for path, streams in files.items()}
        ),
    )
    crossed = {path: list(streams) for path, streams in files.items()}
    crossed[one][0], crossed[other][0] = crossed[other][0], crossed[one][0]
    yield "streams swapped", texts_of(crossed)
    yield "written otherwise", texts_of(files, neat=False)
    yield "with an import", texts_of(files, imported=True)
    yield "split, written otherwise and with an import", texts_of(split, neat=False, imported=True)


def write(folder, texts):
    for old in folder.iterdir():
        if old.is_dir() and old.name != ".git":
            shutil.rmtree(old)
        elif old.suffix == ".vsm":
            old.unlink()
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def main(arguments):
    if not 1 <= len(arguments) <= 3:
        print(__doc__, file=sys.stderr)
        return 2
    binary = str(Path(arguments[0]).resolve())
    count, seed = (int(one) for one in (arguments[1:] + ["100", "1"][len(arguments) - 1 :]))
    verdicts = {0: 0, 1: 0}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {"PATH": os.environ["PATH"], "HOME": name, "GIT_CONFIG_NOSYSTEM": "1"}
        environment |= {key: value for key, value in os.environ.items() if key.startswith(("ASAN_", "UBSAN_", "LSAN_"))}
        environment |= {
            f"GIT_{who}_{what}": "n@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }

        def git(*words):
            subprocess.run(["git", *words], cwd=folder, env=environment, check=True, capture_output=True)

        def verdict(texts):
            """The exit code, and the titles of the worse streams."""
            write(folder, texts)
            done = subprocess.run(
                [binary, "diff", "--against", "HEAD", "--fail-on", "worse", "--format", "json", "-q"],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
            )
            if done.returncode == 2:
                return 2, done.stderr
            told = json.loads(done.stdout) if done.stdout else {"maps": []}
            return done.returncode, sorted(
                stream["title"]
                for one in told["maps"]
                for stream in one["streams"]
                if any(target["worse"] for target in stream["targets"])
            )

        git("init", "-q", "-b", "main")
        git("config", "gc.auto", "0")  # it would tidy up beside the commands here
        for i in range(count):
            chance = random.Random(seed * 100_000 + i)
            before = made(chance)
            after = changed(before, chance)
            write(folder, texts_of(before))
            git("add", "-A")
            git("commit", "-q", "--allow-empty", "-m", str(i))
            plain = verdict(texts_of(after))
            check(plain[0] in verdicts, f"change {i}: exit {plain[0]}: {plain[1]}")
            verdicts[plain[0]] = verdicts.get(plain[0], 0) + 1
            for what, texts in disguises(after, chance):
                check(
                    verdict(texts) == plain, f"change {i} of seed {seed}, {what}: {verdict(texts)} instead of {plain}"
                )
            for what, texts in disguises(before, chance):
                check(verdict(texts) == (0, []), f"no change {i} of seed {seed}, {what}: {verdict(texts)}")
    check(min(verdicts[0], verdicts[1]) > count / 10, f"nearly all changes have one verdict: {verdicts}")
    return closed("git disguises", f"; {count} changes, {verdicts[1]} worse")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
