"""What the model of a stream says of the order of its elements, and of how its texts are to be shown; for the readers of several targets."""

import re
import unicodedata

LEAVES = {"step", "wait", "queue"}


def shown(text):
    """A text of a map as it is to be shown: one line, what nobody can see written out."""
    line = re.sub(r"[\n\r\t]", " ", text)
    invisible = ("Cc", "Cf", "Zl", "Zp")
    return "".join(f"\\u{{{ord(c):X}}}" if unicodedata.category(c) in invisible else c for c in line)


class Order:
    """Which element of a stream comes after which, from its model alone."""

    def __init__(self, elements):
        self.by_id = {one["id"]: one for one in elements}

    def path(self, identity):
        """From the outermost element that holds it to itself."""
        way = [identity]
        while self.by_id[way[0]]["parent"] is not None:
            way.insert(0, self.by_id[way[0]]["parent"])
        return way

    def precedes(self, first, second):
        """Within one body."""
        return any(before == first or self.precedes(first, before) for before in self.by_id[second]["predecessors"])

    def before(self, first, second):
        for one, other in zip(self.path(first), self.path(second)):
            if one != other:
                return self.by_id[one]["kind"] != "branch" and self.precedes(one, other)
        return False
