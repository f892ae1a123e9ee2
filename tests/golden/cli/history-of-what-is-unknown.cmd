# a time that is not known has its lower bound in a column and a key of its own, rolled %C&A its upper one
$ sh make
$ cd repo && vsm history --format csv shop.vsm
$ cd repo && vsm history --format json shop.vsm | grep -A 30 '"figures"'
$ cd repo && vsm metrics --format csv shop.vsm
