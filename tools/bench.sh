#!/usr/bin/env bash
# Builds and runs the comparisons of bench/, which writes BENCHMARKS.md; `bench.sh rows` counts the rows read alone, with
# the build that is there.
set -euo pipefail
source "$(dirname "$0")/env.sh"
export CARGO_TARGET_DIR="$ROOT/target/bench"
wasm="$CARGO_TARGET_DIR/node"
rows() {
  say "== rows"
  cargo build --locked -q -p tests --bin demo --target-dir target
  node bench/rows.mjs
}
if [ "${1:-all}" = rows ]; then rows; exit; fi
say "== peers"
# Not `npm ci`: it wants the builds of the peers for every platform, which not every registry has.
(cd bench && npm install --no-save --no-audit --no-fund --loglevel=error)
say "== build"
cargo build --release --locked -q --manifest-path bench/Cargo.toml
# Built for speed, as the product's own modules are built for size.
cargo build --release --locked -q --manifest-path bench/Cargo.toml --lib --target wasm32-unknown-unknown
wasm-bindgen --target experimental-nodejs-module --out-dir "$wasm" "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/bench.wasm"
# The module that reads spreadsheets is the one that is shipped.
wasm-bindgen --target experimental-nodejs-module --out-dir "$wasm" target/wasm32-unknown-unknown/sheets/sheets.wasm
cargo build --locked -q -p tests --bin demo --target-dir target
say "== measure"
FENJI_PROFILE=release node bench/run.mjs "$CARGO_TARGET_DIR/data" "$CARGO_TARGET_DIR/release/bench" "$wasm"
FENJI_PROFILE=release rows
