"""gitlab_run.py METRICS.json ...: runs the pipelines beside each metrics file, compares them with model and metrics.

gitlab-ci-local's shell executor runs OUTPUTS/<map>/gitlab-fast/<stream>.gitlab-ci.yml in a fresh repository, once for
each way that its variables offer. A finding is
  - a job that fails, an element of the chosen way without a job, and a job of an element that is not on it
  - an order that differs from the map's, in the needs of the jobs or in the run
  - a title that the log does not show verbatim, an unexpected line in the log, a control character in it
  - a requested defect that sends nothing back, and rework without a requested defect
  - metrics in the log of the last job or in the metrics report that differ from `vsm metrics`
  - a leftover file other than the metrics report
  - a job after an approval that runs without the approval
  - a wait whose delay differs from the time scale (also in OUTPUTS/<map>/gitlab/<stream>.gitlab-ci.yml)
gitlab_run.py --changed VSM MAP OLD NEW: runs the first stream of MAP before and after replacing OLD by NEW; its metrics
must change.
Exit 0 no findings, 1 findings, 2 cannot run.
"""

import itertools
import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

from figures_check import stated, wanted_figures
from gitlab_pipeline import Run, jobs_of, manner_of, needs_of, present_in, reachable, ways_of
from model_order import LEAVES, Order, shown

HERE = Path(__file__).resolve().parent.parent
SCALES = {"gitlab": 1, "gitlab-fast": 0.1}  # seconds per working day
LONGEST = 60

APPROVED = r"( \((approved by .*|the map does not say who approves)\))?"


class Stream:
    """A stream with its model and metrics."""

    def __init__(self, model, figures):
        self.figures, self.order = figures, Order(model["elements"])
        self.leaves = [one for one in model["elements"] if one["kind"] in LEAVES]
        self.by_label = {one["name"]: one for one in figures["elements"]}

    @staticmethod
    def title(element):
        return shown(element["title"] or element["label"])

    def runs(self, element, way):
        """Whether an element runs in this way."""
        path = [self.order.by_id[one] for one in self.order.path(element["id"])]
        for outer, inner in zip(path, path[1:]):
            if outer["kind"] != "choose":
                continue
            variable = "CHOOSE_" + outer["label"].lstrip("@").replace("-", "_").upper()
            if way[variable] != inner["label"].lstrip("@"):
                return False
        return True

    def says(self, element, line):
        """Whether a line of a log belongs to the job of an element."""
        title = re.escape(self.title(element))
        if element["kind"] == "step":
            return re.match(rf"> {title}{APPROVED}\. ", line) is not None
        named = element["title"] or element["name"]
        return (
            re.match(rf"> Wait[^:]*{': ' + title if named else ''}\. (queue|wait|link|note|kaizen|share)", line)
            is not None
        )

    def delay(self, element, scale):
        """The delay of the element's wait in whole seconds; 0 if it is not delayed."""
        wait = self.by_label[element["label"]]["wait_time"]
        step = element.get("step")
        if step and not step["process"] and not step["wait"]:
            return 0  # only its lead time is known: it is played as work
        seconds = (
            min(LONGEST, wait["seconds"] / (3600 * self.figures["calendar"]["hours_per_day"]) * scale) if wait else 0
        )
        return max(1, int(seconds + 0.5)) if seconds > 0 else 0

    def defects(self):
        for finder in self.leaves:
            for rework in (finder.get("step") or {}).get("reworks", []):
                back = self.order.by_id[rework["to"]]["label"] if rework["to"] is not None else None
                yield f"{finder['label']}-to-{back}" if back else f"{finder['label']}-repair", finder, back is None


def run_findings(pipeline, stream, way, run, own):
    """Yields where one run differs from the model. Fills `own` with the job of each element."""
    jobs = jobs_of(pipeline)
    events = list(run.events(jobs))
    ran = {name: jobs[name] for name in jobs if (name, "ended") in events}
    logs = {
        name: [what for job, what in events if job == name and what not in ("began", "ended", "failed")]
        for name in jobs
    }
    yield from (f"job {name} fails: {logs[name][-1:]}" for name, what in events if what == "failed")
    yield from log_findings(run)

    for element in stream.leaves:
        found = [name for name in ran if any(stream.says(element, line) for line in logs[name])]
        wanted = stream.runs(element, way)
        if bool(found) != wanted:
            yield f"{element['label']} {'does not run' if wanted else 'runs'}"
        if len(found) == 1:
            own[element["id"]] = found[0]

    before = reachable(ran)
    moment = {event: index for index, event in enumerate(events)}
    for first, second in itertools.permutations(own, 2):
        labels = [stream.order.by_id[one]["label"] for one in (first, second)]
        wanted = stream.order.before(first, second)
        if wanted != (own[first] in before[own[second]]):
            yield f"{labels[1]} and {labels[0]} are not in the order of the map"
        if wanted and moment[own[first], "ended"] > moment[own[second], "began"]:
            yield f"{labels[1]} begins before {labels[0]} is over"

    lines = [line for name in ran for line in logs[name]]
    for word, finder, repaired in stream.defects():
        title = re.escape(stream.title(finder))
        again = any(
            re.match(rf"> (Repair at {title}|Again: {title}{APPROVED})\. ", line)
            for line in ran_after(ran, logs, own.get(finder["id"]), repaired)
        )
        wanted = way["DEFECT"] == word and stream.runs(finder, way)
        if wanted and not again:
            yield f"the defect {word} sends nothing back"
    if way.get("DEFECT", "none") == "none" and any(
        re.match(r"> (Again|At the same time|Repair at)\b", line) for line in lines
    ):
        yield "something runs again although no defect was asked for"

    yield from figure_findings(stream.figures, "\n".join(logs[list(jobs)[-1]]), run.metrics)


def ran_after(ran, logs, finder, repaired):
    """The log lines of the jobs that need only `finder`: those of its repair, or the others."""
    for name, job in ran.items():
        if finder is not None and needs_of(job) == [finder]:
            yield from (line for line in logs[name] if repaired == line.startswith("> Repair"))


def figure_findings(figures, log, report):
    for label, value in wanted_figures(figures).items():
        values = stated(log, label)
        if value is not None and value not in values:
            yield f"{label} in the log: {sorted(values)}, not {value}"
        if value is None and any(one[0].isdigit() for one in values):
            yield f"{label} in the log: {sorted(values)}, and it is unknown"
    reported = dict(re.findall(r'^vsm_(\w+)\{stream="[\w-]+"\} (\S+)$', report, re.MULTILINE))
    for key, name in {
        "lead_time": "lead_time_seconds",
        "process_time": "process_time_seconds",
        "activity_ratio": "activity_ratio",
        "rolled_ca": "rolled_ca",
    }.items():
        wanted = figures[key]["seconds"] if isinstance(figures[key], dict) else figures[key]
        now = float(reported[name]) if name in reported else None
        # vsm metrics prints ratios with fifteen digits
        if now != wanted and (now is None or wanted is None or abs(now - wanted) > 1e-12 * abs(wanted)):
            yield f"{key} in the metrics report: {now}, not {wanted}"


def delay_findings(pipeline, stream, scale):
    delayed = {
        name: manner_of(job) for name, job in jobs_of(pipeline).items() if manner_of(job).get("when") == "delayed"
    }
    left = dict(delayed)
    for element in stream.leaves:
        wanted = stream.delay(element, scale)
        named = element["title"] or element["name"]
        title = stream.title(element)[:15] if named else ""
        found = [name for name in delayed if title in name]
        if wanted and not any(re.match(rf"{wanted} seconds?$", delayed[name]["start_in"]) for name in found):
            yield f"the wait of {element['label']} is not delayed by {wanted} seconds: {[delayed[name]['start_in'] for name in found]}"
        if wanted:
            for name in found:
                left.pop(name, None)
    yield from (f"{name} is delayed without a reason" for name in left)


def gate_findings(pipeline, file, stream, way, own):
    """Runs without approving anything: neither an approval nor a job after it may run."""
    jobs = {name: job for name, job in jobs_of(pipeline).items() if present_in(job, way)}
    gates = {
        own[one["id"]]
        for one in stream.leaves
        if one["kind"] == "step" and one["step"]["done"] == "approval" and one["id"] in own
    }
    run = Run(file, way, [])
    ended = {name for name, what in run.events(jobs) if what == "ended"}
    for name, before in reachable(jobs).items():
        if name in ended and (name in gates or gates & before):
            yield f"{name} runs although nobody approved"
    yield from (
        f"{name} does not stop what follows"
        for name in gates
        if manner_of(jobs[name]).get("allow_failure") is not False
    )


def findings_of(file, stream):
    pipeline = yaml.safe_load(file.read_text(encoding="utf-8"))
    yield from delay_findings(pipeline, stream, SCALES[file.parent.name])
    if file.parent.name == "gitlab":
        return
    jobs = jobs_of(pipeline)
    approvals = [name for name, job in jobs.items() if manner_of(job).get("when") == "manual"]

    def one(way):
        own = {}
        run = Run(file, way, [name for name in approvals if present_in(jobs[name], way)])
        found = list(run_findings(pipeline, stream, way, run, own))
        if way == next(ways_of(pipeline)):
            found += gate_findings(pipeline, file, stream, way, own)
        return [f"{way}: {finding}" if way else finding for finding in found]

    with ThreadPoolExecutor(2) as pool:
        for found in pool.map(one, list(ways_of(pipeline))):
            yield from found


def alone_findings(file):
    """What no run may do, whatever the map: fail, leave a file, print unexpected lines."""
    pipeline = yaml.safe_load(file.read_text(encoding="utf-8"))
    jobs, way = jobs_of(pipeline), next(ways_of(pipeline))
    run = Run(
        file,
        way,
        [name for name, job in jobs.items() if manner_of(job).get("when") == "manual" and present_in(job, way)],
    )
    happened = {(name, what) for name, what in run.events(jobs) if what in ("ended", "failed")}
    yield from (
        f"job {name} {'fails' if (name, 'failed') in happened else 'does not run'}"
        for name, job in jobs.items()
        if present_in(job, way) and (name, "ended") not in happened
    )
    yield from log_findings(run)


def log_findings(run):
    yield from (f"leaves the file {name}" for name in run.left)
    for line in run.raw.split("\n"):
        if re.search(r"[\x00-\x1f\x7f-\x9f]", line):
            yield f"a control character in the log: {line!r}"
        if line and not line.startswith(("> ", "$ ")):
            yield f"a line of the log that is not ours: {line!r}"


def check(names):
    bad = pipelines = 0
    for name in map(Path, names):
        outputs = name.resolve().parent.parent
        for figures in json.loads(name.read_text(encoding="utf-8"))["streams"]:
            if figures["of"] is not None:
                continue  # a future: built only on request
            [model] = json.loads((outputs / "json" / f"{figures['name']}.json").read_text(encoding="utf-8"))["streams"]
            for way in SCALES:
                file = outputs / way / f"{figures['name']}.gitlab-ci.yml"
                pipelines += 1
                for finding in findings_of(file, Stream(model, figures)):
                    print(f"{file}: {finding}")
                    bad += 1
    print(f"gitlab: {pipelines} pipelines, {bad} findings")
    return 1 if bad else 0


def changed(vsm, source, old, new):
    """Runs the stream before and after a change: each run must state its own metrics, and the two must differ."""
    vsm = Path(vsm).resolve()
    text = Path(source).read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise SystemExit(f"{old!r} is {text.count(old)} times in {source}")
    seen = []
    bad = 0
    for version in (text, text.replace(old, new)):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "map.vsm").write_text(version, encoding="utf-8")
            subprocess.run(
                [vsm, "build", "map.vsm", "-t", "gitlab", "--time-scale", "0", "-q", "-o", "out.yml"],
                cwd=place,
                check=True,
            )
            metrics = subprocess.run(
                [vsm, "metrics", "--format", "json", "map.vsm"], cwd=place, check=True, capture_output=True, text=True
            )
            pipeline = yaml.safe_load((place / "out.yml").read_text(encoding="utf-8"))
            approvals = [name for name, job in jobs_of(pipeline).items() if manner_of(job).get("when") == "manual"]
            way = next(ways_of(pipeline))
            run = Run(place / "out.yml", way, approvals)
            last = list(jobs_of(pipeline))[-1]
            log = "\n".join(what for name, what in run.events(jobs_of(pipeline)) if name == last)
            for finding in figure_findings(json.loads(metrics.stdout)["streams"][0], log, run.metrics):
                print(finding)
                bad += 1
            seen.append((log, run.metrics))
    if seen[0][0] == seen[1][0] or seen[0][1] == seen[1][1]:
        print("the change is not seen in the figures")
        bad += 1
    print(f"gitlab: {source} with {new!r} for {old!r}, {bad} findings")
    return 1 if bad else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--changed", vsm, source, old, new]:
            sys.exit(changed(vsm, source, old, new))
        case [name, *names] if not name.startswith("-"):
            sys.exit(check([name, *names]))
    print(__doc__, file=sys.stderr)
    sys.exit(2)
