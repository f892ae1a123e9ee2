# a future is held against what it is based on, in whatever file that stands, with the targets of both
$ vsm metrics plan.vsm
$ vsm metrics --format csv plan.vsm | cut -d, -f1-8
$ vsm metrics --format json plan.vsm | grep -A 4 '"text": "'
$ vsm lint -q --format concise plan.vsm
$ sed 's/lead: 2d/lead: 9d/' base.vsm > slower && mkdir then now && cp base.vsm plan.vsm then && cp plan.vsm now && mv slower now/base.vsm && vsm diff --fail-on worse then now
