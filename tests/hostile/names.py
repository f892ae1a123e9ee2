"""names.py VSM ROOT: files with hostile names, in every command, in the hooks and in the action.

Names from a repository are never read as flags; none controls a terminal or a log, forges a line, or hides text; and
printed commands work when copied into a shell. Exit 0 no findings, 1 findings.
"""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from ledger import check, closed

MAP = """\
stream s "Stream" {
  step a { process: 1h, lead: 2h, ca: 90% }
  step b { process: 2h, lead: 4h, ca: 90% }
}
future f of s { change a { lead: 1h } }
"""
MISTAKE = "stream s {\n  step a { process: 1 h, lead: 2h }\n}\n"
NAMES = [
    b"-dash.vsm",
    b"--baseline=base.vsm",
    b"--report=sarif=zz.vsm",
    b"--fix.vsm",
    b"-o=x.vsm",
    b"line\n::error::forged.vsm",
    b"return\r::error::forged.vsm",
    b"::error::forged.vsm",
    b"##[error]forged.vsm",
    b"esc\x1b[31m\x1b]0;title\x07.vsm",
    b"csi\xc2\x9b31m.vsm",
    b"rtl\xe2\x80\xaemsv.vsm",
    b"hidden\xe2\x80\x8b.vsm",
    b"not\xff\xfeutf.vsm",
    b"$(touch PWNED).vsm",
    b"`touch PWNED`.vsm",
    b"';touch PWNED;'.vsm",
    b'";touch PWNED;".vsm',
    b"%0A::error::forged.vsm",
    b"<script>alert(1)<b>.vsm",
    b"@team #1 [l](http:e) ![i](x).vsm",
    b"| a | b |.vsm",
    b"new\xe2\x80\xa8line.vsm",
    b"tag\xf3\xa0\x81\x81.vsm",
    b"tab\tbed.vsm",
    b"back\\slash\\n.vsm",
    b"=cmd().vsm",
    b"<!-- vsm:begin x -->.vsm",
    b"a,b:1:2: error.vsm",
    b"back\x08\x08space.vsm",
]
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e0fff]")
OURS = re.compile(r"^::(error|warning|notice) (file=[^:]*,)?(line=\d+,endLine=\d+,)?[^:\n]*title=[^:\n]*::")
FORMS = ["text", "concise", "json", "sarif", "github", "gitlab", "markdown"]


def plain(name, what, said, commands_of_runner=False):
    """Checks that output has no invisible characters, and no line that a runner takes for a command."""
    try:
        text = said.decode()
    except UnicodeDecodeError as error:
        return check(False, f"{name!r}, {what}: is no UTF-8: {error}")
    unseen = UNSEEN.search(text)
    check(unseen is None, f"{name!r}, {what}: {unseen and unseen[0]!r} as it is: {text[:300]!r}")
    taken = [
        line
        for line in text.split("\n")
        if (line.lstrip().startswith("::") or "##[" in line) and not (commands_of_runner and OURS.match(line))
    ]
    check(not taken, f"{name!r}, {what}: a runner takes for its own: {taken and taken[0][:200]!r}")


def run(vsm, folder, words, **options):
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CEILING_DIRECTORIES": str(folder.parent)} | {
        name: value for name, value in os.environ.items() if re.match("ASAN_|UBSAN_|LSAN_", name)
    }
    return subprocess.run([vsm, *words], cwd=folder, env=environment, capture_output=True, timeout=60, **options)


def commands(name):
    """Commands on a file of that name, with their permitted exit codes."""
    here = b"./" + name
    for form in FORMS:
        yield ["lint", "--format", form, here], (0, 1)
    for form in ("text", "json", "csv", "markdown"):
        yield ["metrics", "--format", form, b"good/" + name, b"good/other.vsm"], (0,)
    for form in ("text", "markdown", "json"):
        yield ["diff", "--format", form, b"good/other.vsm", b"good/" + name], (0,)
    for form in ("text", "csv", "json"):
        yield ["history", "--format", form, here], (0,)
    yield ["words", "names", "--", b"good/" + name, here], (0,)
    yield [here], (2,)
    yield ["check", here], (2,)
    yield ["fmt", "--check", here], (1,)
    yield ["fmt", "--diff", here], (1,)
    yield ["apply", "f", "--diff", b"good/" + name], (0,)
    yield ["ir", here], (1,)
    yield ["build", "-t", "github,gitlab,codepipeline,mermaid", "-o", b"out/" + name + b"/", b"good/" + name], (0,)
    yield ["build", "-t", "csv", "-o", b"out/one" + name, b"good/" + name], (0,)
    yield ["build", "-t", "csv", "--check", "-o", b"none/" + name, b"good/" + name], (1,)
    yield ["build", "-t", "csv", "--inject", here, b"good/" + name], (2,)
    yield ["lint", "--report", b"sarif=out/r" + name, b"good/" + name], (0, 1)
    yield ["lint", "--baseline", b"out/b" + name, b"good/" + name], (2,)
    yield ["lint", "--config", here, b"good/" + name], (2,)
    yield ["init", b"out/i" + name], (0,)
    yield ["lint", b"nothing/" + name], (2,)
    yield ["lint", b"out/link" + name], (2,)
    yield ["metrics", "--stream", name, b"good/" + name], (2,)
    yield ["diff", b"--against=" + name, here], (2,)


def in_every_message(vsm, folder):
    for name in NAMES:
        (folder / "good").mkdir(exist_ok=True)
        for place, text in ((folder, MISTAKE), (folder / "good", MAP)):
            (Path(os.fsdecode(os.fsencode(place) + b"/" + name))).write_text(text)
    (folder / "good/other.vsm").write_text(MAP.replace("lead: 4h", "lead: 5h"))
    (folder / "out").mkdir()
    for name in NAMES:
        os.symlink("/etc/hostname", os.fsencode(folder) + b"/out/link" + name)
    git = ["git", "-c", "user.name=n", "-c", "user.email=n@example.org"]
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["commit", "-q", "-m", "\x1b[31m::error::subject ##[error] \u202e\r::error::x"],
    ):
        subprocess.run([*git, *words], cwd=folder, check=True)
    for name in NAMES:
        shown = os.fsdecode(name)
        Path(folder, shown).write_text(MISTAKE.replace("lead: 2h", "lead: 3h"))
        for words, codes in commands(name):
            what = " ".join(word if isinstance(word, str) else "NAME" for word in words)
            done = run(vsm, folder, words)
            check(
                done.returncode in codes,
                f"{shown!r}, {what}: exit {done.returncode}: {done.stdout[:300]!r}{done.stderr[:300]!r}",
            )
            plain(shown, what, done.stdout, "github" in words and "lint" in words)
            plain(shown, what, done.stderr)
            if "json" in words or "sarif" in words or "gitlab" in words:
                try:
                    json.loads(done.stdout or b"{}")
                except ValueError as error:
                    check(False, f"{shown!r}, {what}: {error}")
    for form in ("text", "markdown", "json"):
        done = run(vsm, folder, ["diff", "--format", form, "--against", "HEAD"])
        check(done.returncode == 1, f"diff --against, {form}: exit {done.returncode}: {done.stderr[:300]!r}")
        plain("all names", f"diff --against, {form}", done.stdout)
        plain("all names", f"diff --against, {form}", done.stderr)
    check(not (folder / "PWNED").exists(), "a name is run")


def next_steps(vsm, folder):
    """Checks that the printed commands work with every name."""
    for name in NAMES:
        place = Path(tempfile.mkdtemp(dir=folder))
        (place / "map.vsm").write_text(MAP)
        done = run(vsm, place, ["build", "map.vsm", "-t", "gitlab", b"--output=" + name])
        copied = re.search(r"^ *(cp .*?) && git add", done.stderr.decode(), re.MULTILINE)
        check(
            done.returncode == 0 and copied, f"{name!r}: exit {done.returncode}, no command to copy it: {done.stderr!r}"
        )
        if copied:
            subprocess.run(["sh", "-c", copied[1]], cwd=place)
            made = place / ".gitlab-ci.yml"
            check(
                made.exists() and made.read_bytes() == Path(place, os.fsdecode(name)).read_bytes(),
                f"{name!r}: the command does not copy it: {copied[1]}",
            )
        done = run(vsm, place, ["init", "--force", "--", name])
        said = re.search(r"next: vsm (metrics .*)", done.stderr.decode())
        check(
            done.returncode == 0 and said, f"{name!r}: init says no next step: exit {done.returncode}: {done.stderr!r}"
        )
        if said:
            done = subprocess.run(["sh", "-c", f'exec "$0" {said[1]}', vsm], cwd=place, capture_output=True)
            check(
                done.returncode == 0 and b"delivery" in done.stdout,
                f"{name!r}: the next step is not what it says: {said[1]}: {done.stderr!r}",
            )
        check(not (place / "PWNED").exists(), f"{name!r}: a command runs the name")


def hooks(vsm, root, folder):
    """Runs each hook as pre-commit does: with the names after its entry, except lint, which asks git for them."""
    manifest = (root / ".pre-commit-hooks.yaml").read_text()
    entries = re.findall(r"^  entry: (.*)$", manifest, re.MULTILINE)
    check(len(entries) == 2 and "args:" not in manifest, f"the hooks are others than these: {entries}")
    for entry in entries:
        place = Path(tempfile.mkdtemp(dir=folder))
        for name in NAMES:
            Path(place, os.fsdecode(name)).write_text(
                MISTAKE if "lint" in entry else MAP.replace("{ process", "{process")
            )
        (place / "base.vsm").write_text(MISTAKE)
        subprocess.run(["git", "init", "-q"], cwd=place, check=True)
        subprocess.run(["git", "add", "-A"], cwd=place, check=True)
        before = set(os.listdir(place))
        done = run(vsm, place, [*shlex.split(entry)[1:], *([] if "lint" in entry else NAMES)])
        said = done.stdout + done.stderr
        check(done.returncode == (1 if "lint" in entry else 0), f"{entry}: exit {done.returncode}: {said[:500]!r}")
        check(set(os.listdir(place)) == before, f"{entry}: makes {set(os.listdir(place)) - before}")
        if "lint" in entry:
            maps = 1 + len(NAMES)
            check(
                said.count(b"space-before-unit") == maps,
                f"{entry}: {said.count(b'space-before-unit')} of {maps} maps are looked at",
            )
        else:
            formatted = [name for name in NAMES if Path(place, os.fsdecode(name)).read_text() == MAP]
            check(len(formatted) == len(NAMES), f"{entry}: {len(formatted)} of {len(NAMES)} maps are formatted")


def action(vsm, root, folder):
    """Runs the steps of the action that read maps, with hostile names and links in `paths`."""
    place = Path(tempfile.mkdtemp(dir=folder))
    for name in NAMES:
        Path(place, os.fsdecode(name)).write_text(MISTAKE)
    (place / "base.vsm").write_text(MISTAKE)
    secret = folder / "secret.txt"
    secret.write_text("password: hunter2\n")
    git = ["git", "-c", "user.name=n", "-c", "user.email=n@example.org"]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *words], cwd=place, check=True)
    (place / "link.vsm").symlink_to("../secret.txt")
    (place / "away").symlink_to("..")
    temporary = Path(tempfile.mkdtemp(dir=folder))
    (temporary / "vsm-action").mkdir()
    files = {name: temporary / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}

    def step(which, paths, **more):
        for file in files.values():
            file.write_text("")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "VSM": str(vsm),
            "RUNNER_TEMP": str(temporary),
            "PATHS": paths,
            "FLAGS": "",
            "FAIL_ON": "error",
            "SARIF": "vsm.sarif",
            "AGAINST": "HEAD",
            **{name: str(file) for name, file in files.items()},
            **more,
        }
        return subprocess.run(
            ["bash", root / "scripts/action", which], cwd=place, env=environment, capture_output=True, timeout=60
        )

    one_line = [os.fsdecode(name) for name in NAMES if b"\n" not in name]
    done = step("lint", "\n".join(one_line))
    check(
        done.returncode == 0 and "status=1" in files["GITHUB_OUTPUT"].read_text(),
        f"the action, names of any kind: exit {done.returncode}: {done.stderr[:400]!r}",
    )
    check(
        not (place / "zz.vsm").exists() and done.stdout.count(b"::error ") == 10,
        f"the action: {done.stdout.count(b'::error ')} errors are shown",
    )
    plain("names", "the action", done.stdout, True)
    for paths in ("link.vsm", "away", "away/secret.txt", str(place / "link.vsm")):
        for which in ("lint", "diff"):
            done = step(which, paths)
            told = (
                done.stdout
                + done.stderr
                + files["GITHUB_STEP_SUMMARY"].read_bytes()
                + ((place / "vsm.sarif").read_bytes() if (place / "vsm.sarif").exists() else b"")
            )
            refused = done.returncode == 2 or "status=2" in files["GITHUB_OUTPUT"].read_text()
            check(
                refused and b"is a link that leads" in done.stderr and b"hunter2" not in told,
                f"the action, {which} of {paths}: exit {done.returncode}: {told[:400]!r}",
            )
    empty = folder / "empty.txt"
    empty.write_text("")
    (place / "vsm.sarif").unlink(missing_ok=True)
    (place / "vsm.sarif").symlink_to(empty)
    done = step("lint", "base.vsm")
    check(
        "status=2" in files["GITHUB_OUTPUT"].read_text() and empty.read_text() == "",
        f"the action, a log that is a link: {done.stderr!r}",
    )
    for against in ("--output=x", "-x"):
        done = step("diff", "base.vsm", AGAINST=against)
        check(
            done.returncode == 2 and not (place / "x").exists(),
            f"the action, against {against}: exit {done.returncode}: {done.stderr!r}",
        )


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    vsm, root = Path(arguments[0]).resolve(), Path(arguments[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for part in ("messages", "steps", "hooks", "action"):
            (folder / part).mkdir()
        in_every_message(vsm, folder / "messages")
        next_steps(vsm, folder / "steps")
        hooks(vsm, root, folder / "hooks")
        action(vsm, root, folder / "action")
    return closed("names")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
