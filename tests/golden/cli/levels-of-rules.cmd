$ vsm lint --format concise map.vsm
$ vsm lint --format concise -W missing-ca=error map.vsm
$ vsm lint --format concise -W missing-ca=note map.vsm
$ vsm lint --format concise -W missing-ca=note --fail-on note map.vsm
$ vsm lint --format concise -W missing-ca=off map.vsm
$ vsm lint --format concise -W VSM2001=error -W missing-ca=note map.vsm
$ vsm lint --format concise --process map.vsm
