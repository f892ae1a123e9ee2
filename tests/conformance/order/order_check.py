"""order_check.py check|prove FOLDER: compares the order in each output of generated.py with the order of the map.

The map's order comes from `vsm ir`: which step, wait and queue ends before which begins. An output must have the same
transitive reduction; a pipeline, which has only stages and run orders, may order more. `prove` shows that a changed
order in the outputs is found. Exit 0 no findings, 1 findings, 2 cannot run.
"""

import json
import re
import sys
from pathlib import Path

from text_reader import VALUES, Reading

# the trigger and the customer, or the terminals of an output
BEGIN, END = "begin", "end"
ELEMENT = re.compile(r"\be\d+\b")


class Graph:
    """A directed acyclic graph with hashable nodes."""

    def __init__(self):
        self.after = {}

    def add(self, node):
        self.after.setdefault(node, set())

    def edge(self, first, second):
        self.add(first)
        self.add(second)
        self.after[first].add(second)

    def reachable(self):
        """The reachable nodes of each node. Raises ValueError if there is a cycle."""
        found = {}

        def visit(node):
            if node not in found:
                found[node] = None
                found[node] = set().union(*({one} | visit(one) for one in self.after[node]))
            if found[node] is None:
                raise ValueError(f"a circle through {node}")
            return found[node]

        for node in self.after:
            visit(node)
        return found


def reduced(order):
    """The transitive reduction of an order (a mapping from each element to those after it), as pairs."""
    return {
        (first, last)
        for first, later in order.items()
        for last in later
        if not any(last in order[between] for between in later)
    }


def order_of_map(stream):
    """For each step, wait and queue, those that come after it."""
    elements = {element["id"]: element for element in stream["elements"]}
    graph = Graph()
    leaves = {}

    def body(ids, begin, end):
        followed = {before for number in ids for before in elements[number]["predecessors"]}
        for number in ids:
            if not elements[number]["predecessors"]:
                graph.edge(begin, (number, "begin"))
            for before in elements[number]["predecessors"]:
                graph.edge((before, "end"), (number, "begin"))
            if number not in followed:
                graph.edge((number, "end"), end)
            inside(number)
        if not ids:
            graph.edge(begin, end)

    def inside(number):
        element = elements[number]
        begin, end = (number, "begin"), (number, "end")
        graph.edge(begin, end)
        if element["kind"] in ("step", "wait", "queue"):
            leaves[number] = element["label"]
        elif element["kind"] in ("parallel", "choose"):
            for branch in element["children"]:
                graph.edge(begin, (branch, "begin"))
                graph.edge((branch, "end"), end)
                body(elements[branch]["children"], (branch, "begin"), (branch, "end"))
        else:
            body(element["children"], begin, end)

    body(stream["body"], "begin", "end")
    reachable = graph.reachable()
    order = {
        label: {other for id_, other in leaves.items() if (id_, "begin") in reachable[(number, "end")]} | {END}
        for number, label in leaves.items()
    }
    return {BEGIN: {*order, END}, **order, END: set()}


def order_of_graph(graph, element_at):
    """The order of the elements at some of the nodes."""
    reachable = graph.reachable()
    order = {element: set() for element in element_at.values()}
    for node, element in element_at.items():
        order[element] |= {element_at[later] for later in reachable[node] if later in element_at}
    return order


def order_of_workflow(workflow):
    """The order by `needs`, and by the steps within a job. Steps of a second pass are not elements."""
    graph = Graph()
    element_at = {("start", 0): BEGIN, ("figures", 0): END}
    for job, what in workflow["jobs"].items():
        graph.edge((job, "begin"), (job, 0))
        needs = what.get("needs", [])
        for need in [needs] if isinstance(needs, str) else needs:
            graph.edge((need, "end"), (job, "begin"))
        for number, step in enumerate(what["steps"]):
            found = re.fullmatch(r"(?:Wait\b.*: )?(e\d+)(?: \(.*\))?", step["name"])
            if found and " before: " not in step["name"]:
                element_at[(job, number)] = found.group(1)
            graph.edge((job, number), (job, number + 1) if number + 1 < len(what["steps"]) else (job, "end"))
    return order_of_graph(graph, element_at)


def order_of_gitlab(pipeline):
    """The order in a GitLab pipeline, whose jobs list what they play one per line."""
    graph = Graph()
    element_at = {}
    for job, what in pipeline.items():
        if not isinstance(what, dict) or "needs" not in what:
            continue
        graph.edge((job, "begin"), (job, 0))
        for need in what["needs"]:
            graph.edge((need if isinstance(need, str) else need["job"], "end"), (job, "begin"))
        lines = what["variables"]["PLAYS"].splitlines()
        for number, line in enumerate(lines):
            text = line.split(" ", 2)[2]
            found = re.match(r"(?:Wait\b[^:]*: )?(e\d+)\b", text)
            if found and " before: " not in text.split(".")[0]:
                element_at[(job, number)] = found.group(1)
            graph.edge((job, number), (job, number + 1) if number + 1 < len(lines) else (job, "end"))
        if terminal := TERMINALS.get(job.split(" ", 1)[1]):
            element_at[(job, 0)] = terminal
    return order_of_graph(graph, element_at)


TERMINALS = {"Start": BEGIN, "End": END, "Figures": END}


def order_of_diagram(items):
    """The order by the solid arrows; dotted arrows go back."""
    graph = Graph()
    element_at = {}
    kinds = {place[0][1:].removesuffix("@kind"): text for place, text in items if place[0].endswith("@kind")}
    for place, text in items:
        if found := re.match(r"/node (\w+)(/|@)", place[0]):
            graph.add(found.group(1))
            if found.group(2) == "/" and TERMINALS.get(text, ELEMENT.fullmatch(text)):
                element_at[found.group(1)] = TERMINALS.get(text, text)
    for edge, kind in kinds.items():
        _, _, first, last = edge.split(" ")
        if kind.startswith("normal"):
            graph.edge(first, last)
    return order_of_graph(graph, element_at)


def order_of_dot(drawn):
    """The order in a Graphviz graph; edges without a constraint go back."""
    graph = Graph()
    element_at = {}
    for node in drawn["objects"]:
        if "nodes" in node:
            continue
        graph.add(node["_gvid"])
        for text in node.get("label", []):
            if TERMINALS.get(text, ELEMENT.fullmatch(text)):
                element_at[node["_gvid"]] = TERMINALS.get(text, text)
    for edge in drawn["edges"]:
        if edge.get("constraint") != "false" and edge.get("style") != "invis":
            graph.edge(edge["tail"], edge["head"])
    return order_of_graph(graph, element_at)


def order_of_pipeline(template):
    """For each element, those that begin after it has ended: in a later stage, or with a larger run order."""
    begins, ends = {}, {}
    for number, stage in enumerate(template["Resources"]["Pipeline"]["Properties"]["Stages"]):
        for action in stage["Actions"]:
            found = re.match(r"(?:.*\.)?(?:Wait-)?(?:.*\.)?(e\d+)(?:_|$)", action["Name"])
            if not found:
                continue
            when = (number, action.get("RunOrder", 1))
            element = found.group(1)
            begins[element] = min(begins.get(element, when), when)
            ends[element] = max(ends.get(element, when), when)
    return {element: {later for later in begins if begins[later] > ends[element]} for element in ends}


def equal(name, expected, found):
    if expected.keys() != found.keys():
        yield f"{name}: holds {sorted(found.keys() - expected.keys())} that the map has not, lacks {sorted(expected.keys() - found.keys())}"
        return
    for first, last in sorted(reduced(expected) ^ reduced(found)):
        yield f"{name}: {first} before {last} {'is lost' if (first, last) in reduced(expected) else 'is not of the map'}"


def at_least(name, expected, found):
    """Like equal(), for a pipeline: it may order more, and omit waits that it merges into the steps."""
    if set(found) - set(expected) or ("merged" not in name and set(expected) - set(found) - {BEGIN, END}):
        yield f"{name}: holds {sorted(found.keys() - expected.keys())} that the map has not, lacks {sorted(expected.keys() - found.keys())}"
    for first in expected.keys() & found.keys():
        for last in (expected[first] & found.keys()) - found[first]:
            yield f"{name}: {first} is not before {last}"


def stem_of(stream):
    return stream["name"] if stream["future"] is None else f"{stream['future']['of']}.{stream['name']}"


class Outputs:
    """The outputs below a folder that have an order, each with the order of its map."""

    def __init__(self, folder):
        self.workflows, self.pipelines, self.diagrams, self.graphs, self.gitlab = [], [], [], [], []
        reading, drawn = Reading(), []
        for place in sorted(folder.iterdir()):
            streams = json.loads((place / "ir" / f"{place.name}.json").read_text(encoding="utf-8"))["streams"]
            orders = {stem_of(stream): order_of_map(stream) for stream in streams}
            for file in sorted(place.glob("*/*")):
                name = f"{place.name}/{file.parent.name}/{file.name}"
                order = orders.get(
                    max((stem for stem in orders if file.name.startswith(f"{stem}.")), key=len, default=None)
                )
                text = file.read_text(encoding="utf-8")
                if file.parent.name == "mermaid":
                    drawn.append((name, order, [((), reading.draw("mermaid", text))]))
                elif file.parent.name.startswith("codepipeline"):
                    self.pipelines.append((name, order, VALUES[file.suffix](text)))
                elif file.parent.name == "gitlab":
                    self.gitlab.append((name, order, VALUES[file.suffix](text)))
                elif file.parent.name == "dot":
                    self.graphs.append((name, order, VALUES[file.suffix](text)))
                elif file.parent.name == "github":
                    self.workflows.append((name, order, VALUES[file.suffix](text)))
        self.diagrams = [
            (name, order, items) for (name, order, _), items in zip(drawn, reading.finish([one for _, _, one in drawn]))
        ]

    def findings(self):
        for name, order, workflow in self.workflows:
            yield from equal(name, order, order_of_workflow(workflow))
        for name, order, pipeline in self.gitlab:
            yield from equal(name, order, order_of_gitlab(pipeline))
        for name, order, template in self.pipelines:
            yield from at_least(name, order, order_of_pipeline(template))
        for name, order, items in self.diagrams:
            yield from equal(name, order, order_of_diagram(items))
        for name, order, drawn in self.graphs:
            yield from equal(name, order, order_of_dot(drawn))

    def all(self):
        return {
            "workflows": self.workflows,
            "pipelines": self.pipelines,
            "diagrams": self.diagrams,
            "graphs": self.graphs,
            "GitLab pipelines": self.gitlab,
        }


def wrong_workflows(workflow):
    """For each job, the workflow in which it needs nothing."""
    for job in workflow["jobs"]:
        if (
            job not in ("start", "figures")
            and not job.startswith("rework")
            and workflow["jobs"][job].get("needs") not in (None, ["start"], "start")
        ):
            jobs = {name: {**what, "needs": []} if name == job else what for name, what in workflow["jobs"].items()}
            yield f"{job} needs nothing", {**workflow, "jobs": jobs}


def wrong_gitlab(pipeline):
    """For each job, the pipeline in which it needs nothing."""
    start = next(iter(job for job in pipeline if job.endswith(" Start")))
    for job, what in pipeline.items():
        if (
            isinstance(what, dict)
            and what.get("needs") not in (None, [], [start])
            and " Rework " not in job
            and " Figures" not in job
        ):
            yield f"{job} needs nothing", {**pipeline, job: {**what, "needs": []}}


def wrong_pipelines(template):
    """For each stage, the template in which all its actions run in parallel."""
    stages = template["Resources"]["Pipeline"]["Properties"]["Stages"]
    for number, stage in enumerate(stages):
        if max(action.get("RunOrder", 1) for action in stage["Actions"]) > 1:
            flat = {**stage, "Actions": [{**action, "RunOrder": 1} for action in stage["Actions"]]}
            yield (
                f"stage {stage['Name']} at once",
                {
                    "Resources": {
                        "Pipeline": {"Properties": {"Stages": [*stages[:number], flat, *stages[number + 1 :]]}}
                    }
                },
            )


def wrong_diagrams(items):
    """For each solid arrow between two elements, the diagram in which it is dotted."""
    element_at = {
        place[0].split("/")[1].removeprefix("node ")
        for place, text in items
        if ELEMENT.fullmatch(text) or text in TERMINALS
    }
    for number, (place, text) in enumerate(items):
        found = re.fullmatch(r"/edge \d+ (n\d+) (n\d+)@kind", place[0])
        if found and text.startswith("normal") and set(found.groups()) <= element_at:
            yield f"{place[0]} dotted", [*items[:number], (place, "dotted arrow_point"), *items[number + 1 :]]


def wrong_graphs(drawn):
    """For each edge between two elements, the graph without it."""
    boxes = {
        node["_gvid"] for node in drawn["objects"] if any(ELEMENT.fullmatch(text) for text in node.get("label", []))
    }
    for edge in drawn["edges"]:
        if {edge["tail"], edge["head"]} <= boxes and edge.get("constraint") != "false":
            yield (
                f"no edge {edge['tail']} {edge['head']}",
                {**drawn, "edges": [one for one in drawn["edges"] if one is not edge]},
            )


def proofs(outputs):
    """Yields each change, and whether it was found."""
    changes = [
        (outputs.workflows, wrong_workflows, order_of_workflow, equal),
        (outputs.gitlab, wrong_gitlab, order_of_gitlab, equal),
        (outputs.pipelines, wrong_pipelines, order_of_pipeline, at_least),
        (outputs.diagrams, wrong_diagrams, order_of_diagram, equal),
        (outputs.graphs, wrong_graphs, order_of_dot, equal),
    ]
    for group, wrong, read, compare in changes:
        for name, order, output in group[:20]:
            for what, changed in wrong(output):
                yield f"{name}: {what}", bool(list(compare(name, order, read(changed))))


def main(arguments):
    match arguments:
        case ["check", folder]:
            outputs = Outputs(Path(folder))
            problems = list(outputs.findings())
            print(*problems, sep="\n")
            print(
                f"order: {', '.join(f'{len(group)} {kind}' for kind, group in outputs.all().items())}; {len(problems)} findings"
            )
            return 1 if problems or not all(outputs.all().values()) else 0
        case ["prove", folder]:
            found = list(proofs(Outputs(Path(folder))))
            missed = [what for what, seen in found if not seen]
            print(*missed, sep="\n")
            print(f"order: {len(found)} changes, {len(missed)} not seen")
            return 1 if missed or not found else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
