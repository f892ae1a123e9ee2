"""A graph that dot_check.py accepts, and graphs that it must refuse."""

import json

from inputs import without

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


GOOD = {
    "dot": graph_of(GRAPH),
}

BAD = {
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
}
