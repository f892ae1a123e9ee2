# the map is correct without the flag, so the message names the flag, not a place of the map
$ vsm metrics --what-if approve.lead=none map.vsm
$ vsm metrics --what-if deploy.ca=90% --what-if approve.process=none map.vsm
$ vsm build -t csv -o - --what-if approve.lead=none map.vsm
# a map that is wrong as written is told by its place
$ sed -i 's/, wait: 1h//' map.vsm && vsm metrics --what-if approve.lead=3h map.vsm
