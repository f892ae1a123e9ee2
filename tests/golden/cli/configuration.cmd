$ vsm lint --format concise --config rules.yaml
# found from the map upwards to the repository, and no further; the nearest alone holds
$ mkdir .git && cp rules.yaml .vsm.yaml && vsm lint --format concise
$ cd new && vsm lint --format concise
$ cd old && vsm lint --format concise - < a.vsm
$ vsm lint --format concise --no-config
$ printf 'version: 1\nrules:\n  missing-ca: error\n' > old/.vsm.yaml && vsm lint --format concise
$ mkdir old/.git && rm old/.vsm.yaml && vsm lint --format concise old
# what is said on the command line goes before
$ vsm lint --format concise -W missing-ca=error new
$ vsm lint --format concise --fail-on never new
# outputs: lint looks at them as well, build makes them; their former name is targets
$ printf 'version: 1\noutputs: [csv]\n' > .vsm.yaml && vsm build new/b.vsm
$ printf 'version: 1\ntargets: [csv]\n' > .vsm.yaml && vsm build new/b.vsm
$ vsm build new/b.vsm -t mermaid
$ vsm build new/b.vsm --mock lambda
$ vsm build new/b.vsm --no-config
$ printf 'version: 1\noutputs: [codepipeline]\nrules: { missing-ca: off }\n' > .vsm.yaml && printf 'stream t {\n stage m { step b { process: 1h, lead: 2h } }\n stage n { step t { process: 3h, lead: 2d, ca: 75%%, rework 20%% to b } }\n}\n' > new/c.vsm && vsm lint --format concise new
# what is no file
$ rm .vsm.yaml && mkdir .vsm.yaml && vsm lint new
$ rmdir .vsm.yaml && ln -s .vsm.yaml .vsm.yaml && vsm lint new
$ rm .vsm.yaml && mkfifo .vsm.yaml && vsm lint new
$ vsm lint --config nothing.yaml new
$ vsm lint --config rules.yaml --no-config new
