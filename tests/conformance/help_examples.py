"""help_examples.py VSM ROOT: checks the help of every command.

Each example runs in bash in a repository with the maps that it names, and must not be refused as wrong use. docs/cli.md
must have the same summary of each command, and all its flags. Exit 0 no findings, 1 findings.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path


def examples_of(vsm, name):
    said = subprocess.run([vsm, name, "--help"], check=True, capture_output=True, text=True).stdout
    return re.findall(r"^  (.+)$", said.partition("\nExamples:\n")[2], re.MULTILINE)


def prepare(root, folder):
    """A repository on a branch of main, with a map of one future, an older version of it, and a page with markers."""
    text = (root / "samples/checkout.vsm").read_text() + "\nfuture spring of checkout { change approve { lead: 1d } }\n"
    (folder / "old.vsm").write_text(text)
    (folder / "README.md").write_text("<!-- vsm:begin checkout.mmd -->\n<!-- vsm:end -->\n")
    (folder / ".config/fish/completions").mkdir(parents=True)
    git = ["git", "-c", "user.name=n", "-c", "user.email=n@example.org"]
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["commit", "-q", "-m", "Map checkout"],
        ["checkout", "-q", "-b", "change"],
    ):
        subprocess.run([*git, *words], cwd=folder, check=True)
    return text


def run(vsm, root, example):
    """The exit code and the messages of an example, with the preview ended once it serves."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        text = prepare(root, folder)
        if not example.startswith("vsm init"):
            (folder / "checkout.vsm").write_text(text)
            subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
            subprocess.run(
                ["git", "-c", "user.name=n", "-c", "user.email=n@example.org", "commit", "-q", "-m", "Add"],
                cwd=folder,
                check=True,
            )
        environment = {"PATH": f"{vsm.parent}:/usr/bin:/bin", "HOME": made}
        serves = example.startswith("vsm preview")
        line = f"exec timeout 5 {example.removesuffix('--open')}" if serves else f"set -e; {example}"
        with subprocess.Popen(
            ["bash", "-c", line],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as child:
            if serves and child.stdout.readline().startswith("http://127.0.0.1:"):
                child.terminate()
                child.communicate()
                return 0, ""
            messages = child.communicate(timeout=60)[1]
            return child.returncode, messages


def undocumented(vsm, name, summary, page):
    """What docs/cli.md lacks about a command."""
    if not re.search(rf"^vsm {name}\b.* {re.escape(summary[0].lower() + summary[1:])}$", page, re.MULTILINE):
        yield f"docs/cli.md has another summary of {name}: {summary}"
    said = subprocess.run([vsm, name, "--help"], check=True, capture_output=True, text=True).stdout
    section = (
        page.partition(f"\n## vsm {name}\n")[2].partition("\n## ")[0]
        + page.partition("\n## Conventions\n")[2].partition("\n## ")[0]
    )
    for flags in re.findall(r"^  ((?:-[A-Za-z]|--[a-z-]+)(?:,--[a-z-]+)?)\b", said, re.MULTILINE):
        if not any(re.search(rf"(?<![\w-]){flag}(?![\w-])", section) for flag in flags.split(",")):
            yield f"docs/cli.md does not have {flags} of {name}"


def main(vsm, root):
    said = subprocess.run([vsm, "help"], check=True, capture_output=True, text=True).stdout
    summaries = dict(re.findall(r"^  ([a-z]+) {2,}(.+)$", said[said.index("Subcommands:") :], re.MULTILINE))
    names = list(summaries)
    page = (root / "docs/cli.md").read_text()
    problems, count = [], 0
    for name in names:
        problems += undocumented(vsm, name, summaries[name], page)
        examples = examples_of(vsm, name)
        if not 2 <= len(examples) <= 3:
            problems.append(f"the help of {name} has {len(examples)} examples")
        for example in examples:
            count += 1
            code, messages = run(vsm, root, example)
            if code not in (0, 1):
                problems.append(f"{example}: exit {code}: {messages}")
            if not re.search(rf"\bvsm (--)?{name}\b", example):
                problems.append(f"{example}: is no example of {name}")
    code, _ = run(vsm, root, "vsm lint --no-such-flag")
    if code != 2:
        problems.append(f"a wrong example passes: exit {code}")
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"examples: {count} of {len(names)} commands, {len(problems)} problems")
    return 1 if problems or count < 20 else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print("usage: help_examples.py VSM ROOT", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
