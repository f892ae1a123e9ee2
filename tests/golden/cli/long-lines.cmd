# a line of a hundred thousand characters does not flood the screen
$ { printf 'stream s { trigger: "'; head -c 100000 /dev/zero | tr '\0' x; printf '", step a { process: 1m, lead: 2h, ca: 90%% } }\n'; } > long.vsm
$ vsm lint long.vsm
$ vsm lint --format concise long.vsm
