"""A pipeline that the readers of GitLab's accept, and pipelines that each must refuse."""

import json

from inputs import one, without

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


GOOD = {
    "gitlab-schema": one("a/gitlab/a.yml", PIPELINE),
    "gitlab-run": pipeline_of(PIPELINE),
}

BAD = {
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
}
