$ vsm build map.vsm -t csv -q -o streams && ls -1 streams
$ vsm build map.vsm -t csv -q -o one --stream payment && ls -1 one
$ vsm build map.vsm -t csv -q -o futures --future all && ls -1 futures
$ vsm build map.vsm -t csv -q -o future --future spring && ls -1 future
$ vsm build map.vsm -t csv -q -o both --stream checkout --future all && ls -1 both
$ vsm build map.vsm -t csv --stream paymnet
$ vsm build map.vsm -t csv --future sprng
$ vsm build map.vsm -t csv --stream payment --future spring
$ vsm build plain.vsm -t csv --future all
$ vsm build teams.vsm -t csv
