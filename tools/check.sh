#!/usr/bin/env bash
# Formatting, lints with warnings denied on both targets, types, unit tests.
set -euo pipefail
source "$(dirname "$0")/env.sh"
cargo fmt --version >/dev/null 2>&1 || die "cargo fmt is missing: rustup component add rustfmt"
say "== formatting"
cargo fmt --all --check
say "== clippy, native"
cargo clippy --locked -q --workspace --all-targets -- -D warnings
say "== clippy, wasm32"
cargo clippy --locked -q -p api -p app -p sheets --lib --target wasm32-unknown-unknown -- -D warnings
say "== types"
npx --no-install tsc --noEmit
say "== unit tests"
# The API tests drive the built product: they are for tools/test.sh.
cargo nextest run --locked --workspace -E 'not (package(tests) & binary(api))'
cargo test --locked -q --doc -p shared
