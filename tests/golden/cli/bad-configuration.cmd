# each is an error with its place; nothing is linted
$ printf 'version: 1\nrule:\n  missing-ca: off\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\nrules:\n  mising-ca: off\n  VSM2001: off\n  missing-ca: fatal\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\nrules:\n  missing-ca: off\n  missing-ca: note\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\nrules: &all\n  missing-ca: off\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\nrules: *all\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\n<<: {}\n' > .vsm.yaml && vsm lint
$ printf 'version: !!int 1\n' > .vsm.yaml && vsm lint
$ printf '%%YAML 1.2\n---\nversion: 1\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\n---\nversion: 1\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\n1: 2\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\noutputs: [svg\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\noutputs: ["svg]\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\noutputs: [[[[[[[[[[[[[[[[[[[[svg]]]]]]]]]]]]]]]]]]]]\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\noutputs: [%01000d' 0 | tr 0 '[' > .vsm.yaml && vsm lint
$ printf 'version: 1\n#%070000d\n' 0 > .vsm.yaml && vsm lint
$ : > .vsm.yaml && vsm lint
$ printf 'version: 2\n' > .vsm.yaml && vsm lint
$ printf 'version: "1"\n' > .vsm.yaml && vsm lint
$ printf 'rules: {}\n' > .vsm.yaml && vsm lint
$ printf -- '- version\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\nprocess: "true"\nfail_on: off\nrules: [missing-ca]\noutputs: svg\noverrides: {}\nthresholds: 3\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\noutputs: [svgg, svg, svg, 3]\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\noutputs: [svg]\ntargets: [csv]\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\nthresholds:\n  dora-contradiction: { tolerance: 200, tolerence: 3 }\n  missing-ca: { most: 3 }\n  unmet-expectation: 3\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\nthresholds:\n  dora-contradiction: { tolerance: 20%% }\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\noverrides:\n  - rules: {}\n  - files: [a]\n  - files: []\n    rules: {}\n  - files: [../a, 3, ""]\n    rules: {}\n  - x\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\nrules: {missing-ca: \033[31moff}\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\nrules: {missing-ca: \377off}\n' > .vsm.yaml && vsm lint
$ printf '\357\273\277version: 1\r\nrules: {\303\244: off}\r\n' > .vsm.yaml && vsm lint
$ printf 'version: 1\nrules:\n  missing-ca:\n' > .vsm.yaml && vsm lint --format json
$ printf 'rules: 3\n' > .vsm.yaml && vsm build a.vsm
