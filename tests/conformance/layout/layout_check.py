"""layout_check.py check PROJECT: holds the layout of the sources to .clang-format, ruff.toml and .prettierrc.json, and
their lines to 120 columns, and sources to 400 lines.
layout_check.py prove PROJECT: plants a fault of each kind in a copy of a few files; each must be found.

Lines may be longer where nothing can break them: tables and code in Markdown, links, literals in sources that a
formatter laid out, and texts compared byte by byte.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

COLUMNS = 120
LINES = 400
FORMATTED = {".cpp": "cpp", ".h": "cpp", ".py": "python", ".mjs": "javascript"}
DATA = {".json", ".vsm", ".expected", ".cmd", ".png", ".svg", ".csv", ".dot", ".html"}
NOT_OURS = {".git", ".ruff_cache", "build", "golden", "corpus", "node_modules", "__pycache__"}
BYTE_BY_BYTE = {"docs/diagnostics.md"}  # as `vsm explain --markdown` prints it
TOOLS = {
    "cpp": ["clang-format", "--dry-run", "-Werror"],
    "python": ["ruff", "format", "--check", "--quiet", "--no-cache"],
    "javascript": ["node", f"{os.environ['VSM_TOOLS']}/node_modules/prettier/bin/prettier.cjs", "--check"],
}


def sources(project):
    """The text files below a folder that people write, relative to it."""
    for folder, folders, files in os.walk(project):
        folders[:] = sorted(set(folders) - NOT_OURS)
        for file in sorted(files):
            path = Path(folder, file)
            if path.suffix not in DATA and not path.is_symlink():
                yield path.relative_to(project)


def language(project, path):
    if path.suffix in FORMATTED:
        return FORMATTED[path.suffix]
    with open(project / path, "rb") as file:
        return "python" if path.suffix == "" and file.readline().startswith(b"#!/usr/bin/env python3") else None


def too_long(path, text, formatted):
    """The numbers of the lines of a file that are longer than they may be."""
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        start = line.lstrip()
        if path.suffix == ".md":
            fenced ^= start.startswith("```")
            if fenced or start.startswith("|") or "](" in line:
                continue
        if formatted and not start.startswith(("//", "#", "*")):
            continue
        if len(line) > COLUMNS:
            yield number


def check(project):
    """One line for each fault."""
    files = {}
    for path in sources(project):
        text = (project / path).read_text(encoding="utf-8")
        kind = language(project, path)
        files.setdefault(kind, []).append(str(path))
        if kind is not None and text.count("\n") > LINES:
            yield f"{path}: longer than {LINES} lines"
        if str(path) not in BYTE_BY_BYTE:
            for number in too_long(path, text, kind is not None):
                yield f"{path}:{number}: longer than {COLUMNS} columns"
    for kind, command in TOOLS.items():
        done = subprocess.run(
            [*command, *files.get(kind, [])], cwd=project, capture_output=True, text=True, timeout=300
        )
        if done.returncode != 0:
            yield f"{kind}: {' '.join(command)} ends with {done.returncode}:\n{done.stdout}{done.stderr}"


PLANTED = {
    "cpp: clang-format": ("base/text.cpp", lambda text: text.replace("    return", "  return", 1)),
    "python: ruff": ("bench/run", lambda text: text.replace('"', "'", 2)),
    "javascript: node": ("tests/conformance/preload.mjs", lambda text: text.replace(";", "", 1)),
    "base/text.h:1:": ("base/text.h", lambda text: f"// {'long ' * 29}long\n{text}"),
    "scripts/test:2:": ("scripts/test", lambda text: text.replace("\n", f"\n# {'long ' * 30}\n", 1)),
    "CMakeLists.txt:1:": ("CMakeLists.txt", lambda text: f"# {'long ' * 30}\n{text}"),
    "base/text.h: longer": ("base/text.h", lambda text: text + "// more\n" * 400),
    "README.md:1:": ("README.md", lambda text: f"{'long ' * 30}\n{text}"),
}


def prove(project):
    """One line for each planted fault that is not found."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for path in [".clang-format", "ruff.toml", ".prettierrc.json", *{path for path, _ in PLANTED.values()}]:
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(project / path, copy / path)
        yield from (f"before a fault is planted: {fault}" for fault in check(copy))
        for said, (path, change) in PLANTED.items():
            whole = (copy / path).read_text(encoding="utf-8")
            changed = change(whole)
            assert changed != whole, path
            (copy / path).write_text(changed, encoding="utf-8")
            found = list(check(copy))
            if len(found) != 1 or not found[0].startswith(said):
                yield f"a fault planted in {path} must be told as `{said}`, is told as {found}"
            (copy / path).write_text(whole, encoding="utf-8")


def main(what, project):
    faults = list({"check": check, "prove": prove}[what](Path(project)))
    print("\n".join(faults) or f"{what}: no faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
