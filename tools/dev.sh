#!/usr/bin/env bash
# Builds, migrates, seeds and serves for development; rebuilds on change.
set -euo pipefail
source "$(dirname "$0")/env.sh"
tools/build.sh debug
cargo build --locked -q -p tests --bin demo
exec node tools/dev.mjs
