"""figures_check.py METRICS.json ...: checks that the outputs beside each metrics file state its metrics.

For each stream of OUTPUTS/<map>/metrics/<map>.json, the files OUTPUTS/<map>/<target>/<stream>.* of the outputs that
people read must state lead time, process time, activity ratio and rolled %C&A as `vsm metrics --format json` prints
them. Exit 0 no findings, 1 findings, 2 cannot run.
"""

import html
import json
import math
import re
import sys
from pathlib import Path

TARGETS = ["codepipeline", "codepipeline-json", "github", "gitlab", "mermaid", "mermaid-gantt", "dot"]
# steps have no metrics of these names, so every place that states one means the stream's
OF_STREAMS_ALONE = {"activity ratio", "rolled %C&A"}


def percent(ratio):
    """A ratio above 0 as a percentage with one decimal, rounded half up."""
    return ratio if ratio is None else f"{math.floor(1000 * ratio + 0.5 + 1e-8) / 10:.1f}%"


def wanted_figures(stream):
    lead, process = stream["lead_time"], stream["process_time"]
    return {
        "lead time": lead and lead["text"],
        "process time": process and process["text"],
        "activity ratio": percent(stream["activity_ratio"]),
        "rolled %C&A": percent(stream["rolled_ca"]),
    }


def readable(text):
    """The text as displayed: Mermaid and HTML entities decoded, line breaks resolved, Markdown marks removed."""
    decoded = re.sub(r"#(\d+);", lambda match: chr(int(match[1])), text)
    lines = html.unescape(decoded).replace("<br/>", "\n").replace("\\n", "\n")
    return re.sub(r"[*\\]", "", lines)


def stated(text, label):
    """All values that follow the label."""
    return set(re.findall(rf"\b{re.escape(label)}(?: without rework)?:? ([^\s,;()\"<]+)", text, re.IGNORECASE))


def differences(text, wanted):
    for label, value in wanted.items():
        values = stated(text, label)
        if value is None:
            # `?`, `at least` or `at most`; rolled %C&A is absent if no step states one
            right = (values or label == "rolled %C&A") and (
                label not in OF_STREAMS_ALONE or not any(value[0].isdigit() for value in values)
            )
        else:
            right = values == {value} if label in OF_STREAMS_ALONE else value in values
        if not right:
            yield f"{label}: {sorted(values)}, not {value or 'unknown'}"


def findings(metrics):
    for stream in json.loads(metrics.read_text(encoding="utf-8"))["streams"]:
        if stream["of"] is not None:
            continue  # a future: built only on request
        for target in TARGETS:
            folder = metrics.parent.parent / target
            outputs = sorted(file for file in folder.glob(f"{stream['name']}.*") if file.suffix != ".png")
            if not outputs:
                yield f"{metrics}: {target}: no output for stream {stream['name']}"
            for output in outputs:
                lines = differences(readable(output.read_text(encoding="utf-8")), wanted_figures(stream))
                yield from (f"{output}: {line}" for line in lines)


def main(names):
    if not names:
        print("usage: figures_check.py METRICS.json ...", file=sys.stderr)
        return 2
    bad = 0
    for name in names:
        for finding in findings(Path(name).resolve()):
            print(finding)
            bad += 1
    print(f"figures: {len(names)} maps, {bad} findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
