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
# what was expected of the stream as it was, of the same figure, and of another future, no longer holds
$ vsm apply spring expects.vsm; grep -c spring expects.vsm
$ vsm apply summer expects.vsm
$ cp expects.vsm forced.vsm && vsm apply spring forced.vsm --force 2>said; echo "exit $?" && tail -n 1 said && grep expect forced.vsm
# what holds then, and what an `allow` accepts, is in nobody's way; a target that it reaches is told
$ sed '/lead_time = 6d/d' expects.vsm >fine.vsm && vsm apply spring fine.vsm && grep expect fine.vsm
$ vsm apply spring accepted.vsm && grep expect accepted.vsm
# written
$ vsm apply spring map.vsm && vsm fmt --check map.vsm && vsm apply summer map.vsm && cat map.vsm
