# Functions shared by the scripts of this folder, which source it with `. scripts/lib.sh` from the root of the checkout.

say() { printf '==> %s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# prints the comment at the head of the running script and exits with a usage error
usage() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "scripts/${0##*/}" >&2
  exit 2
}

package_installed() { [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$1")" = "ii " ]; }
