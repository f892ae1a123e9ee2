# a step whose brace is missing, however its lines are broken: refused, and no file is touched
$ cat *.vsm | cksum > before
$ vsm fmt 2>&1 | grep VSM0110
$ vsm fmt; echo $?
$ cat *.vsm | cksum | cmp - before && echo untouched
