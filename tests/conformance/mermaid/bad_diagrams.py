"""Flowcharts and charts over time that the readers of Mermaid accept, and those that each must refuse."""

import json

from inputs import one, without

FLOWCHART = """\
flowchart LR
  n1["Review the change<br/>45min"] --> n2{"route"}
  n2 -->|"70%"| n3(["Approve"])
  n3 -. "rework 15%" .-> n1
"""

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


GOOD = {
    "mermaid": one("a.mmd", FLOWCHART),
    "drawing": one("a.mmd", FLOWCHART),
    "gantt": chart_of(CHART),
}

BAD = {
    "mermaid": {
        "Parse error": one("a.mmd", without(FLOWCHART, '"Approve"', '"Appr"ove"')),
        "Edge limit exceeded": one("a.mmd", "flowchart LR\n" + "".join(f"n{i} --> n{i + 1}\n" for i in range(501))),
        "characters, and mermaid draws": one("a.mmd", FLOWCHART + "%% " + "x" * 50_000),
        "No diagram type detected": one("a.mmd", "a picture\n"),
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
}
