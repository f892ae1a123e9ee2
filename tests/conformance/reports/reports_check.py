"""reports_check.py VSM: checks the report formats of `vsm lint` with their readers, on hostile names and texts.

SARIF: the schema, the rules of the SARIF Multitool for SARIF and for GitHub, and line hashes computed by that tool.
GitHub: a reader of the runner's log. GitLab: the schema of its report. Markdown: rendered, nothing in it may be live.
Each must report the same findings as `--format json`. Then each reader gets a wrong input. Exit 0 no findings, 1
findings, 2 cannot run.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import runner_log

HERE = Path(__file__).resolve().parent.parent
TOOLS = Path(os.environ.get("VSM_TOOLS", HERE.parents[1] / "build/tools"))
SARIF_SCHEMA = "node_modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json"

NAMES = [
    "plain.vsm",
    "a b.vsm",
    "100%.vsm",
    "%0A::error::x.vsm",
    "c:d,e=f.vsm",
    "::error::forged.vsm",
    "::error file=plain.vsm,line=1::forged.vsm",
    "line\n::error::forged.vsm",
    "line\r::warning::forged.vsm",
    "##[error]forged.vsm",
    "#hash?query&x.vsm",
    "é😀 日本.vsm",
    "@team/`x`|y|<b>.vsm",
    "[x](javascript:1).vsm",
    "back\\slash.vsm",
    "deep/er/::notice::x.vsm",
    "$(touch PWNED).vsm",
    "\x1b[2Khidden.vsm",
    " blanks .vsm",
    "bad\udcff.vsm",
]

TEXTS = [
    "::error::forged",
    "##[error]forged ##[add-mask]x",
    "a\\n::set-output name=x::y",
    "@octocat fixes #1 GH-1 octo/repo#2",
    "[x](https://x.invalid) https://x.invalid www.x.invalid",
    "</code></table><script>alert(1)</script><img src=x>",
    "| a | b |",
    "`` ` ``` code",
    "%25 %0A %0D %3A",
    "{0} {1} ${{ secrets.X }}",
    "é😀e\\u{301} 日本",
]

# Produces findings that quote the map: misspelt and unreadable words, in every severity.
MAP = """\
stream s{i} "{text}" {{
  trigger: "{text}"
  step a{i} "{text}" {{ proces: 1 h, lead: 2h, team: "{text}" }}
  step b "{text}" {{ process: 1h, lead: 2h, after: "{text}", ca: 1{i}0% }}
  wait "{text}" 12m
  step c "{text}" {{ process: "{text}", lead: 2h }}
  note "{text}" on nothing
}}
"""
GOOD = 'stream g{i} "{text}" {{\n  step a "{text}" {{ process: 1h, lead: 2h }}\n  expect lead_time = 1h\n}}\n'

GITLAB_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!/)(?!\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def write_maps(folder):
    """Writes maps with hostile names and texts, most of them with findings."""
    for i, name in enumerate(NAMES):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = TEXTS[i % len(TEXTS)]
        shape = GOOD if i % 4 == 3 else MAP
        file.write_text(shape.format(i=i, text=text.replace("\\u{", "\\u{")), encoding="utf-8")


def lint(vsm, folder, form, *flags):
    done = subprocess.run(
        [vsm, "lint", ".", "-q", "--process", "--format", form, *flags], cwd=folder, capture_output=True
    )
    if done.returncode not in (0, 1) or done.stderr:
        raise SystemExit(f"vsm lint --format {form}: exit {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode("utf-8", errors="strict" if form != "text" else "replace")


def multitool(*arguments):
    environment = os.environ | {
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
        "DOTNET_BUNDLE_EXTRACT_BASE_DIR": tempfile.gettempdir(),
    }
    return subprocess.run(
        ["sarif-multitool", *map(str, arguments)], env=environment, capture_output=True, text=True
    ).stdout


# Omitted on purpose: help URIs, a version, snippets, the repository URI; the schema is not fetched.
NOT_ASKED = {"SARIF2002", "SARIF2003", "SARIF2005", "SARIF2006", "SARIF2010", "SARIF2011", "SARIF2012"}


def sarif_rules(file):
    said = multitool("validate", file, "--rule-kind", "Sarif;GHAS", "--level", "Error;Warning;Note")
    if "Analysis completed successfully" not in said and not re.search(r": (error|warning|note) \w+", said):
        yield f"the multitool did not run: {said[-400:]}"
    for severity, rule, message in re.findall(r": (error|warning|note) ([A-Z]+\d+)[^:]*: (.*)", said):
        if rule not in NOT_ASKED:
            yield f"{severity} {rule}: {message}"


def with_hashes(log, folder, file):
    """The log with line hashes computed by the multitool."""
    bare = json.loads(json.dumps(log))
    for result in bare["runs"][0]["results"]:
        del result["partialFingerprints"]
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        artifact["uri"] = folder.as_uri() + "/" + artifact["uri"]
    file.write_text(json.dumps(bare))
    made = file.with_suffix(".hashed.sarif")
    multitool("rewrite", file, "-o", made, "--insert", "RollingHashPartialFingerprints", "--log", "ForceOverwrite")
    return json.loads(made.read_text(encoding="utf-8-sig"))


def place(item):
    return item["path"], item["line"], item["column"], item["end_line"], item["end_column"]


def sarif_problems(text, found, folder, scratch):
    log = json.loads(text)
    schema = json.loads((TOOLS / SARIF_SCHEMA).read_text(encoding="utf-8-sig"))
    for error in jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).iter_errors(log):
        yield f"schema: {error.json_path}: {error.message[:200]}"
    file = scratch / "lint.sarif"
    file.write_text(text, encoding="utf-8")
    yield from sarif_rules(file)
    run = log["runs"][0]
    if run["columnKind"] != "unicodeCodePoints":
        yield "columns are not said to be characters"
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        for part in (
            rule["shortDescription"]["text"],
            rule["fullDescription"]["text"],
            rule["help"]["text"],
            rule["help"]["markdown"],
        ):
            if not part or len(rule["fullDescription"]["text"]) > 1024:
                yield f"{rule['id']} is not described as GitHub asks"
    if len(run["results"]) != len(found):
        yield f"{len(run['results'])} results for {len(found)} findings"
    for result, item in zip(run["results"], found):
        where = result["locations"][0]["physicalLocation"]
        region, uri = where["region"], where["artifactLocation"]["uri"]
        if not re.fullmatch(r"[A-Za-z0-9._~%/-]+", uri) or uri.startswith("/"):
            yield f"{uri!r} is no relative address"
        path = unquote(uri, errors="surrogateescape")
        if not (folder / path).is_file():
            yield f"{uri} names no file"
        # the JSON report cannot represent a file name that is not UTF-8
        shown = path.encode(errors="surrogateescape").decode(errors="replace")
        if (shown, *(region[key] for key in ("startLine", "startColumn", "endLine", "endColumn"))) != place(item):
            yield f"{uri}: {region} for {place(item)}"
        if (
            rules[result["ruleIndex"]]["id"] != result["ruleId"]
            or result["ruleId"] != item["code"]
            or result["level"] != item["severity"]
        ):
            yield f"{uri}: rule {result['ruleId']} {result['level']} for {item['code']}"
        if len(result.get("relatedLocations", [])) != len(item["labels"]) or ("fixes" in result) != (
            item["fix"] is not None
        ):
            yield f"{uri}: labels or fixes are missing"
        if "](" in result["message"]["text"] or re.search(r"[\x00-\x1f\u202e\u200b]", result["message"]["text"]):
            yield f"{uri}: a message with a link or a control character: {result['message']['text']!r}"
    hashed = with_hashes(log, folder, scratch / "bare.sarif")["runs"][0]["results"]
    compared = 0
    for result, other in zip(run["results"], hashed):
        theirs = other.get("partialFingerprints", {}).get("primaryLocationLineHash")
        compared += theirs is not None
        if theirs not in (None, result["partialFingerprints"]["primaryLocationLineHash"]):
            yield f"{result['locations'][0]['physicalLocation']['artifactLocation']['uri']}: line hash {result['partialFingerprints']} for {theirs}"
    if compared < len(run["results"]) // 2:
        yield f"the multitool hashed {compared} of {len(run['results'])} lines"


KINDS = {"error": "error", "warning": "warning", "note": "notice"}


def github_problems(text, found, folder):
    commands, others = runner_log.read(text)
    if others:
        yield f"lines that are no annotation: {others}"
    counts = {kind: 0 for kind in KINDS.values()}
    order = {"error": 0, "warning": 1, "notice": 2}
    if [order.get(one.name, 9) for one in commands] != sorted(order.get(one.name, 9) for one in commands):
        yield "the most severe do not come first"
    expected = {(KINDS[item["severity"]], f"{item['code']} {item['name']}", item["line"]) for item in found}
    for command in commands:
        if command.name not in counts:
            yield f"a command of another kind: {command}"
            continue
        counts[command.name] += 1
        if command.properties.get("title") == "vsm lint":
            left = sum(int(number) for number in re.findall(r"(\d+) (?:error|warning|note)", command.data))
            if left + len(commands) - 1 != len(found):
                yield f"{command.data}: {len(commands) - 1} of {len(found)} are shown"
            continue
        known = {"file", "line", "endLine", "col", "endColumn", "title"}
        if not set(command.properties) <= known:
            yield f"a property of another name: {command.properties}"
        if (command.name, command.properties.get("title"), int(command.properties.get("line", 0))) not in expected:
            yield f"an annotation of nothing that was found: {command}"
            continue
        name = command.properties["file"]
        if not (folder / name).is_file() and "\\" not in name:
            yield f"{name!r} names no file"
        if ("col" in command.properties) != (command.properties["line"] == command.properties["endLine"]):
            yield f"columns on several lines: {command.properties}"
    for kind, count in counts.items():
        of_kind = sum(KINDS[item["severity"]] == kind for item in found)
        if count > 10 or (kind != "notice" and count != min(of_kind, 10)):
            yield f"{count} annotations of {of_kind}: {kind}"


def gitlab_problems(text, found, folder):
    report = json.loads(text)
    for error in jsonschema.Draft202012Validator(GITLAB_SCHEMA).iter_errors(report):
        yield f"schema: {error.json_path}: {error.message[:200]}"
    if len({item["fingerprint"] for item in report}) != len(report):
        yield "two findings have one fingerprint"
    told = [(item["location"]["path"], item["location"]["lines"]["begin"], item["check_name"]) for item in report]
    if told != [(item["path"], item["line"], f"{item['code']} {item['name']}") for item in found]:
        yield "it tells other findings"
    for item in report:
        if re.search(r"[\x00-\x1f\u202e\u200b]", item["description"]):
            yield f"a control character in {item['description']!r}"


MARKDOWN = """
import { readFileSync } from "node:fs";
import { document_of, live_parts } from "./markdown/markdown.mjs";
const document = document_of(readFileSync(0, "utf8"));
const rows = [...document.querySelectorAll("table > tbody > tr")].map((row) => [...row.children].map((cell) => cell.textContent));
console.log(JSON.stringify({ live: live_parts(document), rows, children: [...document.body.children].map((one) => one.localName) }));
"""


def markdown_problems(text, found):
    done = subprocess.run(
        ["node", "--input-type=module", "-e", MARKDOWN], cwd=HERE, input=text, capture_output=True, text=True
    )
    if done.returncode != 0:
        yield f"the reader failed: {done.stderr[-400:]}"
        return
    read = json.loads(done.stdout)
    yield from (f"live: {part}" for part in read["live"])
    if read["children"] != ["h3", "table"]:
        yield f"other structure: {read['children']}"
    if len(read["rows"]) != len(found) or any(len(row) != 3 for row in read["rows"]):
        yield f"{len(read['rows'])} rows for {len(found)} findings"
    severities = [row[0] for row in read["rows"]]
    if severities != sorted(severities, key=["error", "warning", "note"].index):
        yield "the most severe do not come first"


def log_problems(form, text):
    """Checks that no line of a report for people is a command in the log of a run."""
    commands, _ = runner_log.read(text)
    yield from (f"{form} gives a command: {command}" for command in commands)


def wrong_inputs(vsm, folder, found, scratch):
    """Gives each reader a wrong input; yields those that accept it."""
    sarif = json.loads(lint(vsm, folder, "sarif"))
    sarif["runs"][0]["results"][0]["level"] = "grave"
    sarif["runs"][0]["results"][1]["partialFingerprints"]["primaryLocationLineHash"] = "1:1"
    said = "\n".join(sarif_problems(json.dumps(sarif), found, folder, scratch))
    for expected in ("schema: ", "line hash "):
        if expected not in said:
            yield f"a wrong SARIF log is not refused with {expected!r}: {said[:300]}"
    gitlab = json.loads(lint(vsm, folder, "gitlab"))
    gitlab[0]["severity"], gitlab[1]["fingerprint"] = "grave", gitlab[2]["fingerprint"]
    said = "\n".join(gitlab_problems(json.dumps(gitlab), found, folder))
    if "schema: " not in said or "one fingerprint" not in said:
        yield f"a wrong GitLab report is not refused: {said}"
    if not list(github_problems(lint(vsm, folder, "github") + "::error::forged\n", found, folder)):
        yield "a forged annotation is not noticed"
    if not list(markdown_problems(lint(vsm, folder, "markdown") + "\n@octocat <b>x</b>\n", found)):
        yield "live Markdown is not noticed"
    if not list(log_problems("text", "fine\n  ::error::x\nfine ##[error]y\n")):
        yield "a command in a log is not noticed"


def main(vsm):
    problems = []
    with tempfile.TemporaryDirectory() as temporary:
        folder, scratch = Path(temporary).resolve() / "repository", Path(temporary) / "scratch"
        (folder / ".git").mkdir(parents=True)
        scratch.mkdir()
        write_maps(folder)
        found = json.loads(lint(vsm, folder, "json"))["diagnostics"]
        severities = {item["severity"] for item in found}
        if len(found) < 60 or not {"error", "warning"} <= severities:
            problems.append(f"too little is found to show anything: {len(found)}, {severities}")
        problems += sarif_problems(lint(vsm, folder, "sarif"), found, folder, scratch)
        problems += github_problems(lint(vsm, folder, "github"), found, folder)
        problems += gitlab_problems(lint(vsm, folder, "gitlab"), found, folder)
        problems += markdown_problems(lint(vsm, folder, "markdown"), found)
        for form in ("text", "concise"):
            problems += log_problems(form, lint(vsm, folder, form))
        problems += wrong_inputs(vsm, folder, found, scratch)
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"reports: {len(NAMES)} maps, {len(found)} findings, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(str(Path(sys.argv[1]).resolve())))
