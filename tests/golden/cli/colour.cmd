# never into a file, unless it is asked for
$ vsm lint map.vsm | cat -v
$ vsm lint --color always map.vsm | cat -v
$ vsm lint --color never map.vsm | cat -v
$ FORCE_COLOR=1 vsm lint -q map.vsm | cat -v
$ CLICOLOR_FORCE=1 vsm lint -q map.vsm | cat -v
$ NO_COLOR=1 FORCE_COLOR=1 vsm lint -q map.vsm | cat -v
$ NO_COLOR=1 vsm lint -q --color always map.vsm | cat -v
$ NO_COLOR= FORCE_COLOR= vsm lint -q map.vsm | cat -v
$ vsm metrics --color always map.vsm 2>&1 | cat -v
$ vsm metrics --color always good.vsm | cat -v
