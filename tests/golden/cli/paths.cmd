# no path: this folder and all below it, but not what is hidden
$ vsm lint --format concise
$ vsm lint --format concise maps
$ vsm lint --format concise maps/ maps/deep
$ vsm lint --format concise maps/a.vsm ./maps/a.vsm maps/deep/../a.vsm
$ vsm lint --format concise maps/deep maps/a.vsm
$ vsm lint empty
$ mkdir -p none && vsm lint none
# the standard input
$ vsm lint --format concise - < maps/a.vsm
$ vsm lint --format concise - maps/b.vsm < maps/a.vsm
$ vsm lint --format concise - < /dev/null
$ printf 'import "maps/teams.vsm"\nstream s { step a { process: 1h, lead: 2h, ca: 90%%, team: dev } }\n' | vsm lint -
$ cd maps/deep && vsm lint --format concise ..
