"""completion_check.py VSM SHELL...: runs the scripts of `vsm completion` in the shells and checks what they complete.

The expected commands and flags come from `vsm help`, an independent source. Exit 0 no findings, 1 findings, 2 cannot
run.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# COMP_WORDS as bash sets it: split at `=`.
BASH = r"""
. "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=9999
_vsm
printf '%s\n' "${COMPREPLY[@]}"
"""

FISH = 'source $argv[1]; complete -C "$argv[2]"'

# zsh completes only at a prompt: this opens one, presses TAB, and writes the candidates to a file.
ZSH = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1= PROMPT= ; autoload -Uz compinit && compinit -u -d $2/zcompdump; source $1; cd $3"
zpty -w shell 'compadd() { if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)* ]]; then builtin compadd "$@"; else typeset -a got; builtin compadd -A got "$@"; builtin compadd "$@"; print -rl -- "<"$^got">" >>'$2'/got; fi }'
zpty -w shell "print ready >$2/ready"
for i in {1..100}; do [[ -e $2/ready ]] && break; sleep 0.1; done
zpty -w -n shell "$4"$'\t'
for i in {1..30}; do [[ -s $2/got ]] && break; sleep 0.1; done
sleep 0.3
cat $2/got 2>/dev/null
"""


# The names are beside mistakes, and a name that no map may have.
MAP = """stream shop { step a { process: 1 h, lead: 2h } }
stream $(touch PWNED) { step a { process: 1h, lead: 2h } }
future spring of shop { change a { lead: 1h } }
"""


class Shells:
    def __init__(self, vsm, folder):
        self.folder = folder
        self.environment = os.environ | {
            "PATH": f"{Path(vsm).parent}:{os.environ['PATH']}",
            "HOME": str(folder),
            "TERM": "dumb",
        }
        self.scripts = {}
        for shell in ("bash", "zsh", "fish"):
            self.scripts[shell] = folder / f"completion.{shell}"
            self.scripts[shell].write_bytes(
                subprocess.run([vsm, "completion", shell], check=True, capture_output=True).stdout
            )
        (folder / "work" / "maps").mkdir(parents=True)
        for name in ("a map.vsm", "b.vsm", "c.txt"):
            (folder / "work" / name).touch()
        (folder / "work/maps/m.vsm").write_text(MAP)
        (folder / "work/maps/other map.vsm").write_text(MAP.replace("shop", "store").replace("spring", "autumn"))
        git = ["git", "-c", "user.name=n", "-c", "user.email=n@example.org"]
        for words in (
            ["init", "-q", "-b", "main"],
            ["add", "-A"],
            ["commit", "-q", "-m", "Maps"],
            ["branch", "feature/x"],
            ["branch", "$(touch${IFS}PWNED)"],
            ["tag", "v1.0"],
        ):
            subprocess.run([*git, *words], cwd=folder / "work", check=True)

    def run(self, command):
        done = subprocess.run(
            command, cwd=self.folder / "work", env=self.environment, capture_output=True, text=True, timeout=60
        )
        return done.stdout.splitlines()

    def bash(self, *words):
        parts = [part for word in words for part in re.split(r"(=)", word) if part or not word]
        return {word.rstrip(" ") for word in self.run(["bash", "-c", BASH, "bash", self.scripts["bash"], *parts])}

    def fish(self, *words):
        return {
            line.split("\t")[0]
            for line in self.run(["fish", "--no-config", "-c", FISH, self.scripts["fish"], " ".join(words)])
        }

    def zsh(self, *words):
        with tempfile.TemporaryDirectory() as made:
            lines = self.run(
                ["zsh", "-f", "-c", ZSH, "zsh", self.scripts["zsh"], made, str(self.folder / "work"), " ".join(words)]
            )
        return {line[1:-1] for line in lines if line.startswith("<")}


def commands_of(vsm):
    """The flags of every command, as listed in its help."""
    said = subprocess.run([vsm, "help"], check=True, capture_output=True, text=True).stdout
    names = re.findall(r"^  ([a-z]+)  ", said[said.index("Subcommands:") :], re.MULTILINE)
    flags = {}
    for name in names:
        said = subprocess.run([vsm, "help", name], check=True, capture_output=True, text=True).stdout
        flags[name] = set(
            re.findall(
                r"(?<![\w-])(--?[A-Za-z][a-z-]*)(?=[, ]|$)",
                "\n".join(line[:30] for line in said.splitlines() if re.match(r"  -", line)),
            )
        )
    return flags


def expectations(flags):
    """Yields the typed words, the candidates that must be offered, and those that must not."""
    yield ["vsm", ""], set(flags), {"a map.vsm", "b.vsm"}
    for name, known in flags.items():
        yield ["vsm", name, "--"], {flag for flag in known if flag.startswith("--")}, {"b.vsm"}
    yield ["vsm", "lint", "--format", ""], {"text", "sarif", "github", "gitlab"}, {"b.vsm", "yaml"}
    yield ["vsm", "build", "--template", ""], {"yaml", "json"}, {"sarif"}
    yield ["vsm", "lint", "-W", "missing-c"], {"missing-ca=", "missing-customer="}, {"b.vsm"}
    yield ["vsm", "build", "-t", "svg,html,m"], {"mermaid"}, {"codepipeline"}
    yield ["vsm", "explain", "missing-t"], {"missing-timing"}, {"b.vsm"}
    yield ["vsm", "completion", ""], {"bash", "zsh", "fish"}, {"b.vsm"}
    yield ["vsm", "lint", "b"], {"b.vsm"}, {"a map.vsm"}
    yield ["vsm", "metrics", "maps/m.vsm", "--stream", ""], {"shop", "spring"}, {"store", "b.vsm", "PWNED", "touch"}
    yield ["vsm", "metrics", "--stream", "s"], {"shop", "spring", "store"}, {"autumn", "b.vsm"}
    yield ["vsm", "metrics", "--stream=sp"], {"spring"}, {"shop"}
    yield ["vsm", "build", "maps/m.vsm", "--stream", ""], {"shop"}, {"spring"}
    yield ["vsm", "build", "maps/m.vsm", "--future", ""], {"spring"}, {"shop"}
    yield ["vsm", "apply", "s"], {"spring"}, {"shop", "store"}
    yield ["vsm", "diff", "--against", ""], {"main", "feature/x", "v1.0"}, {"b.vsm", "PWNED"}
    yield ["vsm", "diff", "--against=fe"], {"feature/x"}, {"main"}
    yield ["vsm", "lint", "b.vsm", "--fail-on=w"], {"warning"}, {"error"}


BASH_ONLY = [
    (["vsm", "lint", ""], {"a map.vsm", "b.vsm", "maps"}, {"c.txt"}),
    (["vsm", "lint", "-W", "missing-ca="], {"off", "note", "warning", "error"}, {"b.vsm"}),
    (["vsm", "lint", "--report", "sarif=c"], {"c.txt"}, set()),
    (["vsm", "lint", "a"], {"a map.vsm"}, {"b.vsm"}),
    (["vsm", "lint", "m"], {"maps"}, {"b.vsm"}),
    (["vsm", "nothing", ""], set(), {"lint", "b.vsm"}),
    (["vsm", "build", "-o", "c"], {"c.txt"}, set()),
]


def plain(shell, answers):
    """Strips the part of the current word that a shell repeats in front of each candidate."""
    if shell == "bash":
        return {answer.rsplit(",", 1)[-1] for answer in answers}
    return {
        part
        for answer in answers
        for part in (
            answer,
            answer.rsplit(",", 1)[-1],
            answer.split("=", 1)[-1] or answer,
            answer.split("=", 1)[0] + "=",
        )
    }


def main(vsm, shells):
    with tempfile.TemporaryDirectory() as folder:
        asked = Shells(vsm, Path(folder))
        flags = commands_of(vsm)
        problems, count = [], 0
        for shell in shells:
            rows = list(expectations(flags)) + (BASH_ONLY if shell == "bash" else [])
            # each zsh prompt takes two seconds
            rows = (
                rows
                if shell != "zsh"
                else [row for row in rows if row[0][1] in ("", "lint", "metrics", "apply", "diff")]
            )
            for words, wanted, unwanted in rows:
                count += 1
                answers = plain(shell, getattr(asked, shell)(*words))
                missing, wrong = wanted - answers, unwanted & answers
                if missing or wrong:
                    problems.append(
                        f"{shell}: {' '.join(words)}: missing {sorted(missing)}, wrong {sorted(wrong)}, got {sorted(answers)[:12]}"
                    )
            for place in (asked.folder, asked.folder / "work"):
                if (place / "PWNED").exists():
                    problems.append(f"{shell}: a name is run")
        if len(flags) < 8 or not all(flags.values()):
            problems.append(f"the help tells too little: {flags}")
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"completion: {', '.join(shells)}: {count} words completed, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        print("usage: completion_check.py VSM SHELL…", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(str(Path(sys.argv[1]).resolve()), sys.argv[2:]))
