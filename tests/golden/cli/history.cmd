$ sh make
# a file, through its renames
$ cd repo && vsm history maps/shop.vsm
$ cd repo && vsm history --last 2 maps/shop.vsm
# a folder
$ cd repo && vsm history
$ cd repo/maps && vsm history --stream small
$ cd repo && vsm history --format csv maps/shop.vsm
$ cd repo && vsm history --format json --last 3 --stream small maps
# calls that are wrong
$ cd repo && vsm history --stream smal
$ cd repo && vsm history --last 0
$ cd repo && vsm history maps/nothing.vsm
$ cd repo && vsm history ../map.vsm
$ cd repo && vsm history - <maps/shop.vsm
$ GIT_CEILING_DIRECTORIES=$PWD vsm history map.vsm
$ git clone -q --depth 1 "file://$PWD/repo" shallow && cd shallow && vsm history maps/shop.vsm
