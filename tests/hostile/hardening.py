"""hardening.py PROJECT | hardening.py --program VSM: checks that release builds are hardened.

PROJECT: the release presets compile every file of the project, and link, with the flags of cmake/VsmHardening.cmake.
--program VSM: a program with symbols, as built by a preset, has the properties that these flags provide.
Exit 0 no findings, 1 findings, 2 cannot run.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from ledger import check, closed

PRESETS = {"release": "-pie", "static": "-static-pie"}
COMPILED = ("-D_GLIBCXX_ASSERTIONS", "-fstack-protector-strong", "-fPIE", "-U_FORTIFY_SOURCE")
LINKED = "-Wl,-z,relro,-z,now"
# Symbols that hardened code refers to: stack protector, library assertions, calls with size checks.
SYMBOLS = {
    "the stack protector": r"__stack_chk_fail",
    "the library's assertions": r"std::__glibcxx_assert_fail",
    "checked calls": r"__\w+_chk",
}
LINK_FLAGS = re.compile(r"^build cli/vsm: .*?^  LINK_FLAGS = (.*?)$", re.DOTALL | re.MULTILINE)


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        print(f"{command[0]} failed: {done.stdout}{done.stderr}")
        sys.exit(2)
    return done.stdout


def check_preset(project, preset, link_flag):
    with tempfile.TemporaryDirectory() as folder:
        run("cmake", "-S", project, "--preset", preset, "-B", folder, "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON")
        entries = json.loads((Path(folder) / "compile_commands.json").read_text())
        link = LINK_FLAGS.search((Path(folder) / "build.ninja").read_text())
    ours = [entry for entry in entries if Path(entry["file"]).is_relative_to(project)]
    check(len(ours) > 100, f"{preset}: only {len(ours)} files of ours are compiled")
    for entry in ours:
        words, compiled = entry["command"].split(), f"{preset}: {entry['file']} is compiled"
        for flag in COMPILED:
            check(flag in words, f"{compiled} without {flag}")
        # the last one wins
        levels = [word for word in words if "_FORTIFY_SOURCE" in word]
        check(re.fullmatch(r"-D_FORTIFY_SOURCE=[23]", levels[-1]), f"{compiled} without checked calls: {levels}")
        check({"-O2", "-O3"} & set(words), f"{compiled} without optimisation, which checked calls need")
    flags = set(link.group(1).split()) if link else set()
    check({link_flag, LINKED} <= flags, f"{preset}: vsm is not linked with {link_flag} {LINKED}")


def check_program(program):
    header, segments, dynamic = (run("readelf", "-W", flag, program) for flag in ("-h", "-l", "-d"))
    check(re.search(r"Type:\s+DYN ", header), f"{program} lies at an address that is known")
    check("GNU_RELRO" in segments, f"{program} can write over its tables of addresses")
    check(re.search(r"\(FLAGS_1\).*\bNOW\b", dynamic), f"{program} fills its tables of addresses while it runs")
    check(re.search(r"GNU_STACK .* RW ", segments), f"{program} can run what lies on its stack")
    symbols = run("nm", "-C", program)
    for what, pattern in SYMBOLS.items():
        check(re.search(rf"\b{pattern}\b", symbols), f"{program} was built without {what}")


def main():
    match sys.argv[1:]:
        case ["--program", program]:
            check_program(Path(program))
        case [project]:
            for preset, link_flag in PRESETS.items():
                check_preset(Path(project).resolve(), preset, link_flag)
        case _:
            print(__doc__)
            return 2
    return closed("hardening")


if __name__ == "__main__":
    sys.exit(main())
