$ vsm completion
$ vsm completion tcsh
$ vsm completion bash | head -n 1
# names for completion, also of maps with mistakes
$ vsm words names a.vsm
$ vsm words streams a.vsm b.vsm
$ vsm words futures
$ vsm words names nothing.vsm b.vsm
