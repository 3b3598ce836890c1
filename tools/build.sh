#!/usr/bin/env bash
# Builds the product: build.sh [debug|release] [all|app|worker]
#
#   build/<profile>/app, sheets   the two browser modules, out of wasm-bindgen; the app in parts
#   build/<profile>/dist          what the browser is served, out of Vite
#   build/<profile>/worker        the Worker, out of worker-build
#   build/<profile>/options.json, migrations.json   what running them takes
#
# Steps whose input has not changed are left out.
set -euo pipefail
source "$(dirname "$0")/env.sh"
profile="${1:-debug}"; part="${2:-all}"
# The module that reads spreadsheets has a profile of its own, see Cargo.toml.
case "$profile" in
  debug) flag=(); sheets=debug; sheets_flag=() ;;
  release) flag=(--release); sheets=sheets; sheets_flag=(--profile sheets) ;;
  *) die "no such profile: $profile" ;;
esac
case "$part" in all | app | worker) ;; *) die "no such part: $part" ;; esac
out="build/$profile"; mkdir -p "$out"

sum() { { sha256sum "$@" 2>/dev/null || true; } | sha256sum | cut -d' ' -f1; }

# Optimises a module of a release build: with what rustc and wasm-bindgen emit and
# every current browser and workerd read, for --all-features would write encodings that no browser has
# switched on yet. Modules of less than 4 KB, two parts of the app in three, stay as they are: there is little
# to win, and the optimiser takes about a second to start.
features=(--enable-{mutable-globals,sign-ext,nontrapping-float-to-int,bulk-memory,multivalue,reference-types,exception-handling})
# The lowest kilobyte is the far end of the stack (rustc links it first), so that what stands there is never
# read by an address that wraps round: constants move into the loads, 0.7 % less to send.
optimise() { # option... -- module...: as many at a time as there are cores, the largest first
  local options=()
  while [ "$1" != -- ]; do options+=("$1"); shift; done; shift
  [ "$profile" = release ] || return 0
  find "$@" -size +4095c -printf '%s %p\n' | sort -rn | cut -d' ' -f2- | xargs -r -d '\n' -P "$(nproc)" -I '{}' \
    node_modules/.bin/wasm-opt "${features[@]}" --low-memory-unused "${options[@]}" '{}' -o '{}'
}
# What is sent is compressed, and what is alike compresses well. rustc has made it small already, so only what
# is plainly too much goes, and what is made of one generic for many types stands together (-Oz leaves less
# code, but of the Worker 23 % and of the first screen 7 % more to send).
small=(-O1 --duplicate-function-elimination --reorder-functions-by-name --strip-debug)

# A debug build without names: with them it passes the 25 MiB that an asset may have.
bindgen() { # module folder [argument...]
  local names=()
  [ "$profile" = release ] || names=(--remove-name-section)
  wasm-bindgen --target web "${names[@]}" --out-dir "$2" "${@:3}" "$1"
}

# Runs a step unless what it is made of is what it was made of.
changed() { # name file...
  local name=$1 stamp; shift
  stamp=$(sum "$@")
  [ "$(cat "$out/$name.sum" 2>/dev/null)" != "$stamp" ] || return 1
  rm -f "$out/$name.sum"
}
done_with() { # name file...
  local name=$1; shift
  sum "$@" > "$out/$name.sum"
}

build_sheets() {
  local wasm="target/wasm32-unknown-unknown/$sheets/sheets.wasm"
  changed sheets "$wasm" tools/build.sh || return 0
  rm -rf "$out/sheets"
  bindgen "$wasm" "$out/sheets"
  optimise -O3 --strip-debug -- "$out/sheets/sheets_bg.wasm"
  done_with sheets "$wasm" tools/build.sh
}

# The app's module is cut at the functions of app/src/pages/parts.rs; the pieces
# are fetched by __wasm_split.js when such a function is called.
build_pages() {
  local wasm="target/wasm32-unknown-unknown/$profile/app.wasm"
  changed app "$wasm" tools/build.sh || return 0
  rm -rf "$out/app" "$out/cut"
  wasm-split-cli "$wasm" "$out/cut" --target web --out-name app
  bindgen "$out/cut/app.wasm" "$out/app" --keep-lld-exports
  rm "$out/cut/app.wasm"
  mv "$out/cut/"* "$out/app/"
  rmdir "$out/cut"
  optimise "${small[@]}" -- "$out/app/"*.wasm
  done_with app "$wasm" tools/build.sh
}

build_app() {
  # Views of one type instead of one each: an eighth less to send, half the time to build.
  local erase=
  [ "$profile" = debug ] || erase="--cfg erase_components"
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$erase" \
    cargo build --locked -q -p app --lib --target wasm32-unknown-unknown "${flag[@]}"
  cargo build --locked -q -p sheets --lib --target wasm32-unknown-unknown "${sheets_flag[@]}"
  build_sheets
  build_pages
  # The page's own sources and the locks decide, beside the two modules.
  local sources
  mapfile -t sources < <(find style app/public -type f | sort)
  sources+=("$out/app.sum" "$out/sheets.sum" package-lock.json Cargo.lock app/index.html app/icons.svg app/*.ts tools/on-demand.mjs tools/notices.mjs)
  changed dist "${sources[@]}" || return 0
  FENJI_PROFILE=$profile node_modules/.bin/vite build --config app/vite.config.ts --logLevel warn
  node tools/notices.mjs "$out/dist/licences.txt"
  done_with dist "${sources[@]}"
}

build_worker() {
  # worker-build compiles with other macro output (WASM_BINDGEN_USE_JS_SYS), so
  # it has a target directory of its own.
  local mode=(--dev) wasm
  [ "$profile" = debug ] || mode=(--release --no-opt)
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
    RUST_LOG=warn worker-build "${mode[@]}" api --out-dir "../$out/worker" -- --locked >&2
  # worker-build optimises for speed alone; the script is held to its size.
  optimise "${small[@]}" -- "$out/worker/index_bg.wasm"
  sum "$wasm" > "$out/worker.sum"
}

[ "$part" = worker ] || build_app
[ "$part" = app ] || build_worker
if [ -d "$out/dist" ] && [ -d "$out/worker" ]; then
  install -D -m 644 api/openapi.json "$out/dist/api/v1/openapi.json"
  config=(wrangler.toml package-lock.json tools/options.mjs app/public/_headers api/migrations/*.sql)
  if changed options "${config[@]}"; then
    node tools/options.mjs "$profile"
    done_with options "${config[@]}"
  fi
  touch "$out/built" # tells which build is the newest
fi
