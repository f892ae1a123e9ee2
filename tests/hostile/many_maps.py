#!/usr/bin/env python3
"""many_maps.py VSM: commands do the same with many maps in any number of threads, and report failures.

Exit 0 no findings, 1 findings.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ledger import check, closed


def maps_in(folder):
    """Good and bad maps; shared, circular and missing imports; names that sort unexpectedly."""
    (folder / "deep/er").mkdir(parents=True)
    (folder / "teams.vsm").write_text('team dev "Development"\nteam qa "Quality"\n')
    for number in range(60):
        place = folder / ["", "deep/", "deep/er/"][number % 3]
        text = f"stream s{number} {{\n  step a {{ process: 1h, lead: 2h{', ca: 90%' if number % 2 else ''}, team: dev }}\n}}\n"
        if number % 4 == 0:
            text = f'import "{"../" * (number % 3)}teams.vsm"\n' + text
        if number % 7 == 0:
            text += f"stream broken{number} {{ step b {{ proces: 1 h }} }}\n"
        if number % 11 == 0:
            text = f'import "nothing.vsm"\n' + text
        (place / f"m{number}.vsm").write_text(text)
    (folder / "round-a.vsm").write_text(
        'import "round-b.vsm"\nstream a { step a { process: 1h, lead: 2h, team: nobdy } }\n'
    )
    (folder / "round-b.vsm").write_text(
        'import "round-a.vsm"\nteam nobody\nstream b { step a { process: 1h, lead: 2h, team: nobody } }\n'
    )
    (folder / "not-text.vsm").write_bytes(b"stream \xff { }\n")


def same_for_any_number(vsm, folder):
    for form in ("text", "json", "sarif"):
        said = {}
        for jobs in (1, 2, 3, 16):
            done = subprocess.run([vsm, "lint", "--jobs", str(jobs), "--format", form], cwd=folder, capture_output=True)
            check(done.returncode == 1, f"{jobs} jobs, {form}: exit {done.returncode}: {done.stderr}")
            said[jobs] = (done.stdout, done.stderr)
        check(len(set(said.values())) == 1, f"{form}: what is said depends on the number of threads")
    together = subprocess.run(
        [vsm, "lint", "--format", "concise", "-q"], cwd=folder, capture_output=True, text=True
    ).stdout
    alone = set()
    for file in sorted(folder.rglob("*.vsm")):
        done = subprocess.run(
            [vsm, "lint", "--format", "concise", "-q", file.relative_to(folder)],
            cwd=folder,
            capture_output=True,
            text=True,
        )
        alone |= set(done.stdout.splitlines())
    check(set(together.splitlines()) == alone, "maps together and each alone: different findings")


def with_many_findings(vsm, folder):
    """So many findings that several threads render them: 256 each in 8 pieces for each of two threads."""
    folder.mkdir()
    for number in range(6):
        steps = "".join(f'  step s{step} "Café" {{ lead: 1237min, process: ? }}\n' for step in range(900))
        (folder / f"many{number}.vsm").write_text(f"stream m{number} {{\n{steps}}}\n")
    for form in (["text"], ["text", "--color", "always"], ["concise"]):
        said = set()
        for jobs in (1, 2, 16):
            command = [vsm, "lint", "--no-config", "--jobs", str(jobs), "--report", "text=report", "--format", *form]
            done = subprocess.run([*command, "."], cwd=folder, capture_output=True)
            check(b"ThreadSanitizer" not in done.stderr, done.stderr.decode())
            said.add((done.returncode, done.stdout, done.stderr, (folder / "report").read_bytes()))
            (folder / "report").unlink()
        check(len(said) == 1, f"{form}: the findings depend on the number of threads that render them")
        [(_, shown, _, report)] = list(said)[:1]
        check(
            shown.count(b"VSM2014") > 4096 and report.count(b"VSM2014") > 4096, f"{form}: {len(shown)} bytes, too few"
        )


def good_maps_in(folder):
    folder.mkdir()
    for number in range(60):
        (folder / f"good{number}.vsm").write_text(
            f"stream good{number} {{\n  step a {{ process: {number}min, lead: 2h, ca: 90% }}\n"
            f"    wait {number}h\n  step b {{ process: 1h, lead: ?, rework 10% to a }}\n}}\n"
        )


def same_on_any_number_of_processors(vsm, folder):
    usable = sorted(os.sched_getaffinity(0))
    check(len(usable) > 1, "with one processor, nothing is shared out")
    good_maps_in(folder / "good")
    for command in (
        ["metrics", "--format", "json", "good"],
        ["metrics", "--what-if", "a.process=5min", "good"],
        ["metrics", "--what-if", "c.process=5min", "good"],
        ["metrics", "."],
        ["fmt", "--diff", "."],
        ["build", "-t", "svg,github,json", "-o", "out", "good"],
        ["build", "-t", "svg", "-o", "out", "."],
    ):
        said = {}
        for count in (1, len(usable)):
            done = subprocess.run(
                [vsm, *command],
                cwd=folder,
                capture_output=True,
                preexec_fn=lambda count=count: os.sched_setaffinity(0, usable[:count]),
            )
            files = {file.name: file.read_bytes() for file in (folder / "out").glob("*")}
            shutil.rmtree(folder / "out", ignore_errors=True)
            said[count] = (done.returncode, done.stdout, done.stderr, tuple(sorted(files.items())))
            check(b"ThreadSanitizer" not in done.stderr, done.stderr.decode())
        check(len(set(said.values())) == 1, f"{command}: what is done depends on the number of threads")
        wanted = 2 if "c.process=5min" in command else 0 if "good" in command else 1
        check(said[1][0] == wanted, f"{command}: exit {said[1][0]}: {said[1][2][-300:]}")


def reading_thread(process):
    """The thread of a process that waits for standard input (system call 0, read, of descriptor 0)."""
    for task in Path(f"/proc/{process}/task").iterdir():
        if (task / "syscall").read_text().split()[:2] == ["0", "0x0"]:
            return int(task.name)
    return None


def held_up(vsm, folder):
    """Starts vsm; one of its threads then waits for standard input."""
    running = subprocess.Popen(
        [vsm, "lint", "--jobs", "2", ".", "-"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    waiting = None
    for _ in range(200):
        time.sleep(0.05)
        waiting = reading_thread(running.pid)
        if waiting is not None:
            break
    return running, waiting


def crash_is_named(vsm, folder):
    """Sanitizers handle crashes themselves, and name no map."""
    for number in (signal.SIGSEGV, signal.SIGABRT):
        running, thread = held_up(vsm, folder)
        check(thread is not None, "no thread waits for its input")
        tgkill = 234  # of Linux on x86-64, which Python has no function for
        ctypes.CDLL(None).syscall(tgkill, running.pid, thread, int(number))
        out, said = running.communicate(timeout=30)
        check(
            b"Sanitizer" in said
            or (running.returncode == -number and said.startswith(b"vsm: a bug of vsm ended it over -;") and not out),
            f"a crash: exit {running.returncode}: {said}",
        )


def interrupt_ends_it(vsm, folder):
    # Who is started in the background by a shell ignores it, and so would vsm.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        running, _ = held_up(vsm, folder)
        running.send_signal(number)
        running.communicate(timeout=30)
        check(running.returncode == -number, f"signal {number}: exit {running.returncode}")


def what_cannot_be_read(vsm, folder):
    (folder / "gone.vsm").symlink_to("nowhere.vsm")
    done = subprocess.run([vsm, "lint", ".", "gone.vsm", "also-gone.vsm"], cwd=folder, capture_output=True, text=True)
    check(
        done.returncode == 2
        and "cannot read gone.vsm" in done.stderr
        and "cannot read also-gone.vsm" in done.stderr
        and not done.stdout,
        f"what is not there: exit {done.returncode}: {done.stderr}",
    )


def changing(vsm, folder):
    """A file that changes constantly: vsm reads one complete version or refuses it, but never mixes two."""
    texts = [
        f"# {mark * 60000}\nstream {mark} {{ step {mark} {{ process: 1h, lead: 2h, ca: 90% }} }}\n" for mark in "ab"
    ]
    file = folder / "changing.vsm"
    file.write_text(texts[0])
    writer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nwhile True:\n for t in sys.argv[2:]: open(sys.argv[1], 'r+').write(t)",
            file,
            *texts,
        ]
    )
    for _ in range(20):
        done = subprocess.run([vsm, "ir", file, "--no-ranges"], capture_output=True, text=True)
        whole = done.returncode == 0 and done.stdout.count('"name": "a"') + done.stdout.count('"name": "b"') >= 2
        check(
            whole or (done.returncode == 2 and "changes all the time" in done.stderr),
            f"a changing file: exit {done.returncode}: {done.stderr[:200]}",
        )
    writer.kill()
    writer.wait()


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    vsm = Path(arguments[0]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        maps_in(folder)
        same_for_any_number(vsm, folder)
        same_on_any_number_of_processors(vsm, folder)
        with_many_findings(vsm, folder / "findings")
        crash_is_named(vsm, folder)
        interrupt_ends_it(vsm, folder)
        what_cannot_be_read(vsm, folder)
        changing(vsm, folder)
    return closed("many maps")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
