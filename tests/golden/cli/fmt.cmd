# what would change
$ vsm fmt --check messy.vsm fine.vsm misspelt.vsm
$ vsm fmt --diff messy.vsm fine.vsm misspelt.vsm
$ vsm fmt --check fine.vsm
$ vsm fmt --diff fine.vsm
$ vsm fmt --check --diff fine.vsm
# as a filter
$ vsm fmt - < messy.vsm
$ vsm fmt - < broken.vsm
$ vsm fmt --check - < messy.vsm
$ printf 'stream s {\r\n\tdemand: 1/d\r\n}' | vsm fmt -
$ printf 'stream s {\r\n\tdemand: 1/d\r\n}' | vsm fmt --diff -
# in place: what cannot be read is left alone, the others are written
$ vsm fmt
$ cat messy.vsm; tail -n 3 broken.vsm
$ vsm fmt -q second.vsm messy.vsm
$ rm broken.vsm latin.vsm && vsm fmt && vsm fmt --check
# permissions and links stay
$ printf 'wait 1d  ' > only.vsm; chmod 640 only.vsm; ln -s only.vsm link.vsm; vsm fmt link.vsm; stat -c '%a %F' only.vsm link.vsm
$ vsm fmt nowhere.vsm
$ vsm fmt --chekc fine.vsm
