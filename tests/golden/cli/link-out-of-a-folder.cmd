# where there is no repository, a link leads out of the folder
$ mkdir -p plain && cp map.vsm plain/ && ln -s ../map.vsm plain/out.vsm && vsm lint --format concise --fail-on error plain
$ cd plain && vsm lint --format concise --fail-on error .
$ mkdir plain/.git && vsm lint --format concise --fail-on error plain
