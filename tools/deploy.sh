#!/usr/bin/env bash
# Deploys the release build to the Cloudflare account that wrangler is signed in
# to: makes the database if there is none, applies the migrations, uploads the
# page and the Worker, and sets the one-time set-up secret on first deployment.
# Safe to run again; each step says what it does.
set -euo pipefail
source "$(dirname "$0")/env.sh"
wrangler() { npx --no-install wrangler "$@"; }

say "1. account"
# It exits with 0 either way.
case "$(wrangler whoami)" in *"not authenticated"*) die "sign in first: npx wrangler login (or set CLOUDFLARE_API_TOKEN)" ;; esac

say "2. database"
database() {
  wrangler d1 list --json | node -e '
    const list = JSON.parse(require("fs").readFileSync(0, "utf8"));
    console.log(list.find(({ name }) => name === "fenji")?.uuid ?? "");'
}
id=$(database)
if [ -z "$id" ]; then
  # Where the database lives cannot be changed later: FENJI_D1_LOCATION=apac …
  wrangler d1 create fenji ${FENJI_D1_LOCATION:+--location "$FENJI_D1_LOCATION"} >&2
  id=$(database)
fi
[ -n "$id" ] || die "the database fenji is not in the account's list"
# The account's own copy of the configuration; git ignores it.
sed "s/00000000-0000-0000-0000-000000000000/$id/" wrangler.toml > wrangler.deploy.toml
config=(--config wrangler.deploy.toml)

say "3. migrations"
CI=true wrangler d1 migrations apply DB --remote "${config[@]}" >&2

say "4. page and Worker"
wrangler deploy "${config[@]}" >&2

say "5. set-up secret"
if [[ "$(wrangler secret list "${config[@]}")" == *'"SETUP_SECRET"'* ]]; then
  say "already set"
else
  secret=$(node -p 'require("crypto").randomBytes(24).toString("base64url")')
  printf '%s' "$secret" | wrangler secret put SETUP_SECRET "${config[@]}" >&2
  say "Open the address above and make the first administrator with this secret, once:"
  echo "$secret"
fi
