# Sourced by every script here: goes to the project's root and puts the tools
# that set-up chose in front of the PATH.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
ROOT=$PWD
export ROOT
export PATH="$ROOT/.tools/bin:$PATH"
# A build from nothing gains nothing from what incremental ones keep, and needs half its disk without.
[ -z "${CI:-}" ] || export CARGO_INCREMENTAL=0
export WRANGLER_SEND_METRICS=false CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }
