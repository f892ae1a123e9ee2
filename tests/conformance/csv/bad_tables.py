"""A table that csv_check.py accepts, and tables that it must refuse."""

from inputs import without

TABLE = 'name,title,element\nreview,"Review, the change",step\n,An hour,wait\n'
MODEL = '{"streams": [{"elements": [{"kind": "step", "name": "review"}, {"kind": "wait", "name": null}]}]}'


def table(text):
    return {"a.csv": text, "a.json": MODEL}


GOOD = {
    "csv": table(TABLE),
}

BAD = {
    "csv": {
        "row 2 has 2 cells, not 3": table(without(TABLE, ",step", "")),
        "a heading twice": table(without(TABLE, "title", "name")),
        "row 3: a formula: '=1+1'": table(without(TABLE, "An hour", "=1+1")),
        "row 3: a formula: '@SUM'": table(without(TABLE, "An hour", "@SUM")),
        "steps [], not ['review']": table("name,title,element\n"),
        "unexpected end of data": table(TABLE + '"open'),
    },
}
