$ vsm lint stale-figures.vsm --as-of 2026-11-20
$ vsm lint past-future.vsm --as-of 2026-11-20
$ vsm lint distant-future.vsm --as-of 2026-11-20
$ vsm lint undated-figures.vsm --as-of 2026-11-20
$ vsm lint overloaded.vsm --process
$ vsm lint nearly-overloaded.vsm --process
$ vsm lint poor-quality.vsm --process
$ vsm lint slow-approval.vsm --process
$ vsm lint handoff-ping-pong.vsm --process
$ vsm lint too-many-handoffs.vsm --process
$ vsm lint unmet-target.vsm --process
$ vsm lint over-takt.vsm --process
$ vsm lint past-future.vsm
$ vsm lint past-future.vsm --as-of yesterday
$ vsm lint overloaded.vsm
