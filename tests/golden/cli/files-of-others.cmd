# what vsm did not make is left alone, however it begins
$ printf '<svg xmlns="http://www.w3.org/2000/svg" width="10">MINE</svg>\n' >map.svg && vsm build map.vsm -t svg -o map.svg; cat map.svg
$ printf '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>mine' >map.html && vsm build map.vsm -t html -o map.html
$ printf 'digraph value_stream {\n  my own\n' >map.dot && vsm build map.vsm -t dot -o map.dot
$ printf 'name,title,element,in,after,mine\n' >map.csv && vsm build map.vsm -t csv -o map.csv
# what it made is replaced
$ vsm build map.vsm -t svg,html,dot,csv,json,mermaid,github,gitlab,codepipeline -q -o made/ && sed -i 's/20min/30min/' map.vsm && vsm build map.vsm -t svg,html,dot,csv,json,mermaid,github,gitlab,codepipeline -o made/
# a file that nobody may write to
$ chmod 444 made/checkout.csv && sed -i 's/30min/40min/' map.vsm && vsm build map.vsm -t csv -o made/
# a region that does not end takes nothing with it
$ printf '<!-- vsm:begin checkout.mmd -->\nprose\n\n<!-- vsm:begin other.mmd -->\n<!-- vsm:end -->\n' >page.md && vsm build map.vsm -t mermaid --inject page.md; cat page.md
# code in a line is no block of code
$ printf '# Page\n```inline``` code\n\n<!-- vsm:begin checkout.csv -->\n<!-- vsm:end -->\n' >page.md && vsm build map.vsm -t csv --inject page.md -q && head -n 5 page.md
# a configuration or an import that leads out of the repository, or into what git keeps
$ mkdir -p repo/.git repo/maps && echo 'secret: hunter2' >repo/.git/config && cp map.vsm repo/maps/map.vsm && cp repo/.git/config outside.txt
$ cd repo && ln -s ../outside.txt .vsm.yaml && vsm lint maps
$ cd repo && rm .vsm.yaml && ln -s ../.git/config maps/linked.vsm && vsm lint -q maps --format concise
$ cd repo && echo 'import "../.git/config"' >maps/importing.vsm && vsm lint maps/importing.vsm
# the commands for a name that a log cannot hold do what they say
$ vsm build map.vsm -t gitlab -o "$(printf "it's\n%%s\\\\ ##[x.yml")" >log 2>&1; grep -v git log; sed -n 's/^ *\(cp .*\) && git add.*/\1/p' log >copy.sh; sh copy.sh && head -n 1 .gitlab-ci.yml
