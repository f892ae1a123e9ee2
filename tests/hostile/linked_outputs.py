"""Outputs to be written through a link: files that vsm made are replaced, others only with `--force`, and none outside
the repository.
"""

import os
import shutil

from ledger import check


def outputs(place):
    """Through a link, vsm replaces files that it made, others only with `--force`, and none outside the repository."""
    empty, made = place.foreign / "empty.txt", place.foreign / "made.csv"
    empty.write_text("")
    place.run(["build", "maps/deep/also.vsm", "-t", "csv", "--what-if", "a.lead=3h", "-o", made])
    place.before = place.contents()
    inner, own = place.repo / "inner.txt", place.repo / "own.csv"
    inner.write_text("")
    out = place.repo / "out"
    out.mkdir()
    link = out / "s.csv"
    commands = {
        "file": ["build", "maps/good.vsm", "-t", "csv", "-o", "out/s.csv"],
        "folder": ["build", "maps/good.vsm", "-t", "csv", "-o", "out/"],
        "init": ["init", "out/s.csv"],
        "report": ["lint", "maps/good.vsm", "--report", "sarif=out/s.csv"],
        "baseline": ["lint", "maps/good.vsm", "--baseline", "out/s.csv", "--write-baseline"],
    }
    foreign = {
        "foreign": empty,
        "relative": "../../foreign/empty.txt",
        "made by vsm": made,
        "dangling": place.foreign / "new.csv",
        "a folder": place.foreign,
        "of git": "../.git/config",
    }
    for where, target in foreign.items():
        for what, words in commands.items():
            for more in ([], ["--force"]) if what not in ("report", "baseline") else ([],):
                link.unlink(missing_ok=True)
                link.symlink_to(target)
                done = place.run([*words, *more])
                check(
                    done.returncode == 2 and link.is_symlink(),
                    f"{what} {more}, a link ({where}): exit {done.returncode}: {done.stderr}",
                )
                check(
                    place.contents() == place.before and "[core]" in (place.repo / ".git/config").read_text(),
                    f"{what} {more}, a link ({where}): is written through",
                )
    for what, words in commands.items():
        for target in ("../inner.txt", "../not-there.txt"):
            link.unlink(missing_ok=True)
            link.symlink_to(target)
            done = place.run(words)
            check(
                done.returncode == 2
                and link.is_symlink()
                and inner.read_text() == ""
                and not (place.repo / "not-there.txt").exists(),
                f"{what}, a link inside ({target}): exit {done.returncode}: {done.stderr}",
            )
    shutil.copy(made, own)
    link.unlink()
    link.symlink_to("../own.csv")
    done = place.run(commands["file"])
    check(
        done.returncode == 0 and link.is_symlink() and own.read_bytes() != made.read_bytes(),
        f"a link to what vsm made: exit {done.returncode}: {done.stderr}",
    )
    link.unlink()
    link.symlink_to("../inner.txt")
    done = place.run([*commands["file"], "--force"])
    check(
        done.returncode == 0 and link.is_symlink() and inner.read_bytes() == own.read_bytes(),
        f"--force, a link inside: exit {done.returncode}: {done.stderr}",
    )
    place.link("away", place.foreign)
    for words in (
        ["build", "maps/good.vsm", "-t", "csv", "-o", "away/"],
        ["build", "maps/good.vsm", "-t", "csv", "-o", "away/new/deep/"],
        ["build", "maps/good.vsm", "-t", "csv", "-o", "away/x.csv", "--force"],
        ["lint", "maps/good.vsm", "--report", "sarif=away/x.sarif"],
        ["init", "away/map2.vsm"],
        ["init", "away/deep/map2.vsm"],
        ["lint", "maps/good.vsm", "--baseline", "away/b.json", "--write-baseline"],
    ):
        done = place.run(words)
        check(
            done.returncode == 2 and "is a link that leads out" in done.stderr and place.contents() == place.before,
            f"{words}, a folder elsewhere: exit {done.returncode}: {done.stderr}",
        )
        check(
            sorted(one.name for one in place.foreign.iterdir() if one.is_dir()) == [],
            f"{words}, a folder elsewhere: makes folders there",
        )
    done = place.run(["build", "maps/good.vsm", "-t", "csv", "-o", "away/", "--follow"])
    check(
        done.returncode == 0 and (place.foreign / "s.csv").exists(),
        f"a folder elsewhere --follow: exit {done.returncode}: {done.stderr}",
    )
    (place.foreign / "s.csv").unlink()
    hard = out / "hard.csv"
    os.link(made, hard)
    done = place.run(["build", "maps/deep/also.vsm", "-t", "csv", "--what-if", "a.lead=3h", "-o", "out/hard.csv"])
    check(
        done.returncode == 0 and place.contents() == place.before,
        f"a hard link to what vsm made: exit {done.returncode}: {done.stderr}",
    )
    kept = out / "kept.csv"
    kept.write_text("")
    done = place.run(["build", "maps/good.vsm", "-t", "csv", "-o", "out/kept.csv"])
    check(
        done.returncode == 0 and kept.read_text() != "",
        f"an empty file at the place: exit {done.returncode}: {done.stderr}",
    )
    shutil.rmtree(out)
