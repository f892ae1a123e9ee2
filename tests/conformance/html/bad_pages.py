"""A page that html_check.mjs accepts, and pages that it must refuse."""

import re

from inputs import one, without
from readers import HERE

PAGE = (HERE.parent / "golden/samples/checkout/checkout.html").read_text(encoding="utf-8")

GOOD = {
    "html": one("a.html", PAGE),
}

BAD = {
    "html": {
        "in the console: ": one("a.html", without(PAGE, "</main>", "</main><script>1</script>")),
        "a <script> element": one("a.html", without(PAGE, "</main>", "</main><script>1</script>")),
        "an attribute onclick of <h1>": one("a.html", without(PAGE, "<h1>", '<h1 onclick="1">')),
        "a request for https://example.invalid/": one(
            "a.html",
            re.sub("<meta http-equiv[^>]*>", "", PAGE).replace(
                "</main>", '<img alt="" src="https://example.invalid/"></main>'
            ),
        ),
        "prints on": one("a.html", without(PAGE, "</main>", "<p>more</p>" * 80 + "</main>")),
        "light: html-has-lang": one("a.html", without(PAGE, '<html lang="en">', "<html>")),
        "dark: color-contrast": one("a.html", PAGE.replace("--dim:#c3c9d3", "--dim:#333333")),
        "does not show its title": one("a.html", without(PAGE, "<h1>Checkout", "<h1>Chekout")),
        "no picture": one("a.html", re.sub("<svg.*?</svg>", "", PAGE, flags=re.S)),
    },
}
