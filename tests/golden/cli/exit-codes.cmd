# 0: nothing at or above the level that fails
$ vsm lint good.vsm
$ vsm lint warning.vsm
# 1: findings
$ vsm lint bad.vsm
$ vsm lint --fail-on warning warning.vsm
$ vsm lint --fail-on note warning.vsm
$ vsm lint --fail-on error warning.vsm
$ vsm lint --fail-on never bad.vsm
$ vsm build bad.vsm -t mermaid
$ vsm metrics bad.vsm
$ vsm ir bad.vsm
# 2: usage, or a path that cannot be read
$ vsm lint nowhere.vsm
$ vsm lint good.vsm nowhere.vsm
$ vsm build nowhere.vsm -t mermaid
$ vsm lint --fail-on fatal good.vsm
