"""Random maps, reproducible everywhere: every construct of the language beside and inside every other.

maps() returns the texts, which together contain every pair of constructs. Does not depend on the outputs.
"""

import random
from dataclasses import dataclass, field

COUNT = 150

STEPS = ("step", "approval", "external", "unknown", "range", "back", "self", "repair")
DELAYS = ("wait", "queue", "unknown wait")
HOLDERS = ("stage", "parallel", "choose", "skip")  # skip: a choose with an empty branch
KINDS = STEPS + DELAYS + HOLDERS
EDITS = ("change", "remove", "add", "replace", "move")


@dataclass
class Element:
    kind: str
    name: str
    text: str = ""  # follows keyword and name
    bodies: list = field(default_factory=list)
    shares: list = field(default_factory=list)
    branch_names: list = field(default_factory=list)
    after: str = ""

    @property
    def is_step(self):
        return self.kind in STEPS

    def inside(self):
        for body in self.bodies:
            for element in body:
                yield element
                yield from element.inside()


def wanted_pairs():
    """All pairs to cover, as (first, second, how)."""
    beside = [(first, second, "beside") for first in KINDS for second in KINDS]
    within = [(first, second, "inside") for first in HOLDERS for second in KINDS]
    after = [("after", kind, "of") for kind in KINDS]
    # (an element that sends work back cannot move before the element it sends it to)
    edits = [(edit, kind, "edit") for edit in EDITS for kind in KINDS if edit != "change" or kind in STEPS]
    edits.remove(("move", "back", "edit"))
    return beside + within + after + edits


class Maker:
    def __init__(self, seed, todo):
        self.dice = random.Random(seed)
        self.todo = todo  # pairs that no map contains yet
        self.names = 0
        self.reached = set()
        self.referred = set()  # names that edits must not touch

    def name(self, prefix):
        self.names += 1
        return f"{prefix}{self.names}"

    def minutes(self, most=60):
        return f"{self.dice.randint(1, most)}min"

    def element(self, kind, depth, before=None):
        dice = self.dice
        if kind in HOLDERS:
            return self.holder(kind, depth)
        one = Element(kind, self.name("e"))
        if kind == "wait":
            one.text = dice.choice([self.minutes(), "30min..2h", "exponential(1h)"])
        elif kind == "unknown wait":
            one.text = "?"
        elif kind == "queue":
            one.text = str(dice.randint(1, 5))
        else:
            one.text = f"{{ {self.step_text(one, before)} AFTER }}"
        return one

    def step_text(self, one, before):
        kind = one.kind
        team = self.dice.choice(["", ", team: dev", ", team: [dev, qa]"])
        if kind == "external":
            return f"kind: external, lead: {self.minutes()}{team}"
        if kind == "unknown":
            return f"process: ?, wait: ?, ca: ?{team}"
        if kind == "range":
            return (
                f"process: 10min..20min..60min, lead: lognormal(p50 10h, p85 20h), ca: 80%..90%{team}"
                if self.dice.random() < 0.5
                else f"process: 5min..10min, wait: ~1h, ca: n/a{team}"
            )
        text = f"process: {self.minutes()}, wait: {self.dice.choice(['0min', self.minutes(), '1d'])}, ca: {self.dice.randint(50, 100)}%{team}"
        if kind == "approval":
            text += ", kind: approval"
        if kind == "self":
            text += f" rework {self.dice.randint(1, 30)}% {self.dice.choice(['', 'once '])}to {one.name}"
        if kind == "back":
            target = before.name if before is not None else one.name
            self.referred.add(target)
            text += f" rework {self.dice.randint(1, 30)}% to {target}"
        if kind == "repair":
            text += f" rework {self.dice.randint(1, 30)}% {{ process: {self.minutes()}, wait: {self.minutes()} }}"
        return text

    def holder(self, kind, depth, first=None):
        one = Element(kind, self.name("g"))
        count = {"stage": 1, "parallel": self.dice.randint(2, 3), "choose": self.dice.randint(2, 3), "skip": 2}[kind]
        for number in range(count):
            empty = kind == "skip" and number == 1
            forced = [first] if first and number == 0 else []
            one.bodies.append([] if empty else self.body(depth - 1, self.dice.randint(1, 2), forced))
            one.branch_names.append(self.name("w"))
        cuts = sorted(self.dice.sample(range(10, 91), count - 1))
        one.shares = [high - low for low, high in zip([0, *cuts], [*cuts, 100])]
        return one

    def any_kind(self, depth):
        return self.dice.choice(STEPS * 2 + DELAYS + (HOLDERS if depth > 0 else ()))

    def body(self, depth, count, forced=()):
        """Consecutive elements; `forced` are the kinds of the first ones."""
        kinds = [*forced, *(self.any_kind(depth) for _ in range(max(0, count - len(forced))))]
        elements = []
        for kind in kinds:
            before = elements[-1] if elements and elements[-1].kind not in DELAYS else None
            elements.append(self.element(kind, depth, before))
        return elements

    def reorder(self, elements):
        """Makes one element follow others than its predecessor. Rework must still go to an earlier element."""
        places = [number for number, one in enumerate(elements) if number >= 2]
        if not places:
            return
        place = self.dice.choice(
            [number for number in places if ("after", elements[number].kind, "of") in self.todo] or places
        )
        earlier = [one.name for one in elements[:place]]
        chosen = self.dice.choice([["start"], self.dice.sample(earlier, 2)])
        if elements[place].kind == "back":
            chosen = [earlier[0], earlier[-1]]
        elements[place].after = f"after: [{', '.join(chosen)}]" if chosen != ["start"] else "after: start"
        self.referred.update(earlier)

    def make(self):
        body = [self.element("step", 0)]
        for first, second, how in self.pick(3):
            if how == "beside":
                body += self.body(2, 2, (first, second))
            elif how == "inside":
                body.append(self.holder(first, 2, second))
            elif how == "of":
                body += self.body(1, 3, ("step", "step", second))
            elif how == "edit":
                body.append(self.element(second, 1))
            body += self.body(0, 1, ("step",))
        body += self.body(2, self.dice.randint(1, 3))
        # direct elements of a parallel take no `after`; those of a stage or a stream do
        self.reorder(body)
        for one in [one for top in body for one in [top, *top.inside()]]:
            if one.kind == "stage" and self.dice.random() < 0.3:
                self.reorder(one.bodies[0])
        self.note_pairs(body)
        edits = self.edits(body)
        text = "team dev team qa\nstream s {\n  demand: 40/w\n" + self.text_of(body) + "}\n"
        if edits:
            text += "future f of s {\n" + "\n".join(edits) + "\n}\n"
        return text

    def pick(self, count):
        """Picks the pairs for this map, preferring those that no map contains yet."""
        left = sorted(self.todo) or wanted_pairs()
        return self.dice.sample(left, min(count, len(left)))

    def note_pairs(self, body):
        def visit(elements):
            for first, second in zip(elements, elements[1:]):
                if not second.after:
                    self.reached.add((first.kind, second.kind, "beside"))
            for one in elements:
                if one.after:
                    self.reached.add(("after", one.kind, "of"))
                for inner in one.bodies:
                    self.reached.update((one.kind, element.kind, "inside") for element in inner)
                    visit(inner)

        visit(body)

    def edits(self, body):
        free = [
            one
            for one in body[1:]
            if not ({one.name} | {inner.name for inner in one.inside()}) & self.referred and not one.after
        ]
        self.dice.shuffle(free)
        free.sort(key=lambda one: not any((edit, one.kind, "edit") in self.todo for edit in EDITS))
        # removing or moving an element changes what follows it, so nothing may refer to it or send work back to it
        lines = []
        for one in free[:4]:
            possible = [edit for edit in EDITS if edit != "change" or one.is_step]
            edit = self.dice.choice([edit for edit in possible if (edit, one.kind, "edit") in self.todo] or possible)
            if edit == "move" and any(inner.kind == "back" for inner in [one, *one.inside()]):
                continue
            lines.append("  " + self.edit(edit, one, body[0]))
            self.reached.add((edit, one.kind, "edit"))
        return lines

    def edit(self, edit, one, first):
        if edit == "change":
            return f"change {one.name} {{ {'lead: 30min' if one.kind == 'external' else 'process: 2min, wait: 3min, lead: none'} }}"
        if edit == "remove":
            return f"remove {one.name}"
        if edit == "move":
            return f"move {one.name} after {first.name}"
        made = self.element(self.dice.choice(KINDS), 1)
        if edit == "add":
            return f"add {self.dice.choice(['before', 'after'])} {one.name} {self.line(made).replace('AFTER', '')}"
        return f"replace {one.name} with {self.line(made).replace('AFTER', '')}"

    def line(self, one):
        if one.is_step:
            return f"step {one.name} {one.text}"
        if one.kind in DELAYS:
            return f"{one.kind.split()[-1]} {one.name} {one.text} {{ AFTER }}"
        if one.kind == "stage":
            return f"stage {one.name} {{ AFTER\n{self.text_of(one.bodies[0])}}}"
        lines = [f"{'parallel' if one.kind == 'parallel' else 'choose'} {one.name} {{ AFTER"]
        for name, share, body in zip(one.branch_names, one.shares, one.bodies):
            alone = one.kind == "parallel" and len(body) == 1 and share % 2
            head = "" if alone else f"branch {name} {{" if one.kind == "parallel" else f"branch {share}% {name} {{"
            lines.append(head + "\n" + self.text_of(body) + ("" if alone else "}"))
        return "\n".join([*lines, "}"])

    def text_of(self, elements):
        # (a holder's inner elements have replaced their own AFTER already, so the first one left is the holder's)
        return "".join(self.line(one).replace("AFTER", one.after, 1).replace("AFTER", "") + "\n" for one in elements)


def maps():
    """The texts by name. Fails if a pair is not covered."""
    todo = set(wanted_pairs())
    made = {}
    for seed in range(COUNT):
        maker = Maker(seed, todo)
        made[f"map-{seed}"] = maker.make()
        todo -= maker.reached
    if todo:
        raise SystemExit(f"{len(todo)} pairs occur in no map: {sorted(todo)}")
    return made
