# one row a stream, worst first: what a reader of a comment on many maps needs
$ vsm diff --format markdown before after
$ vsm diff --fail-on worse before after >changes
# more than 25: what got neither worse nor unknown is folded
$ for i in 1 2 3 4 5 6 7 8 9; do for k in a b c; do for d in 2 1; do mkdir -p many$d && echo "stream s$i$k { step a { process: 1h, lead: ${d}d } }" >many$d/m$i$k.vsm; done; done; done
$ echo 'stream t { step a { process: 1h, lead: 1d } }' >many2/t.vsm; echo 'stream t { step a { process: 1h, lead: 3d } }' >many1/t.vsm
$ vsm diff --format markdown many2 many1 | head -n 20
