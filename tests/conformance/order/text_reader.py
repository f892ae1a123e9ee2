"""Reads an output with the reader of its format, as pairs of a place (the keys that lead to a text) and the text.

Depends on the formats, not on the outputs. Documents inside texts (JSON, Markdown, diagrams) are read in turn.
"""

import csv
import io
import json
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import yaml

HERE = Path(__file__).resolve().parent.parent


class Refused(Exception):
    """A reader does not accept the document."""


class StrictLoader(yaml.CSafeLoader):
    """Refuses duplicate keys."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len(set(map(repr, keys))) != len(keys):
            raise Refused(f"a key twice: {keys}")
        return super().construct_mapping(node, deep)


# GitHub and GitLab read `on` and dates as text
StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:timestamp",)]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def once(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise Refused(f"a key twice: {pairs}")
    return dict(pairs)


def walk(value, place=()):
    """Every place of a document with its text; for mappings and lists also the number of entries."""
    if isinstance(value, dict):
        yield (*place, "{}"), str(len(value))
        for key, item in value.items():
            yield from walk(item, (*place, str(key)))
    elif isinstance(value, list):
        yield (*place, "[]"), str(len(value))
        for number, item in enumerate(value):
            yield from walk(item, (*place, f"[{number}]"))
    else:
        yield place, value if isinstance(value, str) else json.dumps(value)


# what Graphviz adds with the layout
LAYOUT = {"bb", "pos", "lp", "width", "height", "lwidth", "lheight", "rects", "vertices", "xlp", "head_lp", "tail_lp"}
DRAWING = {"_draw_", "_ldraw_", "_hdraw_", "_tdraw_"}


def read_csv(text):
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise Refused(str(error)) from error


def read_dot(text):
    done = subprocess.run(["dot", "-Tjson"], input=text, capture_output=True, text=True)
    if done.returncode != 0 or done.stderr:
        raise Refused(done.stderr)
    return as_drawn(json.loads(done.stdout))


def as_drawn(value):
    """What Graphviz read, without the layout; labels are the lines that it draws."""
    if isinstance(value, list):
        return [as_drawn(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: as_drawn(item) for key, item in value.items() if key not in LAYOUT | DRAWING}
    if "label" in value:
        kept["label"] = [part["text"] for part in value.get("_ldraw_", []) if part["op"] == "T"]
    return kept


def told(picture):
    """The titles of each step, wait, end and arc of a drawing, which do not depend on the space as its lines do."""
    spaceless = [one for one in picture.iter() if isinstance(one.tag, str)]
    titles = []
    for group in spaceless:
        held = {child.get("class", "").split(" ")[0] for child in group}
        if held & {"box", "tri", "w"} and local(group[0]) == "title":
            titles.append("".join(group[0].itertext()))
    return {
        "tags": sorted({local(one) for one in spaceless}),
        "attributes": sorted({name for one in spaceless for name in one.attrib}),
        "titles": titles,
    }


def local(element):
    return element.tag.rpartition("}")[2]


def read_svg(text):
    try:
        return told(ElementTree.fromstring(text))
    except ElementTree.ParseError as error:
        raise Refused(str(error)) from error


def read_html(text):
    """The texts of a page in order, each with its element, and the titles of its drawings. Only <meta> is not XML."""
    closed = re.sub(r"(<meta [^>]*[^/])>", r"\1/>", text.removeprefix("<!DOCTYPE html>\n"))
    try:
        root = ElementTree.fromstring(closed)
    except ElementTree.ParseError as error:
        raise Refused(str(error)) from error
    pictures = [one for one in root.iter() if local(one) == "svg"]
    drawn = {inner for picture in pictures for inner in picture.iter()}
    texts = [[local(one), one.text or ""] for one in root.iter() if one not in drawn and local(one) != "style"]
    labels = [one.get("aria-label") for one in root.iter() if one not in drawn and one.get("aria-label")]
    return {"texts": texts, "labels": labels, "pictures": [told(one) for one in pictures]}


def jobs_listed(pipeline):
    """A GitLab pipeline with its jobs in a list, because their names are texts."""
    own = {name: value for name, value in pipeline.items() if not name[0].isdigit()}
    return own | {"jobs": [{"name": name, **job} for name, job in pipeline.items() if name not in own]}


VALUES = {
    ".svg": read_svg,
    ".html": read_html,
    ".json": lambda text: json.loads(text, object_pairs_hook=once),
    ".yaml": lambda text: yaml.load(text, StrictLoader),
    ".yml": lambda text: yaml.load(text, StrictLoader),
    ".csv": read_csv,
    ".dot": read_dot,
}
DRAWN = {".mmd": "mermaid", ".md": "markdown"}


def is_page(place, text):
    """Whether a text of a document is a Markdown page: the summary of a run."""
    return place and place[-1] == "MARKDOWN"


def nested(place, text):
    if text.startswith(("{", "[")):
        try:
            return walk(json.loads(text, object_pairs_hook=once), (*place, "json"))
        except ValueError:
            return None
    return None


class Reading:
    """Reads files in one pass: collects the texts that only JavaScript can read first."""

    def __init__(self):
        self.requests = []

    def draw(self, kind, text):
        self.requests.append({"format": kind, "text": text})
        return len(self.requests) - 1

    def take(self, file, decode):
        """The contents of a file, with requests for diagrams and pages. `decode` undoes what its reader undoes."""
        text = file.read_text(encoding="utf-8")
        if file.suffix in DRAWN:
            return [((), self.draw(DRAWN[file.suffix], text))]
        try:
            read = VALUES[file.suffix](text)
            found = list(walk(jobs_listed(read) if file.name.endswith(".gitlab-ci.yml") else read))
        except (ValueError, yaml.YAMLError) as error:
            raise Refused(f"{file.name}: {error}") from error
        except KeyError:
            raise Refused(f"{file.name}: there is no reader here for a file that ends so") from None
        items = []
        for place, text in found:
            text = decode(text)
            if is_page(place, text):
                items.append((place, self.draw("markdown", text)))
            else:
                items.extend(nested(place, text) or [(place, text)])
        return items

    def finish(self, taken):
        """The lists that take() returned, with the requests resolved."""
        done = subprocess.run(
            ["node", HERE / "order/text_tree.mjs"], input=json.dumps(self.requests), capture_output=True, text=True
        )
        if done.returncode != 0:
            raise SystemExit(f"text_tree.mjs: {done.stderr}")
        answers = json.loads(done.stdout)
        return [list(self.answered(items, answers)) for items in taken]

    @staticmethod
    def answered(items, answers):
        for place, text in items:
            if not isinstance(text, int):
                yield place, text
                continue
            answer = answers[text]
            if isinstance(answer, dict):
                yield (*place, "refused"), answer["error"]
            else:
                yield from (((*place, inner), words) for inner, words in answer)
