# the job of a second pass cannot ask for approval in its midst
$ vsm build map.vsm -t github --environments --on "push, workflow_call" --runs-on "self-hosted, linux" -o out/; cat out/checkout.github.yml
# second passes that a workflow has no room for
$ vsm lint --format concise -t github many-reworks.vsm
