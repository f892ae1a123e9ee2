"""A drawing that svg_check.mjs accepts, and drawings that it must refuse."""

import json
import re

from inputs import without
from readers import HERE

DRAWING = (HERE.parent / "golden/samples/checkout/checkout.svg").read_text(encoding="utf-8")


def drawn(svg=DRAWING, lead=246000, process=16920):
    figures = {"streams": [{"name": "checkout", "lead_time": {"seconds": lead}, "process_time": {"seconds": process}}]}
    return {"m/svg/checkout.svg": svg, "m/metrics/m.json": json.dumps(figures)}


GOOD = {
    "svg": drawn(),
}

BAD = {
    "svg": {
        "is no XML": drawn(without(DRAWING, "</svg>", "")),
        "a <script> element": drawn(without(DRAWING, "</svg>", "<script>1</script></svg>")),
        "an attribute onload of <svg>": drawn(without(DRAWING, "<svg ", '<svg onload="1" ')),
        "a <image> element": drawn(without(DRAWING, "</svg>", '<image href="https://example.invalid/x.png"/></svg>')),
        "a request for https://example.invalid/x.png": drawn(
            without(DRAWING, "</svg>", '<image href="https://example.invalid/x.png"/></svg>')
        ),
        "overlap": drawn(re.sub(r'(<rect class="box"[^>]* height=")[\d.]+', r"\g<1>90", DRAWING)),
        "leave their box": drawn(without(DRAWING, ">shoppers<", ">shoppers and all others<")),
        "are in no stage": drawn(
            without(DRAWING, "</g></svg>", '<text class="n bt" x="30" y="280">Verify</text></g></svg>')
        ),
        "lie on": drawn(re.sub(">PT<", ">PT and much else besides<", DRAWING, count=1)),
        "leave the picture": drawn(without(DRAWING, ">activity ratio<", ">activity ratio" + " and so on" * 50 + "<")),
        "on no border": drawn(re.sub(r'(<path class="a" d="M)[\d.]+', r"\g<1>7", DRAWING, count=1)),
        "a burst and": drawn(
            without(DRAWING, "</g></svg>", '<g><path class="star" d="M230 30h22v22h-22z"/></g></g></svg>')
        ),
        "is under nothing": drawn(
            re.sub(r'(<path class="hi" d="M)[\d.]+( [\d.]+H)[\d.]+', r"\g<1>30\g<2>39", DRAWING, count=1)
        ),
        "begins under no box": drawn(re.sub(r'(<path class="lo" d="M)[\d.]+', r"\g<1>211", DRAWING, count=1)),
        "ends under no box": drawn(re.sub(r'(<path class="lo" d="M[\d.]+ [\d.]+H)[\d.]+', r"\g<1>9", DRAWING, count=1)),
        "the timeline adds up to 246000 s, not 246060": drawn(lead=246060),
        "the work on it adds up to 16920 s, not 16921": drawn(process=16921),
        "nothing is drawn": drawn('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g/></svg>'),
    },
}
