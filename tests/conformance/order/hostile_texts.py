"""Hostile texts, and a map with a text in every place that takes one."""

TEXTS = [
    "'; touch PWNED; $(touch PWNED)",
    "`touch PWNED` && touch PWNED || touch PWNED",
    '"; touch PWNED; "',
    "$PATH ${HOME} $$ %PATH% !x",
    "${{ secrets.X }}",
    "${{ '${{' }} }}",
    "${AWS::AccountId} ${!x}",
    "#{codepipeline.PipelineExecutionId} #{variables.x}",
    "{{resolve:ssm:/x}} {{RESOLVE:secretsmanager:x}}",
    "$$${ ##{ {{{resolve: x",
    '"]; click n1 "javascript:alert(1)"',
    '%%{init: {"theme": "dark"}}%% %% end',
    "]:::x --> n1; subgraph y",
    "#quot; #35; &quot; &lt;b&gt; &#x3c;i>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)> ]]> -->",
    "<b>x</b> **x** _x_ ~~x~~ `x` [x](https://x.invalid)",
    "| a | b |",
    "::error::line",
    "a\n::set-output name=x::y\n##[add-mask]z",
    "##vso[task.setvariable x]y ##[error]z",
    "section_start:0:x\\r\\e[0K",
    "EOF\n'''\n\"\"\"\n```\nexit 1",
    "\n  indented\n\ttab\n",
    '\\ \\n \\" \\N \\G \\l \\x',
    "\x1b[31mred\x07 \x01\x7f\x85",
    "\u202eolleh\u202c \u2066x\u2069",
    "a\u200bb\u200dc\u2060d\ufeff \u00ad\U000e0041",
    "\u2028line\u2029paragraph",
    "a\u17b4b\u2800c\ufe00d\U0001d173e\u3164f \u2764\ufe0f",
    "no",
    "NULL",
    "~",
    "1e3",
    "1.10",
    "0x1f",
    "12:30:45",
    "2026-01-01",
    "=",
    '=HYPERLINK("https://x.invalid")',
    "+1",
    "-1",
    "@SUM(1)",
    "\uff1d1",
    "<<",
    "- a: b",
    "* & ! | > @ % - ? : , [] {} # x",
    "!!python/object/apply:os.system ['touch PWNED']",
    "---",
    "...",
    "# comment",
    "key: value # comment",
    "'single' \"double\"",
    "\U0001f600 \U0001f469\u200d\U0001f4bb 日本語 ไทย e\u0301",
    "Same Name",
    "same name",
]
LONG = ["A name of a thousand characters. " * 31, "x" * 1000, "$" * 999 + "{", "😀" * 500]

MAP = """\
team dev TEXT { link: "https://example.invalid/" }
team qa TEXT {}
stream s TEXT {
  outcome: TEXT owner: TEXT trigger: TEXT customer: TEXT supplier: TEXT x_more: TEXT x_list: [TEXT, TEXT]
  demand: 10/w
  note TEXT note TEXT on a
  kaizen TEXT { owner: TEXT, due: 2027-01-01, capability: test_automation }
  kaizen TEXT on one { owner: TEXT }
  target lead_time <= 3d by 2027-03-31 TEXT
  allow unused-allow TEXT
  queue q 3 TEXT { note TEXT }
  stage one TEXT {
    x_stage: TEXT note TEXT
    step a TEXT { team: dev, process: 5min, wait: 1h, ca: 90%, tool: TEXT, measured: 2026-01-01 TEXT, x_note: TEXT note TEXT rework 5% to a }
    wait w 1h TEXT { note TEXT }
    step b TEXT { team: [dev, qa], kind: approval, process: 5min, wait: 1h, ca: 90%, tool: [TEXT, TEXT], estimated: 2026-01-01 TEXT }
    stage inner TEXT { step i TEXT { kind: automated, process: ?, wait: ?, ca: ?, rework 5% { process: 5min, wait: 1h, team: qa } } }
  }
  parallel p TEXT { branch p1 TEXT { step c TEXT { process: 5min, wait: 1h } wait 2h TEXT } step d TEXT { process: 5min, wait: 1h } }
  choose k TEXT { branch 60% k1 TEXT { step e TEXT { process: 5min, wait: 1h } } branch k2 TEXT { step f TEXT { kind: external, lead: 1h } } }
}
future then TEXT of s by 2027-03-31 {
  note TEXT
  kaizen TEXT { owner: TEXT change a { process: 1min } }
  add after d step g TEXT { process: 5min, wait: 1h note TEXT }
}
"""


def literal(text):
    """A text as a literal of the language; invisible characters are escaped."""

    def one(character):
        if character in '"\\':
            return "\\" + character
        if character == "\n":
            return "\\n"
        if character == "\t" or character.isprintable() and not invisible(character):
            return character
        return f"\\u{{{ord(character):X}}}"

    return '"' + "".join(map(one, text)) + '"'


def map_of(texts):
    """The map with texts in its places, and these texts."""
    pieces = MAP.split("TEXT")
    used = [texts(number) for number in range(len(pieces) - 1)]
    return "".join(piece + text for piece, text in zip(pieces, [*map(literal, used), ""])), used


def invisible(character):
    number = ord(character)
    ranges = [
        (0, 8),
        (11, 12),
        (14, 0x1F),
        (0x7F, 0x9F),
        (0x200B, 0x200F),
        (0x2028, 0x202E),
        (0x2060, 0x206F),
        (0xFE00, 0xFE0D),
        (0xFFF0, 0xFFFB),
    ]
    ranges += [(0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)]
    others = (0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x2800, 0x3164, 0xFEFF, 0xFFA0)
    return number in others or number & 0xFFFE == 0xFFFE or any(low <= number <= high for low, high in ranges)
