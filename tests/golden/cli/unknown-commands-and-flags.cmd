$ vsm
$ vsm lnt good.vsm
$ vsm frobnicate
$ vsm help lnt
$ vsm lint --fromat json good.vsm
$ vsm lint --verbose good.vsm
$ vsm lint -x good.vsm
$ vsm --colour always lint good.vsm
$ vsm lint --format yaml good.vsm
$ vsm lint --color sometimes good.vsm
$ vsm build good.vsm
$ vsm build -t mermaid
$ vsm build good.vsm -t mermiad
$ vsm build good.vsm -t mermaid,pdf
$ vsm build good.vsm -t "mermaid, mermiad"
$ vsm build good.vsm -t mermaid,,svg
$ vsm lint good.vsm -t ""
$ vsm build good.vsm -t github --on "push, pull-request"
$ vsm build good.vsm -t github --on push,
$ vsm build good.vsm -t github --runs-on a,,b
$ vsm build good.vsm -t github --runs-on " "
$ vsm build good.vsm -t github --runs-on "x y"
$ vsm build good.vsm -t codepipeline --time-scale fast
$ vsm version now
$ vsm ir good.vsm good.vsm
$ vsm lint -W missing-ca good.vsm
$ vsm lint -W missing-ca=fatal good.vsm
$ vsm lint -W mising-ca=off good.vsm
$ vsm lint -W missing-timing=off good.vsm
