$ vsm lint good.vsm >&-
$ vsm lint bad.vsm >&-
$ vsm lint bad.vsm > /dev/full
$ vsm metrics good.vsm > /dev/full
$ vsm build good.vsm -t mermaid > /dev/full
$ vsm explain cycle > /dev/full
$ vsm build good.vsm -t mermaid -o /dev/full
$ vsm metrics good.vsm >&- 2>&-
