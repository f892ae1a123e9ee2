$ vsm lint map.vsm
$ vsm lint --format text map.vsm
$ vsm lint --format concise map.vsm
$ vsm lint --format json map.vsm
$ vsm lint --format github map.vsm
$ vsm lint --format gitlab map.vsm
$ vsm lint --format markdown map.vsm
$ vsm lint --format sarif map.vsm
$ vsm lint -q map.vsm
$ vsm lint -q --format json good.vsm
$ vsm lint -q --format sarif good.vsm
$ vsm lint -q --format markdown good.vsm
$ vsm lint -q good.vsm
