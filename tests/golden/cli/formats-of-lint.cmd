$ vsm lint map.vsm
$ vsm lint --format text map.vsm
$ vsm lint --format concise map.vsm
$ vsm lint --format json map.vsm
$ vsm lint -q map.vsm
$ vsm lint -q --format json good.vsm
$ vsm lint -q good.vsm
