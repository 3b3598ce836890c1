#!/usr/bin/env bash
# Installs what building needs and is missing; with `test`, what the tests need
# as well. Safe to run again: a second run takes a second. Says each choice in
# one line. Everything built here goes to .tools/, which git ignores.
set -euo pipefail
source "$(dirname "$0")/env.sh"
want="${1:-build}"
mkdir -p .tools/bin

# --- operating system packages -------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "needs root to run: $*"; fi
}

apt_updated=
apt_install() {
  command -v apt-get >/dev/null || die "please install: $* (only apt is known here)"
  say "set-up: apt installs $*"
  if [ -z "$apt_updated" ]; then as_root apt-get update -qq; apt_updated=1; fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

missing=()
command -v cc >/dev/null || missing+=(build-essential)
command -v git >/dev/null || missing+=(git)
command -v curl >/dev/null || missing+=(curl ca-certificates)
[ "${#missing[@]}" = 0 ] || apt_install "${missing[@]}"

command -v node >/dev/null || die "Node 20.19 or later is needed (https://nodejs.org)"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
  || die "Node 20.19 or later is needed, this is $(node --version)"
command -v cargo >/dev/null || die "a Rust toolchain is needed (https://rustup.rs)"

# --- one compiler for native and wasm32 ------------------------------------------
# Two compilers sharing target/ would rebuild each other's work, so the one
# chosen here builds everything.

wasm_std() { # does this rustc have a standard library for wasm32?
  local sysroot
  sysroot=$("$1" --print sysroot 2>/dev/null) || return 1
  compgen -G "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib" >/dev/null
}

use_debian() {
  for tool in cargo rustc rustdoc cargo-clippy clippy-driver; do
    [ ! -x "/usr/bin/$tool" ] || ln -sfn "/usr/bin/$tool" ".tools/bin/$tool"
  done
}

build_debian_std() {
  local stub=.tools/std-stub lib=/usr/lib/rustlib/wasm32-unknown-unknown/lib
  rm -rf "$stub"; mkdir -p "$stub/src"; touch "$stub/src/lib.rs"
  printf '[package]\nname = "stub"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n' > "$stub/Cargo.toml"
  (
    cd "$stub"
    # Embedded bitcode, or link-time optimisation could not read this library.
    RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Cembed-bitcode=yes" RUSTC=/usr/bin/rustc /usr/bin/cargo build -q \
      -Zbuild-std=std,panic_abort,panic_unwind --release --target wasm32-unknown-unknown
  )
  as_root mkdir -p "$lib"
  find "$stub/target/wasm32-unknown-unknown/release/deps" -name '*.rlib' ! -name 'libstub-*' -exec \
    sh -c 'if [ "$(id -u)" = 0 ]; then cp "$@"; else sudo cp "$@"; fi' _ {} "$lib/" \;
  rm -rf "$stub"
}

if [ -e .tools/bin/rustc ] && wasm_std .tools/bin/rustc; then
  compiler="Debian's, chosen before"
elif [ -x /usr/bin/cargo ] && wasm_std /usr/bin/rustc; then
  use_debian; compiler="Debian's, its wasm32 library is already there"
elif rm -f .tools/bin/{cargo,rustc,rustdoc,cargo-clippy,clippy-driver}; hash -r; wasm_std rustc; then
  compiler="the one on the PATH, it has the wasm32 target"
elif command -v rustup >/dev/null && RUSTUP_MAX_RETRIES=1 timeout 120 rustup target add wasm32-unknown-unknown >/dev/null 2>&1 && wasm_std rustc; then
  compiler="rustup's, with the wasm32 target added"
elif apt-cache show rustc-web >/dev/null 2>&1 || { as_root apt-get update -qq && apt-cache show rustc-web >/dev/null 2>&1; }; then
  apt_install rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy lld-22
  wasm_std /usr/bin/rustc || build_debian_std
  use_debian; compiler="Debian's, rustup could not fetch the wasm32 target"
else
  die "no way to a wasm32 target: 'rustup target add wasm32-unknown-unknown' fails and there is no Debian package rustc-web"
fi
hash -r
say "set-up: compiler: $compiler: $(rustc --version)"

# --- tools built once, kept by version -------------------------------------------
# In one folder, for they have much in common.

fast_install() { # name version [extra cargo arguments]
  local name=$1 version=$2; shift 2
  local dir=".tools/$name-$version"
  if ! compgen -G "$dir/bin/*" >/dev/null; then
    say "set-up: building $name $version, once (minutes)"
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
      CARGO_TARGET_DIR=.tools/build cargo install -q "$@" --root "$dir" "$name@$version"
  fi
  for file in "$dir"/bin/*; do ln -sfn "../${file#.tools/}" ".tools/bin/$(basename "$file")"; done
}

bindgen=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
worker=$(awk '/^name = "worker"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
# Its own locked dependencies are not all to be had everywhere, so it is not --locked.
if [ ! -x ".tools/wasm-bindgen-$bindgen/bin/wasm-bindgen" ]; then
  fast_install wasm-bindgen-cli "$bindgen"
  mv ".tools/wasm-bindgen-cli-$bindgen" ".tools/wasm-bindgen-$bindgen"
fi
for file in ".tools/wasm-bindgen-$bindgen"/bin/*; do ln -sfn "../${file#.tools/}" ".tools/bin/$(basename "$file")"; done
fast_install worker-build "$worker" --locked
# Cuts the app's module into parts; wasm_split_helpers in Cargo.lock is its other half.
split=0.2.4
fast_install wasm_split_cli_support "$split" --locked --features build-binary
say "set-up: wasm-bindgen $bindgen, worker-build $worker, wasm-split $split"

# --- npm -------------------------------------------------------------------------

lock=$(sha256sum package-lock.json | cut -d' ' -f1)
if [ "$(cat node_modules/.lock-hash 2>/dev/null)" != "$lock" ]; then
  say "set-up: npm ci"
  npm ci --no-audit --no-fund --loglevel=error
  echo "$lock" > node_modules/.lock-hash
fi

# --- what only the tests need ----------------------------------------------------

if [ "$want" = test ]; then
  if ! cargo nextest --version >/dev/null 2>&1; then
    fast_install cargo-nextest 0.9.143 --locked
  fi
  missing=()
  [ -n "$(fc-list :lang=zh 2>/dev/null)" ] || missing+=(fontconfig fonts-noto-cjk)
  # The headless one has no windows to draw, so that the tests take less of the machine.
  shell=/usr/bin/chromium-headless-shell
  packaged() { [[ "$(apt-cache policy chromium-headless-shell 2>/dev/null)" == *"Candidate: "[0-9]* ]]; }
  if [ -x "$shell" ]; then browser="Debian's headless Chromium"
  elif packaged || { command -v apt-get >/dev/null && as_root apt-get update -qq && packaged; }; then
    missing+=(chromium-headless-shell); browser="Debian's headless Chromium"
  else browser="Playwright's own"; fi
  [ "${#missing[@]}" = 0 ] || apt_install "${missing[@]}"
  [ -x "$shell" ] || npx playwright install --with-deps --only-shell chromium
  say "set-up: $(cargo nextest --version | head -n 1); browser: $browser"
fi
rm -rf .tools/build
