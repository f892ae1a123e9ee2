"""A pipeline of GitLab: its jobs, the ways that its variables offer, and a run of it by gitlab-ci-local."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

KEYWORDS = {"workflow", "stages", "variables", "default"}


def jobs_of(pipeline):
    return {name: job for name, job in pipeline.items() if name not in KEYWORDS and not name.startswith(".")}


def manner_of(job):
    """The settings of a job that decide when it runs: its only rule, or the job itself."""
    return job["rules"][0] if "rules" in job else job


def needs_of(job):
    return [need["job"] if isinstance(need, dict) else need for need in job["needs"]]


def questions_of(pipeline):
    return {name: value for name, value in pipeline["variables"].items() if isinstance(value, dict)}


def ways_of(pipeline):
    """The default variables, then one set for each other value of each variable."""
    questions = questions_of(pipeline)
    defaults = {name: question["value"] for name, question in questions.items()}
    yield defaults
    for name, question in questions.items():
        yield from (defaults | {name: word} for word in question["options"] if word != question["value"])


def present_in(job, way):
    """Whether a job has no rule, or its rule matches."""
    return "rules" not in job or all(
        way[name] == word for name, word in re.findall(r'\$(\w+) == "([\w-]+)"', job["rules"][0]["if"])
    )


def reachable(jobs):
    reached = {}
    for name in jobs:  # needed jobs come first
        reached[name] = set()
        for need in needs_of(jobs[name]):
            if need in reached:
                reached[name] |= {need} | reached[need]
    return reached


class Run:
    """One run of a pipeline: the output of its jobs, and the order in which they began and ended."""

    def __init__(self, file, variables, approve):
        node = shutil.which("node")
        program = Path(node).resolve().parent.parent / "node_modules/gitlab-ci-local/src/index.js"
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "project"
            place.mkdir()
            environment = {
                "PATH": os.environ["PATH"],
                "HOME": folder,
                "LC_ALL": "C.UTF-8",
                "GIT_CONFIG_GLOBAL": os.devnull,
            }
            git = lambda *words: subprocess.run(
                ["git", *words], cwd=place, env=environment, check=True, capture_output=True
            )
            shutil.copy(file, place / ".gitlab-ci.yml")
            git("init", "-q")
            git("remote", "add", "origin", "git@gitlab.invalid:a/b.git")
            git("add", "-A")
            git("-c", "user.name=a", "-c", "user.email=a@b.invalid", "commit", "-q", "-m", "a")
            command = [node, program, "--force-shell-executor"]
            for name, word in variables.items():
                command += ["--variable", f"{name}={word}"]
            for name in approve:
                command += ["--manual", name]
            done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, timeout=120)
            self.output = done.stdout + done.stderr
            self.raw = "".join(log.read_bytes().decode() for log in sorted(place.glob(".gitlab-ci-local/output/*.log")))
            self.metrics = (
                (place / "metrics.txt").read_text(encoding="utf-8") if (place / "metrics.txt").exists() else ""
            )
            self.left = sorted(
                {one.name for one in place.iterdir()} - {".git", ".gitlab-ci.yml", ".gitlab-ci-local", "metrics.txt"}
            )

    def events(self, jobs):
        """Yields pairs of a job and an event: began, ended, failed, or a line of its log."""
        plain = re.sub(r"\x1b\[[0-9;]*m", "", self.output)
        names = sorted(jobs, key=len, reverse=True)
        for line in plain.split("\n"):
            name = next((one for one in names if line.startswith(one + " ")), None)
            if name is None:
                continue
            rest = line[len(name) :].lstrip(" ")
            if rest.startswith("starting shell"):
                yield name, "began"
            elif rest.startswith("finished in"):
                yield name, "failed" if "FAIL" in rest else "ended"
            elif rest.startswith("> "):
                yield name, rest[2:]
            elif not rest.startswith("$ "):
                yield name, "? " + rest
