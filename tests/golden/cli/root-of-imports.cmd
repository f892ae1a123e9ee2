# the folder of the nearest .vsm.yaml or .git is the root; without one, the map's own folder
$ cd maps && vsm lint --format concise up.vsm
$ mkdir maps/.git && vsm lint --format concise maps/up.vsm
