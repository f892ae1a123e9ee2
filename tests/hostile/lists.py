"""Maps that combine every list of the language with what multiplies it: futures, kaizens, streams, imports."""

MIB = 1 << 20


def repeated(make, size):
    """Joins make(0), make(1), … up to `size` bytes."""
    parts, total, i = [], 0, 0
    while total < size:
        parts.append(make(i))
        total += len(parts[-1].encode())
        i += 1
    return "".join(parts)


TIMES = "process: 1h, lead: 2h"


def stream(of_a="", inside="", head="", name="s"):
    """A stream of two steps with `inside` between them; `of_a` is in the block of the first."""
    return f"stream {name} {{\n{head}step a {{ {TIMES}\n{of_a} }}\n{inside}step z {{ {TIMES} }}\n}}\n"


def after(size):
    """Many steps side by side, and one after all of them."""
    names, total = [], 0
    while total < size:
        names.append(f"p{len(names)}")
        total += 45
    steps = "".join(f"step {name} {{ after: a, {TIMES} }}\n" for name in names)
    return stream(inside=steps + f"step last {{ {TIMES}, after: [{', '.join(names)}] }}\n")


def each_after_many(size):
    parts, total = [], 0
    while total < size:
        i = len(parts)
        parts.append(f"step p{i} {{ {TIMES}, after: [a{''.join(f', p{k}' for k in range(max(0, i - 20), i))}] }}\n")
        total += len(parts[-1])
    return stream(inside="".join(parts))


def nested(size):
    """Many groups of stages, each nested 40 deep."""
    return stream(
        inside=repeated(
            lambda i: "".join(f"stage g{i}_{k} {{ " for k in range(40)) + f"wait {i % 9}h " + "} " * 40 + "\n", size
        )
    )


def to_each(size):
    """A step with rework to every other."""
    count = size // 55
    steps = "".join(f"step b{i} {{ {TIMES} }}\n" for i in range(count))
    return stream(
        inside=steps + f"step last {{ {TIMES}\n" + "".join(f"rework 0.0001% to b{i}\n" for i in range(count)) + "}\n"
    )


# Lists of one stream, by name: the stream with so many bytes of the list.
LISTS = {
    "steps": lambda size: stream(inside=repeated(lambda i: f"step b{i} {{ {TIMES} }}\n", size)),
    "waits": lambda size: stream(inside=repeated(lambda i: "wait 1h ", size)),
    "queues": lambda size: stream(head="demand: 5/d\n", inside=repeated(lambda i: "queue 1 ", size)),
    "steps in a parallel": lambda size: stream(
        inside="parallel {\n" + repeated(lambda i: f"step b{i} {{ {TIMES} }}\n", size) + "}\n"
    ),
    "branches": lambda size: stream(inside="parallel {" + repeated(lambda i: "branch{wait 1h}", size) + "}\n"),
    "branches with rework": lambda size: stream(
        inside="parallel {\n"
        + repeated(lambda i: f"step b{i} {{ {TIMES} rework 1% to {'a' if i % 2 else f'b{i}'} }}\n", size)
        + "}\n"
    ),
    "branches of a choose": lambda size: stream(
        inside="choose { branch {} " + repeated(lambda i: "branch 0.001%{wait 1h} ", size) + "}\n"
    ),
    "stages": nested,
    "an `after`": after,
    "`after` lists": each_after_many,
    "rework to each step": to_each,
    "rework": lambda size: stream(
        inside="step b { process: 1h, lead: 2h\n" + repeated(lambda i: "rework 0.001% to a\n", size) + "}\n"
    ),
    "rework once": lambda size: stream(
        inside="step b { process: 1h, lead: 2h\n" + repeated(lambda i: "rework 0.001% once to a\n", size) + "}\n"
    ),
    "rework on the spot": lambda size: stream(repeated(lambda i: "rework 0.001% { process: 1min, lead: 1h }\n", size)),
    "rework to the step before": lambda size: stream(
        inside=repeated(lambda i: f"step b{i} {{ {TIMES} rework 5% to {f'b{i - 1}' if i else 'a'} }}\n", size)
    ),
    "rework to the first step": lambda size: stream(
        inside=repeated(lambda i: f"step b{i} {{ {TIMES} rework 0.001% to a }}\n", size)
    ),
    "teams of a step": lambda size: stream("team: [" + repeated(lambda i: f"t{i}, ", size) + "]\n"),
    "one team of a step again and again": lambda size: stream("team: [" + repeated(lambda i: "t, ", size) + "]\n"),
    "teams": lambda size: repeated(lambda i: f"team t{i} {{ people: 3 }}\n", size) + stream("team: t0\n"),
    "teams of a stream": lambda size: stream(
        head=repeated(lambda i: f"team t{i} {{ people: 3 }}\n", size), of_a="team: t0\n"
    ),
    "tools": lambda size: stream("tool: [" + repeated(lambda i: f'"t{i}", ', size) + "]\n"),
    "values": lambda size: stream("x_l: [" + repeated(lambda i: "1,", size) + "]\n"),
    "own properties": lambda size: stream(repeated(lambda i: f"x_{i}: 1\n", size)),
    "own properties of the stream": lambda size: stream(head=repeated(lambda i: f"x_{i}: 1\n", size)),
    "notes": lambda size: stream(repeated(lambda i: 'note "n"\n', size)),
    "notes on a step": lambda size: stream(inside=repeated(lambda i: 'note "n" on a\n', size)),
    "notes of the stream": lambda size: stream(head=repeated(lambda i: 'note "n"\n', size)),
    "allows": lambda size: stream(repeated(lambda i: 'allow missing-ca "r"\n', size)),
    "allows of the stream": lambda size: stream(head=repeated(lambda i: 'allow missing-ca "r"\n', size)),
    "allows of the file": lambda size: repeated(lambda i: 'allow missing-ca "r"\n', size) + stream(),
    "kaizens": lambda size: stream(repeated(lambda i: 'kaizen "k"\n', size)),
    "kaizens of the stream": lambda size: stream(head=repeated(lambda i: 'kaizen "k" on a\n', size)),
    "targets": lambda size: stream(head=repeated(lambda i: f"target lead_time < {i + 1}h\n", size)),
    "targets of a step": lambda size: stream(head=repeated(lambda i: f"target z.lead_time < {i + 1}h\n", size)),
    "expects": lambda size: stream(head=repeated(lambda i: "expect lead_time < 5h\n", size)),
    "a long title": lambda size: stream(inside='step b "' + "t" * size + '" { process: 1h, lead: 2h }\n'),
    "a long title of the stream": lambda size: stream(head='outcome: "' + "t" * size + '"\n'),
    "a long name": lambda size: stream(inside="step " + "n" * size + " { process: 1h, lead: 2h }\n"),
    "long evidence": lambda size: stream('measured: 2024-01-01 "' + "t" * size + '"\n'),
    "titles": lambda size: stream(inside=repeated(lambda i: f'step b{i} "{"title " * 20}" {{ {TIMES} }}\n', size)),
    "rework to the steps before": lambda size: stream(
        inside=repeated(
            lambda i: (
                f"step b{i} {{ {TIMES} " + " ".join(f"rework 0.05% to b{k}" for k in range(max(0, i - 12), i)) + " }\n"
            ),
            size,
        )
    ),
}


# Multipliers of a list in the stream before them.
HOLDERS = {
    "futures": lambda size: repeated(lambda i: f"future f{i} of s {{ change a {{ lead: 3h }} }}\n", size),
    "futures that move ids": lambda size: repeated(
        lambda i: f"future f{i} of s {{ add before a step n {{ {TIMES} }} }}\n", size
    ),
    "futures of futures": lambda size: repeated(
        lambda i: f"future f{i} of {f'f{i - 1}' if i else 's'} {{ change z {{ lead: {2 + i % 9}h }} }}\n", size
    ),
    "futures with a target": lambda size: repeated(
        lambda i: f"future f{i} of s {{ change z {{ lead: 3h }} target lead_time < 5h }}\n", size
    ),
    "kaizens of a future": lambda size: (
        "future f of s {\n" + repeated(lambda i: f'kaizen "k" {{ change a {{ lead: {2 + i % 9}h }} }}\n', size) + "}\n"
    ),
    "edits of a future": lambda size: (
        "future f of s {\n" + repeated(lambda i: f"change z {{ lead: {2 + i % 9}h }}\n", size) + "}\n"
    ),
    "streams": lambda size: repeated(lambda i: f"stream s{i} {{ step a {{ {TIMES}, team: t{i} }} }}\n", size),
    "streams that recover": lambda size: repeated(
        lambda i: f"stream s{i} {{ recovers: {f's{i - 1}' if i else 's'}\nstep a {{ {TIMES} }} }}\n", size
    ),
}


def alone(size=MIB):
    """Each list in a file of its own."""
    size -= 300
    for name, make in LISTS.items():
        yield name, make(size)
    for name, make in HOLDERS.items():
        yield name, stream() + make(size)
    yield (
        "streams with targets",
        repeated(lambda i: f"stream s{i} {{ target lead_time < 5h step a {{ {TIMES} }} }}\n", size),
    )
    last_first = [
        f"future f{i} of {f'f{i - 1}' if i else 's'} {{ change z {{ lead: 3h }} }}\n" for i in range(size // 48)
    ]
    yield "futures, the last one first", stream() + "".join(reversed(last_first))
    yield (
        "streams that share a team",
        "team t { people: 3 }\n"
        + repeated(lambda i: f"stream s{i} {{ demand: 1/d step a {{ {TIMES}, team: t }} }}\n", size),
    )


def crossed(size=MIB):
    """Each list in one half of a file, each multiplier in the other."""
    half = size // 2 - 300
    for held, make in LISTS.items():
        for holding, multiply in HOLDERS.items():
            yield f"{held} × {holding}", make(half) + multiply(half)
    yield from targets_of_futures(25, 3900)


def crossed_once(size=MIB):
    """Each list with one multiplier, in turn."""
    half = size // 2 - 300
    holders = list(HOLDERS.items())
    for i, (held, make) in enumerate(LISTS.items()):
        holding, multiply = holders[i % len(holders)]
        yield f"{held} × {holding}", make(half) + multiply(half)
    yield from targets_of_futures(9, 2000)


def targets_of_futures(few, many_futures):
    for targets, futures in ((300, 300), (100, 1000), (few, many_futures)):
        many = stream(head="".join(f"target lead_time < {i + 1}h\n" for i in range(targets)))
        yield (
            f"{targets} targets × {futures} futures",
            many + "".join(f"future f{i} of s {{ change a {{ lead: 3h }} }}\n" for i in range(futures)),
        )
