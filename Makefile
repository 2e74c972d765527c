BIN := .venv/bin
NODE := $(BIN)/node
NPM := NODE_USE_SYSTEM_CA=1 $(BIN)/npm --no-audit --no-fund --no-update-notifier

# Playwright's own Node needs libatomic1, which a bare Debian lacks; ours does not.
export PLAYWRIGHT_NODEJS_PATH := $(CURDIR)/$(NODE)

.PHONY: help run setup test lint format bench lighthouse soak pictures

help: ## lists these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s%s\n", $$1, $$2 }' Makefile

run: .venv/app ## starts the app on http://localhost:8000
	@exec $(BIN)/unlearn serve

setup: .venv/app ## installs what running needs, and starts nothing

test: lint ## checks and tests everything
	@tools/chromium
	@tools/postgres >/dev/null
	$(NODE) --test --test-reporter=dot "tests/web/**/*.test.js"
	$(BIN)/pytest

lint: .venv/dev ## checks form and types only
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy
	$(NODE) node_modules/.bin/biome check --error-on-warnings
	$(NODE) node_modules/.bin/tsc -p web/phone
	$(NODE) node_modules/.bin/tsc -p web/page
	$(NODE) node_modules/.bin/tsc -p tests/web

format: .venv/dev ## puts everything into the form that lint asks for
	$(BIN)/ruff check --quiet --fix-only
	$(BIN)/ruff format
	$(NODE) node_modules/.bin/biome check --write

bench: .venv/dev ## measures, prints a table and writes var/bench.json
	@tools/chromium
	$(BIN)/python -m tests.bench $(ARGS)

lighthouse: .venv/dev tools/lighthouse/node_modules ## has Lighthouse judge the pages, prints a table and writes var/lighthouse.json
	@tools/chromium
	$(BIN)/python -m tools.lighthouse $(ARGS)

soak: .venv/dev ## walks 100,000 histories of devices and a server, on every core
	$(BIN)/python -m tests.histories.soak

pictures: .venv/dev ## renders the icons and takes the pictures of the manifest and the README
	@tools/chromium
	$(BIN)/python -m tools.render_icons
	$(BIN)/python -m tools.take_pictures

.venv/app: pyproject.toml uv.lock
	@tools/uv sync --locked --no-dev --inexact
	@touch $@

.venv/dev: pyproject.toml uv.lock package.json package-lock.json
	@tools/uv sync --locked
	$(NPM) ci
	@touch .venv/app $@

# Apart from the rest, for it is larger than all of that together.
tools/lighthouse/node_modules: tools/lighthouse/package.json tools/lighthouse/package-lock.json
	$(NPM) ci --prefix tools/lighthouse
	@touch $@
