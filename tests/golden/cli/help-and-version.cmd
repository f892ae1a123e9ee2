$ vsm version | sed "s|[0-9][0-9.]*|N|"
$ vsm --version | sed "s|[0-9][0-9.]*|N|"
$ vsm help
$ vsm --help | head -3
$ vsm help lint
$ vsm lint -h | head -3
$ vsm help build
$ vsm help metrics
$ vsm help ir
$ vsm help explain
$ vsm help init
$ vsm diff --help
$ vsm history --help
$ vsm preview --help
$ vsm fmt --help
$ vsm apply --help
$ vsm completion --help
$ vsm version --help
$ vsm help --help
