What would change, and nothing is written.
$ vsm lint --fix --diff messy.vsm fine.vsm; vsm lint messy.vsm --format concise
$ vsm lint --fix --diff fine.vsm
It is made, also where one fix brings the next to light; what has none is left, and shown.
$ vsm lint --fix . --format concise
$ cat messy.vsm sub/import.vsm
$ vsm lint --fix . --format concise -q
Only maps that are named are changed, not what they import.
$ cp sub/teams.kept sub/teams.vsm; vsm lint --fix sub/import.vsm --format concise; cmp sub/teams.kept sub/teams.vsm
What cannot be meant is refused.
$ vsm lint --diff messy.vsm
$ vsm lint --fix - <messy.vsm
