# errors: nothing is written
$ vsm build bad.vsm -t csv -o out; ls -1
$ vsm build good.vsm bad.vsm -t csv -o out; ls -1
