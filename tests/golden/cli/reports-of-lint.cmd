Beside what is printed, each report goes to a file of its own.
$ vsm lint map.vsm --format concise --report sarif=lint.sarif --report gitlab=lint.json --report markdown=lint.md --report github=lint.txt
$ ls
$ head -n 8 lint.sarif; cat lint.md
An earlier report is replaced, also where nothing is found any more, and then found again.
$ vsm lint good.vsm -q --report sarif=lint.sarif --report gitlab=lint.json --report markdown=lint.md --report github=lint.txt
$ cat lint.json lint.md lint.txt
$ vsm lint map.vsm -q --format github --report sarif=lint.sarif --report gitlab=lint.json --report markdown=lint.md --report github=lint.txt
Another file is not.
$ vsm lint map.vsm -q --format concise --report sarif=good.vsm
$ echo '{ "name": "mine" }' >mine.json; vsm lint good.vsm -q --report gitlab=mine.json; cat mine.json
$ vsm lint good.vsm -q --report json=no/such/folder.json
What cannot be meant is refused.
$ vsm lint map.vsm --report sarif
$ vsm lint map.vsm --report srif=x
$ vsm lint map.vsm --report sarif=
$ vsm lint map.vsm --report sarif=-
$ vsm lint map.vsm --report sarif=x --report gitlab=x
Files are named from the root of the repository, for whoever reads a report from there.
$ mkdir -p .git sub/deeper; cp map.vsm sub/deeper; cd sub && vsm lint deeper -q --format github
$ cd sub && vsm lint ../map.vsm -q --format github | cut -c1-40
$ ln -s sub/deeper link; vsm lint link -q --format github | cut -c1-40
