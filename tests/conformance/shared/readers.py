"""The readers of vsm's outputs: how to call each, and which of the files that outputs.py wrote it reads.

readers.py check READER FOLDER   reads all its files below FOLDER; exit 1 on any finding, or if there is no file for it
readers.py prove READER          checks that the reader accepts a good input and refuses each bad one (bad_inputs.py)
readers.py list                  prints the names of the readers
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SCHEMAS = HERE.parent.parent / "docs/schema"
REGIONS = ["us-east-1", "eu-west-1"]


@dataclass(frozen=True)
class Reader:
    """Runs `command` with `before` and the files below the output folder that match `patterns`, one of each in turn."""

    command: tuple
    patterns: tuple
    before: tuple = ()
    many: bool = False  # slow to start, and prefixes findings with the file: all bad inputs go to one call

    def files(self, folder):
        groups = [
            sorted(folder.glob(pattern), key=lambda file: (file.parents[1], file.stem)) for pattern in self.patterns
        ]
        if len({len(group) for group in groups}) != 1:
            raise SystemExit(f"files without a partner: {[list(map(str, group)) for group in groups]}")
        return [file for group in zip(*groups) for file in group]


READERS = {
    "mermaid": Reader(("node", HERE / "mermaid/mermaid_parse.mjs"), ("*/mermaid*/*.mmd",)),
    "drawing": Reader(("node", HERE / "mermaid/draw_mermaid.mjs", "--beside"), ("*/mermaid*/*.mmd",)),
    "gantt": Reader(("node", HERE / "mermaid/gantt_check.mjs"), ("*/metrics/*.json",)),
    "dot": Reader(("python", HERE / "dot/dot_check.py"), ("*/metrics/*.json",)),
    "html": Reader(("node", HERE / "html/html_check.mjs"), ("*/html*/*.html",), many=True),
    "svg": Reader(("node", HERE / "svg/svg_check.mjs"), ("*/svg*/*.svg",), many=True),
    "workflow": Reader(("node", HERE / "github/workflow_check.mjs"), ("*/github*/*.yml",)),
    "workflow-schema": Reader(
        ("check-jsonschema", "--builtin-schema", "vendor.github-workflows"), ("*/github*/*.yml",)
    ),
    "workflow-act": Reader(("node", HERE / "github/workflow_act.mjs"), ("*/github/*.yml", "*/github-on-push/*.yml")),
    "workflow-run": Reader(("node", HERE / "github/workflow_run.mjs"), ("*/github*/*.yml",)),
    "cloudformation": Reader(("cfn-lint", "-c", "I", "-r", *REGIONS, "--"), ("*/codepipeline*/*.codepipeline.*",)),
    "pipeline-shape": Reader(
        ("python", HERE / "codepipeline/pipeline_shape.py"), ("*/codepipeline*/*.codepipeline.*",)
    ),
    "pipeline-service": Reader(
        ("python", HERE / "codepipeline/pipeline_service.py"), ("*/codepipeline*/*.codepipeline.*",)
    ),
    "pipeline-play": Reader(("python", HERE / "codepipeline/pipeline_play.py"), ("*/codepipeline*/*.codepipeline.*",)),
    "yaml-values": Reader(
        ("python", HERE / "yaml/yaml_roundtrip.py"), ("*/codepipeline/*.yaml", "*/codepipeline-json/*.json")
    ),
    "gitlab-schema": Reader(("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"), ("*/gitlab*/*.yml",)),
    "gitlab-run": Reader(("python", HERE / "gitlab/gitlab_run.py"), ("*/metrics/*.json",)),
    "mock-pipeline": Reader(
        ("python", HERE / "codepipeline/mock_pipeline_check.py"), ("mock-pipeline/codepipeline-json/*.json",)
    ),
    "markdown": Reader(("node", HERE / "markdown/markdown_check.mjs"), ("*/metrics/*.json", "*/ir/*.json")),
    "figures": Reader(("python", HERE / "figures/figures_check.py"), ("*/metrics/*.json",)),
    "csv": Reader(("python", HERE / "csv/csv_check.py"), ("*/csv/*.csv", "*/json/*.json")),
    "json-schema": Reader(
        ("node", HERE / "schemas/schema_check.mjs"), ("*/json/*.json",), (SCHEMAS / "ir.schema.json",)
    ),
    "ir-schema": Reader(("node", HERE / "schemas/schema_check.mjs"), ("*/ir/*.json",), (SCHEMAS / "ir.schema.json",)),
    "metrics-schema": Reader(
        ("node", HERE / "schemas/schema_check.mjs"), ("*/metrics/*.json",), (SCHEMAS / "metrics.schema.json",)
    ),
}


def call(reader, arguments):
    done = subprocess.run([*reader.command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def check(reader, folder):
    files = reader.files(folder)
    if not files:
        print(f"no file matches {reader.patterns} below {folder}")
        return 1
    code, output = call(reader, [*reader.before, *files])
    print(output)
    print(f"{len(files)} files read, exit {code}")
    return 0 if code == 0 else 1


def write_inputs(folder, inputs):
    """Writes the texts to files of their names; returns the files in that order."""
    for name, text in inputs.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return [folder / name for name in inputs]


def files_of(reader, folder, inputs):
    """Writes the inputs, in the folders of outputs.py or as plain files; returns those that the reader reads."""
    files = write_inputs(folder, inputs)
    return reader.files(folder) if any("/" in file for file in inputs) else files


def answers_one_by_one(reader, cases):
    for inputs in cases:
        with tempfile.TemporaryDirectory() as folder:
            yield call(reader, files_of(reader, Path(folder), inputs))


def answers_of_one_call(reader, cases):
    """Yields the answer for each case: the lines that begin with one of its files."""
    with tempfile.TemporaryDirectory() as folder:
        files = [files_of(reader, Path(folder) / str(number), inputs) for number, inputs in enumerate(cases)]
        code, output = call(reader, [file for group in files for file in group])
        for group in files:
            lines = [line for line in output.splitlines() if line.startswith(tuple(f"{file}: " for file in group))]
            # a failure that names no file of any case means that nothing was read
            yield (0 if code == 1 and not lines else code, "\n".join(lines) or output)


def prove(name, reader):
    from bad_inputs import BAD_INPUTS, GOOD_INPUTS

    wrong = 0
    cases = [(None, GOOD_INPUTS[name]), *BAD_INPUTS[name].items()]
    answers = (answers_of_one_call if reader.many else answers_one_by_one)(reader, [inputs for _, inputs in cases])
    for (expected, _), (code, output) in zip(cases, answers, strict=True):
        right = code == 0 if expected is None else code != 0 and expected in output
        wrong += not right
        print(f"{'ok' if right else 'WRONG'}: {expected or 'accepted'}: exit {code}\n{'' if right else output}", end="")
    print(f"{name}: {len(BAD_INPUTS[name])} bad inputs, {wrong} not as expected")
    return 1 if wrong or not BAD_INPUTS[name] else 0


def main(arguments):
    match arguments:
        case ["list"]:
            print(*READERS, sep="\n")
            return 0
        case ["check", name, folder] if name in READERS:
            return check(READERS[name], Path(folder))
        case ["prove", name] if name in READERS:
            return prove(name, READERS[name])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
