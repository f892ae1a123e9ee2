# a link may lead anywhere inside the root, and nowhere outside
$ mkdir -p inside && mv real.vsm inside/ && ln -s inside/real.vsm link.vsm && vsm lint --format concise by-link.vsm
$ ln -s /etc/hostname out.vsm && vsm lint --format concise out-by-link.vsm
$ mkfifo pipe.vsm && vsm lint --format concise by-pipe.vsm
$ mkdir folder.vsm && vsm lint --format concise by-folder.vsm
$ vsm lint --format concise by-device.vsm
$ vsm lint --format concise by-nothing.vsm
