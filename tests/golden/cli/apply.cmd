# what would change
$ vsm apply spring map.vsm --diff
$ vsm apply spring - < map.vsm
# what cannot come true
$ vsm apply summer map.vsm
$ vsm apply checkout map.vsm
$ vsm apply sprung map.vsm
$ vsm apply winter importing.vsm
$ vsm apply f nameless.vsm
$ vsm apply f wrong.vsm
$ vsm apply spring
# another future no longer fits
$ vsm apply spring conflict.vsm; grep -c approve conflict.vsm
$ vsm apply spring conflict.vsm -q --force; grep -c approve conflict.vsm
# written
$ vsm apply spring map.vsm && vsm fmt --check map.vsm && vsm apply summer map.vsm && cat map.vsm
