#!/usr/bin/env bash
# Serves the release build; the arguments are those of serve.mjs.
set -euo pipefail
source "$(dirname "$0")/env.sh"
case " $* " in *" --seed demo "*) cargo build --locked -q -p tests --bin demo ;; esac
FENJI_PROFILE=release exec node tools/serve.mjs "$@"
