$ vsm diff old.vsm new.vsm
$ vsm diff --format markdown old.vsm new.vsm
$ vsm diff --format json old.vsm slower.vsm
# layout, comments and other words for the same
$ vsm diff old.vsm same.vsm
$ vsm diff --format markdown old.vsm same.vsm
$ vsm diff --exit-code old.vsm same.vsm
$ vsm diff --format json old.vsm same.vsm
# what fails
$ vsm diff --exit-code old.vsm new.vsm | head -n 1
$ vsm diff --exit-code old.vsm new.vsm >changes
$ vsm diff --fail-on worse old.vsm new.vsm >changes
$ vsm diff --fail-on worse old.vsm slower.vsm >changes
# maps that do not compile
$ vsm diff old.vsm broken.vsm
$ vsm diff broken.vsm old.vsm
$ vsm diff broken.vsm broken.vsm
# folders
$ vsm diff then now
# the standard input
$ vsm diff - slower.vsm <old.vsm | head -n 2
# calls that are wrong
$ vsm diff old.vsm
$ vsm diff old.vsm missing.vsm
$ vsm diff old.vsm now
$ vsm diff - -
$ vsm diff --format html old.vsm new.vsm
$ vsm diff --against '' old.vsm
# faster as it is drawn, slower as it comes about
$ vsm diff sent-back.vsm sent-back-more.vsm
