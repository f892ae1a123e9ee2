# what is printed of a path never is a raw control character
$ mkdir -p odd && cp map.vsm "$(printf 'odd/new\nline.vsm')" && cp map.vsm "$(printf 'odd/esc\033[31m.vsm')" && cp map.vsm 'odd/space and "quotes".vsm' && cp map.vsm odd/-dash.vsm
$ vsm lint --format concise odd
$ vsm lint "$(printf 'odd/esc\033[31m.vsm')"
$ vsm lint --format json "$(printf 'odd/new\nline.vsm')"
$ vsm lint "$(printf 'no\033such.vsm')"
$ cd odd && vsm lint --format concise -- -dash.vsm
# what is printed to be copied takes no name for a flag
$ cd odd && vsm init --force -- '--fix.vsm'
$ cd odd && vsm init --force 'it is mine.vsm'
$ cd odd && vsm build 'it is mine.vsm' -t gitlab --output=-o.yml
