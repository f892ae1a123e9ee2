$ vsm explain VSM1003
$ vsm explain missing-timing | head -1
$ vsm explain 1003 | head -1
$ vsm explain vsm1003 | head -1
$ vsm explain missing-ca
$ vsm explain invisible-character
$ vsm explain missing-timming
$ vsm explain VSM9876
$ vsm explain
$ vsm explain --list | head -5
$ vsm explain --list | grep -c .
$ vsm explain too-many-errors
