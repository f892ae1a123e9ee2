$ vsm build map.vsm -t mermaid,csv --inject README.md --check
$ vsm build map.vsm -t mermaid,csv --inject README.md && cat README.md
$ vsm build map.vsm -t mermaid,csv --inject README.md --check && echo up to date
$ cp README.md before.md && vsm build map.vsm -t mermaid,csv --inject README.md -q && cmp before.md README.md && echo the same again
# places that are not there
$ vsm build map.vsm -t json --inject README.md
$ vsm build map.vsm -t mermaid --inject open.md; cat open.md
$ vsm build map.vsm -t mermaid --inject nowhere.md
$ vsm build map.vsm -t mermaid --inject README.md -o out
