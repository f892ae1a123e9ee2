$ vsm metrics --format csv map.vsm | cut -d, -f2,8,9,14
$ vsm metrics --format csv --what-if approve.lead=1d map.vsm | cut -d, -f2,8,9,14
$ vsm metrics --format csv --what-if approve.lead=1d --what-if deploy.ca=100% --what-if canary.wait=2h map.vsm | cut -d, -f2,8,9,14
$ vsm build -t csv -o - --what-if approve.lead=1d map.vsm | cut -d, -f2,7-9
$ vsm metrics --what-if aprove.lead=1d map.vsm
$ vsm metrics --what-if approve.leed=1d map.vsm
$ vsm metrics --what-if approve.lead=-5min map.vsm
$ vsm metrics --what-if approve.lead=1x map.vsm
$ vsm metrics --what-if approve.process=9d map.vsm
$ vsm metrics --what-if approve map.vsm
$ vsm metrics --what-if 'approve.lead=1d } remove review change approve { ca: 5%' map.vsm
$ vsm metrics --what-if 'approve.lead=1d # and so on' map.vsm
$ vsm metrics --what-if approve.lead=3 map.vsm
$ vsm metrics --what-if approve.lead=? map.vsm | grep "lead time"
$ vsm metrics --what-if approve.lead=1min map.vsm
