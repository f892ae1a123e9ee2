# nothing there yet, then up to date, then stale
$ vsm build map.vsm -t csv,mermaid -o out --check; ls
$ vsm build map.vsm -t csv,mermaid -o out -q && vsm build map.vsm -t csv,mermaid -o out --check && echo up to date
$ echo more >> out/checkout.csv; vsm build map.vsm -t csv,mermaid -o out --check
$ tail -n 1 out/checkout.csv
$ vsm build map.vsm -t csv -o out/checkout.csv --check -q
# it needs a place to look at
$ vsm build map.vsm -t csv --check
$ vsm build map.vsm -t csv --check -o -
$ mkdir out/folder && vsm build map.vsm -t csv --check -o out/folder/
# flags of targets that are not built
$ vsm build map.vsm -t csv --mock approval
$ vsm build map.vsm -t codepipeline,csv --mock approval --time-scale 1d=5s -o out
$ vsm build map.vsm -t codepipeline,github --mock approval --time-scale 1d=5s -o out 2>&1 | grep "cloudformation deploy"
$ vsm build map.vsm -t codepipeline --time-scale 1d=5s -o out 2>&1 | grep "cloudformation deploy"
$ vsm build map.vsm -t svg --compare
$ vsm build map.vsm -t svg,html --compare -o compared; ls compared
$ printf 'version: 1\noutputs: [svg, html]\n' >.vsm.yaml && vsm build map.vsm --compare -o compared; ls compared; rm .vsm.yaml
$ vsm build map.vsm -t html --compare -o compared.html -q && ls compared.html
$ vsm build map.vsm -t mermaid --on push
$ vsm build map.vsm -t github --on pushes
$ vsm build map.vsm -t github --runs-on ''
$ vsm build map.vsm -t codepipeline --mock lambada
$ vsm build map.vsm -t mermaid --diagram chart
