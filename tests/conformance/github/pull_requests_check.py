"""pull_requests_check.py VSM: checks the files to copy from docs/pull-requests.md, the hooks and the action.

The files are read by their readers, pre-commit runs the hooks from a temporary repository, and the steps of action.yml
run on a change, with a `gh` that stores the comments. Exit 0 no findings, 1 findings, 2 cannot run.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import runner_log
import yaml

HERE = Path(__file__).resolve().parent.parent
PROJECT = HERE.parents[1]


def copied(folder):
    """Writes the blocks of the page to their files; several blocks of one file are concatenated."""
    page = (PROJECT / "docs/pull-requests.md").read_text(encoding="utf-8")
    files = {}
    for path, block in re.findall(r"<!-- copy to: (\S+) -->\n```\w+\n(.*?)^```$", page, re.DOTALL | re.MULTILINE):
        files[path] = files.get(path, "") + block
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return files


def run(command, folder, environment=None):
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout


def reader_problems(folder):
    readers = [
        ["node", HERE / "github/workflow_check.mjs", *sorted((folder / ".github/workflows").glob("*.yml"))],
        ["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", folder / ".gitlab-ci.yml"],
        ["check-jsonschema", "--builtin-schema", "vendor.github-actions", PROJECT / "action.yml"],
        [sys.executable, "-m", "pre_commit", "validate-manifest", PROJECT / ".pre-commit-hooks.yaml"],
        [sys.executable, "-m", "pre_commit", "validate-config", folder / ".pre-commit-config.yaml"],
        ["bash", "-n", PROJECT / "scripts/action"],
    ]
    for command in readers:
        code, said = run([str(word) for word in command], folder)
        if code != 0:
            yield f"{Path(command[0]).name} {' '.join(str(word) for word in command[1:3])}: {said}"


def matcher_problems(folder, line):
    pattern = json.loads((folder / ".github/vsm-matcher.json").read_text())["problemMatcher"][0]["pattern"][0]
    found = re.match(pattern["regexp"], line)
    told = found and {name: found[pattern[name]] for name in ("file", "line", "severity", "code")}
    if told != {"file": "maps/a map.vsm", "line": "2", "severity": "error", "code": "VSM0116 space-before-unit"}:
        yield f"the problem matcher makes {told} of {line!r}"


def hook_problems(folder, vsm):
    """Runs the hooks from a repository that contains the manifest, as users configure it."""
    hooks, work = folder / "hooks", folder / "work"
    environment = {
        "PATH": f"{Path(vsm).parent}:{os.environ['PATH']}",
        "HOME": str(folder),
        "PRE_COMMIT_HOME": str(folder / "cache"),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@b.invalid",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@b.invalid",
    }
    hooks.mkdir()
    (hooks / ".pre-commit-hooks.yaml").write_bytes((PROJECT / ".pre-commit-hooks.yaml").read_bytes())
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "hooks"], ["tag", "v1"]):
        run(["git", *command], hooks, environment)
    (work / "maps").mkdir(parents=True)
    config = (folder / "page/.pre-commit-config.yaml").read_text().replace("https://github.com/OWNER/vsm", str(hooks))
    (work / ".pre-commit-config.yaml").write_text(config)
    run(["git", "init", "-q"], work, environment)
    rows = [
        ("a mistake", "stream s {\n  step a { process: 1 h, lead: 2h, ca: 90% }\n}\n", 1, "VSM0116 space-before-unit"),
        (
            "another form",
            "stream s {\n      step a   { process: 1h, lead: 2h, ca: 90% }\n}\n",
            1,
            "files were modified by this hook",
        ),
        ("what the hook made of it", None, 0, "Passed"),
    ]
    for what, text, expected, words in rows:
        if text is not None:
            (work / "maps/a map.vsm").write_text(text)
        run(["git", "add", "."], work, environment)
        code, said = run([sys.executable, "-m", "pre_commit", "run", "--all-files"], work, environment)
        if code != expected or words not in said:
            yield f"pre-commit, {what}: exit {code}: {said}"
    yield from commit_problems(work, environment)


def commit_problems(work, environment):
    """Commits as people make them: maps with imports, deletions, unstaged changes."""
    run([sys.executable, "-m", "pre_commit", "install"], work, environment)
    importer = 'import "teams.vsm"\n\nstream b {\n  step a { team: qa, process: 1h, lead: 2h, ca: 90% }\n}\n'
    teams = 'team qa  "QA"\nteam dev "Dev"\n'
    broken = "stream c {\n  step a { process: 1 h }\n}\n"

    def commit(what, expected, words, stage=("add", "-A"), **files):
        for name, text in files.items():
            path = work / "maps" / f"{name}.vsm"
            path.unlink(missing_ok=True)
            if text is not None:
                path.write_text(text)
        run(["git", *stage], work, environment)
        code, said = run(["git", "commit", "-m", what], work, environment)
        if (code == 0) != expected or words not in said:
            yield f"pre-commit, {what}: exit {code}: {said}"
        run(["git", "reset", "-q", "--hard"], work, environment)

    yield from commit("a map and what it imports", True, "Passed", b=importer, teams=teams)
    yield from commit("a team that a map names is gone", False, "maps/b.vsm:4:", teams='team dev "Dev"\n')
    yield from commit("the teams are gone", False, "maps/b.vsm:1:", teams=None)
    yield from commit(
        "a mistake that is not staged",
        True,
        "Passed",
        stage=("add", "maps/b.vsm"),
        b=importer.replace("2h", "3h"),
        teams=teams + "team {\n",
    )
    yield from commit(
        "a new map that is not staged",
        True,
        "Passed",
        stage=("add", "maps/b.vsm"),
        b=importer.replace("2h", "4h"),
        c=broken,
    )
    (work / "maps/c.vsm").unlink(missing_ok=True)
    yield from commit("the last maps are gone", True, "Passed", b=None, teams=None, **{"a map": None})


GH = """#!/bin/sh
case "$*" in
  *--paginate*) [ ! -e comment ] || echo 77 ;;
  *"--method POST"*issues/5/comments*) [ ! -e comment ] && cp "${6#body=@}" comment ;;
  *"--method PATCH"*issues/comments/77*) cp "${6#body=@}" comment ;;
  *) exit 1 ;;
esac
"""


def value(text, inputs, outputs, base):
    """Evaluates an expression of action.yml: the first name in a chain of `||` that is not empty."""
    known = {f"inputs.{name}": given for name, given in inputs.items()} | outputs
    known |= {
        "github.event.pull_request.base.sha": base,
        "github.event.pull_request.number": "5",
        "github.action_ref": "",
        "github.action_repository": "",
    }
    expression = re.fullmatch(r"\$\{\{ (.*) \}\}", text)
    return next((known[name] for name in expression[1].split(" || ") if known[name]), "") if expression else text


def run_action(work, environment, given, base="main"):
    """Runs the steps of the action; returns the exit code, the log and the summary."""
    action = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
    inputs = {
        name: given.get(name, "" if "${{" in one["default"] else one["default"])
        for name, one in action["inputs"].items()
    }
    outputs, log, files = {}, "", {name: work.parent / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    files["GITHUB_STEP_SUMMARY"].write_text("")
    for step in action["runs"]["steps"]:
        files["GITHUB_OUTPUT"].write_text("")
        own = {name: value(text, inputs, outputs, base) for name, text in step["env"].items()} | {
            name: str(file) for name, file in files.items()
        }
        code, said = run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], work, environment | own
        )
        log += said
        pairs = [line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines()]
        outputs |= {f"steps.{step['id']}.outputs.{name}": text for name, text in pairs}
        if code != 0:
            break
    return code, log, files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")


def action_problems(folder, vsm):
    work, bin_folder = folder / "action", folder / "bin"
    bin_folder.mkdir()
    (bin_folder / "gh").write_text(GH)
    (bin_folder / "gh").chmod(0o755)
    environment = {
        "PATH": f"{bin_folder}:{Path(vsm).parent}:{os.environ['PATH']}",
        "RUNNER_TEMP": str(folder / "tmp"),
        "GITHUB_ACTION_PATH": str(PROJECT),
        "GITHUB_REPOSITORY": "o/r",
        "GIT_CONFIG_GLOBAL": "/dev/null",
    }
    (folder / "tmp").mkdir()
    commit = ["git", "-c", "user.name=a", "-c", "user.email=a@b.invalid", "commit", "-qam", "change"]
    (work / "maps").mkdir(parents=True)
    sample = (PROJECT / "samples/checkout.vsm").read_text(encoding="utf-8")
    (work / "maps/checkout.vsm").write_text(sample)
    for command in (["git", "init", "-qb", "main"], ["git", "add", "."], commit, ["git", "checkout", "-qb", "change"]):
        run(command, work, environment)
    (work / "maps/checkout.vsm").write_text(sample.replace("lead: 5d", "lead: 2d"))
    run(commit, work, environment)
    given = {"paths": "maps\n", "comment": "true"}
    code, log, summary = run_action(work, environment, given)
    comment = (work / "comment").read_text(encoding="utf-8") if (work / "comment").exists() else ""
    if code != 0 or "8d4h → 5d4h" not in summary or "8d4h → 5d4h" not in comment or not (work / "vsm.sarif").exists():
        yield f"the action on a change: exit {code}: {log}\n{summary}\n{comment}"
    (work / "maps/::error::forged $(touch PWNED).vsm").write_text(
        "stream s {\n  step a { process: 1 h, lead: 2h }\n}\n"
    )
    run(["git", "add", "."], work, environment)
    run(commit, work, environment)
    code, log, summary = run_action(work, environment, given)
    commands = [(command.name, command.properties.get("file")) for command in runner_log.read(log)[0]]
    updated = (work / "comment").read_text(encoding="utf-8") if (work / "comment").exists() else ""
    if (
        code != 1
        or commands != [("error", "maps/::error::forged $(touch PWNED).vsm")]
        or "space-before-unit" not in summary
        or updated == comment
    ):
        yield f"the action on a mistake: exit {code}: {commands}: {log}\n{summary}\n{updated}"
    if list(folder.rglob("PWNED")):
        yield "the name of a map was read as shell"
    run(["git", "rm", "-rqf", "maps"], work, environment)
    run(commit, work, environment)
    code, log, summary = run_action(work, environment, given)
    if code != 0 or "is removed" not in summary or not (work / "vsm.sarif").exists():
        yield f"the action where the last map is gone: exit {code}: {log}\n{summary}"
    yield from merge_ref_problems(work, environment)


def merge_ref_problems(work, environment):
    """GitHub merges with the current base; the event may name an older one. Changes of others must not be reported."""
    fast = "stream {name} {{\n  step a {{ process: 1h, lead: {lead}h }}\n}}\n"
    commit = ["git", "-c", "user.name=a", "-c", "user.email=a@b.invalid", "commit", "-qam", "change"]
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.invalid"]
    run(["git", "checkout", "-q", "-f", "main"], work, environment)
    for name, lead in (("own", 2), ("theirs", 3)):
        (work / f"maps/{name}.vsm").write_text(fast.format(name=name, lead=lead))
    run(["git", "add", "."], work, environment)
    run(commit, work, environment)
    stale = run(["git", "rev-parse", "HEAD"], work, environment)[1].strip()
    run(["git", "checkout", "-qb", "asked"], work, environment)
    (work / "maps/own.vsm").write_text(fast.format(name="own", lead=5))
    run(commit, work, environment)
    run(["git", "checkout", "-q", "main"], work, environment)
    (work / "maps/theirs.vsm").write_text(fast.format(name="theirs", lead=50))
    run(commit, work, environment)
    run(["git", "checkout", "-q", "--detach"], work, environment)
    run([*git, "merge", "-q", "--no-edit", "asked"], work, environment)
    merge = run(["git", "rev-parse", "HEAD"], work, environment)[1].strip()
    given = {"paths": "maps\n", "fail-on": "never"}
    for what, more, base, others in (
        ("a merge ref", {"GITHUB_REF": "refs/pull/5/merge", "GITHUB_SHA": merge}, stale, False),
        # the head of the pull request is a merge of its own
        ("another merge", {"GITHUB_REF": "refs/pull/5/merge", "GITHUB_SHA": stale}, stale, True),
        ("a branch", {"GITHUB_REF": "refs/heads/main"}, stale, True),
    ):
        code, log, summary = run_action(work, environment | more, given, base)
        if code != 0 or "2h → 5h" not in summary or ("3h → " in summary) != others:
            yield f"the action on {what}: exit {code}: {log}\n{summary}"
    yield from path_problems(work, environment, commit)


def path_problems(work, environment, commit):
    """Paths whose last map went long ago, clones that hold little, and a branch that is not here."""
    slow = "stream own {{\n  step a {{ process: 1h, lead: {lead}h }}\n}}\n"
    run(["git", "rm", "-qrf", "--ignore-unmatch", "maps"], work, environment)
    (work / "more").mkdir()
    (work / "more/own.vsm").write_text(slow.format(lead=2))
    (work / "broken.vsm").write_text("stream s {")
    run(["git", "add", "."], work, environment)
    run(commit, work, environment)
    run(["git", "branch", "-f", "before"], work, environment)
    (work / "more/own.vsm").write_text(slow.format(lead=7))
    run(commit, work, environment)
    clone = work.parent / "clone"
    run(["git", "branch", "-f", "after"], work, environment)
    run(["git", "clone", "-q", "--depth", "2", "-b", "after", work.as_uri(), str(clone)], work.parent, environment)
    for place in (work, clone):
        for what, paths, told in (("one of two paths", "maps\nmore\n", True), ("the only path", "maps\n", False)):
            code, log, summary = run_action(place, environment, {"paths": paths, "against": "HEAD~1"})
            if code != 0 or ("2h → 7h" in summary) != told or not (place / "vsm.sarif").exists():
                yield f"the action where {what} has no map: exit {code}: {log}\n{summary}"
    code, log, summary = run_action(work, environment, {"paths": "nowhere\n", "against": "HEAD~1"})
    if code != 2:
        yield f"the action on a path that never was: exit {code}: {log}\n{summary}"
    code, log, summary = run_action(clone, environment, {"paths": "more\n", "against": "before"})
    if code != 0 or "2h → 7h" not in summary:
        yield f"the action against a branch that is not here: exit {code}: {log}\n{summary}"


def main(vsm):
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        files = copied(folder / "page")
        problems = [] if len(files) >= 7 else [f"the page has only {list(files)}"]
        problems += reader_problems(folder / "page")
        problems += hook_problems(folder, vsm)
        problems += action_problems(folder, vsm)
        (folder / "work/maps/a map.vsm").write_text("stream s {\n  step a { process: 1 h, lead: 2h, ca: 90% }\n}\n")
        problems += matcher_problems(
            folder / "page", run([vsm, "lint", "maps", "-q", "--format", "concise"], folder / "work")[1].split("\n")[0]
        )
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"pull requests: {len(files)} files of the page, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(str(Path(sys.argv[1]).resolve())))
