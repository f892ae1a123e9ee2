"""Parses a log as GitHub's runner does: finds the lines that are commands. Follows the runner's own parser."""

import re
from dataclasses import dataclass

# A command starts its line, apart from blanks; the older form may appear anywhere in a line.
COMMAND = re.compile(r"^\s*::(?P<name>[A-Za-z][\w-]*)(?: (?P<properties>[^\n]*?))?::(?P<data>.*)$", re.DOTALL)
OLD_COMMAND = re.compile(r"##\[[\w-]+")


@dataclass
class Command:
    name: str
    properties: dict
    data: str


def undone(text, in_property):
    for code, character in ([("%3A", ":"), ("%2C", ",")] if in_property else []) + [
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%25", "%"),
    ]:
        text = text.replace(code, character)
    return text


def command_of(line):
    found = COMMAND.match(line)
    if not found:
        return None
    pairs = [pair.split("=", 1) for pair in (found["properties"] or "").split(",") if "=" in pair]
    return Command(found["name"], {name: undone(value, True) for name, value in pairs}, undone(found["data"], False))


def read(log):
    """The commands of a log, and its other lines; an old-style command within a line is returned as `old`."""
    commands, others = [], []
    for line in re.split(r"\r\n|\r|\n", log.removesuffix("\n")):
        command = command_of(line)
        if command is None and OLD_COMMAND.search(line):
            command = Command("old", {}, line)
        if command is None:
            others.append(line)
        else:
            commands.append(command)
    return commands, others
