$ vsm init && ls -1
$ vsm init
$ vsm init -q --force
$ vsm init own.vsm && cmp own.vsm map.vsm
$ vsm init - | cmp - map.vsm
$ vsm init made/for/it/map.vsm && ls made/for/it
$ vsm init map.vsm/no-folder.vsm
$ echo "team dev" > mine.vsm && vsm init mine.vsm; cat mine.vsm
# what it writes is a map without findings
$ vsm lint map.vsm
$ vsm metrics map.vsm
