"""static_link.py CMAKE ROOT: checks that a static build, including its tests, links no shared library.

Configures the build and reads its link commands; builds nothing. Exit 0 no findings, 1 findings, 2 cannot run.
"""

import re
import subprocess
import sys
import tempfile

STATIC = re.compile(r" -static(-pie)? ")
PROGRAM = re.compile(r" -o (\S+)")
SHARED = re.compile(r"(?:^|\s)(\S*\.so(?:\.[\d.]+)?)(?=\s|$)")


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    cmake, root = arguments
    with tempfile.TemporaryDirectory() as build:
        done = subprocess.run(
            [cmake, "-S", root, "-B", build, "-G", "Ninja", "-DVSM_STATIC=ON", "-DVSM_TESTS=ON"],
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            print(done.stdout + done.stderr)
            return 1
        commands = subprocess.run(
            ["ninja", "-C", build, "-t", "commands", "all"], capture_output=True, text=True
        ).stdout.splitlines()
    links = [line for line in commands if STATIC.search(line) and " -o " in line and " -c " not in line]
    problems = [
        f"{PROGRAM.search(line)[1]} links {', '.join(SHARED.findall(line))}" for line in links if SHARED.search(line)
    ]
    if not any(" -o tests/vsm_unit " in line for line in links):
        problems.append("vsm_unit is not among what is built")
    print("\n".join([*problems, f"static link: {len(links)} programs, {len(problems)} findings"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
