#!/usr/bin/env bash
# Builds the product: build.sh [debug|release] [all|app|worker]
#
#   build/<profile>/app, sheets   the two browser modules, out of wasm-bindgen
#   build/<profile>/dist          what the browser is served, out of Vite
#   build/<profile>/worker        the Worker, out of worker-build
#   build/<profile>/options.json, migrations.json   what running them takes
#
# Steps whose input has not changed are left out.
set -euo pipefail
source "$(dirname "$0")/env.sh"
profile="${1:-debug}"; part="${2:-all}"
case "$profile" in debug) flag=() ;; release) flag=(--release) ;; *) die "no such profile: $profile" ;; esac
case "$part" in all | app | worker) ;; *) die "no such part: $part" ;; esac
out="build/$profile"; mkdir -p "$out"

sum() { { sha256sum "$@" 2>/dev/null || true; } | sha256sum | cut -d' ' -f1; }

bindgen() { # crate
  local crate=$1 wasm="target/wasm32-unknown-unknown/$profile/$1.wasm" stamp
  stamp=$(sum "$wasm" tools/build.sh)
  [ "$(cat "$out/$crate.sum" 2>/dev/null)" != "$stamp" ] || return 0
  rm -rf "${out:?}/$crate"
  # Without names: with them a debug build passes the 25 MiB that an asset may have.
  wasm-bindgen --target web --remove-name-section --out-dir "$out/$crate" "$wasm"
  if [ "$profile" = release ]; then
    # What rustc emits and every current browser reads; --all-features would
    # write encodings that no browser has switched on yet.
    node_modules/.bin/wasm-opt -Oz \
      --enable-{mutable-globals,sign-ext,nontrapping-float-to-int,bulk-memory,multivalue,reference-types} \
      "$out/$crate/${crate}_bg.wasm" -o "$out/$crate/${crate}_bg.wasm"
  fi
  echo "$stamp" > "$out/$crate.sum"
}

build_app() {
  # Views of one type instead of one each: an eighth less to send, half the time to build.
  local erase=
  [ "$profile" = debug ] || erase="--cfg erase_components"
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$erase" \
    cargo build --locked -q -p app -p sheets --lib --target wasm32-unknown-unknown "${flag[@]}"
  bindgen app
  bindgen sheets
  # The page's own sources and the locks decide, beside the two modules.
  local stamp
  stamp=$(sum "$out/app.sum" "$out/sheets.sum" package-lock.json app/index.html app/*.ts $(find style app/public -type f | sort))
  [ "$(cat "$out/dist.sum" 2>/dev/null)" != "$stamp" ] || return 0
  FENJI_PROFILE=$profile node_modules/.bin/vite build --config app/vite.config.ts --logLevel warn
  echo "$stamp" > "$out/dist.sum"
}

build_worker() {
  # worker-build compiles with other macro output (WASM_BINDGEN_USE_JS_SYS), so
  # it has a target directory of its own.
  local mode=--dev wasm
  [ "$profile" = debug ] || mode=--release
  wasm="target/worker/wasm32-unknown-unknown/$profile/api.wasm"
  if [ -e "$out/worker.sum" ] && WASM_BINDGEN_USE_JS_SYS=1 CARGO_TARGET_DIR=target/worker \
      cargo build --locked -q -p api --lib --target wasm32-unknown-unknown "${flag[@]}" &&
      [ "$(cat "$out/worker.sum")" = "$(sum "$wasm")" ]; then
    return 0
  fi
  rm -f "$out/worker.sum"
  CARGO_TARGET_DIR="$ROOT/target/worker" \
    ESBUILD_BIN="$ROOT/node_modules/esbuild/bin/esbuild" \
    WASM_OPT_BIN="$ROOT/node_modules/binaryen/bin/wasm-opt" \
    WASM_BINDGEN_BIN="$ROOT/.tools/bin/wasm-bindgen" \
    RUST_LOG=warn worker-build "$mode" api --out-dir "../$out/worker" -- --locked >&2
  sum "$wasm" > "$out/worker.sum"
}

[ "$part" = worker ] || build_app
[ "$part" = app ] || build_worker
if [ -d "$out/dist" ] && [ -d "$out/worker" ]; then
  stamp=$(sum wrangler.toml package-lock.json tools/options.mjs app/public/_headers api/migrations/*.sql)
  if [ "$(cat "$out/options.sum" 2>/dev/null)" != "$stamp" ]; then
    node tools/options.mjs "$profile"
    echo "$stamp" > "$out/options.sum"
  fi
  touch "$out/built" # tells which build is the newest
fi
