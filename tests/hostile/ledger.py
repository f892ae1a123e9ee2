"""Counts checks and collects the failed ones."""

problems = []
checks = 0


def check(holds, said):
    global checks
    checks += 1
    if not holds:
        problems.append(said)


def closed(name, more=""):
    """Prints the findings and the number of checks; returns the exit code."""
    for problem in problems:
        print(problem)
    print(f"{name}: {checks} checks, {len(problems)} findings{more}")
    return 1 if problems else 0
