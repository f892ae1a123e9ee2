# in the step, in the stage around it, in the stream, at the top of the file
$ vsm lint --format concise step.vsm
$ vsm lint --format concise stage.vsm
$ vsm lint --format concise stream.vsm
$ vsm lint --format concise file.vsm
$ vsm lint --format concise -q file.vsm
# not of another stream; and what allows nothing is said
$ vsm lint unused.vsm
$ vsm lint --format concise -W unused-allow=off unused.vsm
$ vsm lint --format concise -W missing-ca=off unused.vsm
# by its code
$ vsm lint --format concise code.vsm
# a future copies what is allowed
$ vsm lint --format concise future.vsm
