$ vsm lint -t github many-choices.vsm 2>&1 | head -n 6
$ vsm lint --format concise -t github many-choices.vsm
$ vsm lint --format concise -t mermaid many-edges.vsm
$ vsm lint --format concise -t mermaid,github,csv,json rework.vsm
$ vsm lint --format concise -t codepipeline large.vsm
