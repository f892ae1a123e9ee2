"""Changes that could slip past a check: maps in odd places, odd files, and repositories that git does not read."""

import json
import os

from git_place import MAP
from ledger import check

TARGET = "stream s {{ step a {{ process: 1h, lead: {lead}h, ca: 90% }} target lead_time <= 4h }}\n"


def started(place, name, files):
    """A repository with one commit of these files."""
    made = place.folder / name
    made.mkdir()
    place.git("init", "-q", "-b", "main", at=made)
    for path, text in files.items():
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).write_text(text)
    place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "one", at=made)
    return made


def odd_places(place):
    """Streams that moved to where nobody looks, or beside links."""
    judged = ["diff", "--against", "HEAD", "--fail-on", "worse", "."]
    made = started(place, "hidden", {"s.vsm": TARGET.format(lead=3)})
    (made / ".old").mkdir()
    place.git("mv", "s.vsm", ".old", at=made)
    (made / ".old/s.vsm").write_text(TARGET.format(lead=9))
    place.expect("into a hidden folder", made, judged, 1, "3h → 1d1h")
    place.git("commit", "-q", "-am", "hidden", at=made)
    place.git("mv", ".old/s.vsm", "s.vsm", at=made)
    (made / "s.vsm").write_text(TARGET.format(lead=10))
    place.expect("out of a hidden folder", made, judged, 1, "1d1h → 1d2h")
    made = started(place, "latest", {"sub/t.vsm": MAP.format(lead=2)})
    (made / "latest.vsm").symlink_to("sub/t.vsm")
    for what in ("a new link", "a tracked link"):
        done = place.run(made, *judged)
        check(done.returncode == 0 and not done.stdout, f"{what} to a map: {done.stdout}{done.stderr}")
        place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "link", at=made)
    (made / "latest.vsm").unlink()
    done = place.run(made, *judged)
    check(done.returncode == 0 and not done.stdout, f"a link to a map is gone: {done.stdout}{done.stderr}")


def same_names(place):
    """Streams of one name that moved to new files are told apart by what they hold, by diff and by history."""

    def deploy(what, lead):
        steps = "".join(f" step {what}_{step} {{ process: 1h, lead: 1h }}" for step in ("review", "build", "ship"))
        return f'stream deploy "Deploy the {what}" {{ step {what}_plan {{ process: 1h, lead: {lead}h }}{steps} }}\n'

    made = started(place, "same-names", {"a.vsm": deploy("shop", 2), "b.vsm": deploy("payroll", 3)})
    place.git("mv", "a.vsm", "y.vsm", at=made)
    place.git("mv", "b.vsm", "x.vsm", at=made)
    (made / "x.vsm").write_text(deploy("payroll", 4))
    (made / "y.vsm").write_text(deploy("shop", 9))
    (made / "c.vsm").write_text(deploy("stock", 1))
    done = place.expect("streams of one name", made, ["diff", "--against", "HEAD"], 0, "Deploy the shop gets 7h slower")
    check(
        "Deploy the payroll gets 1h slower" in done.stdout and "Deploy the stock is new" in done.stdout,
        f"streams of one name: {done.stdout}",
    )
    place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "two", at=made)
    done = place.expect("streams of one name, history", made, ["history", "--format", "json", "."], 0, "deploy")
    followed = {one["title"]: len(one["points"]) for one in json.loads(done.stdout)["streams"]}
    check(
        followed == {"Deploy the shop": 2, "Deploy the payroll": 2, "Deploy the stock": 1},
        f"streams of one name, history: {followed}",
    )


def unreadable(place):
    """A stream is not called removed where it may be in a map that does not compile."""
    text = 'import "t.vsm"\n' + MAP.format(lead=2)
    made = started(place, "unread", {"a/t.vsm": "team x { people: 1 }\n", "a/s.vsm": text})
    (made / "b").mkdir()
    place.git("mv", "a/s.vsm", "b/s.vsm", at=made)
    for what, more in (("as it was", ""), ("changed", "# changed\n")):
        (made / "b/s.vsm").write_text(text + more)
        done = place.expect(f"moved off its import, {what}", made, ["diff", "--against", "HEAD"], 1, "now called")
        check("removed" not in done.stdout, f"moved off its import, {what}: {done.stdout}")
    two = MAP.format(lead=2) + MAP.format(lead=3).replace("stream s", "stream q")
    made = started(place, "unread-part", {"a.vsm": two})
    (made / "a.vsm").write_text(MAP.format(lead=3).replace("stream s", "stream q"))
    (made / "b.vsm").write_text(MAP.format(lead=9) + "stream z { step")
    done = place.expect(
        "moved to a broken map", made, ["diff", "--against", "HEAD"], 1, "may contain s, which was in a.vsm"
    )
    check("removed" not in done.stdout, f"moved to a broken map: {done.stdout}")
    done = place.run(made, "diff", "--against", "HEAD", "--format", "json")
    told = json.loads(done.stdout)["maps"]
    check(
        any(one.get("may_contain") == [{"stream": "s", "before": "a.vsm"}] for one in told),
        f"moved to a broken map, as JSON: {done.stdout}",
    )


def submodule_imports(place):
    """A map that imports from a submodule is passed over by name; the others are compared."""
    place.repository("library")
    files = {"ok.vsm": TARGET.format(lead=3)}
    made = started(place, "imports", files)
    place.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", "../library", "sub", at=made)
    for name in ("s", "u"):
        (made / f"{name}.vsm").write_text(
            'import "sub/m.vsm"\n' + MAP.format(lead=2).replace("stream s", f"stream {name}x")
        )
    place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "imports", at=made)
    (made / "s.vsm").write_text('import "sub/m.vsm"\n' + MAP.format(lead=3).replace("stream s", "stream sx"))
    (made / "ok.vsm").write_text(TARGET.format(lead=2))
    judged = ["diff", "--against", "HEAD", "--fail-on", "worse", "."]
    done = place.expect("imports from a submodule", made, judged, 0, "3h → 2h")
    check(
        all(f"{name}.vsm is passed over" in done.stderr for name in ("s", "u")) and "vsm diff OLD NEW" in done.stderr,
        f"imports from a submodule: {done.stderr}",
    )
    (made / "ok.vsm").write_text(TARGET.format(lead=9))
    place.expect("imports from a submodule, and worse", made, judged, 1, "3h → 1d1h")


def odd_files(place):
    """Pipes, links to nothing, and words that are no revision."""
    made = started(
        place, "odd", {"s.vsm": MAP.format(lead=2), "q.vsm": MAP.format(lead=2).replace("stream s", "stream q")}
    )
    (made / "s.vsm").unlink()
    os.mkfifo(made / "s.vsm")
    for words in (["diff", "--against", "HEAD", "."], ["lint", "."]):
        done = place.run(made, *words)
        check(
            done.returncode == 0
            and "s.vsm is passed over: it is a pipe" in done.stderr
            and "removed" not in done.stdout,
            f"a pipe, {words[0]}: {done.stdout}{done.stderr}",
        )
    place.expect("a pipe that is named", made, ["lint", "s.vsm"], 2, "not a regular file")
    (made / "s.vsm").unlink()
    (made / "s.vsm").write_text(MAP.format(lead=9))
    (made / ".gitignore").write_text("a.vsm\n")
    (made / "a.vsm").symlink_to("nothing")
    place.git("add", "-f", "a.vsm", at=made)
    done = place.run(made, "diff", "--against", "HEAD", ".")
    check(done.stderr.count("is passed over") == 1, f"a link to nothing: {done.stderr}")
    place.expect("all but a commit", made, ["diff", "--against=^HEAD"], 2, "no revision `\\^HEAD`")
    place.expect("a commit by its words", made, ["diff", "--against=:/one"], 0, "2h → 1d1h")
    (place.folder / "files").mkdir()
    place.git("config", "core.worktree", "../../files", at=made)
    place.expect("files in another folder", made, ["diff", "--against=HEAD"], 2, "core.worktree")


def refused(place):
    """What git tracks in spite of a .gitignore is linted, or it is said why not."""
    made = started(place, "refused", {"s.vsm": MAP.format(lead=2), "q.vsm": "stream q { step"})
    (made / ".gitignore").write_text("q.vsm\n")
    place.expect("tracked and ignored", made, ["lint"], 1, "q.vsm")
    without = place.folder / "without"
    without.mkdir()
    done = place.run(made, "lint", PATH=str(without))
    check(done.returncode == 0 and "no `git` here" in done.stderr, f"lint without git: {done.stderr}")
    index = (made / ".git/index").read_bytes()
    (made / ".git/index").write_bytes(b"no index")
    place.expect("a broken index", made, ["lint"], 2, "cannot ask git.*index")
    (made / ".git/index").write_bytes(index)
    if os.geteuid() == 0:
        for path in [made, *made.rglob("*")]:
            os.chown(path, 65534, 65534, follow_symlinks=False)
        for words in (["lint"], ["lint", "--tracked"]):
            place.expect(f"somebody else's, {words}", made, words, 2, "somebody else.*safe.directory")


def baselines(place):
    """A baseline keeps what lies outside the run, and what a sparse checkout leaves out."""
    made = started(
        place, "baseline", {f"{name}/m.vsm": MAP.format(lead=2).replace("stream s", f"stream {name}") for name in "def"}
    )

    def files():
        return {one["file"].split("/")[0] for one in json.loads((made / "bl.json").read_text())["findings"]}

    written = ["lint", "-q", "--baseline", "bl.json", "--write-baseline"]
    pruned = ["lint", "-q", "--baseline", "bl.json", "--prune-baseline"]
    place.run(made, *written)
    check(files() == set("def"), f"a baseline of all: {files()}")
    (made / "e/m.vsm").unlink()
    for words in (written, pruned):
        place.run(made, *words, "d")
        check(files() == set("def"), f"{words[-1]} of a part: {files()}")
    place.git("checkout", "-q", "--", "e", at=made)
    place.git("sparse-checkout", "set", "d", "f", at=made)
    check(not (made / "e").exists(), "the sparse checkout holds all")
    for words in (written, pruned):
        place.run(made, *words)
        check(files() == set("def"), f"{words[-1]} in a sparse checkout: {files()}")
    (made / "f/m.vsm").unlink()
    place.run(made, *pruned)
    check(files() == set("de"), f"a map is gone: {files()}")
