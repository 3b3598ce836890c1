#!/usr/bin/env bash
# Every test there is, against the release build, and one count at the end.
# Goes on after a failure, so that one run says everything.
set -uo pipefail
source "$(dirname "$0")/env.sh"
rm -rf test-results; mkdir -p test-results
export FENJI_PROFILE=release
passed=0; failed=0; broken=()

count() { # runner passed failed exit-status
  say "$1: $2 passed, $3 failed"
  passed=$((passed + $2)); failed=$((failed + $3))
  # A runner that fails without a failed test did not get to run them all.
  [ "$4" = 0 ] || [ "$3" -gt 0 ] || broken+=("$1")
}
# The last number before a word in a runner's log, or 0.
number() { grep -oE "[0-9]+ $1" "$2" | tail -n 1 | grep -oE '^[0-9]+' || echo 0; }

say "== build"
began=$SECONDS
if ! { tools/build.sh release && cargo build --locked -q -p tests --bins; }; then
  say "the product does not build"
  echo "0 passed, 1 failed"
  exit 1
fi
say "built in $((SECONDS - began)) s"

nextest() { # name, arguments
  local name=$1 log="test-results/$1.log" status; shift
  say "== $name"
  cargo nextest run --locked --color never "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  grep -E '^ *Summary' "$log" > "$log.summary"
  count "$name" "$(number passed "$log.summary")" "$(($(number failed "$log.summary") + $(number 'timed out' "$log.summary")))" "$status"
}

api='package(tests) & binary(api)'
nextest native --workspace -E "not ($api)"

say "== documentation examples"
cargo test --locked --doc -p shared 2>&1 | tee test-results/doc.log
status=${PIPESTATUS[0]}
count documentation "$(number passed test-results/doc.log)" "$(number failed test-results/doc.log)" "$status"

nextest api -p tests -E "$api"

say "== browser"
npx --no-install playwright test --config tests/browser/playwright.config.ts
status=$?
read -r ok bad flaky < <(node -e '
  const { stats } = JSON.parse(require("fs").readFileSync("test-results/browser.json", "utf8"));
  console.log(stats.expected + stats.flaky, stats.unexpected, stats.flaky);
' 2>/dev/null || echo "0 0 0")
count browser "$ok" "$bad" "$status"
[ "$flaky" = 0 ] || say "browser: $flaky of them passed only when repeated"

say "== sizes"
if node tools/size.mjs > test-results/size.json; then count sizes 1 0 0; else count sizes 0 1 1; fi

if [ "${#broken[@]}" -gt 0 ]; then
  say "did not run to the end: ${broken[*]}"
  failed=$((failed + ${#broken[@]}))
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
