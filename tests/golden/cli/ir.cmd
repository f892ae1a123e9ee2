$ vsm ir --no-ranges --stream payment map.vsm | head -12
$ vsm ir map.vsm | grep -c range
$ vsm ir --no-ranges map.vsm | grep -c range
$ vsm ir --stream paymet map.vsm
$ vsm ir maps
$ vsm ir
$ vsm ir - < map.vsm | head -3
