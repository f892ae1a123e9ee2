"""A report that markdown_check.mjs accepts, and reports that it must refuse."""

import json

from bad_figures import FIGURES
from inputs import without

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


GOOD = {
    "markdown": report_of(REPORT),
}

BAD = {
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
}
