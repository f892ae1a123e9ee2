"""Outputs with their figures that figures_check.py accepts, and outputs that it must refuse."""

import json

from inputs import without

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


GOOD = {
    "figures": outputs_with(
        mermaid="n1[Lead time 8d4h<br/>process time #63;<br/>activity ratio 6#46;9#37;<br/>rolled #37;C#38;A #63;]"
    ),
}

BAD = {
    "figures": {
        "lead time: ['8d5h'], not 8d4h": outputs_with(without(TOTALS, "8d4h", "8d5h")),
        "lead time: ['8d4h30min'], not 8d4h": outputs_with(github=without(TOTALS, "8d4h", "8d4h30min")),
        "activity ratio: ['6.8%', '6.9%'], not 6.9%": outputs_with(github=TOTALS + "; activity ratio: 6.8%"),
        "rolled %C&A: ['0%'], not unknown": outputs_with(mermaid=without(TOTALS, "A: ?", "A: 0%")),
        "process time: [], not unknown": outputs_with(codepipeline=without(TOTALS, "process time: ?, ", "")),
        "mermaid: no output for stream a": {k: v for k, v in outputs_with().items() if "mermaid" not in k},
    },
}
