$ vsm completion
$ vsm completion tcsh
$ vsm completion bash | head -n 1
