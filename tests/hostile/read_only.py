"""vsm without permission to write or to read: outputs, maps, reports and baselines."""

import os
import shutil
import tempfile
from pathlib import Path

from scenes import MAP, check, contents, vsm

NOBODY = 65534


def plain_user(binary, folder):
    """Drops root, whom permissions do not restrict: another user runs a copy of vsm in a readable folder."""
    reachable = Path(tempfile.mkdtemp())
    reachable.chmod(0o755)
    copy = shutil.copy(binary, reachable / "vsm")
    source = shutil.copy(folder / "map.vsm", reachable)
    old = contents(folder / "built")["checkout.mmd"]
    owner = NOBODY if os.geteuid() == 0 else os.geteuid()
    for name, mode, file_mode in [
        ("folder", 0o555, None),
        ("folder with a file", 0o555, 0o644),
        ("file", 0o755, 0o444),
        ("file nobody reads", 0o755, 0),
    ]:
        place = reachable / name.replace(" ", "-")
        place.mkdir()
        target = place / "checkout.mmd"
        if file_mode is not None:
            target.write_bytes(old)
            target.chmod(file_mode)
            os.chown(target, owner, -1)
        os.chown(place, owner, -1)
        place.chmod(mode)
        done = vsm(copy, "build", source, "-t", "mermaid", "-o", target, user=owner)
        place.chmod(0o755)
        if file_mode == 0:
            target.chmod(0o600)
        check(
            done.returncode == 2 and b"ermission denied" in done.stderr,
            f"read-only {name}: exit {done.returncode}: {done.stderr}",
        )
        check(
            contents(place) == ({} if file_mode is None else {"checkout.mmd": old}),
            f"read-only {name}: holds {list(contents(place))}",
        )
    shutil.rmtree(reachable)


def read_only_map(binary, command, text):
    """A map in a read-only file or folder is left unchanged, and the other maps are written."""
    reachable = Path(tempfile.mkdtemp())
    reachable.chmod(0o755)
    copy = shutil.copy(binary, reachable / "vsm")
    owner = NOBODY if os.geteuid() == 0 else os.geteuid()
    for name, folder_mode, file_mode in [("folder", 0o555, 0o644), ("file", 0o755, 0o444)]:
        place, other = reachable / name, reachable / f"other-{name}"
        for one in (place, other):
            one.mkdir()
            (one / "map.vsm").write_text(text)
            os.chown(one / "map.vsm", owner, -1)
            os.chown(one, owner, -1)
        (place / "map.vsm").chmod(file_mode)
        place.chmod(folder_mode)
        done = vsm(copy, *command, place, other, user=owner)
        place.chmod(0o755)
        check(
            done.returncode == 2 and b"ermission denied" in done.stderr,
            f"{command}, read-only {name}: exit {done.returncode}: {done.stderr}",
        )
        check(
            contents(place) == {"map.vsm": text.encode()}, f"{command}, read-only {name}: holds {list(contents(place))}"
        )
        check(contents(other)["map.vsm"] != text.encode(), f"{command}, read-only {name}: the other map was not done")
    shutil.rmtree(reachable)


def read_only_lint_files(binary):
    """Reports and baselines that cannot be written, and baselines that cannot be read or are not baselines."""
    reachable = Path(tempfile.mkdtemp())
    reachable.chmod(0o755)
    copy = shutil.copy(binary, reachable / "vsm")
    source = reachable / "map.vsm"
    source.write_text(MAP)
    owner = NOBODY if os.geteuid() == 0 else os.geteuid()
    accept, read = ["--baseline", "file", "--write-baseline"], ["--baseline", "file"]
    made = reachable / "made"
    made.mkdir()
    vsm(binary, "lint", source, "--report", "sarif=report", "--baseline", "baseline", "--write-baseline", cwd=made)
    report, baseline = (made / name for name in ("report", "baseline"))
    for what, words, folder_mode, file_mode, old in [
        ("a report into a folder", ["--report", "sarif=file"], 0o555, 0o644, None),
        ("a report over one", ["--report", "sarif=file"], 0o755, 0o444, report),
        ("a report over one in a folder", ["--report", "sarif=file"], 0o555, 0o644, report),
        ("a report over one that nobody reads", ["--report", "sarif=file"], 0o755, 0, report),
        ("a baseline into a folder", accept, 0o555, 0o644, None),
        ("a baseline over one", [*accept, "-W", "missing-customer=off"], 0o755, 0o444, baseline),
        ("a baseline that nobody reads", read, 0o755, 0, baseline),
    ]:
        place = reachable / what.replace(" ", "-")
        place.mkdir()
        before = {} if old is None else {"file": old.read_bytes()}
        for name, content in before.items():
            (place / name).write_bytes(content)
            (place / name).chmod(file_mode)
            os.chown(place / name, owner, -1)
        os.chown(place, owner, -1)
        place.chmod(folder_mode)
        done = vsm(copy, "lint", source, *words, cwd=place, user=owner)
        place.chmod(0o755)
        for name in before:
            (place / name).chmod(0o600)
        check(
            done.returncode == 2 and b"ermission denied" in done.stderr and b"file" in done.stderr,
            f"{what}: exit {done.returncode}: {done.stderr}",
        )
        check(contents(place) == before, f"{what}: now holds {list(contents(place))}")
    for what, content in (
        ("a folder", None),
        ("nothing", b""),
        ("half of itself", baseline.read_bytes()[:-40]),
        ("a report", report.read_bytes()),
        ("no text", b"\xff\x00"),
    ):
        other = reachable / "other"
        other.mkdir() if content is None else other.write_bytes(content)
        for more in ([], ["--write-baseline"]):
            done = vsm(copy, "lint", source, "--baseline", other, *more)
            check(
                done.returncode == 2 and b"other" in done.stderr,
                f"a baseline that is {what}, {more}: exit {done.returncode}: {done.stderr}",
            )
            check(
                other.is_dir() if content is None else other.read_bytes() == content,
                f"a baseline that is {what}, {more}: is written over",
            )
        other.rmdir() if content is None else other.unlink()
    shutil.rmtree(reachable)
