$ vsm metrics
$ vsm metrics --format csv maps
$ vsm metrics --format markdown maps
$ vsm metrics --format json --stream payment maps
$ vsm metrics --stream payment maps
$ vsm metrics --stream paymet maps
$ vsm metrics --stream spring maps
$ vsm metrics --format markdown - < maps/b.vsm
$ vsm metrics maps/b.vsm maps/a.vsm --format markdown
$ vsm metrics maps broken.txt
$ vsm metrics --sort lead_time maps
$ vsm metrics --sort lead_tme maps
$ vsm metrics --sort speed maps
