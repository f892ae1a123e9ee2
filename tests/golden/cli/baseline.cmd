$ vsm lint --baseline known.json maps
$ vsm lint --baseline known.json --write-baseline maps && cat known.json
$ vsm lint --baseline known.json --fail-on note maps
# lines that move change nothing; what is new is said
$ printf '# a line more\n' | cat - maps/a.vsm > moved && printf 'stream u { step a { process: 1h, lead: 2h } step c { process: 1h, lead: 2h } step z { process: 1h, lead: 2h, ca: 90%% } }\n' >> moved && mv moved maps/a.vsm && vsm lint --baseline known.json --format concise maps
# from another folder
$ cd maps && vsm lint --baseline ../known.json --format concise a.vsm
# what is gone is counted, if it was looked for, and taken out
$ printf 'stream s { step b { process: 1h, lead: 2h } step z { process: 1h, lead: 2h, ca: 90%% } }\n' > maps/a.vsm && vsm lint --baseline known.json --format concise maps
$ vsm lint --baseline known.json --format concise maps/b.vsm
$ vsm lint --baseline known.json --format concise -W missing-ca=off maps
$ vsm lint --baseline known.json --prune-baseline maps && cat known.json
# entries of maps that are not looked at stay
$ vsm lint --baseline known.json --write-baseline -q maps/a.vsm && cat known.json
$ rm maps/b.vsm && vsm lint --baseline known.json maps
# a map that was renamed takes its entries along, with others in it too; a copy does not
$ vsm lint --baseline known.json --write-baseline -q maps && mv maps/a.vsm maps/renamed.vsm && vsm lint --baseline known.json --format concise maps
$ vsm lint --baseline known.json --prune-baseline -q --format concise maps; cat known.json
$ cp maps/renamed.vsm maps/copy.vsm && vsm lint --baseline known.json --format concise maps
$ rm maps/copy.vsm && mv maps/renamed.vsm maps/a.vsm
# an error of a rule may be listed, an error of the map not
$ printf 'stream s { step b { process: 1h, lead: 2h } step c { proces: 1h, lead: 2h } step z { process: 1h, lead: 2h, ca: 90%% } }\n' > maps/a.vsm && vsm lint --baseline other.json --write-baseline --format concise -W missing-ca=error maps; cat other.json
# what is no baseline is refused and left alone
$ printf '{"version": 1, "findings": [{"file": "a", "rule": "nothing", "at": "", "count": 1}, {"file": "a"}, 3]}\n' > bad.json && vsm lint --baseline bad.json maps
$ vsm lint --baseline maps/a.vsm --write-baseline maps
$ printf '{"version": 1, "findings": [' > bad.json && vsm lint --baseline bad.json --write-baseline maps
$ : > bad.json && vsm lint --baseline bad.json maps
$ mkfifo pipe && vsm lint --baseline pipe maps
$ vsm lint --write-baseline maps
