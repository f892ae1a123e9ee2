"""What counts as a change in unusual repositories: rewritten texts, conflicts, crossed branches, ignored files, streams
that moved to other files.
"""

import re
import subprocess

from git_place import MAP
from ledger import check


def rewritten(place):
    """Other line ends, filters and Git LFS pointers do not change the metrics."""
    made = place.repository("lines", 1)
    place.git("checkout", "-q", "--", ".", at=made)
    (made / "m.vsm").write_bytes((made / "m.vsm").read_bytes().replace(b"\n", b"\r\n"))
    place.expect("CRLF in the work tree", made, ["diff", "--against", "HEAD", "--exit-code"], 0, "^$")
    place.git("commit", "-q", "-am", "CRLF", at=made)
    done = place.expect("CRLF, history", made, ["history", "m.vsm"], 0, "lead 2")
    check("CRLF" not in done.stdout, f"CRLF is no change: {done.stdout}")
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "a" * 64 + "\nsize 123\n"
    (made / "m.vsm").write_text(pointer)
    place.git("commit", "-q", "-am", "pointer", at=made)
    place.expect("a pointer of Git LFS", made, ["lint", "m.vsm"], 1, "Git LFS pointer.*\n(.*\n)*.*git lfs pull")
    (made / "m.vsm").write_text(MAP.format(lead=2))
    done = place.expect(
        "a map that was a pointer", made, ["diff", "--against", "HEAD", "m.vsm"], 0, "did not compile before"
    )
    check("git lfs pull" in done.stderr, f"a map that was a pointer: {done.stderr}")


def conflicts(place):
    """Conflict markers of a merge are one error, in maps, baselines and configurations."""
    made = place.repository("conflict", 1)
    place.git("checkout", "-q", "--", ".", at=made)
    place.git("checkout", "-q", "-b", "other", at=made)
    for branch, lead in (("other", 3), ("main", 4)):
        place.git("checkout", "-q", branch, at=made)
        (made / "m.vsm").write_text(
            "stream s {\n  step b { lead: 1h }\n" + f"  step a {{ process: 1h, lead: {lead}h }}\n" + "}\n"
        )
        place.git("commit", "-q", "-am", branch, at=made)
    for style, one, other in (("merge", "line 4", "line 6"), ("diff3", "line 3", "line 9")):
        place.git("config", "merge.conflictStyle", style, at=made)
        subprocess.run(["git", "merge", "-q", "other"], cwd=made, env=place.environment, capture_output=True)
        done = place.run(made, "lint", "-q", "--format", "concise")
        check(
            done.returncode == 1
            and done.stdout.count("\n") == 1
            and "unresolved-conflict" in done.stdout
            and "one side is line" in done.stdout,
            f"{style}: exit {done.returncode}: {done.stdout}",
        )
        place.expect(f"{style}, diff", made, ["diff", "--against", "HEAD"], 1, "does not compile")
        place.git("merge", "--abort", at=made)
    (made / "known.json").write_text(
        '{\n  "version": 1,\n<<<<<<< HEAD\n  "findings": []\n=======\n  "findings": [1]\n>>>>>>> other\n}\n'
    )
    place.expect("marks in a baseline", made, ["lint", "--baseline", "known.json"], 2, "unresolved merge conflict")
    (made / ".vsm.yaml").write_text("version: 1\n<<<<<<< HEAD\nprocess: true\n=======\n>>>>>>> other\n")
    place.expect("marks in a configuration", made, ["lint"], 2, "unresolved merge conflict.*the other nothing")


def crossed(place):
    """Crossed branches have several merge bases; vsm uses one and reports that."""
    made = place.repository("crossed", 1)
    place.git("checkout", "-q", "--", ".", at=made)
    for branch in ("left", "right"):
        place.git("checkout", "-q", "-b", branch, "main", at=made)
        (made / f"{branch}.vsm").write_text(MAP.format(lead=3).replace("stream s", f"stream {branch}"))
        place.git("add", "-A", at=made)
        place.git("commit", "-q", "-m", branch, at=made)
    place.git("checkout", "-q", "-b", "both", "left", at=made)
    place.git("merge", "-q", "--no-ff", "-m", "both", "right", at=made)
    place.git("checkout", "-q", "right", at=made)
    place.git("merge", "-q", "--no-ff", "-m", "again", "left", at=made)
    done = place.expect("crossed branches", made, ["diff", "--against", "both", "."], 0, "")
    check(
        re.search("parted at 2 commits.*compared with [0-9a-f]{8}, not with [0-9a-f]{8}", done.stderr),
        f"crossed branches: {done.stderr}",
    )


def tracked_and_ignored(place):
    """Tracked maps count even if `.gitignore` matches them; links that lead out are skipped."""
    made = place.repository("ignored", 1)
    place.git("checkout", "-q", "--", ".", at=made)
    (made / "gen").mkdir()
    (made / "gen/kept.vsm").write_text(MAP.format(lead=3).replace("stream s", "stream kept"))
    (made / ".gitignore").write_text("gen/\n")
    (made / "gen/left.vsm").write_text("stream {\n")
    place.git("add", "-f", "gen/kept.vsm", ".gitignore", at=made)
    place.git("commit", "-q", "-m", "kept", at=made)
    done = place.run(made, "lint", "--format", "concise")
    check(
        "gen/kept.vsm" in done.stdout and "gen/left.vsm" not in done.stdout and "2 maps" in done.stderr,
        f"tracked and ignored: {done.stdout}{done.stderr}",
    )
    (made / "out.vsm").symlink_to("/etc/hostname")
    (made / "dangling.vsm").symlink_to("nothing.vsm")
    place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "links", at=made)
    (made / "gen/kept.vsm").write_text(MAP.format(lead=5).replace("stream s", "stream kept"))
    place.expect("a link that leads out", made, ["diff", "--against", "HEAD", "."], 0, "3h → 5h")
    place.git("rm", "-q", "out.vsm", "dangling.vsm", at=made)
    done = place.expect("a link that led out", made, ["diff", "--against", "HEAD", "."], 0, "3h → 5h")
    check("out.vsm" not in done.stdout, f"a link that led out: {done.stdout}")
    done = place.run(made, "lint", "--tracked", "--format", "concise")
    check("2 maps" in done.stderr, f"--tracked: {done.stdout}{done.stderr}")


def moved_text(place):
    """Streams are followed to other files."""
    made = place.repository("moved", 1)
    two = (
        'stream {0} "{0}" {{\n  step {0}_a {{ process: 1h, lead: {1}h }}\n  target lead_time <= 4h by 2027-03-31\n}}\n'
    )
    (made / "m.vsm").write_text(two.format("one", 3) + two.format("two", 3))
    (made / "n.vsm").write_text(two.format("three", 3))
    place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "three", at=made)
    (made / "m.vsm").write_text(two.format("one", 3))
    (made / "two.vsm").write_text(two.format("two", 30))
    done = place.expect(
        "worse, and elsewhere", made, ["diff", "--against", "HEAD", "--fail-on", "worse"], 1, "two gets .*slower"
    )
    check("two moved from m.vsm to two.vsm" in done.stdout, f"worse, and elsewhere: {done.stdout}")
    place.git("checkout", "-q", "--", ".", at=made)
    (made / "two.vsm").unlink()
    inner = made / "inner"
    inner.mkdir()
    place.git("checkout", "-q", "-f", ".", at=made)
    (inner / "i.vsm").write_text(two.format("four", 3) + two.format("five", 3))
    place.git("add", "-A", at=made)
    place.git("commit", "-q", "-m", "inner", at=made)
    (inner / "i.vsm").write_text(two.format("four", 3) + two.format("one", 31))
    (made / "m.vsm").write_text(two.format("two", 3))
    (made / "outer.vsm").write_text(two.format("five", 32))
    done = place.expect(
        "from and to places that were not asked for",
        made,
        ["diff", "--against", "HEAD", "--fail-on", "worse", "inner"],
        1,
        "one gets .*slower",
    )
    check(
        "five gets" in done.stdout and "new" not in done.stdout and "removed" not in done.stdout,
        f"from and to places that were not asked for: {done.stdout}",
    )
    (made / "broken.vsm").write_text("stream {")
    done = place.expect(
        "a broken map that was not asked for", made, ["diff", "--against", "HEAD", "inner"], 0, "one gets"
    )
    check(not done.stderr, f"a broken map that was not asked for: {done.stderr}")
    (made / "broken.vsm").unlink()
    place.expect("elsewhere alone", made, ["diff", "--against", "HEAD", "--exit-code", "n.vsm"], 0, "^$")
    place.git("checkout", "-q", "-f", ".", at=made)
    (made / "outer.vsm").unlink()
    (made / "m.vsm").rename(made / "x")
    (made / "n.vsm").rename(made / "m.vsm")
    (made / "x").rename(made / "n.vsm")
    place.expect("two files swapped", made, ["diff", "--against", "HEAD", "--exit-code"], 0, "^$")
