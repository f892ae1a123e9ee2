"""A folder for repositories, and what git and vsm do there."""

import os
import re
import subprocess

from ledger import check

MAP = "stream s {{ step a {{ process: 1h, lead: {lead}h, ca: 90% }} }}\n"


class Place:
    """A folder for repositories, whose git sees neither this machine's configuration nor a repository above."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": str(folder),
            "GIT_AUTHOR_NAME": "n",
            "GIT_AUTHOR_EMAIL": "n@example.org",
            "GIT_COMMITTER_NAME": "n",
            "GIT_COMMITTER_EMAIL": "n@example.org",
        } | {name: value for name, value in os.environ.items() if re.match("ASAN_|UBSAN_|LSAN_", name)}

    def git(self, *words, at):
        subprocess.run(["git", *map(str, words)], cwd=at, env=self.environment, check=True, capture_output=True)

    def repository(self, name, commits=4):
        """A map that gets an hour slower with each commit; in the work tree it takes 9h."""
        made = self.folder / name
        made.mkdir()
        self.git("init", "-q", "-b", "main", at=made)
        for lead in range(2, 2 + commits):
            (made / "m.vsm").write_text(MAP.format(lead=lead))
            self.git("add", "-A", at=made)
            self.git("commit", "-q", "-m", f"lead {lead}", at=made)
        (made / "m.vsm").write_text(MAP.format(lead=9))
        return made

    def run(self, at, *words, **environment):
        return subprocess.run(
            [self.binary, *words], cwd=at, env=self.environment | environment, capture_output=True, text=True
        )

    def expect(self, what, at, words, code, pattern, **environment):
        """Checks the exit code and the message; on failure (2), standard output must be empty."""
        done = self.run(at, *words, **environment)
        said = done.stderr if code == 2 else done.stdout
        check(
            done.returncode == code and re.search(pattern, said),
            f"{what}: exit {done.returncode}: {done.stdout}{done.stderr}",
        )
        check(code != 2 or not done.stdout, f"{what}: says half of it: {done.stdout}")
        return done
