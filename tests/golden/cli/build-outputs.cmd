# one output goes to the standard output
$ vsm build map.vsm -t csv
$ vsm build map.vsm -t csv -o -
# several need a place
$ vsm build map.vsm -t csv,mermaid
$ vsm build map.vsm -t csv -t mermaid -o -
$ vsm build maps -t csv
$ vsm build maps -t csv -o out && ls -1 out
# a file, and a folder
$ vsm build map.vsm -t csv -o table.csv && ls -1 table.csv
$ vsm build map.vsm -t csv,mermaid -o made && ls -1 made
$ vsm build map.vsm -t csv -o fresh/ && ls -1 fresh
$ vsm build map.vsm -t csv -q -o quiet.csv && cmp quiet.csv table.csv
# made by vsm: written again; made by someone else: not
$ vsm build map.vsm -t csv -q -o table.csv
$ echo mine > own.csv && vsm build map.vsm -t csv -o own.csv; cat own.csv
$ vsm build map.vsm -t csv -q --force -o own.csv && cmp own.csv table.csv
$ ln -s table.csv link.csv && vsm build map.vsm -t csv -q -o link.csv && test -L link.csv && echo still a link
$ vsm build map.vsm -t csv -o table.csv/inside.csv
$ vsm build map.vsm -t csv -o nowhere/table.csv
# two maps with a stream of one name
$ vsm build same -t csv -o same-out
$ ls -1
# --format is the old name of --template
$ vsm build map.vsm -t codepipeline --template json | head -n 1
$ vsm build map.vsm -t codepipeline --format json | head -n 1
$ vsm build map.vsm -t csv --template json
$ vsm build map.vsm -t codepipeline --template xml
$ vsm build map.vsm -t codepipeline --fromat json

# the former name of --to; an output that is named twice is built once
$ vsm build map.vsm -t dot --target dot -o -  >/dev/null; echo $?
