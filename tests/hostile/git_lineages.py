"""Which rows of `history` belong to one stream: copies that a merge keeps, moves inside merges and into files that do not
compile or cannot be read, and the same answer for a file as for its folder.
"""

import json

from git_place import MAP
from ledger import check


def stream(name, lead):
    return MAP.format(lead=lead).replace("stream s", f"stream {name}")


class Scene:
    """A repository whose commits are written as trees of files."""

    def __init__(self, place, name):
        self.place, self.folder = place, place.folder / name
        self.folder.mkdir()
        self.git("init", "-q", "-b", "main")
        self.git("config", "uploadpack.allowFilter", "true")
        self.git("config", "uploadpack.allowAnySHA1InWant", "true")

    def git(self, *words):
        self.place.git(*words, at=self.folder)

    def commit(self, subject, files):
        """Writes the files; None removes one."""
        for path, text in files.items():
            if text is None:
                (self.folder / path).unlink()
                continue
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", subject)

    def merge(self, branch, subject, files):
        self.git("merge", "-q", "--no-commit", "--no-ff", "-s", "ours", branch)
        self.commit(subject, files)

    def partial(self, *had, flag="blob:none"):
        """A clone that lacks the old files except some, as `HEAD~3:a.vsm`."""
        made = object.__new__(Scene)
        made.place, made.folder = self.place, self.folder.with_name(self.folder.name + " " + flag.replace(":", "-"))
        self.git("clone", "-q", "--no-local", f"--filter={flag}", self.folder.as_uri(), made.folder)
        for one in had:
            made.git("cat-file", "-e", one)
            made.git("cat-file", "-p", one)
        return made

    def series(self, *words, **environment):
        """Each series: its name, its rows as `subject lead`, and its moves."""
        done = self.place.run(self.folder, "history", "--format", "json", *words, **environment)
        if done.returncode != 0:
            return f"exit {done.returncode}: {done.stderr}"
        told = json.loads(done.stdout)
        subjects = {one["id"]: one["subject"] for one in told["commits"]}
        return [
            (
                one["name"],
                [f"{subjects[point['commit']]} {value_of(point)}" for point in one["points"]],
                [f"{subjects[move['commit']]} {move['from']} {move['to']}" for move in one["moves"]],
            )
            for one in told["streams"]
        ]

    def expect(self, what, expected, *words, **environment):
        told = self.series(*words, **environment)
        check(told == expected, f"{what}: {told} instead of {expected}")


def value_of(point):
    lead = f"{point['figures']['lead_time'] / 3600:g}" if point["figures"] else point["state"]
    return lead if point["kept"] else f"{lead} not kept"


def copies_kept_by_a_merge(place):
    """Two files of a merge hold what was one stream: two series, also after later merges of the same branches."""
    made = Scene(place, "copies")
    made.commit("one", {"a.vsm": stream("s", 1)})
    made.git("checkout", "-q", "-b", "br")
    made.commit("br", {"a.vsm": None, "b.vsm": stream("s", 2)})
    made.git("checkout", "-q", "main")
    made.commit("main", {"a.vsm": stream("s", 3)})
    made.merge("br", "both", {"b.vsm": stream("s", 2)})
    made.commit("later", {"a.vsm": stream("s", 8)})
    rows = ["one 1", "main 3", "later 8"]
    other = ("s", ["br 2"], ["br a.vsm b.vsm"])
    made.expect("copies of a merge", [("s", rows, []), other])
    made.git("checkout", "-q", "br")
    made.commit("br again", {"b.vsm": stream("s", 6)})
    made.git("checkout", "-q", "main")
    made.merge("br", "both again", {"b.vsm": stream("s", 6)})
    other = ("s", ["br 2", "br again 6"], ["br a.vsm b.vsm"])
    made.expect("copies of two merges", [("s", rows, []), other])
    made.commit("gone", {"a.vsm": None})
    made.expect("copies of a merge, one removed", [("s", [*rows, "gone removed"], []), other])
    made.expect("copies of a merge, both began here", [("s", [*rows, "gone removed"], []), other], "a.vsm")
    made.expect("copies of a merge, one was here", [other], "b.vsm")


def copies_of_one_value(place):
    """A branch that only moves the stream, and a merge that edits both copies."""
    made = Scene(place, "equal copies")
    made.commit("one", {"a.vsm": stream("s", 1)})
    made.git("checkout", "-q", "-b", "br")
    made.commit("br", {"a.vsm": None, "b.vsm": stream("s", 1)})
    made.git("checkout", "-q", "main")
    made.commit("main", {"c.vsm": stream("t", 3)})
    made.merge("br", "both", {"b.vsm": stream("s", 1)})
    told = [one for one in made.series() if one[0] == "s"]
    check(
        told == [("s", ["one 1"], []), ("s", ["both 1"], ["br a.vsm b.vsm"])],
        f"copies of equal value: {told}",
    )
    made.git("reset", "-q", "--hard", "main~1")
    made.merge("br", "both, edited", {"a.vsm": stream("s", 4), "b.vsm": stream("s", 5)})
    told = [one for one in made.series() if one[0] == "s"]
    check(
        told == [("s", ["one 1", "both, edited 4"], []), ("s", ["both, edited 5"], ["br a.vsm b.vsm"])],
        f"copies that a merge edits: {told}",
    )


def moved_inside_a_merge(place):
    made = Scene(place, "moved in merge")
    made.commit("root", {"u.vsm": stream("u", 1)})
    made.git("checkout", "-q", "-b", "br")
    made.commit("s", {"a.vsm": stream("s", 1)})
    made.git("checkout", "-q", "main")
    made.commit("u", {"u.vsm": stream("u", 2)})
    made.merge("br", "merge", {"b.vsm": stream("s", 1)})
    made.expect("moved inside a merge", [("s", ["s 1"], ["merge a.vsm b.vsm"])], "--stream", "s")


def gaps(place):
    """A stream is followed across commits that a partial clone lacks; nothing is told of these."""
    made = Scene(place, "gap")
    made.commit("c1", {"a.vsm": stream("s", 1)})
    made.commit("c2", {"a.vsm": None, "b.vsm": stream("s", 2)})
    made.commit("c3", {"b.vsm": stream("s", 3)})
    made.commit("c4", {"b.vsm": stream("s", 4)})
    clone = made.partial("HEAD~3:a.vsm")
    for words in ([], ["a.vsm"], ["b.vsm"]):
        clone.expect(f"a gap {words}", [("s", ["c1 1", "c4 4"], ["c4 a.vsm b.vsm"])], *words)
    folder = Scene(place, "gap of a folder")
    folder.commit("c1", {"x/a.vsm": stream("s", 1), "k.vsm": stream("k", 1)})
    folder.git("mv", "x", "y")
    folder.commit("c2", {"y/a.vsm": stream("s", 2)})
    folder.commit("c3", {"y/a.vsm": stream("s", 3)})
    for flag in ("blob:none", "tree:0"):
        clone = folder.partial("HEAD~2:x/a.vsm", "HEAD~2:k.vsm", flag=flag)
        expected = [("s", ["c1 1", "c3 3"], ["c3 x/a.vsm y/a.vsm"])]
        clone.expect(f"a gap of a folder, {flag}", expected, "--stream", "s")
        clone.expect(f"a gap of a folder, {flag}, what stays", [("k", ["c1 1"], [])], "--stream", "k")


def gaps_and_removals(place):
    """A stream that is gone behind the gap is removed there; one that is gone beside it may have moved into it."""
    made = Scene(place, "gap, then gone")
    made.commit("c1", {"a.vsm": stream("s", 1), "t.vsm": stream("t", 1)})
    made.commit("c2", {"a.vsm": stream("s", 2)})
    made.commit("c3", {"a.vsm": stream("r", 3), "t.vsm": None})
    made.commit("c4", {"b.vsm": stream("t", 4)})
    clone = made.partial("HEAD~3:a.vsm", "HEAD~3:t.vsm")
    expected = [
        ("r", ["c3 3"], []),
        ("s", ["c1 1", "c3 removed"], []),
        ("t", ["c1 1", "c3 removed"], []),
        ("t", ["c4 4"], []),
    ]
    told = clone.series()
    check(sorted(told) == sorted(expected), f"a gap, then gone: {told} instead of {expected}")


def moved_and_broken(place):
    """A stream that moves into a map that does not compile is broken, not removed."""
    team = 'team dev "D" { people: 2 }\n'
    made = Scene(place, "moved and broken")
    made.commit("one", {"teams.vsm": team, "a.vsm": 'import "teams.vsm"\n' + stream("s", 1)})
    made.commit("two", {"a.vsm": None, "d/a.vsm": 'import "teams.vsm"\n' + stream("s", 3)})
    made.commit("three", {"d/a.vsm": 'import "../teams.vsm"\n' + stream("s", 3)})
    rows = ["one 1", "two broken", "three 3"]
    for words in ([], ["a.vsm"], ["d/a.vsm"]):
        made.expect(f"moved and broken {words}", [("s", rows, ["two a.vsm d/a.vsm"])], *words)
    made = Scene(place, "moved into broken")
    made.commit("one", {"a.vsm": stream("s", 1) + stream("u", 1), "b.vsm": stream("v", 1)})
    made.commit("two", {"a.vsm": stream("u", 1), "b.vsm": stream("v", 1) + stream("s", 2) + "}\n"})
    made.commit("three", {"b.vsm": stream("v", 1) + stream("s", 2)})
    expected = [("s", ["one 1", "two broken", "three 2"], ["two a.vsm b.vsm"])]
    made.expect("moved into a file that breaks", expected, "--stream", "s")
    made.expect("what was in a file that breaks", [("v", ["one 1", "two broken", "three 1"], [])], "--stream", "v")


def file_and_folder(place):
    """The history of a file has the series of its folder's history that were ever in it."""
    made = Scene(place, "broken, then split")
    made.commit("one", {"a.vsm": stream("s", 1) + stream("u", 1)})
    made.commit("broken", {"a.vsm": stream("s", 1) + stream("u", 1) + "}\n"})
    made.commit("moved", {"a.vsm": stream("u", 1), "b.vsm": stream("s", 1)})
    expected = [("s", ["one 1", "broken broken", "moved 1"], ["moved a.vsm b.vsm"])]
    for words in ([], ["a.vsm"], ["b.vsm"]):
        made.expect(f"broken, then split {words}", expected, "--stream", "s", *words)
    made = Scene(place, "reborn")
    made.commit("one", {"a.vsm": stream("s", 1)})
    made.commit("to b", {"a.vsm": None, "b.vsm": stream("s", 1)})
    made.commit("deleted", {"b.vsm": None})
    made.commit("reborn", {"c.vsm": stream("s", 7)})
    made.commit("c to b", {"c.vsm": None, "b.vsm": stream("s", 5)})
    first = ("s", ["one 1", "deleted removed"], ["to b a.vsm b.vsm"])
    second = ("s", ["reborn 7", "c to b 5"], ["c to b c.vsm b.vsm"])
    for words, expected in (([], [first, second]), (["a.vsm"], [first]), (["b.vsm"], [first, second])):
        made.expect(f"reborn {words}", expected, *words)
    made.expect("reborn, from its first file", [second], "c.vsm")
    made = Scene(place, "file, then folder")
    made.commit("file", {"a.vsm": stream("s", 1)})
    made.commit("folder", {"a.vsm": None})
    made.commit("below", {"a.vsm/x": "", "b.vsm": stream("t", 1)})
    made.expect("a file where a folder is now", [("s", ["file 1", "folder removed"], [])], "a.vsm")


def configuration_folder(place):
    """A folder called `.vsm.yaml` limits imports in `history` as it does in `metrics`."""
    made = Scene(place, "configuration folder")
    team = 'team dev "D" { people: 2 }\n'
    made.commit("one", {"teams.vsm": team, "d/a.vsm": 'import "../teams.vsm"\n' + stream("s", 1)})
    made.commit("two", {"d/.vsm.yaml/x": ""})
    made.commit("three", {"d/.vsm.yaml/x": None})
    place.git("checkout", "-q", "HEAD~1", at=made.folder)
    place.expect("a folder as configuration", made.folder, ["metrics", "d/a.vsm"], 1, "")
    place.git("checkout", "-q", "main", at=made.folder)
    place.expect("no folder as configuration", made.folder, ["metrics", "d/a.vsm"], 0, "")
    made.expect("a folder as configuration, history", [("s", ["one 1", "two broken", "three 1"], [])])


def lineages(place):
    copies_kept_by_a_merge(place)
    copies_of_one_value(place)
    moved_inside_a_merge(place)
    gaps(place)
    gaps_and_removals(place)
    moved_and_broken(place)
    file_and_folder(place)
    configuration_folder(place)
