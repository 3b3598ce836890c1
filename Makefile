# Everything goes through here. Scripts are in tools/; each set-up run leaves
# out what is already there.
SHELL := /bin/bash
PORT ?= 8787
STATE ?= .state/serve
SEED ?= empty

.PHONY: dev test check serve size bench deploy setup build

dev: ## serve the debug build with demo data, rebuild on change
	@tools/setup.sh
	@tools/dev.sh

test: ## every test: native, wasm, API, browser
	@tools/setup.sh test
	@tools/test.sh

check: ## formatting, lints for native and wasm32, unit tests
	@tools/setup.sh test
	@tools/check.sh

serve: ## the release build on PORT with its data under STATE; SEED=demo|empty
	@tools/setup.sh
	@tools/build.sh release >&2
	@tools/serve.sh --port $(PORT) --state "$(STATE)" --seed $(SEED)

size: ## bytes of what is shipped, as JSON; fails past the budget
	@tools/setup.sh
	@tools/build.sh release >&2
	@node tools/size.mjs

bench: ## beside peers, in one run; writes BENCHMARKS.md
	@tools/setup.sh test
	@tools/build.sh release >&2
	@tools/bench.sh

deploy: ## to your own Cloudflare account, see README.md
	@tools/setup.sh
	@tools/build.sh release
	@tools/deploy.sh

setup: ## only install what is missing
	@tools/setup.sh test

build: ## only the release build
	@tools/setup.sh
	@tools/build.sh release
