"""sinks.py COMPILER ROOT: checks that code which writes a user's text without its escaper does not compile.

For each type of escaped text that the backends declare (`using NAME = SinkText<…>;`), and each function that takes one:
the same lines compile with a text of that type, and each is refused with plain text. Exit 0 no findings, 1 findings, 2
cannot run.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

SINK = re.compile(r"^using (\w+) = SinkText<\w+>;", re.MULTILINE)
NAMESPACE = re.compile(r"^namespace ([\w:]+) \{", re.MULTILINE)

# Replacements for TEXT: a literal of ours, and plain text in the forms that a user's text may have.
OWN = '"our own words"'
PLAIN = {
    "string": "std::string(1, 'x')",
    "view": "std::string_view(argument)",
    "pointer": "argument",
    "a literal joined": "\"x\" + std::string(1, 'x')",
}

DOCUMENT = """\
MapOf<SINK>().add(TEXT, 1);
MapOf<SINK>().add("key", TEXT);
MapOf<SINK>().add_block("key", TEXT);
ListOf<SINK>().add(TEXT);
SINK made = TEXT;
SINK made{TEXT};
""".splitlines()

# Sinks with other functions: headers, lines, and an accepted text.
OTHERS = {
    "Markdown": (["backends/mock/summary_markdown.h"], ["mock::Markdown().add(TEXT);"], OWN),
    "Label": (
        ["backends/mermaid/label.h"],
        [
            "const auto node = [](const mermaid::Label& label) { return label.quoted(); }; node(TEXT);",
            "mermaid::Label label{TEXT};",
        ],
        'mermaid::Label().line("x")',
    ),
}


def declared(root):
    """Yields each type of escaped text, with its namespace, and the header that declares it."""
    for header in sorted(root.glob("backends/**/*.h")):
        text = header.read_text(encoding="utf-8")
        for name in SINK.findall(text):
            namespace = NAMESPACE.search(text).group(1)
            yield f"{namespace.removeprefix('vsm::backends::')}::{name}", header.relative_to(root).as_posix()


def program(headers, lines, text):
    """The program, and the numbers of its lines that contain TEXT."""
    head = [f'#include "{header}"' for header in headers]
    head += [
        "using namespace vsm::backends;",
        "int main(int, char** arguments) {",
        "[[maybe_unused]] const char* argument = arguments[0];",
    ]
    body = [f"{{ {line.replace('TEXT', text)} }}" for line in lines]
    return "\n".join([*head, *body, "}", ""]), range(len(head) + 1, len(head) + 1 + len(body))


def lines_refused(compiler, root, source):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sink.cpp"
        file.write_text(source, encoding="utf-8")
        command = [compiler, "-std=c++20", "-fsyntax-only", "-fmax-errors=0", "-w", "-I", root, file]
        done = subprocess.run(command, capture_output=True, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
        # for an error inside a template, "required from here" names the calling line
        found = re.findall(rf"^{re.escape(str(file))}:(\d+):\d+:\s+(?:error:|required from)", done.stderr, re.MULTILINE)
        return done.returncode, {int(line) for line in found}, done.stderr


def findings(compiler, root, name, headers, lines, own):
    source, _ = program(headers, lines, own)
    code, _, said = lines_refused(compiler, root, source)
    if code != 0:
        yield f"{name}: its own text is refused:\n{said}"
    for kind, text in PLAIN.items():
        source, places = program(headers, lines, text)
        code, refused, said = lines_refused(compiler, root, source)
        for number, line in zip(places, lines):
            if code == 0 or number not in refused:
                yield f"{name}: a plain {kind} compiles: {line}"
        if outside := refused - set(places):
            yield f"{name}: refused for another reason, on the lines {outside}:\n{said}"


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    compiler, root = arguments[0], Path(arguments[1])
    places = {
        name: ([header, "backends/support/document.h"], [line.replace("SINK", name) for line in DOCUMENT], OWN)
        for name, header in declared(root)
    }
    problems = [] if places else ["no type of escaped text is declared"]
    for name, (headers, lines, own) in (places | OTHERS).items():
        problems += findings(compiler, root, name, headers, lines, own)
    # proves the test itself: a document of plain text accepts plain text
    plain, places_of_plain = program(
        ["backends/support/document.h"], [line.replace("SINK", "PlainText") for line in DOCUMENT], PLAIN["string"]
    )
    if lines_refused(compiler, root, plain)[0] != 0:
        problems.append("a document of plain text refuses plain text: this test would pass whatever a sink takes")
    for problem in problems:
        print(problem)
    print(f"sinks: {', '.join(places | OTHERS)}: {len(PLAIN)} kinds of plain text, {len(problems)} findings")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
