"""The order of a stream's elements according to its model, and the display form of its texts; for the readers."""

import re
import unicodedata

LEAVES = {"step", "wait", "queue"}


def shown(text):
    """The display form of a text: on one line, invisible characters escaped."""
    line = re.sub(r"[\n\r\t]", " ", text)
    invisible = ("Cc", "Cf", "Zl", "Zp")
    return "".join(f"\\u{{{ord(c):X}}}" if unicodedata.category(c) in invisible else c for c in line)


class Order:
    """Which element of a stream comes after which, according to its model."""

    def __init__(self, elements):
        self.by_id = {one["id"]: one for one in elements}

    def path(self, identity):
        """The ids from the outermost enclosing element to the element itself."""
        way = [identity]
        while self.by_id[way[0]]["parent"] is not None:
            way.insert(0, self.by_id[way[0]]["parent"])
        return way

    def precedes(self, first, second):
        """Whether `first` precedes `second` within one body."""
        return any(before == first or self.precedes(first, before) for before in self.by_id[second]["predecessors"])

    def before(self, first, second):
        for one, other in zip(self.path(first), self.path(second)):
            if one != other:
                return self.by_id[one]["kind"] != "branch" and self.precedes(one, other)
        return False
