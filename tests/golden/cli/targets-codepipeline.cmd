$ vsm lint --format concise -t codepipeline rework.vsm
$ vsm lint -t codepipeline choose.vsm
$ vsm lint -t codepipeline waits.vsm
$ vsm lint -t codepipeline merged.vsm
$ vsm lint -t codepipeline empty-stage.vsm
$ vsm lint -t codepipeline long-text.vsm
$ vsm lint --format concise -t codepipeline fifty-one.vsm
$ vsm lint --format concise -t codepipeline hundred-and-one.vsm
$ vsm lint --format concise -t codepipeline stages.vsm
$ vsm build hundred-and-one.vsm -t codepipeline -o out; ls -1
