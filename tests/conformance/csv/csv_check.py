"""csv_check.py TABLE.csv MODEL.json ...: checks that each table is valid CSV and has the steps of the model beside it.

Every row has a cell for each heading, headings are unique, the steps are those of the model in its order, and a
spreadsheet would take no cell for a formula. Exit 0 no findings, 1 findings, 2 cannot run.
"""

import csv
import json
import re
import sys
from pathlib import Path

FORMULA = re.compile(r"[=+\-@\t\r\n]")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def model_steps(path):
    [stream] = json.loads(path.read_text(encoding="utf-8"))["streams"]
    return [element["name"] for element in stream["elements"] if element["kind"] == "step"]


def findings(table, model):
    with table.open(encoding="utf-8", newline="") as file:
        try:
            heading, *rows = csv.reader(file, strict=True)
        except (csv.Error, ValueError) as error:
            yield str(error) or "not CSV"
            return
    if len(set(heading)) != len(heading):
        yield f"a heading twice: {heading}"
    for number, row in enumerate(rows, 2):
        if len(row) != len(heading):
            yield f"row {number} has {len(row)} cells, not {len(heading)}"
        for cell in row:
            if FORMULA.match(cell) and not NUMBER.fullmatch(cell):
                yield f"row {number}: a formula: {cell!r}"
    cells = [dict(zip(heading, row)) for row in rows]
    steps = [row.get("name") for row in cells if row.get("element") == "step"]
    if steps != model_steps(model):
        yield f"steps {steps}, not {model_steps(model)}"


def main(names):
    if not names or len(names) % 2:
        print("usage: csv_check.py TABLE.csv MODEL.json ...", file=sys.stderr)
        return 2
    bad = 0
    for table, model in zip(names[::2], names[1::2]):
        for finding in findings(Path(table), Path(model)):
            print(f"{table}: {finding}")
            bad += 1
    print(f"csv: {len(names) // 2} tables, {bad} findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
