"""dot_check.py METRICS.json ...: draws the graphs beside each metrics file with Graphviz, compares them with the model.

For each stream of OUTPUTS/<map>/metrics/<map>.json, Graphviz reads OUTPUTS/<map>/dot/<stream>.dot without a warning and
draws
  - each step, wait, queue and stage of OUTPUTS/<map>/json/<stream>.json under its title, and the trigger, the customer
    and the lead time
  - the order of the map: a path leads from one element to another if and only if the second comes after the first
  - the share of each branch of a choose on an arrow, and each rework to an element on a back arrow that does not affect
    the ranks
  - a picture without links and scripts
Exit 0 no findings, 1 findings, 2 cannot run.
"""

import itertools
import json
import math
import subprocess
import sys
import xml.etree.ElementTree
from pathlib import Path

from model_order import LEAVES, Order, shown

# longer titles are cut at this many characters, or earlier
CUT = 79


def drawn(graphviz, file):
    done = subprocess.run([graphviz, "-Tjson", file], capture_output=True, text=True)
    if done.returncode != 0 or done.stderr.strip():
        raise ValueError(f"Graphviz says: {done.stderr.strip()}")
    graph = json.loads(done.stdout)
    texts = lambda thing: [op["text"] for op in thing.get("_ldraw_", []) if op["op"] == "T"]
    nodes = {one["_gvid"]: texts(one) for one in graph["objects"] if "nodes" not in one and "subgraphs" not in one}
    return nodes, [(edge["tail"], edge["head"], texts(edge), edge) for edge in graph.get("edges", [])]


def reachable(nodes, edges):
    following = {node: set() for node in nodes}
    for tail, head, _, edge in edges:
        if edge.get("style") not in ("dotted", "invis"):
            following[tail].add(head)
    reached = {}

    def visit(node):
        if node not in reached:
            reached[node] = set()
            for after in following[node]:
                reached[node] |= {after} | visit(after)
        return reached[node]

    for node in nodes:
        visit(node)
    return reached


def differences(graphviz, file, model, stream):
    try:
        nodes, edges = drawn(graphviz, file)
    except ValueError as error:
        yield str(error)
        return
    lines = [line for node in nodes.values() for line in node]
    for label in (model["trigger"] or "Start", model["customer"] or "End"):
        if not any(line.startswith(shown(label)[:CUT]) for line in lines):
            yield f"no text {label!r}"
    if stream["lead_time"] and f"lead time {stream['lead_time']['text']}" not in " ".join(lines).replace(
        " without rework", ""
    ):
        yield "the lead time is missing"

    found = {}
    for element in model["elements"]:
        named = element["title"] or element["name"]
        if element["kind"] not in LEAVES | {"stage"} or not named:
            continue
        name = shown(named)
        own = [
            node
            for node, texts in nodes.items()
            if name in texts or any(len(name) > CUT and line[:CUT] == name[:CUT] for line in texts)
        ]
        if not own:
            yield f"no box {name!r}"
        if len(own) == 1 and element["kind"] in LEAVES:
            found[element["id"]] = own[0]

    order, reached = Order(model["elements"]), reachable(nodes, edges)
    for first, second in itertools.permutations(found, 2):
        wanted = order.before(first, second)
        if wanted != (found[second] in reached[found[first]]):
            names = [order.by_id[one]["label"] for one in (first, second)]
            yield f"{names[1]} {'does not come' if wanted else 'comes'} after {names[0]}"

    percent = lambda share: f"{math.floor(1000 * share + 0.5 + 1e-8) / 10:g}%"
    for element in model["elements"]:
        if element["kind"] == "choose":
            for branch in element["children"]:
                share = percent(order.by_id[branch]["branch"]["resolved_share"])
                if not any(text == share or text.startswith(share + " ") for _, _, texts, _ in edges for text in texts):
                    yield f"no arrow says {share}"
        for rework in (element.get("step") or {}).get("reworks", []):
            back = f"{round(100 * rework['rate'], 9):g}% back"
            goes_back = [
                edge
                for tail, _, texts, edge in edges
                if tail == found.get(element["id"]) and any(text.startswith(back) for text in texts)
            ]
            if rework["to"] is not None and not any(edge.get("constraint") == "false" for edge in goes_back):
                yield f"no arrow back from {element['label']}: {back}"

    picture = subprocess.run([graphviz, "-Tsvg", file], capture_output=True)
    for part in xml.etree.ElementTree.fromstring(picture.stdout).iter():
        if part.tag.rpartition("}")[2] in ("a", "script", "image", "foreignObject"):
            yield f"the picture holds a <{part.tag.rpartition('}')[2]}>"


def main(names):
    if not names:
        print("usage: dot_check.py METRICS.json ...", file=sys.stderr)
        return 2
    bad = graphs = 0
    for name in map(Path, names):
        outputs = name.resolve().parent.parent
        for stream in json.loads(name.read_text(encoding="utf-8"))["streams"]:
            if stream["of"] is not None:
                continue  # a future: built only on request
            [model] = json.loads((outputs / "json" / f"{stream['name']}.json").read_text(encoding="utf-8"))["streams"]
            file = outputs / "dot" / f"{stream['name']}.dot"
            graphs += 1
            for finding in differences("dot", file, model, stream):
                print(f"{file}: {finding}")
                bad += 1
    print(f"dot: {graphs} graphs, {bad} findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
