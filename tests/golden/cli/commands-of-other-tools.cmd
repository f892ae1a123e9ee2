# a map or a folder in place of a command
$ vsm good.vsm
$ vsm maps/good.vsm maps/other.vsm
$ vsm "a map.vsm"
$ vsm .
$ vsm -
$ vsm maps
# a command of another tool
$ vsm check good.vsm
$ vsm validate
$ vsm format good.vsm
$ vsm render good.vsm
$ vsm compile good.vsm
$ vsm graph good.vsm
$ vsm list
$ vsm show good.vsm
$ vsm compare old.vsm good.vsm
$ vsm render --format png good.vsm
$ vsm ver
$ vsm -v
$ vsm -V
# names that a shell or a terminal would take for something else
$ vsm 'a; touch x.vsm'
$ vsm check 'a; touch x' '$(touch y)'
$ vsm "$(printf 'a\033[31m\n::error::b.vsm')"
# a misspelt command
$ vsm metrcis good.vsm
$ vsm buidl good.vsm -t svg
$ vsm histroy
