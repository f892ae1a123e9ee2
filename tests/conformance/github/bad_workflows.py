"""Workflows that their readers accept, and workflows that each must refuse."""

import json

from inputs import one, without

WORKFLOW = """\
name: Checkout
on:
  workflow_dispatch:
    inputs:
      scale: {description: "Seconds a day", default: "1"}
permissions: {}
jobs:
  review:
    name: "Review the change: 45min, ${{ '${{' }} as text }}"
    runs-on: ubuntu-latest
    steps:
      - env: {TEXT: "a"}
        run: printf '%s\\n' "$TEXT" >>"$GITHUB_STEP_SUMMARY"
  build:
    needs: [review]
    if: inputs.scale == '1'
    runs-on: ubuntu-latest
    steps:
      - run: echo built
"""

RUNNABLE = """\
on:
  workflow_dispatch:
    inputs:
      seconds_per_day: {default: "1"}
      defect: {type: choice, options: [none, review-to-review], default: none}
      route: {type: choice, options: [normal, standard], default: normal}
  push: null
  workflow_call:
    inputs:
      seconds_per_day: {type: string, default: "1"}
      defect: {type: string, default: none}
      route: {type: string, default: normal}
defaults: {run: {shell: bash}}
env:
  CLOCK: "${{ inputs.seconds_per_day || '0.001' }}"
jobs:
  start:
    runs-on: ubuntu-latest
    steps:
      - name: Say it
        env: {TEXT: "; touch PWNED ${{ '${{' }}", DEFECT: "${{ inputs.defect || 'none' }}", ROUTE: "${{ inputs.route || 'normal' }}"}
        run: |
          [[ $CLOCK =~ ^[0-9]+(\\.[0-9]+)?$ ]] || exit 1
          case $DEFECT in none | review-to-review) ;; *) exit 1 ;; esac
          case $ROUTE in normal | standard) ;; *) exit 1 ;; esac
          printf '> %s\\n' "$TEXT"
          printf '```mermaid\\nflowchart TD\\n```\\n' >>"$GITHUB_STEP_SUMMARY"
  review:
    runs-on: ubuntu-latest
    needs: start
    steps:
      - {name: Review, env: {TEXT: Review it, DAYS: "1.5"}, run: "printf '> %s\\\\n' \\"$TEXT\\"; sleep $(awk \\"BEGIN { s = $DAYS * $CLOCK; print s < 0 ? 0 : s }\\")"}
  rework-review-to-review:
    runs-on: ubuntu-latest
    needs: review
    if: (inputs.defect || 'none') == 'review-to-review'
    steps: [{name: Again, run: "echo '> Again: Review it'"}]
  normal:
    runs-on: ubuntu-latest
    needs: rework-review-to-review
    if: (inputs.route || 'normal') == 'normal' && !failure() && !cancelled()
    steps: [{name: Normal, env: {DAYS: "0.25"}, run: "echo '> Approve it'"}]
  standard:
    runs-on: ubuntu-latest
    needs: rework-review-to-review
    if: (inputs.route || 'normal') == 'standard' && !failure() && !cancelled()
    steps: [{name: Standard, env: {DAYS: "0.5"}, run: "echo '> standard'"}]
  deploy:
    runs-on: ubuntu-latest
    needs: [normal, standard]
    if: "!failure() && !cancelled()"
    steps: [{name: Deploy, run: "echo '> deploy'"}]
  figures:
    runs-on: ubuntu-latest
    needs: deploy
    if: always()
    steps:
      - name: Figures
        env:
          MARKDOWN: |
            ## Figures of the map

            - lead time without rework: **1d6h**
            - process time: **?**
            - activity ratio: **12.5%**
            - rolled %C&amp;A: **at most 90.0%**

            | Step | Kind | Stage | Team | Process time | Wait before | Lead time | %C&amp;A | Share of items |
            |---|---|---|---|--:|--:|--:|--:|--:|
            | Review \\| it | manual | | | | | 1d4h (1d to 2d) | 90% | |
            | Approve it | approval | | | | | 2h | | 50% |
            | standard | manual | | | | | 4h | | 50% |
            | deploy | manual | | | | | ? | | |
        run: printf '%s\\n' "$MARKDOWN" >>"$GITHUB_STEP_SUMMARY"
"""


def model_of_runnable():
    """The model of the stream that RUNNABLE acts out, in the form of `vsm ir`."""
    elements = []

    def add(kind, label, parent=None, predecessors=(), share=1, title=None, **more):
        element = {"id": len(elements), "kind": kind, "name": label, "label": label, "title": title, "parent": parent}
        elements.append(element | {"children": [], "predecessors": list(predecessors), "share": share} | more)
        if parent is not None:
            elements[parent]["children"].append(element["id"])
        return element["id"]

    def step(label, done="manual", reworks=(), **more):
        return add("step", label, step={"done": done, "reworks": list(reworks)}, **more)

    review = step("review", reworks=[{"to": 0}], title="Review it")
    route = add("choose", "route", predecessors=[review])
    step("normal", "approval", parent=add("branch", "normal", route, share=0.5), share=0.5, title="Approve it")
    step("standard", parent=add("branch", "standard", route, share=0.5), share=0.5)
    deploy = step("deploy", predecessors=[route])
    return {"streams": [{"name": "s", "body": [review, route, deploy], "elements": elements}]}


def figures_of_runnable():
    """The metrics of that stream, in the form of `vsm metrics`."""

    def time(hours, text):
        return {"seconds": 3600 * hours, "text": text}

    def element(name, kind, lead):
        return {
            "name": name,
            "kind": kind,
            "lead_time": lead,
            "process_time": lead,
            "wait_time": lead and time(0, "0s"),
        }

    elements = [
        element("review", "step", time(12, "1d4h")),
        element("route", "choose", time(3, "3h")),
        element("normal", "step", time(2, "2h")),
        element("standard", "step", time(4, "4h")),
        element("deploy", "step", None),
    ]
    stream = {
        "name": "s",
        "calendar": {"hours_per_day": 8},
        "lead_time": time(14, "1d6h"),
        "process_time": None,
        "elements": elements,
    }
    return {"streams": [stream | {"activity_ratio": 0.125, "rolled_ca": None}]}


def runnable(old=None, new=None, target="github"):
    """RUNNABLE with `new` for `old`, and the files it is compared with, in the folders that outputs.py makes."""
    workflow = RUNNABLE if old is None else without(RUNNABLE, old, new)
    return {
        f"a/{target}/s.github.yml": workflow,
        "a/ir/a.json": json.dumps(model_of_runnable()),
        "a/metrics/a.json": json.dumps(figures_of_runnable()),
        "a/mermaid/s.mmd": "flowchart TD\n",
    }


def started(old=None, new=None):
    """The same files for two triggers: a person, and a push."""
    return runnable(old, new) | runnable(old, new, target="github-on-push")


GOOD = {
    "workflow": one("a.yml", WORKFLOW),
    "workflow-schema": one("a.yml", WORKFLOW),
    "workflow-run": runnable(),
    "workflow-act": started(),
}

BAD = {
    "workflow": {
        "depends on unknown job": one("a.yml", without(WORKFLOW, "[review]", "[revue]")),
        "[job-needs, actionlint]": one("a.yml", without(WORKFLOW, "[review]", "[revue]")),
        "Unexpected value 'permission'": one("a.yml", without(WORKFLOW, "permissions:", "permission:")),
        'property "scael" is not defined': one("a.yml", without(WORKFLOW, "inputs.scale", "inputs.scael")),
        "[workflow-parser]": one("a.yml", without(WORKFLOW, "  build:", "  " + "b" * 101 + ":")),
        "bytes, and GitHub takes": one("a.yml", WORKFLOW + "# " + "x" * 500_000 + "\n"),
        "is potentially untrusted": one(
            "a.yml", without(WORKFLOW, "echo built", "echo ${{ github.event.issue.title }}")
        ),
    },
    "workflow-schema": {
        "'permission' was unexpected": one("a.yml", without(WORKFLOW, "permissions:", "permission:")),
    },
    "workflow-run": {
        "job standard: step Standard: exit 1": runnable("echo '> standard'", "echo '> standard'; exit 1"),
        "leaves the file PWNED": runnable("echo '> Approve it'", "echo '> Approve it' ${{ '$(touch PWNED)' }}"),
        "prints a command: ::error::x": runnable("echo '> Approve it'", "echo '> Approve it'; echo ::error::x"),
        "writes to GITHUB_ENV: A=1": runnable("echo '> Approve it'", "echo '> Approve it'; echo A=1 >>$GITHUB_ENV"),
        "job deploy is skipped, although normal ran": runnable('    if: "!failure() && !cancelled()"\n', ""),
        'seconds_per_day "-1" is not refused': runnable("^[0-9]+", "^-?[0-9]+"),
        'seconds_per_day "$(touch PWNED)": job start: step Say it: leaves the file PWNED': runnable(
            "[[ $CLOCK", "eval echo $CLOCK; [[ $CLOCK"
        ),
        'route "*" is not refused': runnable("case $ROUTE in normal | standard)", "case $ROUTE in *)"),
        # a push starts it without inputs
        "{}: job normal: skipped, and should run": runnable(
            "(inputs.route || 'normal') == 'normal'", "inputs.route == 'normal'"
        ),
        "order: review does not come before normal": runnable(
            "needs: rework-review-to-review\n    if: (inputs.route || 'normal') == 'normal'",
            "needs: start\n    if: (inputs.route || 'normal') == 'normal'",
        ),
        "order: normal comes before standard": runnable(
            "needs: rework-review-to-review\n    if: (inputs.route || 'normal') == 'standard'",
            "needs: [rework-review-to-review, normal]\n    if: (inputs.route || 'normal') == 'standard'",
        ),
        "normal does not need rework-review-to-review": runnable(
            "needs: rework-review-to-review\n    if: (inputs.route || 'normal') == 'normal'",
            "needs: review\n    if: (inputs.route || 'normal') == 'normal'",
        ),
        "step deploy has no job": {
            file: text.replace("  deploy:", "  deplay:").replace("needs: deploy", "needs: deplay")
            for file, text in runnable().items()
        },
        "input route: standard of normal,standard, not normal of normal,standard": runnable(
            "route: {type: choice, options: [normal, standard], default: normal}",
            "route: {type: choice, options: [normal, standard], default: standard}",
        ),
        "input defect: none, not none,review-to-review": runnable(
            "options: [none, review-to-review]", "options: [none]"
        ),
        "job rework-review-to-review: success, and the defect is none": runnable(
            "if: (inputs.defect || 'none') == 'review-to-review'", "if: always()"
        ),
        "the second pass of review-to-review ends with > Again: Approve it": runnable(
            "echo '> Again: Review it'", "echo '> Again: Approve it'"
        ),
        "job normal does not say Approve it": runnable("echo '> Approve it'", "echo '> Refuse it'"),
        "step normal: environment production, not undefined": runnable(
            "    steps: [{name: Normal", "    environment: production\n    steps: [{name: Normal"
        ),
        "step normal: environment undefined, not vsm-mock-normal": runnable(target="github-environments"),
        "step normal: its reviewers are asked before what comes before it": runnable(
            "    steps: [{name: Normal",
            "    environment: vsm-mock-normal\n    steps: [{name: Wait, run: 'true'}, {name: Normal",
            target="github-environments",
        ),
        "the jobs play 65700 s of working time, and the map has 64800 s": runnable('DAYS: "0.5"', 'DAYS: "0.53125"'),
        "slept  s, not 0.0075": runnable("; sleep $(awk", "; : $(awk"),
        "slept 0.015 s, not 0.0075": runnable("s = $DAYS * $CLOCK", "s = 2 * $DAYS * $CLOCK"),
        "summary: lead time: 1d7h, not 1d6h": runnable("**1d6h**", "**1d7h**"),
        "summary: process time: 0s, not unknown": runnable("process time: **?**", "process time: **0s**"),
        "summary: activity ratio: nothing, not 12.5%": runnable("- activity ratio: **12.5%**\n", "\n"),
        "summary: lead time of standard: 4h30min, not 4h": runnable("| 4h |", "| 4h30min |"),
        "summary: 3 rows, not 4": runnable("            | deploy | manual | | | | | ? | | |\n", ""),
        "summary: another diagram than the flowchart": runnable("flowchart TD", "flowchart LR"),
        "summary: no diagram": runnable("```mermaid", "```"),
    },
    "workflow-act": {
        "exit 1: ": started("echo '> deploy'", "echo '> deploy'; exit 1"),
        "leaves the file ./PWNED": started("echo '> Approve it'", "echo '> Approve it' ${{ '$(touch PWNED)' }}"),
        "job normal begins before review is over": {
            # a direct dependency makes this deterministic: act runs independent jobs in any order
            file: text.replace("needs: start", "needs: normal").replace(
                "needs: rework-review-to-review", "needs: start", 1
            )
            for file, text in started().items()
        },
        "job deploy: undefined, and should run": started('    if: "!failure() && !cancelled()"\n', ""),
        "job rework-review-to-review: undefined, and the defect is review-to-review": started(
            "(inputs.defect || 'none') == 'review-to-review'", "(inputs.defect || 'none') == 'review'"
        ),
        "push {}: job normal: undefined, and should run": started(
            "(inputs.route || 'normal') == 'normal'", "inputs.route == 'normal'"
        ),
        "summary: lead time: 1d7h, not 1d6h": started("**1d6h**", "**1d7h**"),
        "summary: another diagram than the flowchart": started("flowchart TD", "flowchart LR"),
    },
}
