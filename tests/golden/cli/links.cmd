# a link that leads out of the repository, whoever names it, and wherever on the way it is met
$ mkdir -p repo/.git repo/maps && cp map.vsm repo/maps/map.vsm && echo 'secret: hunter2' >outside.vsm && ln -s ../../outside.vsm repo/maps/out.vsm && ln -s ../.. repo/maps/away
$ cd repo && vsm lint maps/out.vsm
$ cd repo && vsm metrics maps/map.vsm maps/away/outside.vsm
$ cd repo && vsm diff maps/out.vsm maps/map.vsm
$ cd repo && vsm lint maps/away
$ cd repo && vsm lint --config maps/out.vsm maps
$ cd repo && vsm build maps/map.vsm -t csv --inject maps/out.vsm
# for those who mean it
$ cd repo && vsm lint --format concise --follow maps/out.vsm
# in a folder of many, it is passed over, and with --follow it is none of them
$ cd repo && vsm metrics maps | head -n 1
$ cd repo && vsm lint --format concise --follow maps
# what is named without a link is meant; a link may lead anywhere inside the repository but into what git keeps
$ cd repo && vsm lint --format concise ../outside.vsm
$ cd repo && ln -s maps/map.vsm inside.vsm && vsm metrics inside.vsm | head -n 1
$ cd repo && echo 'password = hunter2' >.git/config && ln -s .git/config kept.vsm && vsm lint kept.vsm
# where there is no repository, inside its own folder
$ mkdir -p plain/deep && cp map.vsm plain/deep/ && ln -s deep/map.vsm plain/in.vsm && ln -s ../../outside.vsm plain/deep/out.vsm && vsm metrics plain/in.vsm | head -n 1 && vsm lint plain/deep/out.vsm
$ ln -s nowhere.vsm dangling.vsm && vsm lint dangling.vsm
$ ln -s round.vsm round.vsm && vsm lint round.vsm
# what is no regular file is not opened
$ mkfifo pipe.vsm && vsm lint pipe.vsm
$ vsm lint /dev/null
$ vsm lint /dev/stdin </dev/null
$ vsm lint /proc/self/environ
# behind a link in the place of an output, what vsm made is replaced; nothing else is without --force, and nothing outside at all
$ : >empty.txt && ln -s empty.txt out.csv && vsm build map.vsm -t csv -o out.csv; cat empty.txt
$ ln -s not-there.txt new.csv && vsm build map.vsm -t csv -o new.csv; ls *.txt
$ vsm build map.vsm -t csv -o out.csv --force -q; readlink out.csv && sed -i s/20min/30min/ map.vsm && vsm build map.vsm -t csv -o out.csv && readlink out.csv
$ : >none.txt && ln -s none.txt report.sarif && vsm lint map.vsm -q --format concise --report sarif=report.sarif; cat none.txt
$ cd repo && ln -s ../../none.txt maps/checkout.csv && vsm build maps/map.vsm -t csv -o maps/ --force; cat ../none.txt
$ cd repo && vsm build maps/map.vsm -t csv -o maps/away/; ls ..
$ cd repo && vsm init maps/away/new/map.vsm
# a map behind a link is the one that is written, and the link stays
$ sed -i 's/ca: 95% }/ca:95% }/' repo/maps/map.vsm && cd repo && vsm fmt inside.vsm && readlink inside.vsm && cat maps/map.vsm
