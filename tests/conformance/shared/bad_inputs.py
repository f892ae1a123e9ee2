"""For each reader of readers.py, an input it accepts, and inputs it must refuse, keyed by part of the error message."""

import json
import re

from bad_pipelines import BAD_PLAYS, BAD_SERVICES, BAD_SHAPES, GOOD
from readers import HERE
from mock_pipeline_check import KINDS, OTHER_KIND, SHIPPED

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


def without(text, old, new):
    assert text.count(old) == 1, old
    return text.replace(old, new)


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


TEMPLATE = """\
Resources:
  Bucket:
    Type: AWS::S3::Bucket
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: codepipeline.amazonaws.com}}
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      PipelineType: V2
      RoleArn: !GetAtt Role.Arn
      ArtifactStore: {Type: S3, Location: !Ref Bucket}
      Stages:
        - Name: Source
          Actions:
            - Name: Trigger
              ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}
              Configuration: {S3Bucket: !Ref Bucket, S3ObjectKey: map.zip, PollForSourceChanges: "false"}
              OutputArtifacts: [{Name: Map}]
        - Name: Release
          Actions:
            - Name: Approve
              ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}
              Configuration: {CustomData: "Approve the change"}
"""

FLOWCHART = """\
flowchart LR
  n1["Review the change<br/>45min"] --> n2{"route"}
  n2 -->|"70%"| n3(["Approve"])
  n3 -. "rework 15%" .-> n1
"""

TYPED_YAML = 'a: "no"\nb: [1, true, null, "1e3", "2024-01-01"]\n'
TYPED_JSON = '{"a": "no", "b": [1, true, null, "1e3", "2024-01-01"]}'


SCHEMA = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {"name": {"type": "string"}, "day": {"type": "string", "format": "date"}},
  "required": ["name"],
  "additionalProperties": false
}"""


def shipped_pipeline():
    """A template as text that mock_pipeline_check.py accepts."""

    def action(name, order):
        category, provider = KINDS.get(name, OTHER_KIND).split("/")
        return {"Name": name, "RunOrder": order, "ActionTypeId": {"Category": category, "Provider": provider}}

    stages = [
        {
            "Name": stage,
            "Actions": [action(name, 10 * order) for order, wave in enumerate(waves, 1) for name in sorted(wave)],
        }
        for stage, waves in SHIPPED.items()
    ]
    return json.dumps({"Resources": {"P": {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Stages": stages}}}})


def one(name, text):
    return {name: text}


def pair(yaml, json=TYPED_JSON):
    return {"a.yaml": yaml, "a.json": json}


def under_schema(value, schema=SCHEMA):
    return {"schema.json": schema, "a.json": value}


FIGURES = {
    "name": "a",
    "of": None,
    "lead_time": {"text": "8d4h"},
    "process_time": None,
    "activity_ratio": 0.0688,
    "rolled_ca": None,
}
TOTALS = "lead time: 8d4h, process time: ?, activity ratio: 6.9%, rolled %C&A: ?"


def outputs_with(totals=TOTALS, **others):
    """The outputs of one map: each states `totals`, or the text that `others` has for its target."""
    files = {"a/metrics/a.json": json.dumps({"streams": [FIGURES]})}
    for target in ["codepipeline", "codepipeline-json", "github", "gitlab", "mermaid", "mermaid-gantt", "dot"]:
        files[f"a/{target}/a.txt"] = others.get(target, totals)
    return files


REPORT = """\
**Orders** takes 3d of working time.

```mermaid
flowchart TD
    n1["Review"] --> n2["End"]
```

<details><summary>All figures</summary>

|  | process |
|---|---:|
| Review | 1d |

|  |  |
|---|---|
| lead time | 8d4h |
| process time | at least 1d |
| activity ratio | 6.9% |
| rolled %&#8288;C&#38;&#8288;A | ? |

</details>
"""


def report_of(report):
    """A report beside the metrics and the model of its stream."""
    model = {
        "streams": [
            {"name": "a", "title": "Orders", "elements": [{"kind": "step", "name": "review", "title": "Review"}]}
        ]
    }
    return {
        "a/metrics/a.json": json.dumps({"streams": [FIGURES]}),
        "a/ir/a.json": json.dumps(model),
        "a/markdown/a.md": report,
    }


CHART = """\
gantt
    title S · lead time 3d, process time 1d, activity ratio 33.3%
    dateFormat x
    axisFormat %s d
    section One
    Begin :milestone, 0, 0ms
    Review the #99;hange, wait 2d :done, 0, 2000ms
    Review the #99;hange, 1d :active, 2000, 1000ms
    15% goes back :milestone, 3000, 0ms
    End :milestone, 3000, 0ms
"""


def chart_of(chart):
    """A chart beside the model and the metrics of a stream of one step."""
    day = 8 * 3600
    times = {
        "lead_time": {"seconds": 3 * day, "text": "3d"},
        "process_time": {"seconds": day},
        "wait_time": {"seconds": 2 * day},
    }
    element = {
        "kind": "step",
        "name": "r",
        "label": "r",
        "title": "Review the change",
        "step": {"reworks": [{"rate": 0.15}]},
    }
    stream = {"name": "s", "of": None, "calendar": {"hours_per_day": 8}, **times, "elements": [{"name": "r", **times}]}
    return {
        "a/metrics/a.json": json.dumps({"streams": [stream]}),
        "a/json/s.json": json.dumps({"streams": [{"elements": [element]}]}),
        "a/mermaid-gantt/s.gantt.mmd": chart,
    }


GRAPH = """\
digraph g {
  n1 [label="Begin"] n2 [label="Review & decide\\n45min"] n3 [label="Usual"] n4 [label="Deploy"] n5 [label="End\\nlead time 3d"]
  n1 -> n2 n2 -> n3 [label="70% usual"] n2 -> n4 [label="30%"] n3 -> n4 n4 -> n5
  n4 -> n2 [label="15% back", style=dotted, constraint=false]
}
"""


def graph_of(graph):
    """A graph beside the model of a stream: a step, a choose with an empty branch, and a step with rework."""

    def element(identity, kind, title=None, parent=None, after=(), children=(), **more):
        return {
            "id": identity,
            "kind": kind,
            "title": title,
            "name": None,
            "label": f"@{kind}-{identity}",
            "parent": parent,
            "predecessors": list(after),
            "children": list(children),
            **more,
        }

    elements = [
        element(0, "step", "Review & decide", step={"reworks": []}),
        element(1, "choose", after=[0], children=[2, 4]),
        element(2, "branch", parent=1, children=[3], branch={"resolved_share": 0.7}),
        element(3, "step", "Usual", parent=2, step={"reworks": []}),
        element(4, "branch", parent=1, branch={"resolved_share": 0.3}),
        element(5, "step", "Deploy", after=[1], step={"reworks": [{"rate": 0.15, "to": 0}]}),
    ]
    stream = {"name": "s", "of": None, "lead_time": {"text": "3d"}}
    return {
        "a/metrics/a.json": json.dumps({"streams": [stream]}),
        "a/json/s.json": json.dumps({"streams": [{"trigger": "Begin", "customer": None, "elements": elements}]}),
        "a/dot/s.dot": graph,
    }


PIPELINE = """\
stages: [Start, All]
variables:
  DEFECT: {value: none, options: [none, r-to-r]}
  CHOOSE_K: {value: x, options: [x, y]}
.play:
  stage: All
  script: 'printf "%s" "$PLAYS"; [ -z "$METRICS" ] || printf "%s" "$METRICS" >metrics.txt'
1 Start:
  stage: Start
  needs: []
  script: "printf '> S\\n'"
2 Wait 2d · Review:
  extends: .play
  needs: [1 Start]
  when: delayed
  start_in: 1 second
  variables: {PLAYS: "> Wait 2d before: Review\\n"}
3 Review:
  extends: .play
  needs: ["2 Wait 2d · Review"]
  variables: {PLAYS: "> Review. process time: 1d\\n"}
4 Rework:
  extends: .play
  needs: [3 Review]
  rules: [{if: '$DEFECT == "r-to-r"'}]
  variables: {PLAYS: "> Again: Review. process time: 1d\\n"}
5 Approve:
  extends: .play
  needs: [3 Review, {job: 4 Rework, optional: true}]
  rules: [{if: '$CHOOSE_K == "x"', when: manual, allow_failure: false}]
  variables: {PLAYS: "> Approve (approved by dev). process time: 0s\\n"}
6 Figures:
  extends: .play
  needs: [3 Review, {job: 4 Rework, optional: true}, {job: 5 Approve, optional: true}]
  variables:
    PLAYS: "> lead time: 3d\\n> process time: 1d\\n> activity ratio: 33.3%\\n> rolled %C&A: ?\\n"
    METRICS: "vsm_lead_time_seconds{stream=\\"s\\"} 86400\\nvsm_process_time_seconds{stream=\\"s\\"} 28800\\nvsm_activity_ratio{stream=\\"s\\"} 0.333\\n"
"""


TOO_LATE = "5 Approve:\n  extends: .play\n  needs: [3 Review, "
TOO_EARLY = "5 Approve:\n  extends: .play\n  needs: [1 Start, "


def pipeline_of(pipeline):
    """A pipeline beside the model and the metrics of its stream: a step with rework, a choose with an empty branch."""
    day = 8 * 3600

    def element(identity, kind, label, title=None, parent=None, after=(), children=(), **more):
        return {
            "id": identity,
            "kind": kind,
            "title": title,
            "name": None,
            "label": label,
            "parent": parent,
            "predecessors": list(after),
            "children": list(children),
            **more,
        }

    elements = [
        element(
            0,
            "step",
            "r",
            "Review",
            step={"process": {"kind": "fixed"}, "wait": None, "done": "manual", "reworks": [{"rate": 0.15, "to": 0}]},
        ),
        element(1, "choose", "k", after=[0], children=[2, 4]),
        element(2, "branch", "x", parent=1, children=[3]),
        element(
            3,
            "step",
            "a",
            "Approve",
            parent=2,
            step={"process": {"kind": "fixed"}, "wait": None, "done": "approval", "reworks": []},
        ),
        element(4, "branch", "y", parent=1),
    ]
    times = [{"name": "r", "wait_time": {"seconds": 2 * day}}, {"name": "a", "wait_time": {"seconds": 0}}]
    stream = {
        "name": "s",
        "of": None,
        "calendar": {"hours_per_day": 8},
        "lead_time": {"seconds": 3 * day, "text": "3d"},
        "process_time": {"seconds": day, "text": "1d"},
        "activity_ratio": 0.333,
        "rolled_ca": None,
        "elements": times,
    }
    return {
        "a/metrics/a.json": json.dumps({"streams": [stream]}),
        "a/json/s.json": json.dumps({"streams": [{"elements": elements}]}),
        "a/gitlab/s.gitlab-ci.yml": pipeline.replace("start_in: 1 second", "start_in: 2 seconds"),
        "a/gitlab-fast/s.gitlab-ci.yml": pipeline,
    }


TABLE = 'name,title,element\nreview,"Review, the change",step\n,An hour,wait\n'
MODEL = '{"streams": [{"elements": [{"kind": "step", "name": "review"}, {"kind": "wait", "name": null}]}]}'


def table(text):
    return {"a.csv": text, "a.json": MODEL}


DRAWING = (HERE.parent / "golden/samples/checkout/checkout.svg").read_text(encoding="utf-8")


def drawn(svg=DRAWING, lead=246000, process=16920):
    figures = {"streams": [{"name": "checkout", "lead_time": {"seconds": lead}, "process_time": {"seconds": process}}]}
    return {"m/svg/checkout.svg": svg, "m/metrics/m.json": json.dumps(figures)}


PAGE = (HERE.parent / "golden/samples/checkout/checkout.html").read_text(encoding="utf-8")

GOOD_INPUTS = {
    "html": one("a.html", PAGE),
    "svg": drawn(),
    "mermaid": one("a.mmd", FLOWCHART),
    "workflow": one("a.yml", WORKFLOW),
    "workflow-schema": one("a.yml", WORKFLOW),
    "workflow-run": runnable(),
    "workflow-act": started(),
    "cloudformation": one("a.yaml", TEMPLATE),
    "yaml-values": pair(TYPED_YAML),
    "drawing": one("a.mmd", FLOWCHART),
    "gantt": chart_of(CHART),
    "dot": graph_of(GRAPH),
    "gitlab-schema": one("a/gitlab/a.yml", PIPELINE),
    "gitlab-run": pipeline_of(PIPELINE),
    "figures": outputs_with(
        mermaid="n1[Lead time 8d4h<br/>process time #63;<br/>activity ratio 6#46;9#37;<br/>rolled #37;C#38;A #63;]"
    ),
    "markdown": report_of(REPORT),
    "csv": table(TABLE),
    "json-schema": under_schema('{"name": "review"}'),
    "mock-pipeline": one("a.json", shipped_pipeline()),
    "ir-schema": under_schema('{"name": "review", "day": "2026-11-02"}'),
    "metrics-schema": under_schema('{"name": "review"}'),
    "pipeline-shape": GOOD,
    "pipeline-service": GOOD,
    "pipeline-play": GOOD,
}

BAD_JSON = {
    "must have required property 'name'": under_schema("{}"),
    "must NOT have additional properties": under_schema('{"name": "review", "nmae": "review"}'),
    "/name: must be string": under_schema('{"name": 1}'),
    'must match format "date"': under_schema('{"name": "review", "day": "2026-13-02"}'),
    "is not valid JSON": under_schema("name: review"),
    'unknown keyword: "propertys"': under_schema("{}", without(SCHEMA, '"properties"', '"propertys"')),
}

BAD_INPUTS = {
    "html": {
        "in the console: ": one("a.html", without(PAGE, "</main>", "</main><script>1</script>")),
        "a <script> element": one("a.html", without(PAGE, "</main>", "</main><script>1</script>")),
        "an attribute onclick of <h1>": one("a.html", without(PAGE, "<h1>", '<h1 onclick="1">')),
        "a request for https://example.invalid/": one(
            "a.html",
            re.sub("<meta http-equiv[^>]*>", "", PAGE).replace(
                "</main>", '<img alt="" src="https://example.invalid/"></main>'
            ),
        ),
        "prints on": one("a.html", without(PAGE, "</main>", "<p>more</p>" * 80 + "</main>")),
        "light: html-has-lang": one("a.html", without(PAGE, '<html lang="en">', "<html>")),
        "dark: color-contrast": one("a.html", PAGE.replace("--dim:#c3c9d3", "--dim:#333333")),
        "does not show its title": one("a.html", without(PAGE, "<h1>Checkout", "<h1>Chekout")),
        "no picture": one("a.html", re.sub("<svg.*?</svg>", "", PAGE, flags=re.S)),
    },
    "svg": {
        "is no XML": drawn(without(DRAWING, "</svg>", "")),
        "a <script> element": drawn(without(DRAWING, "</svg>", "<script>1</script></svg>")),
        "an attribute onload of <svg>": drawn(without(DRAWING, "<svg ", '<svg onload="1" ')),
        "a <image> element": drawn(without(DRAWING, "</svg>", '<image href="https://example.invalid/x.png"/></svg>')),
        "a request for https://example.invalid/x.png": drawn(
            without(DRAWING, "</svg>", '<image href="https://example.invalid/x.png"/></svg>')
        ),
        "overlap": drawn(re.sub(r'(<rect class="box"[^>]* height=")[\d.]+', r"\g<1>90", DRAWING)),
        "leave their box": drawn(without(DRAWING, ">shoppers<", ">shoppers and all others<")),
        "are in no stage": drawn(
            without(DRAWING, "</g></svg>", '<text class="n bt" x="30" y="280">Verify</text></g></svg>')
        ),
        "lie on": drawn(re.sub(">PT<", ">PT and much else besides<", DRAWING, count=1)),
        "leave the picture": drawn(without(DRAWING, ">activity ratio<", ">activity ratio" + " and so on" * 50 + "<")),
        "on no border": drawn(re.sub(r'(<path class="a" d="M)[\d.]+', r"\g<1>7", DRAWING, count=1)),
        "a burst and": drawn(
            without(DRAWING, "</g></svg>", '<g><path class="star" d="M230 30h22v22h-22z"/></g></g></svg>')
        ),
        "is under nothing": drawn(
            re.sub(r'(<path class="hi" d="M)[\d.]+( [\d.]+H)[\d.]+', r"\g<1>30\g<2>39", DRAWING, count=1)
        ),
        "begins under no box": drawn(re.sub(r'(<path class="lo" d="M)[\d.]+', r"\g<1>211", DRAWING, count=1)),
        "ends under no box": drawn(re.sub(r'(<path class="lo" d="M[\d.]+ [\d.]+H)[\d.]+', r"\g<1>9", DRAWING, count=1)),
        "the timeline adds up to 246000 s, not 246060": drawn(lead=246060),
        "the work on it adds up to 16920 s, not 16921": drawn(process=16921),
        "nothing is drawn": drawn('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g/></svg>'),
    },
    "mermaid": {
        "Parse error": one("a.mmd", without(FLOWCHART, '"Approve"', '"Appr"ove"')),
        "Edge limit exceeded": one("a.mmd", "flowchart LR\n" + "".join(f"n{i} --> n{i + 1}\n" for i in range(501))),
        "characters, and mermaid draws": one("a.mmd", FLOWCHART + "%% " + "x" * 50_000),
        "No diagram type detected": one("a.mmd", "a picture\n"),
    },
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
    "cloudformation": {
        "E3006": one("a.yaml", without(TEMPLATE, "AWS::S3::Bucket", "AWS::S3::Bucke")),
        "E3701": one(
            "a.yaml",
            without(
                TEMPLATE,
                "Configuration: {CustomData: ",
                "InputArtifacts: [{Name: Nothing}]\n" + " " * 14 + "Configuration: {CustomData: ",
            ),
        ),
        # warnings and informational findings count too
        "W2001": one("a.yaml", TEMPLATE + "Parameters:\n  Unused: {Type: String}\n"),
        "I1022": one("a.yaml", TEMPLATE + 'Outputs:\n  Name: {Value: !Join ["", [a, !Ref Bucket]]}\n'),
    },
    "yaml-values": {
        "bool False, not str 'no'": pair(without(TYPED_YAML, '"no"', "no")),
        "PyYAML: $.b[4]: date": pair(without(TYPED_YAML, '"2024-01-01"', "2024-01-01")),
        "YAML 1.2: $.b[3]": pair(without(TYPED_YAML, '"1e3"', "1e3")),
        "bool True, not int 1": pair(without(TYPED_YAML, "[1, true", "[true, true")),
        "int 1, not float 1.0": pair(TYPED_YAML, without(TYPED_JSON, "[1,", "[1.0,")),
        "4 items, not 5": pair(without(TYPED_YAML, "[1, ", "[")),
        "key 'a' twice": pair(TYPED_YAML + "a: 1\n"),
        "keys ['b', 'a']": pair("b: 1\na: 1\n", '{"a": 1, "b": 1}'),
        "an alias": pair('a: &x "no"\nb: *x\n'),
        "but found another document": pair("---\na: 1\n---\na: 1\n", '{"a": 1}'),
    },
    "drawing": {
        "Parse error": one("a.mmd", without(FLOWCHART, '"Approve"', '"Appr"ove"')),
        "a <a> element": one("a.mmd", FLOWCHART + 'click n1 "https://example.invalid/"\n'),
        "a <img> element": one("a.mmd", without(FLOWCHART, "Approve", "<img src='x.png' onerror='alert(1)'>")),
        "a request for https://example.invalid/x.png": one(
            "a.mmd", without(FLOWCHART, "Approve", "<img src='https://example.invalid/x.png'>")
        ),
    },
    "gantt": {
        "Parse error": chart_of(without(CHART, "    Begin :", "    click Begin :")),
        "it ends at 3001, not 3000": chart_of(without(CHART, "End :milestone, 3000", "End :milestone, 3001")),
        "the title does not say 3d": chart_of(without(CHART, "3d,", "2d,")),
        "no bar for the wait of Review the chan": chart_of(without(CHART, "2000ms", "1900ms")),
        "no bar for the process of Review the chan": chart_of(without(CHART, "active, ", "")),
        "no bar for Review the chan": chart_of(CHART.replace("#99;", "#100;")),
        "no diamond for 15% of Review the chan": chart_of(
            without(CHART, "15% goes back :milestone, ", "15% goes back :")
        ),
    },
    "dot": {
        "Graphviz says: Error": graph_of(without(GRAPH, '"Usual"', '"Usu"al"')),
        "Graphviz says: Warning": graph_of(without(GRAPH, 'n4 [label="Deploy"]', 'n4 [label="Deploy", shape=bx]')),
        "no text 'Begin'": graph_of(without(GRAPH, '"Begin"', '"Bgin"')),
        "the lead time is missing": graph_of(without(GRAPH, "lead time 3d", "lead time 4d")),
        "no box 'Review & decide'": graph_of(without(GRAPH, "Review &", "Review &amp;amp;")),
        "no box 'Usual'": graph_of(without(GRAPH, '"Usual"', '"\\N"')),
        "@step-5 does not come after @step-0": graph_of(GRAPH.replace(" -> n4", " -> n5")),
        "@step-3 comes after @step-5": graph_of(without(GRAPH, "n4 -> n5", "n4 -> n3")),
        "no arrow says 70%": graph_of(without(GRAPH, "70% usual", "71% usual")),
        "no arrow back from @step-5: 15% back": graph_of(without(GRAPH, ", constraint=false", "")),
        "the picture holds a <a>": graph_of(without(GRAPH, 'n4 [label="Deploy"]', 'n4 [label="Deploy", URL="x"]')),
    },
    "gitlab-schema": {
        "'scripts' was unexpected": one("a/gitlab/a.yml", without(PIPELINE, '  script: "printf', '  scripts: "printf')),
        "$.variables.CHOOSE_K": one("a/gitlab/a.yml", without(PIPELINE, "options: [x, y]", "option: [x, y]")),
        "('metric' was unexpected)": one(
            "a/gitlab/a.yml",
            without(PIPELINE, "6 Figures:\n", "6 Figures:\n  artifacts: {reports: {metric: metrics.txt}}\n"),
        ),
    },
    "gitlab-run": {
        "fails": pipeline_of(without(PIPELINE, "printf '> S", "false; printf '> S")),
        "a does not run": pipeline_of(without(PIPELINE, "> Approve (", "> Agree (")),
        "{'DEFECT': 'none', 'CHOOSE_K': 'y'}: a runs": pipeline_of(
            without(PIPELINE, '$CHOOSE_K == "x"', "$CHOOSE_K =~ /./")
        ),
        "a and r are not in the order of the map": pipeline_of(without(PIPELINE, TOO_LATE, TOO_EARLY)),
        "a begins before r is over": pipeline_of(without(PIPELINE, TOO_LATE, TOO_EARLY)),
        "r does not run": pipeline_of(without(PIPELINE, '"> Review.', '"> Revue.')),
        "a line of the log that is not ours": pipeline_of(without(PIPELINE, "printf '> S", "printf 'S")),
        "a control character in the log": pipeline_of(without(PIPELINE, "> S", "> S\\\\033[2J")),
        "leaves the file PWNED": pipeline_of(without(PIPELINE, "printf '> S", "touch PWNED; printf '> S")),
        "the defect r-to-r sends nothing back": pipeline_of(without(PIPELINE, "> Again: Review", "> Review")),
        "something runs again although no defect": pipeline_of(without(PIPELINE, '$DEFECT == "r-to-r"', "$DEFECT")),
        "lead time in the log: ['4d'], not 3d": pipeline_of(without(PIPELINE, "lead time: 3d", "lead time: 4d")),
        "rolled %C&A in the log: ['5%'], and it is unknown": pipeline_of(without(PIPELINE, "A: ?", "A: 5%")),
        "process_time in the metrics report: 28801.0, not 28800": pipeline_of(without(PIPELINE, "} 28800", "} 28801")),
        "activity_ratio in the metrics report: None": pipeline_of(without(PIPELINE, "vsm_activity_ratio", "vsm_ratio")),
        "5 Approve runs although nobody approved": pipeline_of(
            without(PIPELINE, ", when: manual, allow_failure: false", "")
        ),
        "5 Approve does not stop what follows": pipeline_of(without(PIPELINE, ", allow_failure: false", "")),
        "the wait of r is not delayed by 1 seconds": pipeline_of(
            without(PIPELINE, "start_in: 1 second", "start_in: 3 seconds")
        ),
        "5 Approve is delayed without a reason": pipeline_of(
            without(PIPELINE, "when: manual, allow_failure: false", "when: delayed, start_in: 1 second")
        ),
    },
    "figures": {
        "lead time: ['8d5h'], not 8d4h": outputs_with(without(TOTALS, "8d4h", "8d5h")),
        "lead time: ['8d4h30min'], not 8d4h": outputs_with(github=without(TOTALS, "8d4h", "8d4h30min")),
        "activity ratio: ['6.8%', '6.9%'], not 6.9%": outputs_with(github=TOTALS + "; activity ratio: 6.8%"),
        "rolled %C&A: ['0%'], not unknown": outputs_with(mermaid=without(TOTALS, "A: ?", "A: 0%")),
        "process time: [], not unknown": outputs_with(codepipeline=without(TOTALS, "process time: ?, ", "")),
        "mermaid: no output for stream a": {k: v for k, v in outputs_with().items() if "mermaid" not in k},
    },
    "markdown": {
        "a.md: there is none": {k: v for k, v in report_of(REPORT).items() if not k.endswith(".md")},
        "begins with": report_of(without(REPORT, "Orders", "Order")),
        "mention: ": report_of(without(REPORT, "of working time", "of @working time")),
        "a <img> element": report_of(without(REPORT, "of working time", "![x](x.png)")),
        "a <form> element": report_of(without(REPORT, "of working time", "<form>1</form>")),
        "0 diagrams": report_of(without(REPORT, "```mermaid", "```text")),
        "mermaid: ": report_of(without(REPORT, "-->", "--")),
        "step review has no row": report_of(without(REPORT, "| Review |", "| Reviews |")),
        "lead time: 8d5h, not 8d4h": report_of(without(REPORT, "| lead time | 8d4h |", "| lead time | 8d5h |")),
        "process time: 1d, not unknown": report_of(without(REPORT, "at least 1d", "1d")),
        "activity ratio: undefined, not 6.9%": report_of(without(REPORT, "| activity ratio | 6.9% |\n", "")),
    },
    "csv": {
        "row 2 has 2 cells, not 3": table(without(TABLE, ",step", "")),
        "a heading twice": table(without(TABLE, "title", "name")),
        "row 3: a formula: '=1+1'": table(without(TABLE, "An hour", "=1+1")),
        "row 3: a formula: '@SUM'": table(without(TABLE, "An hour", "@SUM")),
        "steps [], not ['review']": table("name,title,element\n"),
        "unexpected end of data": table(TABLE + '"open'),
    },
    "json-schema": BAD_JSON,
    "mock-pipeline": {
        "stages [": one("a.json", shipped_pipeline().replace('"Capacity"', '"Capacities"')),
        "exploratorytesting: [": one("a.json", without(shipped_pipeline(), "Approval", "Invoke")),
        "build: [{'artifact': 'Invoke/Lambda', 'image'": one(
            "a.json", without(shipped_pipeline(), '"Image", "RunOrder": 20', '"Image", "RunOrder": 10')
        ),
        "capacity: [": one("a.json", without(shipped_pipeline(), "ImageTests", "ImageTest")),
    },
    "ir-schema": BAD_JSON,
    "metrics-schema": BAD_JSON,
    "pipeline-shape": BAD_SHAPES,
    "pipeline-service": BAD_SERVICES,
    "pipeline-play": BAD_PLAYS,
}
