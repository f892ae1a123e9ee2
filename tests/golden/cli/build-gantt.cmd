$ vsm build every.vsm -t mermaid --diagram gantt -o -
$ vsm build every.vsm -t mermaid --diagram gantt -o .
$ vsm build every.vsm -t mermaid,csv --diagram gantt -o out -q && ls out
$ vsm build every.vsm -t csv --diagram gantt -o -
