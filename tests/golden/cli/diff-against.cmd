$ sh make
# against where main and this branch parted: what came to main since is none of ours
$ cd repo && vsm diff --against main
$ cd repo && vsm diff --against main maps/checkout.vsm | head -n 3
$ cd repo/maps && vsm diff --against main tiny.vsm checkout.vsm | head -n 3
$ cd repo && vsm diff --against main~1 --format json maps/tiny.vsm
# files that are not committed yet, and HEAD that is no branch
$ cd repo && git checkout -q --detach && sed -i 's/lead: 4h/lead: 3h/' maps/checkout.vsm && vsm diff --against HEAD | head -n 3
$ cd repo && rm maps/teams.vsm && vsm diff --against main maps/checkout.vsm
$ cd repo && git checkout -q maps && rm maps/tiny.vsm && vsm diff --against HEAD maps/tiny.vsm
$ cd repo && rm -r maps && vsm diff --against HEAD maps
$ cd repo && git reset -q --hard && vsm diff --against HEAD && vsm diff --against HEAD --format markdown
# revisions that are none
$ cd repo && vsm diff --against no-such-branch
$ cd repo && vsm diff --against --output=maps/checkout.vsm
$ cd repo && vsm diff --against=--output=maps/checkout.vsm
$ git clone -q repo clone && cd clone && vsm diff --against main
# paths
$ cd repo && vsm diff --against main ../map.vsm
$ cd repo && vsm diff --against main - <maps/tiny.vsm
$ cd repo && vsm diff --against main maps/nothing.vsm
# without what it takes
$ GIT_CEILING_DIRECTORIES=$PWD vsm diff --against main map.vsm
$ cd repo && PATH=$(dirname "$(command -v vsm)") vsm diff --against main
$ git clone -q --bare repo bare.git && cd bare.git && vsm diff --against main
$ git init -q -b main empty && cd empty && cp ../map.vsm . && vsm diff --against main
$ git clone -q --depth 1 --no-single-branch "file://$PWD/repo" shallow 2>&1 && cd shallow && vsm diff --against origin/main
$ cd repo && git checkout -q --orphan alone && git -c user.name=Ada -c user.email=ada@example.com commit -q -m alone && vsm diff --against main
