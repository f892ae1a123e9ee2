# refuses_crashes.sh VSM_GOLDEN: checks that the transcript of a crashed program is neither written nor accepted.
set -eu
golden=$1
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cases=$root/tests/golden/lint/names
mkdir -p "$cases"
echo '# 0 errors' > "$cases/one.vsm"

program() {
    printf '#!/bin/sh\n%s\n' "$1" > "$root/vsm"
    chmod +x "$root/vsm"
}

refused() {
    program "$1"
    if "$golden" --vsm "$root/vsm" --source "$root" --update lint > "$root/said"; then
        echo "kept: $1"
        exit 1
    fi
    grep -q 'tells of a crash' "$root/said"
    test ! -e "$cases/one.expected"
}

refused 'kill -ABRT $$'
refused 'kill -SEGV $$'
refused 'echo "terminate called after throwing" >&2; exit 1'
program 'echo well'
"$golden" --vsm "$root/vsm" --source "$root" --update lint
program 'kill -ABRT $$'
printf '[exit 134]\n' > "$cases/one.expected"
if "$golden" --vsm "$root/vsm" --source "$root" lint > "$root/said"; then
    echo 'a golden that tells of a crash is held'
    exit 1
fi
