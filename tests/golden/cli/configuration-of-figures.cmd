# observations follow levels and thresholds
$ vsm metrics map.vsm | sed -n '/observations/,$p'
$ vsm metrics --config off.yaml map.vsm | sed -n '/observations/,$p'
$ vsm metrics --config strict.yaml slower.vsm | sed -n '/observations/,$p'
$ vsm metrics --config strict.yaml --format json slower.vsm | grep -A 8 observations
# and so does what changed in the findings, for both versions
$ vsm diff map.vsm slower.vsm | sed -n '/findings/,$p'
$ vsm diff --config off.yaml map.vsm slower.vsm | sed -n '/findings/,$p'
$ vsm diff --config strict.yaml map.vsm slower.vsm | sed -n '/findings/,$p'
# the nearest one is found without a word
$ mkdir .git && cp strict.yaml .vsm.yaml && vsm metrics slower.vsm | sed -n '/observations/,$p'
$ vsm diff map.vsm slower.vsm | sed -n '/findings/,$p'
$ vsm diff --no-config map.vsm slower.vsm | sed -n '/findings/,$p'
$ vsm diff map.vsm - <slower.vsm | sed -n '/findings/,$p'
# one that is wrong
$ printf 'version: 1\nrules: { slow-aproval: off }\n' >.vsm.yaml && vsm metrics map.vsm
$ vsm diff map.vsm slower.vsm
$ vsm diff --config nothing.yaml map.vsm slower.vsm
$ vsm metrics --config off.yaml --no-config map.vsm
