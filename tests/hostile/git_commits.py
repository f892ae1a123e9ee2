"""Generates commits whose trees hold maps, for git_histories.py: branches, merges, reverts, and files that are renamed,
split, deleted, broken and repaired.
"""

import random

BROKEN = "stream {\n"


class Map:
    """A file: its streams by name with the hours of their step, and its import."""

    def __init__(self, streams, base=None, note="", broken=False):
        self.streams, self.base, self.note, self.broken = dict(streams), base, note, broken

    def copy(self, **changed):
        return Map(**({"streams": self.streams, "base": self.base, "note": self.note, "broken": self.broken} | changed))

    def text(self):
        if self.broken:
            return BROKEN + self.note
        lines = [f'import "{self.base[0]}"\n'] if self.base else []
        for name, hours in self.streams.items():
            if self.base:
                lines.append(f'future {name} "{name}" of {self.base[1]} {{\n  change a {{ lead: {hours}h }}\n}}\n')
            else:
                lines.append(
                    f'stream {name} "{name}" {{\n  step a {{ process: 1h, lead: {hours}h }}\n  step b {{ lead: 3h, process: 30min }}\n}}\n'
                )
        return self.note + "".join(lines)


def reachable(commits, commit):
    """A commit and its ancestors."""
    seen, left = set(), [commit]
    while left:
        one = left.pop()
        if one not in seen:
            seen.add(one)
            left += commits[one][0]
    return seen


class Maker:
    """Generates commits, whose trees map paths to files."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.commits = []  # (parents, {path: Map or text})
        self.names = 0

    def name(self):
        self.names += 1
        return f"s{self.names}"

    def hours(self):
        return self.random.randrange(2, 60)

    def begin(self):
        files = {
            f"{self.random.choice(['', 'maps/', 'maps/deep/'])}m{i}.vsm": Map({self.name(): self.hours()})
            for i in range(self.random.randrange(1, 4))
        }
        files["base.vsm"] = Map({"base": self.hours()})
        files["maps/future.vsm"] = Map({"later": self.hours()}, base=("../base.vsm", "base"))
        files["README"] = "maps\n"
        self.commits.append(([], files))

    def maps(self, files):
        return [
            path for path, one in files.items() if isinstance(one, Map) and path not in ("base.vsm", "maps/future.vsm")
        ]

    def changed(self, files):
        """The tree after one random change."""
        files = dict(files)
        maps = self.maps(files)
        kind = self.random.choice(
            ["edit"] * 6
            + ["base"] * 2
            + [
                "note",
                "rename",
                "split",
                "join",
                "delete",
                "birth",
                "break",
                "configuration",
                "nothing",
                "swap",
                "stream",
            ]
        )
        path = self.random.choice(maps) if maps else None
        one = files.get(path)
        whole = [name for name in maps if not files[name].broken]
        if kind == "base":
            files["base.vsm"] = files["base.vsm"].copy(streams={"base": self.hours()})
        elif kind == "birth" or path is None:
            files[f"maps/n{self.name()}.vsm"] = Map({self.name(): self.hours()})
        elif kind == "note":
            files[path] = one.copy(note=f"# {self.hours()}\n")
        elif kind == "rename":
            del files[path]
            files[f"maps/r{self.name()}.vsm"] = one
        elif kind == "delete":
            del files[path]
        elif kind == "break" and not (one.broken and self.holds(files, one.streams, path)):
            files[path] = one.copy(broken=not one.broken, note="" if one.broken else f"# {self.name()}\n")
        elif kind == "configuration":
            if files.pop("maps/.vsm.yaml", None) is None:
                files["maps/.vsm.yaml"] = "version: 1\n"
        elif kind == "nothing":
            files["README"] = f"{self.hours()}\n"
        elif one.broken:
            files[path] = one.copy(note=f"# still {self.hours()}\n")
        elif kind == "edit":
            name = self.random.choice(list(one.streams))
            files[path] = one.copy(streams=one.streams | {name: self.hours()})
        elif kind == "stream":
            files[path] = one.copy(streams=one.streams | {self.name(): self.hours()})
        elif kind == "split" and len(one.streams) > 1:
            name = self.random.choice(list(one.streams))
            files[path] = one.copy(streams={other: hours for other, hours in one.streams.items() if other != name})
            files[f"p{self.name()}.vsm"] = Map({name: one.streams[name]})
        elif kind in ("join", "swap") and len(whole) > 1:
            other = self.random.choice([name for name in whole if name != path])
            if kind == "swap":
                files[path], files[other] = files[other], files[path]
            else:
                files[path] = one.copy(streams=one.streams | files.pop(other).streams)
        return files

    def holds(self, files, names, path):
        """Whether another file has a stream of one of these names."""
        return any(name in files[other].streams for other in self.maps(files) if other != path for name in names)

    def picked(self, parent):
        """An earlier tree, as by a revert or a cherry-pick. Deleted streams return only to a path that they had."""
        tree = dict(self.commits[self.random.randrange(len(self.commits))][1])
        places = {
            (name, path)
            for one in reachable(self.commits, parent)
            for path in self.maps(self.commits[one][1])
            for name in self.commits[one][1][path].streams
        }
        known = {name for path in self.maps(self.commits[parent][1]) for name in self.commits[parent][1][path].streams}
        fits = all(name in known or (name, path) in places for path in self.maps(tree) for name in tree[path].streams)
        return tree if fits else dict(self.commits[parent][1])

    def merged(self, parents):
        """For each file the version of one parent, or a new one; stream names stay unique."""
        trees = [self.commits[one][1] for one in parents]
        files = {}
        for path in sorted({path for tree in trees for path in tree}):
            taken = self.random.choice(trees).get(path)
            if taken is not None:
                files[path] = taken
        for path in self.maps(files):
            if self.random.random() < 0.2 and not files[path].broken:
                files[path] = files[path].copy(streams={name: self.hours() for name in files[path].streams})
        names = [name for path in self.maps(files) if not files[path].broken for name in files[path].streams]
        return files if len(names) == len(set(names)) and "base.vsm" in files else dict(self.random.choice(trees))

    def run(self, count):
        self.begin()
        heads = [0]
        while len(self.commits) < count:
            dice = self.random.random()
            if dice < 0.2 and len(heads) > 1:
                parents = self.random.sample(heads, 3 if len(heads) > 2 and self.random.random() < 0.3 else 2)
                tree = self.merged(parents)
                heads = [one for one in heads if one != parents[0]]
            elif dice < 0.3:
                parents = [self.random.choice(heads)]
                tree = self.picked(parents[0])
                heads = [one for one in heads if one not in parents]
            elif dice < 0.4 and len(heads) < 4:
                parents = [self.random.randrange(len(self.commits))]
                tree = self.changed(self.commits[parents[0]][1])
            else:
                parents = [self.random.choice(heads)]
                tree = self.changed(self.commits[parents[0]][1])
                heads = [one for one in heads if one not in parents]
            self.commits.append((parents, tree))
            heads.append(len(self.commits) - 1)
        last = [heads[-1]] + [one for one in heads[:-1]]
        if len(last) > 1:
            self.commits.append((last, self.merged(last)))
        return self.commits


def text_of(one):
    return one.text() if isinstance(one, Map) else one
