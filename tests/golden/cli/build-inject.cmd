$ vsm build map.vsm -t mermaid,csv --inject README.md --check
$ vsm build map.vsm -t mermaid,csv --inject README.md && cat README.md
$ vsm build map.vsm -t mermaid,csv --inject README.md --check && echo up to date
$ cp README.md before.md && vsm build map.vsm -t mermaid,csv --inject README.md -q && cmp before.md README.md && echo the same again
# Markdown stands there as it is, with the line ends of the file
$ vsm build map.vsm -t markdown --inject report.md -q && cat report.md
$ vsm build map.vsm -t markdown --inject report.md --check && echo up to date
$ printf '<!-- vsm:begin checkout.md -->\r\n<!-- vsm:end -->\r\n' > crlf.md && vsm build map.vsm -t markdown --inject crlf.md -q && grep -vc "$(printf '\r')" crlf.md
# places that are not there
$ vsm build map.vsm -t json --inject README.md
$ vsm build map.vsm -t mermaid --inject open.md; cat open.md
$ vsm build map.vsm -t mermaid --inject nowhere.md
$ vsm build map.vsm -t mermaid --inject README.md -o out
# a file that is too large to read whole is left alone
$ head -c 33554433 /dev/zero | tr '\0' ' ' > large.md && printf '<!-- vsm:end -->\n' >> large.md && vsm build map.vsm -t mermaid --inject large.md; wc -c < large.md
